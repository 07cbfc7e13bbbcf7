/** The Telegram adapter over telegraf's real client against a Bot API server on loopback. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter, type TelegramSettings } from '../../src/adapters/telegram/index.js';
import { renderReply, TEXT_MAX } from '../../src/adapters/telegram/render.js';
import { cardToText, type Card } from '../../src/core/card.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import {
  BOT,
  clickUpdate,
  DIRECT,
  findEntities,
  GROUP,
  messageUpdate,
  PERSON,
  startFakeTelegram,
  TOKEN,
  type FakeTelegram,
} from '../helpers/fake-telegram.js';
import type { Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import { adapterContract } from '../contracts/adapter.contract.js';
import { TELEGRAM_FACTS, openTelegramWire } from '../helpers/wire-telegram.js';

adapterContract(TELEGRAM_FACTS, openTelegramWire);

const CARD: Card = {
  title: '路灯 <维护>',
  blocks: [
    { kind: 'field', label: '主体责任', text: '住建局 & 城管局' },
    { kind: 'field', label: '配合责任', text: '本镇', isOwn: true },
    { kind: 'text', text: '1 < 2' },
    { kind: 'source', text: '《职责任务清单》第 12 项' },
  ],
  buttons: [
    { id: 'row', label: '详情', value: 'duty:12' },
    { id: 'wrong', label: '不对' },
    { id: 'ask-office', label: '请编办答复这个没有列明的问题', value: '路灯' },
  ],
};

let fake: FakeTelegram;
let adapters: Adapter[];
let logs: string[];
let waits: number[];

beforeEach(async () => {
  fake = await startFakeTelegram();
  adapters = [];
  logs = [];
  waits = [];
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  await fake.close();
});

function createAdapter(settings: Partial<TelegramSettings> = {}): Adapter {
  const line = (level: string) => (fields: object, message: string) =>
    void logs.push(`${level} ${message} ${inspect(fields, { depth: 9 })}`);
  const adapter = createTelegramAdapter({
    token: TOKEN,
    apiRoot: fake.apiRoot,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    now: () => 1_790_000_123_456,
    wait: async (ms) => void waits.push(ms),
    ...settings,
  });
  adapters.push(adapter);
  return adapter;
}

/** Collects updates; `next` resolves with the first that was not taken yet. */
function createInbox() {
  const updates: Heard[] = [];
  const waiters: ((update: Heard) => void)[] = [];
  return {
    receive: async (update: Heard) => {
      const waiter = waiters.shift();
      if (waiter) waiter(update);
      else updates.push(update);
    },
    next(): Promise<Heard> {
      const update = updates.shift();
      return update ? Promise.resolve(update) : new Promise((resolve) => waiters.push(resolve));
    },
    isEmpty: () => updates.length === 0,
  };
}

async function startWithInbox(settings: Partial<TelegramSettings> = {}) {
  const adapter = createAdapter(settings);
  const inbox = createInbox();
  await adapter.start(inbox.receive);
  return { adapter, inbox };
}

/** The update made of `content`, or null when the adapter drops it (a second message proves that it was seen). */
async function received(content: object): Promise<Heard | null> {
  const { inbox } = await startWithInbox();
  fake.push(content, messageUpdate({ text: 'end', messageId: 999 }));
  const update = await inbox.next();
  return 'messageId' in update && update.messageId === '999' ? null : update;
}

function outgoing(overrides: Partial<Outgoing> = {}): Outgoing {
  return {
    key: 'telegram:100#0',
    conversation: { platform: 'telegram', chatId: '-100200', isDirect: false },
    reply: { card: CARD },
    ...overrides,
  };
}

async function errorOf(promise: Promise<unknown>): Promise<BotError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BotError);
  return error as BotError;
}

