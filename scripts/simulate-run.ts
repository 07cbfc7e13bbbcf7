/** The simulated year: the real bot, store and handlers under a clock that jumps, faults of the platforms, crashes. */
import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadCalendar } from '../src/calendar/calendar.js';
import { createBot, type Bot } from '../src/core/bot.js';
import { BotError } from '../src/core/errors.js';
import type { Adapter, Change, Outgoing, Store } from '../src/core/ports.js';
import type { Occurrence, Reminder } from '../src/core/reminder.js';
import type { Request } from '../src/core/request.js';
import { conversationKey, type Action, type IntentMatch, type User } from '../src/core/types.js';
import type { HandlerDeps } from '../src/handlers/deps.js';
import { createHandlers, createTimers } from '../src/handlers/index.js';
import { planEffects } from '../src/reminders/effects.js';
import { loadRules } from '../src/reminders/rules.js';
import { loadPolicies } from '../src/requests/policy.js';
import { morningsOf } from '../src/requests/morning.js';
import { createHeap } from '../src/store/heap.js';
import { openLowdbStore, type LowdbStore } from '../src/store/lowdb.js';
import { makeRequest } from './bench-requests.js';
import {
  dateOf,
  expectedOf,
  instantOf,
  judge,
  loadWorkdays,
  type Arrival,
  type Digest,
  type Segment,
  type Verdict,
} from './simulate-oracle.js';
import {
  createRandom,
  createWorld,
  makePlan,
  makeRecipients,
  makeSample,
  whenOf,
  type Plan,
  type Random,
} from './simulate-world.js';

export type Options = {
  people: number;
  occurrences: number;
  seed: number;
  /** An empty folder; the store lives in it. */
  dir: string;
  restarts?: number;
  crashes?: number;
  downtimes?: number;
  /** Every nth crash goes on with a copy of the folder instead of the folder itself. */
  copyEvery?: number;
  report?: (line: string) => void;
};

export type Figures = Verdict & { seconds: number; maxLagMs: number };

const KNOWLEDGE = 'knowledge';
const BEGIN = instantOf('2026-01-01', 8 * 60);
const END = instantOf('2026-12-31', 23 * 60 + 50);
const LAST_CHANGE = instantOf('2026-12-24', 0);
const MINUTE_MS = 60_000;
/** The bot looks so often; the clock jumps to the next look at which something is due. */
const TICK_MS = 500;
const FREE = { burst: 1e9, everyMs: 1 };

