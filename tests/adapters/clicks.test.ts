/** A thousand clicks on cards that are locked until a moment after the answer. */
import { afterEach, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createBot } from '../../src/core/bot.js';
import type { Card } from '../../src/core/card.js';
import { replyText, updateCard } from '../../src/core/effects.js';
import type { Effect } from '../../src/core/types.js';
import type { Heard } from '../../src/core/chat.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createLogRecorder, makeContext } from '../helpers/context.js';
import { APP_ID, APP_SECRET, clickEvent, startFakeFeishu } from '../helpers/fake-feishu.js';
import { makeFolder } from '../helpers/folder.js';

const cardOf = (count: number): Card => ({ title: `第 ${count} 次`, blocks: [], buttons: [] });
/** Ten times as fast as the wall: nobody clicks as fast as a test. */
const fast = (): number => 1_790_000_000_000 + Math.floor(performance.now() * 10);
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Each click on card `om_3` counts it up and shows that. */
async function start(
  cardTimeoutMs: number,
  effectsOf = (update: Heard, count: number): Effect[] => [updateCard(update, cardOf(count))],
  /** What the handler waits for. */
  answered: () => Promise<void> = () => Promise.resolve(),
) {
  const fake = await startFakeFeishu();
  const store = await openLowdbStore(makeFolder());
  const log = createLogRecorder();
  const adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: fake.domain,
    log,
    cardTimeoutMs,
  });
  const counts = new Map<string, number>();
  let id = 0;
  const bot = createBot({
    ...{ store, adapters: [adapter], timers: {}, middleware: [], clock: fast, log },
    match: () => Promise.resolve({ match: makeContext().match, text: '', raw: '' }),
    handlers: {
      async ask_responsibility({ update }) {
        await answered();
        const count = (counts.get(update.messageId) ?? 0) + 1;
        counts.set(update.messageId, count);
        return effectsOf(update, count);
      },
    },
    personOf: ({ id: account }) => ({ name: account, organization: '', roles: [], accounts: [] }) as never,
    editionId: () => '',
    ids: () => `lease-${++id}`,
  });
  await adapter.start(bot.accept);
  const tick = setInterval(() => void bot.runDue(), 20);
  await fake.listening();
  closers.push(
    () => fake.close(),
    () => store.close(),
    async () => {
      clearInterval(tick);
      await adapter.stop();
      await bot.idle();
    },
  );
  const click = (i: number) =>
    fake.emit(
      clickEvent(
        { id: 'a', to: `ou_p${i}` },
        { messageId: `om_${i}`, chatId: `oc_p${i}`, operatorId: `ou_p${i}` },
      ),
    );
  /** The title that each card shows in the end. */
  const titles = () => {
    const shown = new Map<string, string>();
    for (const { method, messageId = '', body, isAnswered } of fake.calls)
      if (isAnswered && (method === 'patch' || method === 'answer'))
        shown.set(messageId, /第 \d+ 次/.exec(String(body['content']))?.[0] ?? '');
    return shown;
  };
  const settled = async (): Promise<void> => {
    do {
      await bot.runDue();
      await bot.idle();
    } while ((await store.listOutgoing()).length > 0);
  };
  return { fake, bot, click, titles, log, settled };
}

it('shows the new card in the answer: no lock, no text, no old card', async () => {
  const { fake, click, titles, log, settled } = await start(1_000);
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, (_, i) => click(i)));
  await settled();
  expect([...titles().values()]).toEqual(Array.from({ length: 50 }, () => '第 20 次'));
  // What waited for its turn came after the answer.
  expect(fake.callsOf('answer').length + fake.callsOf('patch').length).toBe(1_000);
  expect(fake.callsOf('answer').length).toBeGreaterThan(500);
  expect(fake.callsOf('patch').every(({ isAnswered }) => isAnswered)).toBe(true);
  expect(fake.callsOf('create')).toEqual([]);
  expect(log.lines.join()).not.toContain('11310');
}, 30_000);

it('or strictly after it, when the card came too late', async () => {
  const { fake, click, titles, settled } = await start(0);
  await Promise.all(Array.from({ length: 60 }, (_, i) => click(i)));
  await settled();
  expect([...titles().values()]).toEqual(Array.from({ length: 60 }, () => '第 1 次'));
  expect(fake.callsOf('patch').every(({ isAnswered }) => isAnswered)).toBe(true);
  expect(fake.callsOf('create')).toEqual([]);
}, 30_000);

it('does not let who clicked wait when the answer is another message', async () => {
  const { fake, bot, click } = await start(60_000, () => [replyText('收到')]);
  expect(await click(1)).toEqual({ code: 200, data: {} });
  await bot.idle();
  expect(fake.callsOf('create')).toHaveLength(1);
});

it('falls back to the token of the click where the card cannot be patched, and then to a new card', async () => {
  // The card is made behind the answer to the click, however fast the machine is.
  let left: () => void = () => undefined;
  const hasLeft = () => new Promise<void>((resolve) => (left = resolve));
  const { fake, bot, click } = await start(0, undefined, hasLeft);
  fake.fail('patch', { code: 230031 }, { code: 230031 });
  await click(1);
  left();
  await bot.idle();
  expect(fake.callsOf('update')).toMatchObject([
    { body: { token: 'c-card-token', card: { schema: '2.0' } } },
  ]);
  expect(fake.callsOf('create')).toEqual([]);
  fake.fail('update', { code: 300040 });
  await click(1);
  left();
  await bot.idle();
  expect(fake.callsOf('create')).toMatchObject([{ body: { msg_type: 'interactive' } }]);
});
