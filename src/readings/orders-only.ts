/**
 * What a move may be made of: an order, or a statement of doing it (requests/order.ts). Whatever reader took a question, a state, a
 * plan or a report for a move, the move is not made: what is so is listed, the case is shown, or it is said that nothing was done.
 */
import type { Context } from '../core/types.js';
import { MOVES, type Move } from '../requests/moves.js';
import { isUnordered, unorderedAs, type Unordered } from '../requests/order.js';
import { normalizeText } from '../text/normalize.js';
import type { Reading } from './reading.js';
import { ACTS, movesOf } from './request-intents.js';
import { STATUS_INTENT } from './requests-status.js';

/** 那我请示下领导 先放着: the last clause leaves it as it is. */
const HOLDS =
  /(?:^|[,\uff0c。\s])(?:这|那)?(?:件|个)?(?:就|也)?(?:先|暂时|暂且)(?:就)?(?:放|搁|等|缓|压|这么)(?:一?[放搁等缓压]|着|一?下|看|吧|了|再说){1,3}[。!\uff01]?$/;
/** Another reading that is as probable as this says better what is meant. */
const KNOWN = 0.9;
/** Where it is asked which of several things was said: 先问下领导 再说 is none of them. */
export const ASKS_WHICH = 'said_of_case';

export function ordersOnly(readings: Reading[], ctx: Context): Reading[] {
  const [first, ...others] = readings;
  if (!first || ctx.update.kind !== 'message') return readings;
  const found = unorderedIn(first, normalizeText(ctx.update.text));
  if (!found) return readings;
  const other = others.find(({ intent }) => !ACTS.has(intent) && intent !== ASKS_WHICH);
  const isKnown = other !== undefined && other.probability >= KNOWN;
  return isKnown
    ? [other, ...readings.filter((it) => it !== other)]
    : [insteadOf(found, first, ctx), ...readings];
}

type Found = { move: Move; kind: Unordered };

function unorderedIn({ intent, slots = {} }: Reading, text: string): Found | null {
  if (intent === ASKS_WHICH) {
    const kind = HOLDS.test(text) ? 'planned' : isUnordered(text);
    return kind && { move: 'note', kind };
  }
  // A wish is read back (case-orders.ts): asked for, and not done.
  if (!ACTS.has(intent) || slots['wished'] !== undefined) return null;
  const named = MOVES.find((it) => it === slots['move']);
  // Whoever tells how the work goes on signs by it: 我先问下科里再签 must not.
  if (named === 'note') return firstOf(['sign', 'rule'], text);
  const moves = named ? [named] : movesOf(intent);
  const kinds = moves.map((move) => ({ move, kind: unorderedAs(text, move) }));
  const [first] = kinds;
  // Of several moves that it may be, one is ordered.
  const kind = kinds.some((it) => it.kind === null) ? null : first?.kind;
  return first && kind ? { move: first.move, kind } : null;
}

function firstOf(moves: readonly Move[], text: string): Found | null {
  for (const move of moves) {
    const kind = unorderedAs(text, move);
    if (kind) return { move, kind };
  }
  return null;
}

function insteadOf({ move, kind }: Found, { probability }: Reading, { session, text }: Context): Reading {
  const why = `names ${move}, and orders nothing (${kind})`;
  const of = (slots: Record<string, string>): Reading => ({ intent: STATUS_INTENT, slots, probability, why });
  if (kind === 'how') return { intent: 'help', probability, why };
  if (kind === 'listed' || (kind === 'asked' && (ASKS_LIST.test(text) || !session?.request)))
    return of({ action: 'req-list', value: `${LISTED[move] ?? 'all'} 0` });
  if (kind === 'asked') return of({ value: session?.request ?? '' });
  return of({ action: 'refrained', move: move === 'note' ? 'hold' : move });
}

const ASKS_LIST = /有啥|有什么|哪[些几]|几[件个]|多少|有没有|都有|还有/;
/** The list in which such cases stand. */
const LISTED: Partial<Record<Move, string>> = {
  sign: 'unsigned',
  ...{ answer: 'todo', return: 'todo', transfer: 'todo', pause: 'todo', 'ask-extension': 'todo' },
};