/** Something the simulation does at an instant. */
type Event = { at: number; n: number; run: () => Promise<void> };

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
  const random = createRandom(seed);
  const world = createWorld(people, random);
  const isWorkday = loadWorkdays(join(KNOWLEDGE, 'calendar/2026.yaml'));
  const calendar = loadCalendar(join(KNOWLEDGE, 'calendar'));
  const rules = loadRules(join(KNOWLEDGE, 'reminders'));
  const policies = loadPolicies(join(KNOWLEDGE, 'requests'));
  const { directory } = world;
  const platforms = new Set(['telegram', 'feishu'] as const);
  const desk = { calendar, directory, rules, platforms };
  const deps = { calendar, rules, policies, platforms, intents: [], knowledge: () => ({ directory }) };
  const handlerDeps = deps as unknown as HandlerDeps;

  let now = BEGIN;
  const segments = new Map<string, Segment[]>();
  const ledger = new Map<string, Occurrence>();
  const arrivals: Arrival[] = [];
  const digests: Digest[] = [];
  const downs: { from: number; to: number }[] = [];
  const requests = new Map<string, Request>();
  let snoozes = 0;
  let maxLagMs = 0;

  const events = createHeap<Event>((a, b) => a.at < b.at || (a.at === b.at && a.n < b.n));
  const wakes = createHeap<number>((a, b) => a < b);
  let count = 0;
  const plan = (at: number, run: () => Promise<void>): void => {
    const n = ++count;
    events.set(String(n), { at, n, run });
  };
  const wakeAt = (at: number): void => wakes.set(String(at), at);

  const faults = createFaults(createRandom(seed + 1));
  const shown = new Set<string>();
  const adapterOf = (name: 'telegram' | 'feishu', dedupeWindowMs: number, life: Life): Adapter => ({
    name,
    dedupeWindowMs,
    pace: { direct: FREE, group: FREE },
    editWindowMs: 0,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    download: () => Promise.reject(new Error('nothing to download')),
    deliver(message) {
      if (life.isOver) throw new BotError('UNAVAILABLE', 'the process is gone');
      const { chatId, isDirect } = message.conversation;
      if (isDirect && world.blocked.has(`${name}:${chatId}`))
        return Promise.reject(new BotError('TARGET_GONE', 'bot was blocked by the user'));
      const fault = faults();
      if (fault === 'before') throw new BotError('UNAVAILABLE', 'HTTP 502');
      if (fault === 'limit') throw new BotError('RATE_LIMITED', 'HTTP 429', { retryAfterMs: 3_000 });
      if (fault === 'nothing') throw new BotError('UNCERTAIN', 'timeout, nothing happened');
      if (dedupeWindowMs === 0 || !shown.has(message.key)) arrive(message);
      shown.add(message.key);
      if (fault === 'after') throw new BotError('UNCERTAIN', 'timeout after the server acted');
      return Promise.resolve({ messageId: message.key });
    },
  });

  const arrive = (message: Outgoing): void => {
    const { occurrence, conversation } = message;
    if (occurrence === undefined) return;
    const chat = conversationKey(conversation);
    arrivals.push({ occurrence, chat, at: now, n: arrivals.length });
    const row = ledger.get(occurrence);
    if (row?.to.kind === 'person' && conversation.isDirect && 'card' in message.reply)
      answerTo(row, { platform: conversation.platform, id: conversation.chatId });
  };

  /** The person presses a button some minutes later. */
  const answerTo = (row: Occurrence, user: User): void => {
    if (row.reminder === 'digest' || !random.chance(0.1)) return;
    const id = random.pick(['rem-done', 'rem-hour', 'rem-morning'] as const);
    const at = now + (1 + random.int(40)) * MINUTE_MS + 13_000;
    if (at < LAST_CHANGE) plan(at, () => press(user, id, row.id));
  };

  /** Follows what becomes durable: the ledger, what is to be looked at when, the summaries. */
  const follow = (changes: Change[]): void => {
    for (const change of changes)
      switch (change.kind) {
        case 'outgoing':
          if (change.kind === 'outgoing' && change.message.occurrence?.startsWith('digest@'))
            followDigest(change.message);
          break;
        case 'request':
          requests.set(change.request.number, change.request);
          break;
      }
    for (const change of changes) if (change.kind === 'occurrence') followOccurrence(change.occurrence);
  };
  /** The real bot looks twice a second; here the clock jumps to the instants at which there is something to see. */
  const wakeFor = (changes: Change[]): void => {
    for (const change of changes)
      if (change.kind === 'schedule') wakeAt(change.timer.runAt);
      else if ('runAt' in change) wakeAt(change.runAt);
  };
  const followOccurrence = (row: Occurrence): void => {
    const before = ledger.get(row.id);
    if (before?.status === 'planned' && row.status === 'claimed' && lagOf(row) > maxLagMs) {
      maxLagMs = lagOf(row);
    }
    if (row.status === 'snoozed' && before?.status !== 'snoozed') snoozes++;
    ledger.set(row.id, structuredClone(row));
  };
  const lagOf = (row: Occurrence): number =>
    downs.some(({ from, to }) => from <= row.dueAt && row.dueAt <= to) ? 0 : now - row.dueAt;
  /** The first message of a summary is a card that says what it counts. */
  const followDigest = ({ key, occurrence = '', reply }: Outgoing): void => {
    if (!('card' in reply) || toldDigests.has(key)) return;
    toldDigests.add(key);
    const account = occurrence.split('/').slice(1).join('/');
    const [first] = reply.card.blocks;
    const text = first?.kind === 'text' ? first.text : '';
    const said = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
    const person = directory.people.find((it) => it.accounts.includes(account));
    const isWorker = !person?.roles.some((role) => role === 'township-leader' || role === 'department-head');
    const mine = [...requests.values()].filter(
      (it) =>
        isWorker &&
        it.status === 'open' &&
        it.assignments.some((a) => a.organization === person?.organization),
    );
    const due = (it: Request) => it.dueAt ?? Infinity;
    const today = dateOf(now);
    digests.push({
      account,
      at: now,
      said: said(/提醒 (\d+) 条/),
      merged: [...(waiting.get(account) ?? [])].filter((id) => (ledger.get(id)?.digest ?? '9') <= today)
        .length,
      todo: said(/待办 (\d+) 件/) * 1e6 + said(/今日到期 (\d+) 件/) * 1e3 + said(/超过时限 (\d+) 件/),
      todoExpected:
        mine.length * 1e6 +
        mine.filter((it) => due(it) > now && dateOf(due(it)) === today).length * 1e3 +
        mine.filter((it) => due(it) <= now).length,
    });
  };
  const toldDigests = new Set<string>();
  /** What waits for the summary of each account. */
  const waiting = new Map<string, Set<string>>();
  const track = (row: Occurrence): void => {
    if (row.to.kind !== 'person' || row.digest === undefined) return;
    const ids = waiting.get(row.to.account) ?? new Set<string>();
    if (row.status === 'claimed') ids.add(row.id);
    else ids.delete(row.id);
    waiting.set(row.to.account, ids);
  };

  const problems: string[] = [];
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error(fields: object, message: string) {
      const text = `${message} ${JSON.stringify(fields)}`;
      if (!/process is gone|crash|delivery (?:failed|uncertain)/.test(text)) problems.push(text);
    },
  };

  let folder = join(dir, 'store-0');
  let store: LowdbStore;
  let bot: Bot;
  let life: Life;
  let opened = 0;
  const open = async (): Promise<void> => {
    store = await openLowdbStore(folder, (text) => problems.push(text));
    for (const { message } of await store.listOutgoing())
      if (message.occurrence?.startsWith('digest@')) followDigest(message);
    for (const row of await store.findOccurrences({})) {
      // A commit that the crash cut off may have become durable.
      const known = ledger.get(row.id);
      if (
        known &&
        known.changedAt === row.changedAt &&
        known.status === row.status &&
        known.hops.length === row.hops.length
      )
        continue;
      followOccurrence(row);
      track(row);
      wakeAt(now);
    }
    life = { isOver: false, countdown: null };
    bot = startBot(opened++);
    wakeAt(now);
  };
  const startBot = (generation: number): Bot => {
    let id = 0;
    const own = life;
    return createBot({
      store: mortal(store, own, wakeFor, (changes) => {
        follow(changes);
        for (const change of changes) if (change.kind === 'occurrence') track(change.occurrence);
      }),
      adapters: [adapterOf('telegram', 0, own), adapterOf('feishu', 3_600_000, own)],
      match: ({ update }) =>
        Promise.resolve(update.kind === 'action' ? matchOf(update.action) : matchEdit(update.text)),
      handlers: createHandlers(handlerDeps),
      timers: createTimers(handlerDeps),
      middleware: [],
      personOf: directory.personOf,
      editionId: () => 'e',
      clock: () => now,
      ids: () => `g${generation}-${id++}`,
      log,
    });
  };

  const reopen = async (isCopy: boolean): Promise<void> => {
    life.isOver = true;
    await bot.idle();
    const next = join(dir, `store-${opened}`);
    // A copy is taken while the old one may still be writing; else what was begun ends first, as a kernel does it.
    if (isCopy) cpSync(folder, next, { recursive: true });
    await store.settled();
    if (!isCopy) linkFolder(folder, next);
    await store.close();
    rmSync(folder, { recursive: true });
    folder = next;
    rmSync(join(folder, 'lock'), { force: true });
    await open();
  };

  /** All that is due at this instant. After a crash it goes on in the next life. */
  const work = async (): Promise<void> => {
    for (;;) {
      await bot.runDue().catch(() => undefined);
      await bot.idle();
      if (life.isOver) {
        crashed++;
        await reopen(crashed % copyEvery === 0);
        continue;
      }
      const next = wakes.peek()?.item;
      if (next === undefined || next > now) return;
      wakes.delete(String(next));
    }
  };
  let crashed = 0;

  let updates = 0;
  const tell = async (user: User, what: { action: Action['action'] } | { text: string }): Promise<void> => {
    const id = `u${updates++}`;
    const received = {
      id,
      conversation: { platform: user.platform, chatId: user.id, isDirect: true },
      user,
      at: now,
      messageId: id,
    };
    for (;;) {
      const heard =
        'action' in what
          ? ({ kind: 'action', ...received, ...what } as const)
          : ({ kind: 'message', ...received, ...what, isAddressed: true } as const);
      // A platform that gets no answer delivers it again.
      const isHandled = await bot.handle(heard).then(
        () => true,
        () => false,
      );
      await bot.idle();
      if (isHandled && !life.isOver) return work();
      if (!life.isOver) throw new Error(`the bot refused ${JSON.stringify(what)}: ${problems.at(-1)}`);
      crashed++;
      await reopen(crashed % copyEvery === 0);
    }
  };
  const press = (user: User, id: string, value: string) => tell(user, { action: { id, value } });
  const userOf = (account: string): User => {
    const [platform = '', id = ''] = account.split(/:(.*)/s);
    return { platform: platform as User['platform'], id };
  };

  /** Ends the segment in force and begins the next, where the product did so. */
  const changed = async (id: string, plan: Plan | null): Promise<void> => {
    const list = segments.get(id) ?? [];
    const last = list.at(-1);
    const reminder = await store.getReminder(id);
    if (!last || !reminder) return;
    if (reminder.edits === last.edits && reminder.status === 'active') return;
    if (reminder.status === 'active' || last.reminder.status !== reminder.status)
      last.until = Math.min(last.until, now);
    if (reminder.status !== 'active') return;
    list.push({
      ...last,
      plan: plan ?? last.plan,
      to: reminder.to,
      edits: reminder.edits,
      from: now,
      until: Infinity,
    });
  };

  /** Null: it needs the working days of the next year, and whoever sets it is told so. */
  const tryPlan = (reminder: Reminder) => {
    try {
      return planEffects(reminder, now, desk, now);
    } catch (error) {
      if (error instanceof BotError && error.code === 'DATA') return null;
      throw error;
    }
  };

  const create = async (n: number): Promise<void> => {
    const owner = random.pick(world.people);
    const made = makePlan(dateOf(now), random);
    if (made.kind === 'once' && made.date > '2026-12-23') return;
    const to = makeRecipients(owner, world, random);
    const reminder = makeSample(n, { owner, to, when: whenOf(made, instantOf), createdAt: now }, random);
    const planned = tryPlan(reminder);
    if (!planned || planned.reminder.nextAt === null) return;
    const changes = changesOf(planned.effects);
    await store.commit(changes);
    wakeFor(changes);
    follow(changes);
    segments.set(reminder.id, [{ reminder, plan: made, to, edits: 0, from: now, until: Infinity }]);
    scheduleChanges(reminder);
  };
  const scheduleChanges = ({ id, owner, to }: Reminder): void => {
    const at = now + (1 + random.int(150)) * 86_400_000 + random.int(600) * MINUTE_MS + 37_000;
    if (at > LAST_CHANGE) return;
    if (random.chance(0.12))
      plan(at, async () => {
        await press(userOf(owner.account), 'rem-cancel', id);
        await changed(id, null);
      });
    else if (random.chance(0.12)) {
      const minutes = 8 * 60 + random.int(600);
      const text = `每天${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
      plan(at, async () => {
        await tell(userOf(owner.account), { text: `${id} ${text}` });
        await changed(id, { kind: 'daily', minutes: [minutes], from: dateOf(now) });
      });
    } else if (to.length > 1 && random.chance(0.5)) {
      const [leaving] = to;
      if (leaving?.kind === 'person')
        plan(at, async () => {
          await press(userOf(leaving.account), 'rem-cancel', id);
          await changed(id, null);
        });
    }
  };

  const fileRequest = async (n: number): Promise<void> => {
    const unit = random.pick(world.people).organization;
    const filed = makeRequest(n, { at: now });
    const [lead] = filed.assignments;
    if (!lead) return;
    const request: Request = {
      ...filed,
      version: 0,
      evidence: null,
      events: filed.events.slice(0, 1),
      assignments: [{ ...lead, organization: unit, status: 'waiting' }],
      dueAt: now + random.int(6) * 86_400_000,
    };
    const changes: Change[] = [
      { kind: 'request', request, expectedVersion: 0 },
      ...changesOf(morningsOf(request, policies[request.kind], directory, calendar, now)),
    ];
    await store.commit(changes);
    wakeFor(changes);
    follow(changes);
    plan(now + (1 + random.int(8)) * 86_400_000, async () => {
      const ended: Request = { ...request, version: 1, status: 'concluded', dueAt: null };
      const end: Change[] = [{ kind: 'request', request: ended, expectedVersion: 1 }];
      await store.commit(end);
      follow(end);
    });
  };

  // ---- the script of the year
  await open();
  let expectedCount = 0;
  let made = 0;
  /** Enough reminders, spread over the year; each counted by the oracle when it is made. */
  const seedReminders = async (): Promise<void> => {
    await create(++made);
    for (const it of segments.get(`TX-2026-${String(made).padStart(6, '0')}`) ?? [])
      expectedCount += expectedOf(it, isWorkday, END).length;
  };
  // A trial with another random source tells how many occurrences a reminder has on average.
  const perReminder = averageOf(createRandom(seed + 2), world, isWorkday);
  const total = Math.ceil(occurrences / perReminder);
  for (let i = 0; i < total; i++)
    plan(BEGIN + Math.floor(random.next() * (LAST_CHANGE - BEGIN)) + 29_000, seedReminders);
  for (let i = 0; i < Math.ceil(people / 20); i++)
    plan(BEGIN + random.int(LAST_CHANGE - BEGIN), () => fileRequest(i));
  for (let i = 0; i < restarts; i++)
    plan(BEGIN + random.int(END - BEGIN), async () => {
      await bot.idle();
      await store.close();
      await open();
      await work();
    });
  for (let i = 0; i < crashes; i++)
    plan(BEGIN + random.int(END - BEGIN), () => {
      life.countdown = random.int(12);
      return Promise.resolve();
    });
  for (let i = 0; i < downtimes; i++)
    plan(BEGIN + random.int(LAST_CHANGE - BEGIN), () => Promise.resolve(down(random)));

  const down = (from: Random): void => {
    const length = from.chance(0.5) ? from.int(90) * MINUTE_MS : from.int(40) * 3_600_000;
    downs.push({ from: now, to: now + length });
    now += length;
  };

  const report = options.report ?? (() => undefined);
  let month = '';
  while (now < END) {
    const event = events.peek();
    const wake = wakes.peek()?.item ?? Infinity;
    const tick = Math.ceil(wake / TICK_MS) * TICK_MS;
    if (event && event.item.at <= tick) {
      events.delete(event.key);
      now = Math.max(now, event.item.at);
      if (now >= END) break;
      await event.item.run();
    } else {
      if (tick >= END) break;
      now = Math.max(now, tick);
    }
    await work();
    if (dateOf(now).slice(0, 7) !== month) {
      month = dateOf(now).slice(0, 7);
      report(
        `${month}: ${ledger.size} in the ledger, ${arrivals.length} arrived, ${Math.round((performance.now() - started) / 1000)} s`,
      );
    }
  }
  now = END;
  life!.countdown = null;
  await work();
  await store!.close();
  const verdict = judge(
    {
      segments: [...segments.values()].flat(),
      ledger,
      arrivals,
      digests,
      downtimes: downs.map(({ from, to }) => ({ from, to: to + MINUTE_MS })),
      snoozes,
      end: END,
    },
    isWorkday,
  );
  return {
    counts: {
      reminders: segments.size,
      digests: digests.length,
      crashes: crashed,
      downtimes: downs.length,
      ...verdict.counts,
    },
    violations: [...verdict.violations, ...problems.map((text) => `log: ${text}`)],
    seconds: Math.round((performance.now() - started) / 1000),
    maxLagMs,
  };
}

function averageOf(
  random: Random,
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

/** The same files under another folder: what the closing of the old one writes is written elsewhere. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkSync(source, target);
  }
}

/** One life of the process; `countdown`: so many commits until it ends. */
type Life = { isOver: boolean; countdown: number | null };

/** A store that is out of reach once the life is over; a commit that the end cuts off may have become durable or not. */
function mortal(
  store: Store,
  life: Life,
  onTried: (changes: Change[]) => void,
  onDurable: (changes: Change[]) => void,
): Store {
  const dead = () => Promise.reject(new BotError('STORE', 'crash'));
  let parity = 0;
  return {
    ...store,
    async commit(changes) {
      if (life.isOver) return dead();
      onTried(changes);
      if (life.countdown !== null && life.countdown-- <= 0) {
        life.isOver = true;
        if (parity++ % 2 === 0) await store.commit(changes).catch(() => undefined);
        return dead();
      }
      await store.commit(changes);
      onDurable(changes);
    },
    claimUpdate: (...args) => (life.isOver ? dead() : store.claimUpdate(...args)),
    claimDueJobs: (...args) => (life.isOver ? dead() : store.claimDueJobs(...args)),
    claimDueTimers: (...args) => (life.isOver ? dead() : store.claimDueTimers(...args)),
    releaseUpdate: (...args) => (life.isOver ? dead() : store.releaseUpdate(...args)),
  };
}

type Fault = 'before' | 'limit' | 'nothing' | 'after' | null;

function createFaults(random: Random): () => Fault {
  return () => {
    const dice = random.next();
    if (dice < 0.03) return 'before';
    if (dice < 0.05) return 'limit';
    if (dice < 0.055) return 'nothing';
    return dice < 0.065 ? 'after' : null;
  };
}

const matchOf = ({ id, value }: Action['action']) => {
  const intent = id === 'rem-cancel' ? 'cancel_reminder' : 'snooze_reminder';
  const match: IntentMatch = { intent, slots: { action: id, value }, score: 1, via: 'action', scores: {} };
  return { match, text: '', raw: '' };
};

/** `TX-2026-000001 每天9:05`: another time for a reminder. */
const matchEdit = (text: string) => {
  const [value = '', ...words] = text.split(' ');
  const slots = { action: 'rem-edit', value };
  const match: IntentMatch = { intent: 'snooze_reminder', slots, score: 1, via: 'action', scores: {} };
  return { match, text: words.join(' '), raw: words.join(' ') };
};

/** What of the effects the store keeps of a reminder. */
export const changesOf = (effects: ReturnType<typeof planEffects>['effects']): Change[] =>
  effects.flatMap((effect): Change[] => {
    if (effect.kind === 'saveReminder')
      return [{ kind: 'reminder', reminder: effect.reminder, expectedVersion: effect.expectedVersion }];
    if (effect.kind === 'saveOccurrence')
      return [{ kind: 'occurrence', occurrence: effect.occurrence, expectedVersion: effect.expectedVersion }];
    return effect.kind === 'schedule' ? [{ kind: 'schedule', timer: effect.timer }] : [];
  });
