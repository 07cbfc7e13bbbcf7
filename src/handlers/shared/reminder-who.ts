/** Who hears of a changed reminder no more, and who does now. */
import type { Effect } from '../../core/types.js';
import { isNotice, type Recipient, type Reminder } from '../../core/reminder.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { noticeText } from '../../reminders/notice-view.js';
import { noticeShares, tellNotice } from '../../reminders/notice.js';
import { tellEffects } from '../../reminders/planning.js';
import { recipientText } from '../../reminders/view.js';
import { isSameRecipient } from '../../reminders/callees.js';

const isIn = (it: Recipient, to: readonly Recipient[]): boolean =>
  to.some((other) => isSameRecipient(it, other));

const NAMED_MOST = 6;
/** Who hears of it no more, and who does now. */
export function recipientsTitle({ to: before }: Reminder, to: readonly Recipient[]): string {
  const names = (those: Recipient[]): string =>
    those.length > NAMED_MOST ? `${those.length} 人` : those.map((it) => recipientText(it)).join('、');
  const gone = before.filter((it) => !isIn(it, to));
  const added = to.filter((it) => !isIn(it, before));
  const parts = [
    ...(gone.length > 0 ? [`不再提醒${names(gone)}`] : []),
    ...(added.length > 0 ? [`${gone.length > 0 ? '改为' : '加上'}${names(added)}`] : []),
  ];
  return `已改提醒${parts.length > 0 ? `:${parts.join(',')}` : ''}`;
}

/** Whoever comes to a notice later is told of it, and so is who need not come. */
export function toldOfNotice(before: Reminder, next: Reminder, world: ReminderWorld, now: number): Effect[] {
  if (!isNotice(next)) return [];
  const added = next.to.filter((it) => !isIn(it, before.to));
  const gone = before.to.filter((it) => !isIn(it, next.to));
  return [
    ...tellNotice(next, noticeShares(next, added), world, now),
    ...gone.flatMap((it) =>
      it.kind === 'person' ? tellEffects(it, `您不用参加了:${noticeText(next, now)}`, world) : [],
    ),
  ];
}
