/** 转办 to another unit, 协办 by a further one; of a complaint, 通报 to whom it concerns. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { byWords, chosenUnit, reasonBeside, unitsIn } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { isConfidential, type Request } from '../core/request.js';
import { isRelease } from '../requests/move-table.js';
import { affirmed } from '../requests/referring.js';
import { isRedirect } from '../requests/redirect.js';
import type { RequestWorld } from '../requests/effects.js';
import { mustChoose } from '../requests/log.js';
import { unitField, wordsField } from './shared/move-form.js';
import { targetsIn } from './shared/targets.js';

/** Who called and sends it elsewhere says whom; why stands in the return. */
function reasonOf(text: string, request: Request, world: RequestWorld): string {
  const returned = request.events.findLast(({ kind }) => kind === 'returned');
  const isBare = mustChoose(request) && isRedirect(text, world.directory.mentions);
  return isBare && returned?.text ? `${returned.by?.organization ?? ''}退回:${returned.text}` : text.trim();
}

const transfer: MoveSpec = {
  move: 'transfer',
  isMeant: byWords('req-transfer', /转/),
  missing: (said, { world, request }) => {
    const isReturned = mustChoose(request);
    if (unitsIn(said.text, world).length === 0)
      return isReturned ? '请写明转给哪个单位。' : '请写明转给哪个单位,以及转办理由。';
    return isReturned || reasonBeside(said.text, world) ? null : '请写明转办理由。';
  },
  form: {
    fields: ({ text, world }) => [unitField('to', '转给', world), wordsField(text, '转办理由')],
    wordsOf: ({ to = '', text = '' }) => `转给${to},${text}`,
  },
  make: (said, { world, request, assignment }) => ({
    kind: 'transfer',
    to: chosenUnit(said, world) ?? unitsIn(affirmed(said.text, world.directory.mentions), world)[0] ?? '',
    reason: reasonOf(said.text, request, world),
    ...(assignment && { assignment }),
  }),
  done: '已转办。',
};

/** What a unit is asked where the office names it and says nothing else. */
const EXPLAIN = '请说明情况。';

export const addSupport: MoveSpec = {
  move: 'add-support',
  isMeant: (input) =>
    byWords('req-support', /协办|配合|协助/)(input) || (input.action === '' && isRelease(input.text)),
  missing: ({ text }, { world, request }) => {
    const { units, rest } = targetsIn(text, world, request);
    if (isConfidential(request)) return units.length === 0 ? '请写明通报哪个单位,请它说明什么。' : null;
    if (units.length === 0) return '请写明请哪个单位协办,以及需要它做什么。';
    return rest === '' ? '请写明需要该单位做什么。' : null;
  },
  form: {
    fields: ({ text, world }) => [unitField('to', '协办单位', world), wordsField(text, '需要它做什么')],
    wordsOf: ({ to = '', text = '' }) => `请${to}协办,${text}`,
  },
  make: ({ text, filled }, { world, request, assignment }) => {
    const { units: named, rest } = targetsIn(text, world, request);
    const chosen = chosenUnit({ filled }, world);
    const units = chosen === null ? named : [chosen];
    const act = (organization: string) => ({
      kind: 'add-support' as const,
      organization,
      reason: rest === '' ? EXPLAIN : text.trim(),
      ...(assignment && { assignment }),
    });
    // Whom a complaint is put to is read back (read-back.ts); one part of it after the other would say it twice.
    return isConfidential(request) ? units.map(act) : act(units[0] ?? '');
  },
  done: (_acts, request) => (isConfidential(request) ? '已通报,对方看不到反映人。' : '已请其协办。'),
};

export const createTransferRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'transfer_request', [addSupport, transfer]);
