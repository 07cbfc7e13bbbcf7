/** The part of `npm run bench` about reminders: lateness, adding and cancelling, rest; `npm run bench -- reminders` runs it alone. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { createBot, type Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import { reminderId, type Reminder } from '../../src/core/reminder.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { cancelEffects, planEffects } from '../../src/reminders/planning.js';
import { loadRules } from '../../src/reminders/rules.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { changesOf } from '../simulate/world.js';
import type { Change, Store } from '../../src/core/store.js';
import { createTimers } from '../../src/timers/index.js';
import { SILENT } from '../shared/silent-log.js';
import { heldMb, round, spread, type Print } from './figures.js';

const SIZES = [1_000, 10_000, 100_000];
const CHANGES = 1_000;
const PEOPLE = 5_000;
const DUE = 2_000;
/** What a platform takes to answer, ms. */
const ANSWER_MS = 60;
const TICK_MS = 500;
const IDLE_MS = 20_000;
/** Into one commit while filling. */
const BATCH = 200;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const calendar = loadCalendar('knowledge/calendar');
const rules = loadRules('knowledge/reminders');
const directory = createDirectory({ county: '', organizations: [], people: [], posts: [] });
const world = { calendar, directory, rules, platforms: new Set(['console'] as const) };

/** One's own, once. */
function makeReminder(n: number, at: number, now: number): Reminder {
  const owner = { account: `console:p${n % PEOPLE}`, name: '张三', organization: '柳林镇' };
  return {
    id: reminderId(2026, n),
    version: 0,
    source: 'own',
    text: `第${n}件事:把本周的巡查台账交到应急办`,
    owner,
    to: [{ kind: 'person', ...owner }],
    when: { kind: 'once', at },
    said: '那天上午九点',
    late: 'send',
    isUrgent: false,
    channel: 'message',
    status: 'active',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt: now,
  };
}

export async function benchReminders(dir: string, print: Print): Promise<void> {
  const store = await openLowdbStore(join(dir, 'store'));
  const begin = Date.now();
  let n = 0;
  const add = async (at: number): Promise<void> => {
    await store.commit(changesOf(planEffects(makeReminder(n++, at, begin), begin, world, begin).effects));
  };
  const cancel = async (id: string): Promise<void> => {
    const reminder = await store.getReminder(id);
    const planned = await store.findOccurrences({ reminder: id, statuses: ['planned'] });
    if (reminder) await store.commit(changesOf(cancelEffects(reminder, planned, '已取消', begin).effects));
  };
  const farAway = () => begin + 30 * DAY_MS + n * 1_000;
  const fill = async (size: number): Promise<void> => {
    while (n < size) {
      const changes: Change[] = [];
      for (let i = 0; i < BATCH && n < size; i++)
        changes.push(
          ...changesOf(planEffects(makeReminder(n++, farAway(), begin), begin, world, begin).effects),
        );
      await store.commit(changes);
    }
  };
  for (const size of SIZES) {
    await fill(size);
    await store.settled();
    const adding = await timesOf(CHANGES, () => add(farAway()));
    const first = n - CHANGES;
    const cancelling = await timesOf(CHANGES, (i) => cancel(reminderId(2026, first + i)));
    print(`reminders: ${size} pending, add p50 / p99 / max (ms)`, spread(adding));
    print(`reminders: ${size} pending, cancel p50 / p99 / max (ms)`, spread(cancelling));
  }
  await store.settled();
  await benchIdle(store, print);
  await benchLateness(store, (at) => add(at), print);
  await store.close();
}

async function timesOf(count: number, task: (i: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await task(i);
    times.push(performance.now() - started);
  }
  return times;
}

function startBot(store: Store, clock: () => number, deliver: Adapter['deliver']): Bot {
  let id = 0;
  const free = { burst: 1e6, everyMs: 1 };
  const deps = { ...world, policies: {}, intents: [], knowledge: () => ({ directory }) };
  return createBot({
    store,
    adapters: [
      {
        name: 'console',
        dedupeWindowMs: 0,
        appPace: [],
        pace: { direct: free, group: free },
        editWindowMs: 0,
        start: () => Promise.resolve(),
        stop: () => Promise.resolve(),
        download: () => Promise.reject(new Error('nothing to download')),
        deliver,
      },
    ],
    match: () => Promise.resolve(null),
    handlers: {},
    timers: createTimers(deps as unknown as HandlerDeps),
    middleware: [],
    personOf: () => null,
    editionId: () => 'bench',
    clock,
    ids: () => String(id++),
    log: SILENT,
  });
}

async function benchIdle(store: Store, print: Print): Promise<void> {
  const bot = startBot(store, Date.now, () => Promise.reject(new Error('nothing is due')));
  const before = heldMb();
  const used = process.cpuUsage();
  const started = performance.now();
  while (performance.now() - started < IDLE_MS) {
    await bot.runDue();
    await sleep(TICK_MS);
  }
  const { user, system } = process.cpuUsage(used);
  const share = (user + system) / 1_000 / (performance.now() - started);
  print(`reminders: 100000 pending, idle for ${IDLE_MS / 1_000} s, CPU (% of a core)`, round(share * 100));
  print('reminders: memory before and after it (MB)', `${before} / ${heldMb()}`);
}

/** From the instant to the platform's hand, for reminders all at one second and for those spread over its minute. */
async function benchLateness(store: Store, add: (at: number) => Promise<void>, print: Print): Promise<void> {
  for (const [name, spreadMs] of [
    ['over the minute', MINUTE_MS],
    ['at one second', 0],
  ] as const) {
    /** The bot's clock: the minute begins as soon as all are set. */
    let offset = DAY_MS * (spreadMs === 0 ? 2 : 1);
    const clock = () => Date.now() + offset;
    const nine = clock() + 10 * MINUTE_MS;
    const dueAt = new Map<string, number>();
    for (let i = 0; i < DUE; i += BATCH)
      await Promise.all(
        Array.from({ length: BATCH }, (_, j) => add(nine + Math.floor((spreadMs * (i + j)) / DUE))),
      );
    for (const { id, dueAt: at } of await store.findOccurrences({
      from: nine,
      to: nine + MINUTE_MS,
      statuses: ['planned'],
    }))
      dueAt.set(id, at);
    offset += nine - clock() - 2_000;
    const late: number[] = [];
    const bot = startBot(store, clock, async (message) => {
      const at = dueAt.get(message.occurrence ?? '');
      if (at !== undefined) late.push(clock() - at);
      await sleep(ANSWER_MS);
      return { messageId: null };
    });
    const tick = setInterval(() => void bot.runDue(), TICK_MS);
    const deadline = performance.now() + 3 * MINUTE_MS;
    while (late.length < dueAt.size && performance.now() < deadline) await sleep(100);
    clearInterval(tick);
    await bot.idle();
    print(`reminders: ${dueAt.size} due ${name}, late by p50 / p99 / max (ms)`, spread(late));
    if (late.length !== dueAt.size) print('  arrived', late.length);
  }
}
