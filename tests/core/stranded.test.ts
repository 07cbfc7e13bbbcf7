/** Processes that run different platforms on one store. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBot, type Bot } from '../../src/core/bot.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder } from '../helpers/adapter.js';
import { schedule } from '../helpers/changes.js';
import { createClock, START, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import type { Platform } from '../../src/core/chat.js';
import type { Store } from '../../src/core/store.js';

let store: Store;
let clock: MovableClock;
let log: ReturnType<typeof createLogRecorder>;
beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  log = createLogRecorder();
});
afterEach(() => store.close());

function makeProcess(name: Platform, fired: string[] = []) {
  let lease = 0;
  const adapter = createRecorder({ name });
  const bot = createBot({
    ...{ store, clock, log, adapters: [adapter], handlers: {}, middleware: [], personOf: () => null },
    match: () => Promise.resolve(null),
    timers: { request: ({ update }) => (fired.push(`${name} ${update.timer.key}`), []) },
    editionId: () => 'e',
    ids: () => `${name}/${lease++}`,
  });
  return { bot, sent: () => adapter.delivered.map(({ key }) => key) };
}

const put = (platform: Platform, key: string) =>
  store.commit([
    {
      kind: 'outgoing',
      message: { key, conversation: { platform, chatId: key, isDirect: true }, reply: { text: '好' } },
      runAt: START,
    },
  ]);

async function run(bot: Bot, ms = 0): Promise<void> {
  clock.advance(ms);
  await bot.runDue();
  await bot.idle();
}

it('each send only what is for their platform', async () => {
  const [telegram, feishu] = [makeProcess('telegram'), makeProcess('feishu')];
  for (let i = 0; i < 20; i++) await put(i % 2 ? 'telegram' : 'feishu', `m${i}`);
  await Promise.all([run(telegram.bot), run(feishu.bot)]);
  expect(telegram.sent()).toHaveLength(10);
  expect(feishu.sent()).toHaveLength(10);
  expect(await store.listUndelivered()).toEqual([]);
});

it('each carry out the timers of their platform, and any of them those of none', async () => {
  const fired: string[] = [];
  const [telegram, feishu] = [makeProcess('telegram', fired), makeProcess('feishu', fired)];
  const of = (key: string, platform?: Platform) => {
    const change = schedule(key);
    if (change.kind === 'schedule' && platform) change.timer.platform = platform;
    return change;
  };
  await store.commit([of('f', 'feishu'), of('t', 'telegram'), of('any')]);
  await run(telegram.bot);
  expect(fired.sort()).toEqual(['telegram any', 'telegram t']);
  await run(feishu.bot);
  expect(fired).toContain('feishu f');
});

it('let a message for a platform that nobody runs wait, say so, and give it up after a day', async () => {
  const { bot, sent } = makeProcess('telegram');
  await put('feishu', 'm');
  await run(bot);
  await run(bot, 20_000);
  expect(sent()).toEqual([]);
  expect(await store.listOutgoing()).toHaveLength(1);
  expect(log.lines.filter((line) => /no process runs.*feishu/.test(line))).toHaveLength(1);
  await run(bot, 23 * 3_600_000);
  expect(await store.listOutgoing()).toHaveLength(1);
  await run(bot, 2 * 3_600_000);
  expect(await store.listOutgoing()).toEqual([]);
  expect(await store.listUndelivered()).toMatchObject([{ key: 'm', outcome: 'failed' }]);
});
