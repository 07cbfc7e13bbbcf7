/** How long the stores keep what has served its time. */
import { isOver, type Occurrence } from '../core/reminder.js';

/** Feishu delivers an event again for up to about 8 hours (src/adapters/README.md: Events); consumed ids are kept longer. */
export const KEEP_UPDATES_MS = 3 * 24 * 3_600_000;
/** An operator looks at what could not be handled within some weeks. */
export const KEEP_SET_ASIDE_MS = 30 * 24 * 3_600_000;
/** Sessions only serve follow-up questions. */
export const KEEP_SESSIONS_MS = 24 * 3_600_000;
/** Longer than any platform lets a message be replaced. */
export const KEEP_CARDS_MS = 90 * 24 * 3_600_000;
/** Operators look at the last of them; older ones stand in the record. */
export const KEEP_UNDELIVERED = 1_000;
/** Messages that may wait for one chat: whoever finds more has long stopped reading, and nothing grows without an end. */
export const OUTBOX_MAX = 200;
export const OUTBOX_FULL = '该会话待发消息过多,未再加入';
/** An ended request moves to the archive when nothing has happened to it for so long. */
export const ARCHIVE_AFTER_MS = 90 * 24 * 3_600_000;
/** Buttons of older reminders say that they are out of date. */
export const KEEP_OCCURRENCES_MS = 30 * 24 * 3_600_000;
/** A sent one counts as well: who has not pressed a button in weeks will not. */
export const hasPassed = (it: Occurrence): boolean =>
  isOver(it) || it.status === 'sent' || it.status === 'acknowledged';
