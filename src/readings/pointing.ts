/** Of several rows at hand the one that a message points at ("前一个公安做什么", "招牌那个气象局呢"), and what it asks of it. */
import type { Session } from '../core/session.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import { namedUnit, takesPart } from './units-of-row.js';

const FIRST =
  /^(?:那|哦|嗯)?(?:(?:前|头|上)(?:面|边|头)?(?:那|的|一)?(?:个|条|件|项|桩)?|(?:第一|头一|1)(?:个|条|件|项|桩|号|里)?(?:里?[头面边])?)(?:的|里|中)?/;
const LAST =
  /^(?:那|哦|嗯)?(?:(?:后|下)(?:面|边|头)?(?:那|的|一)?(?:个|条|件|项|桩)?|(?:第二|末|2)(?:个|条|件|项|桩|号|里)?(?:里?[头面边])?|最后(?:那|一)?(?:个|条|件|项)?|另(?:外)?(?:一|那)(?:个|条|件|项|桩))(?:的|里|中)?/;
const NAMED =
  /^(?:那|哦|嗯)?(?<name>[^\s,\uff0c]{1,8}?)(?:的|这|那)*(?:那|这)(?:个|条|件|项|桩|边|块|头)(?:的|里|中)?/;
const BARE = /^(?<name>[\u4e00-\u9fff]{2,4})(?:呢|的事)?[\s,\uff0c]+/;
/** `推林子的公安办啥案`. */
const OF_NAME =
  /^(?:那|哦|嗯)?(?<name>[\u4e00-\u9fff]{2,6}?)的(?=[\u4e00-\u9fff]{2,3}(?:局|队|委|办|干|管|做|负责|要|呢|咋))/;
/** `槐树要是在县城里面的归哪家`: a condition on one of them. */
const SUPPOSED = /^(?:那|哦|嗯)?(?<name>[\u4e00-\u9fff]{2,6}?)(?:的|这|那)?(?=(?:要是|如果|假如|若是|万一))/;
/** Who asks, and what is asked, name no row. */
const NO_NAME = /[谁哪啥咋]|^(?:我|咱|俺|本)们?|[镇乡]上?$|街道/;
/** How much nearer the row must be that is named than the other. */
const AHEAD = 0.03;

/** `name`: by which words, where one of them was named. */
export type Pointed = { entry: IndexedRow; rest: string; name?: string };

/** The matter is one that rows are offered for, and which of them is meant is not said. */
export const UNDECIDED = 'undecided';

/** Null where one row alone stands open, or none is pointed at. */
export async function pointedAt(
  text: string,
  session: Session,
  knowledge: Knowledge,
): Promise<Pointed | typeof UNDECIDED | null> {
  const beside = besideChoice(session, knowledge);
  if (beside.length > 0)
    return (
      (await ofTheOther(NAMED.exec(text), session, knowledge)) ??
      namedAmong(NAMED.exec(text), beside, knowledge)
    );
  const rows = atHand(session, knowledge);
  const [first, last] = rows;
  if (!first || !last) return null;
  for (const [pattern, entry] of [
    [FIRST, first],
    [LAST, last],
  ] as const) {
    const found = pattern.exec(text)?.[0] ?? '';
    // A bare 前 or 后 begins many words.
    if (found.length >= 2 || /^[12](?!\d)/.test(found)) return { entry, rest: restOf(text, found) };
  }
  return namedAmong(
    SUPPOSED.exec(text) ?? NAMED.exec(text) ?? BARE.exec(text) ?? OF_NAME.exec(text),
    rows,
    knowledge,
  );
}

/** By a word of its name, else the one that lies clearly nearer than the others. */
async function namedAmong(
  named: RegExpExecArray | null,
  rows: IndexedRow[],
  knowledge: Knowledge,
): Promise<Pointed | null> {
  const name = named?.groups?.['name'];
  // 石桥也有这条吧: says where, and names none.
  if (!named || !name || /[有是归没]$/.test(name)) return null;
  const rest = restOf(named.input, named[0]);
  const byName = rows.filter(({ row }) => row.matter.includes(name));
  if (byName.length === 1 && byName[0]) return { entry: byName[0], rest, name };
  // 消防那边看啥, 咱街道谁管这块: a unit, and a question, of what stands open.
  if (NO_NAME.test(name) || rows.some((entry) => namedUnit(name, entry, knowledge.directory))) return null;
  const entry = await clearlyNearest(name, rows, knowledge);
  return entry && { entry, rest, name };
}

