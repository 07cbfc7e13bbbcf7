/**
 * The oracle of the simulated year: what had to come, computed from the plans alone, and judged against the ledger and
 * what arrived. Shares no code with the reminders: its own calendar, its own days.
 */
import type { Occurrence, Recipient, Reminder } from '../../src/core/reminder.js';
import { dateOf, instantOf, minutesOf, weekdayOf } from './calendar.js';
import { later, type Plan } from './world.js';

const QUIET = { from: 21 * 60 + 30, to: 7 * 60 + 30 };
const DAILY_CAP = 8;
const DIGEST_FAILED = '早间汇总没有送达';
const YEAR_END = instantOf('2026-12-31', 1439);

/** The rule's own instants after `from` and up to `to`. */
export function instantsOf(
  plan: Plan,
  from: number,
  to: number,
  isWorkday: (date: string) => boolean,
): number[] {
  if (plan.kind === 'once') {
    const at = instantOf(plan.date, plan.minutes);
    return at > from && at <= to ? [at] : [];
  }
  const found: number[] = [];
  const last = later(dateOf(to), 20);
  for (let date = plan.from; date <= last; date = later(date, 1)) {
    const day = dayOf(plan, date, isWorkday);
    if (day !== null && day <= '2026-12-31')
      found.push(...plan.minutes.map((minutes) => instantOf(day, minutes)));
  }
  return [...new Set(found)].filter((at) => at > from && at <= to).sort((a, b) => a - b);
}

function dayOf(
  plan: Exclude<Plan, { kind: 'once' }>,
  date: string,
  isWorkday: (date: string) => boolean,
): string | null {
  switch (plan.kind) {
    case 'daily':
      return date;
    case 'workdays':
      return isWorkday(date) ? date : null;
    case 'weekly':
      return plan.days.includes(weekdayOf(date)) ? date : null;
    case 'monthly': {
      if (Number(date.slice(8)) !== plan.day) return null;
      if (plan.shift === 'none' || isWorkday(date)) return date;
      if (plan.shift === 'skip') return null;
      let moved = date;
      do moved = later(moved, plan.shift === 'next' ? 1 : -1);
      while (!isWorkday(moved));
      return moved;
    }
  }
}

/** Where an instant for others goes: null on a day off when it comes again anyway. */
function spared(at: number, isRecurring: boolean, isWorkday: (date: string) => boolean): number | null {
  const date = dateOf(at);
  const minutes = minutesOf(at);
  const isQuiet = minutes >= QUIET.from || minutes < QUIET.to;
  const next = (day: string): string => (isWorkday(day) ? day : next(later(day, 1)));
  if (!isWorkday(date)) return isRecurring ? null : instantOf(next(date), isQuiet ? QUIET.to : minutes);
  if (!isQuiet) return at;
  return instantOf(next(minutes >= QUIET.from ? later(date, 1) : date), QUIET.to);
}

/** One reminder between two changes: `from` it was planned, `until` it was changed or cancelled. */
export type Segment = {
  reminder: Reminder;
  plan: Plan;
  to: Recipient[];
  /** Counts the changes before: part of the ids of its occurrences. */
  edits: number;
  from: number;
  until: number;
};

export type Expected = {
  id: string;
  segment: Segment;
  at: number;
  /** The one before it. */
  before: number | null;
  to: Recipient;
  /** By the rule it falls on a day off and must not come. */
  isDayOff: boolean;
};

const isOwn = ({ reminder, to }: Segment): boolean =>
  to.every((it) => it.kind === 'person' && it.account === reminder.owner.account);

