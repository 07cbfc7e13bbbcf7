/** Telegram as the contract of adapters wants it: telegraf's real client against the server on loopback. */
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Facts, Shown, Wire } from '../contracts/adapter.contract.js';
import { createLogRecorder } from './context.js';
import { openDoors } from './knock.js';
import * as telegram from './fake-telegram.js';

const { BOT, GROUP, messageUpdate, TOKEN } = telegram;
const GROUP_CHAT: Conversation = { platform: 'telegram', chatId: String(GROUP.id), isDirect: false };
const refused = (description: string, status = 400): telegram.Fault => ({ status, description });

export const TELEGRAM_FACTS: Facts<telegram.Fault> = {
  platform: 'telegram',
  places: [GROUP_CHAT, { ...GROUP_CHAT, threadId: '9' }],
  ignored: [
    ['its own messages', messageUpdate({ text: 'a', from: BOT })],
    ['messages of other bots', messageUpdate({ text: 'a', from: { ...BOT, id: 1 } })],
    ['messages sent as a channel', messageUpdate({ text: 'a', chat: GROUP, more: { sender_chat: GROUP } })],
    ['channel posts', messageUpdate({ text: 'a', chat: { id: -1, type: 'channel' } })],
    ['edited messages', { edited_message: {} }],
    ['unknown kinds', { something_new: { a: 1 } }],
    ['malformed messages', { message: { message_id: 'x' } }],
  ],
  failures: [
    [
      'a group that it was kicked from',
      refused('Forbidden: bot was kicked from the supergroup chat', 403),
      'TARGET_GONE',
    ],
    ['a person who blocked it', refused('Forbidden: bot was blocked by the user', 403), 'TARGET_GONE'],
    [
      'a person who never wrote',
      refused("Forbidden: bot can't initiate conversation with a user", 403),
      'TARGET_GONE',
    ],
    ['an unknown chat', refused('Bad Request: chat not found'), 'TARGET_GONE'],
    ['an unknown topic', refused('Bad Request: message thread not found'), 'TARGET_GONE'],
    ['HTTP 401', refused('Unauthorized', 401), 'UNAUTHORIZED'],
    ['a refused text', refused('Bad Request: text must be non-empty'), 'REJECTED'],
    ['HTTP 413', refused('Request Entity Too Large', 413), 'REJECTED'],
    ['HTTP 500', refused('Internal Server Error', 500), 'UNCERTAIN'],
    ['HTTP 502', refused('Bad Gateway', 502), 'UNCERTAIN'],
    [
      'HTTP 429 with its time',
      { ...refused('Too Many', 429), parameters: { retry_after: 17 } },
      'RATE_LIMITED',
      17_000,
    ],
    ['a cut connection', { kind: 'reset' }, 'UNCERTAIN'],
    ['HTTP 200 that is no answer of the API', { kind: 'garbage' }, 'UNCERTAIN'],
  ],
  uneditable: [
    ["message can't be edited", refused("Bad Request: message can't be edited"), true],
    ['message to edit not found', refused('Bad Request: message to edit not found'), true],
    ['MESSAGE_ID_INVALID', refused('Bad Request: MESSAGE_ID_INVALID'), true],
  ],
  refusedCards: [["can't parse entities", refused("Bad Request: can't parse entities")]],
  ...{ isRedelivering: true, hasFiles: true },
};

const METHODS = new Set(['sendMessage', 'editMessageText', 'sendPhoto', 'sendDocument']);

/** `byWebhook`: updates come to an address of ours. */
export async function openTelegramWire(byWebhook = false): Promise<Wire<telegram.Fault>> {
  const fake = await telegram.startFakeTelegram();
  const doors = byWebhook ? await openDoors() : null;
  const heard: Heard[] = [];
  let isFailing = false;
  let messageId = 10;
  const adapter = createTelegramAdapter({
    ...{ token: TOKEN, apiRoot: fake.apiRoot, log: createLogRecorder() },
    ...{ now: () => 1_790_000_123_456, wait: () => Promise.resolve() },
    ...(doors && { webhook: { door: doors.at('/telegram'), url: `${doors.url}/telegram` } }),
  });
  await adapter.start(async (update) => {
    heard.push(update);
    if (!isFailing) return;
    isFailing = false;
    throw new Error('disk full');
  });
  /** Confirmed when the next poll asks for what comes after it. */
  const emit = async (content: object): Promise<void> => {
    fake.push(content);
    if (doors) return fake.delivered();
    do await fake.nextCall('getUpdates');
    while (fake.pending().length > 0);
  };
  const chatOf = (chatId: unknown) => (String(chatId) === String(GROUP.id) ? GROUP : telegram.DIRECT);
  const topicOf = (threadId: unknown) =>
    threadId === undefined ? {} : { is_topic_message: true, message_thread_id: Number(threadId) };

  const shownOf = ({ method, payload }: telegram.Call): Shown => {
    const isCard = payload.parse_mode === 'HTML';
    const text = String(payload.text ?? payload.caption ?? '');
    const reply = payload.reply_parameters;
    const to = (typeof reply === 'string' ? JSON.parse(reply) : reply) as { message_id: number } | undefined;
    const { inline_keyboard: rows = [] } = (payload.reply_markup ?? {}) as {
      inline_keyboard?: { text: string; callback_data: string }[][];
    };
    const file = (payload.document ?? payload.photo) as telegram.SentFile | undefined;
    const threadId = payload.message_thread_id;
    return {
      chatId: String(payload.chat_id),
      ...(threadId !== undefined && { threadId: String(threadId) }),
      ...(to && { replyTo: String(to.message_id) }),
      ...(method === 'editMessageText' && { edited: String(payload.message_id) }),
      isCard,
      text: isCard ? unescape(text.replace(/<\/?[bi]>/g, '')) : text,
      live: isCard ? (text.replace(/<\/?[bi]>|&(?:lt|gt|amp);/g, '').match(/[<>&]/g) ?? []) : [],
      buttons: rows.flat().map(({ text: label, callback_data }) => ({
        label,
        press: () =>
          emit(
            telegram.clickUpdate(callback_data, { chat: chatOf(payload.chat_id), more: topicOf(threadId) }),
          ).then(async () => void (await fake.nextCall('answerCallbackQuery'))),
      })),
      ...(file && { file }),
    };
  };

  return {
    ...{ adapter, heard, emit, known: '300' },
    direct: { platform: 'telegram', chatId: '42', isDirect: true },
    say: (text, place, isCalled = false) =>
      emit(
        messageUpdate({
          text: isCalled ? `@${BOT.username} ${text}` : text,
          messageId: ++messageId,
          ...(place && { chat: chatOf(place.chatId), more: topicOf(place.threadId) }),
        }),
      ),
    failNext: () => void (isFailing = true),
    fail: (what, fault) => fake.fail(what === 'send' ? 'sendMessage' : 'editMessageText', fault),
    shown: () => fake.calls.filter(({ method }) => METHODS.has(method)).map(shownOf),
    async sendFile(bytes) {
      fake.addFile('doc', 'documents/1', bytes);
      await emit(messageUpdate({ more: { document: { file_id: 'doc', file_name: '台账.xlsx' } } }));
    },
    async close() {
      await adapter.stop();
      await fake.close();
      await doors?.close();
    },
  };
}

const unescape = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
