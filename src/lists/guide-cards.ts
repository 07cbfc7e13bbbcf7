/** Service guides as cards: what was asked first, every word as printed, and where it stands. */
import type { Block, Button, Card } from '../core/card.js';
import { GUIDE_FIELD_IDS, GUIDE_FIELDS, type GuideField } from '../core/guide.js';
import { leadLabel, sourceOf } from './row-parts.js';
import type { IndexedRow } from './row-index.js';

/** What handling costs, never what one gets. */
const labelOf = (field: GuideField): string => (field === 'fee' ? '办理收费' : GUIDE_FIELDS[field]);

const fieldBlock = ({ row }: IndexedRow, field: GuideField): Block | null => {
  const text = row.guide?.[field];
  return text ? { kind: 'field', label: labelOf(field), text } : null;
};

const missing = (field: GuideField): Block => ({
  kind: 'text',
  text: `办事指南的这一项没有写${labelOf(field)}。`,
});

const leadBlocks = (entry: IndexedRow): Block[] =>
  entry.row.lead.length > 0
    ? [{ kind: 'field', label: leadLabel(entry), text: entry.row.lead.map(({ unit }) => unit).join('、') }]
    : [];

/** The guide's row that says who is responsible for the same matter, cited as it stands. */
export function dutyBlock({ row, list }: IndexedRow): Block {
  const units = [...new Set(row.lead.map(({ unit }) => unit))].join('、') || '乡镇(街道)';
  return {
    kind: 'field',
    label: '职责分工',
    text: `${row.matter},${units}(《${list.title}》第${row.number}项)`,
  };
}

/** The whole guide, what was asked first; `duty`: the row of the lists that divide work. */
export function guideCard(entry: IndexedRow, asked: GuideField | null, duty: IndexedRow | null = null): Card {
  const order = [...(asked ? [asked] : []), ...GUIDE_FIELD_IDS.filter((field) => field !== asked)];
  const blocks = order.flatMap((field) => {
    const block = fieldBlock(entry, field) ?? (field === asked ? missing(field) : null);
    return block ? [block] : [];
  });
  return {
    title: `${entry.row.matter}:办事指南`,
    blocks: [
      ...blocks,
      ...leadBlocks(entry),
      ...(entry.row.basis.length > 0
        ? [{ kind: 'field', label: '依据', text: entry.row.basis.join('、') } satisfies Block]
        : []),
      ...(duty ? [dutyBlock(duty)] : []),
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: guideButtons(entry),
  };
}

const guideButtons = ({ ref }: IndexedRow): Button[] => [
  { id: 'not-this', label: '不是这个', value: ref },
  { id: 'others', label: '其他候选', value: ref },
  { id: 'assist', label: '请人帮办代办', value: ref, style: 'primary' },
];

/** 几级危房才给改. */
const LEVEL = /(?:几|哪一?个?|什么|啥)等?级/;
/** What is asked for by its measure, and how a cell says it: 满多大岁数能报 is told by whom it is for, 最少几个人 as well. */
const MEASURES: readonly (readonly [RegExp, RegExp])[] = [
  [/多大|岁|年龄|年纪/, /[\d一二三四五六七八九十百]周?岁/],
  [LEVEL, /[A-Z一二三四五六七八九十\d]级/],
  [/(?:几|多少)个?(?:人|户|名|口)/, /[\d一二两三四五六七八九十百](?:名|人|户)/],
  [/(?:几|多少)(?:块|元|钱)/, /元|免费|不收/],
  [
    /(?:几|多少)个?(?:天|日|月|年|工作日)|多久|(?:啥|什么|多会儿?)时候|哪天|期限/,
    /[\d一二两三四五六七八九十百]个?(?:工作)?[日天月年]|[月年季]底|年度|当场|即时|[春夏秋冬暑寒]/,
  ],
];

/** The column asked for, and where it does not say the measure that is asked for, those that do. */
function fieldsSaid({ row: { guide = {} } }: IndexedRow, field: GuideField, text: string): GuideField[] {
  const [, said] = MEASURES.find(([asked]) => asked.test(text)) ?? [];
  // Who may apply stands in either column.
  if (field === 'condition' && !said) return [field, 'target'];
  if (!said || said.test(guide[field] ?? '')) return [field];
  const others = GUIDE_FIELD_IDS.filter((it) => it !== field && it !== 'phone' && said.test(guide[it] ?? ''));
  return [field, ...others];
}

/** The column of a guide that says the level asked for: no row that divides work tells one. */
export const levelAsked = ({ row: { guide = {} } }: IndexedRow, text: string): GuideField | null => {
  const said = LEVEL.test(text) ? MEASURES.find(([asked]) => asked === LEVEL)?.[1] : undefined;
  return said ? (GUIDE_FIELD_IDS.find((field) => said.test(guide[field] ?? '')) ?? null) : null;
};

/** One thing of the guide spoken of last; `text`: in which words it was asked for. */
export function guideFieldCard(entry: IndexedRow, field: GuideField, text = ''): Card {
  const blocks = fieldsSaid(entry, field, text).flatMap((it) => fieldBlock(entry, it) ?? []);
  return {
    title: `${entry.row.matter}:${labelOf(field)}`,
    blocks: [...(blocks.length > 0 ? blocks : [missing(field)]), { kind: 'source', text: sourceOf(entry) }],
    buttons: [],
  };
}

/** No guide tells it: the nearest are called nearest. `question` is the token of what was asked. */
export function noGuideCard(nearest: IndexedRow[], question: string): Card {
  return {
    title: '清单未列明',
    blocks: [
      {
        kind: 'text',
        text: '现行办事指南没有列明您问的事项,不能据此答复材料和办法。请咨询当地便民服务中心或主管部门,也可以请编办答复。',
      },
      ...(nearest.length > 0
        ? [
            { kind: 'text', text: '最接近的事项(仅供参考,与您所问不同):' } satisfies Block,
            ...nearest.map(({ row, list }): Block => ({
              kind: 'text',
              text: `· ${row.matter}——《${list.title}》第${row.number}项`,
            })),
          ]
        : []),
    ],
    buttons: [{ id: 'ask-office', label: '请编办答复', value: question }],
  };
}
