/** Cards on a telephone: colour and tag by state, long duties folded, one act in sight, the source always. */
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../src/adapters/feishu/render.js';
import { renderReply } from '../../src/adapters/telegram/render.js';
import { cardToText, MARKS, MARK_WORDS, tableOf, type Card, type Mark } from '../../src/core/card.js';
import type { Conversation } from '../../src/core/chat.js';
import { buttonsOf } from '../helpers/feishu-card.js';
import { problemsOfCard } from '../helpers/feishu-card-schema.js';

const PLACE: Conversation = { platform: 'feishu', chatId: 'oc_group', isDirect: false };

type Json = {
  header: { template: string; text_tag_list?: { text: { content: string }; color: string }[] };
  body: { elements: { tag: string; content?: string; expanded?: boolean; elements?: Json[] }[] };
};

function render(card: Card): Json {
  const { content } = renderCard(card, PLACE) ?? {};
  expect(problemsOfCard(content ?? '')).toEqual([]);
  return JSON.parse(content ?? '') as Json;
}

const LONG = '负责城区道路、广场、公园路灯和景观照明的建设、巡检、维修,'.repeat(6);
const answer = (over: Partial<Card> = {}): Card => ({
  title: '城乡路灯等照明设施管护',
  blocks: [
    { kind: 'field', label: '主体责任', text: `县住房和城乡建设局:${LONG}` },
    { kind: 'field', label: '配合责任', text: `乡镇(街道):${LONG}`, isOwn: true },
    { kind: 'field', label: '配合责任', text: `县公安局:${LONG}${LONG}` },
    { kind: 'source', text: `出处:《清单》${LONG}` },
  ],
  buttons: [
    { id: 'ours', label: '镇街要做什么' },
    { id: 'wrong', label: '不是这个' },
    { id: 'more', label: '其他候选' },
    { id: 'file', label: '提交呼叫', style: 'primary' },
  ],
  ...over,
});

describe('the header', () => {
  it.each<[Mark[], string, string[]]>([
    [[], 'blue', []],
    [['unsigned'], 'indigo', ['待签收']],
    [['running'], 'blue', ['办理中']],
    [['near'], 'orange', ['临期']],
    [['overdue'], 'red', ['逾期']],
    [['done'], 'green', ['已办结']],
    [['urgent', 'running'], 'carmine', ['紧急', '办理中']],
    [['urgent', 'overdue'], 'red', ['逾期', '紧急']],
  ])('of %j is %s', (marks, template, tags) => {
    const { header } = render(answer({ marks }));
    expect(header.template).toBe(template);
    expect((header.text_tag_list ?? []).map(({ text }) => text.content)).toEqual(tags);
  });

  it('shows three tags at most, and Telegram a sign for each', () => {
    expect(render(answer({ marks: [...MARKS] })).header.text_tag_list).toHaveLength(3);
    const [part] = renderReply({ card: answer({ marks: ['urgent', 'overdue'] }) });
    expect(part?.text).toContain(`🔴${MARK_WORDS.overdue}`);
    expect(part?.text).toContain('❗');
  });
});

describe('the body', () => {
  it('folds the longest duties of others first, and never the source', () => {
    const { elements } = render(answer()).body;
    const tags = elements.map(({ tag }) => tag);
    expect(tags).toEqual(['collapsible_panel', 'markdown', 'collapsible_panel', 'div', 'column_set']);
    expect(JSON.stringify(elements[3])).toContain('出处');
    // What is folded is whole inside, and begins outside.
    expect(JSON.stringify(elements[0])).toContain('县住房和城乡建设局&#58;负责城区');
    expect(JSON.stringify(elements[0]).match(/景观照明的建设/g)).toHaveLength(6);
  });

  it('folds nothing where all of it fits', () => {
    const blocks = answer().blocks.slice(1, 2);
    expect(render(answer({ blocks })).body.elements.map(({ tag }) => tag)).toEqual([
      'markdown',
      'column_set',
    ]);
  });

  it('folds the own duty only when the others do not suffice', () => {
    const own = { kind: 'field', label: '主体责任', text: LONG.repeat(5), isOwn: true } as const;
    const { elements } = render(answer({ blocks: [own, ...answer().blocks.slice(2)] })).body;
    expect(elements.slice(0, 2).map(({ tag }) => tag)).toEqual(['collapsible_panel', 'collapsible_panel']);
  });
});

