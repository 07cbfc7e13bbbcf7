/** 免打扰: what is said of the hours in which nobody is disturbed. Pure. */
import { formatMinutes } from '../calendar/local.js';
import { matchHour } from '../nlu/dates/clock.js';
import { isQuiet } from './plan.js';
import type { Rules } from './rules.js';

const WORD = /免打扰|勿扰|不打扰|别打扰/;
const NIGHT = /晚上|夜里|夜间|半夜|深夜|大半夜|睡觉|休息/;
const STOPS =
  /(?:别|不要|不用|甭|莫|少)(?:再|老)?(?:给我|跟我)?(?:推送?|发(?:消息|信息)?|响|吵|震|通知|弹|来消息)/;
/** 村里夜里别响喇叭 tells of something else; a reminder that is named is put off or paused by its own words. */
const OF_OTHERS = /群|喇叭|噪[音声]|扰民|工地|唱歌|广场舞|狗|鸡|施工|邻居|归谁|谁管|哪个部门|办案/;
const MAX_LENGTH = 60;

/** It is about the hours in which the bot disturbs who speaks. */
export const isOfQuiet = (text: string): boolean =>
  text.length <= MAX_LENGTH &&
  !OF_OTHERS.test(text) &&
  (WORD.test(text) || (NIGHT.test(text) && STOPS.test(text)));

const JOINT = /^(?:到|至|-|—|~)(?:第二天|次日|转天)?/;

/** From one hour to another, which may lie behind midnight. */
function rangeIn(text: string): { from: number; to: number } | null {
  for (let at = 0; at < text.length; at++) {
    const from = matchHour(text, at, false);
    const joint = from && JOINT.exec(text.slice(from.end));
    const to = joint ? matchHour(text, from.end + joint[0].length, true) : null;
    if (from && to) return { from: from.value.minutes % DAY_MINUTES, to: to.value.minutes % DAY_MINUTES };
  }
  return null;
}
const DAY_MINUTES = 24 * 60;

/** The hours are the county's: nobody has hours of their own, and that is said. */
export function quietText(text: string, rules: Rules): string {
  const { from, to } = rules.quiet;
  const [begins, ends] = [formatMinutes(from), formatMinutes(to)];
  const asked = rangeIn(text);
  const isWithin =
    asked && isQuiet(asked.from, rules) && isQuiet((asked.to + 24 * 60 - 1) % (24 * 60), rules);
  const own = asked
    ? isWithin
      ? `您说的 ${formatMinutes(asked.from)} 至 ${formatMinutes(asked.to)} 已在其中,不用另设。`
      : `您说的 ${formatMinutes(asked.from)} 至 ${formatMinutes(asked.to)} 没有设置:目前不能按个人另设时段。`
    : '这个时段不能按个人设置、更改或关闭。';
  return [
    `夜间免打扰全县统一,现为每天 ${begins} 至次日 ${ends}。${own}`,
    `这段时间里,别人设的提醒等到 ${ends} 以后再发,不会丢;您自己定的钟点照常提醒,呼叫和紧急通知随时会发。`,
    '想让自己的提醒歇几天,可以说“先停一停,下周一再叫我”;不想有声音,请在手机里把这个对话设为免打扰。',
  ].join('\n');
}
