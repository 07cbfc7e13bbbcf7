/** "住建局牵头的有哪些": filters over rows, complete and counted, never the nearest few. */
import { LIST_KINDS, traitsOf, type ListKind } from '../core/list-kinds.js';
import type { List, Row } from '../core/domain.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';
import { domainsMeant } from './structured-domains.js';
import { TOWNSHIP, unfold, type Question } from './structured-question.js';

const plays = (parts: Row['lead'], unit: string): boolean =>
  parts.some((part) => (unit === TOWNSHIP ? isTownshipUnit(part.unit) : part.unit === unit));
const involves = ({ lead, support }: Row, unit: string): boolean => plays(lead, unit) || plays(support, unit);
const unitsOf = ({ lead, support }: Row): Set<string> =>
  new Set([...lead, ...support].map(({ unit }) => unit).filter((unit) => !isTownshipUnit(unit)));

/** 青编发〔2026〕5号, 青编发2026 5号, 5号文: what is said must agree, what is left out may be anything. */
function isDocument({ documentNumber }: List, said: string): boolean {
  const parts = (text: string): [string, string, string] => {
    const spaced = toDigits(text);
    const numbers = spaced.match(/\d{1,4}/g) ?? [];
    const year = numbers.length > 1 ? (numbers[0] ?? '') : '';
    return [/^[\u4e00-\u9fff]*/.exec(spaced)?.[0] ?? '', year, numbers.at(-1) ?? ''];
  };
  const [issuer, year, number] = parts(said);
  const [ownIssuer, ownYear, ownNumber] = parts(documentNumber);
  return (
    number === ownNumber && (year === '' || year === ownYear) && (issuer === '' || ownIssuer.endsWith(issuer))
  );
}

/** 五号文 → 5号文. */
const toDigits = (text: string): string =>
  text.replace(/([零一二三四五六七八九十]{1,3})(?=号)/, (numeral) => String(parseNumber(numeral)));

const inLists = (list: List, { kind, batch, document, townshipClass }: Question): boolean =>
  // Who leads and who helps is asked of the lists that divide work; guides are listed where they are named.
  (kind ? kind.split('|').includes(list.kind) : !traitsOf(list.kind).isGuide) &&
  (!batch || batch.split('|').includes(list.batch ?? '')) &&
  (!document || isDocument(list, document)) &&
  (!townshipClass || list.scope.townshipClass === townshipClass);

/** The named township's lists, one's own, or, for county staff, all of them; a class named opens that class's lists. */
export function visibleRows({ index, directory }: Knowledge, asker: Asker, question: Question): IndexedRow[] {
  if (question.townshipClass) return index.entries;
  const township = question.township ?? asker.township;
  if (township === undefined) return index.entries;
  const organization = directory.organizations.find(({ name }) => name === township);
  const scope = { county: asker.county, township, townshipClass: organization?.townshipClass };
  return index.entries.filter((entry) => index.isVisible(entry, scope));
}

export type Found = {
  rows: IndexedRow[];
  /** Domains of other names that may be meant too, with how many rows. */
  related: { domain: string; count: number }[];
  /** The keyword stands in no name: these have it in what somebody has to do. */
  isByDuty: boolean;
};

/** By kind of list, then as printed. The units of a delegated list enforced before: they lead nothing there any more. */
export function filterRows(entries: readonly IndexedRow[], question: Question): Found {
  const { lead, support, unit, other, both, exclude, basis, without, parties, keyword } = question;
  const { leaders } = question;
  const minus = unfold(question.minus);
  const left = minus && new Set(filterRows(entries, minus).rows);
  const isBySide = question.ask === 'group' && (question.by === 'lead' || question.by === 'support');
  const isRole = isBySide || [lead, support, without !== 'basis' && without].some(Boolean);
  const wide = entries.filter(
    ({ row, list }) =>
      inLists(list, question) &&
      (question.kind !== undefined || !(isRole && list.kind === 'delegated')) &&
      (!lead || plays(row.lead, lead)) &&
      (!support || plays(row.support, support)) &&
      (!unit || involves(row, unit)) &&
      (!other || (both === 'lead' || both === 'support' ? plays(row[both], other) : involves(row, other))) &&
      (!exclude || !involves(row, exclude)) &&
      (!basis || row.basis.some((text) => text.includes(basis))) &&
      (!without || row[without === 'basis' ? 'basis' : 'support'].length === 0) &&
      (!parties || unitsOf(row).size >= Number(parties)) &&
      (!leaders || new Set(row.lead.map((part) => part.unit)).size >= Number(leaders)),
  );
  const named = keyword ? wide.filter(({ row }) => row.matter.includes(keyword)) : wide;
  const isByDuty = keyword !== undefined && named.length === 0;
  const kept = isByDuty ? wide.filter(({ row }) => hasInDuty(row, keyword)) : named;
  const { meant, related } = question.domain
    ? domainsOf(
        question.domain,
        kept.map(({ row }) => row),
        question.isWide !== undefined,
      )
    : { meant: null, related: [] };
  const shut = question.notDomain
    ? domainsOf(
        question.notDomain,
        kept.map(({ row }) => row),
      ).meant
    : [];
  const rows = kept.filter(
    (entry) =>
      (!meant || meant.includes(entry.row.domain)) && !shut.includes(entry.row.domain) && !left?.has(entry),
  );
  const order = (entry: IndexedRow) => traitsOf(entry.list.kind).order;
  return {
    rows: rows.sort((a, b) => order(a) - order(b)),
    related: related.map((domain) => ({
      domain,
      count: kept.filter(({ row }) => row.domain === domain).length,
    })),
    isByDuty,
  };
}

