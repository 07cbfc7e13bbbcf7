/** More notices than a minute takes and a question in between, on platforms that enforce their limits. */
import { expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { createBot } from '../../src/core/bot.js';
import { replyText, send } from '../../src/core/effects.js';
import type { Reply } from '../../src/core/chat.js';
import type { Adapter } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createClock, START } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';
import { makeFolder } from '../helpers/folder.js';

const STEP_MS = 50;
/** `NOTICES=2000` runs the whole bar; in the suite fewer show the same. */
const FEISHU_NOTICES = Number(process.env['NOTICES'] ?? 1_200);
const TELEGRAM_NOTICES = Number(process.env['NOTICES'] ?? 600);
/** The limits of an app: 1,000 a minute, 30 a second. */
const IDEAL_MS = { feishu: (FEISHU_NOTICES * 60_000) / 1_000, telegram: (TELEGRAM_NOTICES * 1_000) / 30 };
/** Of the real clock: each notice is a call over loopback. */
const PLAYED_MS = 300_000;

type Played = { doneMs: number; refused: number; answeredMs: number; sent: number };

type Notices = { count: number; idOf: (i: number) => string; replyOf?: (i: number) => Reply };

const isPerson = (id: string): boolean => !/^(?:-|oc_)/.test(id);

/** All notices are put in at once by a timer; after 5 s the person of the last of them asks something. */
async function play(
  adapter: Adapter,
  clock: ReturnType<typeof createClock>,
  { count, idOf, replyOf = (i) => ({ text: `通知 ${i}` }) }: Notices,
  read: () => { sent: number; refused: number; texts: () => string[] },
): Promise<Played> {
  const store = await openLowdbStore(makeFolder());
  let id = 0;
  const { name: platform } = adapter;
  const bot = createBot({
    ...{ store, adapters: [adapter], middleware: [], clock, log: createLogRecorder() },
    match: () => Promise.resolve({ match: makeContext().match, text: '', raw: '' }),
    handlers: { ask_responsibility: () => [replyText('答复')] },
    timers: {
      notices: () =>
        Array.from({ length: count }, (_, i) =>
          send({ platform, chatId: idOf(i), isDirect: isPerson(idOf(i)) }, replyOf(i)),
        ),
    },
    personOf: () => null,
    editionId: () => '',
    ids: () => `lease-${++id}`,
  });
  await store.commit([{ kind: 'schedule', timer: { key: 'n', runAt: START, kind: 'notices', payload: {} } }]);
  let answeredMs = -1;
  let isAsked = false;
  for (;;) {
    await bot.runDue();
    await bot.idle();
    const at = clock() - START;
    if (
      isAsked &&
      answeredMs < 0 &&
      read()
        .texts()
        .some((text) => text.includes('答复'))
    )
      answeredMs = at - 5_000;
    if ((await store.listOutgoing()).length === 0) break;
    clock.advance(STEP_MS);
    if (!isAsked && at >= 5_000 - STEP_MS) {
      isAsked = true;
      const chatId = idOf(count - 1);
      await bot.accept(
        makeMessage({
          ...{ id: `${platform}:q`, at: clock(), user: { platform, id: chatId } },
          conversation: { platform, chatId, isDirect: true },
        }),
      );
    }
  }
  await store.close();
  const { sent, refused } = read();
  return { doneMs: clock() - START, refused, answeredMs, sent };
}

it(
  `Feishu: ${FEISHU_NOTICES} notices within 1.1 of the ideal time, nothing refused, a question answered meanwhile`,
  async () => {
    const clock = createClock();
    const fake = await feishu.startFakeFeishu({ clock });
    const adapter = createFeishuAdapter({
      ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain },
      ...{ log: createLogRecorder(), now: clock },
    });
    await adapter.start(() => Promise.resolve());
    const result = await play(adapter, clock, { count: FEISHU_NOTICES, idOf: (i) => `ou_p${i}` }, () => {
      const calls = fake.callsOf('create');
      const sent = calls.filter(({ isAnswered }) => isAnswered);
      return {
        ...{ sent: sent.length, refused: calls.length - sent.length },
        texts: () => sent.map(({ body }) => String(body['content'])),
      };
    });
    expect(result.doneMs).toBeLessThanOrEqual(1.1 * IDEAL_MS.feishu);
    expect(result.refused).toBe(0);
    expect(result.sent).toBe(FEISHU_NOTICES + 1);
    expect(result.answeredMs).toBeGreaterThanOrEqual(0);
    expect(result.answeredMs).toBeLessThan(3_000);
    await adapter.stop();
    await fake.close();
  },
  PLAYED_MS,
);

