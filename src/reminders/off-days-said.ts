/** 碰上周末就提前到周五, 赶上放假就挪到后头第一个上班的日子: where a reminder goes that falls on a day off. Pure. */
import type { WorkdayShift } from '../core/reminder.js';

/** Not 周末不用叫. */
const OFF_DAYS =
  /(?:碰上|碰到|碰着|遇上|遇到|遇|逢|赶上|撞上|要是|如果是?|万一)(?:了|的是|的)?(?:周末|双休日?|节假日|休息日?|假期|放假|周六日|周六周日|礼拜六?天|非工作日|过节|不上班)(?:的话|那天|的时候)?[,\uff0c\s]{0,2}(?:就|则|要|请|都|给我|帮我|那就){0,2}(?:(?<how>提前|往前|提早|前移|顺延|往后|推后|推迟|延后|后移|跳过|不用|不提醒|不叫|免)|(?:挪|推|移|改|放|延|顺|换|调)(?:到|在|成|至)(?<to>[^,\uff0c\s]{1,14}))/;
const HOW = { previous: /提前|往前|提早|前移/, skip: /跳过|不|免/ };
const TO = {
  previous: /前|(?:周|星期|礼拜)五|放假之前/,
  next: /[后下]|(?:周|星期|礼拜)一|上班|工作日|收假|开工/,
};

const DAYS =
  '(?:周末|双休日?|节假日|休息日|周六日|(?:周|星期|礼拜)六[、和跟,\\uff0c\\s]?(?:(?:周|星期|礼拜)[日天])?)';
const RINGS = '(?:提醒|叫|喊|响|来)?(?:我|俺)?';
/** 周末也要提醒; 礼拜六礼拜天也要 每天都提醒吧. */
const TOO = new RegExp(
  `^(?<about>[^,\\uff0c\\s]{0,12}?)${DAYS}(?:那?两天)?(?:也|照样|照常|还是)(?:要|得|给我|照样|照常){0,2}${RINGS}(?:吧|了|哈)?(?:[,\\uff0c\\s]{1,2}(?:改成)?(?:每天|天天)(?:都|也)?${RINGS}(?:吧|了)?)?$`,
);
/** The words that name which; null where it is not said, or only asked. */
export const daysOffToo = (said: string): string | null =>
  /[吗么不没?\uff1f]$/.test(said) ? null : (TOO.exec(said)?.groups?.['about'] ?? null);

type OffDays =
  | { kind: 'shift-off'; about: string; shift: Exclude<WorkdayShift, 'none'> }
  | { kind: 'days-off-too'; about: string };

/** Null: nothing of it, or it is not said which way. */
export function offDaysIn(said: string): OffDays | null {
  const too = daysOffToo(said);
  if (too !== null) return { kind: 'days-off-too', about: too };
  const off = OFF_DAYS.exec(said);
  const { how, to = '' } = off?.groups ?? {};
  if (!off) return null;
  const about = said.slice(0, off.index);
  const moved = (shift: 'next' | 'previous' | 'skip'): OffDays => ({ kind: 'shift-off', about, shift });
  if (how !== undefined)
    return moved(HOW.previous.test(how) ? 'previous' : HOW.skip.test(how) ? 'skip' : 'next');
  if (TO.previous.test(to)) return moved('previous');
  return TO.next.test(to) ? moved('next') : null;
}
