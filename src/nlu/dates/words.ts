/** Times and rules in words, for cards and buttons. An instant alone is `formatInstant` of calendar/local. Pure. */
import { addDays, formatDate, formatInstant, formatMinutes, toLocal } from '../../calendar/local.js';
import type { Recurrence } from '../../core/reminder.js';
import type { TimeReading } from './types.js';

/** `11月27日(周五)15:00`, `…至…`, `每月25日 09:00`, or the question that is open. */
export function readingWords(reading: TimeReading, now: number): string {
  switch (reading.kind) {
    case 'instant':
      return `${formatInstant(reading.at, now)}${reading.isDeadline ? '前' : ''}`;
    case 'range':
      return `${formatInstant(reading.from, now)}至${formatInstant(reading.to, now)}`;
    case 'recurrence':
      return recurrenceWords(reading.rule, now);
    case 'unclear':
      return reading.message;
  }
}

/** `每月25日 09:00,遇节假日顺延到下一个工作日`; with `now`, a beginning that is further off is said. */
export function recurrenceWords(rule: Recurrence, now?: number): string {
  const fields = fieldsOf(rule.rrule);
  const times = isClockwise(fields) ? '' : ` ${rule.times.map(formatMinutes).join('、')}`;
  const rest = [
    leadWords(rule),
    shiftWords(rule),
    boundWords(fields),
    startWords(rule, fields, now),
    leftOutWords(fields),
    exceptWords(rule, now),
  ].filter(Boolean);
  const days = daysWords(rule, fields)
    .replace(/^每季度最后一个月(?=最后一)/, '每季度')
    .replace(/^每季度第一个月(?=第1个工作日)/, '每季度');
  return [`${days}${times}`, ...rest].join(',');
}

type Fields = Record<string, string>;

const fieldsOf = (rrule: string): Fields =>
  Object.fromEntries(rrule.split(';').map((pair) => pair.split('=') as [string, string]));
const isClockwise = ({ FREQ }: Fields): boolean => FREQ === 'HOURLY' || FREQ === 'MINUTELY';
const count = (n: number): string => (n === 2 ? '两' : String(n));
const intervalOf = ({ INTERVAL = '1' }: Fields): number => Number(INTERVAL);

function daysWords(rule: Recurrence, fields: Fields): string {
  const { special } = rule;
  switch (special?.kind) {
    case 'workdays':
      return `${seasonWords(fields)}每个工作日`;
    case 'nth-workday':
      return `${periodWords(fields, rule)}${nth(special.n)}工作日`;
    case 'festival':
      return festivalWords(special, rule.lead);
    case 'lunar':
      return `${special.month === null ? '每个农历月' : `每年农历${lunarMonth(special.month)}月`}${lunarDay(special.day)}`;
    case 'last-if-short':
      return `${plainWords(fields, rule)}(没有这一天的月份为最后一天)`;
    case undefined:
      return plainWords(fields, rule);
  }
}

function plainWords(fields: Fields, rule: Recurrence): string {
  const n = intervalOf(fields);
  switch (fields['FREQ']) {
    case 'MINUTELY':
      return `每${n}分钟`;
    case 'HOURLY':
      return n === 1 ? '每小时' : `每${count(n)}小时`;
    case 'DAILY':
      return `${seasonWords(fields)}${n === 1 ? '每天' : `每${count(n)}天`}`;
    case 'WEEKLY':
      return `${seasonWords(fields)}${n === 1 ? '每' : `每${count(n)}周的`}${weekdays(fields['BYDAY'] ?? weekdayOfRule(rule))}`;
    default:
      return `${periodWords(fields, rule)}${dayOfMonth(fields, rule)}`;
  }
}

const NAMES: Record<string, string> = {
  MO: '一',
  TU: '二',
  WE: '三',
  TH: '四',
  FR: '五',
  SA: '六',
  SU: '日',
};

const weekdays = (byday: string): string =>
  byday === 'MO,TU,WE,TH,FR'
    ? '周一至周五'
    : `周${byday
        .split(',')
        .map((it) => NAMES[it])
        .join('、')}`;

/** A rule without BYDAY keeps the weekday of its first day. */
const weekdayOfRule = ({ from }: Recurrence): string =>
  ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(`${from}T00:00:00Z`).getUTCDay()] ?? '';

const QUARTERS: Record<string, string> = {
  '1,4,7,10': '每季度第一个月',
  '2,5,8,11': '每季度第二个月',
  '3,6,9,12': '每季度最后一个月',
};

function periodWords(fields: Fields, { from }: Recurrence): string {
  const { FREQ, BYMONTH } = fields;
  const n = intervalOf(fields);
  // Else 每年1月至11月10日 would read as a span.
  const each = FREQ === 'MONTHLY' && BYMONTH?.includes(',') ? '的每月' : '';
  if (BYMONTH && monthsLeftOut(fields).length === 0)
    return QUARTERS[BYMONTH] ?? `每年${monthsWords(BYMONTH)}${each}`;
  if (FREQ === 'WEEKLY') return '每周';
  if (FREQ === 'MONTHLY') return n === 1 ? '每月' : `每${count(n)}个月的`;
  return fields['BYDAY'] ? '每年' : `每年${Number(from.slice(5, 7))}月`;
}

