/** Cards and texts of the core -> message contents of Feishu. Pure. */
import { cardToText, type Block, type Button, type Card, type Picker } from '../../core/card.js';
import type { Conversation, Reply, User } from '../../core/chat.js';

/** One message as the API takes it: `content` is JSON in a string. */
export type FeishuContent = { type: 'interactive' | 'text' | 'image' | 'file'; content: string };

/** A card or a text; attachments are rendered by attachments.ts. */
export type WrittenReply = Exclude<Reply, { attachment: unknown }>;

/** Feishu takes 30 KB (error 230025) and counts its own markup too; measured on our side in UTF-8 bytes. */
export const CARD_MAX_BYTES = 28 * 1024;

/** Schema 2.0 allows 200 elements in a card; every object with a tag is counted, which is on the safe side. */
export const CARD_MAX_ELEMENTS = 200;

const BUTTONS_PER_ROW = 3;

type Element = { tag: string; [property: string]: unknown };

/** The forms of a reply, best first: the card when it is one and fits, then its text. */
export function renderReply(reply: WrittenReply, conversation: Conversation, asks = false): FeishuContent[] {
  if (asks) {
    const form = renderEdit(reply, conversation, true);
    if (form) return [form, ...renderReply(reply, conversation)];
  }
  if (!('card' in reply)) return [renderText(reply.text, reply.mention)];
  const text = renderText(cardToText(reply.card));
  const card = renderCard(reply.card, conversation);
  return card ? [card, text] : [text];
}

/** What replaces a card in place: always a card, since a card cannot become a text. Null when it does not fit. */
export function renderEdit(
  reply: WrittenReply,
  conversation: Conversation,
  asks = false,
): FeishuContent | null {
  return renderCard(
    'card' in reply ? reply.card : { title: '', blocks: [textBlock(reply.text)], buttons: [] },
    conversation,
    asks,
  );
}

/**
 * A card of schema 2.0, which refuses unknown properties, or null when it passes CARD_MAX_BYTES or
 * CARD_MAX_ELEMENTS. `conversation` travels in the buttons, because a click does not tell the kind of its chat.
 */
export function renderCard(card: Card, conversation: Conversation, asks = false): FeishuContent | null {
  const title = { tag: 'plain_text', content: card.title };
  const elements = [
    ...card.blocks.filter((block) => block.text.trim() !== '' || block.kind === 'field').map(renderBlock),
    ...renderButtons(card.buttons, conversation),
    ...(card.picker ? [renderPicker(card.picker, conversation)] : []),
    ...(asks ? [renderForm(conversation)] : []),
  ];
  const json = {
    schema: '2.0',
    config: { update_multi: true, ...(card.title && { summary: { content: card.title } }) },
    ...(card.title && { header: { title, template: 'blue' } }),
    body: { elements },
  };
  const content = JSON.stringify(json);
  const isTooLarge = Buffer.byteLength(content) >= CARD_MAX_BYTES || countTags(json) > CARD_MAX_ELEMENTS;
  return isTooLarge ? null : { type: 'interactive', content };
}

/** A text message; its tags and links are taken apart, so that no list or user text can call `<at user_id="all">`. */
export function renderText(text: string, mention?: User): FeishuContent {
  const call = mention && OPEN_ID.test(mention.id) ? `<at user_id="${mention.id}"></at> ` : '';
  return { type: 'text', content: JSON.stringify({ text: call + neutralizeText(text) }) };
}

/** Nothing else may stand in the tag: `all` would call everybody. */
const OPEN_ID = /^ou_\w+$/;

/**
 * Every character that Feishu's markdown could read as markup, as an HTML entity, the way its card documentation
 * asks for; also what makes a list at the start of a line. Indentation is dropped: four spaces would be code.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/[\\`*_{}[\]()<>#+\-!|~$&:=^]/g, (c) => `&#${c.charCodeAt(0)};`)
        .replace(/^(\d+)\./, '$1&#46;'),
    )
    .join('\n');
}

/** Text messages know `<at …>`, `<b>` and `[text](address)` but document no escape: the sign itself is replaced. */
function neutralizeText(text: string): string {
  return text.replace(/<(?=[a-z/!])/gi, '＜').replaceAll('](', '] (');
}

