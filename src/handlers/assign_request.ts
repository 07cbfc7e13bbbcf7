/** 指定主办 by the coordinating desk. */
import type { Request } from '../core/request.js';
import type { Handler } from '../core/types.js';
import type { RequestWorld } from '../requests/effects.js';
import { mustChoose } from '../requests/log.js';
import { affirmed } from '../requests/referring.js';
import { chosenUnit, reasonBeside, unitsIn } from './shared/act-words.js';
import { unitField, wordsField } from './shared/move-form.js';
import { createAct, type MoveSpec } from './shared/move.js';
import type { HandlerDeps } from './deps.js';

const hasReason = (text: string, world: RequestWorld): boolean =>
  reasonBeside(text.replace(WHICH, '').replace(/指定|主办|牵头/g, ''), world);
/** 城南院墙那件指定…: which case it is says not why. */
const WHICH = /^[^,\uff0c。;\uff1b]{0,14}?[这那](?:个|件|单)(?:事情?|请求)?/;

/** Why it came back, while nobody has it: that is why another unit is named, where no other reason is given. */
function returnOf(request: Request): string | null {
  const last = mustChoose(request) ? request.events.findLast(({ kind }) => kind === 'returned') : undefined;
  return last?.text ? `${last.by?.organization ?? ''}退回时说明:${last.text}` : null;
}

const assign: MoveSpec = {
  move: 'assign-lead',
  isMeant: () => true,
  missing: (said, { world, request }) => {
    const [unit] = unitsIn(affirmed(said.text, world.directory.mentions), world);
    if (unit === undefined) return '请写明指定哪个单位主办,以及理由。';
    return hasReason(said.text, world) || returnOf(request) !== null ? null : `请写明指定${unit}主办的理由。`;
  },
  form: {
    fields: ({ text, world }) => [unitField('to', '主办单位', world), wordsField(text, '理由')],
    wordsOf: ({ to = '', text = '' }) => `指定${to}主办,${text}`,
  },
  make: (said, { world, request }) => ({
    kind: 'assign-lead',
    to: chosenUnit(said, world) ?? unitsIn(affirmed(said.text, world.directory.mentions), world)[0] ?? '',
    reason: hasReason(said.text, world) ? said.text.trim() : (returnOf(request) ?? ''),
  }),
  done: '已指定主办单位,各有关单位已收到通知。',
};

export const createAssignRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'assign_request', [assign]);
