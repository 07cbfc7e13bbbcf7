/** A reminder that cannot be planned yet because the coming year has no calendar. Pure. */
import { BotError } from '../core/errors.js';
import type { Reminder } from '../core/reminder.js';
import type { Effect } from '../core/types.js';
import type { ReminderDesk } from './deps.js';
import { planEffects, retryPlan } from './planning.js';

/** Plans a new one; in a year without a calendar it waits, and is tried again every day until the file is there. */
export function planOrWait(
  reminder: Reminder,
  desk: ReminderDesk,
  now: number,
): { reminder: Reminder; effects: Effect[] } {
  try {
    return planEffects(reminder, now, desk, now);
  } catch (error) {
    if (!(error instanceof BotError && error.code === 'DATA')) throw error;
    const waiting: Reminder = { ...reminder, nextAt: null, ruleAt: null };
    return {
      reminder: waiting,
      effects: [
        { kind: 'saveReminder', reminder: waiting, expectedVersion: reminder.version },
        retryPlan(reminder.id, now),
      ],
    };
  }
}
