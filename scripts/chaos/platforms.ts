/** The two platforms of a chaos run: how people's steps are given to the bot, and what people see of its answers. */
import * as feishuFake from '../../tests/helpers/fake-feishu.js';
import { buttonsOf } from '../../tests/helpers/feishu-card.js';
import * as telegramFake from '../../tests/helpers/fake-telegram.js';
import { MARK_WORDS } from '../../src/core/card.js';
import type { CannedAnswer, ProxyCall } from './proxy.js';
import { fill, type Place, type Shown, type Step } from './talk.js';

type Json = Record<string, unknown>;

/** What sort of call it is: faults differ. */
export type CallKind = 'send' | 'poll' | 'start' | 'other';

const SHORT_WAIT_S = 1;
const UPSTREAM: CannedAnswer = { status: 502, body: '<html>502 Bad Gateway</html>' };
const FIRST_CHAT = 100_000;
const FIRST_USER = 900_000_000;

export function chatIdOf({ platform, number, isGroup }: Place): string {
  if (platform === 'feishu') return `oc_${number}`;
  return String(isGroup ? -FIRST_CHAT - number : FIRST_CHAT + number);
}

/** A person's id on the platform. On Telegram a direct chat has the id of its person. */
function userIdOf(place: Place, user: number): string {
  if (place.platform === 'feishu') return `ou_${place.number}_${user}`;
  return place.isGroup ? String(FIRST_USER + place.number * 1_000 + user) : chatIdOf(place);
}

/** As people.csv binds it. */
export const accountOf = (place: Place, user: number): string => `${place.platform}:${userIdOf(place, user)}`;

/** What is sent to a person appears in the direct chat. */
export const directChatOf = (receiver: string): string => receiver.replace(/^ou_(\d+)_\d+$/, 'oc_$1');

/** Which fake answers, how it refuses for a while, and how its calls and messages are read. */
export type Side = {
  kindOf(call: ProxyCall): CallKind;
  tooMany: CannedAnswer;
  upstream: CannedAnswer;
  /** Null for what nobody sees. */
  shown(call: ProxyCall, answer: Json): Shown | null;
};

export function createTelegramSide(): Side {
  return {
    kindOf({ path }) {
      if (/\/(sendMessage|editMessageText)$/.test(path)) return 'send';
      if (path.endsWith('/getUpdates')) return 'poll';
      return path.endsWith('/answerCallbackQuery') ? 'other' : 'start';
    },
    tooMany: {
      status: 429,
      body: JSON.stringify({
        ok: false,
        error_code: 429,
        description: `Too Many Requests: retry after ${SHORT_WAIT_S}`,
        parameters: { retry_after: SHORT_WAIT_S },
      }),
    },
    upstream: UPSTREAM,
    shown({ path, body }, answer) {
      const isEdit = path.endsWith('/editMessageText');
      if (!isEdit && !path.endsWith('/sendMessage')) return null;
      const content = String(body.text);
      const markup = body.reply_markup as { inline_keyboard: Json[][] } | undefined;
      return {
        chatId: String(body.chat_id),
        messageId: String(isEdit ? body.message_id : (answer.result as Json).message_id),
        head: firstLine(content.replace(/<\/?[bi]>/g, '')),
        content,
        isEdit,
        buttons: (markup?.inline_keyboard ?? [])
          .flat()
          .map((button) => ({ label: String(button.text), data: button.callback_data })),
      };
    },
  };
}

export function createFeishuSide(chatOfMessage: (messageId: string) => string): Side {
  const messages = '/open-apis/im/v1/messages';
  const sent = new Set<string>();
  return {
    kindOf: ({ path }) => (path.startsWith(messages) ? 'send' : 'start'),
    tooMany: {
      status: 429,
      body: JSON.stringify({ code: 99991400, msg: 'request trigger frequency limit' }),
      headers: { 'x-ogw-ratelimit-reset': String(SHORT_WAIT_S) },
    },
    upstream: UPSTREAM,
    shown({ method, path, body }, answer) {
      if (!path.startsWith(messages) || answer.code !== 0) return null;
      const isEdit = method === 'PATCH';
      const target = /\/messages\/([^/?]+)/.exec(path)?.[1];
      const messageId = isEdit ? (target ?? '') : String((answer.data as Json).message_id);
      // The same uuid again: Feishu names the message that is already there.
      if (!isEdit && sent.has(messageId)) return null;
      sent.add(messageId);
      const content = String(body.content);
      const card = JSON.parse(content) as FeishuCard;
      return {
        chatId: target === undefined ? directChatOf(String(body.receive_id)) : chatOfMessage(target),
        messageId,
        // A question with a field to answer in has no title.
        head: firstLine(card.text ?? headOf(card.header) ?? firstContent(card.body) ?? ''),
        content,
        isEdit,
        buttons: buttonsOf(card).map(({ label, value }) => ({ label, data: value })),
      };
    },
  };
}

