/** Timer `notice`: those who have not answered a notice are called once more, and who sent it sees who they are. */
import { send } from '../core/effects.js';
import type { TimerHandler } from '../core/types.js';
import { reminderWorldOf, type HandlerDeps } from '../handlers/deps.js';
import { isNotice, unanswered } from '../core/reminder.js';
import { callAgain, isOpenNotice } from '../reminders/notice.js';
import { receiptCard } from '../reminders/notice-view.js';
import { waysTo } from '../reminders/reach.js';

export function createNoticeTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = reminderWorldOf(deps);
    const reminder = await read.getReminder(String(update.timer.payload['id']));
    if (!reminder || !isNotice(reminder) || !isOpenNotice(reminder, now)) return [];
    if (reminder.notice.calledAt !== null || unanswered(reminder).length === 0) return [];
    const called = callAgain(reminder, world, now);
    const owner = { kind: 'person' as const, ...reminder.owner };
    const [way] = waysTo(owner, world.directory, world.platforms);
    return [
      ...called.effects,
      ...(way?.conversation.isDirect
        ? [send(way.conversation, { card: receiptCard(called.reminder, now) })]
        : []),
    ];
  };
}
