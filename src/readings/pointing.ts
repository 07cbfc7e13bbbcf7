/** Of several rows at hand the one that a message points at ("前一个公安做什么", "招牌那个气象局呢"), and what it asks of it. */
import type { Session } from '../core/session.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';

const FIRST =
  /^(?:那|哦|嗯)?(?:(?:前|头|上)(?:面|边|头)?(?:那|的|一)?(?:个|条|件|项|桩)?|(?:第一|头一|1)(?:个|条|件|项|桩|号|里)?(?:里?[头面边])?)(?:的|里|中)?/;
const LAST =
  /^(?:那|哦|嗯)?(?:(?:后|下)(?:面|边|头)?(?:那|的|一)?(?:个|条|件|项|桩)?|(?:第二|末|2)(?:个|条|件|项|桩|号|里)?(?:里?[头面边])?|最后(?:那|一)?(?:个|条|件|项)?|另(?:外)?(?:一|那)(?:个|条|件|项|桩))(?:的|里|中)?/;
const NAMED =
  /^(?:那|哦|嗯)?(?<name>[^\s,\uff0c]{1,8}?)(?:的|这|那)*(?:那|这)(?:个|条|件|项|桩|边|块|头)(?:的|里|中)?/;
const BARE = /^(?<name>[\u4e00-\u9fff]{2,4})(?:呢|的事)?[\s,\uff0c]+/;
/** How much nearer the row must be that is named than the other. */
const AHEAD = 0.03;

export type Pointed = { entry: IndexedRow; rest: string };

/** Null where one row alone stands open, or none is pointed at. */
export async function pointedAt(
  text: string,
  session: Session,
  knowledge: Knowledge,
): Promise<Pointed | null> {
  const rows = session.offered.flatMap((ref) => knowledge.index.get(ref) ?? []);
  // Rows that were answered together stand with the one in focus; what lies near one answer stands without it.
  if (session.isChoosing || rows.length !== 2 || !session.offered.includes(session.focus ?? '')) return null;
  const [first, last] = rows as [IndexedRow, IndexedRow];
  for (const [pattern, entry] of [
    [FIRST, first],
    [LAST, last],
  ] as const) {
    const found = pattern.exec(text)?.[0] ?? '';
    // A bare 前 or 后 begins many words.
    if (found.length >= 2 || /^[12](?!\d)/.test(found)) return { entry, rest: restOf(text, found) };
  }
  const named = NAMED.exec(text) ?? BARE.exec(text);
  const name = named?.groups?.['name'];
  if (!named || !name) return null;
  const near = await knowledge.nearness(
    name,
    rows.map(({ row }) => [row.matter, ...row.askedAs].join(' ')),
  );
  const ahead = (near[0] ?? 0) - (near[1] ?? 0);
  if (Math.abs(ahead) < AHEAD) return null;
  return { entry: ahead > 0 ? first : last, rest: restOf(text, named[0]) };
}

const restOf = (text: string, pointer: string): string =>
  text.slice(pointer.length).replace(/^[\s,\uff0c、]+/, '');
