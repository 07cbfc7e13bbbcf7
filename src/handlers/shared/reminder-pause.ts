/** A reminder that is paused stays in its list and comes no more until it is resumed. */
import { replyText } from '../../core/effects.js';
import type { Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { isSnoozed } from '../../reminders/ledger.js';
import { dropPlanned, reminderTimerKey } from '../../reminders/planning.js';
import { remember } from './reminders.js';
import { planned } from './reminder-planned.js';

export async function pause(ctx: Context, reminder: Reminder): Promise<Effect[]> {
  const { id, text, pausedAt } = reminder;
  if (pausedAt !== undefined)
    return [replyText(`“${text}”已经暂停。要继续的,请说“恢复提醒”。`), remember(ctx, id)];
  const open = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  const paused: Reminder = {
    ...{ ...reminder, pausedAt: ctx.now, nextAt: null, ruleAt: null },
    edits: reminder.edits + 1,
  };
  return [
    { kind: 'reminder', reminder: paused, expectedVersion: reminder.version },
    { kind: 'cancel', key: reminderTimerKey(id) },
    ...dropPlanned(
      open.filter((it) => !isSnoozed(it)),
      '已暂停',
      ctx.now,
    ),
    replyText(`已暂停提醒“${text}”(${id})。要继续的,请说“恢复提醒”。`),
    remember(ctx, id),
  ];
}

export function resume(ctx: Context, world: ReminderWorld, reminder: Reminder): Effect[] {
  const { id, text, pausedAt, edits } = reminder;
  if (pausedAt === undefined) return [replyText(`“${text}”没有暂停,照常提醒。`), remember(ctx, id)];
  return planned(ctx, world, { ...reminder, edits: edits + 1 }, '已恢复提醒');
}
