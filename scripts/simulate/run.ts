/** The simulated year: what people ask for, change and answer, when the process restarts, crashes and is down. */
import { join } from 'node:path';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { BotError } from '../../src/core/errors.js';
import type { Reminder } from '../../src/core/reminder.js';
import type { Request } from '../../src/core/request.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { planEffects } from '../../src/reminders/planning.js';
import { userOf } from '../../src/reminders/reach.js';
import { loadRules } from '../../src/reminders/rules.js';
import { caseOf } from '../../src/requests/case.js';
import { loadPolicies } from '../../src/requests/policy.js';
import { morningsOf } from '../../src/requests/morning.js';
import { createHeap } from '../../src/store/lowdb/heap.js';
import { makeRequest } from '../bench/requests.js';
import { dateOf, instantOf, loadWorkdays } from './calendar.js';
import { expectedOf, judge, type Arrival, type Segment, type Verdict } from './oracle.js';
import { startProcess } from './process.js';
import { createWatch } from './watch.js';
import { changesOf, createWorld, makePlan, makeRecipients, makeSample, whenOf, type Plan } from './world.js';
import { createDice, type Dice } from '../shared/random.js';
import { createRandom } from '../../src/text/random.js';
import { conversationKey, type User } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';

export type Options = {
  people: number;
  occurrences: number;
  seed: number;
  /** An empty folder; the store lives in it. */
  dir: string;
  restarts?: number;
  crashes?: number;
  downtimes?: number;
  /** Every nth crash goes on with a copy of the folder that was taken while the old process was writing. */
  copyEvery?: number;
  report?: (line: string) => void;
};

export type Figures = Verdict & { seconds: number; maxLagMs: number };

const KNOWLEDGE = 'knowledge';
const BEGIN = instantOf('2026-01-01', 8 * 60);
const END = instantOf('2026-12-31', 23 * 60 + 50);
const LAST_CHANGE = instantOf('2026-12-24', 0);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The bot looks so often; the clock jumps to the next look at which something is due. */
const TICK_MS = 500;

/** Something the simulation does at an instant. */
type Event = { at: number; n: number; run: () => Promise<void> | void };

