/** Scores the reading of times: lines of `{"text","now","expect","recurrence"}` against `parseTime`. */
import rrule, { type Options } from 'rrule';
import { z } from 'zod';
import type { Calendar } from '../../src/calendar/calendar.js';
import { formatInstant, toLocal, type LocalDate } from '../../src/calendar/local.js';
import { rruleText } from '../../src/calendar/recurrence.js';
import type { Recurrence } from '../../src/core/reminder.js';
import { BotError } from '../../src/core/errors.js';
import { parseTime } from '../../src/nlu/dates/parse.js';
import type { TimeReading } from '../../src/nlu/dates/types.js';

const { RRule } = rrule;

/** `expect` and `recurrence` are read liberally: see `parseExpect` and `isSameRule`. */
export const DateLine = z.looseObject({
  text: z.string(),
  now: z.union([z.string(), z.number()]),
  expect: z.unknown(),
  recurrence: z.unknown(),
});
export type DateLine = z.infer<typeof DateLine>;

export type DatesReport = {
  n: number;
  total: number;
  right: number;
  accuracy: number;
  /** Answers that fall in another year than the one meant, or in a year where a question was due. */
  silentWrongYear: number;
  /** Answers that are not later than `now`. */
  silentPast: number;
  /** Answers given where a question was due. */
  silentGuess: number;
  msPerText: number;
  wrong: { text: string; now: string; expect: unknown; recurrence: unknown; got: Got }[];
};

/** What was read, in the form of the file. */
type Got = {
  kind: TimeReading['kind'] | 'none';
  at?: string;
  to?: string;
  recurrence?: string;
  candidates?: string[];
};

/** A moment, or a whole day. */
type Moment = { at: number; isDay: boolean };
type Expected =
  /** Nothing is to be set: there is no time, or it is asked back. */
  | { kind: 'ask' }
  | { kind: 'moment'; moment: Moment }
  | { kind: 'range'; from: Moment; to: Moment }
  /** A range or the candidates of a question: a plain list does not say which. */
  | { kind: 'list'; moments: Moment[] }
  | { kind: 'any' };

export function scoreDates(lines: DateLine[], calendar: Calendar, clock: () => number): DatesReport {
  const report = { right: 0, silentWrongYear: 0, silentPast: 0, silentGuess: 0 };
  const wrong: DatesReport['wrong'] = [];
  let spentMs = 0;
  for (const line of lines) {
    const now = parseMoment(line.now).at;
    const before = clock();
    const reading = parseTime(line.text, { now, calendar });
    spentMs += clock() - before;
    const expected = parseExpect(line.expect, line.recurrence);
    const at = answerOf(reading);
    if (at !== null && at <= now) report.silentPast++;
    if (at !== null && expected.kind === 'ask' && !line.recurrence) report.silentGuess++;
    if (at !== null && isWrongYear(at, expected, now, line.recurrence)) report.silentWrongYear++;
    if (isRight(reading, expected, line.recurrence)) report.right++;
    else
      wrong.push({
        text: line.text,
        now: String(line.now),
        expect: line.expect ?? null,
        recurrence: line.recurrence ?? null,
        got: gotOf(reading),
      });
  }
  const total = lines.length;
  return {
    n: total,
    total,
    ...report,
    accuracy: total === 0 ? 0 : Math.round((report.right / total) * 10_000) / 10_000,
    msPerText: total === 0 ? 0 : Math.round((spentMs / total) * 1000) / 1000,
    wrong,
  };
}

/** The instant that would be set without asking. */
function answerOf(reading: TimeReading | null): number | null {
  if (!reading || reading.kind === 'unclear') return null;
  // A range that is under way has begun in the past by right.
  return reading.kind === 'range' ? reading.to : reading.at;
}

function isWrongYear(at: number, expected: Expected, now: number, recurrence: unknown): boolean {
  const year = yearOf(at);
  if (expected.kind === 'moment') return year !== yearOf(expected.moment.at);
  if (expected.kind === 'range') return year !== yearOf(expected.to.at);
  return expected.kind === 'ask' && !recurrence && year !== yearOf(now);
}