describe('start', () => {
  it('connects, removes a webhook and asks only for messages, edits, clicks and its own membership', async () => {
    await startWithInbox();
    const poll = await fake.nextCall('getUpdates');
    expect(fake.calls.map((call) => call.method)).toEqual(['getMe', 'deleteWebhook', 'getUpdates']);
    expect(fake.calls[1]?.payload).toEqual({ drop_pending_updates: false });
    expect(poll.payload).toEqual({
      offset: 0,
      timeout: 30,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  });

  it('rejects a wrong token as UNAUTHORIZED and does not poll', async () => {
    const error = await errorOf(createAdapter({ token: '7000:wrong' }).start(async () => undefined));
    expect(error.code).toBe('UNAUTHORIZED');
    expect(error.message).toMatch(/refuses the bot token/);
    expect(fake.callsOf('getUpdates')).toEqual([]);
  });

  it('rejects a token that has no form of one (404) and an empty one as UNAUTHORIZED', async () => {
    fake.fail('getMe', { status: 404, description: 'Not Found' });
    expect((await errorOf(createAdapter().start(async () => undefined))).code).toBe('UNAUTHORIZED');
    expect((await errorOf(createAdapter({ token: '' }).start(async () => undefined))).code).toBe(
      'UNAUTHORIZED',
    );
  });

  it('rejects a server that does not answer within the deadline as UNAVAILABLE', async () => {
    fake.fail('getMe', { kind: 'hang' });
    const error = await errorOf(createAdapter({ startTimeoutMs: 30 }).start(async () => undefined));
    expect(error.code).toBe('UNAVAILABLE');
    expect(error.message).toMatch(/127\.0\.0\.1.*within 30 ms/);
  });

  it('rejects a closed port, a 502 and a portal page as UNAVAILABLE', async () => {
    const apiRoot = `http://127.0.0.1:${await closedPort()}`;
    expect((await errorOf(createAdapter({ apiRoot }).start(async () => undefined))).code).toBe('UNAVAILABLE');
    fake.fail('getMe', { status: 502, description: 'Bad Gateway' }, { kind: 'garbage' });
    expect((await errorOf(createAdapter().start(async () => undefined))).code).toBe('UNAVAILABLE');
    expect((await errorOf(createAdapter().start(async () => undefined))).code).toBe('UNAVAILABLE');
  });
});

describe('messages in', () => {
  it('makes an update of a direct message', async () => {
    expect(await received(messageUpdate({ text: '路灯谁管' }))).toEqual({
      kind: 'message',
      id: 'telegram:100',
      conversation: { platform: 'telegram', chatId: '42', isDirect: true },
      user: { platform: 'telegram', id: '42', name: '小 王' },
      at: 1_790_000_000_000,
      messageId: '11',
      text: '路灯谁管',
      isAddressed: true,
    });
  });

  it('keeps the topic of a forum, and no thread of an ordinary supergroup', async () => {
    const topic = messageUpdate({
      text: 'a',
      chat: GROUP,
      more: { is_topic_message: true, message_thread_id: 9 },
    });
    expect((await received(topic))?.conversation).toEqual({
      platform: 'telegram',
      chatId: '-100200',
      isDirect: false,
      threadId: '9',
    });
    const replies = messageUpdate({ text: 'a', chat: GROUP, more: { message_thread_id: 9 } });
    expect((await received(replies))?.conversation.threadId).toBeUndefined();
  });

  const reply = (from: object, more: object = {}) => ({
    reply_to_message: { message_id: 5, date: 1, chat: GROUP, from, ...more },
  });
  it.each([
    ['group talk', '路灯坏了', {}, '路灯坏了', false],
    ['a mention of the bot', '@Qingdan_Bot 路灯谁管', {}, '路灯谁管', true],
    ['a mention with a comma', '@qingdan_bot\uff0c路灯', {}, '路灯', true],
    ['a mention in the middle', '请问 @qingdan_bot 路灯谁管', {}, '请问 路灯谁管', true],
    ['a mention alone', '@qingdan_bot', {}, '', true],
    ['a mention of somebody else', '@lisi 路灯', {}, '@lisi 路灯', false],
    ['mentions of both', '@qingdan_bot 问 @lisi', {}, '问 @lisi', true],
    ['a longer name', '@qingdan_bot2 路灯', {}, '@qingdan_bot2 路灯', false],
    ['a command', '/who 路灯', {}, '/who 路灯', true],
    ['a command for this bot', '/who@qingdan_bot 路灯', {}, '/who 路灯', true],
    ['a command for another bot', '/who@other_bot 路灯', {}, '/who@other_bot 路灯', false],
    ['a command after a mention', '@qingdan_bot /who@qingdan_bot 路灯', {}, '/who 路灯', true],
    ['a command inside a sentence', '请发 /who', {}, '请发 /who', false],
    ['an emoji before the mention', '😀 @qingdan_bot 路灯', {}, '😀 路灯', true],
    ['a reply to the bot', '第一个', reply(BOT), '第一个', true],
    ['a reply to another bot', '第一个', reply({ ...BOT, id: 1 }), '第一个', false],
    ['talk in a topic opened by the bot', '好', reply(BOT, { forum_topic_created: {} }), '好', false],
  ])('group: %s', async (_name, text, more, expected, isAddressed) => {
    expect(await received(messageUpdate({ text, chat: GROUP, more }))).toMatchObject({
      text: expected,
      isAddressed,
    });
  });

  it('strips a mention of the bot by id and leaves the names of people', async () => {
    const text = '清单 张三 路灯';
    const entities = [
      { type: 'text_mention', offset: 0, length: 2, user: { id: BOT.id } },
      { type: 'text_mention', offset: 3, length: 2, user: { id: 55 } },
    ];
    const update = await received(messageUpdate({ text, chat: GROUP, entities }));
    expect(update).toMatchObject({ text: '张三 路灯', isAddressed: true });
  });

  const photo = { photo: [{ file_id: 'f' }] };
  const ofPhoto = { platform: 'telegram', kind: 'photo', id: 'f' };
  it.each([
    ['a photo in a direct chat', DIRECT, photo, { text: '', isAddressed: true, attachments: [ofPhoto] }],
    ['a photo in a group', GROUP, photo, { text: '', isAddressed: false, attachments: [ofPhoto] }],
    ['a sticker in a group', GROUP, { sticker: {} }, null],
    [
      'a sticker that replies to the bot',
      GROUP,
      { sticker: {}, ...reply(BOT) },
      { text: '', isAddressed: true },
    ],
    [
      'a photo with a caption',
      GROUP,
      { ...photo, caption: '路灯' },
      { text: '路灯', isAddressed: false, attachments: [ofPhoto] },
    ],
    [
      'a photo with a mention in its caption',
      GROUP,
      { ...photo, caption: '@qingdan_bot 路灯', caption_entities: findEntities('@qingdan_bot 路灯') },
      { text: '路灯', isAddressed: true },
    ],
    ['a service message in a direct chat', DIRECT, { pinned_message: {} }, null],
    ['a new member', GROUP, { new_chat_members: [PERSON] }, null],
  ])('without text: %s', async (_name, chat, more, expected) => {
    const update = await received(messageUpdate({ chat, more }));
    if (expected === null) expect(update).toBeNull();
    else expect(update).toMatchObject(expected);
  });
});

describe('clicks in', () => {
  it('makes an action of a click and answers it', async () => {
    expect(await received(clickUpdate('row duty:12'))).toEqual({
      kind: 'action',
      id: 'telegram:100',
      conversation: { platform: 'telegram', chatId: '-100200', isDirect: false },
      user: { platform: 'telegram', id: '42', name: '小 王' },
      at: 1_790_000_123_456,
      messageId: '300',
      action: { id: 'row', value: 'duty:12' },
    });
    expect((await fake.nextCall('answerCallbackQuery')).payload).toEqual({
      callback_query_id: 'query-row duty:12',
    });
  });

  it('answers before the handling ends, once, and also when it fails', async () => {
    const adapter = createAdapter();
    let tries = 0;
    const handled = new Promise<void>((resolve) => {
      void adapter.start(async () => {
        tries += 1;
        if (tries === 1) {
          await fake.nextCall('answerCallbackQuery');
          throw new Error('the handling fails');
        }
        resolve();
      });
    });
    fake.push(clickUpdate('row'));
    await handled;
    expect(fake.callsOf('answerCallbackQuery')).toHaveLength(1);
  });

  it('answers a click that means nothing to it, and survives a refused answer', async () => {
    fake.fail('answerCallbackQuery', { status: 400, description: 'Bad Request: query is too old' });
    const { inbox } = await startWithInbox();
    fake.push({ callback_query: { id: 'q', from: PERSON, game_short_name: 'g' } }, clickUpdate('row'));
    expect((await inbox.next()).kind).toBe('action');
    await fake.nextCall('answerCallbackQuery');
    expect((await fake.nextCall('answerCallbackQuery')).payload.callback_query_id).toBe('query-row');
  });
});

describe('acknowledgement', () => {
  it('confirms an update only after it was handled', async () => {
    const adapter = createAdapter();
    let finish = () => undefined as void;
    const begun = new Promise<void>((resolve) => {
      void adapter.start(() => {
        resolve();
        return new Promise<void>((done) => (finish = done));
      });
    });
    await fake.nextCall('getUpdates');
    const [id] = fake.push(messageUpdate({ text: 'a' }));
    await begun;
    expect(fake.pending()).toEqual([id]);
    expect(fake.callsOf('getUpdates')).toHaveLength(1);
    finish();
    expect((await fake.nextCall('getUpdates')).payload.offset).toBe((id ?? 0) + 1);
    expect(fake.pending()).toEqual([]);
  });

  it('gets an update again when it cannot be kept, with the same id, and handles the others once', async () => {
    const adapter = createAdapter();
    const seen: string[] = [];
    const ended = new Promise<void>((resolve) => {
      void adapter.start(async (update) => {
        const text = update.kind === 'message' ? update.text : '';
        seen.push(`${update.id} ${text}`);
        if (text === 'a1' && seen.length < 4) throw new BotError('STORE', 'not durable');
        if (text === 'a2') resolve();
      });
    });
    fake.push(
      messageUpdate({ text: 'a1' }),
      messageUpdate({ text: 'b1', chat: GROUP }),
      messageUpdate({ text: 'a2' }),
    );
    await ended;
    // a2 waits for a1, which is of the same conversation; b1 does not.
    expect(seen).toEqual([
      'telegram:100 a1',
      'telegram:101 b1',
      'telegram:100 a1',
      'telegram:100 a1',
      'telegram:102 a2',
    ]);
    expect(waits).toEqual([1_000, 2_000]);
    expect(fake.callsOf('getUpdates').map((call) => call.payload.offset)).toEqual([0, 100, 100]);
  });

  it('gives up an update that fails too often, logs it and goes on', async () => {
    const adapter = createAdapter({ maxFailures: 3 });
    const seen: string[] = [];
    const ended = new Promise<void>((resolve) => {
      void adapter.start(async (update) => {
        seen.push(update.id);
        if (update.id === 'telegram:100') throw new Error('poison');
        resolve();
      });
    });
    fake.push(messageUpdate({ text: 'a' }), messageUpdate({ text: 'b' }));
    await ended;
    expect(seen).toEqual(['telegram:100', 'telegram:100', 'telegram:100', 'telegram:101']);
    expect(logs.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/given up.*telegram:100.*poison/s),
    ]);
  });

  it('never gives up an update because the store cannot write', async () => {
    const adapter = createAdapter({ maxFailures: 2 });
    let tries = 0;
    const ended = new Promise<void>((resolve) => {
      void adapter.start(async () => {
        tries += 1;
        if (tries < 8) throw new BotError('STORE', 'not now');
        resolve();
      });
    });
    fake.push(messageUpdate({ text: 'a' }));
    await ended;
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
  });

  it('gives the same payload the same id', async () => {
    const { inbox } = await startWithInbox();
    fake.push({ update_id: 7, ...messageUpdate({ text: 'a' }) });
    fake.push({ update_id: 9, ...messageUpdate({ text: 'b' }) });
    const first = [await inbox.next(), await inbox.next()];
    const again = await startWithInbox();
    fake.push({ update_id: 7, ...messageUpdate({ text: 'a' }) });
    expect(await again.inbox.next()).toEqual(first[0]);
  });

  it('follows update ids that start anew at a lower number', async () => {
    const one = (update_id: number) => ({
      kind: 'result' as const,
      result: [{ update_id, ...messageUpdate({ text: 'a' }) }],
    });
    fake.fail('getUpdates', one(900), one(3));
    const { inbox } = await startWithInbox();
    expect([(await inbox.next()).id, (await inbox.next()).id]).toEqual(['telegram:900', 'telegram:3']);
    for (const offset of [0, 901, 4]) expect((await fake.nextCall('getUpdates')).payload.offset).toBe(offset);
  });

  it('tries again when the answer is no list of updates', async () => {
    fake.fail('getUpdates', { kind: 'result', result: true }, { kind: 'result', result: [{}, 'x', null] });
    const { inbox } = await startWithInbox();
    fake.push(messageUpdate({ text: 'a' }));
    expect((await inbox.next()).id).toBe('telegram:100');
    expect(waits).toEqual([1_000]);
  });
});

