/** A notice of another unit that was pasted: its dates, and what is said of being reminded of them. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, MINUTE_MS, toLocal } from '../calendar/local.js';
import { sharedPiece } from '../text/shared-piece.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { Directory } from '../organizations/directory.js';
import { shorten } from '../text/shorten.js';

/** `at`: when it begins, or by when it is to be done; `remindAt`: when one is reminded of it unless they say otherwise. */
export type Dated = { kind: 'meeting' | 'deadline'; text: string; at: number; remindAt: number };
export type Pasted = { from: string; dated: Dated[] };
export type PastedTerms = { now: number; calendar: Calendar; directory: Pick<Directory, 'mentions'> };

/** 县住建局通知:, 【县民政局】, 接县应急局通知,: whose it is stands first. */
const HEAD =
  /^(?:刚(?:才|刚)?|[刚才]?(?:收到|接到|接|转发?|来文)|[:\uff1a,\uff0c\s]){0,4}(?:【(?<in>[^】\n]{2,20})】|(?<by>(?!给|向|跟|请|让|叫|发|把|将|通知)[^,\uff0c:\uff1a。\s【】]{2,24}?)(?:关于[^:\uff1a\n]{2,40})?(?:的?(?:紧急|加急|会议)?通知|来文|来函|来电|的?函|发文)[:\uff1a,\uff0c\s])/;
/** 【会议通知】各成员单位:定于…: whose it is stands in the place, or nowhere. */
const TITLE =
  /^(?:[刚才]?(?:收到|接到|转发?|转)[:\uff1a\s]{0,3})?【[^】\n]{0,10}(?:通知|函)】[\s:\uff1a]{0,2}(?=各[^,\uff0c。:\uff1a]{0,16}(?:单位|部门|乡镇|镇街|镇|乡|街道|局)[:\uff1a,\uff0c])/;
/** It is said to many units, or in the words of a notice. */
const TO_UNITS =
  /各(?:乡镇|镇街|镇|乡|街道|单位|部门|村|县直|有关|相关|成员|科室)|请[^,\uff0c。]{0,40}(?:报送|上报|报至|反馈|参加|参会|落实|填报|报县|报局)|定于|兹定|召开|前报|回执/;
/** What is asked of the bot, or sent on by it, is no paste. */
const ASKS_BOT =
  /提醒|叫我|喊我|转给|转发给|发给|通知给|帮我|给我|呼叫|[吗么?\uff1f]$|怎么|咋|谁|哪(?:个|里|些|天)/;
/** 发至县委宣传部: whom the answer goes to has called it. */
const ANSWERED_TO = /(?:发|报|送|反馈|交)(?:送|至|到|给){1,2}([^,\uff0c。;\uff1b\s]{2,14})/;
const CLAUSES = /[,\uff0c。;\uff1b\n]+/;
const MEETS = /召开|开会|会议|集合|培训(?!材料)|参会(?!回执)|座谈|调度会|推进会|现场会|演练/;
const OPENING =
  /^(?:请|要求|兹|现|各[^,\uff0c]{1,20}?(?:请|务必|要|须|应)(?=于|在|将|把)?|务必|须|应|于|在|将|把|定于|拟于|[:\uff1a\s()\uff08\uff09])+/;
const [LATEST_WORDS, MOST] = [60, 6];
const NINE = 9 * 60;
const HOUR_MS = 60 * MINUTE_MS;

/** The morning before, of a meeting an hour before; where that is over, what is left of the time halved. */
function remindedAt(kind: Dated['kind'], at: number, now: number): number {
  const { date } = toLocal(at);
  const possible = [
    fromLocal(addDays(date, -1), NINE),
    ...(kind === 'meeting' ? [at - HOUR_MS] : []),
    fromLocal(date, NINE),
  ];
  const first = possible.find((it) => it > now + 10 * MINUTE_MS && it < at);
  return first ?? Math.floor((now + (at - now) / 2) / MINUTE_MS) * MINUTE_MS;
}

const plain = (clause: string, time: string): string =>
  shorten(
    clause
      .replace(time, ' ')
      .replace(/[(\uff08]\s*(?:周|星期)[一二三四五六日天]\s*[)\uff09]/g, ' ')
      .trim()
      .replace(OPENING, '')
      .replace(/\s+/g, '')
      .replace(/^(?:之?前|以前|前)?(?:将|把)?/, ''),
    LATEST_WORDS,
  );

/** Null: no notice of another unit, or one without a day to come. */
export function pastedIn(raw: string, terms: PastedTerms): Pasted | null {
  const title = TITLE.exec(raw);
  const head = title ?? HEAD.exec(raw);
  const name = title
    ? (ANSWERED_TO.exec(raw)?.[1] ?? '')
    : (head?.groups?.['in'] ?? head?.groups?.['by'] ?? '');
  const [found] = terms.directory.mentions(name);
  const unit = found ?? (title ? { unit: name || '来文' } : undefined);
  if (!head || !unit || ASKS_BOT.test(raw) || !TO_UNITS.test(raw)) return null;
  const body = raw.slice(head[0].length);
  const { now, calendar } = terms;
  const dated = body.split(CLAUSES).flatMap((clause): Dated[] => {
    const time = parseTime(clause, { now, calendar, purpose: 'deadline' });
    if (!time || (time.kind !== 'instant' && time.kind !== 'range')) return [];
    const kind = MEETS.test(clause) && !/回执/.test(clause) ? 'meeting' : 'deadline';
    const at = time.kind === 'range' ? (kind === 'meeting' ? time.from : time.to) : time.at;
    const text = plain(clause, time.text);
    return at > now && text !== '' ? [{ kind, text, at, remindAt: remindedAt(kind, at, now) }] : [];
  });
  return dated.length > 0 ? { from: unit.unit, dated: dated.slice(0, MOST) } : null;
}

