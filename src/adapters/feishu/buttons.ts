/** Buttons, pickers and forms of a card -> elements of card JSON 2.0, and what a press on them means. Pure. */
import { decodeButton, encodeButton, type Button, type Picker } from '../../core/card.js';
import type { Conversation } from '../../core/chat.js';
import type { Element } from './element.js';

const BUTTONS_PER_ROW = 3;
/** So many buttons are shown beside each other; of more, the likeliest act and the next one are, the rest are folded. */
const SHOWN_BESIDE_MORE = 2;
/** Card JSON 2.0: the text of a button or option. */
const LABEL_MAX = 100;

/** The id under which a choice from 更多 comes back; none of the core's actions. */
export const MORE = 'more-buttons';

/** A card with a likeliest act shows that one and folds what is beyond a row; one that gives a choice shows all of it. */
export function renderButtons(buttons: readonly Button[], conversation: Conversation): Element[] {
  const primary = buttons.find(({ style }) => style === 'primary');
  const ordered = primary ? [primary, ...buttons.filter((it) => it !== primary)] : buttons;
  const isFolded = primary !== undefined && buttons.length > BUTTONS_PER_ROW;
  const shown = isFolded ? ordered.slice(0, SHOWN_BESIDE_MORE) : ordered;
  const elements = shown.map((it) => renderButton(it, it === primary, conversation));
  if (isFolded) elements.push(renderMore(ordered.slice(SHOWN_BESIDE_MORE), conversation));
  const rows: Element[] = [];
  for (let i = 0; i < elements.length; i += BUTTONS_PER_ROW)
    rows.push({
      tag: 'column_set',
      flex_mode: 'flow',
      columns: elements
        .slice(i, i + BUTTONS_PER_ROW)
        .map((element) => ({ tag: 'column', width: 'auto', elements: [element] })),
    });
  return rows;
}

function renderButton({ id, label, value }: Button, isPrimary: boolean, conversation: Conversation): Element {
  return {
    tag: 'button',
    text: plain(label),
    type: isPrimary ? 'primary_filled' : 'default',
    behaviors: callbackOf(id, value ?? '', conversation),
  };
}

/** Card JSON 2.0, overflow: an option has a string, which comes back beside the value of the whole. */
function renderMore(buttons: readonly Button[], conversation: Conversation): Element {
  return {
    tag: 'overflow',
    options: buttons.map((it) => ({ text: plain(it.label), value: encodeButton(it) })),
    behaviors: callbackOf(MORE, '', conversation),
  };
}

/** What an option of 更多 stands for. */
export const pressedIn = (option: string): { id: string; value: string } => decodeButton(option);

/** Card JSON 2.0, picker_datetime: the choice comes back as `option`, `2026-11-27 15:00 +0800`. */
export function renderPicker({ id, label }: Picker, conversation: Conversation): Element {
  return { tag: 'picker_datetime', placeholder: plain(label), behaviors: callbackOf(id, '', conversation) };
}

/** Names of the form's parts; the button's id is none of the core's actions. */
export const FORM = { words: 'words', submit: 'say-words' } as const;
/** Card JSON 2.0, input. */
const WORDS_MAX = 1_000;

/** In a group only what mentions the bot is heard: here the person writes without that. */
export function renderQuestion(conversation: Conversation): Element {
  return {
    tag: 'form',
    name: 'say',
    elements: [
      {
        ...{ tag: 'input', name: FORM.words, required: true, max_length: WORDS_MAX, width: 'fill' },
        placeholder: plain('请在这里填写'),
      },
      {
        ...{ tag: 'button', name: FORM.submit, text: plain('提交'), type: 'primary_filled' },
        ...{ form_action_type: 'submit', behaviors: callbackOf(FORM.submit, '', conversation) },
      },
    ],
  };
}

export const plain = (content: string): object => ({
  tag: 'plain_text',
  content: content.slice(0, LABEL_MAX),
});

/** `conversation` travels in what is pressed, because a click does not tell the kind of its chat. */
export function callbackOf(
  id: string,
  value: string,
  { chatId, isDirect, threadId }: Conversation,
): object[] {
  // The chat with a person has an id that is not known when the card is sent; the person is.
  const place = isPersonId(chatId)
    ? { to: chatId }
    : { chat: chatId, direct: isDirect, ...(threadId && { thread: threadId }) };
  return [{ type: 'callback', value: { id, value, ...place } }];
}

/** Ids tell their kind: a person as this app knows it (`open_id`), not a chat. */
export function isPersonId(id: string): boolean {
  return id.startsWith('ou_');
}