/** Each instant and recipient of the segment; what is planned when it ends is taken back, with a reason. */
export function expectedOf(segment: Segment, isWorkday: (date: string) => boolean, end: number): Expected[] {
  const { reminder, plan, to, edits, from, until } = segment;
  const isFree = isOwn(segment) || reminder.isUrgent;
  const isRecurring = plan.kind !== 'once';
  const horizon = Math.min(until, end);
  const rows = new Map<number, boolean>();
  for (const ruleAt of instantsOf(plan, from, YEAR_END, isWorkday)) {
    const at = isFree ? ruleAt : spared(ruleAt, isRecurring, isWorkday);
    // Nobody knows the days off of the next year yet.
    if (at !== null && at > YEAR_END) break;
    rows.set(at ?? ruleAt, at === null);
    // The first that stands beyond the end of the segment is planned, and taken back.
    if (at !== null && at > horizon) break;
  }
  return [...rows].flatMap(([at, isDayOff], i, all) =>
    to.map((recipient, n) => ({
      id: `${reminder.id}@${at}/${edits === 0 ? n : `${n}e${edits}`}`,
      segment,
      at,
      before: all[i - 1]?.[0] ?? null,
      to: recipient,
      isDayOff,
    })),
  );
}

/** In their order. */
export type Arrival = { occurrence: string; chat: string };
export type Digest = {
  account: string;
  at: number;
  said: number;
  merged: number;
  /** To be done, due today, overdue: as said, and as they are. */
  todo: string;
  todoExpected: string;
};

export type Observed = {
  segments: Segment[];
  ledger: ReadonlyMap<string, Occurrence>;
  arrivals: Arrival[];
  digests: Digest[];
  downtimes: { from: number; to: number }[];
  /** Occurrences that people have put off. */
  snoozes: number;
  end: number;
};

export type Verdict = { counts: Record<string, number>; violations: string[] };

export function judge(observed: Observed, isWorkday: (date: string) => boolean): Verdict {
  const { ledger, arrivals, digests, downtimes, end } = observed;
  const counts: Record<string, number> = {};
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const violations: string[] = [];
  const violation = (what: string, id: string): void => {
    count(`VIOLATION ${what}`);
    violations.push(`${what}: ${id} ${JSON.stringify(ledger.get(id) ?? null)}`);
  };
  const arrived = new Map<string, Arrival[]>();
  for (const it of arrivals) arrived.set(it.occurrence, [...(arrived.get(it.occurrence) ?? []), it]);
  const expected = new Map<string, Expected>();
  for (const segment of observed.segments)
    for (const it of expectedOf(segment, isWorkday, end)) expected.set(it.id, it);
  const wasDown = (at: number): boolean => downtimes.some(({ from, to }) => from <= at && at <= to);

  const judgeArrival = (row: Occurrence): void => {
    const times = arrived.get(row.id)?.length ?? 0;
    if (times > 1) violation('arrived more than once', row.id);
    switch (row.status) {
      case 'sent':
      case 'acknowledged':
      case 'done':
      case 'snoozed':
        if (row.digest === undefined ? times !== 1 : times !== 0)
          violation(`${row.status} but arrived ${times} times`, row.id);
        break;
      case 'failed':
      case 'skipped':
        if (times !== 0) violation(`${row.status} but arrived`, row.id);
        if (!row.reason) violation(`${row.status} without a reason`, row.id);
        break;
      case 'uncertain':
        if (!row.hops.some(({ outcome }) => outcome === 'uncertain'))
          violation('uncertain without a trace', row.id);
        break;
      case 'planned':
        if (row.dueAt <= end) violation('planned and never came', row.id);
        break;
      case 'claimed':
        if (row.digest === undefined || row.digest <= dateOf(end))
          violation('claimed and never came', row.id);
    }
    count(row.status === 'sent' && row.digest !== undefined ? 'sent in a digest' : row.status);
  };

  for (const [id, { segment, at, before, isDayOff }] of expected) {
    const row = ledger.get(id);
    if (!row) {
      // While the one before waited for the end of the night, the one after the change was not planned yet.
      const isUnplanned = at > segment.until && before !== null && wasDown(before);
      if (!isUnplanned) violation(at > end ? 'not planned' : 'lost', id);
      continue;
    }
    judgeArrival(row);
    if (row.status !== 'skipped') {
      if (isDayOff) violation('came on a day off', id);
      continue;
    }
    const { reason = '' } = row;
    count(`skipped: ${reason.replace(/^\d+月\d+日\(周.\)/, '')}`);
    const isAllowed = /^已取消|^已改期|^本人不再接收|^收件人有变/.test(reason)
      ? at > segment.until
      : /不是工作日/.test(reason)
        ? isDayOff
        : /^已错过|^机器人停机错过/.test(reason)
          ? wasDown(at)
          : reason === DIGEST_FAILED && row.digest !== undefined;
    if (!isAllowed) violation('skipped for no good reason', id);
  }
  let snoozed = 0;
  for (const row of ledger.values()) {
    if (row.reminder === 'digest') {
      if (row.status === 'claimed') violation('digest claimed and never came', row.id);
      if ((arrived.get(row.id)?.length ?? 0) > 1) violation('digest more than once', row.id);
      count(`digest ${row.status}`);
      continue;
    }
    if (row.id.includes('/s')) {
      snoozed++;
      judgeArrival(row);
    } else if (!expected.has(row.id) && row.dueAt <= YEAR_END) violation('nobody asked for it', row.id);
  }
  if (snoozed !== observed.snoozes)
    violations.push(`put off ${observed.snoozes} times, planned again ${snoozed} times`);
  judgeDigests(digests, ledger, violations);
  judgeCap(ledger, observed.segments, violations);
  const late = judgeOrder(arrivals, ledger, wasDown, violations);
  return {
    counts: { expected: expected.size, snoozed, arrivals: arrivals.length, ...counts, ...late },
    violations,
  };
}

