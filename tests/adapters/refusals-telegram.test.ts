/** Every refusal of Telegram that is known, on every call: what each person is told, and what the operator reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import {
  startFakeTelegram,
  TOKEN,
  type Call,
  type FakeTelegram,
  type Fault,
} from '../helpers/fake-telegram.js';
import { startSender, type Sender } from '../helpers/sender.js';

/**
 * The oracle, from the Bot API and the texts of its server, not from the table. words: without markup and buttons · line: in
 * place of the file · card: a new message in the chat · general: in the group outside of the topic · done: nothing is to be
 * done · later: once it is mended · told: whoever waits is told directly.
 */
type End = 'words' | 'line' | 'card' | 'general' | 'done' | 'later' | 'told';
type Called = 'send' | 'edit' | 'photo';

const BAD = (text: string): string => `Bad Request: ${text}`;
const FORM = [
  "can't parse entities: Unsupported start tag",
  ...[
    'ENTITIES_TOO_LONG',
    'BUTTON_DATA_INVALID',
    'BUTTON_URL_INVALID',
    'REPLY_MARKUP_TOO_LONG',
    'MESSAGE_TOO_LONG',
  ],
  'message is too long',
].map(BAD);
const FILE = [
  ...[
    'PHOTO_INVALID_DIMENSIONS',
    'PHOTO_SAVE_FILE_INVALID',
    'IMAGE_PROCESS_FAILED',
    'file must be non-empty',
  ],
  ...['wrong file identifier/HTTP URL specified', 'not enough rights to send photos to the chat'],
  'CHAT_SEND_PHOTOS_FORBIDDEN',
].map(BAD);
const GONE = [
  ...[
    'chat not found',
    'PEER_ID_INVALID',
    'group chat was deactivated',
    'CHAT_WRITE_FORBIDDEN',
    'CHANNEL_PRIVATE',
  ],
  ...[
    'not enough rights to send text messages to the chat',
    'have no rights to send a message',
    'CHAT_RESTRICTED',
  ],
].map(BAD);
const KICKED = [
  'bot was kicked from the supergroup chat',
  'bot is not a member of the supergroup chat',
  'bot was blocked by the user',
  'user is deactivated',
  "bot can't initiate conversation with a user",
].map((text) => `Forbidden: ${text}`);
const TOPIC = ['message thread not found', 'TOPIC_CLOSED', 'TOPIC_DELETED'].map(BAD);
const EDIT = [
  ...[
    'message to edit not found',
    "message can't be edited",
    'MESSAGE_ID_INVALID',
    'MESSAGE_AUTHOR_REQUIRED',
  ],
  'there is no text in the message to edit',
].map(BAD);

const CASES: [Called, string, number, End][] = [
  ...FORM.map((text): [Called, string, number, End] => ['send', text, 400, 'words']),
  ...FORM.map((text): [Called, string, number, End] => ['edit', text, 400, 'words']),
  ...FILE.map((text): [Called, string, number, End] => ['photo', text, 400, 'line']),
  ['photo', 'Request Entity Too Large', 413, 'line'],
  ...(['send', 'edit', 'photo'] as const).flatMap((called): [Called, string, number, End][] => [
    ...GONE.map((text): [Called, string, number, End] => [called, text, 400, 'told']),
    ...KICKED.map((text): [Called, string, number, End] => [called, text, 403, 'told']),
    [called, 'Too Many Requests: retry after 7', 429, 'later'],
    [called, 'Unauthorized', 401, 'later'],
    [called, BAD('SLOWMODE_WAIT_9'), 400, 'later'],
  ]),
  ...TOPIC.map((text): [Called, string, number, End] => ['send', text, 400, 'general']),
  ...TOPIC.map((text): [Called, string, number, End] => ['photo', text, 400, 'general']),
  ...EDIT.map((text): [Called, string, number, End] => ['edit', text, 400, 'card']),
  ['edit', BAD('message is not modified: specified new message content is exactly the same'), 400, 'done'],
  // Nobody has written these down: the words go all the same.
  ['send', BAD('SOMETHING_NEW_INVALID'), 400, 'words'],
  ['edit', BAD('SOMETHING_NEW_INVALID'), 400, 'words'],
  ['photo', BAD('SOMETHING_NEW_INVALID'), 400, 'line'],
];

const CARD = {
  title: '路灯维护',
  blocks: [{ kind: 'text' as const, text: '县住建局负责' }],
  buttons: [{ id: 'row.show', label: '查看' }],
};

let fake: FakeTelegram;
let sender: Sender;
let count = 0;

beforeAll(async () => {
  fake = await startFakeTelegram();
  sender = await startSender((parts) =>
    createTelegramAdapter({ token: TOKEN, apiRoot: fake.apiRoot, ...parts }),
  );
});
afterAll(async () => {
  await sender.close();
  await fake.close();
});

const shown = (calls: Call[]) =>
  calls.filter(({ method, isAnswered }) => isAnswered && /^(send|edit)/.test(method));