const CALLS = /(?:提醒|叫|喊|通知|告诉|说|响)(?:我|俺|一?[声下])|提醒|闹钟|到时候?(?:叫|喊|说)/;
const NUMBER = '[一二两三四五六七八九十\\d]{1,3}';
const DAYS = new RegExp(`提前(?<n>${NUMBER})天|(?:头|前)(?<m>${NUMBER})?天(?!气)`);
const HOURS = new RegExp(`提前(?:半个?|${NUMBER}个?半?)(?:小时|钟头|分钟|刻钟)`);
const CLOCK =
  /(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚)|\d{1,2}[:\uff1a]\d{2}|[一二两三四五六七八九十\d]{1,3}点/;

const dayText = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** When one wants to be reminded of it; null where the words say no time that can be taken. */
function wantedAt(said: string, it: Dated, { now, calendar }: Omit<PastedTerms, 'directory'>): number | null {
  const read = (text: string): number | null => {
    const time = parseTime(text, { now, calendar, purpose: 'reminder' });
    return time?.kind === 'instant' ? time.at : null;
  };
  const { date, minutes } = toLocal(it.at);
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  const hours = HOURS.exec(said)?.[0];
  if (hours !== undefined) return read(`${dayText(date)}${clock},${hours}叫我`);
  const lead = DAYS.exec(said);
  const isSameDay = /当天|那天|当日/.test(said);
  if (lead || isSameDay) {
    const n = lead ? parseNumber(lead.groups?.['n'] ?? lead.groups?.['m'] ?? '一') : 0;
    const rest = said.replace(DAYS, ' ').replace(/当天|那天|当日/, ' ');
    const from = rest.search(CLOCK);
    return read(`${dayText(addDays(date, -n))}${from < 0 ? '上午九点' : rest.slice(from)}`);
  }
  return parseTime(said, { now, calendar, purpose: 'reminder' }) === null ? it.remindAt : read(said);
}

/** `index`: which of them. `at` null: the time cannot be taken. */
export type Wanted = { index: number; at: number | null };

/** Behind 叫我 or 说一声 another of them may follow. */
const BEHIND_CALL =
  /(?<=(?:(?:叫|喊|提醒)(?:我|俺)|[说叫喊]一[声下])(?:一[声下])?(?:就行|就好|吧)?)[,\uff0c;\uff1b。\s]/;
const KIND_WORDS: Readonly<Record<Dated['kind'], RegExp>> = {
  meeting: /开会|会议|[那这]个?会|参会|去开|^会/,
  deadline: /报|交|材料|表|回执|反馈|报送/,
};

/** 能提前一天叫我吗: what can be had is shown, and nothing set. */
export const asksOfReminders = (raw: string): boolean =>
  CALLS.test(raw) && /[吗么不?\uff1f]$/.test(raw.trim());

const isWords = (piece: string): boolean => !/[\s\d]/.test(piece);
function namedIn(said: string, dated: readonly Dated[]): number[] {
  const words = said.replace(CALLS, ' ');
  const byWord = dated.flatMap(({ text }, i) => (/回执/.test(words) && /回执/.test(text) ? [i] : []));
  if (byWord.length > 0) return byWord;
  // 视频会提前一天: the words that one of them alone has.
  const byText = dated.flatMap(({ text }, i) => (sharedPiece(words, text, isWords).length > 1 ? [i] : []));
  if (byText.length === 1) return byText;
  const byKind = dated.flatMap(({ kind }, i) => (KIND_WORDS[kind].test(words) ? [i] : []));
  return byKind;
}

/**
 * 开会那个提前一个钟头叫我 回执那个15号上午十点叫我: each part of its own date; without a name of the only one, or of all where
 * that is said. Null: nothing is asked of them.
 */
export function remindersOf(
  given: string,
  dated: readonly Dated[],
  terms: Omit<PastedTerms, 'directory'>,
): Wanted[] | null {
  const raw = given.replaceAll('俩', '两');
  if (!CALLS.test(raw) || /[吗么?\uff1f]$|[别不]用?(?:提醒|叫|喊)|取消/.test(raw)) return null;
  const parts = raw.split(BEHIND_CALL).filter((it) => CALLS.test(it));
  const all = parts.flatMap((said): Wanted[] => {
    const named = namedIn(said, dated);
    const indexes =
      named.length > 0 ? named : dated.length === 1 || /都|各/.test(said) ? dated.map((_, i) => i) : [];
    return indexes.flatMap((index) => {
      const it = dated[index];
      return it ? [{ index, at: wantedAt(said, it, terms) }] : [];
    });
  });
  return all.length > 0 ? all : null;
}
