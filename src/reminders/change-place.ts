/** 周四下午两点,在县委党校: where it is held, beside its new time. Pure. */

/** 在县委党校, 三楼; 坐九点的车 is no place. */
const AT_PLACE = /在[^,\uff0c\s天]{2}|[到去][^,\uff0c\s\d周星礼上中下晚早明后]{2}/;
const IS_PLACE = /[室厅楼层院馆校场部局所镇村站台家处]$|中心|广场|政府|委会/;
/** 会不会太晚 is nothing that is to be noted. */
const ASKS =
  /会不会|是不是|行不行|好不好|太[早晚赶]|[吗么呢?\uff1f]$|来得及|赶得?上|(?:咋|怎么?)(?:办|弄|整|算|搞|说|着|样)|的话/;
/** 组织部说推到周三了: who says so is no place. */
const SAYS_SO =
  /^[^\d\s]{0,8}(?:说|讲|通知|要求)(?:是|要|得)?(?:推到?|挪到?|延到?|放到?|提前到?|往[前后][推挪]?到?)?了?$/;

/** `rest`: what `words` say beside the time. Null where that is no place. */
export function withPlace(text: string, words: string, rest: string): string | null {
  if (rest === '' || SAYS_SO.test(rest)) return text;
  const place = ASKS.test(words) ? undefined : /^(?<where>[^\d\s]{2,12}?)了?$/.exec(rest)?.groups?.['where'];
  return place ? `${text}(${AT_PLACE.test(words) || IS_PLACE.test(place) ? '改在' : ''}${place})` : null;
}
