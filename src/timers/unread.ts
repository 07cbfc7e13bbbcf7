/** Whether an urgent reminder was read, where the platform tells it; unread after two hours it goes on to the next way. */
import { nextWorkingTime } from '../calendar/workdays.js';
import { BotError } from '../core/errors.js';
import type { Occurrence } from '../core/reminder.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { waysTo } from '../reminders/reach.js';
import { isOwn } from '../reminders/schedule.js';
import { reminderWorldOf, type HandlerDeps } from '../handlers/deps.js';
import { conversationKey, type Platform } from '../core/chat.js';
import { sendBy } from '../reminders/sending.js';

const UNREAD_MS = 2 * 3_600_000;

/** `to` is the conversation key of the hop; `messageId` is known only where the platform tells whether it was read. */
export function unreadCheck(
  { id, to: recipient, isUrgent }: Occurrence,
  to: string,
  messageId: unknown,
  { calendar }: ReminderWorld,
  sentAt: number,
): Effect[] {
  const [platform, place] = to.split(':');
  const isDirect = place === 'd';
  if (!isUrgent || recipient.kind !== 'person' || !isDirect || typeof messageId !== 'string') return [];
  return [
    {
      kind: 'schedule',
      timer: {
        key: `unread:${id}:${to}`,
        runAt: workingTimeFrom(calendar, sentAt + UNREAD_MS),
        kind: 'unread',
        payload: { occurrence: id, to, messageId },
        // Only who runs the platform can ask it.
        platform: platform as Platform,
      },
    },
  ];
}

/** A reminder must not wait for a calendar: without one the instant itself counts. */
function workingTimeFrom(calendar: ReminderWorld['calendar'], at: number): number {
  try {
    return nextWorkingTime(calendar, at);
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA') return at;
    throw error;
  }
}

/** Timer `unread`. Nothing of who has read what is kept: only the hop that followed. */
export function createUnreadTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read, isRead }) => {
    const { payload } = update.timer;
    const to = String(payload['to']);
    const stored = await read.getOccurrence(String(payload['occurrence']));
    // Whoever has answered has read it.
    if (stored?.status !== 'sent') return [];
    const reminder = await read.getReminder(stored.reminder);
    // One's own is nobody else's business.
    if (!reminder || isOwn(reminder)) return [];
    const hop = stored.hops.find((it) => it.to === to);
    const world = reminderWorldOf(deps);
    const ways = waysTo(stored.to, world.directory, world.platforms);
    const tried = new Set(stored.hops.map((it) => it.to));
    const next = ways.find(({ conversation }) => !tried.has(conversationKey(conversation)));
    const platform = ways.find(({ conversation }) => conversationKey(conversation) === to)?.conversation
      .platform;
    if (!hop || !next || !platform) return [];
    if ((await isRead(platform, String(payload['messageId']))) !== false) return [];
    const firing = {
      lateFor: null,
      isRecurring: reminder.when.kind === 'recurring',
      owner: reminder.owner,
    };
    const noted = {
      ...stored,
      hops: stored.hops.map((it) => (it === hop ? { ...it, reason: '两小时未读' } : it)),
    };
    return sendBy(noted, next, firing, world, now);
  };
}
