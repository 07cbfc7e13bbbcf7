/** 免打扰: what is said of the hours in which nobody is disturbed. Pure. */
import { formatMinutes } from '../calendar/local.js';
import { parseNumber } from '../nlu/dates/numbers.js';
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

const PART = '凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚';
const CLOCK = (n: string): string =>
  `(?<p${n}>${PART})?(?<h${n}>\\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[点:\uff1a](?<m${n}>半|\\d{2})?)`;
const RANGE = new RegExp(`${CLOCK('a')}钟?(?:到|至|-|—|~)(?:第二天|次日|转天)?${CLOCK('b')}`);

const minutesOf = (part: string, hour: string, minutes: string): number => {
  const h = parseNumber(hour) % 24;
  const isLate = /下午|傍晚|晚|夜/.test(part) && h < 12 && h >= 5;
  return (isLate ? h + 12 : h) * 60 + (minutes === '半' ? 30 : Number(minutes || 0));
};

function rangeIn(text: string): { from: number; to: number } | null {
  const found = RANGE.exec(text)?.groups;
  if (!found) return null;
  const of = (n: string) => minutesOf(found[`p${n}`] ?? '', found[`h${n}`] ?? '', found[`m${n}`] ?? '');
  return { from: of('a'), to: of('b') };
}

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