/** Several, joined by `|`. */
function domainsOf(
  words: string,
  rows: readonly Pick<Row, 'domain'>[],
  isWide = false,
): { meant: string[]; related: string[] } {
  const found = words.split('|').map((word) => domainsMeant(word, rows, isWide));
  const meant = found.flatMap((it) => it.meant);
  return { meant, related: found.flatMap((it) => it.related).filter((domain) => !meant.includes(domain)) };
}

const hasInDuty = ({ lead, support }: Row, word: string): boolean =>
  [...lead, ...support].some(({ duty }) => duty.includes(word));

const titlesOf = (lists: readonly List[]): string => lists.map(({ title }) => `《${title}》`).join('、');
const isKind = (kind: string | undefined): kind is ListKind => LIST_KINDS.some((known) => known === kind);
const kindTitle = (kinds: string | undefined): string =>
  (kinds?.split('|') ?? []).map((kind) => (isKind(kind) ? traitsOf(kind).title : '')).join('、');

/** What cannot be together, said: no fourth batch, no such document, a document of another batch. */
export function contradiction(question: Question, lists: readonly List[]): string | null {
  const { kind, batch, document, townshipClass } = question;
  const batches = [...new Set(lists.flatMap((list) => list.batch ?? []))];
  const missing = batch?.split('|').filter((it) => !batches.includes(it)) ?? [];
  if (missing.length > 0)
    return `现行清单没有${missing.join('、')}${batches.length > 0 ? `,只有${batches.join('、')}` : ',也不分批次'}。`;
  const byDocument = document ? lists.filter((list) => isDocument(list, document)) : lists;
  if (document && byDocument.length === 0)
    return `现行清单没有“${document}”这个文号。现有文号:${[...new Set(lists.map((list) => list.documentNumber))].join('、')}。`;
  if (lists.some((list) => inLists(list, question))) return null;
  if (document && batch) {
    const own = [...new Set(byDocument.flatMap((list) => list.batch ?? []))].join('、');
    return `${byDocument[0]?.documentNumber ?? document}是${own || titlesOf(byDocument)},没有${batch.replaceAll('|', '、')}。`;
  }
  if (document)
    return `${byDocument[0]?.documentNumber ?? document}是${titlesOf(byDocument)},不是${kindTitle(kind) || townshipClass}。`;
  if (kind && batch)
    return `${kindTitle(kind)}不分批次,没有${batch.replaceAll('|', '、')};分批次的是${kindTitle(lists.find((list) => list.batch)?.kind)}。`;
  if (townshipClass) return `${kindTitle(kind)}不按乡镇类别划分。`;
  return kind ? `现行清单中没有${kindTitle(kind)}。` : null;
}

/** The row of a printed number, in each list that is meant; with the last number where there is none. */
export function rowsByNumber(
  entries: readonly IndexedRow[],
  question: Question,
): { rows: IndexedRow[]; missing: { list: List; count: number; last: string }[] } {
  const lists = [...new Set(entries.map(({ list }) => list))].filter((list) => inLists(list, question));
  const rows: IndexedRow[] = [];
  const missing: { list: List; count: number; last: string }[] = [];
  for (const list of lists) {
    const own = entries.filter((entry) => entry.list === list);
    const last = own.at(-1);
    const row = question.number === 'last' ? last : own.find((entry) => entry.row.number === question.number);
    if (row) rows.push(row);
    else missing.push({ list, count: own.length, last: last?.row.number ?? '' });
  }
  return { rows, missing };
}

export const listsMeant = (lists: readonly List[], question: Question): List[] =>
  lists.filter((list) => inLists(list, question));

const BOTH: Record<string, string> = { lead: '牵头的有', support: '配合的有' };

/** The question in words, for the title of the card. */
export function describeQuestion(question: Question): string {
  const { lead, support, unit, other, exclude, domain, notDomain, keyword, basis, without, parties } =
    question;
  return [
    question.township,
    question.document,
    question.batch?.replaceAll('|', '、'),
    kindTitle(question.kind),
    question.townshipClass,
    domain && `${domain.replaceAll('|', '、')}${question.isWide ? '口' : '领域'}`,
    lead && `${lead}牵头`,
    support && `${support}配合`,
    unit && `涉及${unit}`,
    other && `同时${BOTH[question.both ?? ''] ?? '涉及'}${other}`,
    exclude && `${exclude}除外`,
    notDomain && `${notDomain.replaceAll('|', '、')}领域除外`,
    keyword && `含“${keyword}”`,
    basis && `依据含“${basis}”`,
    without && (without === 'basis' ? '没有写依据' : '没有写配合单位'),
    parties && `涉及${parties}个以上部门`,
    question.leaders && `${question.leaders}个以上单位并列为主体责任`,
    question.minus && '除去前面列出的',
  ]
    .filter(Boolean)
    .join(' · ');
}
