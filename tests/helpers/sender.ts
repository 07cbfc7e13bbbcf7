/** A bot that only sends: what the store holds for a platform leaves through its adapter. */
import { createBot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createClock } from './clock.js';
import { createLogRecorder } from './context.js';
import { makeFolder } from './folder.js';

export type Sender = Awaited<ReturnType<typeof startSender>>;

/** `create` is given what the bot has too. */
export async function startSender(
  create: (parts: {
    log: ReturnType<typeof createLogRecorder>;
    now: ReturnType<typeof createClock>;
  }) => Adapter,
) {
  const log = createLogRecorder();
  const clock = createClock();
  const store = await openLowdbStore(makeFolder());
  const adapter = create({ log, now: clock });
  await adapter.start(() => Promise.resolve());
  let id = 0;
  const bot = createBot({
    ...{ store, adapters: [adapter], handlers: {}, timers: {}, middleware: [], clock, log },
    match: () => Promise.resolve(null),
    personOf: () => null,
    editionId: () => '',
    ids: () => `lease-${++id}`,
  });
  return {
    ...{ store, bot, log, clock },
    /** The clock moves on, and what is due then happens. */
    async turn(ms: number): Promise<void> {
      clock.advance(ms);
      await bot.runDue();
      await bot.idle();
    },
    async close(): Promise<void> {
      await adapter.stop();
      await store.close();
    },
  };
}
