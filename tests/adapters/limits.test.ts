/** More notices than a minute takes and a question in between, on platforms that enforce their limits. */
import { expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { createBot } from '../../src/core/bot.js';
import { replyText, send } from '../../src/core/effects.js';
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

/** All notices are put in at once by a timer; after 5 s the person of the last of them asks something. */
async function play(
  adapter: Adapter,
  clock: ReturnType<typeof createClock>,
  { count, idOf }: { count: number; idOf: (i: number) => string },
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
          send({ platform, chatId: idOf(i), isDirect: true }, { text: `通知 ${i}` }),
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
