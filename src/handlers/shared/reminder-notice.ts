/** A notice is set, or what it says changes: it goes out, and is recalled before it begins. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Notice, NoticeReminder, Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { isOpenNotice, noticeEffects, recallAt, stopAgain, tellChange } from '../../reminders/notice.js';
import { receiptCard, titleOf } from '../../reminders/notice-view.js';
import { dropLater, planEffects } from '../../reminders/planning.js';
import { mayDisturb } from '../../reminders/urgency.js';
import { remember } from './reminders.js';
import { sessionOn, tryApply } from './requests.js';

export const setNotice = (ctx: Context, world: ReminderWorld, reminder: Reminder, notice: Notice): Effect[] =>
  sent(ctx, world, recalled({ ...reminder, notice }, ctx, world), []);

/** The reminder itself is the recall of the notice. */
function recalled(
  reminder: NoticeReminder,
  ctx: Context,
  { rules, directory }: ReminderWorld,
): NoticeReminder {
  const { notice } = reminder;
  // 紧急通知 says so by its name; at night it goes out by the same right as what is set with such a word.
  const isUrgent =
    reminder.isUrgent || (notice.kind === 'urgent' && mayDisturb(ctx.person, directory, [ctx.now]));
  if (notice.startsAt === null) return { ...reminder, isUrgent };
  return {
    ...reminder,
    when: { kind: 'once', at: recallAt({ ...notice, startsAt: notice.startsAt }, ctx.now, rules) },
    isUrgent,
  };
}

/** Another hour, or other words: those who were told are told anew, and say anew whether they come. */
export async function changeNotice(
  ctx: Context,
  world: ReminderWorld,
  reminder: NoticeReminder,
  change: { startsAt: number | null; text: string; place?: string },
): Promise<Effect[]> {
  const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
  const isMoved = change.startsAt !== reminder.notice.startsAt;
  const next = recalled(
    {
      ...reminder,
      text: change.text,
      edits: reminder.edits + 1,
      notice: {
        ...reminder.notice,
        startsAt: change.startsAt,
        ...(change.place !== undefined && { place: change.place }),
        ...(isMoved && { answers: [], calledAt: null }),
      },
    },
    ctx,
    world,
  );
  return sent(ctx, world, next, dropLater(open, '通知有变', reminder, world, ctx.now));
}

/** Somewhere else: whoever was told is told anew; who comes still comes. */
export const movePlace = (
  ctx: Context,
  world: ReminderWorld,
  reminder: NoticeReminder,
  place: string,
): Promise<Effect[]> => {
  const { notice, text } = reminder;
  const held =
    notice.place !== '' && text.includes(notice.place) ? text.replace(notice.place, () => place) : text;
  return changeNotice(ctx, world, reminder, { startsAt: notice.startsAt, text: held, place });
};

function sent(ctx: Context, world: ReminderWorld, reminder: NoticeReminder, before: Effect[]): Effect[] {
  const outcome = tryApply(() => ({ ok: true as const, ...planEffects(reminder, ctx.now, world, ctx.now) }));
  if (!outcome.ok) return [replyText(outcome.reason), setSession(sessionOn(ctx, {}))];
  const stored: NoticeReminder = { ...outcome.reminder, notice: reminder.notice };
  const card = receiptCard(stored, ctx.now);
  return [
    ...before,
    ...outcome.effects,
    ...noticeEffects(stored, world, ctx.now),
    replyCard({
      ...card,
      title: `${titleOf(reminder.notice)}已发出`,
      buttons: [{ id: 'rem-cancel', label: '取消', value: reminder.id }],
    }),
    remember(ctx, reminder.id),
  ];
}

/** It does not take place: whoever was told learns of it. */
export const cancelled = (reminder: Reminder, world: ReminderWorld, now: number): Effect[] =>
  reminder.notice && isOpenNotice({ ...reminder, notice: reminder.notice }, now)
    ? [stopAgain(reminder.id), ...tellChange({ ...reminder, notice: reminder.notice }, '已取消:', world, now)]
    : [];

/** Only who called a meeting moves it or calls it off. */
export const notYours = ({ owner, text }: Pick<Reminder, 'owner' | 'text'>): string =>
  `没有改动:“${text}”由${owner.organization} ${owner.name} 通知,时间、地点和取消都由通知人决定。您去不了的,可以回复“请假”并写明原因,或者“派某某参加”。`;