type Header = { title: { content: string }; text_tag_list?: { text: { content: string } }[] };
type FeishuCard = { text?: string; header?: Header; body?: unknown };

/** How a request stands, as the end of a title or, said once, as a tag (`src/adapters/feishu/layout.ts`). */
const STATES: ReadonlySet<string> = new Set([MARK_WORDS.unsigned, MARK_WORDS.running, MARK_WORDS.done]);

function headOf(header: Header | undefined): string | undefined {
  const { title, text_tag_list: tags = [] } = header ?? {};
  const state = tags.map(({ text }) => text.content).find((it) => STATES.has(it));
  if (!title || state === undefined || title.content.includes(' · ')) return title?.content;
  return `${title.content} · ${state}`;
}

/** The first text in the elements of a card. */
function firstContent(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('content' in value && typeof value.content === 'string') return value.content;
  for (const part of Object.values(value)) {
    const found = firstContent(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** How a step is given: what was pressed, and the number that `{number}` stands for. */
export type Given = { id: number; card: Shown | null; number: string | null; now: number };

/** The update of a step, without its number. */
export function telegramUpdate(step: Step, { id, card, number, now }: Given): object {
  const { place, user } = step;
  const userId = Number(userIdOf(place, user));
  const from = { id: userId, is_bot: false, first_name: `用户${userId}` };
  const chat = { id: Number(chatIdOf(place)), type: place.isGroup ? 'supergroup' : 'private' };
  const date = Math.floor(now / 1_000);
  if (step.click && card) {
    const message = { message_id: Number(card.messageId), date, chat };
    const data = buttonOf(card, step.click.label);
    return { callback_query: { id: `query-${id}`, from, chat_instance: '1', data, message } };
  }
  const said = fill(step.text ?? '', number);
  const text = place.isGroup ? `@${telegramFake.BOT.username} ${said}` : said;
  return telegramFake.messageUpdate({ text, chat, messageId: id, from, more: { date } });
}

/** The event of a step and the id by which the bot knows it. */
export function feishuEvent(
  step: Step,
  { id, card, number, now }: Given,
): { event: object; updateId: string } {
  const { place, user } = step;
  const openId = userIdOf(place, user);
  const chatId = chatIdOf(place);
  if (step.click && card) {
    const { messageId } = card;
    const made = feishuFake.clickEvent(buttonOf(card, step.click.label), { messageId, chatId });
    const header = { ...made.header, event_id: `ev_c${id}`, create_time: String(now * 1_000) };
    const operator = { ...made.event.operator, open_id: openId };
    return { event: { ...made, header, event: { ...made.event, operator } }, updateId: `ev_c${id}` };
  }
  const { BOT } = feishuFake;
  const said = fill(step.text ?? '', number);
  const made = feishuFake.messageEvent(place.isGroup ? `@_user_1 ${said}` : said, {
    messageId: `om_in_${id}`,
    senderId: openId,
    chatId,
    chatType: place.isGroup ? 'group' : 'p2p',
    ...(place.isGroup && { mentions: [{ key: '@_user_1', openId: BOT.open_id, name: BOT.app_name }] }),
  });
  const message = { ...made.event.message, create_time: String(now) };
  return { event: { ...made, event: { ...made.event, message } }, updateId: `om_in_${id}` };
}

function buttonOf(card: Shown, label: string): unknown {
  const button = card.buttons.find((each) => each.label === label);
  if (!button) throw new Error(`the card “${card.head}” has no button “${label}”`);
  return button.data;
}
