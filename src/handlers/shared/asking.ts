/** As whom the lists are asked, and what stays at hand behind an answer on a row. */
import { replyCard, setSession } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import { askerOf } from '../../lists/answer.js';
import { notGivenCard } from '../../lists/class-penalty.js';
import type { Knowledge } from '../../lists/knowledge.js';
import { penaltyCard } from '../../lists/penalty.js';
import type { IndexedRow } from '../../lists/row-index.js';
import type { Asker } from '../../lists/row-parts.js';
import type { HandlerDeps } from '../deps.js';
import { sessionOf } from './offer-rows.js';

/** A question about the lists: what was heard, the lists in force, and as whom they are read. */
export type Asking = { ctx: Context; knowledge: Knowledge; asker: Asker };

/** A question that names a township is asked as somebody there would ask it: their lists, their officers. */
export function askingIn(ctx: Context, deps: HandlerDeps, question: string): Asking {
  const knowledge = deps.knowledge();
  const { directory } = knowledge;
  const asking = { ctx, knowledge, asker: askerOf(ctx.person, knowledge, deps.contacts) };
  const [named, ...more] = directory.mentions(question).filter(({ unit }) => directory.townshipNamed(unit));
  return named && more.length === 0 ? { ...asking, asker: askerIn(named.unit, asking) } : asking;
}

/** As somebody of another township would ask. */
export function askerIn(township: string | undefined, { knowledge, asker }: Asking): Asker {
  const named = township === undefined ? null : knowledge.directory.townshipNamed(township);
  return named ? { ...asker, township: named.name, townshipClass: named.townshipClass } : asker;
}

export const unitOf = ({ asker }: Asking): string | null =>
  asker.township ?? asker.person?.organization ?? null;

export function keepFocus(ctx: Context, entry: IndexedRow): Effect {
  const { listing, ...rest } = ctx.session ?? {};
  // 石桥呢 is asked of what was asked last: no penalty any more.
  const kept = listing && listing.filter['ask'] !== 'penalty' ? { listing } : {};
  return setSession({ ...sessionOf(ctx, { ...rest, ...kept }), updatedAt: ctx.now, focus: entry.ref });
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
  const filter = { ask: 'penalty', township: there.township ?? '', field };
  const session = { ...sessionOf(ctx, { ...ctx.session }), updatedAt: ctx.now, focus: entry.ref };
  return [replyCard(card), setSession({ ...session, listing: { filter, page: 0 } })];
}
