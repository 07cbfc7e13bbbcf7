/** Statistics as cards: few lines for a telephone; every figure opens its cases. Pure. */
import { formatInstant } from '../calendar/local.js';
import { periodLabel } from '../calendar/periods.js';
import { tableOf, type Block, type Button, type Card, type Column } from '../core/card.js';
import { FIGURES, SIDE_NAMES, type Figure, type FigureName, type Side } from '../core/figures.js';
import { countOf, domainFigure, type Scores, type Section, type Statistics } from './statistics.js';
import { listToken, scopeToken, type Scope } from './statistics-token.js';

export type SectionShown = { section: Section; statistics: Statistics };

/** `whose` is how the scope is called; `asked` is said first; `note` says what was not done as asked. */
export type Shown = {
  scope: Scope;
  whose: string;
  sections: SectionShown[];
  asked: FigureName | null;
  note: string;
  now: number;
};

/** Buttons of figures on the first card; the second shows all. */
const FIRST_FIGURES = 5;
const ALL_FIGURES = 24;
const DOMAINS_SHOWN = 5;

/** What most wants to be looked at first. */
const BUTTON_ORDER: readonly FigureName[] = [
  ...(['overdue', 'late', 'low', 'reopened', 'returned', 'unsolved', 'unsigned', 'unanswered'] as const),
  ...(['sign-over', 'sign-late', 'answer-over', 'answer-late', 'extended', 'paused', 'urged'] as const),
  ...([
    'ruling',
    'moved',
    'withdrawn',
    'merged',
    'refused',
    'rated',
    'open',
    'done',
    'sign-ok',
    'answer-ok',
  ] as const),
  ...(['sign-none', 'answer-none', 'signed', 'answered', 'all'] as const),
];

export const titleOf = ({ scope, whose }: Pick<Shown, 'scope' | 'whose'>): string =>
  ['统计', whose, periodLabel(scope.period), scope.topic && `含“${scope.topic}”`].filter(Boolean).join(' · ');

export function statisticsCard(shown: Shown): Card {
  const { scope, sections, note, now } = shown;
  const isEmpty = sections.length === 0;
  return {
    title: titleOf(shown),
    blocks: [
      ...(note ? [{ kind: 'text', text: note } satisfies Block] : []),
      ...askedBlock(shown),
      ...(isEmpty ? [{ kind: 'text', text: '这一时段没有请求。' } satisfies Block] : []),
      ...sections.flatMap((it) => sectionBlocks(it, sections.length > 1)),
      { kind: 'source', text: sourceText(now) },
    ],
    buttons: [
      ...figureButtons(shown, FIRST_FIGURES),
      ...(isEmpty
        ? []
        : [
            { id: 'stats-more', label: '逐项查看', value: scopeToken(scope) },
            { id: 'stats-chart', label: '图表', value: scopeToken(scope) },
            { id: 'stats-export', label: '导出表格', value: scopeToken(scope) },
          ]),
    ],
  };
}

export const sourceText = (now: number): string =>
  `按提交时间统计,截至${formatInstant(now, now)};用时为工作时间,不含暂停。`;

/** Every figure that counts something, each as a button. */
export function figuresCard(shown: Shown): Card {
  return {
    title: titleOf(shown),
    blocks: [{ kind: 'text', text: '点开可看每一项的具体请求。' }],
    buttons: [...figureButtons(shown, ALL_FIGURES), ...domainButtons(shown)],
  };
}

const sidePrefix = ({ sections }: Shown, side: Side): string =>
  sections.length > 1 ? `${SIDE_NAMES[side]}·` : '';

function figureButtons(shown: Shown, most: number): Button[] {
  const { scope, sections, asked } = shown;
  const order = asked ? [asked, ...BUTTON_ORDER.filter((it) => it !== asked)] : BUTTON_ORDER;
  const found = order.flatMap((figure) =>
    sections.flatMap(({ section: { side }, statistics }): Button[] => {
      const count = countOf(statistics, figure);
      if (count === 0) return [];
      const value = listToken({ scope, side, figure, page: 0 });
      return [{ id: 'stats-list', label: `${sidePrefix(shown, side)}${FIGURES[figure]} ${count}`, value }];
    }),
  );
  return found.slice(0, most);
}

const domainButtons = (shown: Shown): Button[] =>
  shown.sections.flatMap(({ section: { side }, statistics }) =>
    statistics.domains.slice(0, DOMAINS_SHOWN).map(({ domain, count }) => ({
      id: 'stats-list',
      label: `${sidePrefix(shown, side)}${domain} ${count}`,
      value: listToken({ scope: shown.scope, side, figure: domainFigure(domain), page: 0 }),
    })),
  );

/** What was asked for stands first. */
function askedBlock({ sections, asked }: Shown): Block[] {
  if (asked === null || sections.length === 0) return [];
  const text = sections
    .map(({ section, statistics }) => {
      const side = sections.length > 1 ? SIDE_NAMES[section.side] : '';
      return `${side}${askedText(statistics, asked)}`;
    })
    .join(';');
  return [{ kind: 'text', text: `${text}。` }];
}

function askedText(statistics: Statistics, asked: FigureName): string {
  const count = countOf(statistics, asked);
  const all = countOf(statistics, 'all');
  if (asked === 'rated' && statistics.rating)
    return `评价 ${statistics.rating.ratings} 次,${scoresText(statistics.rating)}`;
  const share = asked === 'all' || all === 0 ? '' : `,占 ${Math.round((count / all) * 100)}%`;
  return `${FIGURES[asked]} ${count} 件${share}`;
}

