/** A group that Telegram turns into a supergroup has another id: its reminders keep coming. */
import { expect, it, onTestFinished } from 'vitest';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { createBot } from '../../src/core/bot.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { planEffects } from '../../src/reminders/planning.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { changesOf } from '../../scripts/simulate/world.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { startFakeTelegram, TOKEN } from '../helpers/fake-telegram.js';
import { makeFolder } from '../helpers/folder.js';
import { at, directory, makeReminderWorld, makeReminder, makeRule } from '../helpers/reminders.js';
import { createTimers } from '../../src/timers/index.js';

it('comes to the new chat, is noted as sent, and does not go on to another way', async () => {
  const clock = createClock(at('2026-03-02 08:00'));
  const telegram = await startFakeTelegram();
  const store = await openLowdbStore(makeFolder());
  onTestFinished(async () => {
    await store.close();
    await telegram.close();
  });
  const world = makeReminderWorld(['telegram']);
  const log = createLogRecorder();
  const start = () => {
    let id = 0;
    return createBot({
      store,
      adapters: [createTelegramAdapter({ token: TOKEN, apiRoot: telegram.apiRoot, log, now: clock })],
      match: () => Promise.resolve(null),
      handlers: {},
      timers: createTimers({
        ...world,
        policies: {},
        intents: [],
        knowledge: () => ({ directory }),
      } as unknown as HandlerDeps),
      middleware: [],
      personOf: directory.personOf,
      editionId: () => 'e',
      clock,
      ids: () => `l${id++}`,
      log,
    });
  };
  const reminder = makeReminder({
    to: [{ kind: 'group', conversation: { platform: 'telegram', chatId: '-5', isDirect: false } }],
    when: { kind: 'recurring', rule: makeRule() },
  });
  await store.commit(changesOf(planEffects(reminder, clock(), world, clock()).effects));
  // A restart in between: what the adapter has learned is gone.
  for (const day of ['02', '03']) {
    const bot = start();
    telegram.fail('sendMessage', {
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1005 },
    });
    clock.advance(at(`2026-03-${day} 09:00`) - clock());
    for (let i = 0; i < 4; i++) {
      await bot.runDue();
      await bot.idle();
    }
  }
  const sent = telegram.callsOf('sendMessage').filter(({ sentId }) => sentId !== undefined);
  expect(sent.map(({ payload }) => String(payload['chat_id']))).toEqual(['-1005', '-1005']);
  const ledger = await store.findOccurrences({ statuses: ['sent'] });
  expect(ledger.map(({ hops }) => hops.map(({ outcome }) => outcome))).toEqual([['sent'], ['sent']]);
});
