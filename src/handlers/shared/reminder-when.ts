/** When a reminder in the making is to come: read alone, from the one spoken of last, from what it is reckoned from. */
import { addDays, DAY_MS, formatInstant, fromLocal, MINUTE_MS, toLocal } from '../../calendar/local.js';
import type { Context } from '../../core/types.js';
import { namedIn, parseTime } from '../../nlu/dates/parse.js';
import { mendCall } from '../../nlu/dates/slips.js';
import type { TimeReading } from '../../nlu/dates/types.js';
import { pairsOf } from '../../organizations/names.js';
import { contentOf } from '../../reminders/naming.js';
import { mendedSlip } from '../../reminders/slips.js';
import { calledByName } from '../../organizations/recipients.js';
import { isOnReminders } from '../../reminders/concerned.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { withHour, type EventLead } from '../../reminders/event-lead.js';
import { callBehind } from '../../reminders/call-behind.js';
import { readWanted } from '../../reminders/parse.js';
import type { ReminderFlow } from './flow-shapes.js';
import { contentIn } from './reminder-read-back.js';

export const read = (ctx: Context, world: ReminderWorld, text: string): TimeReading | null =>
  parseTime(text, { now: ctx.now, calendar: world.calendar, purpose: 'reminder' });

/** What was said, whole; `before`: the time that could not be read. */
export const readSaid = (ctx: Context, world: ReminderWorld, before = ''): TimeReading | null =>
  readBehind(ctx, world) ?? completedBy(ctx, world, before);

/** 每周二, where 每周八上午八点半 could not be; 13点半, where 12月24号13点80 could not: what was right in it stays. */
function completedBy(ctx: Context, world: ReminderWorld, said: string): TimeReading | null {
  const options = { now: ctx.now, calendar: world.calendar };
  const time = read(ctx, world, ctx.raw);
  const wrong = said === '' ? null : parseTime(said, { ...options, purpose: 'reminder' });
  if (time === null || wrong?.kind !== 'unclear' || wrong.reason === 'past') return time;
  const rule = time.kind === 'recurrence';
  const parts = namedIn(time.text, options);
  const [hasDay, hasClock] = [rule || parts.day, parts.clock];
  if (hasDay === hasClock) return time;
  const pieces = Array.from(said, (_, at) => (hasDay ? said.slice(at) : said.slice(0, said.length - at)));
  const kept = pieces.find((it) => {
    const of = namedIn(it, options);
    const found = of.day === hasDay ? null : parseTime(it, { ...options, purpose: 'mention' });
    const isRead = found !== null && (found.kind !== 'unclear' || found.reason === 'past');
    return of.clock === hasDay && isRead && found.text === it;
  });
  const whole = kept && (hasDay ? `${time.text}${kept}` : `${kept}${time.text}`);
  return (whole && parseTime(whole, { ...options, purpose: 'reminder' })) || time;
}

/** 紧急通知各村:今晚有大风,…: what is told may hold a part of a day, and begins at no hour. */
export function timeSaid(ctx: Context, world: ReminderWorld): TimeReading | null {
  const time = readSaid(ctx, world);
  if (!time || !URGENT_TOLD.test(ctx.raw)) return time;
  const isHour =
    namedIn(time.text, { now: ctx.now, calendar: world.calendar }).clock && time.kind !== 'unclear';
  return isHour && /[点时:\uff1a]/.test(time.text) ? time : null;
}
const URGENT_TOLD =
  /^[^,\uff0c。:\uff1a]{0,8}(?:紧急|加急|特急)(?:的)?通知[^,\uff0c。:\uff1a]{1,16}[:\uff1a]/;

export const soon = ({ now }: Context, { rules }: ReminderWorld): number =>
  now + rules.notices.urgentAgain * MINUTE_MS;

/** What is still missing, said once more after something else; the words themselves would look like a reminder that is set. */
export function againOf({ text, when }: ReminderFlow, ctx: Context): string {
  const at = when?.kind === 'once' ? `(${formatInstant(when.at, ctx.now)})` : '';
  const asked = when !== null && text === '' ? '请问提醒什么事?' : '请问什么时候提醒?';
  return `刚才的提醒${at}还差一步:${asked}(回复“取消”可放弃)`;
}

