/** 我的提醒: what is set for the person or the group, all of it or what was asked about, and the same as a calendar file. */
import { formatInstant } from '../calendar/local.js';
import { replyFile, replyText } from '../core/effects.js';
import type { Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { askedIn, calledSo, within, type Asked } from '../reminders/asked.js';
import { icsOf } from '../reminders/ics.js';
import type { HandlerDeps } from './deps.js';
import { accountsIn, inFocus, remindersIn } from '../reminders/concerned.js';
import { listed, noneCalled } from './shared/reminders.js';

const MINUTE_MS = 60_000;

export const createListReminders =
  ({ calendar }: Pick<HandlerDeps, 'calendar'>): Handler =>
  async (ctx) => {
    const reminders = await remindersIn(ctx);
    const isExport =
      ctx.match.slots['action'] === 'rem-ics' ||
      (ctx.update.kind === 'message' && /导出|日历|ics/i.test(ctx.update.text));
    if (isExport && reminders.length > 0)
      return [
        replyFile(
          ctx.update,
          { name: '提醒.ics', content: icsOf(reminders, ctx.now) },
          `共 ${reminders.length} 条提醒。用手机打开文件可加入日历;按工作日、节日计算的只含最近一次。`,
        ),
      ];
    if (ctx.update.kind !== 'message' || reminders.length === 0) return listed(ctx, reminders);
    const asked = askedIn(ctx.text, { now: ctx.now, calendar });
    const isAboutOne = ctx.match.slots['action'] === 'about-one';
    const one = isAboutOne && asked.words === '' ? inFocus(ctx, reminders) : null;
    return one ? aboutOne(ctx, one) : narrowed(ctx, reminders, asked, { calendar, isAboutOne });
  };

/** What was asked about; words that only the examples took for a question about reminders narrow nothing down. */
function narrowed(
  ctx: Context,
  reminders: Reminder[],
  { window, words, isForOthers }: Asked,
  { calendar, isAboutOne }: Pick<HandlerDeps, 'calendar'> & { isAboutOne: boolean },
): Effect[] {
  const options = { now: ctx.now, calendar };
  const accounts = accountsIn(ctx);
  const isMine = ({ to }: Reminder) => to.some((it) => it.kind === 'person' && accounts.includes(it.account));
  const chosen = isForOthers ? reminders.filter((it) => !isMine(it)) : reminders;
  const called = words === '' ? chosen : calledSo(words, chosen, options);
  const isNamed = ctx.match.via !== 'command' && ctx.match.slots['action'] !== undefined;
  if (called === null && isNamed) return noneCalled(ctx, words, []);
  const timely = window ? within(called ?? chosen, window, options) : (called ?? chosen);
  if (window && timely.length === 0)
    return [replyText(`${window.label}没有提醒。`), ...listed(ctx, []).slice(1)];
  if (isForOthers && timely.length === 0) return [replyText('目前没有您给别人设的提醒。')];
  const [only] = timely;
  return only && isAboutOne && timely.length === 1 ? aboutOne(ctx, only) : listed(ctx, timely);
}

/** When it comes next, and how long that is from now. */
function aboutOne(ctx: Context, reminder: Reminder): Effect[] {
  const { nextAt, text } = reminder;
  const when =
    nextAt === null
      ? []
      : [replyText(`“${text}”下次提醒:${formatInstant(nextAt, ctx.now)},${distance(nextAt - ctx.now)}。`)];
  return [...when, ...listed(ctx, [reminder])];
}

function distance(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `还有${minutes}分钟`;
  if (minutes < 48 * 60) return `还有约${Math.round(minutes / 60)}小时`;
  return `还有约${Math.round(minutes / 1440)}天`;
}
