/** 这周先停,下周一接着来: what comes again rests until a day that is named. Pure. */
import { isReported } from '../text/frames.js';

const VERB = '(?:提醒|叫|喊|响|催|弄|来|发|报|交)';
const STOPS = `(?:先|暂时|都|就){0,2}(?:停(?:一停|一下|一阵|着|掉|了)?|暂停(?:一下|提醒)?|歇(?:着|一歇|一下)?|(?:别|不用|不要|不必|甭|不)再?${VERB}|不用|免|不算|算(?=了))(?:我|大家|他们)?(?:了|吧)?`;
const GOES_ON = `(?:再|就|起|又|开始|以后|之后|后|还){0,3}(?:(?:接着|继续|恢复|照常|照旧|照样|重新)(?:开始)?${VERB}?|开始${VERB}|(?<=再)(?:${VERB}|开始))(?:我|大家|他们)?(?:吧|就行|就好|即可)?`;
const OF = '(?<about>[^,\uff0c\\s]{0,16}?)(?:的?提醒|那个|这个|那条|这条)?';
const SPAN =
  '(?<from>(?:这|本|下)个?(?:周|星期|礼拜|月)|这几天|这两天|今明两天|明后两天|这阵子?|这段时间|今天|明天|明天起)?(?:里)?';
const TIME = '(?<time>[^,\uff0c\\s再从等到]{2,10}?)';

/** Why it rests stands before. */
const EXCUSE =
  '(?:(?:[我俺这家][^,\uff0c]{1,12}|[^,\uff0c]{1,10}(?:出差|下乡|培训|休假|请假|有事|放假|住院|学习|开会))[,\uff0c\\s]{1,2})?';

/** In halves, the day on which it goes on last. */
const AND_THEN = new RegExp(
  `^${EXCUSE}${OF}[,\uff0c\\s]?${SPAN}${STOPS}(?:[,\uff0c\\s]{1,2}[^,\uff0c]{1,12})?[,\uff0c\\s]{1,2}(?:从|等|到|等到){0,2}${TIME}${GOES_ON}$`,
);
/** 停到下周一再说; 我请假了,停到周四,周五再叫我 says itself when it goes on. */
const UNTIL = new RegExp(
  `^${EXCUSE}${OF}[,\uff0c\\s]?(?:先|暂时|都)?(?:停|暂停|歇|停掉|停着)到${TIME}(?<end>为止)?(?:[,\uff0c\\s]{1,2}(?:从|等|到|等到){0,2}(?<again>[^,\uff0c\\s再从等到]{2,10}?)${GOES_ON}|(?:再说|以后再说|${GOES_ON})?(?:吧)?)$`,
);
/** 12号以前先别提醒了. */
const BEFORE = new RegExp(
  `^${OF}(?<time>[^,\uff0c\\s再从等到]{2,10}?)(?:之前|以前|前)(?:都|先|就){0,2}(?:别|不用|不要|不必|停)(?:再)?(?:提醒|叫|喊|响|催)(?:我|大家|他们)?(?:了|吧)?$`,
);
/** 1月20号到2月20号先停. */
const RANGE = new RegExp(
  `^${OF}[,\uff0c\\s]?从?(?<since>(?:[^,\uff0c\\s到至]{0,4}月)?[^,\uff0c\\s到至月从]{1,4}[号日])(?:到|至|-|~)(?<time>[^,\uff0c\\s]{1,7}?[号日])(?:期间|都|就|这段时间){0,2}${STOPS}$`,
);
const OF_DAYS = `${SPAN}(?:的?[那这][一几两]?[次回天个]|的)?`;
const PLEASE = '(?:劳|麻烦|烦请|有劳|请|劳烦|劳驾|就|那|那就|还是|改成|改到|您|你|给我|帮我){0,3}';
const BEGINS = `${PLEASE}从?${TIME}(?:再)?(?:开始|起)(?:再|才)?${VERB}?(?:我|大家|他们)?(?:吧|就行|就好|好了)?`;
/** 今天的我上午已经报过啦: this time needs no reminder. */
const DONE_ALREADY =
  '的?(?:我|俺|咱)?(?:早上|上午|中午|下午|刚才|刚刚)?(?:(?:都|早就?)?已经?|早就?|刚刚?|都)[^,\uff0c\\s没不未]{1,6}(?:过|完|好|齐|了)(?:了|啦)?';
/** 今天那次不用了,从下周开始; 从下周开始吧,今天那次不用了. */
const FROM_THEN = new RegExp(
  `^${EXCUSE}${OF}[,\uff0c\\s]?${OF_DAYS}(?:${STOPS}|${DONE_ALREADY})[,\uff0c\\s]{1,2}${BEGINS}$`,
);
const THEN_FROM = new RegExp(`^${BEGINS}[,\uff0c\\s]{1,2}${OF_DAYS}${STOPS}$`);
const DAY = /[天日号周月年节旦]|星期|礼拜/;
const OF_ONE_DAY = /(?:周|星期|礼拜)[一二三四五六日天]的?$|\d[日号]的?$/;

