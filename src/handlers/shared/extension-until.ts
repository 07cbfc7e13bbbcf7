/** Until when an extension is asked for: the day behind 延期到, whatever other days the reason names. Pure. */
import type { Calendar } from '../../calendar/calendar.js';
import { formatInstant, toLocal } from '../../calendar/local.js';
import { parseTime } from '../../nlu/dates/parse.js';
import type { TimeReading } from '../../nlu/dates/types.js';

/** `latest`: the last that the kind allows; null where it knows no limit. */
export type Reckoned = { now: number; calendar: Calendar; latest?: number | null };

/** `isLed`: behind 延期到. */
export type Until = { time: TimeReading; isLed: boolean };

const LEADS = /(?:延期?|延长|延后|推迟?|宽限|展期|顺延|拖|缓|往后放)(?:一下|下)?(?:到|至)(?![期货位场])\s?/g;
const BARE_DAY = /^\d{1,2}[号日](?![\d-])/;

const timeIn = (text: string, { now, calendar }: Reckoned): TimeReading | null =>
  parseTime(text, { now, calendar, purpose: 'deadline' });

/** 12月18号才回来对账,申请延期到18号: the last that is said so; else the first time there is. */
export function untilIn(text: string, on: Reckoned): Until | null {
  const lead = [...text.matchAll(LEADS)].at(-1);
  const first = timeIn(text, on);
  if (!lead) return first && { time: first, isLed: false };
  const at = lead.index + lead[0].length;
  const behind = text.slice(at);
  // 1月18号才回来,延期到20号: of the month that was named before it.
  const month =
    BARE_DAY.test(behind) && first?.kind === 'instant' && first.index < at
      ? `${toLocal(first.at).date.slice(5, 7)}月`
      : '';
  const time = timeIn(month + behind, on);
  if (!time || time.index > 0) return first && { time: first, isLed: false };
  const said = time.text.slice(month.length);
  return { time: { ...time, text: said, index: at }, isLed: true };
}

/** 2月30号; a day that has passed; later than the kind allows. Null where nothing is wrong with it. */
export function wrongUntil(text: string, on: Reckoned): string | null {
  const until = untilIn(text, on);
  if (!until) return null;
  const { time, isLed } = until;
  const { latest = null, now } = on;
  if (time.kind === 'instant' && isLed && latest !== null && time.at > latest)
    return `不能延至${formatInstant(time.at, now)}:本件最多可以延至${formatInstant(latest, now)}。请写明不晚于这一时间的日期。`;
  if (time.kind !== 'unclear') return null;
  const isMeant = isLed || /[到至]$/.test(text.slice(0, time.index));
  // 延期 2月30号 等配件: what stands first and is no day at all.
  const isFirst = time.reason === 'impossible' && text.slice(0, time.index).trim() === '';
  if (!(isMeant || isFirst) || time.reason === 'no-calendar') return null;
  return time.reason === 'past'
    ? `“${time.text}”已经过去,不能延期到那天。请写明预计何时办完。`
    : `${time.message}请写明预计何时办完。`;
}

const SLIP =
  /^(?:哦|噢|哎呀?|不好意思|抱歉|刚才|刚刚|我|那个|日期|日子|[,\uff0c。\s]){0,4}(?:写|说|打|报|填|记|弄|搞)错了?[,\uff0c。\s]{0,2}/;

/** After a day that was wrong, what was said then: whole, or the new day in place of the old one. */
export function saidAnew(text: string, on: Reckoned): string {
  const lines = text.split('\n');
  const last = (lines.pop() ?? '').replace(SLIP, '');
  const wrong = lines.find((line) => wrongUntil(line, on) !== null);
  if (wrong === undefined) return text;
  const [before, then] = [untilIn(wrong, on), untilIn(last, on)];
  const rest = then ? last.replace(then.time.text, '').replace(SAYS_NOTHING, '') : last;
  return before && then && rest.length < REASON_MIN ? wrong.replace(before.time.text, then.time.text) : last;
}
const SAYS_NOTHING =
  /延期|延长|延后|推迟|申请|那就|还是|改|就|是|应该|应|我们?|[到至成为吧啊呀的前,\uff0c。!\uff01\s]/g;
const REASON_MIN = 2;