/** Ids tell their kind: a person as this app knows it (`open_id`), not a chat. */
export function isPersonId(id: string): boolean {
  return id.startsWith('ou_');
}

function textBlock(text: string): Block {
  return { kind: 'text', text };
}

/** `plain_text` shows everything as it is: no escape needed. Only fields need markdown, for their bold label. */
function renderBlock(block: Block): Element {
  if (block.kind === 'field') return { tag: 'markdown', content: renderField(block) };
  const smallPrint = block.kind === 'source' && { text_size: 'notation', text_color: 'grey' };
  return { tag: 'div', text: { tag: 'plain_text', content: block.text, ...smallPrint } };
}

/** Bold runs over whole lines: beside Chinese punctuation CommonMark would not see an inner `**`. */
function renderField(field: Extract<Block, { kind: 'field' }>): string {
  const label = bold(escapeMarkdown(field.label));
  const text = escapeMarkdown(field.text);
  if (!field.isOwn) return `${label}\n${text}`;
  return `<font color='blue'>${label}</font>\n${bold(text)}`;
}

function bold(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `**${line}**`))
    .join('\n');
}

function renderButtons(buttons: Button[], conversation: Conversation): Element[] {
  const rows: Element[] = [];
  for (let i = 0; i < buttons.length; i += BUTTONS_PER_ROW)
    rows.push({
      tag: 'column_set',
      flex_mode: 'flow',
      columns: buttons
        .slice(i, i + BUTTONS_PER_ROW)
        .map((b) => ({ tag: 'column', width: 'auto', elements: [renderButton(b, conversation)] })),
    });
  return rows;
}

function renderButton(button: Button, conversation: Conversation): Element {
  return {
    tag: 'button',
    text: { tag: 'plain_text', content: button.label },
    type: button.style ?? 'default',
    behaviors: callbackOf(button.id, button.value ?? '', conversation),
  };
}

/** Card JSON 2.0, picker_datetime: the choice comes back as `option`, `2026-11-27 15:00 +0800`. */
function renderPicker({ id, label }: Picker, conversation: Conversation): Element {
  return {
    tag: 'picker_datetime',
    placeholder: { tag: 'plain_text', content: label },
    behaviors: callbackOf(id, '', conversation),
  };
}

/** Names of the form's parts; the button's id is none of the core's actions. */
export const FORM = { words: 'words', submit: 'say-words' } as const;
/** Card JSON 2.0, input. */
const WORDS_MAX = 1_000;

/** In a group only what mentions the bot is heard: here the person writes without that. */
function renderForm(conversation: Conversation): Element {
  const label = (content: string) => ({ tag: 'plain_text', content });
  return {
    tag: 'form',
    name: 'say',
    elements: [
      {
        ...{ tag: 'input', name: FORM.words, required: true, max_length: WORDS_MAX, width: 'fill' },
        placeholder: label('请在这里填写'),
      },
      {
        ...{ tag: 'button', name: FORM.submit, text: label('提交'), type: 'primary' },
        ...{ form_action_type: 'submit', behaviors: callbackOf(FORM.submit, '', conversation) },
      },
    ],
  };
}

function callbackOf(id: string, value: string, { chatId, isDirect, threadId }: Conversation): object[] {
  // The chat with a person has an id that is not known when the card is sent; the person is.
  const place = isPersonId(chatId)
    ? { to: chatId }
    : { chat: chatId, direct: isDirect, ...(threadId && { thread: threadId }) };
  return [{ type: 'callback', value: { id, value, ...place } }];
}

function countTags(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'tag' in value ? 1 : 0;
  return Object.values(value).reduce<number>((sum, child) => sum + countTags(child), own);
}
