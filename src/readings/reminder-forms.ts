/** Wordings of a change that are brought to the plain one, and what is only supposed. */
import { isDeepStrictEqual } from 'node:util';
import type { Calendar } from '../calendar/calendar.js';
import { formatInstant } from '../calendar/local.js';
import { isNotice, type Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { accountsIn, dueFor, inFocus, isOnReminders, isOwner, remindersIn } from '../reminders/concerned.js';
import { parseTime } from '../nlu/dates/parse.js';
import { pairsOf } from '../organizations/names.js';
import { contentOf } from '../reminders/naming.js';
import { NOT_YET, speechesOf } from '../reminders/speech.js';
import { calledThen, eachDay, movedAsTold } from '../reminders/told-forms.js';
import { isOfTheFirst, isVoided, undoIn } from '../reminders/undo-words.js';
import { alike } from '../text/alike.js';
import { actual, isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import type { Reading } from './reading.js';

const MAX_LENGTH = 40;
/** Above what the examples say to such words. */
const CERTAIN = 0.975;
const LIKELY = 0.96;

/** 改错了,改回原来的时间. */
const BACK =
  /(?:改|换|调|变)回(?:去|来|到)?(?:原来|之前|原先|刚才|以前)?(?:的)?(?:时间|那个(?:时间)?|样子)?(?:吧|了)?$|^(?:还是|就)(?:按|用)?(?:原来|之前|原先)的?时间(?:吧|好了)?$/;
/** 以后每周都这样. */
const EACH =
  /^(?:以后|今后|往后)?(?:都)?(?<each>每(?:周|天|个?月|年|个工作日|星期|礼拜))(?:都|也)?(?:这样|如此|这个(?:点|时间|时候)|这时候|来一次|提醒(?:一次|我)?|一次)(?:吧|了)?$/;
/** 会议改了,周四下午两点,在县委党校. */
const CHANGED =
  /^(?:会议?|活动|时间|那个会?|开会)(?:时间)?(?:改了|变了|有变(?:化|动)?|改期了?|调整了)[,\uff0c:\uff1a\s]{1,3}(?:改到|改成|是)?(?<time>\S.{1,40})$/;
/** 给小王也提醒一下. */
const ALSO =
  /^(?:再)?给(?<one>[^\s,\uff0c我俺咱]{2,4}?)也(?:提醒|发|说|叫|设)(?:一下|一声|一个|一条)?$|^(?:也|还)给(?<two>[^\s,\uff0c我俺咱]{2,4}?)(?:提醒|发|说|叫|设)(?:一下|一声|一个|一条)?$/;
/** 时间没动吧. */
const UNCHANGED = /^(?:那)?(?:时间|钟点|日子)(?:没有?|还没)?(?:动|变|改)(?:过)?(?:吧|了吧|没有?)?$/;

/** 会不开了,取消吧. */
const CALLED_OFF =
  /^(?:这个|那个|明天的|今天的|下午的)?(?:会议?|例会|活动|培训)(?:不开|不办|不搞|取消)了(?:[,\uff0c\s]{0,2}取消(?:掉)?(?:吧|了)?)?$/;

/** 你会提醒人吗, 有提醒功能吗. */
export const CAN_IT =
  /^(?:那|请问)?(?:你|您|助手|机器人|这个)?(?:会不会|能不能|可不可以|会|能|可以|是不是能)(?:自动|定时|按时|到点)?(?:给人|给大家)?(?:提醒|提个醒)(?:人|别人|大家|同事|人家|事情?|功能|做?事)?(?:的|啊|呢){0,2}(?:吗|么|嘛|不|吧)?[?\uff1f]?$|^(?:那|请问)?(?:你|您|这个|这里)?(?:有没有|有无|有|带)(?:定时)?提醒(?:的)?(?:功能|服务)?(?:吗|么|没有?|不)?[?\uff1f]?$/;

export const sharesPair = (words: string, text: string): boolean =>
  pairsOf(alike(words)).some((pair) => alike(text).includes(pair));

/** The plain form of it; null for words that need none. */
export async function plainOf(ctx: Context, text: string, calendar: Calendar): Promise<string | null> {
  const said = text.replace(/[。.!\uff01]$/, '');
  if (said.length > MAX_LENGTH || !isOnReminders(ctx)) return null;
  if (UNCHANGED.test(said)) return '几点';
  if (CALLED_OFF.test(said)) return '取消';
  const also = ALSO.exec(said)?.groups;
  const name = also?.['one'] ?? also?.['two'];
  if (name) return `也提醒${name}`;
  const each = EACH.exec(said)?.groups?.['each'];
  if (each) return `改成${each}`;
  const again = eachDay(said) ?? calledThen(said) ?? movedAsTold(said, { now: ctx.now, calendar });
  if (again !== null) return again;
  const time = CHANGED.exec(said)?.groups?.['time'];
  if (time) return `改到${time}`;
  if (!BACK.test(said)) return null;
  const focus = inFocus(ctx, await remindersIn(ctx));
  const before = focus && (await beforeOf(ctx, focus));
  return before ? `改到${before}` : null;
}

/** As it was before the last change, whatever was changed; null where none is remembered. */
export async function undoneOf(ctx: Context, text: string): Promise<Reading | null> {
  const { reminderBefore: before } = ctx.session ?? {};
  if (!before || undoIn(text) === null || !isOnReminders(ctx)) return null;
  if (isOfTheFirst(text) && before.edits > 1) return null;
  const reminder = (await remindersIn(ctx)).find(
    ({ id, edits }) => id === before.id && edits === before.edits,
  );
  // 改回原来的时间, where the words were changed last: what the time was is looked up (plainOf).
  if (reminder && OF_TIME.test(text) && isDeepStrictEqual(reminder.when, before.when)) return null;
  return reminder && !isNotice(reminder)
    ? {
        ...{ intent: 'snooze_reminder', slots: { action: 'rem-undo', value: before.id } },
        ...{ probability: CERTAIN, why: 'the last change is taken back' },
      }
    : null;
}

const OF_TIME = /时间|钟点|日子|日期|点$/;

/** 哎呀发错了 刚才那个不算, of what was set a moment ago: it is taken back. */
export async function voidedOf(ctx: Context, text: string): Promise<Reading | null> {
  if (!isVoided(text) || ctx.match.via !== 'example') return null;
  return droppedNew(ctx);
}

/** 算了不弄了, of what was set a moment ago. */
const LEAVES =
  /^(?:(?:算了|唉|哎|嗨|得了|那)[,\uff0c\s]{0,2}){0,2}(?:不[弄设搞记要用]了?|(?:不用|别|不必)[设弄记搞]了?)吧?$/;
export async function leftOf(ctx: Context, text: string): Promise<Reading | null> {
  if (!LEAVES.test(text.replace(/[。.!\uff01]$/, '')) || ctx.match.via !== 'example') return null;
  return droppedNew(ctx);
}

async function droppedNew(ctx: Context): Promise<Reading | null> {
  const focus = inFocus(ctx, await remindersIn(ctx));
  if (!focus || focus.createdAt !== ctx.session?.updatedAt || !isOwner(ctx, focus)) return null;
  return {
    ...{ intent: 'cancel_reminder', slots: { value: focus.id }, probability: CERTAIN },
    why: 'what was set just now is left',
  };
}

/** 撤销, which alone is said of requests as well: right after a reminder was changed or set. */
export async function takenBack(ctx: Context, text: string): Promise<Reading | null> {
  if (ctx.match.intent !== 'withdraw_request' || !isOnReminders(ctx)) return null;
  const undone = await undoneOf(ctx, text);
  if (undone || undoIn(text) !== 'alone') return undone;
  const focus = inFocus(ctx, await remindersIn(ctx));
  return focus && focus.createdAt === ctx.session?.updatedAt && isOwner(ctx, focus)
    ? {
        ...{ intent: 'cancel_reminder', slots: { value: focus.id }, probability: CERTAIN },
        why: 'what was set just now is taken back',
      }
    : null;
}

/** When it was to come before it was moved last: the ledger has the instant that fell out. */
async function beforeOf(ctx: Context, { id, when }: Reminder): Promise<string | null> {
  if (when.kind !== 'once') return null;
  const gone = await ctx.read.findOccurrences({ reminder: id, statuses: ['skipped'] });
  const last = gone
    .filter(({ reason, dueAt }) => reason === '已改期' && dueAt > ctx.now && dueAt !== when.at)
    .sort((a, b) => b.changedAt - a.changedAt)[0];
  return last ? formatInstant(last.dueAt, ctx.now) : null;
}

/** 再过两小时提醒我订餐, with no such one that has come: that is a new one, and nothing is put off. */
export async function anewOf(ctx: Context, text: string, calendar: Calendar): Promise<Reading | null> {
  const what = (WHAT.exec(text)?.groups?.['what'] ?? '').replace(ONCE_MORE, '');
  if (ctx.match.intent !== 'snooze_reminder' || ctx.match.via !== 'example') return null;
  if (contentOf(what).length < 2 || speechesOf(text).length > 0) return null;
  if (!parseTime(text, { now: ctx.now, calendar, purpose: 'reminder' })) return null;
  const came = (await dueFor(ctx)).some((it) => sharesPair(contentOf(what), it.text));
  return came
    ? null
    : { intent: 'set_reminder', probability: CERTAIN, why: 'says what it is about, and none such has come' };
}
/** 再喊我一遍 says nothing of what it is about. */
const ONCE_MORE = /^一?[遍声次下回](?:吧|哈|啊|呗)?$/;
const WHAT = /(?:提醒|叫|喊)(?:我们|大家|我|俺)(?:一下|一声)?(?<what>.{2,40})/;

/** What would be lost: 等他们交了就取消. */
const LOSES: ReadonlySet<string> = new Set(['cancel', 'done']);
export async function heldOf(ctx: Context, text: string): Promise<Reading | null> {
  if (!isSupposed(text)) return null;
  const loses = (said: string) => speechesOf(said).some(({ kind }) => LOSES.has(kind));
  if (!loses(text) || loses(actual(text)) || (await remindersIn(ctx)).length === 0) return null;
  return {
    intent: 'snooze_reminder',
    slots: { action: 'rem-held' },
    probability: CERTAIN,
    why: 'taking back is only supposed',
  };
}

/** 交表那个别删,把开会的删了: what is said of the one that is kept is left out. */
export function withoutKept(raw: string): string {
  const clauses = raw.split(/(?<=[,\uff0c。;\uff1b\s])/);
  const rest = clauses.filter((clause) => !NOT_YET.test(clause.replace(/[,\uff0c。;\uff1b\s]{1,4}$/, '')));
  const said = rest.join('').trim();
  return rest.length < clauses.length && speechesOf(normalizeText(said)).some(({ kind }) => kind === 'cancel')
    ? said
    : raw;
}

const GIVES_BACK = /(?:还是|给我|帮我|再|都){0,3}(?:恢复|还原|(?:加|找|补)回来)(?:一下|提醒)?(?:吧|了吧)?$/;
const POINTS = /[那这][个条]|提醒|给我|帮我|还是/;

/** 不取消了, behind a reminder that was cancelled a moment ago; 报图斑的还是恢复吧 names it. */
export async function restored(ctx: Context): Promise<Reading | null> {
  const last = ctx.session?.reminders;
  const [id, second] = last && last.at === ctx.session?.updatedAt ? last.shown : [];
  const shown = id && !second ? await ctx.read.getReminder(id) : null;
  const reminder = shown?.status === 'cancelled' ? shown : await cancelledAs(ctx);
  if (!reminder) return null;
  const slots = { action: 'rem-restore', value: reminder.id };
  return { intent: 'cancel_reminder', slots, probability: CERTAIN, why: 'taken back before' };
}

/** The only one of those cancelled, and still to come, that the clause names. 路灯恢复了 is no reminder. */
async function cancelledAs(ctx: Context): Promise<Reminder | null> {
  const clause = ctx.text.split(/[,\uff0c。\s]+/).find((it) => GIVES_BACK.test(it) && POINTS.test(it)) ?? '';
  const words = contentOf(clause.replace(GIVES_BACK, ' '));
  if (words.length < 2) return null;
  const all = await Promise.all(accountsIn(ctx).map((owner) => ctx.read.findReminders({ owner })));
  const [only, second] = all
    .flat()
    .filter(({ status, when }) => status === 'cancelled' && !(when.kind === 'once' && when.at <= ctx.now))
    .filter(({ text }) => sharesPair(words, text));
  return only && !second ? only : null;
}

/** 评议的那个 (X, T, P, U stand for what it names): one is pointed at, and nothing is said of it. */
export const ONLY_POINTS = /^[XTPU\s]*(?:的)?(?:提醒|闹钟|[那这]一?[个条件次项]|[,\uff0c。\s呢啊]){0,3}$/;

/** It is shown. */
export const pointedAt = (target: Reminder[] | 'unknown' | null, ctx: Context): Reading | null => {
  const [only, second] = target === 'unknown' || target === null ? [] : target;
  return only && !second && isOnReminders(ctx)
    ? {
        ...{ intent: 'list_reminders', slots: { action: 'about-one', value: only.id } },
        ...{ text: '几点', raw: '几点', probability: LIKELY, why: 'points at one' },
      }
    : null;
};
