/** What people answer to a reminder: done, later, another time, never again. */
import { addWorkingDays, startOfWork } from '../calendar/workdays.js';
import { formatInstant, isInstant, toLocal } from '../calendar/local.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import { isNotice, type Occurrence } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { dropLater, saveOccurrence } from '../reminders/planning.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { become, mayBecome, whyOver } from '../reminders/ledger.js';
import { changeNotice } from './shared/reminder-notice.js';
import { cancelReminder } from './cancel_reminder.js';
import { sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import { SnoozeFlow } from './shared/flow-shapes.js';
import { AGAIN, flowData } from './shared/flows.js';
import { isOwner, reachedBy, remindersIn } from '../reminders/concerned.js';
import {
  findReminder,
  isForSpeaker,
  noneCalled,
  NOT_FOUND,
  notFound,
  occurrenceIn,
} from './shared/reminders.js';
import { askWhich, changeReminder, chosen, toNamed, undo } from './shared/reminder-change.js';
import { planned } from './shared/reminder-planned.js';
import { withLikelyDays } from '../reminders/provisional.js';
import { snoozeEffects, snoozedTo } from '../reminders/sending.js';

const INTENT = 'snooze_reminder';
/** Offered to be ticked off. */
const DONE_MOST = 5;
const HOUR_MS = 3_600_000;
const DONE = /完成|办完|办好|已办/;
const ACKNOWLEDGED = /收到|知道了|已阅/;
/** 还没办完, 等我办完再说, 知道了,明天再叫: it is to come again. */
const NOT_YET = /没|未|不|等|再|推|延|缓|晚点|后/;

export function createSnoozeReminder(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const world = reminderWorldOf(deps);
    const { action = '', value = '' } = ctx.match.slots;
    const kept = flowData(ctx, INTENT, SnoozeFlow);
    if (action === AGAIN && kept)
      return [
        replyText(
          'change' in kept
            ? '刚才的改动还没有完成:请回复序号或提醒的内容。(回复“取消”可放弃)'
            : '刚才的提醒还没有改好:请问改到什么时候?(回复“取消”可放弃)',
        ),
      ];
    if (action === 'rem-held')
      return [
        replyText(
          '没有改动:这句话像是假设的情况,机器人不会到时自动取消或办结。要现在就办的,请直接说,例如“取消开会那个提醒”。',
        ),
      ];
    if (action === 'rem-none') return noneCalled(ctx, value, await remindersIn(ctx));
    if (action === 'rem-which') return which(ctx, world, kept, value);
    if (action === 'rem-change') return change(ctx, world, value);
    if (action === 'rem-undo') return undo(ctx, world, value);
    const flow = ctx.match.via === 'flow' && (action === '' || action === 'said') ? kept : null;
    if (flow && 'change' in flow) return which(ctx, world, flow, ctx.text);
    if (flow) return said(ctx, world, flow);
    if (action === 'rem-edit') return editReminder(ctx, world);
    if (action === 'rem-pick') return picked(ctx, world);
    if (action === 'rem-ask') return askDone(ctx);
    const occurrence = await occurrenceIn(ctx);
    if (!occurrence) return [replyText(action === '' ? '目前没有可以推迟的提醒。' : NOT_FOUND)];
    const refused = await whyNotHandle(ctx, occurrence);
    if (refused) return [replyText(action === '' ? '目前没有可以推迟的提醒。' : refused)];
    const words = action === '' && ctx.update.kind === 'message' ? ctx.update.text : '';
    if (action === 'rem-done' || (DONE.test(words) && !NOT_YET.test(words))) return done(ctx, occurrence);
    if (action === 'rem-seen' || (ACKNOWLEDGED.test(words) && !NOT_YET.test(words)))
      return acknowledge(ctx, occurrence);
    if (action === 'rem-stop') {
      const reminder = await ctx.read.getReminder(occurrence.reminder);
      return reminder ? cancelReminder(ctx, world, reminder) : notFound();
    }
    if (action === 'rem-hour') return put(ctx, occurrence, ctx.now + HOUR_MS);
    if (action === 'rem-morning') return put(ctx, occurrence, nextMorning(world, ctx.now));
    if (action === '' && ctx.text.trim() !== '') return said(ctx, world, { occurrence: occurrence.id });
    return ask(ctx, { occurrence: occurrence.id });
  };
}