describe('polling trouble', () => {
  it('survives 5xx, 429, lost connections and unreadable answers', async () => {
    fake.fail(
      'getUpdates',
      { status: 502, description: 'Bad Gateway' },
      { kind: 'reset' },
      { status: 429, description: 'Too Many Requests', parameters: { retry_after: 7 } },
      { kind: 'garbage' },
    );
    const { inbox } = await startWithInbox();
    fake.push(messageUpdate({ text: 'a' }));
    expect((await inbox.next()).id).toBe('telegram:100');
    expect(waits).toEqual([1_000, 2_000, 7_000, 8_000]);
    expect(fake.callsOf('getMe')).toHaveLength(1);
  });

  it('ends a poll that Telegram does not end, and polls again', async () => {
    fake.fail('getUpdates', { kind: 'hang' });
    const { inbox } = await startWithInbox({ pollTimeoutS: 0, callTimeoutMs: 40 });
    fake.push(messageUpdate({ text: 'a' }));
    expect((await inbox.next()).id).toBe('telegram:100');
    expect(waits[0]).toBe(1_000);
  });

  it('connects anew with growing back-off after 409 and 401', async () => {
    const conflict = { status: 409, description: 'Conflict: terminated by other getUpdates request' };
    fake.fail('getUpdates', conflict, conflict, { status: 401, description: 'Unauthorized' });
    const { inbox } = await startWithInbox();
    fake.push(messageUpdate({ text: 'a' }));
    expect((await inbox.next()).id).toBe('telegram:100');
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(fake.callsOf('getMe')).toHaveLength(4);
    expect(fake.callsOf('deleteWebhook')).toHaveLength(4);
    expect(logs.filter((line) => line.startsWith('error'))).toHaveLength(3);
  });
});

