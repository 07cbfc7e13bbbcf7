/** Cards and texts of the core -> message contents of Feishu. Pure. */
import { cardToText, type Block, type Card } from '../../core/card.js';
import type { Conversation, Reply, User } from '../../core/chat.js';
import { renderButtons, renderPicker, renderQuestion } from './buttons.js';
import { renderForm } from './forms.js';
import type { Element } from './element.js';
import { renderBlocks, renderHeader } from './layout.js';

/** One message as the API takes it: `content` is JSON in a string. */
export type FeishuContent = { type: 'interactive' | 'text' | 'image' | 'file'; content: string };

/** A card or a text; attachments are rendered by attachments.ts. */
export type WrittenReply = Exclude<Reply, { attachment: unknown }>;

/** Feishu takes 30 KB (error 230025) and counts its own markup too; measured on our side in UTF-8 bytes. */
export const CARD_MAX_BYTES = 28 * 1024;

/** Schema 2.0 allows 200 elements in a card; every object with a tag is counted, which is on the safe side. */
export const CARD_MAX_ELEMENTS = 200;

/** What the list of chats shows of a card without a title. */
const SUMMARY_MAX = 60;

/** The forms of a reply, best first: the card when it is one and fits, then its text. */
export function renderReply(reply: WrittenReply, conversation: Conversation, asks = false): FeishuContent[] {
  if (asks || ('form' in reply && reply.form)) {
    const form = renderEdit(reply, conversation, asks);
    if (form) return [form, ...renderReply(withoutForm(reply), conversation)];
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
  if ('card' in reply)
    return renderCard(reply.card, conversation, asks ? renderQuestion(conversation) : null);
  const form = reply.form ? renderForm(reply.form, conversation) : null;
  const card: Card = { title: '', blocks: [textBlock(reply.text)], buttons: [] };
  return renderCard(card, conversation, form ?? (asks ? renderQuestion(conversation) : null));
}

const withoutForm = (reply: WrittenReply): WrittenReply => {
  if ('card' in reply) return reply;
  const { form: _form, ...rest } = reply;
  return rest;
};

/**
 * A card of schema 2.0, which refuses unknown properties, or null when it passes CARD_MAX_BYTES or
 * CARD_MAX_ELEMENTS.
 */
export function renderCard(
  card: Card,
  conversation: Conversation,
  form: Element | null = null,
): FeishuContent | null {
  const elements = [
    ...renderBlocks(card),
    ...renderButtons(card.buttons, conversation),
    ...(card.picker ? [renderPicker(card.picker, conversation)] : []),
    ...(form ? [form] : []),
  ];
  const summary = card.title || (card.blocks[0]?.text ?? '').slice(0, SUMMARY_MAX);
  const json = {
    schema: '2.0',
    config: { update_multi: true, ...(summary && { summary: { content: summary } }) },
    ...(card.title && { header: renderHeader(card) }),
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

/** Text messages know `<at …>`, `<b>` and `[text](address)` but document no escape: the sign itself is replaced. */
function neutralizeText(text: string): string {
  return text.replace(/<(?=[a-z/!])/gi, '＜').replaceAll('](', '] (');
}

function textBlock(text: string): Block {
  return { kind: 'text', text };
}

function countTags(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'tag' in value ? 1 : 0;
  return Object.values(value).reduce<number>((sum, child) => sum + countTags(child), own);
}
