/** 我的提醒: what is set for the person or the group, all of it or what was asked about, and the same as a calendar file. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, weekdayOf, formatDate, formatInstant, toLocal } from '../calendar/local.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import { replyCard, replyFile, replyText, setSession } from '../core/effects.js';
import { isNotice, type NoticeReminder, type Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { askedIn, calledSo, within, type Asked, type Detail } from '../reminders/asked.js';
import { noticeFields, noticeText } from '../reminders/notice-view.js';
import { recipientsText, whenText } from '../reminders/view.js';
import { DAYS_OFF, daysOffText } from '../reminders/days-off.js';
import type { HandlerDeps } from './deps.js';
import {
  accountsIn,
  inFocus,
  isOnReminders,
  lately,
  reachedBy,
  remindersIn,
} from '../reminders/concerned.js';
import { isAtTime } from '../reminders/naming.js';
import { isSnoozed } from '../reminders/ledger.js';
import { reaches, villagesReached } from './shared/reminder-reach.js';
import { listed, mayKnow, noneCalled, notFound, remember } from './shared/reminders.js';
import { sessionOn } from './shared/requests.js';

const MINUTE_MS = 60_000;

export const createListReminders =
  ({ calendar, knowledge }: Pick<HandlerDeps, 'calendar' | 'knowledge'>): Handler =>
  async (ctx) => {
    if (ctx.match.slots['action'] === 'reaches') return reaches(ctx, knowledge().directory);
    if (ctx.match.slots['action'] === 'villages') return villagesReached(ctx, knowledge().directory);
    if (ctx.match.slots['action'] === 'meeting') return meetings(ctx);
    if (ctx.match.slots['action'] === 'those') return thoseOf(ctx);
    if (ctx.match.slots['action'] === 'days-off') return daysOff(ctx, calendar);
    const reminders = await withPutOff(ctx, await remindersIn(ctx));
    const isExport =
      ctx.match.slots['action'] === 'rem-ics' ||
      (ctx.update.kind === 'message' && /导出|日历|ics/i.test(ctx.update.text));
    if (isExport && reminders.length > 0) {
      const { icsOf } = await import('../reminders/ics.js');
      return [
        replyFile(
          ctx.update,
          { name: '提醒.ics', content: icsOf(reminders, ctx.now) },
          `共 ${reminders.length} 条提醒。用手机打开文件可加入日历;按工作日、节日计算的只含最近一次。`,
        ),
      ];
    }
    if (ctx.update.kind !== 'message') return listed(ctx, reminders);
    const asked = askedIn(ctx.text, { now: weekOf(ctx), calendar });
    // 这个谁设的, of one that has come.
    const came = asked.detail === 'who' && asked.words === '' ? await lastCome(ctx) : null;
    if (came && !isOnReminders(ctx)) return aboutOne(ctx, came, 'who', calendar);
    if (reminders.length === 0) return listed(ctx, reminders);
    const { action, value } = ctx.match.slots;
    const pointed = action === 'about-one' ? reminders.find(({ id }) => id === value) : undefined;
    if (pointed) return aboutOne(ctx, pointed, asked.detail, calendar);
    // 周四那个几点: those of that day, whatever was spoken of before.
    const { at } = asked;
    if (at !== null && asked.words === '') {
      const timely = reminders.filter((it) => isAtTime(it, at, { now: ctx.now, calendar }));
      const [only, second] = timely;
      if (only) return second ? listed(ctx, timely) : aboutOne(ctx, only, asked.detail, calendar);
      const then = onThatDay(reminders, at, { now: ctx.now, calendar });
      if (then)
        return [
          replyText(`“${then.reminder.text}”${formatInstant(then.at, ctx.now)}提醒。`),
          ...listed(ctx, [then.reminder]),
        ];
      return [replyText(`${at.trim()}没有提醒。`), ...listed(ctx, reminders)];
    }
    const isAboutOne = action === 'about-one' || asked.detail !== null;
    const shown = new Set(isOnReminders(ctx) ? ctx.session?.reminders?.shown : []);
    // 下一回是几号 of several that were set or shown just now: the first to come.
    if (detailOfAny(asked) && shown.size > 1 && shown.size < reminders.length + 1) {
      const [next] = endOf(
        reminders.filter(({ id }) => shown.has(id)),
        'first',
      );
      if (next) return aboutOne(ctx, next, asked.detail, calendar);
    }
    // 下一个提醒是几点: the first to come of all, whatever was spoken of last.
    const one =
      isAboutOne &&
      asked.nearest === null &&
      asked.words === '' &&
      (asked.window === null || asked.detail !== null)
        ? (inFocus(ctx, reminders) ?? (action === 'about-one' ? lately(ctx, reminders) : null))
        : null;
    const { detail } = asked;
    return one
      ? aboutOne(ctx, one, detail, calendar)
      : narrowed(ctx, reminders, asked, { calendar, isAboutOne });
  };

/** 30号那天是几点, of what comes every day: not the next time alone. */
function onThatDay(
  reminders: Reminder[],
  said: string,
  options: { now: number; calendar: Calendar },
): { reminder: Reminder; at: number } | null {
  const time = parseTime(said, { ...options, purpose: 'mention' });
  if (time?.kind !== 'instant') return null;
  const { date } = toLocal(time.at);
  const found = reminders.flatMap((reminder) => {
    if (reminder.when.kind !== 'recurring') return [];
    const at = nextOccurrence(
      reminder.when.rule,
      Math.max(options.now, fromLocal(date) - 1),
      options.calendar,
    );
    return at !== null && toLocal(at).date === date ? [{ reminder, at }] : [];
  });
  const [only, second] = found;
  return only && !second ? only : null;
}

