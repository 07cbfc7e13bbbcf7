/** 不用每周,就这周五; 就这一次 以后不用了; 改成一次性的: of what comes again only one is left. Pure. */

const DAY =
  '(?<time>(?:这个?|本|下个?)(?:周|星期|礼拜)[一二三四五六日天]|今天|明天|大?后天|(?:\\d{1,2}月)?\\d{1,2}[日号])';
const NO_MORE =
  '(?:以后|后面|后边|之后|往后|其他|其它|别的|剩下|下次)(?:的|几次)?(?:就|都)?(?:不用|不要|别|不必|不)(?:再)?(?:提醒|叫|响)?(?:了)?';
const END = `(?:就行|就好|就够了?|吧|得了)?(?:[,\uff0c\\s]{0,2}${NO_MORE})?$`;

/** 不用每周 就这周五. */
const NOT_EACH =
  /^(?:不用|不要|别|不必|甭|取消)(?:再)?每(?:周|天|月|年|次|个月|个星期)(?:都|的)?(?:提醒|叫)?(?:了)?[,\uff0c\s]{0,3}(?:就|只)(?:要|提醒)?(?<time>[^,\uff0c\s]{2,10}?)(?:的)?(?:这|那)?(?:一次|一回|一趟)?(?:就行|就好|吧)?$/;
/** 只要这周四那一次; 就响这周四的,以后不用. */
const THAT_DAY = new RegExp(
  `^(?:只|就|光)(?:要|提醒|响|叫|来)?(?:我)?${DAY}(?:的)?(?:这|那)?(?:(?:一次|一回|次|回)${END}|[,\uff0c\\s]{0,2}${NO_MORE}$)`,
);
/** 就这一次 以后不用了; 只响一次就行. */
const THIS_TIME = new RegExp(
  `^(?:改成|改为|换成)?(?:只|就|光)(?:要|提醒|响|叫|来)?(?:我)?(?:这|那|下)?(?:一次|一回|一遍)${END}`,
);
/** 改成一次性的,就这周四; 不用重复了. */
const NOT_AGAIN = new RegExp(
  `^(?:(?:改成|改为|换成|变成)(?:一次性|单次|不重复)的?|(?:不用|不要|别|取消|不必|甭)(?:再)?重复(?:提醒)?(?:了)?)(?:[,\uff0c\\s]{1,2}(?:就|只)(?:要)?${DAY}(?:那?一?[次回])?)?(?:吧)?$`,
);

/** The day that is left, '' for the next one; null where that is not said. */
export function onceIn(said: string): string | null {
  const found = NOT_EACH.exec(said) ?? THAT_DAY.exec(said) ?? THIS_TIME.exec(said) ?? NOT_AGAIN.exec(said);
  const time = found?.groups?.['time'] ?? '';
  // 不用每个月 就这一次: the next one, whichever day it is.
  return found ? (/^(?:[这那来要响])?(?:一次|一回|一遍|次|回)$/.test(time) ? '' : time) : null;
}
