/** The times that a message about reminders names. Pure. */
import type { Context } from '../core/types.js';
import { contentOf } from '../reminders/naming.js';
import { parseTime } from '../nlu/dates/parse.js';
import { escapeRegExp } from '../organizations/names.js';
import type { ReadingDeps } from './reading.js';

export function timesIn(text: string, ctx: Context, deps: ReadingDeps): string[] {
  const found: string[] = [];
  let rest = text;
  for (let n = 0; n < 4; n++) {
    const time = parseTime(rest, { now: ctx.now, calendar: deps.calendar, purpose: 'mention' });
    if (!time || time.text === '') break;
    found.push(time.text);
    rest = rest.slice(time.index + time.text.length);
  }
  return found;
}
/** `不是下周一是今天`: what is said last counts; `是今天不是下周一`, 可别给人家弄成八点: what is not denied. */
export function lastTime(piece: string, ctx: Context, deps: ReadingDeps): string | null {
  const times = timesIn(piece, ctx, deps);
  const affirmed = times.filter(
    (time) =>
      !new RegExp(
        `(?:(?:不是|不要|别|不用)|(?:别|不要|甭|莫)[^,\\uff0c\\s]{0,8}?(?:成|到|在))${escapeRegExp(time)}`,
      ).test(piece),
  );
  return affirmed.at(-1) ?? null;
}

/** 元旦那周: the week of the day that is named. */
export function weekOf(said: string, time: string): string {
  const behind = time === '' ? '' : said.slice(said.indexOf(time) + time.length);
  const week = /^(?:的|所在的?|在的)?(?:那一?个?)(?:周|星期|礼拜)/.exec(behind);
  return week ? `${time.trim()}那周` : time;
}

/** 叫车明天早上七点: one clause, a matter of its own, and no word that moves anything. */
export const isAnotherMatter = (raw: string, times: readonly string[]): boolean => {
  const rest = times.reduce((left, time) => left.replace(time, ''), raw);
  return !/[,\uff0c。;\uff1b\s]/.test(raw) && !MOVES.test(rest) && rest.length > 1 && contentOf(rest) !== '';
};
const MOVES = /[改换挪推放定移调延提早晚吧就那行好不没错是到再]|还是|算了|要不|要么|干脆|得了|合适|有空|方便/;

/** 往后每天六点半都喊我开机井: a new one, with its rule, its call and its matter; 改成每天 changes what there is. */
export const setsRule = (raw: string, { now }: Context, { calendar }: ReadingDeps): boolean =>
  contentOf(CALLED.exec(raw)?.groups?.['what'] ?? '').length > 1 &&
  !/改|换|调|挪|推|延|顺/.test(raw) &&
  (/每[天日周月]|天天/.test(raw) ||
    parseTime(raw, { now, calendar, purpose: 'reminder' })?.kind === 'recurrence');
const CALLED = /(?:提醒|叫|喊)(?:我|俺|大家)(?:一下|一声)?(?<what>[^,\uff0c\s]{2,})/;
