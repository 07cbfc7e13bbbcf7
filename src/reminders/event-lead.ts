/** 例会前一刻钟: so long before something whose hour is said elsewhere, or must be asked for. Pure. */
import type { TimeReading } from '../nlu/dates/types.js';
import { parseNumber } from '../nlu/dates/numbers.js';

const LENGTH =
  '(?:半|[一二两三四五六七八九十\\d]{1,3})个?半?(?:小时|钟头|分钟|刻钟|天)|(?:一个|1个)(?:小时|钟头)';
/** What begins at an hour; 下班 and 上班 have theirs. */
const EVENT = new RegExp(
  `(?<event>[\\u4e00-\\u9fff]{0,8}?(?:会(?![计所])|会议|培训|考试|活动|仪式|演练|上课|讲座|体检|面试|开庭|出发|发车|集合|比赛|典礼|答辩|调研|验收|检查|党课|党日|讲课|授课|出差|换届|投票|选举|搬家|开工|督查|督导|高考|中考|婚礼|手术))(?:开始|召开|开)?(?:之|以)?前的?(?<length>${LENGTH})`,
);
const DAY =
  /(?:\d{1,2}月|下个?月)?\d{1,2}[日号]|(?:这个?|本|下{0,2}个?)(?:周|星期|礼拜)[一二三四五六日天]|今天|明天|大?后天/;
const HOUR = /\d[:\uff1a]\d|点|时(?!候)/;
const PART = /凌晨|清早|早上|早晨|一早|上午|中午|下午|傍晚|晚上|夜里|[早晚]/;

const PART_ALONE = new RegExp(`^(?:${PART.source})(?:[\\d一二两三四五六七八九十].*)?$`);

export type EventLead = { name: string; length: string; day: string };

type Found =
  /** Its hour is said: the words with 提前 in its place. */
  | { kind: 'timed'; raw: string }
  /** Its hour is to be asked for; `rest`: the words without it. */
  | ({ kind: 'untimed'; rest: string } & EventLead);

/** `time`: what is read from the words as they are. Null: nothing is reckoned from. */
export function eventLeadIn(raw: string, time: TimeReading | null): Found | null {
  if (time?.kind === 'unclear' && time.text.includes('前')) return null;
  const said = time?.text ?? '';
  // 12月16号体检前一天晚上八点: day and hour stand apart, and the event between them.
  const isTorn = new RegExp(`前的?${LENGTH}`).test(said);
  const blank = (text: string) => ' '.repeat(text.length);
  const without = isTorn ? raw.replace(DAY, blank) : said === '' ? raw : raw.replace(said, blank);
  const { event = '', length = '' } = EVENT.exec(without)?.groups ?? {};
  if (length === '') return null;
  const found = EVENT.exec(without)?.[0] ?? '';
  // The event stands in the words as it was said, not torn by the time.
  if (!raw.includes(found)) return null;
  const isDays = length.endsWith('天');
  const isPart = PART_ALONE.test(said);
  if (isDays ? said !== '' && !isPart : HOUR.test(said))
    return { kind: 'timed', raw: raw.replace(found, `${event}提前${length}`) };
  const name = event.replace(/^(?:的|去|来|开|参加|有个?|在|要|我们|我)+(?=.{2})/, '');
  return { kind: 'untimed', name, length, day: said, rest: raw.replace(found, ' ') };
}

/** 例会几点 九点, 例会九点: the whole time, so long before it; null where no hour is said. `clock`: the time in the answer. */
export function withHour({ day, length }: EventLead, clock: string, hasDay: boolean): string | null {
  // 党课12月10号: its day, and the hour of the day before.
  if (length.endsWith('天')) return hasDay ? `${clock}提前${length}${day}提醒我` : null;
  if (!HOUR.test(clock)) return null;
  const own = hasDay ? '' : PART.test(clock) ? day.replace(PART, '') : day;
  const hour = parseNumber(
    /(?<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?=[点时:\uff1a])/.exec(clock)?.[0] ?? '',
  );
  const isBare = !PART.test(`${own}${clock}`) && hour >= 1 && hour <= 12;
  const part = !isBare ? '' : hour < 7 ? '下午' : '上午';
  const [, date = '', rest = clock] =
    /^(.*?)((?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点时:\uff1a].*)$/.exec(clock) ?? [];
  return `${own}${date}${part}${rest}提前${length}提醒我`;
}