const yearOf = (ms: number): string => toLocal(ms).date.slice(0, 4);

function isRight(reading: TimeReading | null, expected: Expected, recurrence: unknown): boolean {
  const rule = ruleIn(recurrence);
  if (rule !== null) {
    if (reading?.kind !== 'recurrence') return false;
    const first = expected.kind === 'moment' ? expected.moment : null;
    const isFirst = !first || isAt(reading.at, first);
    return (
      isFirst &&
      (rule === true || isSameRule(reading.rule, rule, first ? toLocal(first.at).date : reading.rule.from))
    );
  }
  if (reading?.kind === 'recurrence')
    return recurrence === undefined && expected.kind === 'moment' && isAt(reading.at, expected.moment);
  switch (expected.kind) {
    case 'any':
      return reading !== null;
    case 'ask':
      return !reading || reading.kind === 'unclear';
    case 'moment':
      if (reading?.kind === 'range')
        return isAt(reading.from, expected.moment) || isAt(reading.to, expected.moment);
      return reading?.kind === 'instant' && isAt(reading.at, expected.moment);
    case 'range':
      if (reading?.kind === 'instant')
        return isAt(reading.at, expected.from) || isAt(reading.at, expected.to);
      return reading?.kind === 'range' && isAt(reading.from, expected.from) && isAt(reading.to, expected.to);
    case 'list': {
      const [first, second] = expected.moments;
      if (reading?.kind === 'unclear') return true;
      if (!first) return reading === null;
      if (!second) return reading?.kind === 'instant' && isAt(reading.at, first);
      return reading?.kind === 'range' && isAt(reading.from, first) && isAt(reading.to, second);
    }
  }
}

const isAt = (at: number, moment: Moment): boolean =>
  moment.isDay
    ? toLocal(at).date === toLocal(moment.at).date
    : Math.floor(at / 60_000) === Math.floor(moment.at / 60_000);

/** An ISO date or time; without an offset it is Beijing's. @throws BotError naming it when it is neither */
function parseMoment(value: unknown): Moment {
  if (typeof value === 'number') return { at: value, isDay: false };
  const text = String(value).trim().replace(' ', 'T');
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10));
  const at = Date.parse(isDay ? `${text}T00:00:00+08:00` : hasOffset ? text : `${text}+08:00`);
  if (Number.isNaN(at)) throw new BotError('DATA', `${String(value)} is no ISO time`);
  return { at, isDay };
}

const ASK = /^(?:ask|asked|none|null|unclear|ambiguous|past|impossible|no|false|-)?$/i;

function parseExpect(expect: unknown, recurrence: unknown): Expected {
  if (expect === undefined && ruleIn(recurrence) !== null) return { kind: 'any' };
  if (expect === null || expect === undefined || expect === false) return { kind: 'ask' };
  if (expect === true) return { kind: 'any' };
  if (Array.isArray(expect)) return { kind: 'list', moments: expect.map(parseMoment) };
  if (typeof expect === 'object') return parseObject(expect as Record<string, unknown>);
  const text = String(expect).trim();
  if (typeof expect === 'string' && ASK.test(text)) return { kind: 'ask' };
  const [from, to] = text.split(/\/|\.\.|~/);
  if (from && to) return { kind: 'range', from: parseMoment(from), to: parseMoment(to) };
  return { kind: 'moment', moment: parseMoment(expect) };
}

function parseObject(expect: Record<string, unknown>): Expected {
  const from = expect['start'] ?? expect['from'];
  const to = expect['end'] ?? expect['to'] ?? expect['until'];
  if (from !== undefined && to !== undefined)
    return { kind: 'range', from: parseMoment(from), to: parseMoment(to) };
  const at = expect['at'] ?? expect['time'] ?? expect['instant'] ?? expect['due'] ?? from ?? to;
  return at === undefined || at === null ? { kind: 'ask' } : { kind: 'moment', moment: parseMoment(at) };
}

/** The rule asked for; true for any; null for none. */
function ruleIn(recurrence: unknown): string | true | null {
  if (recurrence === true) return true;
  if (typeof recurrence === 'object' && recurrence !== null)
    return ruleIn((recurrence as Record<string, unknown>)['rrule']);
  if (typeof recurrence !== 'string' || ASK.test(recurrence.trim())) return null;
  return recurrence;
}

