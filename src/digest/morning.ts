/** 今日提要, the one message of a working morning: when it leaves. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { toLocal } from '../calendar/local.js';
import { nextStartOfWork } from '../calendar/workdays.js';
import { BotError } from '../core/errors.js';
import type { Effect } from '../core/types.js';

/** After the reminders of the same instant have been gathered for it, ms. */
const AFTER_MS = 60_000;

/** Today's while it is still ahead, else the next working day's, ms. @throws BotError 'DATA' for a year without a calendar. */
export function nextMorning(calendar: Calendar, now: number): number {
  return nextStartOfWork(calendar, now - AFTER_MS) + AFTER_MS;
}

/** Like `nextMorning`; null for a year without a calendar. */
export function knownMorning(calendar: Calendar, now: number): number | null {
  try {
    return nextMorning(calendar, now);
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA') return null;
    throw error;
  }
}

/** One a person and morning; set again it is the same timer. One that is due already is not moved by it. */
export const morningTimer = (account: string, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: `digest:${account}@${toLocal(runAt).date}`, runAt, kind: 'digest', payload: { account } },
});
