/** The real assistant, bot and adapter against a Bot API server on loopback. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import type { Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { useAssistant } from '../helpers/assistant.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import {
  BOT,
  clickUpdate,
  GROUP,
  messageUpdate,
  startFakeTelegram,
  TOKEN,
  type Call,
  type FakeTelegram,
} from '../helpers/fake-telegram.js';
import { makeFolder } from '../helpers/folder.js';
import { createSampleBot } from '../helpers/talk.js';
import type { Store } from '../../src/core/store.js';

const assistant = useAssistant();
let fake: FakeTelegram;
let store: Store;
let adapter: Adapter;
let bot: Bot;

beforeEach(async () => {
  fake = await startFakeTelegram();
  store = await openLowdbStore(makeFolder());
  adapter = createTelegramAdapter({ token: TOKEN, apiRoot: fake.apiRoot, log: createLogRecorder() });
  bot = createSampleBot(assistant(), { store, adapters: [adapter], clock: createClock() });
  await adapter.start(bot.accept);
});

afterEach(async () => {
  await adapter.stop();
  await bot.idle();
  await store.close();
  await fake.close();
});

const QUESTION = `@${BOT.username} 路灯坏了归谁管`;
const sent = () => fake.nextCall('sendMessage');
const textOf = (call: Call) => String(call.payload['text']);

function buttonsOf({ payload }: Call): { text: string; callback_data: string }[] {
  const markup = payload['reply_markup'] as
    { inline_keyboard: { text: string; callback_data: string }[][] } | undefined;
  return markup?.inline_keyboard.flat() ?? [];
}

describe('telegram, end to end', () => {
  it('answers a mention in a group with the row as a card, in reply to the question', async () => {
    fake.push(messageUpdate({ text: QUESTION, chat: GROUP, messageId: 77 }));
    const answer = await sent();
    expect(answer.payload).toMatchObject({
      chat_id: GROUP.id,
      parse_mode: 'HTML',
      reply_parameters: { message_id: 77 },
    });
    for (const part of ['城乡路灯等照明设施管护', '县住房和城乡建设局', '第36项'])
      expect(textOf(answer)).toContain(part);
    expect(buttonsOf(answer).map((b) => b.text)).toContain('镇街要做什么');
  });

  it('shows the township part when its button is pressed, and lets the button rest', async () => {
    fake.push(messageUpdate({ text: QUESTION, chat: GROUP }));
    const button = buttonsOf(await sent()).find((b) => b.text === '镇街要做什么');
    fake.push(clickUpdate(button?.callback_data ?? ''));
    const card = await sent();
    expect(textOf(card)).toContain('镇街要做什么');
    expect(textOf(card)).toContain('村内道路');
    expect(textOf(card)).toContain('第36项');
    await fake.nextCall('answerCallbackQuery');
  });

  it('answers once what is delivered twice', async () => {
    const question = { update_id: 900, ...messageUpdate({ text: QUESTION, chat: GROUP }) };
    const end = messageUpdate({ text: `@${BOT.username} 帮助`, chat: GROUP, messageId: 12 });
    fake.push(question, question, end);
    expect(textOf(await sent())).toContain('第36项');
    expect(textOf(await sent())).toContain('清单');
    await bot.idle();
    expect(fake.callsOf('sendMessage')).toHaveLength(2);
  });

  it('stays silent in a group where nobody speaks to it', async () => {
    fake.push(
      messageUpdate({ text: '路灯坏了归谁管', chat: GROUP }),
      messageUpdate({ chat: GROUP, messageId: 13, more: { photo: [{ file_id: 'f' }] } }),
      messageUpdate({ text: `@${BOT.username} 帮助`, chat: GROUP, messageId: 12 }),
    );
    expect(textOf(await sent())).not.toContain('第36项');
    await bot.idle();
    expect(fake.callsOf('sendMessage')).toHaveLength(1);
  });
});
