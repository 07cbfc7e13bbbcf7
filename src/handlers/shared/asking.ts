/** As whom the lists are asked, and what stays at hand behind an answer on a row. */
import { replyCard, setSession } from '../../core/effects.js';
import type { Session } from '../../core/session.js';
import type { Context, Effect } from '../../core/types.js';
import { askerOf, contactCard } from '../../lists/answer.js';
import { askerIn, askerNamed, isOfOwn } from '../../lists/asker-there.js';
import { notGivenCard } from '../../lists/class-penalty.js';
import { traitsOf } from '../../core/list-kinds.js';
import { decisionOn } from '../../lists/decision.js';
import type { Knowledge } from '../../lists/knowledge.js';
import { unitCard } from '../../lists/part-cards.js';
import { rowWithUnit } from '../../lists/part-elsewhere.js';
import { penaltyCard } from '../../lists/penalty.js';
import type { IndexedRow } from '../../lists/row-index.js';
import type { Asker } from '../../lists/row-parts.js';
import { villageOf } from '../../organizations/village-contact.js';
import type { HandlerDeps } from '../deps.js';
import { sessionOf } from './offer-rows.js';

/** A question about the lists: what was heard, the lists in force, and as whom they are read. */
export type Asking = { ctx: Context; knowledge: Knowledge; asker: Asker };

/** A question that names a township is asked as somebody there would ask it: their lists, their officers. */
export function askingIn(ctx: Context, deps: HandlerDeps, question: string): Asking {
  const knowledge = deps.knowledge();
  const asker = askerOf(ctx.person, knowledge, deps.contacts);
  const isOwn = question !== ctx.text && isOfOwn(ctx.text, asker);
  return { ctx, knowledge, asker: isOwn ? asker : askerNamed(question, { knowledge, asker }) };
}

/** The contact of a village is told who carries a row in the own township, and of nobody else. */
export function seenBy({ ctx, knowledge }: Asking, there: Asker): Asker {
  const village = villageOf({ person: ctx.person, user: ctx.update.user }, knowledge.directory);
  if (!village || (there.township !== undefined && there.township !== village.township)) return there;
  return { ...askerIn(village.township, { knowledge, asker: there }), seesCarriers: true };
}

/** Whom to turn to; of a guide also who carries the row that divides its work, where the lists are sure of one. */
export async function contactOf(
  asking: Asking,
  entry: IndexedRow,
  { row: shown, asker }: { row: IndexedRow; asker: Asker },
): Promise<Effect[]> {
  const { ctx, knowledge } = asking;
  const { unit } = ctx.match.slots;
  const there = seenBy(asking, asker);
  const found = shown.row.guide ? await decisionOn(shown.row.matter, ctx.match, knowledge, there) : null;
  const row = found?.kind === 'answer' ? found.best.entry : null;
  const duty = row && !traitsOf(row.list.kind).isGuide ? row : null;
  return [replyCard(contactCard(shown, knowledge, there, { unit, duty })), keepFocus(ctx, entry)];
}

export const unitOf = ({ asker }: Asking): string | null =>
  asker.township ?? asker.person?.organization ?? null;

/** The row before, which stays at hand, unless it is said that something else is asked (换个事哈 …). */
export const spokenOf = ({ session, text }: Context): Partial<Session> =>
  session?.focus && !SWITCHES.test(text) ? { focus: session.focus } : {};
const SWITCHES =
  /^(?:那|嗯|哦|好|[\s,\uff0c])*(?:换个?(?:事|话题|问题)|另外(?!的)|再问(?:个|一个|件)|还有(?:个|一个|件)事|顺[道便](?:再)?(?:问|打听)|岔(?:一|个)|说?(?:个)?别的事)/;

export function keepFocus(ctx: Context, entry: IndexedRow): Effect {
  const { listing, ...rest } = ctx.session ?? {};
  // 石桥呢 is asked of what was asked last: no penalty any more.
  const kept = listing && listing.filter['ask'] !== 'penalty' ? { listing } : {};
  return setSession({ ...sessionOf(ctx, { ...rest, ...kept }), updatedAt: ctx.now, focus: entry.ref });
}

/** 那单子上第几项, behind whether they may penalise it: where the item stands that was told of. */
export function itemTold({ ctx: { session }, knowledge }: Asking): IndexedRow | null {
  const { ask, item } = session?.listing?.filter ?? {};
  return ask === 'penalty' && item !== undefined ? knowledge.index.get(item) : null;
}

/** What the unit that is named has to do; where the row has no part for it, that of another row of the same question beside. */
export async function partOf({ ctx, knowledge, asker }: Asking, entry: IndexedRow): Promise<Effect[]> {
  const { row, list } = entry;
  const { unit = '' } = ctx.match.slots;
  const isNamed = [...row.lead, ...row.support].some((part) => part.unit === unit);
  const said = ctx.session?.question ?? row.matter;
  const beside =
    isNamed || list.kind === 'delegated' ? null : await rowWithUnit(said, unit, knowledge, asker);
  return [replyCard(unitCard(entry, unit, asker, beside)), keepFocus(ctx, entry)];
}

/** Whether the township may penalise, by the item that the act told of falls under; other townships may be asked for next. */
export function penaltyOf(asking: Asking, entry: IndexedRow): Effect[] {
  const { ctx, knowledge } = asking;
  const { item: ref = '', field = entry.row.matter, township } = ctx.match.slots;
  const there = askerIn(township, asking);
  const item = knowledge.index.get(ref);
  const isGiven = item !== null && knowledge.index.isVisible(item, there);
  const card =
    item && !isGiven
      ? notGivenCard(item, there.township ?? '', knowledge, there)
      : penaltyCard(entry, knowledge, there, item);
  const filter = { ask: 'penalty', township: there.township ?? '', field, ...(isGiven && { item: ref }) };
  const session = { ...sessionOf(ctx, { ...ctx.session }), updatedAt: ctx.now, focus: entry.ref };
  return [replyCard(card), setSession({ ...session, listing: { filter, page: 0 } })];
}
