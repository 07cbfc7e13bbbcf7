/** The deadline of a request as the time of a reminder. */
import { addDays, fromLocal, toLocal } from '../../calendar/local.js';
import { replyText } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import type { TimeReading } from '../../nlu/dates/types.js';
import type { Actor } from '../../requests/moves.js';
import { numberIn, unknownRequest, visibleRequest } from './requests.js';

/** “QS-…到期前一天提醒我”: the deadline of the request is the time. */
export async function whenOfRequest(
  ctx: Context,
  actor: Actor | null,
): Promise<{ time: TimeReading; text: string } | { effects: Effect[] } | null> {
  const number = numberIn(ctx);
  const [found, days] =
    /(?:到期|时限|截止)(?:日期?)?(?:前|之前)?(?:([一两二三四五1-5])天)?/.exec(ctx.raw) ?? [];
  if (number === null || !found) return null;
  // Its deadline is for who may see it.
  const request = await visibleRequest(ctx, actor, number);
  if (!request) return { effects: [unknownRequest(number)] };
  if (request.dueAt === null) return { effects: [replyText(`${number} 目前没有在计的时限,不需要提醒。`)] };
  const { date, minutes } = toLocal(request.dueAt);
  const count = '一二三四五'.indexOf(days ?? '') + 1 || Number((days ?? '0').replace('两', '2')) || 0;
  const at =
    count > 0 ? fromLocal(addDays(date, -count), 9 * 60) : fromLocal(date, Math.min(minutes, 9 * 60));
  if (at <= ctx.now)
    return { effects: [replyText(`${number} 的时限已近,提醒时间已过,请直接查看“进度 ${number}”。`)] };
  return {
    time: {
      kind: 'instant',
      at,
      isDeadline: false,
      isDateOnly: true,
      text: found,
      index: ctx.raw.indexOf(found),
    },
    text: `${number} 即将到期`,
  };
}
