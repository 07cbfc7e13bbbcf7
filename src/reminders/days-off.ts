/** 周末会响吗: what a reminder does on days off, told of one or of all. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { DAY_MS, formatInstant, toLocal, weekdayOf, yearOf } from '../calendar/local.js';
import type { Reminder } from '../core/reminder.js';
import { nextAt } from './plan.js';
import { isOwn } from './schedule.js';

export const ASKS_DAYS_OFF =
  /(?:周末|双休日?|周六|周日|(?:星期|礼拜)[六天日]|元旦|清明|五一|端午|中秋|节假日|假期|放假|休息日|节日|国庆|春节|过年)[^,\uff0c。]{0,8}?(?:响|提醒|叫|喊|通知)(?:我)?(?:了)?(?:不(?:响|提醒|叫|喊)?|吗|么|嘛|吧|没有?)[?\uff1f]?$|(?:周末|双休日?|节假日|假期|放假|休息日)[^,\uff0c。]{0,4}(?:会不会|还|要不要|是不是)[^,\uff0c。]{0,3}(?:响|提醒|叫|喊)|(?:碰[上到着]|遇[上到着]|赶上|撞上|逢|正好是|刚好是|轮到|到)(?:了)?(?:周末|双休日?|周六日?|周日|节假日|假期|放假|休息日|过节|节日)(?:的话|那天)?[,\uff0c\s]{0,2}(?:咋|怎么?|咋个)(?:办|弄|整|算|搞|说|着|处理|安排|提醒|响)(?:呢|啊|呀)?[?\uff1f]?$/;

export const DAYS_OFF =
  '给自己设的提醒,周末和节假日到点照常响;不要的,设的时候写“周末除外”或“每个工作日”,设好以后也可以说“周末不用提醒”。给别人和群里设的,周末和节假日不打扰:只响一次的顺延到下一个工作日,重复的当天不响;负责人、值班人员写明“紧急”“含节假日”的照常。';

const [LOOKED_AT, AHEAD_MS] = [40, 35 * DAY_MS];

/** Of this one. */
export function daysOffText(reminder: Reminder, now: number, calendar: Calendar): string {
  const { text, when } = reminder;
  if (when.kind === 'once') return `“${text}”只响一次:${formatInstant(reminder.nextAt ?? when.at, now)}。`;
  if (!isOwn(reminder) && !reminder.isUrgent) return `“${text}”是给别人或群里的,只在工作日响。`;
  const isOff = (at: number): boolean => {
    const { date } = toLocal(at);
    return calendar.hasYear(yearOf(date)) ? !calendar.day(date).isWorkday : weekdayOf(date) > 5;
  };
  let at = reminder.nextAt;
  for (let n = 0; n < LOOKED_AT && at !== null && at < now + AHEAD_MS; n++) {
    if (isOff(at))
      return `“${text}”周末和节假日也响,最近一次是${formatInstant(at, now)}。不要的话可以说“周末不用提醒”。`;
    at = calendar.hasYear(yearOf(toLocal(at + DAY_MS).date)) ? nextAt(when, at, calendar) : null;
  }
  return `“${text}”周末和节假日不响。`;
}
