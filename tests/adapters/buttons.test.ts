/** Every card renders within the limits of both platforms, and each of its buttons comes back as what it was. */
import { describe, expect, it } from 'vitest';
import { parseAction } from '../../src/adapters/feishu/parse.js';
import { CARD_MAX_BYTES, CARD_MAX_ELEMENTS, renderCard } from '../../src/adapters/feishu/render.js';
import { parseUpdate } from '../../src/adapters/telegram/parse.js';
import { renderReply, TEXT_MAX } from '../../src/adapters/telegram/render.js';
import { BUTTON_DATA_MAX, type Block, type Button, type Card } from '../../src/core/card.js';
import { clickEvent } from '../helpers/fake-feishu.js';
import { buttonsOf } from '../helpers/feishu-card.js';
import { problemsOfCard } from '../helpers/feishu-card-schema.js';
import { BOT, clickUpdate } from '../helpers/fake-telegram.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import { createDice } from '../../scripts/shared/random.js';
import { createRandom } from '../../src/text/random.js';

const bytes = (text: string) => Buffer.byteLength(text);
const at64 = (id: string, filler: string): Button => {
  const room = BUTTON_DATA_MAX - bytes(id) - 1;
  return { id, label: '最长', value: filler.repeat(Math.floor(room / bytes(filler))) };
};

/** Characters that some markup, header, JSON or entity could take for its own. */
const ALPHABET = [
  ...'路灯坏了归谁管县住建局甲乙丙0123456789',
  ...' \t\n"\'\\`*_{}[]()<>#+-!|~$&:=^.@/%;,?',
  ...['😀', '👩‍👩‍👧', '\u200b', '\u202e', '<at id=all></at>', '</b>', '&amp;', '\\n', '**', '```'],
];

function makeCard(seed: number): Card {
  const random = createDice(createRandom(seed)).int;
  const text = (max: number) =>
    Array.from({ length: random(max) + 1 }, () => ALPHABET[random(ALPHABET.length)]).join('');
  const makeBlock = (): Block => {
    switch (random(3)) {
      case 0:
        return { kind: 'text', text: text(120) };
      case 1:
        return { kind: 'field', label: text(10), text: text(120), isOwn: random(2) === 0 };
      default:
        return { kind: 'source', text: text(60) };
    }
  };
  const makeButton = (i: number): Button => {
    const id = `act${i}.${random(10)}`;
    let value = text(30);
    while (bytes(`${id} ${value}`) > BUTTON_DATA_MAX) value = [...value].slice(0, -1).join('');
    return {
      id,
      label: text(14),
      ...(random(4) > 0 && { value }),
      ...(random(2) === 0 && { style: 'primary' as const }),
    };
  };
  return {
    title: text(40),
    blocks: Array.from({ length: random(30) }, makeBlock),
    buttons: Array.from({ length: random(13) }, (_, i) => makeButton(i)),
  };
}

const CARDS: [string, Card][] = [
  ['nothing but a title', { title: '清单', blocks: [], buttons: [] }],
  [
    'an answer',
    {
      title: '城乡路灯等照明设施管护',
      blocks: [
        { kind: 'field', label: '主体责任', text: '县住房和城乡建设局:1. 维护 <路灯> & [灯杆]', isOwn: true },
        { kind: 'field', label: '配合责任', text: '' },
        { kind: 'source', text: '《属地管理清单》(2026 版) 第36项' },
      ],
      buttons: [
        { id: 'row', label: '镇街要做什么', value: 'territorial/36' },
        { id: 'call', label: '呼叫', value: '2026:territorial/36', style: 'primary' },
        { id: 'wrong', label: '答错了' },
      ],
    },
  ],
  [
    'buttons whose data fills the limit',
    { title: '满', blocks: [], buttons: [at64('a', 'x'), at64('b', '满'), at64('c.d-e', '😀')] },
  ],
  [
    'values with spaces and quotes, also at the ends',
    {
      title: '空格',
      blocks: [],
      buttons: [
        { id: 'a', label: '一', value: 'x  y ' },
        { id: 'b', label: '二', value: ' ' },
        { id: 'c', label: '三', value: '"引号" \\ {"to":"ou_other"}' },
        { id: 'd', label: '四', value: '' },
      ],
    },
  ],
  [
    'a text over several messages',
    {
      title: '长',
      blocks: Array.from({ length: 60 }, (_, i) => ({ kind: 'text', text: `${i} ${'责任'.repeat(60)}` })),
      buttons: [{ id: 'next', label: '下一页', value: '2' }],
    },
  ],
  [
    'more buttons than anybody should see',
    {
      title: '多',
      blocks: [],
      buttons: Array.from({ length: 40 }, (_, i) => ({ id: `b${i}`, label: `第 ${i} 项`, value: `${i}` })),
    },
  ],
  ...Array.from({ length: 60 }, (_, seed): [string, Card] => [`generated ${seed}`, makeCard(seed)]),
];

