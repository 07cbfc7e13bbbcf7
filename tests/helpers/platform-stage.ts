/** Township people on Telegram, county people on Feishu, the real SDKs against fake servers, one bot between them. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { openSampleAssistant, type SampleAssistant } from './assistant.js';
import type { Platform } from '../../src/core/chat.js';
import { createClock } from './clock.js';
import { createLogRecorder } from './context.js';
import * as feishuFake from './fake-feishu.js';
import { buttonsOf } from './feishu-card.js';
import * as telegramFake from './fake-telegram.js';
import { makeFolder } from './folder.js';
import { openDoors } from './knock.js';
import { advanceBy, createScreens, GROUP_OF, passing, type Stage } from './stage.js';
import { createSampleBot } from './talk.js';

const FIRST_TELEGRAM = 500_000;
/** The chat of GROUP_OF. */
export const TELEGRAM_GROUP = -100_500;
const STRANGER = 900_001;
/** The bot keeps to the platforms' pace; people see the last message so many seconds later at most. */
const PACED_SECONDS = 30;
const isTownship = (unit: string): boolean => /(镇|街道|乡)$/.test(unit);

/** The sample county with its people bound to the two platforms instead of the terminal; `groups` is its groups.csv. */
export const openPlatformAssistant = (groups?: string): Promise<SampleAssistant> =>
  openBoundAssistant({
    ...{ platforms: ['telegram', 'feishu'], groups },
    accountOf: (unit, number) =>
      isTownship(unit) ? `telegram:${FIRST_TELEGRAM + number}` : `feishu:ou_p${number}`,
  });

export type Binding = {
  platforms: Platform[];
  /** Of the person of this number. */
  accountOf: (unit: string, number: number) => string;
  /** groups.csv. */
  groups?: string | undefined;
};

export async function openBoundAssistant({
  platforms,
  accountOf,
  groups,
}: Binding): Promise<SampleAssistant> {
  const dir = makeFolder();
  for (const name of ['lists', 'calendar', 'requests', 'reminders', 'encoder', 'calibration'])
    symlinkSync(join(process.cwd(), 'knowledge', name), join(dir, name));
  cpSync('knowledge/organizations', join(dir, 'organizations'), { recursive: true });
  const numbers = new Map<string, number>();
  const lines = readFileSync('knowledge/organizations/people.csv', 'utf8').trim().split('\n');
  const bound = lines.map((line, i) => {
    const [name = '', unit = '', ...rest] = line.split(',');
    if (i === 0) return line;
    const number = numbers.get(`${unit}/${name}`) ?? numbers.size;
    numbers.set(`${unit}/${name}`, number);
    return [name, unit, ...rest.slice(0, -1), accountOf(unit, number)].join(',');
  });
  writeFileSync(join(dir, 'organizations/people.csv'), `${bound.join('\n')}\n`);
  if (groups !== undefined) writeFileSync(join(dir, 'organizations/groups.csv'), groups);
  return openSampleAssistant({ KNOWLEDGE_DIR: dir }, platforms);
}

type Json = Record<string, unknown>;

