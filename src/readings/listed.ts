/** Of the rows listed last the one that is pointed at, by its place or by what it speaks of, and what is asked of it. */
import { askerOf } from '../lists/answer.js';
import type { Asker } from '../lists/row-parts.js';
import type { IndexedRow } from '../lists/row-index.js';
import { rowsBefore, rowsListed } from '../lists/structured-listed.js';
import { PAGE_SIZE } from '../lists/structured-cards.js';
import { LISTS, type Question } from '../lists/structured-question.js';
import type { Knowledge } from '../lists/knowledge.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { isTownshipUnit } from '../organizations/names.js';
import { aspectOf, ownMatter } from './follow-up-words.js';
import type { Reader, Reading } from './reading.js';

/** Surer than that the sentence as a whole is a filter: it names one row. */
const SURE = 0.996;

const WITHIN =
  '(?:那|哦|嗯)?(?:[这那][一几]?(?:类|块|摊|批|份|张|些)(?:里[头面]?)?|里面|里头|其中|上面|这里头|这里面|当中)?的?';
const UNIT = '(?:项|条|个|件|桩)';
const BACK = new RegExp(
  `^${WITHIN}(?:最后|末尾|末了|倒数第(?<back>[一二两三四五1-5]))(?:的)?(?:那)?[一1]?${UNIT}?(?:的|里|是|[,\\s])*`,
);
const NTH = new RegExp(
  `^${WITHIN}(?:第\\s?(?<nth>\\d{1,3}|[一二两三四五六七八九十]{1,3})${UNIT}|[头首][一1]?${UNIT})(?:的|里|是|[,\\s])*`,
);
/** 打开第二个, 看看第3条, 第五项展开说说: nothing is asked but to see it. */
const OPENS =
  '(?:请|麻烦|帮我?|给我|那|就|先|再|你|把|将)*(?:打开|点开|展开|调出来?|看一?下|看看?|说一?下|说说|讲讲|念念?|细看|细说|详细(?:看看|说说|讲讲)?)';
const OPENS_FIRST = new RegExp(`^${OPENS}(?:一?下)?(?=第\\s?[\\d一二两三四五六七八九十]|最后|末了|倒数)`);
const OPENS_LAST =
  /^(?:的)?(?:详细|具体|仔细|细|单独|完整)?(?:的)?(?:内容)?(?:给我|帮我|再|来|都|具体|详细|一一|往下)*(?:展开|打开|点开|细|详|看|说|讲|念|介绍|解释)(?:细|一?下|开|说|讲|看|解释|介绍|来|听|清楚|明白|给我|详)*(?:内容|吧|呗)?$|^(?:都|到底|具体)?(?:是|讲|说|写)?(?:的)?(?:是)?(?:啥|什么|怎么)(?:内容|事|事项|个事|写的|说的|意思)?$|^(?:的)?(?:详情|内容|具体内容|全文)$/;
const NAMED = new RegExp(
  `^${WITHIN}(?<name>[^\\s,\uff0c]{1,10}?)(?:的)?[那这][一1]?(?:项|条|件|桩|个(?!单位|部门|人|岗|镇|乡))(?:呢|的|[,\uff0c\\s])*`,
);
/** `第3项` alone is printed so where one list was listed whole. */
const IS_WITHIN = /里面|里头|其中|上面|当中/;
const OURS = /(?:我们?|咱们?|俺们?|本)(?:局|单位|部门|公司|中心|大队|委|镇|乡|街道|这边|这儿)?/;
const WORK =
  /(?:那边|那头|这边)?(?:要|该|能|得)?(?:干|做|管|负责|配合|担|出)(?:点|些)?(?:什么|啥|哪块|哪段|哪些)[^\u4e00-\u9fff]*$/;
/** What is left when a side was asked for says nothing more. */
const REST_MAX = 1;

export const listedReader: Reader = {
  name: 'listed',
  async read({ text, person, session }, deps) {
    const question = session?.listing?.filter as Question | undefined;
    if (!question || session?.isChoosing) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const rows = rowsListed(question, knowledge, asker);
    const said = text.replace(OPENS_FIRST, '');
    const placed = placedAt(said, question, {
      rows,
      page: session?.listing?.page ?? 0,
      isOpened: said !== text,
    });
    if (placed) return readingsOn(placed.entry, placed.rest, text, { knowledge, asker, question });
    const named = NAMED.exec(text);
    const name = named?.groups?.['name'];
    if (!named || !name || rows.length === 0) return [];
    const rest = text.slice(named[0].length);
    const entry = await namedRow(name, rest, { question, rows, knowledge, asker });
    return entry ? readingsOn(entry, rest, text, { knowledge, asker, question }) : [];
  },
};

type Place = { entry: IndexedRow; rest: string };

type Listed = { rows: readonly IndexedRow[]; page: number; isOpened: boolean };

