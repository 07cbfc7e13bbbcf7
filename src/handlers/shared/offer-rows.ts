/** Rows to choose from, and what is remembered of the question meanwhile. */
import type { Button, Card } from '../../core/card.js';
import { replyCard, setSession } from '../../core/effects.js';
import type { Session } from '../../core/session.js';
import type { Context, Effect } from '../../core/types.js';
import { choiceCard } from '../../lists/answer.js';
import { choiceCarriersCard } from '../../lists/choice-carriers.js';
import { PERHAPS_LISTED } from '../../lists/decide.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../../lists/row-index.js';
import type { Asker } from '../../lists/row-parts.js';
import { tokenOf } from '../../text/token.js';

const CHOOSE_TITLE = '请确认您问的是哪一项';
/** To a question that hangs on the choice. */
const CHOOSE_FIRST = '先要知道是哪一项,才能接着答复。请点选或回复序号:';
const NEAR = '以下事项都比较接近,请点选或回复序号:';
const FAR =
  '清单中可能没有您问的事项,以下是最接近的,内容也许不同。是其中一项的,请点选或回复序号;都不是的,请点“都不是”:';

const noneOf = (question: string): Button => ({
  id: 'none',
  label: '都不是',
  value: tokenOf(question),
});

/** `among`: how probably one of them is meant; `kept`: what stays at hand beside them. */
export const offer = (
  ctx: Context,
  entries: IndexedRow[],
  { kept = {}, among = 1 }: { kept?: Partial<Session>; among?: number } = {},
): Effect[] => [
  replyCard(choiceCard(CHOOSE_TITLE, among < PERHAPS_LISTED ? FAR : NEAR, entries, [noneOf(ctx.text)])),
  setSession(
    sessionOf(ctx, {
      ...kept,
      ...{ question: ctx.text, offered: entries.map((e) => e.ref), isChoosing: true },
    }),
  ),
];

/** Those that stand to choose from, or were named as nearest to what was not listed. */
function rowsAtHand({ session }: Context, { index }: Pick<Knowledge, 'index'>, asker: AskerScope) {
  const offered = session && areAtHand(session) ? session.offered.flatMap((ref) => index.get(ref) ?? []) : [];
  return offered.filter((entry) => index.isVisible(entry, asker));
}

const offeredAgain = (ctx: Context, card: Card): Effect[] => [
  replyCard(card),
  setSession(sessionOf(ctx, { ...ctx.session, updatedAt: ctx.now, isChoosing: true })),
];

/** A side is asked of one of the rows at hand: the choice stands again, for the same question. Null without one. */
export function offerAgain(
  ctx: Context,
  knowledge: Pick<Knowledge, 'index'>,
  asker: AskerScope,
): Effect[] | null {
  const rows = rowsAtHand(ctx, knowledge, asker);
  if (rows.length === 0) return null;
  const none = [noneOf(ctx.session?.question ?? '')];
  return offeredAgain(ctx, choiceCard(CHOOSE_TITLE, CHOOSE_FIRST, rows, none));
}

/** Who of a township carries each of the rows at hand, of which one is chosen next. */
export function offerCarriers(ctx: Context, knowledge: Knowledge, there: Asker): Effect[] | null {
  const rows = there.township === undefined ? [] : rowsAtHand(ctx, knowledge, there);
  if (rows.length === 0) return null;
  const none = [noneOf(ctx.session?.question ?? '')];
  return offeredAgain(ctx, choiceCarriersCard(rows, knowledge, there, none));
}

/** Rows stand to choose from, or were named as nearest, and nothing was spoken of since. */
export const areAtHand = ({ isChoosing, question, offered, focus, listing, request }: Session): boolean =>
  isChoosing ||
  (offered.length > 0 && question !== undefined && focus === undefined && !listing && request === undefined);

export function sessionOf(ctx: Context, parts: Partial<Session>): Session {
  return { updatedAt: ctx.now, offered: [], isChoosing: false, ...parts };
}
