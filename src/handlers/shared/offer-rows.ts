/** Rows to choose from, and what is remembered of the question meanwhile. */
import { replyCard, setSession } from '../../core/effects.js';
import type { Session } from '../../core/session.js';
import type { Context, Effect } from '../../core/types.js';
import { choiceCard } from '../../lists/answer.js';
import type { IndexedRow } from '../../lists/row-index.js';
import { tokenOf } from '../../text/token.js';

const NEAR = '以下事项都比较接近,请点选或回复序号:';
/**
 * Below this one of those offered is seldom meant: of the tuning halves' choices 11 that held their row, and 30 of 52 that stood
 * before messages outside the lists. It is said so, and the row can still be chosen.
 */
const PERHAPS_LISTED = 0.3;
const FAR =
  '清单中可能没有您问的事项,以下是最接近的,内容也许不同。是其中一项的,请点选或回复序号;都不是的,请点“都不是”:';

/** `among`: how probably one of them is meant; `kept`: what stays at hand beside them. */
export const offer = (
  ctx: Context,
  entries: IndexedRow[],
  { kept = {}, among = 1 }: { kept?: Partial<Session>; among?: number } = {},
): Effect[] => [
  replyCard(
    choiceCard('请确认您问的是哪一项', among < PERHAPS_LISTED ? FAR : NEAR, entries, [
      { id: 'none', label: '都不是', value: tokenOf(ctx.text) },
    ]),
  ),
  setSession(
    sessionOf(ctx, {
      ...kept,
      ...{ question: ctx.text, offered: entries.map((e) => e.ref), isChoosing: true },
    }),
  ),
];

export function sessionOf(ctx: Context, parts: Partial<Session>): Session {
  return { updatedAt: ctx.now, offered: [], isChoosing: false, ...parts };
}