/** Which of several is changed: by its button, its number or its words. */
function which(
  ctx: Context,
  world: ReminderWorld,
  flow: SnoozeFlow | null,
  words: string,
): Promise<Effect[]> | Effect[] {
  if (!flow || !('change' in flow)) return [replyText('这次改动已失效,请重新说要怎么改。')];
  if (isCancel(words)) return [replyText('好的,不作改动。'), setSession(sessionOn(ctx, {}))];
  return ctx.session?.flow?.asks === 'person' ? toNamed(ctx, world, flow) : chosen(ctx, world, flow, words);
}

/** Several have come and one is said to be done. */
async function askDone(ctx: Context): Promise<Effect[]> {
  const open = (await reachedBy(ctx)).slice(-DONE_MOST);
  return [
    replyCard({
      title: '请问是哪一条办完了',
      blocks: [{ kind: 'text', text: open.map(({ text }, i) => `${i + 1}. ${text}`).join('\n') }],
      buttons: open.map(({ id }, i) => ({ id: 'rem-done', label: `第${i + 1}条完成`, value: id })),
    }),
    setSession(sessionOn(ctx, {})),
  ];
}

/** `value`: the reminders that the words may mean, found by readings/reminders.ts. */
async function change(ctx: Context, world: ReminderWorld, value: string): Promise<Effect[]> {
  const found = await Promise.all(value.split(',').map((id) => ctx.read.getReminder(id)));
  const open = found.flatMap((it) => (it && isOwner(ctx, it) ? [it] : []));
  const [only, second] = open;
  if (!only) return notFound();
  return second ? askWhich(ctx, ctx.raw, open) : changeReminder(ctx, world, only, ctx.raw);
}

type TimeFlow = Exclude<SnoozeFlow, { change: string }>;

/** It is for whom it came to, a group's in that group, and for who set it; of one that is not yet sent there is nothing to handle. */
async function whyNotHandle(ctx: Context, occurrence: Occurrence): Promise<string | null> {
  const isMine =
    isForSpeaker(ctx, occurrence.to) ||
    (await ctx.read.getReminder(occurrence.reminder).then((it) => it !== null && isOwner(ctx, it)));
  if (!isMine) return NOT_FOUND;
  if (occurrence.status === 'planned') return '这条提醒还没有到时间。要改时间或取消的,请发送“我的提醒”。';
  return whyOver(occurrence);
}

function done(ctx: Context, occurrence: Occurrence): Effect[] {
  return [
    ...saveOccurrence(become(occurrence, 'done', ctx.now)),
    replyText(`好的,“${occurrence.text}”已标记完成。`),
    setSession(sessionOn(ctx, {})),
  ];
}

function acknowledge(ctx: Context, occurrence: Occurrence): Effect[] {
  const changes = mayBecome(occurrence, 'acknowledged')
    ? saveOccurrence(become(occurrence, 'acknowledged', ctx.now))
    : [];
  return [...changes, replyText('好的。'), setSession(sessionOn(ctx, {}))];
}

async function put(ctx: Context, occurrence: Occurrence, at: number): Promise<Effect[]> {
  let later = snoozedTo(occurrence, at, 0, ctx.now);
  for (let turn = 1; await ctx.read.getOccurrence(later.id); turn++)
    later = snoozedTo(occurrence, at, turn, ctx.now);
  return [
    ...snoozeEffects(occurrence, later, ctx.now),
    replyText(`好的,${formatInstant(at, ctx.now)}再提醒“${occurrence.text}”。`),
    setSession(sessionOn(ctx, { reminder: occurrence.reminder })),
  ];
}

const nextMorning = ({ calendar }: ReminderWorld, now: number): number =>
  startOfWork(calendar, addWorkingDays(withLikelyDays(calendar), toLocal(now).date, 1).date);

const ask = (ctx: Context, data: TimeFlow): Effect[] => [
  replyCard({
    title: '改到什么时候',
    blocks: [{ kind: 'text', text: '请回复时间,例如“半小时后”“明天上午”“周五下午三点”。(回复“取消”可放弃)' }],
    buttons: [],
    picker: { id: 'rem-pick', label: '选择时间' },
  }),
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks: 'time', data } })),
];