export async function simulate(options: Options): Promise<Figures> {
  const {
    people,
    occurrences,
    seed,
    dir,
    restarts = 0,
    crashes = 0,
    downtimes = 0,
    copyEvery = 10,
  } = options;
  const started = performance.now();
  const random = createDice(createRandom(seed));
  const world = createWorld(people, random);
  const { directory } = world;
  const isWorkday = loadWorkdays(join(KNOWLEDGE, 'calendar/2026.yaml'));
  const calendar = loadCalendar(join(KNOWLEDGE, 'calendar'));
  const rules = loadRules(join(KNOWLEDGE, 'reminders'));
  const policies = loadPolicies(join(KNOWLEDGE, 'requests'));
  const platforms = new Set(['telegram', 'feishu'] as const);
  const reminderWorld = { calendar, directory, rules, platforms };
  const deps = {
    ...reminderWorld,
    policies,
    intents: [],
    knowledge: () => ({ directory }),
  } as unknown as HandlerDeps;

  let now = BEGIN;
  const segments = new Map<string, Segment[]>();
  const arrivals: Arrival[] = [];
  const watch = createWatch({ now: () => now, directory });
  const events = createHeap<Event>((a, b) => a.at < b.at || (a.at === b.at && a.n < b.n));
  let count = 0;
  const plan = (at: number, run: Event['run']): void => {
    const n = ++count;
    events.set(String(n), { at, n, run });
  };

  /** Some people press a button some minutes later. */
  const onArrival = ({ occurrence, conversation, reply }: Outgoing): void => {
    if (occurrence === undefined) return;
    arrivals.push({ occurrence, chat: conversationKey(conversation) });
    const row = watch.ledger.get(occurrence);
    const isAsked = row?.to.kind === 'person' && conversation.isDirect && 'card' in reply;
    if (!isAsked || row.reminder === 'digest' || !random.chance(0.1)) return;
    const id = random.pick(['rem-done', 'rem-hour', 'rem-morning'] as const);
    const at = now + (1 + random.int(40)) * MINUTE_MS + 13_000;
    const user: User = { platform: conversation.platform, id: conversation.chatId };
    if (at < LAST_CHANGE) plan(at, () => running.press(user, id, row.id));
  };

  const faults = createDice(createRandom(seed + 1));
  const { blocked } = world;
  const running = await startProcess({
    dir,
    copyEvery,
    now: () => now,
    directory,
    deps,
    watch,
    faults,
    blocked,
    onArrival,
  });

  /** Ends the segment in force and begins the next, where the product did so. */
  const changed = async (id: string, made: Plan | null): Promise<void> => {
    const list = segments.get(id) ?? [];
    const last = list.at(-1);
    const reminder = await running.store().getReminder(id);
    if (!last || !reminder || (reminder.edits === last.edits && reminder.status === 'active')) return;
    last.until = Math.min(last.until, now);
    const { to, edits, status } = reminder;
    if (status === 'active')
      list.push({ ...last, plan: made ?? last.plan, to, edits, from: now, until: Infinity });
  };

  const create = async (n: number): Promise<void> => {
    const owner = random.pick(world.people);
    const made = makePlan(dateOf(now), random);
    if (made.kind === 'once' && made.date > '2026-12-23') return;
    const to = makeRecipients(owner, world, random);
    const reminder = makeSample(n, { owner, to, when: whenOf(made, instantOf), createdAt: now }, random);
    const planned = orNull(() => planEffects(reminder, now, reminderWorld, now));
    if (!planned || planned.reminder.nextAt === null) return;
    await running.commit(changesOf(planned.effects));
    segments.set(reminder.id, [{ reminder, plan: made, to, edits: 0, from: now, until: Infinity }]);
    planChanges(reminder);
  };

  /** Some are cancelled, some get another time, some recipients leave. */
  const planChanges = ({ id, owner, to }: Reminder): void => {
    const at = now + (1 + random.int(150)) * DAY_MS + random.int(600) * MINUTE_MS + 37_000;
    if (at > LAST_CHANGE) return;
    const cancel = (account: string) =>
      plan(at, async () => {
        const user = userOf(account);
        if (user) await running.press(user, 'rem-cancel', id);
        await changed(id, null);
      });
    const [leaving] = to;
    if (random.chance(0.12)) cancel(owner.account);
    else if (random.chance(0.12)) {
      const minutes = 8 * 60 + random.int(600);
      const text = `每天${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
      plan(at, async () => {
        const user = userOf(owner.account);
        if (user) await running.say(user, `${id} ${text}`);
        await changed(id, { kind: 'daily', minutes: [minutes], from: dateOf(now) });
      });
    } else if (to.length > 1 && leaving?.kind === 'person' && random.chance(0.5)) cancel(leaving.account);
  };

  const fileRequest = async (n: number): Promise<void> => {
    const filed = makeRequest(n, { at: now });
    const request: Request = {
      ...filed,
      version: 0,
      evidence: null,
      events: filed.events.slice(0, 1),
      assignments: filed.assignments
        .slice(0, 1)
        .map((it) => ({ ...it, organization: random.pick(world.people).organization, status: 'waiting' })),
      dueAt: now + random.int(6) * DAY_MS,
    };
    const mornings = morningsOf(caseOf(request, { policies, calendar }, now), directory);
    await running.commit([{ kind: 'request', request, expectedVersion: 0 }, ...changesOf(mornings)]);
    const ended: Request = { ...request, version: 1, status: 'concluded', dueAt: null };
    plan(now + (1 + random.int(8)) * DAY_MS, () =>
      running.commit([{ kind: 'request', request: ended, expectedVersion: 1 }]),
    );
  };

  const goDown = (): void => {
    const length = random.chance(0.5) ? random.int(90) * MINUTE_MS : random.int(40) * HOUR_MS;
    watch.downtimes.push({ from: now, to: now + length + MINUTE_MS });
    now += length;
  };

  // The script of the year.
  const sometime = (until: number): number => BEGIN + random.int(until - BEGIN);
  const total = Math.ceil(occurrences / averageOf(createDice(createRandom(seed + 2)), world, isWorkday));
  for (let n = 1; n <= total; n++) plan(sometime(LAST_CHANGE) + 29_000, () => create(n));
  for (let n = 0; n < people / 20; n++) plan(sometime(LAST_CHANGE), () => fileRequest(n));
  for (let n = 0; n < restarts; n++) plan(sometime(END), running.restart);
  for (let n = 0; n < crashes; n++)
    plan(sometime(END), () => running.crashAfter(random.int(12), random.chance(0.5)));
  for (let n = 0; n < downtimes; n++) plan(sometime(LAST_CHANGE), goDown);

  const seconds = () => Math.round((performance.now() - started) / 1_000);
  let month = '';
  for (;;) {
    const event = events.peek();
    const wake = watch.wakes.peek()?.item ?? Infinity;
    const tick = Math.ceil(wake / TICK_MS) * TICK_MS;
    now = Math.max(now, Math.min(tick, event?.item.at ?? Infinity));
    if (now >= END) break;
    if (event && event.item.at <= tick) {
      events.delete(event.key);
      await event.item.run();
    }
    await running.work();
    if (dateOf(now).slice(0, 7) === month) continue;
    month = dateOf(now).slice(0, 7);
    options.report?.(
      `${month}: ${watch.ledger.size} in the ledger, ${arrivals.length} arrived, ${seconds()} s`,
    );
  }
  now = END;
  running.crashAfter(null, false);
  await running.work();
  await running.close();

  const { ledger, digests, downtimes: downs } = watch;
  const { snoozes, maxLagMs } = watch.counts;
  const verdict = judge(
    {
      segments: [...segments.values()].flat(),
      ledger,
      arrivals,
      digests,
      downtimes: downs,
      snoozes,
      end: END,
    },
    isWorkday,
  );
  return {
    counts: {
      reminders: segments.size,
      digests: digests.length,
      crashes: running.crashed(),
      downtimes: downs.length,
      ...verdict.counts,
    },
    violations: [...verdict.violations, ...running.problems.map((text) => `log: ${text}`)],
    seconds: seconds(),
    maxLagMs,
  };
}

/** Null: it needs the working days of the next year, and whoever sets it is told so. */
function orNull<T>(task: () => T): T | null {
  try {
    return task();
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA') return null;
    throw error;
  }
}

/** How many occurrences a reminder has on average, by a trial with another random source. */
function averageOf(
  random: Dice,
  world: ReturnType<typeof createWorld>,
  isWorkday: (date: string) => boolean,
): number {
  const trials = 200;
  let sum = 0;
  for (let i = 0; i < trials; i++) {
    const from = BEGIN + Math.floor(random.next() * (LAST_CHANGE - BEGIN));
    const plan = makePlan(dateOf(from), random);
    const owner = random.pick(world.people);
    const to = makeRecipients(owner, world, random);
    const reminder = makeSample(1, { owner, to, when: whenOf(plan, instantOf), createdAt: from }, random);
    sum += expectedOf({ reminder, plan, to, edits: 0, from, until: Infinity }, isWorkday, END).length;
  }
  return sum / trials;
}