function placedAt(text: string, question: Question, { rows, page, isOpened }: Listed): Place | null {
  const isWhole = Object.keys(question).every(
    (key) => key === 'ask' || (LISTS as readonly string[]).includes(key),
  );
  const back = BACK.exec(text);
  const nth = back ? null : NTH.exec(text);
  const found = back ?? nth;
  if (!found) return null;
  const rest = text.slice(found[0].length);
  // The number as printed, and nothing asked of it: the grammar reads it (第一批第36项).
  if (isWhole && !isOpened && !IS_WITHIN.test(found[0]) && rest.replace(/[呢\uff1f?]/g, '') === '')
    return null;
  const n = parseNumber(found.groups?.['back'] ?? found.groups?.['nth'] ?? '1');
  // On another page than the first the third is that of the page, where no line of it is numbered so.
  const isNumber = isWhole && /[项条]/.test(found[0]);
  const ofPage = n <= PAGE_SIZE && !isNumber ? rows[page * PAGE_SIZE + n - 1] : undefined;
  const entry = back
    ? rows.at(-n)
    : isNumber
      ? rows.find(({ row }) => row.number === String(n))
      : (ofPage ?? rows[n - 1]);
  return entry ? { entry, rest } : null;
}

type Among = { question: Question; rows: readonly IndexedRow[]; knowledge: Knowledge; asker: Asker };

/** By the unit that leads it, by a word of its name, else the one that lies nearest to what was said. */
async function namedRow(name: string, rest: string, among: Among): Promise<IndexedRow | null> {
  const { question, rows, knowledge, asker } = among;
  const { directory, index } = knowledge;
  const [mention] = directory.mentions(name);
  if (mention && mention.alias.length >= name.length - 1) {
    const before = rowsBefore(question, knowledge, asker);
    const led = [rows, before]
      .map((among) => among.filter(({ row }) => row.lead.some(({ unit }) => unit === mention.unit)))
      .find((found) => found.length > 0);
    const of = led ?? rows.filter(({ row }) => row.support.some((part) => part.unit === mention.unit));
    return of.length === 1 ? (of[0] ?? null) : null;
  }
  const byName = rows.filter(({ row }) => row.matter.includes(name));
  if (byName.length > 0) return byName.length === 1 ? (byName[0] ?? null) : null;
  const unit = asker.township === undefined && OURS.test(rest) ? asker.person?.organization : undefined;
  const ours = unit
    ? index.entries.filter(({ row }) => [...row.lead, ...row.support].some((part) => part.unit === unit))
    : [];
  const near = await knowledge.search(name, asker);
  const nearestIn = (entries: readonly IndexedRow[]) =>
    near.find(({ entry }) => entries.includes(entry))?.entry ?? null;
  const [best] = near;
  // What lies nearest of all rows is meant, if it is of those that are spoken of.
  if (best && rows.includes(best.entry)) return best.entry;
  return nearestIn(ours) ?? nearestIn(rowsBefore(question, knowledge, asker)) ?? nearestIn(rows);
}

function readingsOn(
  entry: IndexedRow,
  rest: string,
  text: string,
  { knowledge: { directory, index }, asker, question }: Omit<Among, 'rows'>,
): Reading[] {
  // Of another township's list it is asked as there.
  const there: Record<string, string> =
    question.township && !index.isVisible(entry, asker) ? { township: question.township } : {};
  const about = (action: string, more: Record<string, string> = {}): Reading[] => [
    {
      intent: 'ask_responsibility',
      slots: { action, value: entry.ref, ...there, ...more },
      probability: SURE,
      why: `${action} of the row listed that “${text}” points at`,
    },
  ];
  const asks = rest.trimEnd().replace(/呢?[?\uff1f。]?$/, '');
  if (asks === '' || asks === '是哪个' || asks === '哪个' || OPENS_LAST.test(asks)) return about('whole');
  const [mention] = directory.mentions(asks);
  const matter = ownMatter(mention ? asks.replace(mention.alias, '') : asks).replace(/让|叫|请|主责/g, '');
  if (matter.length > REST_MAX) {
    // 派出所管啥: the one part that speaks of it.
    const who = asks.replace(WORK, '');
    const parts = [...entry.row.lead, ...entry.row.support].filter(
      ({ duty }) => who.length > REST_MAX && duty.includes(who),
    );
    const [part] = parts;
    if (!part || new Set(parts.map(({ unit }) => unit)).size > 1) return [];
    return isTownshipUnit(part.unit) ? about('township') : about('unit', { unit: part.unit });
  }
  const aspect = aspectOf(asks);
  if (mention && !isTownshipUnit(mention.unit)) return about('unit', { unit: mention.unit });
  if (mention) return about('township', { township: mention.unit });
  if (aspect && aspect !== 'township') return about(aspect);
  if (/谁|哪[个家]/.test(asks)) return about('lead');
  if (OURS.test(asks)) {
    const unit = asker.township === undefined ? asker.person?.organization : undefined;
    return unit ? about('unit', { unit }) : about('township');
  }
  return aspect ? about(aspect) : about('whole');
}
