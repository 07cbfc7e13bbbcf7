/** 到周五为止, 到月底就不用了, 下周起别提醒了: the last day of what comes again. Pure. */

const UNTIL =
  /^(?:改成|改为|换成)?(?:只|就|一直)?(?:要)?(?:提醒|叫|响|喊)(?:我)?到(?<a>.{2,14}?)(?:为止|就行|就停|就?结束|截止|吧|就可以)?$|^(?:改成|改为|换成)?(?:只|就|一直)?到(?<b>.{2,14}?)(?:为止|就停|就?(?:结束|完)|截止|就(?:行|中|成|好|够|可以)了?)(?:了|吧)?$/;
/** 这个到这周五为止 后面不用了: one of the two ends says it. */
const UNTIL_OF =
  /^(?<about>(?:[^,\uff0c\s]{0,10}?(?:这个|那个|这条|那条|的提醒|的))?)(?:就|只|一直){0,2}(?<rings>提醒|叫|响|喊|弄|搞|做|办|干|发|催|(?<work>[报交去看送查]))?到(?<time>[^,\uff0c\s]{2,12}?)(?<end>为止|就停|就行了?|就可以了?|就够了?|就(?:不用|不要|别|不必|不再|不)(?:再)?(?:提醒|叫|喊|响|[报交去看送查弄搞发])?(?:我)?(?:了)?)?(?:[,\uff0c\s]{0,2}(?<rest>(?:后面|后边|以后|之后|往后|过后|完了)(?:的)?(?:就|都){0,2}(?:不用|不要|别|不必|不再|停)).{0,8})?$/;
/** 下周起不用提醒了; 周五以后不用了 still comes on that day. */
const NOT_FROM =
  /^(?<about>(?:[^,\uff0c\s]{0,10}?(?:这个|那个|这条|那条|的提醒|的))?)从?(?<time>[^,\uff0c\s从]{2,10}?)(?:(?<begins>起|开始)|以后|之后|过后)[,\uff0c\s]?(?:就|都){0,2}(?:不用|不要|别|不必|不再|停)(?:再)?(?:提醒|叫|喊|响)?(?:我)?(?:了)?$/;

/** 一直到元旦吧. */
const ALL_THE_WAY = /^(?:那|就|那就)?(?:一直|直)到(?<day>[^,\uff0c\s]{2,12}?)(?:吧|了|就好)?$/;
const DAY = /[天日号周月年节旦]|星期|礼拜|季度|学期|[寒暑]假/;

/** 不用到13 到11号就中了: what it is not to last until is said first. */
const NOT_SO_LONG =
  /^(?:不用|不要|别|用不着|不必|甭)(?:提醒|叫|响|喊|弄|报|搞)?(?:到|那么久|这么久|那么长)[^,\uff0c\s]{0,6}[,\uff0c\s]{1,2}(?=[^,\uff0c\s]{0,6}到)/;

/** 到哪天完 asks. */
const ASKS = /哪[一]?[天日次]|几号|几时|什么时候|啥时候|何时|多久|多会儿|[吗么呢?\uff1f]$/;

/** 还是五次吧: so many in all. */
const SO_MANY =
  /^(?:还是|改成|改为|换成|那就|一共|总共)(?:提醒|响|叫|喊)?(?<count>(?!一[次回])(?:\d{1,2}|[一两二三四五六七八九十]{1,3})[次回])(?:就行|就好|就够)?(?:吧|了)?$/;

/** `about`: what points at the reminder. `isBefore`: the day before the one named is the last. */
export function endingIn(given: string): { about: string; time: string; isBefore?: boolean } | null {
  const said = given.replace(NOT_SO_LONG, '');
  if (ASKS.test(said)) return null;
  const count = SO_MANY.exec(said)?.groups?.['count'];
  if (count) return { about: '', time: count };
  const plain = UNTIL.exec(said)?.groups;
  const day = plain?.['a'] ?? plain?.['b'] ?? ALL_THE_WAY.exec(said)?.groups?.['day'];
  if (day) return { about: '', time: day };
  const { about = '', rings, work, time, end, rest } = UNTIL_OF.exec(said)?.groups ?? {};
  // 材料报到民政局就行 names no day.
  const isOfDays = work === undefined || DAY.test(time ?? '');
  if (time && isOfDays && (rings ?? end ?? rest)) return { about, time };
  const stops = NOT_FROM.exec(said)?.groups;
  return stops?.['time'] && DAY.test(stops['time'])
    ? { about: stops['about'] ?? '', time: stops['time'], isBefore: stops['begins'] !== undefined }
    : null;
}
