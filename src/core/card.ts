/** A card: meaning only. Each adapter renders it for its platform; `cardToText` is the form every platform can show. */

import { chartToText, type Chart } from './chart.js';

/** `id` names the action, `value` its argument; together they must fit BUTTON_DATA_MAX bytes. */
export type Button = { id: string; label: string; value?: string; style?: 'primary' | 'default' };

export type Block =
  | { kind: 'text'; text: string }
  /** A label and what stands behind it, e.g. a unit and its duty. */
  | { kind: 'field'; label: string; text: string; isOwn?: boolean }
  /** Small print: where the answer was read. */
  | { kind: 'source'; text: string }
  /** A list whose lines have several columns; `text` says the same line by line, for whoever has no tables. */
  | { kind: 'table'; columns: Column[]; rows: string[][]; text: string }
  /** `text` says the same in words, where no charts are drawn. */
  | { kind: 'chart'; chart: Chart; text: string };

/** `share` of the width, percent. */
export type Column = { label: string; share: number; isNumber?: true };

/** From two lines on a table; one alone reads better as it is. */
export const tableOf = (
  columns: readonly Column[],
  lines: readonly { cells: string[]; text: string }[],
): Block[] =>
  lines.length < 2
    ? lines.map(({ text }) => ({ kind: 'text', text }))
    : [
        {
          ...{ kind: 'table', columns: [...columns], rows: lines.map(({ cells }) => cells) },
          text: lines.map(({ text }) => text).join('\n'),
        },
      ];

export const chartBlock = (chart: Chart): Block => ({ kind: 'chart', chart, text: chartToText(chart) });

/** Where a platform has one, an instant can be picked: it comes as an action of this id whose value is ms since the epoch. */
export type Picker = { id: string; label: string };

/** How a matter stands. Platforms show it as colour and tag; the words of the card say it as well. */
export const MARKS = ['unsigned', 'running', 'near', 'overdue', 'done', 'urgent'] as const;
export type Mark = (typeof MARKS)[number];
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  unsigned: '待签收',
  running: '办理中',
  near: '临期',
  overdue: '逾期',
  done: '已办结',
  urgent: '紧急',
};

export type Card = { title: string; blocks: Block[]; buttons: Button[]; picker?: Picker; marks?: Mark[] };

/** Telegram's limit for callback_data (Bot API, InlineKeyboardButton): 1 to 64 bytes. */
export const BUTTON_DATA_MAX = 64;

/** `id value` as one string; ids never contain a space. */
export function encodeButton(button: Pick<Button, 'id' | 'value'>): string {
  const data = button.value ? `${button.id} ${button.value}` : button.id;
  const bytes = new TextEncoder().encode(data).length;
  if (bytes > BUTTON_DATA_MAX)
    throw new RangeError(`button data has ${bytes} bytes, more than ${BUTTON_DATA_MAX}: ${data}`);
  return data;
}

export function decodeButton(data: string): { id: string; value: string } {
  const space = data.indexOf(' ');
  return space < 0 ? { id: data, value: '' } : { id: data.slice(0, space), value: data.slice(space + 1) };
}

/** The card as plain lines. Buttons are numbered, so that a terminal or an old client can choose by number. */
export function cardToText(card: Card): string {
  const lines = [`【${card.title}】`];
  for (const block of card.blocks) {
    if (block.kind === 'field') lines.push(`${block.label}:${block.text}`);
    else lines.push(block.text);
  }
  if (card.buttons.length > 0) lines.push(card.buttons.map((b, i) => `[${i + 1}] ${b.label}`).join('  '));
  return lines.join('\n');
}