/** 那周四呢, after 下周二有安排没: of the same week. */
function weekOf({ text, now, session }: Context): number {
  const { from, at } = session?.reminders ?? {};
  if (from === undefined || at !== session?.updatedAt || !BARE_WEEKDAY.test(text)) return now;
  const { date } = toLocal(from);
  const monday = addDays(date, 1 - weekdayOf(date));
  return monday > toLocal(now).date ? fromLocal(addDays(monday, -1), 720) : now;
}
const BARE_WEEKDAY = /(?<![这本下上每个])(?:周|星期|礼拜)[一二三四五六日天]/;

const ofDay = (effects: Effect[], from: number): Effect[] =>
  effects.map((it) =>
    it.kind === 'setSession' && it.session?.reminders
      ? { ...it, session: { ...it.session, reminders: { ...it.session.reminders, from } } }
      : it,
  );

async function daysOff(ctx: Context, calendar: Calendar): Promise<Effect[]> {
  const { value = '' } = ctx.match.slots;
  const reminder = value === '' ? null : await ctx.read.getReminder(value);
  return reminder && mayKnow(ctx, reminder)
    ? [replyText(daysOffText(reminder, ctx.now, calendar)), remember(ctx, reminder.id)]
    : [replyText(DAYS_OFF), setSession(sessionOn(ctx, {}))];
}

/** 那个会几点来着: when and where, of those that the reader found. */
async function meetings(ctx: Context): Promise<Effect[]> {
  const ids = (ctx.match.slots['value'] ?? '').split(',');
  const found = await Promise.all(ids.map((id) => ctx.read.getReminder(id)));
  const told = found.filter((it): it is NoticeReminder => it !== null && isNotice(it) && mayKnow(ctx, it));
  if (told.length === 0) return notFound();
  const blocks = told.flatMap((it) => [
    ...(it.status === 'cancelled' ? [{ kind: 'text' as const, text: '这个会已取消,不开了。' }] : []),
    ...noticeFields(it, ctx.now),
    ...(it.notice.place === ''
      ? [
          {
            kind: 'text' as const,
            text: `通知里没有写地点,可以问${it.owner.organization} ${it.owner.name}。`,
          },
        ]
      : []),
    { kind: 'source' as const, text: `由${it.owner.organization} ${it.owner.name} 通知` },
  ]);
  return [
    replyCard({ title: '会议通知', blocks, buttons: [] }),
    setSession(sessionOn(ctx, { reminders: { shown: told.map(({ id }) => id), at: ctx.now } })),
  ];
}

