/** The emulator that others write: it knows a few calls only, and answers question, button and edit by them. */
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import type { Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import type { Store } from '../../src/core/store.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { useAssistant } from '../helpers/assistant.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createSampleBot } from '../helpers/talk.js';

const TOKEN = '123456:emulated';
const USER = { userId: 4_711, chatId: 4_711, firstName: '张三', userName: 'zhangsan' };
const assistant = useAssistant();
let server: TelegramServer;
let store: Store;
let adapter: Adapter;
let bot: Bot;
let clock: MovableClock;

/** The emulator takes no 0. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

beforeEach(async () => {
  server = new TelegramServer({ host: '127.0.0.1', port: await freePort() });
  await server.start();
  clock = createClock();
  store = await openLowdbStore(makeFolder());
  adapter = createTelegramAdapter({ token: TOKEN, apiRoot: server.config.apiURL, log: createLogRecorder() });
  bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
  await adapter.start(bot.accept);
});
afterEach(async () => {
  await adapter.stop();
  await bot.idle();
  await store.close();
  await server.stop();
});

type Sent = { messageId: number; message: { text: string; reply_markup?: unknown } };
const sent = (): Sent[] =>
  server.storage.botMessages.map(({ messageId, message }) => ({
    messageId,
    message: message as Sent['message'],
  }));
const keysOf = ({ message }: Sent): { text: string; callback_data: string }[] => {
  const markup = message.reply_markup;
  const read = (typeof markup === 'string' ? JSON.parse(markup) : markup) as
    { inline_keyboard?: { text: string; callback_data: string }[][] } | undefined;
  return read?.inline_keyboard?.flat() ?? [];
};
/** Until it stands there; meanwhile the pace of the chat goes on. */
const until = async <T>(find: () => T | undefined): Promise<T> => {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    await bot.runDue();
  }
};

it('a question is answered, its button answers, a card that changes is edited where it stands', async () => {
  const client = server.getClient(TOKEN, USER);
  await client.sendMessage(client.makeMessage('路灯坏了归谁管'));
  const answer = await until(() => sent().find(({ message }) => message.text.includes('第36项')));
  const township = keysOf(answer).find(({ text }) => text === '镇街要做什么');
  const press = (data: string | undefined, { messageId }: Sent) =>
    client.sendCallback(client.makeCallbackQuery(data ?? '', { message: { message_id: messageId } }));
  await press(township?.callback_data, answer);
  const part = await until(() => sent().find(({ message }) => message.text.includes('镇街职责')));
  expect(part.message.text).toContain('村内道路');
  await client.sendMessage(client.makeMessage('住建局牵头的有哪些'));
  const page = await until(() => sent().find((it) => keysOf(it).some(({ text }) => text === '下一页')));
  const before = page.message.text;
  await press(keysOf(page).find(({ text }) => text === '下一页')?.callback_data, page);
  const after = await until(() =>
    sent().find(({ messageId, message }) => messageId === page.messageId && message.text !== before),
  );
  expect(after.message.text).toContain('第 2/3 页');
}, 120_000);