const PLACES: [string, Conversation][] = [
  ['a group', { platform: 'feishu', chatId: 'oc_group', isDirect: false }],
  ['a thread', { platform: 'feishu', chatId: 'oc_group', threadId: 'omt_1', isDirect: false }],
  ['a direct chat', { platform: 'feishu', chatId: 'oc_direct', isDirect: true }],
  ['a person', { platform: 'feishu', chatId: 'ou_li', isDirect: true }],
];

const actionOf = (update: Heard | null) => update?.kind === 'action' && update.action;
/** Feishu shows the likeliest act first. */
const likeliestFirst = (buttons: Button[]): Button[] => {
  const primary = buttons.find(({ style }) => style === 'primary');
  return primary ? [primary, ...buttons.filter((it) => it !== primary)] : buttons;
};
const expected = (card: Card) => card.buttons.map(({ id, value = '' }) => ({ id, value }));

/** All objects with a tag inside a card. */
function elementsOf(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'tag' in value ? [value as Record<string, unknown>] : [];
  return [...own, ...Object.values(value).flatMap(elementsOf)];
}

/** What the core gets of the event, as the SDK's dispatcher flattens it. */
function flatten({ header, event }: ReturnType<typeof clickEvent>): object {
  return { ...header, ...event };
}

function visible(html: string): string {
  return html
    .replace(/<\/?[bi]>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

describe.each(CARDS)('%s', (_name, card) => {
  it('renders within the limits of Telegram, and each button comes back', () => {
    const parts = renderReply({ card });
    for (const { text } of parts) {
      expect(visible(text).length).toBeLessThanOrEqual(TEXT_MAX);
      expect(visible(text).trim()).not.toBe('');
      expect(text.replace(/<\/?[bi]>|&(?:lt|gt|amp);/g, '')).not.toMatch(/[<>&]/);
    }
    const keys = parts.flatMap((part) => part.keyboard?.flat() ?? []);
    for (const { callback_data, text } of keys) {
      expect(bytes(callback_data)).toBeGreaterThanOrEqual(1);
      expect(bytes(callback_data)).toBeLessThanOrEqual(BUTTON_DATA_MAX);
      expect(text).not.toBe('');
    }
    // Only the last message carries the keyboard: it is the one that is edited later.
    expect(parts.slice(0, -1).some((part) => part.keyboard)).toBe(false);
    const clicks = keys.map(({ callback_data }, i) =>
      parseUpdate({ update_id: i, ...clickUpdate(callback_data) }, BOT, 0),
    );
    expect(clicks.map(actionOf)).toEqual(expected(card));
  });

  it.each(PLACES)('renders within the limits of Feishu for %s, and each button comes back', (_, place) => {
    const content = renderCard(card, place);
    if (!content) throw new Error('the card does not fit');
    expect(bytes(content.content)).toBeLessThan(CARD_MAX_BYTES);
    const json: unknown = JSON.parse(content.content);
    const elements = elementsOf(json);
    expect(elements.length).toBeLessThanOrEqual(CARD_MAX_ELEMENTS);
    expect(problemsOfCard(content.content)).toEqual([]);
    const values = buttonsOf(json).map(({ value }) => value);
    const isPerson = place.chatId.startsWith('ou_');
    const chatId = isPerson ? 'oc_with_the_person' : place.chatId;
    const clicks = values.map((value) =>
      parseAction(flatten(clickEvent(value, { chatId, operatorId: 'ou_li' })), 0),
    );
    expect(clicks.map(actionOf)).toEqual(expected({ ...card, buttons: likeliestFirst(card.buttons) }));
    // A direct chat is known by its person.
    const known = place.isDirect ? { ...place, chatId: 'ou_li' } : { ...place, chatId };
    for (const click of clicks) expect(click?.conversation).toEqual(known);
    const forwarded = { chatId: 'oc_elsewhere', operatorId: 'ou_other' };
    for (const value of values) expect(parseAction(flatten(clickEvent(value, forwarded)), 0)).toBeNull();
  });
});

describe('a date picker on Feishu', () => {
  const card: Card = {
    title: '改到什么时候',
    blocks: [],
    buttons: [],
    picker: { id: 'rem-pick', label: '选择时间' },
  };
  const element = (place: Conversation) =>
    elementsOf(JSON.parse(renderCard(card, place)?.content ?? '')).find(
      ({ tag }) => tag === 'picker_datetime',
    );

  it.each([
    ['2026-11-27 15:00 +0800', String(Date.parse('2026-11-27T07:00:00Z'))],
    ['tomorrow', ''],
    ['2026-13-99 99:99 +9999', ''],
    ['9999-12-31 23:59 +0800', ''],
    ['0000-01-01 00:00 +0800', ''],
    ['1e300', ''],
    ['__proto__', ''],
  ])('comes back with %s as its instant', (option, value) => {
    const [, place] = PLACES[0] ?? [];
    if (!place) throw new Error('no place');
    const behaviors = element(place)?.['behaviors'] as { value: unknown }[];
    const click = clickEvent(behaviors[0]?.value, { chatId: place.chatId, operatorId: 'ou_li' });
    const action = { ...click.event.action, tag: 'picker_datetime', option };
    const picked = parseAction(flatten({ ...click, event: { ...click.event, action } }), 0);
    expect(picked && actionOf(picked)).toEqual({ id: 'rem-pick', value });
  });
});