describe('messages out', () => {
  it('sends a card as HTML with its buttons', async () => {
    await createAdapter().deliver(outgoing({ replyTo: '11' }));
    expect(fake.calls).toMatchObject([
      {
        method: 'sendMessage',
        payload: {
          chat_id: -100200,
          text: [
            '<b>路灯 &lt;维护&gt;</b>',
            '',
            '<b>主体责任</b>:住建局 &amp; 城管局',
            '<b>👉 配合责任:本镇</b>',
            '1 &lt; 2',
            '<i>《职责任务清单》第 12 项</i>',
          ].join('\n'),
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          reply_parameters: { message_id: 11, allow_sending_without_reply: true },
          reply_markup: {
            inline_keyboard: [
              [
                { text: '详情', callback_data: 'row duty:12' },
                { text: '不对', callback_data: 'wrong' },
              ],
              [{ text: '请编办答复这个没有列明的问题', callback_data: 'ask-office 路灯' }],
            ],
          },
        },
      },
    ]);
  });

  it('sends a text as it is, into its topic', async () => {
    const conversation = { platform: 'telegram', chatId: '-100200', threadId: '9', isDirect: false } as const;
    await createAdapter().deliver(outgoing({ conversation, reply: { text: '<b>1 & 2</b>' } }));
    expect(fake.calls[0]?.payload).toEqual({
      chat_id: -100200,
      message_thread_id: 9,
      text: '<b>1 & 2</b>',
      link_preview_options: { is_disabled: true },
    });
  });

  it('splits a long card at line ends, answers with the first part and puts the buttons under the last', async () => {
    const line = '责任<&>'.repeat(20);
    const blocks = Array.from({ length: 100 }, () => ({ kind: 'text', text: line }) as const);
    await createAdapter().deliver(outgoing({ reply: { card: { ...CARD, blocks } }, replyTo: '11' }));
    const payloads = fake.calls.map((call) => call.payload);
    expect(payloads).toHaveLength(3);
    const texts = payloads.map((payload) => visible(String(payload.text)));
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(TEXT_MAX);
    expect(texts.join('\n')).toBe([CARD.title, '', ...blocks.map(() => line)].join('\n'));
    expect(payloads.map((payload) => 'reply_markup' in payload)).toEqual([false, false, true]);
    expect(payloads.map((payload) => 'reply_parameters' in payload)).toEqual([true, false, false]);
  });

  it('splits within a line, a tag and beside a surrogate pair without breaking them', () => {
    const parts = renderReply({
      card: { title: `1${'😀'.repeat(4_000)}`, blocks: [], buttons: [] },
    });
    expect(parts.map((part) => part.text).every((text) => /^<b>.*<\/b>\n*$/su.test(text))).toBe(true);
    expect(
      parts
        .map((part) => visible(part.text))
        .join('')
        .trim(),
    ).toBe(`1${'😀'.repeat(4_000)}`);
    expect(parts.every((part) => Buffer.from(part.text).toString() === part.text)).toBe(true);
  });

  it('puts one to three buttons in a row and keeps their order', () => {
    const labels = ['是', '否', '不知', '下一页', '城市管理综合执法局', '住房和城乡建设局(主管)'];
    const buttons = labels.map((label, i) => ({ id: `b${i}`, label }));
    const [part] = renderReply({ card: { title: 't', blocks: [], buttons } });
    expect(part?.keyboard?.map((row) => row.length)).toEqual([3, 1, 1, 1]);
    expect(part?.keyboard?.flat().map((button) => button.text)).toEqual(labels);
  });

  it('edits in place, and takes "not modified" for done', async () => {
    const adapter = createAdapter();
    await adapter.deliver(outgoing({ editMessageId: '300' }));
    expect(fake.calls[0]).toMatchObject({
      method: 'editMessageText',
      payload: { chat_id: -100200, message_id: 300, parse_mode: 'HTML' },
    });
    fake.fail('editMessageText', { status: 400, description: 'Bad Request: message is not modified: same' });
    await adapter.deliver(outgoing({ editMessageId: '300', key: 'other' }));
    expect(fake.callsOf('sendMessage')).toEqual([]);
  });

  it('replaces a message with the text of a card that is refused', async () => {
    fake.fail('editMessageText', { status: 400, description: `Bad Request: can't parse entities` });
    await createAdapter().deliver(outgoing({ editMessageId: '300' }));
    const [, call] = fake.callsOf('editMessageText');
    expect(call?.payload.text).toBe(cardToText(CARD));
    expect(call?.payload).not.toHaveProperty('parse_mode');
    expect(call?.payload).not.toHaveProperty('reply_markup');
  });

  it('sends a card with a button that does not fit as text, and rejects a text that is refused', async () => {
    const adapter = createAdapter();
    const card = { ...CARD, buttons: [{ id: 'x', label: '长', value: '长'.repeat(30) }] };
    await adapter.deliver(outgoing({ reply: { card } }));
    expect(fake.calls[0]?.payload.text).toBe(cardToText(card));
    const refusal = { status: 400, description: 'Bad Request: not enough rights' };
    fake.fail('sendMessage', refusal, refusal);
    expect((await errorOf(adapter.deliver(outgoing({ key: 'other' })))).code).toBe('REJECTED');
  });

  it('follows a group that became a supergroup, without the old message ids', async () => {
    const adapter = createAdapter();
    fake.fail('sendMessage', {
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1009 },
    });
    await adapter.deliver(outgoing({ replyTo: '11' }));
    await adapter.deliver(outgoing({ editMessageId: '300', key: 'other' }));
    expect(fake.calls.map((call) => [call.method, call.payload.chat_id])).toEqual([
      ['sendMessage', -100200],
      ['sendMessage', -1009],
      ['sendMessage', -1009],
    ]);
    expect(fake.calls[1]?.payload).not.toHaveProperty('reply_parameters');
  });

  it('follows a group when Telegram announces the supergroup, and when an edit finds it out', async () => {
    const { adapter, inbox } = await startWithInbox();
    const chat = { id: -55, type: 'group' };
    fake.push(messageUpdate({ chat, more: { migrate_to_chat_id: -10055 } }), messageUpdate({ text: 'end' }));
    await inbox.next();
    const conversation = { platform: 'telegram', chatId: '-55', isDirect: false } as const;
    await adapter.deliver(outgoing({ conversation }));
    expect((await fake.nextCall('sendMessage')).payload.chat_id).toBe(-10055);
    const upgraded = {
      status: 400,
      description: 'Bad Request: upgraded',
      parameters: { migrate_to_chat_id: -9 },
    };
    fake.fail('editMessageText', upgraded);
    fake.fail('sendMessage', upgraded);
    await adapter.deliver(outgoing({ key: 'other', editMessageId: '300' }));
    expect(fake.callsOf('sendMessage').map((call) => call.payload.chat_id)).toEqual([-10055, -100200, -9]);
  });

  it('is one group to the core before and after its move and a restart, with one live card', async () => {
    const kept: { from: string; to: string }[] = [];
    const moves = {
      list: () => Promise.resolve([...kept]),
      add: (move: { from: string; to: string }) => Promise.resolve(void kept.push(move)),
    };
    const conversation = { platform: 'telegram', chatId: '-55', isDirect: false } as const;
    const first = await startWithInbox({ moves });
    const before = await first.adapter.deliver(outgoing({ conversation }));
    fake.push(messageUpdate({ chat: { id: -55, type: 'group' }, more: { migrate_to_chat_id: -10055 } }));
    const supergroup = { id: -10055, type: 'supergroup' };
    fake.push(messageUpdate({ chat: supergroup, text: `@${BOT.username} 路灯`, messageId: 7 }));
    expect(await first.inbox.next()).toMatchObject({ conversation, messageId: '-10055/7' });
    // The card of before cannot be edited there, and its number may be another message's: a new one, which is edited from then on.
    const edit = async (adapter: Adapter, editMessageId: string | null, key: string) =>
      adapter.deliver(outgoing({ conversation, key, ...(editMessageId && { editMessageId }) }));
    const after = await edit(first.adapter, before.messageId, 'a');
    expect(after.messageId).toMatch(/^-10055\/\d+$/);
    expect(await edit(first.adapter, after.messageId, 'b')).toEqual(after);
    await first.adapter.stop();
    fake.forget();
    const second = await startWithInbox({ moves });
    expect(await edit(second.adapter, after.messageId, 'c')).toEqual(after);
    await second.adapter.deliver(outgoing({ conversation, key: 'd', replyTo: '-10055/7' }));
    fake.push(messageUpdate({ chat: supergroup, text: `@${BOT.username} 路灯`, messageId: 8 }));
    expect(await second.inbox.next()).toMatchObject({ conversation });
    expect(kept).toEqual([{ from: '-55', to: '-10055' }]);
    expect(fake.callsOf('editMessageText').map(({ payload }) => payload.chat_id)).toEqual([-10055, -10055]);
    expect(fake.callsOf('sendMessage').map(({ payload }) => payload.chat_id)).toEqual([-55, -10055, -10055]);
    expect(fake.callsOf('sendMessage').at(-1)?.payload).toMatchObject({
      reply_parameters: { message_id: 7 },
    });
  });

  it('takes a timeout, a lost connection and an unreadable answer for UNCERTAIN', async () => {
    const adapter = createAdapter({ callTimeoutMs: 30 });
    fake.fail('sendMessage', { kind: 'hang' }, { kind: 'reset' }, { kind: 'garbage' });
    const timeout = await errorOf(adapter.deliver(outgoing()));
    expect(timeout).toMatchObject({ code: 'UNCERTAIN', message: expect.stringContaining('within 30 ms') });
    expect((await errorOf(adapter.deliver(outgoing()))).code).toBe('UNCERTAIN');
    expect((await errorOf(adapter.deliver(outgoing()))).code).toBe('UNCERTAIN');
  });

  it('keeps no connection of a 5xx whose body never ends', async () => {
    fake.fail('sendMessage', { kind: 'half' });
    expect((await errorOf(createAdapter().deliver(outgoing()))).code).toBe('UNCERTAIN');
    await fake.idle();
  });

  it('goes on with the part that failed when a delivery is repeated, and repeats no finished one', async () => {
    const adapter = createAdapter();
    const message = outgoing({ reply: { text: `${'甲'.repeat(TEXT_MAX)}乙` } });
    const limit = { status: 429, description: 'Too Many', parameters: { retry_after: 1 } };
    fake.fail('sendMessage', { kind: 'result', result: {} }, limit);
    expect((await errorOf(adapter.deliver(message))).code).toBe('RATE_LIMITED');
    await adapter.deliver(message);
    await adapter.deliver(message);
    const lengths = fake.callsOf('sendMessage').map((call) => String(call.payload.text).length);
    expect(lengths).toEqual([TEXT_MAX, 1, 1]);
  });
});

