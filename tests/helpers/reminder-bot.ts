/** The real bot with the handlers and timers of reminders, without a assistant: a test says which intent is meant. */
import type { Calendar } from '../../src/calendar/calendar.js';
import { onTestFinished } from 'vitest';
import { createBot, type Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import type { IntentMatch } from '../../src/core/types.js';
import { createHandlers } from '../../src/handlers/index.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import type { Directory } from '../../src/organizations/directory.js';
import { loadPolicies } from '../../src/requests/policy.js';
import { loadIntents } from '../../src/nlu/load.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder } from './adapter.js';
import { createClock, START, type MovableClock } from './clock.js';
import { createLogRecorder } from './context.js';
import { makeFolder } from './folder.js';
import { calendar as sampleCalendar, directory as sampleDirectory, rules } from './reminders.js';
import { replyToText } from './talk.js';
import { type Conversation, type Platform, conversationKey } from '../../src/core/chat.js';
import type { Store } from '../../src/core/store.js';
import { createTimers } from '../../src/timers/index.js';

/** More than there are ways to a person. */
const ROUNDS = 6;

type Parts = {
  start?: number;
  directory?: Directory;
  calendar?: Calendar;
  platforms?: Platform[];
  store?: Store;
  deliver?: Adapter['deliver'];
};

export type ReminderBot = {
  bot: Bot;
  store: Store;
  clock: MovableClock;
  log: ReturnType<typeof createLogRecorder>;
  /** Each message that arrived: the key of its chat and its text. */
  arrived: { to: string; text: string; at: number }[];
  /** What arrived because of the message. */
  say(
    person: string,
    intent: string,
    text: string,
    options?: { in?: Conversation; via?: IntentMatch['via'] },
  ): Promise<string>;
  press(person: string, action: string, value: string): Promise<string>;
  /** Moves the clock and does what is due, minute by minute. */
  pass(ms: number): Promise<string>;
  /** The bot is down: the clock moves, and only then is looked what is due. */
  jump(to: number): Promise<string>;
};

const ACTIONS: Record<string, string> = {
  'rem-at': 'set_reminder',
  'rem-cancel': 'cancel_reminder',
  'rem-ics': 'list_reminders',
};

/** Read once a worker: nobody changes them. */
const policies = loadPolicies('knowledge/requests');
const intents = loadIntents('intents');

export async function startReminderBot(parts: Parts = {}): Promise<ReminderBot> {
  const { directory = sampleDirectory, calendar = sampleCalendar, platforms = ['console'] } = parts;
  const clock = createClock(parts.start ?? START);
  const store = parts.store ?? (await openLowdbStore(makeFolder()));
  if (!parts.store) onTestFinished(() => store.close());
  const log = createLogRecorder();
  const arrived: ReminderBot['arrived'] = [];
  const deps = {
    calendar,
    rules,
    platforms: new Set(platforms),
    policies,
    knowledge: () => ({ directory }),
    intents,
  } as unknown as HandlerDeps;
  const adapters = platforms.map((name) =>
    createRecorder({
      name,
      async deliver(message, content) {
        const shown = await (parts.deliver ?? (() => Promise.resolve({ messageId: 'm' })))(message, content);
        arrived.push({
          to: conversationKey(message.conversation),
          text: replyToText(message.reply),
          at: clock(),
        });
        return shown;
      },
    }),
  );
  let next: IntentMatch | null = null;
  let count = 0;
  const bot = createBot({
    store,
    adapters,
    match: ({ update, session }) => {
      if (update.kind === 'action') {
        const { id, value } = update.action;
        const intent = ACTIONS[id] ?? 'snooze_reminder';
        const match: IntentMatch = {
          intent,
          slots: { action: id, value },
          score: 1,
          via: 'action',
          scores: {},
        };
        return Promise.resolve({ match, text: '', raw: '' });
      }
      const { flow } = session ?? {};
      const match: IntentMatch = flow
        ? { intent: flow.intent, slots: { action: 'said' }, score: 1, via: 'flow', scores: {} }
        : (next ?? { intent: 'help', slots: {}, score: 1, via: 'example', scores: {} });
      return Promise.resolve({ match, text: update.text, raw: update.text });
    },
    handlers: createHandlers(deps),
    timers: createTimers(deps),
    middleware: [],
    personOf: directory.personOf,
    editionId: () => 'edition1',
    clock,
    ids: () => `lease-${count++}`,
    log,
  });
  const telling = async (task: () => Promise<unknown>): Promise<string> => {
    const before = arrived.length;
    await task();
    await bot.idle();
    return arrived
      .slice(before)
      .map(({ text }) => text)
      .join('\n\n');
  };
  const runDue = async (): Promise<void> => {
    // A timer `delivered` follows each delivery, and may send by the next way.
    for (let round = 0; round < ROUNDS; round++) {
      await bot.runDue();
      await bot.idle();
    }
  };
  const received = (person: string, conversation?: Conversation) => ({
    id: `u${++count}`,
    conversation: conversation ?? ({ platform: 'console', chatId: person, isDirect: true } as const),
    user: { platform: 'console' as const, id: person, name: person },
    at: clock(),
    messageId: `m${count}`,
  });
  return {
    bot,
    store,
    clock,
    log,
    arrived,
    say(person, intent, text, { in: conversation, via = 'example' } = {}) {
      next = { intent, slots: {}, score: 1, via, scores: {} };
      return telling(() =>
        bot.accept({ kind: 'message', ...received(person, conversation), text, isAddressed: true }),
      );
    },
    press: (person, id, value) =>
      telling(() => bot.accept({ kind: 'action', ...received(person), action: { id, value } })),
    pass: (ms) =>
      telling(async () => {
        for (let left = ms; left > 0; left -= 60_000) {
          clock.advance(Math.min(left, 60_000));
          await runDue();
        }
      }),
    jump: (to) =>
      telling(async () => {
        clock.advance(to - clock());
        await runDue();
      }),
  };
}