function dayOfMonth({ BYMONTHDAY, BYDAY }: Fields, { from }: Recurrence): string {
  if (BYDAY) {
    const [, n = '', day = ''] = /^([+-]?\d+)([A-Z]{2})$/.exec(BYDAY) ?? [];
    return `${nth(Number(n))}周${NAMES[day]}`;
  }
  const days = (BYMONTHDAY ?? from.slice(8)).split(',').map(Number);
  const own = days.filter((day) => day > 0);
  const backwards = days.filter((day) => day < 0).map((day) => (day === -1 ? '最后一天' : `倒数第${-day}天`));
  return [...(own.length > 0 ? [`${own.join('、')}日`] : []), ...backwards].join('、');
}

const nth = (n: number): string => (n === -1 ? '最后一个' : n < 0 ? `倒数第${-n}个` : `第${n}个`);

/** 6月至9月, or 1、7月. */
function monthsWords(bymonth: string): string {
  const months = bymonth.split(',').map(Number);
  const [first = 1] = months;
  const isRun = months.length > 2 && months.every((month, i) => month === first + i);
  return isRun ? `${first}月至${months.at(-1)}月` : `${months.join('、')}月`;
}

const seasonWords = (fields: Fields): string =>
  fields['BYMONTH'] && monthsLeftOut(fields).length === 0 ? `每年${monthsWords(fields['BYMONTH'])}的` : '';

/** 2月不用: what is left of a year but for a month or some is said by what is left out. */
function monthsLeftOut({ BYMONTH = '' }: Fields): number[] {
  const months = BYMONTH === '' ? [] : BYMONTH.split(',').map(Number);
  if (months.length < MOST_MONTHS || /至/.test(monthsWords(BYMONTH))) return [];
  return Array.from({ length: 12 }, (_, i) => i + 1).filter((month) => !months.includes(month));
}
const MOST_MONTHS = 8;

function leftOutWords(fields: Fields): string {
  const months = monthsLeftOut(fields);
  return months.length > 0 ? `${months.join('、')}月除外` : '';
}

function festivalWords(
  { name, side }: { name: string; side: 'on' | 'before' | 'after' },
  lead: Recurrence['lead'],
): string {
  const whose = name === 'any' ? '每个法定节假日' : `每年${name}`;
  if (side === 'on' && lead?.days) return `${whose}前${lead.days}天`;
  return `${whose}${{ on: '当天', before: '前最后一个工作日', after: '后第一个工作日' }[side]}`;
}

const DIGITS = '零一二三四五六七八九十';
const numeral = (n: number): string =>
  n <= 10
    ? DIGITS.charAt(n)
    : `${n < 20 ? '' : DIGITS.charAt(Math.floor(n / 10))}十${n % 10 ? DIGITS.charAt(n % 10) : ''}`;
const lunarMonth = (month: number): string => ({ 1: '正', 11: '冬', 12: '腊' })[month] ?? numeral(month);
const lunarDay = (day: number): string => (day <= 10 ? `初${numeral(day)}` : numeral(day));

function leadWords({ lead, special }: Recurrence): string {
  if (special?.kind === 'festival' && special.side === 'on' && lead?.days) return '';
  if (lead?.workdays) return `提前${lead.workdays}个工作日`;
  return lead?.days ? `提前${lead.days}天` : '';
}

const shiftWords = ({ shift = 'none' }: Recurrence): string =>
  ({
    none: '',
    next: '遇节假日顺延到下一个工作日',
    previous: '遇节假日提前到上一个工作日',
    skip: '节假日和休息日除外',
  })[shift];

/** Days left out that are still to come. */
function exceptWords({ except = [] }: Recurrence, now: number | undefined): string {
  const ahead = now === undefined ? except : except.filter((day) => day >= toLocal(now).date);
  return ahead.length === 0 ? '' : `${ahead.map((day) => formatDate(day, now)).join('、')}除外`;
}

function boundWords({ UNTIL, COUNT }: Fields): string {
  if (COUNT) return `共${COUNT}次`;
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(UNTIL ?? '') ?? [];
  return year ? `到${year}年${Number(month)}月${Number(day)}日为止` : '';
}

/** Where a rule skips weeks or days, its first one tells which. */
function startWords({ from }: Recurrence, fields: Fields, now: number | undefined): string {
  if (isClockwise(fields)) return '';
  if (fields['BYMONTH']) return '';
  const isLater =
    now !== undefined && /DAILY|WEEKLY/.test(fields['FREQ'] ?? '') && from > addDays(toLocal(now).date, 7);
  return intervalOf(fields) > 1 || isLater ? `从${formatDate(from, now)}起` : '';
}
