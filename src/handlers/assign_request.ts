/** 指定主办 by the coordinating desk. */
import type { Handler } from '../core/types.js';
import { affirmed } from '../requests/referring.js';
import { reasonBeside, unitsIn } from './shared/act-words.js';
import { createAct, type MoveSpec } from './shared/move.js';
import type { HandlerDeps } from './deps.js';

const assign: MoveSpec = {
  move: 'assign-lead',
  isMeant: () => true,
  missing: (said, { world }) => {
    if (unitsIn(said.text, world).length === 0) return '请写明指定哪个单位主办,以及理由。';
    return reasonBeside(said.text.replace(/指定|主办|牵头/g, ''), world) ? null : '请写明指定主办的理由。';
  },
  make: (said, { world }) => ({
    kind: 'assign-lead',
    to: unitsIn(affirmed(said.text, world.directory.mentions), world)[0] ?? '',
    reason: said.text.trim(),
  }),
  done: '已指定主办单位,各有关单位已收到通知。',
};

export const createAssignRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'assign_request', [assign]);