function judgeDigests(digests: Digest[], ledger: Observed['ledger'], violations: string[]): void {
  for (const digest of digests) {
    if (digest.said !== digest.merged || digest.todo !== digest.todoExpected)
      violations.push(`digest counts wrong: ${JSON.stringify(digest)}`);
  }
  const days = digests.map(({ account, at }) => `${account} ${dateOf(at)}`);
  if (new Set(days).size !== days.length) violations.push('somebody got two digests on one day');
  const merged = [...ledger.values()].filter(
    ({ status, digest, reason }) =>
      digest !== undefined && (status === 'sent' || (status === 'skipped' && reason === DIGEST_FAILED)),
  );
  const said = digests.reduce((sum, it) => sum + it.said, 0);
  if (merged.length !== said) violations.push(`merged ${merged.length}, in digests ${said}`);
}

/** Nobody gets more messages a day that others have set. */
function judgeCap(ledger: Observed['ledger'], segments: Segment[], violations: string[]): void {
  const free = new Set(
    segments.flatMap((it) => (isOwn(it) || it.reminder.isUrgent ? [`${it.reminder.id} ${it.edits}`] : [])),
  );
  const perDay = new Map<string, number>();
  for (const row of ledger.values()) {
    if (row.to.kind !== 'person' || row.reminder === 'digest' || row.id.includes('/s')) continue;
    const edits = /e(\d+)$/.exec(row.id)?.[1] ?? '0';
    if (free.has(`${row.reminder} ${edits}`)) continue;
    const [hop] = row.hops;
    if (!hop) continue;
    const key = `${row.to.account} ${dateOf(hop.at)}`;
    perDay.set(key, (perDay.get(key) ?? 0) + 1);
  }
  for (const [key, times] of perDay)
    if (times > DAILY_CAP) violations.push(`cap: ${key} got ${times} set by others`);
}

/** In each chat what was on time came in the order of the instants. */
function judgeOrder(
  arrivals: Arrival[],
  ledger: Observed['ledger'],
  wasDown: (at: number) => boolean,
  violations: string[],
): Record<string, number> {
  const last = new Map<string, { at: number; id: string }>();
  let compared = 0;
  for (const { occurrence, chat } of arrivals) {
    const row = ledger.get(occurrence);
    // A second way is taken when the first has failed: that takes time.
    if (!row || row.reminder === 'digest' || row.hops.length !== 1) continue;
    const before = last.get(chat);
    if (before && before.at > row.dueAt && !wasDown(row.dueAt))
      violations.push(`order: ${occurrence} came to ${chat} after ${before.id}`);
    compared++;
    if (!before || row.dueAt >= before.at) last.set(chat, { at: row.dueAt, id: occurrence });
  }
  return { 'order compared': compared };
}