/** 等半小时再说. */
const AFTER_WAITING =
  /等(?:个|上|我)?([半一两二三四五六七八九十\d]{1,3}个?半?(?:小时|钟头|分钟|刻钟|天))(?:以后|之后|后)?(?:再)?(?:说|叫|提醒|喊|弄|办)?/;

/** The words hold the new time. */
async function said(ctx: Context, world: ReminderWorld, data: TimeFlow): Promise<Effect[]> {
  const { action, value = '' } = ctx.match.slots;
  if (action === 'said' && isCancel(ctx.text))
    return [replyText('好的,不作改动。'), setSession(sessionOn(ctx, {}))];
  const words = (ctx.raw || value).replace(AFTER_WAITING, '$1后');
  const time = parseTime(words, { now: ctx.now, calendar: world.calendar, purpose: 'reminder' });
  if (!time) return ask(ctx, data);
  if (time.kind === 'unclear')
    return [
      replyText(`${time.message}${time.candidates.map((it) => it.label).join('、')}(请回复时间)`),
      setSession(sessionOn(ctx, { flow: { intent: INTENT, asks: 'time', data } })),
    ];
  return takeTime(ctx, world, data, time);
}

/** From the calendar of a card. */
function picked(ctx: Context, world: ReminderWorld): Promise<Effect[]> | Effect[] {
  const data = flowData(ctx, INTENT, SnoozeFlow);
  if (!data || 'change' in data) return [replyText('这次改动已失效,请重新点“改时间”。')];
  const at = Number(ctx.match.slots['value']);
  if (at <= ctx.now) return [replyText('这个时间已经过去了,请另选一个时间。')];
  return takeTime(ctx, world, data, { kind: 'instant', at, text: formatInstant(at, ctx.now) });
}

type Chosen =
  | { kind: 'instant'; at: number; text: string }
  | Pick<Extract<TimeReading, { kind: 'range' }>, 'kind' | 'from' | 'text'>
  | Pick<Extract<TimeReading, { kind: 'recurrence' }>, 'kind' | 'rule' | 'text'>;

/** The reminder moves, or the occurrence is put off. */
async function takeTime(ctx: Context, world: ReminderWorld, data: TimeFlow, time: Chosen): Promise<Effect[]> {
  const first = time.kind === 'recurrence' ? ctx.now : time.kind === 'range' ? time.from : time.at;
  if (!isInstant(first)) return [replyText('这个时间太远了,改不了。请换一个时间。')];
  if ('reminder' in data) {
    const reminder = await ctx.read.getReminder(data.reminder);
    if (!reminder || !isOwner(ctx, reminder)) return [...notFound(), setSession(sessionOn(ctx, {}))];
    if (reminder.status !== 'active')
      return [replyText('这条提醒已结束,请重新设置。'), setSession(sessionOn(ctx, {}))];
    if (isNotice(reminder) && time.kind !== 'recurrence')
      return changeNotice(ctx, world, reminder, { startsAt: first, text: reminder.text });
    const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
    const when =
      time.kind === 'recurrence'
        ? { kind: 'recurring' as const, rule: time.rule }
        : { kind: 'once' as const, at: time.kind === 'range' ? time.from : time.at };
    const moved = { ...reminder, when, said: time.text, edits: reminder.edits + 1 };
    return planned(ctx, world, moved, '已改提醒', dropLater(open, '已改期', reminder, world, ctx.now));
  }
  const occurrence = await ctx.read.getOccurrence(data.occurrence);
  const refused = occurrence ? await whyNotHandle(ctx, occurrence) : NOT_FOUND;
  if (!occurrence || refused) return [replyText(refused ?? NOT_FOUND), setSession(sessionOn(ctx, {}))];
  if (time.kind === 'recurrence') return [replyText('推迟只能改到一个时间。要改成经常提醒的,请用“改时间”。')];
  return put(ctx, occurrence, time.kind === 'range' ? time.from : time.at);
}

/** A new time for the reminder itself; what was sent stays. */
async function editReminder(ctx: Context, world: ReminderWorld): Promise<Effect[]> {
  const found = await findReminder(ctx, world.calendar, ctx.text);
  if ('effects' in found) return found.effects;
  if (!isOwner(ctx, found)) return notFound();
  if (found.status !== 'active') return [replyText('这条提醒已结束,请重新设置。')];
  return ctx.text.trim() === '' ? ask(ctx, { reminder: found.id }) : said(ctx, world, { reminder: found.id });
}