it(
  `Telegram: ${TELEGRAM_NOTICES} notices within 30 a second, nothing refused, a question answered meanwhile`,
  async () => {
    const clock = createClock();
    const fake = await telegram.startFakeTelegram({ clock });
    const adapter = createTelegramAdapter({
      ...{ token: telegram.TOKEN, apiRoot: fake.apiRoot, log: createLogRecorder(), now: clock },
    });
    await adapter.start(() => Promise.resolve());
    const result = await play(
      adapter,
      clock,
      { count: TELEGRAM_NOTICES, idOf: (i) => String(1_000 + i) },
      () => {
        const calls = fake.callsOf('sendMessage');
        const sent = calls.filter(({ isAnswered }) => isAnswered);
        return {
          ...{ sent: sent.length, refused: calls.length - sent.length },
          texts: () => sent.map(({ payload }) => String(payload.text)),
        };
      },
    );
    expect(result.doneMs).toBeLessThanOrEqual(1.1 * IDEAL_MS.telegram);
    expect(result).toMatchObject({ refused: 0, sent: TELEGRAM_NOTICES + 1 });
    expect(result.answeredMs).toBeGreaterThanOrEqual(0);
    expect(result.answeredMs).toBeLessThan(3_000);
    await adapter.stop();
    await fake.close();
  },
  PLAYED_MS,
);

/** What takes several calls: a picture with a text, a long text, and between them one that takes a single one. */
const MIXED = 300;
const mixed = (i: number): Reply => {
  const photo = { platform: 'console', kind: 'photo', id: 'x', name: '现场.jpg', content: 'bytes' } as const;
  if (i % 3 === 0) return { attachment: photo, text: `第 ${i} 号。${'说明。'.repeat(400)}` };
  return i % 3 === 1 ? { text: '长。'.repeat(2_500) } : { text: `通知 ${i}` };
};

it(
  `counts the calls, not the messages: ${MIXED} pictures, long and short texts to people and a group`,
  async () => {
    const clock = createClock();
    const log = createLogRecorder();
    const onTelegram = await telegram.startFakeTelegram({ clock });
    const first = createTelegramAdapter({
      ...{ token: telegram.TOKEN, apiRoot: onTelegram.apiRoot, log, now: clock },
    });
    await first.start(() => Promise.resolve());
    const sends = () => onTelegram.calls.filter(({ method }) => method.startsWith('send'));
    const idOf = (i: number) => (i % 10 === 0 && i > 0 ? '-100' : String(1_000 + i));
    const played = await play(first, clock, { count: MIXED, idOf, replyOf: mixed }, () => ({
      ...{ sent: sends().filter(({ isAnswered }) => isAnswered).length, texts: () => [] },
      refused: sends().filter(({ isAnswered }) => !isAnswered).length,
    }));
    expect(played.sent).toBeGreaterThan(1.6 * MIXED);
    expect(played.refused).toBeLessThanOrEqual(0.01 * played.sent);
    await first.stop();
    await onTelegram.close();

    const onFeishu = await feishu.startFakeFeishu({ clock });
    const second = createFeishuAdapter({
      ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: onFeishu.domain, log, now: clock },
    });
    await second.start(() => Promise.resolve());
    const persons = (i: number) => (i % 10 === 0 && i > 0 ? 'oc_group' : `ou_p${i}`);
    const ended = await play(second, clock, { count: MIXED, idOf: persons, replyOf: mixed }, () => {
      const calls = onFeishu.callsOf('create');
      const sent = calls.filter(({ isAnswered }) => isAnswered);
      return { sent: sent.length, refused: calls.length - sent.length, texts: () => [] };
    });
    expect(ended.sent).toBeGreaterThan(1.3 * MIXED);
    expect(ended.refused).toBeLessThanOrEqual(0.01 * ended.sent);
    await second.stop();
    await onFeishu.close();
  },
  PLAYED_MS,
);
