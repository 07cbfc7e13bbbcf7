/** Reply -> words and template cards of WeCom. Pure. */
import type { TemplateCard } from '@wecom/aibot-node-sdk';
import { encodeButton, type Block, type Button, type Card } from '../../core/card.js';
import type { Reply } from '../../core/chat.js';
import { partOf } from './parse.js';

/** A card or a text; attachments are rendered by attachments.ts. */
export type WrittenReply = Exclude<Reply, { attachment: unknown }>;

/** What is shown: words in as many messages as they need, then cards with buttons. Either may be missing, not both. */
export type Form = { words: string[]; cards: TemplateCard[] };

/** 20,480 bytes of markdown (../README.md: Limits of WeCom). */
export const WORDS_MAX_BYTES = 20_000;

/** 模板卡片类型: what is longer is cut short on the screen, or refused. Counted in characters. */
const TITLE_MAX = 26;
const TEXT_MAX = 112;
const LABEL_MAX = 5;
const VALUE_MAX = 26;
const FIELDS_MAX = 6;
const QUOTE_MAX = 60;
const BUTTONS_MAX = 6;

/** A card without buttons must lead somewhere when it is tapped. */
const HOME = { type: 1, url: 'https://work.weixin.qq.com' } as const;

/** No heading, list, quote or rule begins here; nothing is seen of it. */
const NO_MARK = '\u200b';

/** The words in full, since a card has room for a line or two; the buttons on cards of their own. A short card holds all of it. */
export function renderReply(reply: WrittenReply, taskId: string): Form {
  if (!('card' in reply)) return { words: splitWords(escape(withCall(reply))), cards: [] };
  const { card } = reply;
  const whole = card.buttons.length > 0 ? renderWhole(card, taskId) : null;
  if (whole) return { words: [], cards: [whole] };
  const rows = Array.from({ length: Math.ceil(card.buttons.length / BUTTONS_MAX) }, (_, n) =>
    card.buttons.slice(n * BUTTONS_MAX, (n + 1) * BUTTONS_MAX),
  );
  return {
    words: splitWords(wordsOf(card)),
    cards: rows.map((buttons, n) => ({
      ...titled(card.title, n === 0 ? CHOOSE : `${CHOOSE}(续)`),
      ...buttonsOf(buttons, partOf(taskId, n)),
    })),
  };
}

/** Below the title of a card whose words stand before it. */
export const CHOOSE = '请选择';

/** The whole card as one that can stand in the place of another; null where it is too long for that. */
export function renderWhole(card: Card, taskId: string): TemplateCard | null {
  const texts = card.blocks.flatMap((it) =>
    it.kind === 'text' || it.kind === 'table' || it.kind === 'chart' ? [it.text] : [],
  );
  const fields = card.blocks.filter((it) => it.kind === 'field');
  const sources = card.blocks.filter((it) => it.kind === 'source').map((it) => it.text);
  const isShort =
    lengthOf(card.title) <= TITLE_MAX &&
    lengthOf(texts.join('\n')) <= TEXT_MAX &&
    fields.length <= FIELDS_MAX &&
    fields.every(
      (it) => lengthOf(it.label) <= LABEL_MAX && lengthOf(it.text) <= VALUE_MAX && !it.text.includes('\n'),
    ) &&
    lengthOf(sources.join('\n')) <= QUOTE_MAX &&
    card.buttons.length <= BUTTONS_MAX;
  if (!isShort) return null;
  return {
    ...titled(card.title),
    ...(texts.length > 0 && { sub_title_text: texts.join('\n') }),
    ...(fields.length > 0 && {
      horizontal_content_list: fields.map(({ label, text }) => ({ keyname: label, value: text })),
    }),
    ...(sources.length > 0 && { quote_area: { type: 0, quote_text: sources.join('\n') } }),
    ...(card.buttons.length > 0
      ? buttonsOf(card.buttons, taskId)
      : { card_type: 'text_notice', card_action: HOME, task_id: taskId }),
  };
}

/** In place of a card whose new state follows as messages of its own: it has no buttons any more. */
export function renderRetired(title: string, taskId: string): TemplateCard {
  const shown = { ...titled(title), sub_title_text: '已更新,请看下面的新消息。' };
  return { ...shown, card_type: 'text_notice', card_action: HOME, task_id: taskId };
}

/** In place of buttons that are refused: what they stand for can be said; after all of the card where nothing else shows it. */
export function renderChoices(card: Card, isWhole: boolean): string[] {
  const choices = escape(`可以直接回复文字:${card.buttons.map(({ label }) => label).join('、')}`);
  return splitWords(isWhole ? `${wordsOf(card)}\n\n${choices}` : choices);
}

export function renderLine(text: string): string[] {
  return splitWords(escape(text));
}

const lengthOf = (text: string): number => [...text].length;

function titled(
  title: string,
  desc?: string,
): { card_type: string; main_title: { title: string; desc?: string } } {
  const characters = [...title];
  const short = characters.length > TITLE_MAX ? `${characters.slice(0, TITLE_MAX - 1).join('')}…` : title;
  return {
    card_type: 'button_interaction',
    main_title: { title: short, ...(desc !== undefined && { desc }) },
  };
}

function buttonsOf(buttons: Button[], taskId: string): Pick<TemplateCard, 'button_list' | 'task_id'> {
  return {
    button_list: buttons.map((button) => ({
      text: button.label,
      style: button.style === 'primary' ? 1 : 2,
      key: encodeButton(button),
    })),
    task_id: taskId,
  };
}

/** The markdown of WeCom's robots cannot call anybody: the name is written. */
function withCall({ text, mention }: Extract<WrittenReply, { text: string }>): string {
  return mention ? `@${mention.name ?? mention.id} ${text}` : text;
}

function wordsOf(card: Card): string {
  return [`**${escape(card.title)}**`, ...card.blocks.map(renderBlock)].join('\n\n');
}

function renderBlock(block: Block): string {
  if (block.kind === 'text' || block.kind === 'chart') return escape(block.text);
  if (block.kind === 'table') return escape(block.text).replaceAll('\n', '\n\n');
  if (block.kind === 'field') return `**${escape(block.label)}**:${escape(block.text)}`;
  return block.text
    .split('\n')
    .map((line) => `> ${escape(line)}`)
    .join('\n');
}

/**
 * The markdown of WeCom documents no escape: what would begin or end markup is replaced by what looks the same, and before what
 * would make a heading, list, quote, table, rule or code of a line stands a sign that is not seen.
 */
function escape(text: string): string {
  return text
    .replaceAll('*', '＊')
    .replaceAll('`', '｀')
    .replaceAll('](', '] (')
    .replace(/<(?=[a-z/!@])/gi, '＜')
    .replace(/^(?=[ \t]{0,12}(?:[#>|+=-]|\d{1,9}[.)]))|^(?=[ \t]{4})/gm, NO_MARK);
}

/** Cut at the last line end of the second half where there is one. White space alone is left out: WeCom refuses empty messages. */
function splitWords(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (Buffer.byteLength(rest) > WORDS_MAX_BYTES) {
    const bytes = Buffer.from(rest);
    let size = WORDS_MAX_BYTES;
    // Not inside of a character.
    while ((bytes[size] ?? 0) >> 6 === 2) size -= 1;
    const most = bytes.subarray(0, size).toString('utf8');
    const newline = most.lastIndexOf('\n');
    const end = newline > most.length / 2 ? newline : most.length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^\n/, '');
  }
  parts.push(rest);
  const visible = parts.filter((part) => part.trim() !== '');
  return visible.length > 0 ? visible : ['(空)'];
}
