/** Cards and texts of the core -> message contents of Feishu. Pure. */
import { cardToText, type Block, type Card } from '../../core/card.js';
import type { Conversation, Reply, User } from '../../core/chat.js';
import { renderButtons, renderForm, renderPicker } from './buttons.js';
import { renderBlocks, renderHeader } from './layout.js';

/** One message as the API takes it: `content` is JSON in a string. */
export type FeishuContent = { type: 'interactive' | 'text' | 'image' | 'file'; content: string };

/** A card or a text; attachments are rendered by attachments.ts. */
export type WrittenReply = Exclude<Reply, { attachment: unknown }>;

/** Feishu takes 30 KB (error 230025) and counts its own markup too; measured on our side in UTF-8 bytes. */
export const CARD_MAX_BYTES = 28 * 1024;

/** Schema 2.0 allows 200 elements in a card; every object with a tag is counted, which is on the safe side. */
export const CARD_MAX_ELEMENTS = 200;

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
 * CARD_MAX_ELEMENTS.
 */
export function renderCard(card: Card, conversation: Conversation, asks = false): FeishuContent | null {
  const elements = [
    ...renderBlocks(card),
    ...renderButtons(card.buttons, conversation),
    ...(card.picker ? [renderPicker(card.picker, conversation)] : []),
    ...(asks ? [renderForm(conversation)] : []),
  ];
  const json = {
    schema: '2.0',
    config: { update_multi: true, ...(card.title && { summary: { content: card.title } }) },
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