describe('stop', () => {
  // Shorter than the 5 s after which Node's own agent would close the connection.
  it('leaves no timer and no connection, and refuses further deliveries', { timeout: 3_000 }, async () => {
    const before = process.getActiveResourcesInfo().filter(isTimer).length;
    const { adapter } = await startWithInbox({ wait: undefined });
    await adapter.deliver(outgoing());
    await fake.nextCall('getUpdates');
    expect(fake.openSockets()).toBeGreaterThan(0);
    await adapter.stop();
    await fake.idle();
    expect(process.getActiveResourcesInfo().filter(isTimer).length).toBeLessThanOrEqual(before);
    expect((await errorOf(adapter.deliver(outgoing({ key: 'other' })))).code).toBe('UNAVAILABLE');
    await adapter.stop();
  });

  it('ends a back-off at once', async () => {
    const waiting = new Promise<AbortSignal>((resolve) => {
      fake.fail('getUpdates', { status: 502, description: 'Bad Gateway' });
      void startWithInbox({
        wait: (_ms, signal) => {
          resolve(signal);
          return new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new Error('aborted'))),
          );
        },
      });
    });
    await waiting;
    await adapters[0]?.stop();
    await fake.idle();
  });

  it('waits for the update under way, confirms it and leaves the rest to the next start', async () => {
    const adapter = createAdapter();
    let finish = () => undefined as void;
    const begun = new Promise<void>((resolve) => {
      void adapter.start(() => {
        resolve();
        return new Promise<void>((done) => (finish = done));
      });
    });
    await fake.nextCall('getUpdates');
    fake.push(messageUpdate({ text: 'a' }), messageUpdate({ text: 'b' }));
    await begun;
    const stopped = adapter.stop();
    finish();
    await stopped;
    expect((await fake.nextCall('getUpdates')).payload).toMatchObject({ offset: 101, timeout: 0 });
    expect(fake.pending()).toEqual([101]);
  });

  it('waits for a message under way', async () => {
    const adapter = createAdapter({ callTimeoutMs: 60 });
    fake.fail('sendMessage', { kind: 'hang' });
    const ends: string[] = [];
    const sent = errorOf(adapter.deliver(outgoing())).then(() => ends.push('message'));
    await fake.nextCall('sendMessage');
    await adapter.stop().then(() => ends.push('stop'));
    await sent;
    expect(ends).toEqual(['message', 'stop']);
  });

  it('is harmless before a start and ends one under way', async () => {
    await createAdapter().stop();
    const adapter = createAdapter();
    fake.fail('getMe', { kind: 'hang' });
    const started = errorOf(adapter.start(async () => undefined));
    await fake.nextCall('getMe');
    await adapter.stop();
    expect((await started).code).toBe('UNAVAILABLE');
    await fake.idle();
  });
});