/** 明天再说: what was put off comes again, though its own time is over. */
async function withPutOff(ctx: Context, reminders: Reminder[]): Promise<Reminder[]> {
  if (!ctx.update.conversation.isDirect) return reminders;
  const found = await Promise.all(
    accountsIn(ctx).map((recipient) => ctx.read.findOccurrences({ recipient, statuses: ['planned'] })),
  );
  const known = new Set(reminders.map(({ id }) => id));
  const off = found.flat().filter((it) => isSnoozed(it) && !known.has(it.reminder));
  const later = await Promise.all(
    off.map(async ({ reminder, dueAt, text }): Promise<Reminder[]> => {
      const of = await ctx.read.getReminder(reminder);
      return of ? [{ ...of, text, when: { kind: 'once', at: dueAt }, nextAt: dueAt, ruleAt: dueAt }] : [];
    }),
  );
  return [...reminders, ...later.flat()].sort((a, b) => (a.nextAt ?? Infinity) - (b.nextAt ?? Infinity));
}

/** Those that the reader found; none of them rest where it was asked which do. */
async function thoseOf(ctx: Context): Promise<Effect[]> {
  const ids = new Set((ctx.match.slots['value'] ?? '').split(','));
  const found = (await remindersIn(ctx)).filter(({ id }) => ids.has(id));
  return found.length > 0
    ? listed(ctx, found)
    : [replyText('目前没有暂停的提醒。'), setSession(sessionOn(ctx, {}))];
}

async function lastCome(ctx: Context): Promise<Reminder | null> {
  const last = (await reachedBy(ctx)).at(-1);
  return last ? ctx.read.getReminder(last.reminder) : null;
}

/** What was asked about; words that only the examples took for a question about reminders narrow nothing down. */
function narrowed(
  ctx: Context,
  reminders: Reminder[],
  { window, words, isForOthers, kind, detail, nearest }: Asked,
  { calendar, isAboutOne }: Pick<HandlerDeps, 'calendar'> & { isAboutOne: boolean },
): Effect[] {
  const options = { now: ctx.now, calendar };
  const accounts = accountsIn(ctx);
  const isMine = ({ to }: Reminder) => to.some((it) => it.kind === 'person' && accounts.includes(it.account));
  const isOfKind = ({ when }: Reminder) => kind === null || (when.kind === 'once') === (kind === 'once');
  const chosen = (isForOthers ? reminders.filter((it) => !isMine(it)) : reminders).filter(isOfKind);
  if (kind !== null && chosen.length === 0)
    return [replyText(kind === 'once' ? '目前没有只响一次的提醒。' : '目前没有重复的提醒。')];
  const called = words === '' ? chosen : calledSo(words, chosen, options);
  const isNamed = ctx.match.via !== 'command' && ctx.match.slots['action'] !== undefined;
  if (called === null && isNamed) return noneCalled(ctx, words, []);
  const all = window ? within(called ?? chosen, window, options) : (called ?? chosen);
  const timely = nearest ? endOf(all, nearest) : all;
  if (window && timely.length === 0)
    return ofDay([replyText(`${window.label}没有提醒。`), ...listed(ctx, []).slice(1)], window.from);
  if (isForOthers && timely.length === 0) return [replyText('目前没有您给别人设的提醒。')];
  const [only] = timely;
  return only && isAboutOne && timely.length === 1
    ? aboutOne(ctx, only, detail, calendar)
    : window
      ? ofDay(listed(ctx, timely), window.from)
      : listed(ctx, timely);
}