export async function startPlatformStage(
  assistant: SampleAssistant,
  start?: number,
  { dir = makeFolder(), byWebhook = false }: { dir?: string; byWebhook?: boolean } = {},
): Promise<Stage> {
  const clock = createClock(start);
  const store = await openLowdbStore(dir);
  const log = createLogRecorder();
  const telegram = await telegramFake.startFakeTelegram();
  const feishu = await feishuFake.startFakeFeishu();
  const doors = byWebhook ? await openDoors() : null;
  if (doors) Object.assign(feishu.state, { webhook: `${doors.url}/feishu`, now: clock });
  const adapters = [
    createTelegramAdapter({
      ...{ token: telegramFake.TOKEN, apiRoot: telegram.apiRoot, log, now: clock },
      ...(doors && { webhook: { door: doors.at('/telegram'), url: `${doors.url}/telegram` } }),
    }),
    createFeishuAdapter({
      appId: feishuFake.APP_ID,
      appSecret: feishuFake.APP_SECRET,
      domain: feishu.domain,
      log,
      now: clock,
      ...(doors && {
        webhook: {
          door: doors.at('/feishu'),
          ...{ encryptKey: feishuFake.ENCRYPT_KEY, verificationToken: feishuFake.VERIFICATION_TOKEN },
        },
      }),
    }),
  ];
  const bot = createSampleBot(assistant, { store, adapters, clock });
  const screens = createScreens();
  const handledWaiters: (() => void)[] = [];
  for (const adapter of adapters)
    await adapter.start(async (update) => {
      try {
        await bot.accept(update);
      } finally {
        handledWaiters.shift()?.();
      }
    });
  await feishu.listening();

  /** Somebody whom the directory does not know writes on Telegram. */
  const accounts = new Map<string, string>();
  const accountOf = (person: string): string => {
    // The first one: whose it is may change, the person's telephone stays the same.
    const account =
      accounts.get(person) ??
      assistant.tools.directory.personNamed(person)?.accounts[0] ??
      `telegram:${STRANGER}`;
    accounts.set(person, account);
    return account;
  };
  const isOnTelegram = (person: string) => accountOf(person).startsWith('telegram:');
  const idOf = (person: string) => accountOf(person).split(':')[1] ?? '';
  /** `ou_p7` and its direct chat `oc_p7` are one screen. */
  const screenOf = (person: string) =>
    person === GROUP_OF.name ? String(TELEGRAM_GROUP) : idOf(person).replace('ou_', 'oc_');
  const seenCalls = { telegram: 0, feishu: 0 };
  let count = 0;

  const readTelegram = (): void => {
    for (const { method, payload, sentId } of telegram.calls.slice(seenCalls.telegram)) {
      const isEdit = method === 'editMessageText';
      if (!isEdit && !/^send(Message|Photo|Document)$/.test(method)) continue;
      // Refused: nothing is shown.
      if (!isEdit && sentId === undefined) continue;
      const id = String(isEdit ? payload['message_id'] : sentId);
      const markup = payload['reply_markup'] as { inline_keyboard: Json[][] } | undefined;
      const text =
        method === 'sendPhoto'
          ? `[photo] ${String(payload['caption'] ?? '')}`
          : String(payload['text'] ?? payload['caption'] ?? '');
      const buttons = (markup?.inline_keyboard ?? []).flat().map((button) => ({
        label: String(button['text']),
        press: (person: string) =>
          pressTelegram(
            { from: from(person), chat: placeOf(String(payload['chat_id']), person) },
            String(button['callback_data']),
            Number(id),
          ),
      }));
      const seen = { id, text: text.replace(/<\/?[bi]>/g, ''), buttons };
      screens.show(String(payload['chat_id']), seen, isEdit ? id : undefined);
    }
    seenCalls.telegram = telegram.calls.length;
  };

  const readFeishu = (): void => {
    for (const call of feishu.calls.slice(seenCalls.feishu)) {
      if (!['create', 'reply', 'patch', 'answer'].includes(call.method)) continue;
      const isEdit = call.method === 'patch' || call.method === 'answer';
      const id = isEdit ? (call.messageId ?? '') : (call.sentId ?? '');
      const chat = isEdit
        ? chatOfMessage.get(id)
        : String(call.body['receive_id'] ?? '').replace('ou_', 'oc_');
      if (!chat) continue;
      chatOfMessage.set(id, chat);
      const content = JSON.parse(String(call.body['content'])) as Json;
      const texts = textsOf(content).join('\n');
      const buttons = buttonsOf(content).map(({ label, value }) => ({
        label,
        press: (person: string) => pressFeishu(person, value, id, chat),
      }));
      screens.show(
        chat,
        { id, text: call.body['msg_type'] === 'image' ? '[photo]' : texts, buttons },
        isEdit ? id : undefined,
      );
    }
    seenCalls.feishu = feishu.calls.length;
  };
  const chatOfMessage = new Map<string, string>();
  const look = (): void => {
    readTelegram();
    readFeishu();
  };

  /** `isHeard` false: the adapter drops it, and nothing is handled. */
  const settled = async (act: () => unknown, isHeard = true): Promise<void> => {
    screens.forget();
    const handled = isHeard ? new Promise<void>((resolve) => handledWaiters.push(resolve)) : null;
    await act();
    await handled;
    await bot.idle();
    for (let i = 0; i < PACED_SECONDS && (await store.listOutgoing()).length > 0; i++)
      await advanceBy(bot, clock, 1_000);
    look();
  };
  const from = (person: string) => ({ id: Number(idOf(person)), is_bot: false, first_name: person });
  const chat = (person: string) => ({ id: Number(idOf(person)), type: 'private' });
  const date = () => Math.floor(clock() / 1_000);
  /** A card in the group is pressed there; another person's was forwarded to who presses. */
  const placeOf = (chatId: string, person: string) =>
    chatId === String(TELEGRAM_GROUP) ? { id: TELEGRAM_GROUP, type: 'supergroup' } : chat(person);
  const pressTelegram = (pressed: Json, data: string, messageId: number) =>
    settled(() =>
      telegram.push({
        callback_query: {
          id: `q${++count}`,
          from: pressed['from'],
          chat_instance: '1',
          data,
          message: { message_id: messageId, date: date(), chat: pressed['chat'] },
        },
      }),
    );
  const pressFeishu = (person: string, value: unknown, messageId: string, chatId: string) => {
    const made = feishuFake.clickEvent(value, { messageId, chatId, operatorId: idOf(person) });
    const header = { ...made.header, event_id: `ev_${++count}`, create_time: String(clock() * 1_000) };
    const isForwarded = screenOf(person) !== chatId;
    return settled(() => feishu.publish({ ...made, header }), !isForwarded);
  };

  return {
    bot,
    store,
    clock,
    say(person, text, { photos = [], file, isInGroup = false } = {}) {
      count += 1;
      if (isInGroup) {
        const called = `@${telegramFake.BOT.username} ${text}`;
        const group = { id: TELEGRAM_GROUP, type: 'supergroup' };
        const more = { date: date() };
        const options = { text: called, chat: group, from: from(person), messageId: 10_000 + count, more };
        return settled(() => telegram.push(telegramFake.messageUpdate(options)));
      }
      if (isOnTelegram(person)) {
        for (const { name } of photos) telegram.addFile(name, `photos/${name}`, Buffer.from('jpeg'));
        const photo = photos.map(({ name }) => ({
          file_id: name,
          file_unique_id: name,
          width: 9,
          height: 9,
        }));
        if (file) telegram.addFile(file.name, `documents/${count}`, Buffer.from(file.bytes));
        const document = file && { file_id: file.name, file_unique_id: file.name, file_name: file.name };
        const words = document ? { document } : photos.length > 0 ? { photo, caption: text } : { text };
        const message = {
          message_id: 10_000 + count,
          date: date(),
          chat: chat(person),
          from: from(person),
          ...words,
        };
        return settled(() => telegram.push({ message }));
      }
      const messageId = `om_in_${count}`;
      for (const { name } of photos) feishu.addResource(messageId, name, Buffer.from('jpeg'), 'image/jpeg');
      if (file) feishu.addResource(messageId, 'file_1', Buffer.from(file.bytes));
      const post = {
        title: '',
        content: [[{ tag: 'text', text }], ...photos.map(({ name }) => [{ tag: 'img', image_key: name }])],
      };
      const made = feishuFake.messageEvent(text, {
        messageId,
        senderId: idOf(person),
        chatId: screenOf(person),
        chatType: 'p2p',
        ...(photos.length > 0 && { type: 'post', content: post }),
        ...(file && { type: 'file', content: { file_key: 'file_1', file_name: file.name } }),
      });
      const message = { ...made.event.message, create_time: String(clock()) };
      return settled(() => feishu.publish({ ...made, event: { ...made.event, message } }));
    },
    click: (person, label, by = person) => screens.find(screenOf(person), label).press(by),
    ...passing({ bot, clock }, screens, look),
    block: (person) => telegram.block(screenOf(person)),
    changed: (person) => screens.changed(screenOf(person)),
    buttons: (person) => screens.withButtons(screenOf(person))?.buttons.map(({ label }) => label) ?? [],
    async close() {
      for (const adapter of adapters) await adapter.stop();
      await bot.idle();
      await store.close();
      await Promise.all([telegram.close(), feishu.close(), doors?.close()]);
      expect(feishu.state.badCards, 'cards that Feishu refuses').toEqual([]);
    },
  };
}

/** All that a card or text shows, entities undone. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(([key, child]) =>
    (key === 'text' || key === 'content') && typeof child === 'string' ? [unescape(child)] : [],
  );
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

const unescape = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\*\*|<[^>]+>/g, '');
