/** 三个工作日, right after 三天后 was set; 过一刻钟再喊我一遍, of one that has come: a time, and nothing else. */
import type { Calendar } from '../calendar/calendar.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { dueFor, inFocus, isOnReminders, isOwner, remindersIn } from '../reminders/concerned.js';
import type { Reading } from './reading.js';

/** Above what the length of time alone is asked of the lists. */
const CERTAIN = 0.99;
const ALONE =
  /^(?:[说写打弄记]?错了|不对|是|应该是|就|改成|要|我说的?是|[,\uff0c\s]){0,3}(?<length>[一两二三四五六七八九十半\d]{1,3}(?:个半?(?:工作日|小时|钟头|月|星期|礼拜)|半?(?:工作日|小时|钟头|分钟|刻钟|天|周|星期|礼拜)))(?:以?后|之后)?(?:吧|哈|呢|的)?$/;
/** 是三天吧, 是三天呢 ask. */
const ASKS_WHETHER = /^(?:(?:应该|我说的?)?是)[^,\uff0c]*[吧呢]$/;

/** 15日 is a date, 三月 a month, and 不是三天 says no other. */
export const lengthAgain = (text: string): string | null =>
  ASKS_WHETHER.test(text) ? null : (ALONE.exec(text)?.groups?.['length'] ?? null);

export async function intervalAgain(ctx: Context, text: string): Promise<Reading | null> {
  const length = lengthAgain(text);
  if (length === null || ctx.match.via !== 'example' || !isOnReminders(ctx)) return null;
  const focus = inFocus(ctx, await remindersIn(ctx));
  if (
    !focus ||
    !isOwner(ctx, focus) ||
    focus.when.kind !== 'once' ||
    !/(?:后|过)$|^(?:过|再过)/.test(focus.said)
  )
    return null;
  const said = `改到${length}后`;
  return {
    ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value: focus.id } },
    ...{
      text: said,
      raw: said,
      probability: CERTAIN,
      why: 'another length of time, of the one set just now',
    },
  };
}

/** 下午再催 is of a case, 明天再说吧 talk, 又响一次 what happened. */
const ONCE_MORE =
  /^(?<time>[^,\uff0c\s]{2,10}?)再(?:给我)?(?:提醒|叫|喊|响)(?:我|俺)?(?:一?[遍声次下回])?(?:吧|哈|啊|呗)?$/;
export const onceMoreAt = (text: string): string | null => ONCE_MORE.exec(text)?.groups?.['time'] ?? null;

export async function ringsAgain(ctx: Context, text: string, calendar: Calendar): Promise<Reading | null> {
  const said = onceMoreAt(text);
  if (said === null || ctx.match.via !== 'example') return null;
  const time = parseTime(said, { now: ctx.now, calendar, purpose: 'reminder' });
  const due = (await dueFor(ctx)).at(-1);
  if (!due || time === null || time.kind === 'recurrence' || time.text !== said) return null;
  return {
    ...{ intent: 'snooze_reminder', slots: { value: due.id }, text: said, raw: said },
    ...{ probability: CERTAIN, why: `once more, of ${due.id} that has come` },
  };
}
