/** Two processes on one database send for one app: together they keep to its limit, and both wait when it says so. */
import { expect, it } from 'vitest';
import { createBot, type Bot } from '../../../src/core/bot.js';
import { BotError } from '../../../src/core/errors.js';
import type { Change, Store } from '../../../src/core/store.js';
import { openPostgresStore } from '../../../src/store/postgres/index.js';
import { createRecorder } from '../../helpers/adapter.js';
import { createClock, START } from '../../helpers/clock.js';
import { createLogRecorder } from '../../helpers/context.js';
import { createSchema } from '../../helpers/postgres.js';

const LIMIT = { count: 10, perMs: 1_000 };
const STEP_MS = 50;

async function open() {
  const schema = await createSchema();
  const clock = createClock();
  const sent: { at: number; by: number; key: string }[] = [];
  /** Until when the app answers 429. */
  let refusedUntil = 0;
  const stores: Store[] = [];
  const bots: Bot[] = [];
  for (const by of [0, 1]) {
    const store = await openPostgresStore({ url: schema.url, log: createLogRecorder(), recordKey: null });
    stores.push(store);
    const adapter = createRecorder({
      ...{ name: 'telegram', appPace: [LIMIT] },
      deliver: ({ key }, _content, onCall) => {
        onCall?.();
        sent.push({ at: clock(), by, key });
        return clock() < refusedUntil
          ? Promise.reject(new BotError('RATE_LIMITED', '429', { retryAfterMs: refusedUntil - clock() }))
          : Promise.resolve({ messageId: key });
      },
    });
    let id = 0;
    bots.push(
      createBot({
        ...{
          store,
          adapters: [adapter],
          handlers: {},
          timers: {},
          middleware: [],
          clock,
          log: createLogRecorder(),
        },
        match: () => Promise.resolve(null),
        personOf: () => null,
        editionId: () => '',
        ids: () => `lease-${by}-${++id}`,
      }),
    );
  }
  const turn = async (ms = STEP_MS): Promise<void> => {
    clock.advance(ms);
    for (const bot of bots) await bot.runDue();
    for (const bot of bots) await bot.idle();
  };
  const put = (from: number, count: number) =>
    stores[0]?.commit(
      Array.from({ length: count }, (_, i): Change => {
        const conversation = { platform: 'telegram', chatId: `c${from + i}`, isDirect: true } as const;
        const message = { key: `n${from + i}`, conversation, reply: { text: '通知' }, rank: 2 as const };
        return { kind: 'outgoing', message, runAt: clock() };
      }),
    );
  // Their beats cross.
  await turn();
  await turn(5_000);
  return {
    ...{ clock, sent, turn, put, bots },
    refuseFor: (ms: number) => void (refusedUntil = clock() + ms),
    close: async () => {
      for (const store of stores) await store.close();
      await schema.drop();
    },
  };
}

it('divide its limit among them, and both send', async () => {
  const { sent, turn, put, close } = await open();
  await put(0, 60);
  for (let i = 0; i < 400 && sent.length < 60; i += 1) await turn();
  expect(sent).toHaveLength(60);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(60);
  for (const [i, { at }] of sent.entries())
    expect((sent[i + LIMIT.count]?.at ?? Infinity) - at).toBeGreaterThanOrEqual(LIMIT.perMs);
  for (const by of [0, 1]) expect(sent.filter((it) => it.by === by).length).toBeGreaterThan(15);
  await close();
}, 60_000);

it('wait both when one is told to', async () => {
  const { clock, sent, turn, put, bots, refuseFor, close } = await open();
  refuseFor(60_000);
  const until = clock() + 60_000;
  await put(100, 1);
  // The first process alone meets the limit.
  await bots[0]?.runDue();
  await bots[0]?.idle();
  expect(sent).toHaveLength(1);
  // The next beat of the other tells it.
  await turn(4_000);
  await put(200, 5);
  for (let i = 0; i < 50; i += 1) await turn(1_000);
  expect(sent).toHaveLength(1);
  clock.advance(until - clock() + 1_000);
  for (let i = 0; i < 10; i += 1) await turn(500);
  expect(new Set(sent.slice(1).map(({ key }) => key)).size).toBe(6);
  expect(clock()).toBeGreaterThan(START);
  await close();
}, 60_000);
