/** A reminder is planned, and what was understood is said; how often is too often. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { nextAt, provisionalNote, provisionalYear } from '../../reminders/plan.js';
import { planEffects } from '../../reminders/planning.js';
import { isOwn, sparedOf, waitsForWorkday } from '../../reminders/schedule.js';
import { reminderCard } from '../../reminders/view.js';
import { villageOf } from '../../organizations/village-contact.js';
import { mayDisturb, NOT_DISTURBED, saysUrgent } from '../../reminders/urgency.js';
import type { ReminderFlow } from './flow-shapes.js';
import { remember, selfIn } from './reminders.js';
import { sessionOn, tryApply } from './requests.js';

type Wanted = Pick<Reminder, 'id' | 'text' | 'to' | 'when' | 'said' | 'isUrgent'>;

/** As it is before anything is planned. */
export function newReminder(wanted: Wanted, ctx: Context): Reminder {
  const { account, name, organization } = selfIn(ctx);
  return {
    ...wanted,
    ...{ version: 0, source: 'own', owner: { account, name, organization } },
    ...{ late: 'send', channel: 'message', status: 'active' },
    ...{ edits: 0, nextAt: null, ruleAt: null, createdAt: ctx.now },
  };
}

/** Of what is to be set: whether it may come at night and on days off, or says so and may not. */
export function urgencyOf(
  { text, said, when }: Pick<ReminderFlow, 'text' | 'said' | 'when'>,
  ctx: Context,
  { directory, rules }: ReminderWorld,
): 'urgent' | 'barred' | 'plain' {
  if (!saysUrgent(`${ctx.raw} ${said} ${text}`, rules)) return 'plain';
  const instants = [ctx.now, ...(when?.kind === 'once' ? [when.at] : [])];
  return mayDisturb(ctx.person, directory, instants) ? 'urgent' : 'barred';
}

/** Active reminders that one account may have. */
export const mostOf = ({ person, update }: Context, { rules, directory }: ReminderWorld): number =>
  person || villageOf({ person, user: update.user }, directory) ? rules.most : rules.mostUnbound;

/** The shortest interval, in minutes. */
const leastMinutes = ({ to }: ReminderFlow, ctx: Context, { rules }: ReminderWorld): number =>
  isOwn({ to, owner: selfIn(ctx) }) ? rules.everyMinutes : rules.othersEveryMinutes;

/** Nobody is called every few minutes, whatever the reason. */
export function isTooOften(data: ReminderFlow, ctx: Context, world: ReminderWorld): boolean {
  const { when } = data;
  if (when?.kind !== 'recurring') return false;
  if (!/FREQ=(MINUTELY|HOURLY)/.test(when.rule.rrule) && when.rule.times.length < 2) return false;
  const first = nextAt(when, ctx.now, world.calendar);
  const second = first === null ? null : nextAt(when, first, world.calendar);
  return first !== null && second !== null && second - first < leastMinutes(data, ctx, world) * 60_000;
}

export const tooOften = (data: ReminderFlow, ctx: Context, world: ReminderWorld): string =>
  `提醒的间隔不能少于${leastMinutes(data, ctx, world)}分钟。请重新说一下什么时候提醒。`;

/** Plans and says what was understood; also for a new time of an old one. */
export function planned(
  ctx: Context,
  world: ReminderWorld,
  { pausedAt: _paused, ...reminder }: Reminder,
  title: string,
  before: Effect[] = [],
): Effect[] {
  const outcome = tryApply(() => ({ ok: true as const, ...planEffects(reminder, ctx.now, world, ctx.now) }));
  if (!outcome.ok) return [replyText(outcome.reason), setSession(sessionOn(ctx, {}))];
  const { nextAt, ruleAt } = outcome.reminder;
  if (nextAt === null)
    return [
      replyText('这个时间以后没有可提醒的日子,没有设置。请换一个时间。'),
      setSession(sessionOn(ctx, {})),
    ];
  const isBarred = saysUrgent(`${ctx.raw} ${reminder.said} ${reminder.text}`, world.rules);
  const spared =
    isOwn(reminder) || reminder.isUrgent ? [] : sparing(reminder, { isMoved: nextAt !== ruleAt, isBarred });
  const year = provisionalYear(sparedOf(reminder), ruleAt, world.calendar);
  const notes = [
    ...spared,
    ...(year === null ? [] : [provisionalNote(year)]),
    ...(CONDITION.test(reminder.text) ? [UNCONDITIONAL] : []),
  ];
  return [
    ...before,
    ...outcome.effects,
    replyCard(reminderCard(outcome.reminder, title, notes, ctx.now)),
    remember(ctx, reminder.id),
  ];
}

/** 要是下雨就去查: nobody looks whether it rains. */
const CONDITION = /要是|如果|假如|万一|(?<=[\u4e00-\u9fff]{2})的话/;
const UNCONDITIONAL = '机器人不判断“要是……”的情况,到时都会提醒。';

const NEXT_WORKDAY = '遇休息日的,顺延到下一个工作日提醒;当天也要提醒的,由负责人或值班人员写明“含节假日”。';

function sparing(
  reminder: Reminder,
  { isMoved, isBarred }: { isMoved: boolean; isBarred: boolean },
): string[] {
  const { when } = reminder;
  if (isBarred && (isMoved || when.kind === 'recurring')) return [NOT_DISTURBED];
  if (waitsForWorkday(reminder)) return [NEXT_WORKDAY];
  if (isMoved)
    return ['原定时间在勿扰时段或节假日,已顺延;确需按原时间的,由负责人或值班人员写明“紧急”或“含节假日”。'];
  return when.kind === 'recurring'
    ? ['只在工作日提醒;节假日也要提醒的,由负责人或值班人员写明“含节假日”。']
    : [];
}