const timeText = (hours: number): string =>
  hours < 1 ? `${Math.round(hours * 60)} 分钟` : `${one(hours)} 小时`;
const one = (n: number): string => n.toFixed(1);
export const scoresText = ({ speed, handling, result }: Scores): string =>
  `速度 ${one(speed)}、办理 ${one(handling)}、结果 ${one(result)}`;

/** Those that count something, `按时 3、超时 1`. */
const counted = (statistics: Statistics, names: readonly [FigureName, string][]): string =>
  names
    .flatMap(([name, label]) => {
      const count = countOf(statistics, name);
      return count > 0 ? [`${label} ${count}`] : [];
    })
    .join('、');

const NAMED = (...names: FigureName[]): [FigureName, string][] => names.map((name) => [name, FIGURES[name]]);

function sectionBlocks({ section, statistics }: SectionShown, isOneOfTwo: boolean): Block[] {
  const { rating, signHours, answerHours, domains } = statistics;
  const field = (label: string, text: string): Block[] =>
    text === '' ? [] : [{ kind: 'field', label, text }];
  const total = `${countOf(statistics, 'all')} 件`;
  const states = counted(statistics, NAMED('open', 'done', 'unsolved', 'withdrawn', 'merged', 'refused'));
  const hours = [
    signHours === null ? '' : `签收 ${timeText(signHours)}`,
    answerHours === null ? '' : `答复 ${timeText(answerHours)}`,
  ].filter(Boolean);
  const rest = domains.slice(DOMAINS_SHOWN).reduce((sum, { count }) => sum + count, 0);
  return [
    ...field(
      isOneOfTwo ? `${SIDE_NAMES[section.side]}的请求` : '请求',
      states ? `${total}(${states})` : total,
    ),
    ...field(
      '签收',
      counted(statistics, [
        ['sign-ok', '按时'],
        ['sign-late', '超时'],
        ['sign-over', '逾期未签'],
        ['sign-wait', '待签'],
        ['sign-none', '未签即结束'],
      ]),
    ),
    ...field(
      '答复',
      counted(statistics, [
        ['answer-ok', '按时'],
        ['answer-late', '超时'],
        ['answer-over', '逾期未答'],
        ['answer-wait', '办理中'],
        ['answer-none', '未答即结束'],
      ]),
    ),
    ...field(
      '过程',
      counted(statistics, NAMED('returned', 'moved', 'ruling', 'extended', 'paused', 'urged', 'reopened')),
    ),
    ...field(
      '评价',
      rating
        ? `${countOf(statistics, 'rated')} 件,${scoresText(rating)}(满分5)${countOf(statistics, 'low') > 0 ? `,低分 ${countOf(statistics, 'low')} 件` : ''}`
        : '',
    ),
    ...field('用时中位数', hours.join('、')),
    ...field(
      '领域',
      [
        ...domains.slice(0, DOMAINS_SHOWN).map(({ domain, count }) => `${domain} ${count}`),
        ...(rest > 0 ? [`其他 ${rest}`] : []),
      ].join('、'),
    ),
  ];
}

export type UnitShown = { unit: string; called: Statistics | null; assigned: Statistics | null };

/** Of what a unit was given; the workbook has all. */
const UNIT_FIGURES = [
  ...(['all', 'answer-ok', 'late', 'returned', 'extended', 'low'] as const),
] as const satisfies readonly FigureName[];
const UNIT_COLUMNS: readonly Column[] = [
  { label: '单位', share: 30 },
  ...['承办', '按时', '逾期', '退回', '延期', '低分', '提出'].map((label): Column => ({
    label,
    share: 10,
    isNumber: true,
  })),
];

/** Each unit in the order of the directory: no ranking. */
export function unitsCard(shown: Pick<Shown, 'scope' | 'whose' | 'now' | 'note'>, units: UnitShown[]): Card {
  const textOf = ({ unit, called, assigned }: UnitShown): string =>
    `${unit}:${[
      assigned
        ? `承办 ${countOf(assigned, 'all')}(${counted(assigned, NAMED('answer-ok', 'late', 'returned', 'extended', 'low')) || '办理中'})`
        : '',
      called ? `提出 ${countOf(called, 'all')}` : '',
    ]
      .filter(Boolean)
      .join(';')}`;
  const cellsOf = ({ unit, called, assigned }: UnitShown): string[] => [
    unit,
    ...UNIT_FIGURES.map((figure) => (assigned ? String(countOf(assigned, figure)) : '')),
    called ? String(countOf(called, 'all')) : '',
  ];
  return {
    title: `${titleOf(shown)} · 各单位`,
    blocks: [
      ...(shown.note ? [{ kind: 'text', text: shown.note } satisfies Block] : []),
      ...(units.length === 0
        ? [{ kind: 'text', text: '这一时段没有请求。' } satisfies Block]
        : tableOf(
            UNIT_COLUMNS,
            units.map((it) => ({ cells: cellsOf(it), text: textOf(it) })),
          )),
      { kind: 'source', text: `按单位名录顺序列出,不作排名。${sourceText(shown.now)}` },
    ],
    buttons: [{ id: 'stats-export', label: '导出表格', value: scopeToken(shown.scope) }],
  };
}

/** How a list of cases is called. */
export const casesTitle = (
  whose: string,
  side: Side,
  figure: Figure,
  { scope, name }: { scope: Scope; name: string },
): string =>
  [
    `${whose}${scope.unit === null ? '' : SIDE_NAMES[side]}`,
    name || figure,
    periodLabel(scope.period),
    scope.topic && `含“${scope.topic}”`,
  ]
    .filter(Boolean)
    .join(' · ');
