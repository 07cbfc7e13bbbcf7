/** What the clock does to reminders: they leave, are gathered into the morning's summary, learn whether they arrived. */
import { remind } from '../core/effects.js';
import { DAY_MS, formatInstant, fromLocal, MINUTE_MS, toLocal } from '../calendar/local.js';
import type { Hop, Occurrence, Reminder } from '../core/reminder.js';
import type { Effect, TimerContext, TimerHandler } from '../core/types.js';
import { DIGEST } from '../digest/view.js';
import type { ReminderWorld } from '../reminders/deps.js';
import {
  place,
  saveOccurrence,
  skippedRows,
  tellEffects,
  timerAt,
  waitEffects,
} from '../reminders/planning.js';
import { provisionalNote, provisionalYear } from '../reminders/plan.js';
import { become, endHop, isSnoozed, mayBecome, withHop } from '../reminders/ledger.js';
import { whyNotRecalled } from '../reminders/notice.js';
import { waysTo, type Way } from '../reminders/reach.js';
import {
  dueStep,
  isOwn,
  plannedOccurrence,
  sharesOf,
  sparedOf,
  sparedUntil,
  type Share,
  type RuleStep,
} from '../reminders/schedule.js';
import { reminderWorldOf, type HandlerDeps } from '../handlers/deps.js';
import { unreadCheck } from './unread.js';
import { lostWith } from './digest.js';
import { conversationKey } from '../core/chat.js';
import type { StoreReader } from '../core/store.js';
import { fireEffects, mergeEffects, sendBy, type Firing } from '../reminders/sending.js';

/** Timer `reminder`: the next instant of one reminder. */
export function createReminderTimer(deps: HandlerDeps): TimerHandler {
  return async (ctx) => {
    const { update, now, read } = ctx;
    const world = reminderWorldOf(deps);
    const reminder = await read.getReminder(String(update.timer.payload['id']));
    if (reminder?.status !== 'active') return [];
    const due = dueStep(reminder, now, world);
    if (!due) return [];
    const { current, next, skipped, missing } = due;
    const wait = current && isLate(current.at, world, now) ? sparedUntil(reminder, now, world) : null;
    // The next one is not kept back by it.
    if (wait) return [timerAt(reminder.id, Math.min(wait, next?.at ?? wait))];
    const fired = current
      ? await Promise.all(sharesOf(reminder).map((share) => fire(ctx, world, reminder, current, share)))
      : [];
    const stored = await storedOf(read, skippedRows(reminder, skipped, now));
    const ruleAt = current?.ruleAt ?? reminder.ruleAt;
    return [
      ...fired.flat(),
      ...(missing === undefined
        ? place(reminder, next, skipped, now, stored).effects
        : waitEffects(reminder, { ruleAt, missing, skipped }, world, now, stored)),
      ...provisionalEffects(reminder, current, next, world),
    ];
  };
}

/** Who set it learns once that its days are reckoned without the year's arrangement. */
function provisionalEffects(
  reminder: Reminder,
  current: RuleStep | null,
  next: RuleStep | null,
  world: ReminderWorld,
): Effect[] {
  const yearAt = (step: RuleStep | null) =>
    provisionalYear(sparedOf(reminder), step?.ruleAt ?? null, world.calendar);
  const year = yearAt(next);
  if (year === null || next === null || yearAt(current) === year) return [];
  const text = `您设的提醒“${reminder.text}”(${reminder.id})下一次是${formatInstant(next.at)}。${provisionalNote(year)}`;
  return tellEffects(reminder.owner, text, world);
}

const isLate = (at: number, { rules }: ReminderWorld, now: number): boolean =>
  now - at > rules.lateMinutes * MINUTE_MS;

/** Those of the rows that are in the ledger already. */
async function storedOf(read: StoreReader, rows: Occurrence[]): Promise<Map<string, Occurrence>> {
  const found = await Promise.all(rows.map(({ id }) => read.getOccurrence(id)));
  return new Map(found.flatMap((it) => (it ? [[it.id, it] as const] : [])));
}

/** One recipient's occurrence: sent, gathered for the morning, or left out because it is too late. */
async function fire(
  { read, now }: TimerContext,
  world: ReminderWorld,
  reminder: Reminder,
  step: RuleStep,
  share: Share,
): Promise<Effect[]> {
  const planned = plannedOccurrence(reminder, share, step.at, now);
  const stored = (await read.getOccurrence(planned.id)) ?? planned;
  const excused = whyNotRecalled(reminder, share.to, now);
  if (excused !== null && stored.status === 'planned')
    return saveOccurrence(become(stored, 'skipped', now, { reason: excused }));
  // The ledger decides: what has been claimed once never leaves again.
  return stored.status === 'planned' ? leave(read, world, reminder, stored, now) : [];
}

async function leave(
  read: StoreReader,
  world: ReminderWorld,
  reminder: Reminder,
  stored: Occurrence,
  now: number,
): Promise<Effect[]> {
  const lateFor = isLate(stored.dueAt, world, now) ? now - stored.dueAt : null;
  if (lateFor !== null && reminder.late === 'skip')
    return saveOccurrence(become(stored, 'skipped', now, { reason: '机器人停机错过,按设置不再补发' }));
  const firing: Firing = {
    ...{ lateFor, isRecurring: reminder.when.kind === 'recurring', owner: reminder.owner },
    ...(reminder.notice && { notice: reminder }),
  };
  const merged =
    reminder.channel === 'digest' || (lateFor !== null && reminder.late === 'merge')
      ? mergeEffects(stored, world, now)
      : (await isOverCap(read, reminder, stored, world, now))
        ? mergeEffects(stored, world, now, '当天给该人的提醒已达上限,并入次日早间汇总')
        : null;
  return merged ?? fireEffects(stored, firing, world, now);
}

