/**
 * What is said of reminders in wordings that no grammar knows, by a model learned from examples (speech): it says what is
 * meant, the reminder is found by the words that it shares with the message, and the plain form is handed on: `周六不上班 放到下周一`
 * becomes `改到下周一`.
 */
import type { Occurrence, Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { calledByName } from '../organizations/recipients.js';
import { withPlaceholders, type Placeholders, type SpeechModel } from '../nlu/speech.js';
import { dueFor, inFocus, isOnReminders, isOwner, remindersIn } from '../reminders/concerned.js';
import { changed } from '../reminders/change.js';
import { onceIn } from '../reminders/once-words.js';
import { plainWords, hasOwnMatter } from '../reminders/plain-words.js';
import { contentOf, isAtTime } from '../reminders/naming.js';
import { isQuestion } from '../requests/move-words.js';
import { ONE_OF_THEM, swapsOne } from '../reminders/recipient-speech.js';
import { changeOf, NOT_YET, REMINDER_WORD } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';
import { isHypothetical, isSupposed } from '../text/frames.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { ASKS_WHETHER } from './reminder-considered.js';
import { earlyOf, isDone, saysDone, sharedLength } from './reminder-early.js';
import { ONLY_POINTS, pointedAt, sharesPair } from './reminder-forms.js';
import { partOf } from './reminder-part.js';
import { takenOut } from './reminder-recipients.js';
import { restsOrGoesOn, STOPS_ELSE } from './reminder-rests.js';
import { isAnotherMatter, lastTime, setsRule, timesIn, weekOf } from './reminder-times.js';

const MAX_LENGTH = 50;
/** The model says so; less than this says nothing. */
const LEAST = 0.6;
/** Above what the grammar only guesses; what it takes apart whole (0.97) stands, but for one time that is left out of many. */
const SURE = 0.85;
const [SURELY, LIKELY, LEFT_OUT] = [0.96, 0.92, 0.98];

export const reminderSpeechReader: Reader = {
  name: 'reminders, by examples',
  read: async (ctx, deps) => {
    const raw = ctx.update.kind === 'message' ? ctx.update.text.trim() : '';
    if (!deps.speech || raw === '' || raw.length > MAX_LENGTH || ctx.match.via !== 'example') return [];
    const mine = await remindersIn(ctx);
    const came = await dueFor(ctx);
    const due = came.at(-1);
    if (mine.length === 0 && !due) return [];
    const isOnlyDue = came.length === 1;
    if (due && isOnlyDue && saysDone(raw, due.text)) return [isDone(due.id)];
    const found = await readingOf(ctx, deps, { raw, mine, due, isOnlyDue, model: deps.speech.reminders });
    return found ? [found] : [];
  },
};

const MOVES = /改|换|调|挪|移|推|延|顺|提前|提早|往|早|晚|还是|不对|错|成|定/;
/** What the model reads a text about these reminders as. */
export function speechOf(
  text: string,
  own: readonly string[],
  { ctx, deps, model }: { ctx: Context; deps: ReadingDeps; model: SpeechModel },
): { kind: string; probability: number; said: string } {
  const said = withPlaceholders(plainWords(normalizeText(text)), placeholdersIn(ctx, deps, own));
  const [best = { kind: 'elsewhere', probability: 0 }] = model(said);
  return { ...best, said };
}

export const placeholdersIn = (ctx: Context, deps: ReadingDeps, own: readonly string[]): Placeholders => {
  const { directory } = deps.knowledge();
  return {
    timeIn: (text) => parseTime(text, { now: ctx.now, calendar: deps.calendar, purpose: 'mention' }),
    mentions: directory.mentions,
    people: calledByName(directory, ctx.person?.organization),
    own,
  };
};

/** `isOnlyDue`: nothing else came since something was said last. */
type Said = {
  raw: string;
  mine: Reminder[];
  due: Occurrence | undefined;
  isOnlyDue: boolean;
  model: SpeechModel;
};

async function readingOf(
  ctx: Context,
  deps: ReadingDeps,
  { raw, mine, due, isOnlyDue, model }: Said,
): Promise<Reading | null> {
  const texts = [...mine, ...(due ? [due] : [])].map(({ text }) => text);
  const world = { ctx, deps, model };
  const { kind, probability: p, said } = speechOf(raw, texts, world);
  if (p < LEAST) return null;
  const focus = inFocus(ctx, mine);
  // 评议的那个 points at one, and says nothing of it.
  if (ONLY_POINTS.test(said)) return pointedAt(targetOf(ctx, deps, { raw, piece: raw, mine, focus }), ctx);
  const isNamed = REMINDER_WORD.test(raw) || said.includes('X');
  // 周五武装部来人 下午三点叫我 has a matter of its own, and nothing says that another one is moved.
  if (kind === 'retime' && !isNamed && !MOVES.test(said) && hasOwnMatter(said)) return null;
  if (!isNamed && !focus && !due && !isOnReminders(ctx)) return null;
  const probability = p < SURE ? LIKELY : kind === 'skip' ? LEFT_OUT : SURELY;
  const why = `said like ${kind} (${p.toFixed(2)}): ${said}`;
  const piece = clauseOf(raw, kind, texts, world);
  const target = targetOf(ctx, deps, { raw, piece, mine, focus });
  // A question finds its own.
  if (target === 'unknown' && kind !== 'ask' && kind !== 'who') return null;
  // 就这一次 以后不用了 has its grammar.
  if ((kind === 'cancel' || kind === 'skip') && onceIn(normalizeText(raw)) !== null) return null;
  const meant =
    (target === 'unknown' ? [] : target) ?? (focus ? [focus] : mine.length === 1 && isNamed ? mine : []);
  const options = { now: ctx.now, calendar: deps.calendar };
  const change = (form: string, reminders: Reminder[]): Reading | null => {
    const read = changeOf(form);
    const able = reminders.filter(
      (it) => isOwner(ctx, it) && it.source === 'own' && read && changed(it, read, options).kind !== 'none',
    );
    const value = able.map(({ id }) => id).join(',');
    const slots = { action: 'rem-change', value };
    return value === ''
      ? null
      : { intent: 'snooze_reminder', slots, text: form, raw: form, probability, why };
  };
  const cancel = (reminders: Reminder[]): Reading | null => {
    const [only, second] = reminders;
    if (NOT_YET.test(raw) || GOES_ON.test(raw) || isSupposed(raw) || ASKS_WHETHER.test(raw)) return null;
    if (only && !second) {
      const name = lastName(raw, ctx, deps);
      const isOneOf = only.to.length > 1 && name !== null;
      const gone = takenOut(raw, only, deps) ?? (isOneOf ? `不再提醒${name}` : null);
      const part = gone ?? partOf(raw, only, ctx, deps);
      if (part) return change(part, [only]);
    }
    if (!only)
      return isNamed ? { intent: 'cancel_reminder', slots: { action: 'which' }, probability, why } : null;
    const value = reminders.map(({ id }) => id).join(',');
    return second
      ? { intent: 'cancel_reminder', slots: { action: 'which', value }, probability, why }
      : { intent: 'cancel_reminder', slots: { value: only.id }, probability, why };
  };
  switch (kind) {
    case 'retime': {
      const time = lastTime(piece, ctx, deps);
      if (!time || setsRule(raw, ctx, deps)) return null;
      if (!target && isAnotherMatter(raw, timesIn(raw, ctx, deps))) return null;
      const [first] = meant;
      if (due && !target && (isOnlyDue || !first || first.id === due.reminder))
        return {
          intent: 'snooze_reminder',
          ...{ slots: { value: due.id }, text: time, raw: time, probability, why },
        };
      return change(`改到${time}`, meant);
    }
    case 'skip': {
      // 这个月停工三次 stops no reminder.
      if (STOPS_ELSE.test(raw) && !/不用|不要|别|跳|免/.test(raw)) return null;
      if (['workdays', 'shift-off', 'rest'].includes(changeOf(normalizeText(raw))?.kind ?? '')) return null;
      const recurring = meant.filter(({ when }) => when.kind === 'recurring');
      const named = timesIn(piece, ctx, deps)[0] ?? MONTH.exec(piece)?.[0] ?? '';
      const time = /下[一]?[次回]/.test(piece) ? '' : weekOf(piece, named);
      if (recurring.length > 0) return change(time === '' ? '跳过这次' : `跳过${time}`, recurring);
      return cancel(meant);
    }
    case 'person':
    case 'addperson': {
      const name = lastName(piece, ctx, deps);
      // 要是陈丙休假就改给张三 changes nothing yet.
      if (!name || isHypothetical(raw)) return null;
      const from = kind === 'person' ? replacedIn(raw, name, meant) : undefined;
      return change(`${from ? `把${from}换成` : kind === 'person' ? '改成' : '也'}提醒${name}`, meant);
    }
    case 'pause':
    case 'resume':
      return restsOrGoesOn(kind, raw, { named: target === null ? null : meant, meant, mine }, change);
    case 'cancel':
      return cancel(meant);
    case 'done': {
      const early = p >= SURE && !(due && sharesPair(raw, due.text)) ? await earlyOf(ctx, raw) : null;
      if (early) return early;
      // 交上去了, 人家收下了, of what has just come.
      const isSure = p >= SURE || (due !== undefined && sharesPair(raw, due.text));
      return due && isOnlyDue && isSure && !NOT_YET.test(raw) && !isQuestion(raw) && !isSupposed(raw)
        ? { intent: 'snooze_reminder', slots: { action: 'rem-done', value: due.id }, probability, why }
        : null;
    }
    case 'who':
      return { intent: 'list_reminders', slots: { action: 'who' }, probability, why };
    case 'ask':
      return { intent: 'list_reminders', slots: { action: 'asked' }, probability: LIKELY, why };
    default:
      return null;
  }
}

/** 2月那次: no day of it is named, and the next one is not meant. */
const MONTH = /(?<![\d一二三四五六七八九十每])(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?/;

/** The clause that says it: in `周六不上班 放到下周一` the second one. */
function clauseOf(
  raw: string,
  kind: string,
  own: readonly string[],
  { ctx, deps, model }: { ctx: Context; deps: ReadingDeps; model: SpeechModel },
): string {
  const clauses = raw.split(/[,\uff0c。;\uff1b\s]+/).filter(Boolean);
  if (clauses.length < 2) return raw;
  const placeholders = placeholdersIn(ctx, deps, own);
  const needs = kind === 'retime' || kind === 'skip' ? /T/ : /person/.test(kind) ? /[PU]/ : /./;
  const scored = clauses.flatMap((clause) => {
    const said = withPlaceholders(normalizeText(clause), placeholders);
    const score = model(said).find((it) => it.kind === kind)?.probability ?? 0;
    const isOther = kind === 'skip' ? GOES_ON.test(clause) : kind === 'retime' && NOT_THEN.test(clause);
    return needs.test(said) && !isOther ? [{ clause, score }] : [];
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.clause ?? raw;
}

/** 下周照常: what is not left out. */
const NOT_THEN =
  /(?:不行|没空|没时间|有事|来不了|去不了|不在|放假|不上班|休息|太[早晚赶急]了?|来不及了?|下乡|不合适|不方便|有会|要开会|出差)$/;
const GOES_ON = /照常|照旧|继续|接着|不变|恢复|留着|起再|再开始/;

/** Before who is named (@): 不是张三; 把冯丙也加上 denies nobody. */
const DENIED = /(?:不是|不用|不|别|把(?!@(?:也|都)?[加叫喊算带捎]))(?:提醒|叫|喊|让)?@/;
/** The last person or unit that is not denied. */
function lastName(piece: string, { person }: Context, deps: ReadingDeps): string | null {
  const { directory } = deps.knowledge();
  const names = calledByName(directory, person?.organization)
    .flatMap(({ name }) => (piece.includes(name) ? [{ name, at: piece.lastIndexOf(name) }] : []))
    .sort((a, b) => b.name.length - a.name.length);
  const whole = names.filter(
    (it, i) =>
      !names.slice(0, i).some((longer) => it.at >= longer.at && it.at < longer.at + longer.name.length),
  );
  const units =
    whole.length > 0 ? [] : directory.mentions(piece).map(({ alias, index }) => ({ name: alias, at: index }));
  const affirmed = [...whole, ...units].filter(
    ({ name, at }) =>
      !DENIED.test(`${piece.slice(0, at)}@${piece.slice(at + name.length)}`) &&
      !/^(?:没空|出差|请假|不在|去不了|有事|病了|那天|开会|下乡|休假|调走)/.test(
        piece.slice(at + name.length),
      ),
  );
  return affirmed.sort((a, b) => b.at - a.at)[0]?.name ?? null;
}

/** 沈乙不去了,换成曾乙二: of several whom it goes to, the one who is named besides. */
function replacedIn(raw: string, name: string, [reminder, other]: Reminder[]): string | undefined {
  if (!reminder || other || reminder.to.length < 2) return undefined;
  const named = reminder.to.flatMap((it) =>
    it.kind === 'person' && it.name !== name && raw.replace(name, ' ').includes(it.name) ? [it.name] : [],
  );
  return named.length === 1 ? named[0] : named.length === 0 && swapsOne(raw) ? ONE_OF_THEM : undefined;
}

/** What points at one of several: 体检那个, 周三的, 给宋戊的. */
const POINTS = /^(?:那天|那次|那回)?(?:的)?(?:那个|那条|那次|那件|那天|那项|提醒|闹钟|[那这]一?[个条])/;
const CALLED =
  /(?<what>[^\s,\uff0c。的把将给]{1,10}?)(?:的提醒|的那[个条次]|那[个条件项]|的(?=取消|删|不要|不用|改|挪|放|撤|去掉|停|是|定))/;

/**
 * The reminders that are named, null where nothing is named, `unknown` where what is named is not there. `piece`: where the new
 * time stands.
 */
function targetOf(
  ctx: Context,
  deps: ReadingDeps,
  { raw, piece, mine, focus }: { raw: string; piece: string; mine: Reminder[]; focus: Reminder | null },
): Reminder[] | 'unknown' | null {
  const options = { now: ctx.now, calendar: deps.calendar };
  const words = normalizeText(raw);
  const rest = timesIn(words, ctx, deps).reduce((left, time) => left.replace(time, ' '), words);
  const scored = mine
    .map((reminder) => ({ reminder, n: sharedLength(rest, reminder.text) }))
    .filter(({ n }) => n >= 2);
  const most = Math.max(0, ...scored.map(({ n }) => n));
  const byWords = scored.filter(({ n }) => n === most).map(({ reminder }) => reminder);
  const byPerson = mine.filter(({ to }) =>
    to.some((it) => it.kind === 'person' && new RegExp(`给${it.name}|${it.name}(?:的|那[个条])`).test(words)),
  );
  const [time] = timesIn(words, ctx, deps);
  const after = time ? words.slice(words.indexOf(time) + time.length) : '';
  const isPointed = time !== undefined && (POINTS.test(after) || /^的/.test(after));
  const byTime = isPointed ? mine.filter((it) => isAtTime(it, time, options)) : [];
  const among = [byWords, byPerson, byTime].filter((it) => it.length > 0);
  const [first = [], ...others] = among;
  if (among.length > 0) {
    const both = first.filter((it) => others.every((other) => other.includes(it)));
    const chosen = both.length > 0 ? both : first;
    return focus && chosen.length > 1 && chosen.includes(focus) && piece === raw ? [focus] : chosen;
  }
  if (isPointed && time !== piece) return 'unknown';
  const called = CALLED.exec(rest)?.groups?.['what'];
  return called && contentOf(called).length > 1 ? 'unknown' : null;
}