describe('every refusal of Telegram that is known', () => {
  it.each(CASES)('%s: "%s" (%i) ends in: %s', async (called, description, status, end) => {
    const n = ++count;
    const person = String(10_000 + n);
    const chatId = String(-10_000 - n);
    const conversation: Conversation = {
      ...{ platform: 'telegram', chatId, isDirect: false },
      ...(end === 'general' && { threadId: '9' }),
    };
    const attachment = {
      platform: 'feishu',
      kind: 'photo',
      id: 'x',
      name: '现场.jpg',
      content: 'bytes',
    } as const;
    const message: Outgoing = {
      key: `u${n}#0`,
      conversation,
      reply: called === 'photo' ? { attachment, text: '' } : { card: CARD },
      owner: `telegram:${person}`,
      ...(called === 'edit' ? { editMessageId: '300' } : { replyTo: '300' }),
    };
    const fault: Fault = { status, description };
    const isForm = end === 'words';
    const mend = fake.refuse(({ method, payload }) => {
      if (String(payload.chat_id) !== chatId) return null;
      if (isForm) return payload.parse_mode === 'HTML' ? fault : null;
      if (end === 'line') return method === 'sendMessage' ? null : fault;
      if (end === 'general') return payload.message_thread_id === undefined ? null : fault;
      if (end === 'card' || end === 'done') return method === 'editMessageText' ? fault : null;
      return fault;
    });
    const from = fake.calls.length;
    const before = sender.log.lines.length;
    // The second of the message before it is over.
    sender.clock.advance(2_000);
    await sender.store.commit([{ kind: 'outgoing', message, runAt: sender.clock() }]);
    await sender.turn(0);
    await sender.turn(0);
    const seen = () => shown(fake.calls.slice(from));
    if (end === 'later') {
      expect(seen()).toEqual([]);
      mend();
      await sender.turn(10_000);
    }
    mend();
    expect(await sender.store.listOutgoing()).toEqual([]);
    if (end === 'done') return expect(seen()).toEqual([]);
    expect(seen()).toHaveLength(1);
    const [{ method = '', payload = {} } = {}] = seen();
    expect(String(payload.chat_id)).toBe(end === 'told' ? person : chatId);
    expect(payload.message_thread_id).toBeUndefined();
    const text = String(payload.text ?? payload.caption);
    if (end === 'words')
      expect(payload).toMatchObject({ text: expect.stringContaining('县住建局负责') as string });
    if (end === 'words') expect(payload.reply_markup).toBeUndefined();
    if (end === 'line') expect(text).toContain('现场.jpg');
    if (end === 'card') expect(method).toBe('sendMessage');
    if (end === 'card' || end === 'general') expect(called === 'photo' || payload.reply_markup).toBeTruthy();
    if (end === 'told') expect(text).toContain('没能在群内答复');
    const lines = sender.log.lines.slice(before).filter((line) => line.includes(description.slice(13, 30)));
    expect(lines.length).toBeGreaterThan(0);
    if (end === 'told') expect(lines.some((line) => line.startsWith('error'))).toBe(true);
  });
});

describe('what is too much', () => {
  const put = (chatId: string, key: string) =>
    sender.store.commit([
      {
        ...{ kind: 'outgoing', runAt: sender.clock() },
        message: {
          ...{ key, reply: { text: key } },
          conversation: { platform: 'telegram', chatId, isDirect: !chatId.startsWith('-') },
        },
      },
    ]);
  const arrived = (from: number) =>
    fake.calls.slice(from).flatMap(({ isAnswered, payload }) => (isAnswered ? [String(payload.text)] : []));

  it.each([
    ['its slow mode', { status: 400, description: BAD('SLOWMODE_WAIT_600') }],
    [
      'a 429',
      { status: 429, description: 'Too Many Requests: retry after 600', parameters: { retry_after: 600 } },
    ],
  ])('of one group, by %s, holds up that group alone', async (name, fault) => {
    sender.clock.advance(3_000);
    const from = fake.calls.length;
    const group = `-20${name.length}`;
    const mend = fake.refuse(({ payload }) => (String(payload.chat_id) === group ? fault : null));
    await put(group, `${name}/a`);
    await sender.turn(0);
    await put('777', `${name}/b`);
    await put('-778', `${name}/c`);
    await sender.turn(0);
    expect(arrived(from).sort()).toEqual([`${name}/b`, `${name}/c`]);
    mend();
    await sender.turn(599_000);
    expect(arrived(from)).toHaveLength(2);
    await sender.turn(200_000);
    expect(arrived(from)).toHaveLength(3);
  });

  it('of two chats at about the same time is of the app, and holds up all', async () => {
    sender.clock.advance(10_000);
    const from = fake.calls.length;
    const fault = {
      ...{ status: 429, description: 'Too Many Requests: retry after 7' },
      parameters: { retry_after: 7 },
    };
    const mend = fake.refuse(({ payload }) => (/^-30[12]$/.test(String(payload.chat_id)) ? fault : null));
    await put('-301', 'one');
    await put('-302', 'two');
    await sender.turn(0);
    mend();
    await put('779', 'three');
    await sender.turn(6_000);
    expect(arrived(from)).toEqual([]);
    await sender.turn(3_000);
    await sender.turn(3_000);
    expect(arrived(from).sort()).toEqual(['one', 'three', 'two']);
  });
});