/** The row whose matter, or what is asked of it, lies clearly nearer to `name` than those of the others. */
export async function clearlyNearest(
  name: string,
  rows: readonly IndexedRow[],
  knowledge: Knowledge,
): Promise<IndexedRow | null> {
  const near = await knowledge.nearness(
    name,
    rows.map(({ row }) => [row.matter, ...row.askedAs].join(' ')),
  );
  const [best, next] = rows
    .map((entry, i) => ({ entry, near: near[i] ?? 0 }))
    .sort((x, y) => y.near - x.near);
  return best && best.near - (next?.near ?? 0) >= AHEAD ? best.entry : null;
}

/** One of two matters was answered, and rows are offered for the other: "荒地那条依据". */
function besideChoice({ offered, focus, isChoosing }: Session, knowledge: Knowledge): IndexedRow[] {
  if (!isChoosing || focus === undefined || offered.includes(focus)) return [];
  return [focus, ...offered].flatMap((ref) => knowledge.index.get(ref) ?? []);
}

/** 下夹子那个公安干啥: by a word of the matter for which rows are offered, the nearest of them in which that unit takes part. */
async function ofTheOther(
  named: RegExpExecArray | null,
  { question = '', offered }: Session,
  knowledge: Knowledge,
): Promise<Pointed | typeof UNDECIDED | null> {
  const name = named?.groups?.['name'];
  const pieces = question.split(' ');
  const piece = pieces.at(-1);
  if (!named || !name || !piece?.includes(name) || pieces.slice(0, -1).some((it) => it.includes(name)))
    return null;
  const rest = restOf(named.input, named[0]);
  const rows = offered.flatMap((ref) => {
    const entry = knowledge.index.get(ref);
    const asked = entry ? namedUnit(rest, entry, knowledge.directory)?.unit : undefined;
    return entry && (asked === undefined || takesPart(entry, asked)) ? [{ entry, asked }] : [];
  });
  const all = rows.flatMap(({ entry: { row } }) => [...row.lead, ...row.support].map(({ duty }) => duty));
  const near = await knowledge.nearness(piece, all);
  let at = 0;
  const ranked = rows
    .map(({ entry, asked }) => {
      const parts = [...entry.row.lead, ...entry.row.support].map(({ unit }) => ({
        unit,
        near: near[at++] ?? 0,
      }));
      const most = (of: typeof parts) => Math.max(0, ...of.map((it) => it.near));
      return { entry, whole: most(parts), near: most(parts.filter(({ unit }) => !asked || unit === asked)) };
    })
    .sort((x, y) => y.near - x.near);
  const [best, next] = ranked;
  // What that unit does lies clearly nearer, and all that is done there no farther.
  const isClear = best && (!next || (best.near - next.near >= AHEAD && best.whole >= next.whole));
  return isClear ? { entry: best.entry, rest, name } : UNDECIDED;
}

/** Rows that were answered together stand with the one in focus; what lies near one answer stands without it. */
function atHand(
  { offered, focus, isChoosing }: Session,
  knowledge: Knowledge,
): [IndexedRow, IndexedRow] | [] {
  const [first, last, ...more] = offered.flatMap((ref) => knowledge.index.get(ref) ?? []);
  const areTwo = !isChoosing && more.length === 0 && offered.includes(focus ?? '');
  return first && last && areTwo ? [first, last] : [];
}

/** `俩事镇上都找谁`, `两边公安的职责有啥不一样`: what is asked of both; null where no two stand open. */
export function ofBoth(text: string, session: Session, knowledge: Knowledge) {
  const rows = atHand(session, knowledge);
  const said = BOTH.exec(text)?.[0];
  if (rows.length === 0 || said === undefined) return null;
  const rest = text
    .replace(said, ' ')
    .replace(/[都分别各](?=[是找归在由])|有(?:啥|什么|何)不一?[样同]/g, '')
    .trim();
  return rest === '' ? null : { rows, rest };
}
const BOTH =
  /(?:这|那)?(?:(?:两|俩)(?:个|条|件|项|样|桩|边|头|码)(?:事情?|活|问题)?|俩(?:事情?|活)?)(?!局|部门|单位|人|镇|乡|月|天|小时|星期)(?:里|上)?的?/;

const restOf = (text: string, pointer: string): string =>
  text.slice(pointer.length).replace(/^[\s,\uff0c、]+/, '');