const MANY = 60;

/**
 * Whether both rules mean the same days from `first` on, and the same times where both name them. Festivals and lunar
 * days have no RRULE: there only FREQ is compared.
 */
function isSameRule(rule: Recurrence, wanted: string, first: LocalDate): boolean {
  const fields = fieldsOf(wanted);
  const own = fieldsOf(rruleText(rule));
  if (fields['BYHOUR'] && !hasSameTimes(rule, own, fields)) return false;
  if (rule.special?.kind === 'festival' || rule.special?.kind === 'lunar')
    return own['FREQ'] === fields['FREQ'];
  try {
    const [mine, theirs] = [daysFrom(own, first), daysFrom(fields, first)];
    return mine.length > 0 && mine.join() === theirs.join();
  } catch {
    return false;
  }
}

function hasSameTimes({ times }: Recurrence, own: Fields, wanted: Fields): boolean {
  if (/HOURLY|MINUTELY/.test(own['FREQ'] ?? '')) return true;
  const hours = [...new Set(times.map((it) => Math.floor((it % 1440) / 60)))];
  const numbers = (text = '') => text.split(',').map(Number);
  const isSame = (a: number[], b: number[]) =>
    a.toSorted((x, y) => x - y).join() === b.toSorted((x, y) => x - y).join();
  if (!isSame(hours, numbers(wanted['BYHOUR']))) return false;
  return isSame([...new Set(times.map((it) => it % 60))], numbers(wanted['BYMINUTE'] ?? '0'));
}

type Fields = Record<string, string>;

function fieldsOf(text: string): Fields {
  const rule = text.split('\n').find((line) => /FREQ=/i.test(line)) ?? '';
  const pairs = rule
    .trim()
    .replace(/^.*?RRULE:/i, '')
    .toUpperCase()
    .split(';')
    .filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => pair.split('=')).map(([key = '', value = '']) => [key.trim(), value.trim()]),
  );
}

/** The first days of a rule; hours and minutes count by themselves. */
function daysFrom(fields: Fields, first: LocalDate): string[] {
  const until = fields['UNTIL'];
  const text = Object.entries(fields)
    .filter(([key]) => !/^(?:DTSTART|UNTIL|BYHOUR|BYMINUTE|BYSECOND)$/.test(key))
    .map(([key, value]) => `${key}=${value}`)
    .join(';');
  const options: Partial<Options> = RRule.parseString(text);
  const rule = new RRule({
    ...options,
    dtstart: new Date(`${first}T00:00:00Z`),
    ...(until ? { until: lastDay(until) } : {}),
  });
  return rule.all((_date, i) => i < MANY).map((date) => date.toISOString());
}

/** UNTIL as a date of Beijing: 20261231, 20261231T155959Z. */
function lastDay(until: string): Date {
  const [, date = '', time = '', zone] = /^(\d{8})(?:T(\d{6})(Z)?)?/.exec(until) ?? [];
  const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
  if (!zone) return new Date(`${iso}T00:00:00Z`);
  const at = Date.parse(`${iso}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}Z`);
  return new Date(`${toLocal(at).date}T00:00:00Z`);
}

function gotOf(reading: TimeReading | null): Got {
  if (!reading) return { kind: 'none' };
  const iso = (ms: number): string => {
    const { date, minutes } = toLocal(ms);
    const pad = (n: number) => String(Math.floor(n)).padStart(2, '0');
    return `${date}T${pad(minutes / 60)}:${pad(minutes % 60)}+08:00`;
  };
  switch (reading.kind) {
    case 'instant':
      return { kind: reading.kind, at: iso(reading.at) };
    case 'range':
      return { kind: reading.kind, at: iso(reading.from), to: iso(reading.to) };
    case 'recurrence':
      return { kind: reading.kind, at: iso(reading.at), recurrence: rruleText(reading.rule) };
    case 'unclear':
      return { kind: reading.kind, candidates: reading.candidates.map(({ at }) => formatInstant(at)) };
  }
}
