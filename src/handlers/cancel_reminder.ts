/** Takes a reminder back: whoever set it wholly, a recipient for themselves. */
import { replyText, setSession } from '../core/effects.js';
import type { Recipient, Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { cancelEffects, dropLater, dropPlanned, planEffects } from '../reminders/planning.js';
import { sessionOn, tryApply } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { accountsIn, findReminder, isOwner, notFound } from './shared/reminders.js';

export const createCancelReminder =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const found = await findReminder(ctx, ctx.text);
    return 'effects' in found ? found.effects : cancelReminder(ctx, reminderWorldOf(deps), found);
  };

export async function cancelReminder(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
): Promise<Effect[]> {
  const { id, text, status, to } = reminder;
  const done = (words: string): Effect[] => [replyText(words), setSession(sessionOn(ctx, {}))];
  const accounts = accountsIn(ctx);
  const isMine = (it: Recipient) => it.kind === 'person' && accounts.includes(it.account);
  if (!isOwner(ctx, reminder) && !to.some(isMine)) return notFound();
  if (status !== 'active')
    return done(`${id}“${text}”已经${status === 'cancelled' ? '取消' : '结束'},不需要再操作。`);
  const planned = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  const others = to.filter((it) => !isMine(it));
  if (isOwner(ctx, reminder) || others.length === 0)
    return [
      ...cancelEffects(reminder, planned, '已取消', ctx.now).effects,
      ...done(`已取消提醒“${text}”(${id})。已经发出的不受影响。`),
    ];
  // The others still want it: planned anew for them, for the places of the recipients have changed.
  const left = { ...reminder, to: others, edits: reminder.edits + 1 };
  const outcome = tryApply(() => ({ ok: true as const, ...planEffects(left, ctx.now, world, ctx.now) }));
  if (!outcome.ok) return done(outcome.reason);
  const [mine, theirs] = [planned.filter((it) => isMine(it.to)), planned.filter((it) => !isMine(it.to))];
  return [
    ...dropPlanned(mine, '本人不再接收', ctx.now),
    ...dropLater(theirs, '收件人有变,已重新安排', reminder, world, ctx.now),
    ...outcome.effects,
    ...done(`好的,“${text}”不再提醒您。`),
  ];
}
