/** Takes a reminder back: whoever set it wholly, a recipient for themselves. */
import { replyText, setSession } from '../core/effects.js';
import type { Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { cancelEffects, dropPlanned } from '../reminders/effects.js';
import { accountText, sessionOn } from './desk.js';
import { findReminder, isOwner } from './reminder_desk.js';

export const createCancelReminder = (): Handler => async (ctx) => {
  const found = await findReminder(ctx, ctx.text);
  return 'effects' in found ? found.effects : cancelReminder(ctx, found);
};

export async function cancelReminder(ctx: Context, reminder: Reminder): Promise<Effect[]> {
  const { id, text, status, to } = reminder;
  const done = (words: string): Effect[] => [replyText(words), setSession(sessionOn(ctx, {}))];
  if (status !== 'active')
    return done(`${id}“${text}”已经${status === 'cancelled' ? '取消' : '结束'},不需要再操作。`);
  const planned = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  const account = accountText(ctx);
  const isRecipient = to.some((it) => it.kind === 'person' && it.account === account);
  if (!isOwner(ctx, reminder) && !isRecipient)
    return done(`${id} 由${reminder.owner.organization} ${reminder.owner.name} 设置,请由其取消。`);
  const others = to.filter((it) => !(it.kind === 'person' && it.account === account));
  if (isOwner(ctx, reminder) || others.length === 0)
    return [
      ...cancelEffects(reminder, planned, '已取消', ctx.now).effects,
      ...done(`已取消提醒“${text}”(${id})。已经发出的不受影响。`),
    ];
  // The others still want it.
  const own = planned.filter((it) => it.to.kind === 'person' && it.to.account === account);
  return [
    { kind: 'saveReminder', reminder: { ...reminder, to: others }, expectedVersion: reminder.version },
    ...dropPlanned(own, '本人不再接收', ctx.now),
    ...done(`好的,“${text}”不再提醒您。`),
  ];
}
