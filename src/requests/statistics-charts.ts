/** Statistics as charts: over months, by state, by domain; never one unit beside another. Pure. */
import { addDays, toLocal } from '../calendar/local.js';
import { monthsUntil, periodLabel, type Period } from '../calendar/periods.js';
import { chartBlock, type Block, type Card } from '../core/card.js';
import type { Chart } from '../core/chart.js';
import { SIDE_NAMES, type FigureName } from '../core/figures.js';
import { countOf, type CaseFacts, type Section, type Statistics } from './statistics.js';
import { sourceText, titleOf } from './statistics-view.js';
import { scopeToken, type Scope } from './statistics-token.js';

export type SectionCharted = {
  section: Section;
  statistics: Statistics;
  /** Of the months of `trendPeriod` as well. */
  cases: readonly CaseFacts[];
};

const DOMAINS_SHOWN = 7;
/** A span of less is seen beside the months before it. */
const MONTHS = { least: 6, most: 12 };

/** The months that are compared: those of the span, none that has not begun. */
function trendMonths({ from, to }: Period, now: number): Period[] {
  const { date } = toLocal(now);
  const last = addDays(to, -1);
  return monthsUntil(last < date ? last : date, from, MONTHS);
}

/** The span of these months. */
export function trendPeriod(period: Period, now: number): Period {
  const months = trendMonths(period, now);
  return { from: months[0]?.from ?? period.from, to: months.at(-1)?.to ?? period.to };
}

const STATES: readonly [name: string, sign: FigureName, answer: FigureName][] = [
  ['按时', 'sign-ok', 'answer-ok'],
  ['超时', 'sign-late', 'answer-late'],
  ['逾期未办', 'sign-over', 'answer-over'],
  ['未到期', 'sign-wait', 'answer-wait'],
  ['未办即结束', 'sign-none', 'answer-none'],
];

export function chartsOf(scope: Scope, sections: readonly SectionCharted[], now: number): Chart[] {
  if (sections.length === 0) return [];
  const label = periodLabel(scope.period);
  const named = (side: Section['side'], what: string) =>
    sections.length > 1 ? `${SIDE_NAMES[side]}·${what}` : what;
  const months = trendMonths(scope.period, now);
  const trend: Chart = {
    title: '各月请求(件)',
    kind: 'columns',
    categories: months.map(({ from }, i) =>
      i === 0 || from.slice(5, 7) === '01'
        ? `${from.slice(2, 4)}年${Number(from.slice(5, 7))}月`
        : `${Number(from.slice(5, 7))}月`,
    ),
    series: sections.map(({ section, cases }) => ({
      name: scope.unit === null ? '' : SIDE_NAMES[section.side],
      values: months.map(({ from, to }) => cases.filter((it) => isFiledIn(it, { from, to })).length),
    })),
  };
  const states: Chart = {
    title: `签收和答复 · ${label}(件)`,
    kind: 'rows',
    categories: sections.flatMap(({ section: { side } }) => [named(side, '签收'), named(side, '答复')]),
    series: STATES.map(([name, sign, answer]) => ({
      name,
      values: sections.flatMap(({ statistics }) => [countOf(statistics, sign), countOf(statistics, answer)]),
    })).filter(({ values }) => values.some((it) => it > 0)),
  };
  return [
    trend,
    states,
    ...sections.flatMap((it) => domainsOf(it, named(it.section.side, '领域'), label)),
  ].filter(({ series }) => series.some(({ values }) => values.some((it) => it > 0)));
}

/** One domain alone is no chart. */
function domainsOf({ statistics: { domains } }: SectionCharted, name: string, label: string): Chart[] {
  if (domains.length < 2) return [];
  const rest = domains.slice(DOMAINS_SHOWN).reduce((sum, { count }) => sum + count, 0);
  const shown = [...domains.slice(0, DOMAINS_SHOWN), ...(rest > 0 ? [{ domain: '其他', count: rest }] : [])];
  return [
    {
      title: `${name} · ${label}(件)`,
      kind: 'rows',
      categories: shown.map(({ domain }) => domain),
      series: [{ name: '', values: shown.map(({ count }) => count) }],
    },
  ];
}

const isFiledIn = ({ request }: CaseFacts, { from, to }: Period): boolean => {
  const { date } = toLocal(request.events[0]?.at ?? 0);
  return from <= date && date < to;
};

/** What it is called, and how it was reckoned. */
export const chartsCaption = (scope: Scope, whose: string, now: number): string =>
  `${titleOf({ scope, whose })}。${sourceText(now)}`;

export function chartsCard(scope: Scope, whose: string, charts: readonly Chart[], now: number): Card {
  const value = scopeToken(scope);
  return {
    title: titleOf({ scope, whose }),
    blocks: [...charts.map(chartBlock), { kind: 'source', text: sourceText(now) } satisfies Block],
    buttons: [
      { id: 'stats-show', label: '看数字', value },
      { id: 'stats-more', label: '逐项查看', value },
    ],
  };
}