/** `from`: since when, '' is now. `time`: when it goes on; `isThrough`: on the day after it. */
export type Resting = { about: string; from: string; time: string; isThrough: boolean };

/** 石桥这周先不报, 自来水停到下周一: what others do; an order names the reminder as one, or says what it is to do. */
const TOLD = /停|歇|(?<!要)不再?(?:来|弄|发|报|交)/;
const ORDERED = /先(?!不)|暂时|给我|帮我|提醒|叫|喊|响|再说|别|不用|不要|不必|甭|麻烦|劳|请(?!假)/;
const POINTS = /^(?:的?提醒|那个|这个|那条|这条)/;
const isOnlyTold = (said: string, about: string): boolean =>
  isReported(said) ||
  (about !== '' &&
    !about.endsWith('的') &&
    !POINTS.test(said.slice(said.indexOf(about) + about.length)) &&
    TOLD.test(said) &&
    !ORDERED.test(said));

export function restingIn(said: string): Resting | null {
  const range = RANGE.exec(said)?.groups;
  const { since = '', time: last = '' } = range ?? {};
  if (since !== '' && last !== '') {
    const month = last.includes('月') ? '' : (/^[^月]{1,3}月/.exec(since)?.[0] ?? '');
    return { about: range?.['about'] ?? '', from: since, time: `${month}${last}`, isThrough: true };
  }
  const found =
    AND_THEN.exec(said) ??
    UNTIL.exec(said) ??
    BEFORE.exec(said) ??
    FROM_THEN.exec(said) ??
    THEN_FROM.exec(said);
  const { about = '', from = '', end, again } = found?.groups ?? {};
  const time = again ?? found?.groups?.['time'] ?? '';
  // 周三的就算了,周五照常: one day of several goes, and nothing rests until the other.
  if (!DAY.test(time) || OF_ONE_DAY.test(about) || isOnlyTold(said, about)) return null;
  const isLater = /^[下明]/.test(from);
  const isThrough = (end !== undefined && again === undefined) || /[底末]$/.test(time);
  return { about, from: isLater ? from.replace(/起$/, '') : '', time, isThrough };
}

/** 要用的时候我再说: until further notice. */
const GOES_ON_THEN =
  '(?:(?:了|要|可以|能)?(?:恢复|继续|接着|开始|开|行|好)?了?(?:再|才|就)(?:恢复|继续|接着|开始|开|响|叫|喊|提醒|来)(?:我)?)?';
const UNTIL_TOLD = `[^,\uff0c\\s]{0,12}(?:我|俺|等我)(?:再|另)?(?:说|讲|通知你?|告诉你|叫你|喊你|找你|跟你说|恢复|打开|开)${GOES_ON_THEN}`;
const PAUSE = new RegExp(
  `^(?:[^,\uff0c]{1,14}[,\uff0c]\\s{0,2})?(?<about>[^,\uff0c]{0,20}?)(?:的?提醒|那个|这个|那条|这条)?(?:(?:这(?:周|几天|两天|阵子?|段时间|个月)[^,\uff0c]{0,8}|[^,\uff0c的那]{1,5}期间)[,\uff0c\\s]{0,3})?(?:(?:先|暂时)?(?:停着|停停|歇歇|停一停|停一下|停一阵子?|停几天|歇(?:着|一歇|一下|几天)|暂停(?:一下|一阵子?|提醒)?|先(?:别|不用?)(?:提醒|叫|响|喊))|(?:先|暂时)停(?:了|掉)?(?:提醒)?)(?:吧|了)?(?:[,\uff0c\\s]\\s{0,2}(?:${UNTIL_TOLD}|(?![^,\uff0c]{0,13}(?:提醒|叫|喊))[^,\uff0c\\s]{1,14})){0,2}$`,
);
const RESUME =
  /^(?:[^,\uff0c]{1,12}[,\uff0c\s])?(?<about>[^,\uff0c]{0,20}?)(?:的?提醒|那个|这个|那条|这条)?(?:可以|又|请|都)?(?:恢复了?(?:提醒|吧|一下)?|(?:接着|继续|重新开始|照常)(?:提醒|叫|喊|响|来)(?:我)?)(?:吧|了)?$/;

/** 自来水下周停一停, 老王下周歇着: no order, and not until further notice. */
const OF_SPAN = /[^,\uff0c\s](?:(?:这|本|下)个?(?:周|月|星期|礼拜)|[今明后]天)$/;

/** It rests until further notice, or goes on. */
export function pausedIn(said: string): { kind: 'pause' | 'resume'; about: string } | null {
  const paused = PAUSE.exec(said)?.groups;
  const about = paused?.['about'] ?? '';
  if (isReported(about) || (OF_SPAN.test(about) && !ORDERED.test(said))) return null;
  if (paused) return { kind: 'pause', about };
  const resumed = RESUME.exec(said)?.groups;
  return resumed ? { kind: 'resume', about: resumed['about'] ?? '' } : null;
}
