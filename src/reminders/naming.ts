/** Which of somebody's reminders the words mean: by its place, its time, its words. Pure; a guess is never among the answers. */
import type { Calendar } from '../calendar/calendar.js';
import { fromLocal, MINUTE_MS, toLocal, weekdayOf } from '../calendar/local.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import type { Reminder } from '../core/reminder.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import { leadOf } from '../nlu/dates/scan.js';
import { ADVANCE } from '../nlu/dates/text.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { alike } from '../text/alike.js';
import { parseReminderId } from './parse.js';

/** `unknown`: words that fit none of them. `any`: nothing was named. */
export type Named =
  | { kind: 'found'; reminders: Reminder[]; by: 'id' | 'place' | 'words' | 'time'; place?: number }
  | { kind: 'unknown'; words: string }
  | { kind: 'any' };

/** 第二条, 第2个, 最后一个; not 那三个: that is how many. */
const ORDINAL =
  /第\s{0,3}(?<n>\d{1,2}|[一二三四五六七八九])(?:\s{0,3}(?:条|个|项|件))?|^\s{0,3}(?<alone>\d{1,2})\s{0,3}[条个]?\s{0,3}$|(?<last>最后(?:一)?[条个]|倒数第一[条个])|(?<middle>中间(?:那|的)?[一]?[条个]?)/;