const detailOfAny = ({ detail, words, window, nearest }: Asked): boolean =>
  detail === 'next' && nearest === null && words === '' && window === null;

/** The one that comes first of all, or last. */
function endOf(reminders: Reminder[], which: 'first' | 'last'): Reminder[] {
  const planned = reminders.filter(({ nextAt }) => nextAt !== null);
  const sorted = planned.sort((a, b) => (a.nextAt ?? 0) - (b.nextAt ?? 0));
  return which === 'first' ? sorted.slice(0, 1) : sorted.slice(-1);
}

/** When it comes next, and how long that is from now; the time after that, who set it, whom it is for. */
function aboutOne(ctx: Context, reminder: Reminder, detail: Detail | null, calendar: Calendar): Effect[] {
  const { nextAt, ruleAt, text, when, owner, to } = reminder;
  const said = (words: string): Effect[] => [replyText(words), ...listed(ctx, [reminder])];
  if (detail === 'who') {
    const isMine = accountsIn(ctx).includes(owner.account);
    return said(`“${text}”由${isMine ? '您本人' : `${owner.organization} ${owner.name}`}设置。`);
  }
  if (detail === 'whom') return said(`“${text}”提醒${recipientsText(to, owner.account, '本群')}。`);
  if (isNotice(reminder) && reminder.notice.startsAt !== null)
    return said(`${noticeText(reminder, ctx.now)}${distance(reminder.notice.startsAt - ctx.now)}开始。`);
  if (detail === 'often') return said(oftenText(reminder, ctx.now));
  if (detail === 'end') return said(endText(reminder, ctx.now));
  if (nextAt === null) return listed(ctx, [reminder]);
  if (detail === 'after') {
    const after = when.kind === 'recurring' ? nextOccurrence(when.rule, ruleAt ?? nextAt, calendar) : null;
    return said(
      after === null
        ? `“${text}”只有${formatInstant(nextAt, ctx.now)}这一次。`
        : `“${text}”再下一次:${formatDay(after)},${distance(after - ctx.now)}。`,
    );
  }
  return said(`“${text}”下次提醒:${formatDay(nextAt)},${distance(nextAt - ctx.now)}。`);
}

const oftenText = (reminder: Reminder, now: number): string =>
  reminder.when.kind === 'once'
    ? endText(reminder, now)
    : `“${reminder.text}”${whenText(reminder, now)}提醒${reminder.nextAt === null ? '' : `,下次${formatInstant(reminder.nextAt, now)}`}。`;

function endText({ text, when, nextAt }: Reminder, now: number): string {
  if (when.kind === 'once') return `“${text}”只响一次:${formatInstant(nextAt ?? when.at, now)}。`;
  const { rrule = '' } = when.kind === 'recurring' ? when.rule : {};
  const [, last] = /;UNTIL=(\d{8})/.exec(rrule) ?? [];
  const [, count] = /;COUNT=(\d+)/.exec(rrule) ?? [];
  if (last) {
    const date = `${last.slice(0, 4)}-${last.slice(4, 6)}-${last.slice(6)}`;
    return `“${text}”到${formatDate(date, now)}为止。`;
  }
  return count
    ? `“${text}”一共提醒${count}次。`
    : `“${text}”没有设结束的日子,一直提醒。要到哪天为止,可以说“提醒到12月31日为止”。`;
}

/** With its year, which is asked for as well: 头一回是哪年. */
const formatDay = (at: number): string => {
  const year = toLocal(at).date.slice(0, 4);
  const words = formatInstant(at);
  return words.startsWith(year) ? words : `${year}年${words}`;
};

function distance(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `还有${minutes}分钟`;
  if (minutes < 48 * 60) return `还有约${Math.round(minutes / 60)}小时`;
  return `还有约${Math.round(minutes / 1440)}天`;
}
