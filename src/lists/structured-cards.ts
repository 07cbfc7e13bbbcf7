/** Structured questions about rows as cards: a page of rows, counts by unit or domain, a document, a class of townships. */
import { tableOf, type Block, type Card, type Column } from '../core/card.js';
import type { List, Row } from '../core/domain.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Directory } from '../organizations/directory.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';
import type { Asker } from './row-parts.js';
import { describeQuestion, filterRows, visibleRows, type Found } from './structured.js';
import { TOWNSHIP, unfold, type Question } from './structured-question.js';

export const PAGE_SIZE = 10;
/** So few rows stand on the page before: nobody turns a page for one. */
const WITH_LAST = 2;
const text = (line: string): Block => ({ kind: 'text', text: line });

const tally = (values: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
};
const told = (counts: readonly (readonly [string, number])[]): string =>
  counts.map(([name, count]) => `${name} ${count} 项`).join('、');

export const leadsOf = ({ lead }: Row): string =>
  [...new Set(lead.map(({ unit }) => unit))].join('、') || TOWNSHIP;

const rowLine = ({ row, list }: IndexedRow): string =>
  `${row.matter}(${leadsOf(row)};${list.batch ?? list.title} 第${row.number}项)`;

export const sources = (rows: readonly IndexedRow[]): Block[] =>
  tally(rows.map(({ list }) => list.title)).map(([title, count]) => ({
    kind: 'source',
    text: `出处:《${title}》${count} 项`,
  }));

export const editionBlock = ({ edition }: Knowledge): Block => ({
  kind: 'source',
  text: `版次:${[...new Set(edition.lists.map((list) => list.editionLabel))].join('、')}`,
});

export type Page = { card: Card; shown: IndexedRow[]; at: number };

