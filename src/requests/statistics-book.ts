/** Statistics as a workbook: the figures, the domains, the units, and each case with the figures that count it. */
import type { Row as SheetRow, SheetData } from 'write-excel-file/node';
import { formatInstant } from '../calendar/local.js';
import { periodLabel } from '../calendar/periods.js';
import { FIGURES, SIDE_NAMES, type FigureName } from '../core/figures.js';
import { headCell, numberCell, textCell, wordsCell } from '../files/text-cell.js';
import type { Policies } from './policy.js';
import { countOf, type CaseFacts, type Section, type Statistics } from './statistics.js';
import type { Scope } from './statistics-token.js';
import type { UnitShown } from './statistics-view.js';
import { statusWord } from './words.js';

/** Rows of a sheet: what is beyond would make a file that no chat takes. */
export const CASES_MAX = 5_000;

export type BookParts = {
  scope: Scope;
  whose: string;
  sections: { section: Section; statistics: Statistics; cases: readonly CaseFacts[] }[];
  /** Only for who sees all: in the order of the directory. */
  units: readonly UnitShown[];
  policies: Policies;
  now: number;
};

const NAMES = Object.keys(FIGURES) as FigureName[];
/** What every case is or what its own column says. */
const MARKED = NAMES.filter((name) => name !== 'all');

const perhaps = (value: number | null) => (value === null ? null : numberCell(value));

export async function renderStatistics(parts: BookParts): Promise<Uint8Array> {
  const { sections, units } = parts;
  const sheets = [
    { sheet: '汇总', data: figuresSheet(parts), widths: [24, 14, 14] },
    { sheet: '分领域', data: domainsSheet(parts), widths: [30, 14, 14] },
    ...(units.length > 0 ? [{ sheet: '分单位', data: unitsSheet(units), widths: [30] }] : []),
    ...sections.map((it) => ({
      sheet: `${SIDE_NAMES[it.section.side]}明细`,
      data: casesSheet(it.cases, parts),
      widths: [18, 12, 20, 30, 20, 20, 14],
    })),
  ];
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const book = writeWorkbook(
    sheets.map(({ sheet, data, widths }) => ({ sheet, data, columns: widths.map((width) => ({ width })) })),
  );
  return new Uint8Array(await book.toBuffer());
}

function figuresSheet({ scope, whose, sections, now }: BookParts): SheetData {
  const row = (label: string, valueOf: (statistics: Statistics) => number | null): SheetRow => [
    textCell(label),
    ...sections.map(({ statistics }) => perhaps(valueOf(statistics))),
  ];
  const topic = scope.topic ? `(含“${scope.topic}”)` : '';
  return [
    [textCell(`${whose} ${periodLabel(scope.period)} 乡呼县应统计${topic}`, { fontWeight: 'bold' })],
    [textCell(`按提交时间统计,截至${formatInstant(now, 0)};用时为工作小时,不含暂停`)],
    [headCell('项目'), ...sections.map(({ section }) => headCell(`${SIDE_NAMES[section.side]}(件)`))],
    ...NAMES.map((name) => row(FIGURES[name], (it) => countOf(it, name))),
    row('签收用时中位数(小时)', ({ signHours }) => signHours),
    row('答复用时中位数(小时)', ({ answerHours }) => answerHours),
    row('评价次数', ({ rating }) => rating?.ratings ?? 0),
    row('评价·速度(平均)', ({ rating }) => rating?.speed ?? null),
    row('评价·办理(平均)', ({ rating }) => rating?.handling ?? null),
    row('评价·结果(平均)', ({ rating }) => rating?.result ?? null),
  ];
}

function domainsSheet({ sections }: BookParts): SheetData {
  const domains = [
    ...new Set(sections.flatMap(({ statistics }) => statistics.domains.map((it) => it.domain))),
  ];
  return [
    [headCell('领域'), ...sections.map(({ section }) => headCell(`${SIDE_NAMES[section.side]}(件)`))],
    ...domains.map((domain): SheetRow => [
      textCell(domain),
      ...sections.map(({ statistics }) =>
        numberCell(statistics.domains.find((it) => it.domain === domain)?.count ?? 0),
      ),
    ]),
  ];
}

const UNIT_FIGURES: readonly FigureName[] = [
  ...(['all', 'sign-ok', 'sign-late', 'sign-over', 'answer-ok', 'answer-late', 'answer-over'] as const),
  ...(['returned', 'extended', 'paused', 'reopened', 'unsolved', 'rated', 'low'] as const),
];

function unitsSheet(units: readonly UnitShown[]): SheetData {
  const cells = (statistics: Statistics | null, names: readonly FigureName[]) =>
    names.map((name) => numberCell(statistics ? countOf(statistics, name) : 0));
  return [
    [
      headCell('单位'),
      ...UNIT_FIGURES.map((name) => headCell(`承办·${FIGURES[name]}`)),
      ...['签收中位数(小时)', '答复中位数(小时)', '速度', '办理', '结果', '提出·全部'].map(headCell),
    ],
    ...units.map(({ unit, called, assigned }): SheetRow => [
      textCell(unit),
      ...cells(assigned, UNIT_FIGURES),
      perhaps(assigned?.signHours ?? null),
      perhaps(assigned?.answerHours ?? null),
      perhaps(assigned?.rating?.speed ?? null),
      perhaps(assigned?.rating?.handling ?? null),
      perhaps(assigned?.rating?.result ?? null),
      ...cells(called, ['all']),
    ]),
  ];
}

/** To filter by: a mark in each column whose figure counts the case. */
function casesSheet(cases: readonly CaseFacts[], { policies, now }: BookParts): SheetData {
  return [
    [
      ...['编号', '类型', '提交时间', '内容', '请求单位', '主办单位', '状态', '领域'].map(headCell),
      ...MARKED.map((name) => headCell(FIGURES[name])),
    ],
    ...cases
      .slice(0, CASES_MAX)
      .map(({ request, figures, domain }): SheetRow => [
        textCell(request.number),
        wordsCell(policies[request.kind].name),
        wordsCell(formatInstant(request.events[0]?.at ?? now, 0)),
        wordsCell(request.text),
        wordsCell(request.callers.map(({ organization }) => organization).join('、')),
        wordsCell(request.assignments.findLast(({ role }) => role === 'lead')?.organization ?? ''),
        wordsCell(statusWord(request, policies[request.kind])),
        wordsCell(domain),
        ...MARKED.map((name) => (figures.has(name) ? textCell('√') : null)),
      ]),
  ];
}
