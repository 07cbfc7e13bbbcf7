/** Reply -> the texts and keyboards of Telegram messages. Pure. */
import {
  cardToText,
  encodeButton,
  MARK_WORDS,
  type Block,
  type Button,
  type Card,
  type Mark,
} from '../../core/card.js';
import type { Reply, User } from '../../core/chat.js';

/** A card or a text; attachments are rendered by attachments.ts. */
export type WrittenReply = Exclude<Reply, { attachment: unknown }>;

/** Telegram's limit of one message, after the markup is parsed (Bot API, sendMessage). */
export const TEXT_MAX = 4096;

/** Buttons of one row share its width equally; beyond about 30 columns phones cut the labels. */
const ROW_COLUMNS = 30;
const ROW_BUTTONS = 3;

/** One message. `isHtml` texts are escaped; the others are sent as they are. */
export type TextPart = {
  text: string;
  isHtml: boolean;
  keyboard?: InlineButton[][];
  /** The app of who is asked opens an answer to this message: the only words that privacy mode lets through. */
  isAsking?: true;
  /** A button under the chat shares the own telephone number; only where nobody reads along. */
  asksContact?: true;
};

export type InlineButton = { text: string; callback_data: string };

type Span = { text: string; tag?: 'b' | 'i' };

/** A card as HTML with the keyboard under its last part. Throws RangeError when a button's data is over 64 bytes. */
export function renderReply(reply: WrittenReply): TextPart[] {
  if ('card' in reply) return renderCard(reply.card);
  const parts = reply.mention ? renderMention(reply.text, reply.mention) : renderText(reply.text);
  const last = parts.at(-1);
  if (last && reply.asksContact) last.asksContact = true;
  return parts;
}

/** A link of this form calls the person, also who has no user name (Bot API, formatting options). */
function renderMention(text: string, { id, name = '您' }: User): TextPart[] {
  const parts: TextPart[] = renderText(text).map((part) => ({ text: escapeHtml(part.text), isHtml: true }));
  const [first] = parts;
  if (first)
    first.text = `<a href="tg://user?id=${encodeURIComponent(id)}">${escapeHtml(name)}</a> ${first.text}`;
  return parts;
}

/**
 * The parts with a question for words among them. One that answers the person's own message asks by itself; a keyboard, or a
 * message that replaces another, leaves no room for it, so that a line which calls the person follows.
 */
export function withAsking(parts: TextPart[], owner: User, isAnswer: boolean): TextPart[] {
  const [only] = parts;
  if (isAnswer && only && parts.length === 1 && !only.keyboard) return [{ ...only, isAsking: true }];
  return [...parts, ...renderMention(ASKED, owner).map((part) => ({ ...part, isAsking: true as const }))];
}

const ASKED = '请回复本条消息作答。';

/** What is sent when Telegram refuses the card. */
export function renderFallback(card: Card): TextPart[] {
  return renderText(cardToText(card));
}

/** A text as it is, in as many messages as it needs. */
export function renderText(text: string): TextPart[] {
  return splitText(text).map(([start, end]) => ({ text: text.slice(start, end), isHtml: false }));
}

/** There is no colour but that of a sign; where the title does not say it, a word stands beside it. */
const SIGNS: Readonly<Record<Mark, string>> = {
  unsigned: '🟣',
  running: '🔵',
  near: `🟠${MARK_WORDS.near}`,
  overdue: `🔴${MARK_WORDS.overdue}`,
  done: '🟢',
  urgent: '❗',
};

function renderCard(card: Card): TextPart[] {
  const signs = (card.marks ?? []).map((mark) => SIGNS[mark]).join('');
  const spans: Span[] = [{ text: `${signs && `${signs} `}${card.title}`, tag: 'b' }, { text: '\n' }];
  for (const block of card.blocks) spans.push({ text: '\n' }, ...renderBlock(block));
  const text = spans.map((span) => span.text).join('');
  const parts: TextPart[] = splitText(text).map(([start, end]) => ({
    text: renderRange(spans, start, end),
    isHtml: true,
  }));
  const last = parts.at(-1);
  if (last && card.buttons.length > 0) last.keyboard = renderKeyboard(card.buttons);
  return parts;
}

function renderBlock(block: Block): Span[] {
  if (block.kind === 'text' || block.kind === 'table' || block.kind === 'chart')
    return [{ text: block.text }];
  if (block.kind === 'source') return [{ text: block.text, tag: 'i' }];
  if (block.isOwn) return [{ text: `👉 ${block.label}:${block.text}`, tag: 'b' }];
  return [{ text: block.label, tag: 'b' }, { text: `:${block.text}` }];
}

/** The HTML of the characters [start, end) of the joined spans. */
function renderRange(spans: Span[], start: number, end: number): string {
  let at = 0;
  let html = '';
  for (const { text, tag } of spans) {
    const piece = escapeHtml(text.slice(Math.max(0, start - at), Math.max(0, end - at)));
    at += text.length;
    if (piece) html += tag ? `<${tag}>${piece}</${tag}>` : piece;
  }
  return html;
}

/** Bot API, HTML style: these three must be entities everywhere outside tags. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Ranges of at most TEXT_MAX UTF-16 units (never more characters than that), cut at the last line end of the
 * second half where there is one. Ranges of white space are left out: Telegram refuses empty messages.
 */
function splitText(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  let start = 0;
  while (text.length - start > TEXT_MAX) {
    const newline = text.lastIndexOf('\n', start + TEXT_MAX);
    let end = newline > start + TEXT_MAX / 2 ? newline : start + TEXT_MAX;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    ranges.push([start, end]);
    start = text[end] === '\n' ? end + 1 : end;
  }
  ranges.push([start, text.length]);
  const visible = ranges.filter(([from, to]) => text.slice(from, to).trim() !== '');
  return visible.length > 0 ? visible : [[0, text.length]];
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Rows in the given order, one to three buttons each. */
function renderKeyboard(buttons: Button[]): InlineButton[][] {
  const rows: InlineButton[][] = [];
  let widest = 0;
  for (const button of buttons) {
    const inline = { text: button.label, callback_data: encodeButton(button) };
    const width = Math.max(widest, columns(button.label));
    const row = rows.at(-1);
    if (row && row.length < ROW_BUTTONS && width * (row.length + 1) <= ROW_COLUMNS) {
      row.push(inline);
      widest = width;
    } else {
      rows.push([inline]);
      widest = columns(button.label);
    }
  }
  return rows;
}

/** Chinese characters are two columns wide. */
function columns(label: string): number {
  let sum = 0;
  for (const character of label) sum += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return sum;
}