/** Days back in which an occurrence may still wait to be sent today. */
const STILL_WAITING_MS = 7 * DAY_MS;

/**
 * What others set counts; urgent ones, the summary, what one put off oneself and one's own always come. Those before it in
 * the order of their instants count, sent or about to be: many are due at the same nine o'clock.
 */
async function isOverCap(
  read: StoreReader,
  reminder: Reminder,
  occurrence: Occurrence,
  world: ReminderWorld,
  now: number,
): Promise<boolean> {
  const { to, dueAt, id } = occurrence;
  if (to.kind !== 'person' || reminder.isUrgent || isOwn(reminder) || reminder.notice) return false;
  const midnight = fromLocal(toLocal(now).date);
  const recent = await read.findOccurrences({
    recipient: to.account,
    from: midnight - STILL_WAITING_MS,
    to: dueAt + 1,
  });
  const before = recent.filter(
    (it) =>
      (it.dueAt < dueAt || it.id < id) &&
      it.reminder !== DIGEST &&
      it.digest === undefined &&
      !it.isUrgent &&
      !isSnoozed(it) &&
      (it.status === 'planned' || it.hops.some((hop) => hop.at >= midnight)),
  );
  if (before.length < world.rules.dailyCap) return false;
  const reminders = await Promise.all(
    [...new Set(before.map((it) => it.reminder))].map((it) => read.getReminder(it)),
  );
  const counting = new Set(
    reminders.flatMap((it) => (it && it.channel === 'message' && !isOwn(it) ? [it.id] : [])),
  );
  return before.filter((it) => counting.has(it.reminder)).length >= world.rules.dailyCap;
}

/** Timer `occurrence`: one that a person has put off, or that was due when its reminder was changed. */
export function createOccurrenceTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = reminderWorldOf(deps);
    const occurrence = await read.getOccurrence(String(update.timer.payload['id']));
    if (occurrence?.status !== 'planned') return [];
    const reminder = await read.getReminder(occurrence.reminder);
    if (reminder && !isSnoozed(occurrence)) return leave(read, world, reminder, occurrence, now);
    const lateFor = isLate(occurrence.dueAt, world, now) ? now - occurrence.dueAt : null;
    const firing = {
      lateFor,
      isRecurring: reminder?.when.kind === 'recurring',
      owner: reminder?.owner ?? null,
    };
    return fireEffects(occurrence, firing, world, now);
  };
}

/** Timer `delivered`: how a sending ended. A way that failed is followed by the next one. */
export function createDeliveredTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = reminderWorldOf(deps);
    const { payload } = update.timer;
    const to = String(payload['to']);
    const outcome = payload['outcome'] as Exclude<Hop['outcome'], 'pending'>;
    const stored = await read.getOccurrence(String(payload['occurrence']));
    if (!stored) return [];
    const ended = endHop(stored, to, outcome, String(payload['reason']), now);
    if (outcome === 'sent')
      return [
        ...saveOccurrence(mayBecome(ended, 'sent') ? become(ended, 'sent', now) : ended),
        ...unreadCheck(ended, to, payload['messageId'], world, update.at),
      ];
    if (!mayBecome(ended, 'failed')) return saveOccurrence(ended);
    if (outcome === 'uncertain')
      return saveOccurrence(become(ended, 'uncertain', now, { reason: '平台没有答复是否送达' }));
    const tried = new Set(ended.hops.map((hop) => hop.to));
    const ways = waysTo(ended.to, world.directory, world.platforms);
    const way = ways.find(({ conversation }) => !tried.has(conversationKey(conversation)));
    const reminder = await read.getReminder(ended.reminder);
    if (!way) {
      const failed = become(ended, 'failed', now, { reason: '各种途径都没有送达' });
      const lost = ended.reminder === DIGEST ? await lostWith(failed, read, now) : [];
      return [...saveOccurrence(failed), ...lost, ...tellOwner(failed, reminder, world, now)];
    }
    if (ended.reminder === DIGEST)
      return [
        ...saveOccurrence(withHop(ended, conversationKey(way.conversation), now)),
        remind(
          way.conversation,
          { text: calledText(ended, way), ...(way.mention && { mention: way.mention }) },
          ended.id,
        ),
      ];
    const firing = {
      lateFor: null,
      isRecurring: reminder?.when.kind === 'recurring',
      owner: reminder?.owner ?? null,
      ...(reminder?.notice && { notice: reminder }),
    };
    return sendBy(ended, way, firing, world, now);
  };
}

/** What somebody has to do is read by nobody else: a group or a colleague is only asked to pass the word on. */
const calledText = ({ text, to }: Occurrence, { forWhom }: Way): string =>
  forWhom === undefined || to.kind !== 'person'
    ? text
    : `机器人联系不上${forWhom},请转告:有待办事项,请私聊机器人发送“待我办理”查看。`;

/** Who set it for others learns that it did not arrive. */
function tellOwner(
  failed: Occurrence,
  reminder: Reminder | null,
  world: ReminderWorld,
  now: number,
): Effect[] {
  if (!reminder || isOwn(reminder)) return [];
  const { to } = failed;
  const whom = to.kind === 'person' ? to.name : to.kind === 'unit' ? to.organization : '群';
  const text = `您设的提醒“${failed.text}”没有送达${whom}:对方可能没有启用机器人或已退群。请用其他方式告知。(${toLocal(now).date})`;
  return tellEffects(reminder.owner, text, world);
}