/** One page; `intro` stands before the count. `token` names the question in the button that turns the page. */
export function listingPage(
  { rows, related, isByDuty }: Found,
  question: Question,
  knowledge: Knowledge,
  { page, token, intro = [] }: { page: number; token: string; intro?: Block[] },
): Page {
  const pages = Math.max(1, Math.ceil((rows.length - WITH_LAST) / PAGE_SIZE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = rows.slice(at * PAGE_SIZE, at + 1 < pages ? (at + 1) * PAGE_SIZE : undefined);
  const byDomain = tally(rows.map(({ row }) => row.domain));
  const blocks: Block[] = [
    ...intro,
    text(
      rows.length === 0
        ? '共 0 项。清单中没有符合这些条件的事项。'
        : `共 ${rows.length} 项${pages > 1 ? `,第 ${at + 1}/${pages} 页` : ''}。`,
    ),
    ...(isByDuty && rows.length > 0
      ? [text(`事项名称中没有“${question.keyword ?? ''}”,以下是职责内容中写到的。`)]
      : []),
    ...(at === 0 && pages > 1 && byDomain.length > 1 ? [text(`按领域:${told(byDomain)}。`)] : []),
    ...shown.map((entry, i) => text(`${at * PAGE_SIZE + i + 1}. ${rowLine(entry)}`)),
    ...(at === 0 && related.length > 0
      ? [text(`名称相近的领域未计入:${told(related.map(({ domain, count }) => [domain, count]))}。`)]
      : []),
    ...sources(rows),
    editionBlock(knowledge),
  ];
  const buttons = at + 1 < pages ? [{ id: 'page', label: '下一页', value: `${at + 1} ${token}` }] : [];
  return { card: { title: describeQuestion(question) || '全部清单', blocks, buttons }, shown, at };
}

/** How two units divide the work, counted before the rows. */
export function divisionIntro(rows: readonly IndexedRow[], { unit = '', other = '' }: Question): Block[] {
  const has = (parts: Row['lead'], name: string) =>
    parts.some((part) => (name === TOWNSHIP ? isTownshipUnit(part.unit) : part.unit === name));
  const count = (a: string, b: string) =>
    rows.filter(({ row }) => has(row.lead, a) && has(row.support, b)).length;
  const both = rows.filter(({ row }) => has(row.support, unit) && has(row.support, other)).length;
  return [
    text(
      [
        `${unit}牵头、${other}配合 ${count(unit, other)} 项`,
        `${other}牵头、${unit}配合 ${count(other, unit)} 项`,
        ...(both > 0 ? [`两家都是配合单位 ${both} 项`] : []),
      ].join(';') + '。具体分工逐项写明,可回复序号查看。',
    ),
  ];
}

/** Counted by who leads or co-operates, by domain or by list; in the order of the lists, which is no ranking. */
export function groupCard({ rows }: Found, question: Question, knowledge: Knowledge): Card {
  const { by = 'lead' } = question;
  const keysOf = ({ row, list }: IndexedRow): string[] => {
    if (by === 'domain') return [row.domain];
    if (by === 'list') return [list.title];
    return [...new Set((by === 'support' ? row.support : row.lead).map(({ unit }) => unit))];
  };
  const counts = tally(rows.flatMap(keysOf));
  const names = { domain: '领域', list: '清单', support: '配合单位', lead: '牵头单位' }[by] ?? '单位';
  return {
    title: [describeQuestion(question), `按${names}`].filter(Boolean).join(' · '),
    blocks: [
      text(`共 ${rows.length} 项,${names} ${counts.length} 个${counts.length > 0 ? ':' : '。'}`),
      ...counts.map(([name, count]) => text(`· ${name}:${count} 项`)),
      ...sources(rows),
      editionBlock(knowledge),
    ],
    buttons: [],
  };
}

const UNIT_COLUMNS: readonly Column[] = [
  { label: '单位', share: 52 },
  { label: '牵头', share: 24, isNumber: true },
  { label: '配合', share: 24, isNumber: true },
];

/** The same counted of two townships, and how many more the one has. */
export function differenceCard(question: Question, knowledge: Knowledge, asker: Asker): Card {
  const { before: kept, ...now } = question;
  const asked = [unfold(kept) ?? now, now].map((it): Question => ({ ...it, ask: 'rows' }));
  const [one, two] = asked.map((it) => ({
    name: it.township ?? asker.township ?? knowledge.directory.county,
    count: filterRows(visibleRows(knowledge, asker, it), it).rows.length,
  }));
  const { township: _, ...others } = now;
  return {
    title: [describeQuestion(others), '相差'].filter(Boolean).join(' · '),
    blocks: [
      text(
        `${one?.name ?? ''} ${one?.count ?? 0} 项,${two?.name ?? ''} ${two?.count ?? 0} 项,相差 ${Math.abs((one?.count ?? 0) - (two?.count ?? 0))} 项。`,
      ),
      editionBlock(knowledge),
    ],
    buttons: [],
  };
}

/** Several units, each counted. */
export function unitsCard(
  rowsOf: (question: Question) => readonly IndexedRow[],
  question: Question,
  knowledge: Knowledge,
): Card {
  const { units = '', ...others } = question;
  return {
    title: [describeQuestion(others), '各单位事项数'].filter(Boolean).join(' · '),
    blocks: [
      ...tableOf(
        UNIT_COLUMNS,
        units.split('|').map((unit) => {
          const lead = rowsOf({ ...others, lead: unit }).length;
          const support = rowsOf({ ...others, support: unit }).length;
          return {
            cells: [unit, String(lead), String(support)],
            text: `· ${unit}:牵头 ${lead} 项,配合 ${support} 项`,
          };
        }),
      ),
      editionBlock(knowledge),
    ],
    buttons: [],
  };
}

const scopeOf = ({ scope }: List, directory: Directory): string => {
  if (scope.township) return scope.township;
  if (!scope.townshipClass) return '全县';
  return `${scope.townshipClass}(${townshipsOf(scope.townshipClass, directory).join('、')})`;
};

export function documentCard(lists: readonly List[], { index, directory }: Knowledge): Card {
  return {
    title: [...new Set(lists.map((list) => list.documentNumber))].join('、'),
    blocks: lists.flatMap((list): Block[] => [
      text(`《${list.title}》`),
      {
        kind: 'source',
        text: [
          `文号:${list.documentNumber}`,
          `发文:${list.issuer}`,
          ...(list.batch ? [list.batch] : []),
          `共 ${index.entries.filter((entry) => entry.list === list).length} 项`,
          `适用:${scopeOf(list, directory)}`,
          `${list.effective}起施行`,
          list.editionLabel,
        ].join(' · '),
      },
    ]),
    buttons: [],
  };
}

const townshipsOf = (townshipClass: string, { organizations }: Directory): string[] =>
  organizations.filter((it) => it.townshipClass === townshipClass).map(({ name }) => name);

export function townshipsCard(townshipClass: string, { directory }: Knowledge): Card {
  const names = townshipsOf(townshipClass, directory);
  return {
    title: `${townshipClass}:哪些镇街`,
    blocks: [text(`“${townshipClass}”共 ${names.length} 个:${names.join('、')}。`)],
    buttons: [],
  };
}

export function classCard(township: string, { directory, edition }: Knowledge): Card {
  const townshipClass = directory.organizations.find(({ name }) => name === township)?.townshipClass;
  const list = edition.lists.find(({ scope }) => townshipClass && scope.townshipClass === townshipClass);
  return {
    title: `${township}属于哪一类`,
    blocks: townshipClass
      ? [
          text(`${township}属于“${townshipClass}”。`),
          ...(list
            ? [{ kind: 'source', text: `适用:《${list.title}》${list.documentNumber}` } satisfies Block]
            : []),
        ]
      : [text(`名录中没有写明${township}的类别。`)],
    buttons: [],
  };
}

/** What the directory calls the unit or the office that somebody calls otherwise: read from the names written there. */
export function calledCard({ field = '', unit, office, township }: Question): Card {
  const name = unit ?? [township, office].filter(Boolean).join('');
  const isSame = field === (unit ?? office);
  return {
    title: `${field}:名称`,
    blocks: [
      text(
        isSame
          ? `名录中的名称就是“${field}”${township ? `(${township})` : ''}。`
          : `名录中,“${field}”对应的是${name}。`,
      ),
      { kind: 'source', text: '来源:县机构和人员名录' },
    ],
    buttons: [],
  };
}
