/** 转办 to another unit, 协办 by a further one. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { byWords, unitsIn, reasonBeside } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import type { Request } from '../core/request.js';
import { teamName } from '../organizations/directory.js';
import type { RequestWorld } from '../requests/effects.js';
import { affirmed } from '../requests/referring.js';

const transfer: MoveSpec = {
  move: 'transfer',
  isMeant: byWords('req-transfer', /转/),
  missing: (said, { world }) => {
    if (unitsIn(said.text, world).length === 0) return '请写明转给哪个单位,以及转办理由。';
    return reasonBeside(said.text, world) ? null : '请写明转办理由。';
  },
  make: (said, { world, assignment }) => ({
    kind: 'transfer',
    to: unitsIn(affirmed(said.text, world.directory.mentions), world)[0] ?? '',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已转办。',
};

/** Units, and the stationed teams of the township that called. */
function targetsIn(text: string, world: RequestWorld, { callers }: Request): string[] {
  const teams = world.directory.organizations.filter(
    ({ kind, parent, name, aliases }) =>
      kind === 'team' &&
      callers.some(({ organization }) => organization === parent) &&
      [name, ...aliases].some((it) => text.includes(it)),
  );
  return [...unitsIn(text, world), ...teams.map(teamName)];
}

const addSupport: MoveSpec = {
  move: 'add-support',
  isMeant: byWords('req-support', /协办|配合|协助/),
  missing: (said, { world, request }) => {
    if (targetsIn(said.text, world, request).length === 0) return '请写明请哪个单位协办,以及需要它做什么。';
    return reasonBeside(said.text, world) ? null : '请写明需要该单位做什么。';
  },
  make: (said, { world, request, assignment }) => ({
    kind: 'add-support',
    organization: targetsIn(said.text, world, request)[0] ?? '',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已请其协办。',
};

export const createTransferRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'transfer_request', [addSupport, transfer]);