describe('a telephone', () => {
  const field = (label: string, text: string, isOwn = false) => ({
    kind: 'field' as const,
    label,
    text,
    isOwn,
  });

  it('has label and a few words on one line, and longer words below the label', () => {
    const short = answer({ blocks: [field('请求单位', '柳林镇'), field('内容', LONG.slice(0, 40))] });
    const [one, two] = render(short).body.elements;
    expect(one?.content).toBe('**请求单位** 柳林镇');
    expect(two?.content).toMatch(/^\*\*内容\*\*\n/);
  });

  it('keeps what was asked for in sight and closes the others, where first lines alone are too many', () => {
    const blocks = Array.from({ length: 10 }, (_, i) => field(`第${i + 1}项`, LONG.slice(0, 60)));
    const { elements } = render(answer({ blocks })).body;
    const [first, ...rest] = elements;
    expect(first?.tag).toBe('markdown');
    const closed = rest.filter((it) => it.tag === 'collapsible_panel' && !JSON.stringify(it).includes('…'));
    expect(closed.length).toBeGreaterThan(1);
  });

  it('says the state once: in the tag where there is one', () => {
    const { header } = render(answer({ title: '呼叫 QS-2026-000001 · 待签收', marks: ['unsigned'] }));
    expect(JSON.stringify(header)).toContain('"呼叫 QS-2026-000001"');
    expect(JSON.stringify(render(answer({ title: '呼叫 · 待签收' })).header)).toContain('呼叫 · 待签收');
  });
});

describe('the buttons', () => {
  it('show the likeliest act and one more, and the rest behind 更多', () => {
    const found = buttonsOf(render(answer()));
    expect(found.map(({ label, isFolded }) => [label, isFolded])).toEqual([
      ['提交呼叫', false],
      ['镇街要做什么', false],
      ['不是这个', true],
      ['其他候选', true],
    ]);
  });

  it('highlight one act only', () => {
    const buttons = answer().buttons.map((it) => ({ ...it, style: 'primary' as const }));
    const json = JSON.stringify(render(answer({ buttons: buttons.slice(0, 3) })));
    expect(json.match(/primary_filled/g)).toHaveLength(1);
  });

  it('show all of a choice', () => {
    const buttons = Array.from({ length: 9 }, (_, i) => ({ id: 'pick', label: `${i + 1}`, value: `${i}` }));
    expect(buttonsOf(render(answer({ buttons }))).every(({ isFolded }) => !isFolded)).toBe(true);
  });
});

describe('a list with columns', () => {
  const COLUMNS = [
    { label: '单位', share: 60 },
    { label: '件数', share: 40, isNumber: true as const },
  ];
  const line = (i: number) => ({ cells: [`县水利局${i}`, String(i)], text: `县水利局${i}:${i} 件` });
  const card = (count: number): Card => ({
    title: '各单位',
    blocks: tableOf(
      COLUMNS,
      Array.from({ length: count }, (_, i) => line(i)),
    ),
    buttons: [],
  });
  const elements = (count: number) => render(card(count)).body.elements as Record<string, unknown>[];

  it('is a table of at most ten rows a page', () => {
    const [table] = elements(12);
    expect(table).toMatchObject({ tag: 'table', page_size: 10, row_height: 'auto' });
    expect(table?.['rows']).toHaveLength(12);
    expect((table?.['rows'] as object[])[1]).toEqual({ c0: '县水利局1', c1: '1' });
  });

  it('is a line where it is one alone, and lines wherever there are no tables', () => {
    expect(elements(1)).toMatchObject([{ tag: 'div' }]);
    expect(cardToText(card(2))).toBe('【各单位】\n县水利局0:0 件\n县水利局1:1 件');
    expect(renderReply({ card: card(2) })[0]?.text).toBe('<b>各单位</b>\n\n县水利局0:0 件\n县水利局1:1 件');
  });

  it('beyond five tables a card goes on in lines', () => {
    const six = { ...card(2), blocks: Array.from({ length: 6 }, () => card(2).blocks).flat() };
    expect((render(six).body.elements as { tag: string }[]).map(({ tag }) => tag)).toEqual([
      ...Array(5).fill('table'),
      'div',
    ]);
  });
});