/** 明天九点提醒我开会 下午三点提醒我交表: an hour alone is of the day that was said before it. */
export function readOn(
  day: string | null,
  ctx: Context,
  world: ReminderWorld,
  raw: string,
): TimeReading | null {
  const options = { now: ctx.now, calendar: world.calendar };
  const parts = namedIn(raw, options);
  if (day === null || parts.day || !parts.clock) return read(ctx, world, raw);
  const now = Math.max(ctx.now, fromLocal(day, DAY_BEGINS));
  return parseTime(raw, { ...options, now, purpose: 'reminder' });
}
const DAY_BEGINS = 4 * 60;

/** 哦对是25号周五, to what was read back: another day at the hour that stands. */
export function readAgain(ctx: Context, world: ReminderWorld, { when }: ReminderFlow): TimeReading | null {
  const time = read(ctx, world, ctx.raw);
  const isDay =
    time?.kind === 'instant' && !namedIn(time.text, { now: ctx.now, calendar: world.calendar }).clock;
  return isDay && when?.kind === 'once'
    ? { ...time, at: fromLocal(toLocal(time.at).date, toLocal(when.at).minutes) }
    : time;
}

/** 那个事: nobody has said what it is. */
const POINTS_ONLY =
  /^(?:我|俺)?(?:刚才|之前|上次|昨天)?(?:说的?)?(?:那|这)(?:个|件|档子|桩)?(?:事情?|事儿|活儿?|茬儿?|啥)?$/;
export const saidMatter = (text: string): string => (POINTS_ONLY.test(text.trim()) ? '' : text);

/** 就零售户年检; 就业摸底 is one word. */
export const plainMatter = (text: string): string =>
  text.replace(/^就(?:是|(?![业近地读医诊餐任职寝]))(?=.{2})/, '');

/** 给敬老院送棉衣 上午九点半, where the day alone was said before: the hour is said with the matter. */
export function withMatter(ctx: Context, world: ReminderWorld, data: ReminderFlow): ReminderFlow {
  const plain = { ...data, text: contentIn(ctx.raw) };
  const options = { now: ctx.now, calendar: world.calendar };
  const isOpen = data.when?.kind === 'once' && !namedIn(data.said, options).clock;
  if (data.when?.kind !== 'once' || !isOpen || !namedIn(ctx.raw, options).clock) return plain;
  const time = readOn(toLocal(data.when.at).date, ctx, world, ctx.raw);
  const { text } = readWanted(ctx.raw, time);
  if (time?.kind !== 'instant' || contentOf(text).length < 2) return plain;
  return { ...data, text: plainMatter(text), when: { kind: 'once', at: time.at } };
}

/** 明天下午五点前交,你四点叫我: at four of the day on which it is due, where no other day is said. */
function readBehind(ctx: Context, world: ReminderWorld): TimeReading | null {
  const options = { now: ctx.now, calendar: world.calendar };
  const behind = callBehind(ctx.raw);
  const due = behind && parseTime(behind.due, { ...options, purpose: 'mention' });
  if (!behind || !due) return null;
  const { clock, index } = behind;
  const place = { text: clock, index };
  // 四点 of an afternoon is no four in the morning.
  const part = /[早晚上中下凌傍]/.test(clock) ? '' : (/下午|晚上|傍晚/.exec(due.text)?.[0] ?? '');
  const on = (day: string): TimeReading[] =>
    [part, ''].flatMap((before) => readOn(day, ctx, world, `${before}${clock}`) ?? []);
  if (due.kind === 'recurrence') {
    const [hour] = on(toLocal(due.at).date).flatMap((it) => (it.kind === 'instant' ? [it.at] : []));
    return hour === undefined
      ? null
      : { ...due, rule: { ...due.rule, times: [toLocal(hour).minutes] }, ...place };
  }
  const end = due.kind === 'range' ? due.from : due.kind === 'instant' ? due.at : null;
  if (end === null) return null;
  if (namedIn(clock, options).day) return onOwnDay(ctx, world, { ...place, end });
  const readings = on(toLocal(end).date);
  const fitting = readings.find((it) => it.kind === 'instant' && it.at <= end) ?? readings[0];
  return fitting ? { ...fitting, ...place } : null;
}