const NUMERALS = '一二三四五六七八九';
/** Said of any reminder: tells none from another. */
const ANY =
  /我自己(?:会)?(?:记得|记着|记住|记)|自己(?:记得|记着)|不急|不着急|来不及|有事|没空|没时间|赶不上|冲突|取消|删除|删掉|删|去掉|关掉|关闭|停掉|停止|停用|撤掉|撤销|撤回|撤|作废|终止|移除|不用|不要|不必|不再|不需要|每次|关于|喊|叫|不对|错了|算了|哎呀?|一个|一条|提醒|闹钟|闹铃|定时|消息|时间|内容|帮我|给我|麻烦|请|把|将|我的|我们?|俺们?|咱们?|你|您|[那这]一?[次回天趟]|那个|这个|那条|这条|那一条|这一条|那|这|个|条|的|了|吧|呢|啊|掉|以后|之后|刚才|刚刚|刚|设好|设过|设了|设|定|是|在|有没有|有|还|都|再|也|别|先|就|一下|到时候|到点|后面|不变|原来|早些|今后|从此|事情|事|离|距离|距|[\s,\uff0c。、!\uff01?\uff1f“”"]/g;
const ASKED =
  /几点|哪天|哪一天|几号|什么时候|啥时候|何时|多久|多少|几个|几条|哪些|什么|啥|有没有|有无|来着|下一?次|下一?个|下一?回|没有|没|吗|列表|列|看看|看一?下|看|查|关于|周期|别人|他人/g;

export type NamingOptions = { now: number; calendar: Calendar; shown?: readonly string[] };

/** What is left of the words once that is away which is said of any. */
export const contentOf = (words: string): string => words.replace(ASKED, '').replace(ANY, '');

export function named(words: string, reminders: Reminder[], options: NamingOptions): Named {
  const id = parseReminderId(words, toYear(options.now));
  if (id !== null) return { kind: 'found', by: 'id', reminders: reminders.filter((it) => it.id === id) };
  const ahead = byLead(words, reminders, options);
  if (ahead.length > 0) return { kind: 'found', by: 'time', reminders: ahead };
  const place = placeOf(words, reminders, options.shown);
  if (place) return place;
  const time = parseTime(words, { ...options, purpose: 'mention' });
  const at = time?.text ?? MONTH.exec(words)?.[0];
  const rest = contentOf(at === undefined ? words : words.replace(at, ' '));
  const next = at === undefined ? reminders : reminders.filter((it) => isAtTime(it, at, options));
  // 后天那次, of what comes every day: not the next time alone.
  const timely = time && next.length === 0 ? reminders.filter((it) => comesOn(it, time, options)) : next;
  if (rest === '' && at === undefined) return { kind: 'any' };
  if (rest === '')
    return timely.length > 0 ? { kind: 'found', by: 'time', reminders: timely } : unknown(words);
  const among = byWords(rest, timely);
  // 看账那个 beside 交台账: words that are asked with may be words of the reminder.
  const closer = among.length > 1 ? byWords(words.replace(ANY, ''), among) : [];
  const fitting = closer.length === 1 ? closer : among;
  if (fitting.length > 0) return { kind: 'found', by: 'words', reminders: fitting };
  // What looks like a time may be in the words of the reminder itself.
  const whole = byWords(contentOf(words), reminders);
  // 张三那个, 发给张三的: whom it goes to.
  const whom = rest.replace(/^(?:发?给|发到?|对|向|跟)/, '');
  const forThem = reminders.filter(({ to }) =>
    to.some(
      (it) =>
        (it.kind === 'person' && it.name.length > 1 && whom.startsWith(it.name)) ||
        // 给水利局的那个: whose people it goes to.
        (it.kind !== 'group' && IS_UNIT.test(whom) && it.organization.endsWith(whom)),
    ),
  );
  if (whole.length === 0 && forThem.length > 0) return { kind: 'found', by: 'words', reminders: forThem };
  if (whole.length > 0) return { kind: 'found', by: 'words', reminders: whole };
  // 大寒的, of what was set for 大寒那天.
  const asSaid = rest.length > 1 ? reminders.filter(({ said }) => said.includes(rest)) : [];
  return asSaid.length > 0 ? { kind: 'found', by: 'time', reminders: asSaid } : unknown(rest);
}

const IS_UNIT = /^[\u4e00-\u9fff]{2,10}(?:局|委|办|镇|乡|街道|队|中心|公司)$/;
const LEAD = new RegExp(`${ADVANCE.source}(?:的)?(?:那|这)?一?[次个条回]`);
/** 提前一天的那次: how long before what it is about it comes. */
function byLead(words: string, reminders: Reminder[], { calendar }: NamingOptions): Reminder[] {
  const groups = LEAD.exec(words)?.groups;
  const lead = groups ? leadOf(groups) : null;
  const length = lead && (lead.minutes ?? (lead.days ?? 0) * 1440);
  if (!length) return [];
  return reminders.filter(({ when, said, createdAt }) => {
    const event =
      when.kind === 'once' ? parseTime(said, { now: createdAt, calendar, purpose: 'mention' }) : null;
    return event?.kind === 'instant' && when.kind === 'once' && event.at - when.at === length * MINUTE_MS;
  });
}

/** 12月那次. */
const MONTH =
  /(?<![\d一二三四五六七八九十每])(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?=[那这的](?:次|个|条|回|一))/;

const unknown = (words: string): Named => ({ kind: 'unknown', words: words.trim() });
const toYear = (now: number): number => Number(toLocal(now).date.slice(0, 4));

function placeOf(words: string, reminders: Reminder[], shown: readonly string[] = []): Named | null {
  const { n, alone, last, middle } = ORDINAL.exec(words)?.groups ?? {};
  const digit = n ?? alone;
  if (!digit && !last && !middle) return null;
  const listed = shown.length > 1 ? shown : reminders.map(({ id }) => id);
  if (middle && listed.length % 2 === 0) return null;
  const index = digit
    ? (/\d/.test(digit) ? Number(digit) : NUMERALS.indexOf(digit) + 1) - 1
    : last
      ? listed.length - 1
      : (listed.length - 1) / 2;
  const chosen = reminders.filter(({ id }) => id === listed[index]);
  return { kind: 'found', by: 'place', reminders: chosen, place: index + 1 };
}

/** Part of the pairs of neighbouring characters that must stand in the reminder. */
const LEAST_SHARE = 0.5;

/** Those that the words fit best; several where they fit alike. */
function byWords(words: string, reminders: Reminder[]): Reminder[] {
  const characters = [...alike(words)];
  if (characters.length === 0) return [];
  const pairs = characters.slice(1).map((second, i) => `${characters[i]}${second}`);
  /** The share of the words that stands in the text, or of the text in the words: 报表已经交了 of 交报表. */
  const score = ({ text: own }: Reminder): number => {
    const text = alike(own);
    if (pairs.length === 0) return Number(text.includes(alike(words)));
    const length = Math.max(1, [...text].length - 1);
    const both = new Set(pairs.filter((pair) => text.includes(pair))).size;
    return Math.max(both / pairs.length, both / length);
  };
  const scored = reminders.map((reminder) => ({ reminder, score: score(reminder) }));
  const best = Math.max(0, ...scored.map((it) => it.score));
  if (best >= LEAST_SHARE) return scored.filter((it) => it.score === best).map(({ reminder }) => reminder);
  // 卷子那个, of 归档调解卷.
  const [noun = '', suffix] = characters;
  if (characters.length === 2 && (suffix === '子' || suffix === '儿'))
    return reminders.filter(({ text }) => alike(text).includes(noun));
  const headed = byHead(characters, reminders);
  return headed.length > 0 ? headed : reminders.filter(({ text }) => isSpread(characters, alike(text)));
}

/** 取卡那个 of 取社保卡: its characters in their order, near each other. */
const [SPREAD_MAX, GAP_MAX] = [4, 3];
function isSpread(characters: string[], text: string): boolean {
  const [first = ''] = characters;
  if (characters.length < 2 || characters.length > SPREAD_MAX) return false;
  const from = [...text].flatMap((char, at) => (char === first ? [at] : []));
  return from.some((start) => {
    let at = start;
    return characters.slice(1).every((char) => {
      const next = text.indexOf(char, at + 1);
      const isNear = next > at && next - at <= GAP_MAX + 1;
      at = next;
      return isNear;
    });
  });
}

/** 开会那个 of 参加普法会: the thing at its end, where what is done with it is said in any way. */
const LIGHT = /^[开上交去做办参加报填写打发]{0,2}$/;
function byHead(characters: string[], reminders: Reminder[]): Reminder[] {
  const head = characters.at(-1) ?? '';
  if (characters.length > 3 || !LIGHT.test(characters.slice(0, -1).join(''))) return [];
  return reminders.filter(({ text }) => alike(text).endsWith(head) || alike(text).includes(`${head} `));
}

/** Whether the reminder comes at the time named: its hour, its day, or both. */
export function isAtTime(reminder: Reminder, said: string, options: NamingOptions): boolean {
  const { when, nextAt } = reminder;
  const at = when.kind === 'once' ? when.at : nextAt;
  if (at === null || when.kind === 'deadline') return false;
  if (said.trim() !== '' && reminder.said.includes(said.trim())) return true;
  // 12月那次: no day of it.
  const month = /^(?<n>\d{1,2}|[一二三四五六七八九十]{1,2})月份?$/.exec(said.trim())?.groups?.['n'];
  if (month !== undefined) return Number(toLocal(at).date.slice(5, 7)) === parseNumber(month);
  const reading = parseTime(said, { ...options, purpose: 'mention' });
  const parts = namedIn(said, options);
  const { date, minutes } = toLocal(at);
  const times = when.kind === 'recurring' ? when.rule.times : [minutes];
  if (reading?.kind === 'recurrence')
    return when.kind === 'recurring' && isLikeRule(when.rule.rrule, reading.rule.rrule);
  const instants =
    reading?.kind === 'instant'
      ? [reading.at]
      : reading?.kind === 'unclear'
        ? reading.candidates.map((it) => it.at)
        : [];
  if (reading?.kind === 'range') {
    const [from, to] = [toLocal(reading.from).date, toLocal(reading.to).date];
    return date >= from && date <= to;
  }
  return instants.some((it) => {
    const named = toLocal(it);
    const isDay = !parts.day || named.date === date || isOnWeekday(when, said, named.date);
    return isDay && (!parts.clock || isPartOfDay(said, times) || times.includes(named.minutes));
  });
}

function comesOn({ when }: Reminder, time: TimeReading, { now, calendar }: NamingOptions): boolean {
  if (when.kind !== 'recurring' || time.kind !== 'instant') return false;
  const { date } = toLocal(time.at);
  const at = nextOccurrence(when.rule, Math.max(now, fromLocal(date) - 1), calendar);
  return at !== null && toLocal(at).date === date;
}

/** 下午那个: any hour of the afternoon. */
function isPartOfDay(said: string, times: readonly number[]): boolean {
  if (/[点时:\d]/.test(said)) return false;
  const bounds = /上午|早/.test(said)
    ? [300, 720]
    : /中午/.test(said)
      ? [690, 840]
      : /下午/.test(said)
        ? [720, 1140]
        : [1080, 1440];
  return times.some((it) => it >= (bounds[0] ?? 0) && it < (bounds[1] ?? 1440));
}

const BYDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const isOnWeekday = (when: Reminder['when'], said: string, date: string): boolean =>
  when.kind === 'recurring' &&
  /^(?:每|逢)?(?:周|星期|礼拜)/.test(said) &&
  new RegExp(`BYDAY=[A-Z,]*${BYDAYS[weekdayOf(date) - 1]}`).test(when.rule.rrule);

const isLikeRule = (rrule: string, named: string): boolean =>
  named.split(';').every((part) => rrule.split(';').includes(part));
