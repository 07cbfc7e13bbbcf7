/** 等等还是去吧 改下午三点叫我: what was taken back a moment ago comes after all, perhaps at another hour. */
import type { Calendar } from '../calendar/calendar.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { Context } from '../core/types.js';
import { isOwner } from '../reminders/concerned.js';
import type { Reading } from './reading.js';

/** Above what the examples say to such words. */
const CERTAIN = 0.98;
const AFTER_ALL =
  /^(?:(?:等等|等一?下|慢着|不对|算了|哎呀?|唉|诶|想了想|要不)[,\uff0c\s]{0,2}){0,2}(?<about>[^,\uff0c\s不别]{0,10}?)(?:还是|又)(?:得|要|给我)?(?:去|来|办|开|交|弄|搞|参加|要|留着)(?:一趟|一下|着)?(?:吧|了|得了|好了)?(?:[,\uff0c\s]{1,2}(?:那?就|干脆)?(?:改|挪|放|换|推)(?:到|成|在)?(?<time>[^,\uff0c\s]{2,12}?)(?:再)?(?:叫|喊|提醒)?(?:我|俺)?(?:吧|就行|就好)?)?$/;

/** Null where nothing was taken back a moment ago, or it was somebody else's, or the words name a time that is none. */
export async function regretted(ctx: Context, raw: string, calendar: Calendar): Promise<Reading | null> {
  const said = AFTER_ALL.exec(raw.replace(/[。.!\uff01]$/, ''))?.groups;
  const { reminders: last, updatedAt } = ctx.session ?? {};
  const [id, second] = last && last.at === updatedAt ? last.shown : [];
  if (!said || id === undefined || second !== undefined) return null;
  const reminder = await ctx.read.getReminder(id);
  if (reminder?.status !== 'cancelled' || !isOwner(ctx, reminder)) return null;
  const time = said['time'];
  if (time !== undefined && !parseTime(time, { now: ctx.now, calendar, purpose: 'reminder' })) return null;
  const text = time === undefined ? '恢复' : `改到${time}`;
  return {
    ...{ intent: 'cancel_reminder', slots: { action: 'rem-restore', value: id }, text, raw: text },
    ...{ probability: CERTAIN, why: `${id}, taken back just now, comes after all` },
  };
}