/** 下周三评审会,周二下午四点叫我: the Tuesday before it. */
function onOwnDay(
  ctx: Context,
  world: ReminderWorld,
  { text, index, end }: { text: string; index: number; end: number },
): TimeReading | null {
  const time = read(ctx, world, text);
  if (time?.kind !== 'instant') return time && { ...time, text, index };
  const weeks = Math.floor((end - time.at) / (7 * DAY_MS));
  const isWeekday = /^(?:周|星期|礼拜)/.test(text);
  const at = isWeekday && weeks > 0 ? time.at + weeks * 7 * DAY_MS : time.at;
  return { ...time, at, text, index };
}

/** 每周一早上例会前一刻钟: when it begins, nobody has said. */
export const hourAsked = ({ name, length, day }: EventLead): string =>
  `请问${name}${length.endsWith('天') ? '是哪天' : day === '' ? '哪天几点开始' : '几点开始'}?到时提前${length}提醒。`;

/** 例会九点: the hour that was asked for, so long before it. */
export function hourIn(ctx: Context, world: ReminderWorld, event: EventLead): TimeReading | null {
  const options = { now: ctx.now, calendar: world.calendar };
  const clock = parseTime(ctx.raw, { ...options, purpose: 'mention' })?.text ?? '';
  const hasDay = namedIn(clock, options).day;
  const whole = withHour(event, clock, hasDay);
  const time = whole === null ? null : read(ctx, world, whole);
  // 例会九点, said at ten: tomorrow's.
  const isOver = time?.kind === 'unclear' && time.reason === 'past' && !hasDay && event.day === '';
  return isOver ? read(ctx, world, `明天${whole ?? ''}`) : time;
}

const WEEKDAY_SLIP =
  /周[武舞伍](?=凌晨|早|上午|中午|下午|傍晚|晚|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点:])/;
/** 周武下午三点, where nobody is called so. */
const withWeekday = (raw: string, people: readonly { name: string }[]): string => {
  const [slip] = WEEKDAY_SLIP.exec(raw) ?? [];
  return slip === undefined || people.some(({ name }) => name.startsWith(slip))
    ? raw
    : raw.replace(slip, '周五');
};

/** 三点 哦不 四点. */
export const withoutSlip = ({ raw, now, person }: Context, { calendar, directory }: ReminderWorld): string =>
  mendedSlip(
    mendCall(withWeekday(raw, directory.people)),
    { now, calendar },
    calledByName(directory, person?.organization).map(({ name }) => name),
  );

const DAY_OF_IT =
  /(?<same>同一?天|同日|当天|当日|那一?天)的?|(?<before>(?<!提)(?:前|头)一?天)的?|(?<after>第二天|次日|后一天)的?/;

/** The words with its date where 同一天 stood; as they are where no other day, and no one reminder, is meant. */
export async function onItsDay(ctx: Context, { calendar }: ReminderWorld): Promise<string> {
  const found = DAY_OF_IT.exec(ctx.raw);
  if (!found || !isOnReminders(ctx)) return ctx.raw;
  const options = { now: ctx.now, calendar };
  // 放假回来头一天 is a day of its own.
  const whole = parseTime(ctx.raw, { ...options, purpose: 'mention' })?.text.trim() ?? '';
  if (whole !== found[0] && whole.includes(found[0])) return ctx.raw;
  if (namedIn(ctx.raw.replace(found[0], ' '), options).day) return ctx.raw;
  const shown = await Promise.all(
    (ctx.session?.reminders?.shown ?? []).map((id) => ctx.read.getReminder(id)),
  );
  // 开学头一天, of what is no school: nobody has said which day that is.
  const event = contentOf(
    ctx.raw
      .slice(0, found.index)
      .split(/[^\u4e00-\u9fff]/)
      .at(-1) ?? '',
  );
  if (event.length > 1 && !shown.some((it) => it && pairsOf(event).some((pair) => it.text.includes(pair))))
    return ctx.raw;
  const dates = shown.flatMap((it) => {
    const at = it?.when.kind === 'once' ? it.when.at : it?.nextAt;
    return typeof at === 'number' ? [toLocal(at).date] : [];
  });
  const [date, other] = [...new Set(dates)];
  if (date === undefined || other !== undefined) return ctx.raw;
  const { before, after } = found.groups ?? {};
  const [year, month, day] = addDays(date, before ? -1 : after ? 1 : 0)
    .split('-')
    .map(Number);
  return ctx.raw.replace(found[0], `${year}年${month}月${day}日`);
}