describe('secrets', () => {
  it('puts the token into no log and no error, whatever goes wrong', async () => {
    const errors: unknown[] = [];
    const garbage = { kind: 'garbage' } as const;
    fake.fail('getMe', garbage, { kind: 'reset' }, { status: 404, description: `no ${TOKEN}` });
    for (let i = 0; i < 3; i += 1) errors.push(await errorOf(createAdapter().start(async () => undefined)));
    const apiRoot = `http://127.0.0.1:${await closedPort()}`;
    errors.push(await errorOf(createAdapter({ apiRoot }).start(async () => undefined)));
    fake.fail('getUpdates', garbage, { kind: 'reset' }, { status: 409, description: 'Conflict' });
    fake.fail('answerCallbackQuery', garbage);
    const { adapter, inbox } = await startWithInbox();
    fake.push(clickUpdate('row'));
    await inbox.next();
    fake.fail('sendMessage', garbage, { kind: 'reset' });
    errors.push(await errorOf(adapter.deliver(outgoing())), await errorOf(adapter.deliver(outgoing())));
    await adapter.stop();
    const all = [...logs, ...errors.map((error) => inspect(error, { depth: 9, showHidden: true }))].join(
      '\n',
    );
    expect(all).toContain('REDACTED');
    expect(all).not.toContain(TOKEN.split(':')[1]);
  });
});

function visible(html: string): string {
  return html
    .replace(/<\/?[bi]>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function isTimer(resource: string): boolean {
  return resource === 'Timeout';
}

async function closedPort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
