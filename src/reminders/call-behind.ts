/** 明天九点书记要开会,你八点半叫我: two times, and the one beside the call counts. Pure. */

const PART = '(?:凌晨|清早|早上|早晨|一早|上午|中午|下午|傍晚|晚上|夜里|早|晚)';
const CLOCK = `${PART}?(?:\\d{1,2}[:\\uff1a]\\d{2}|[\\d一二两三四五六七八九十]{1,3}[点时](?:钟|半|[一三]刻|[\\d一二三四五六七八九十]{1,3}分?)?)`;
export const DAY =
  '(?:今天|明天|大?后天|(?:这个?|本|下{1,2}个?)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\\d{1,2}月)?\\d{1,2}[日号])';
const ADDRESSED = '(?:你|您|到时候?|就|请|那|麻烦|记得|记着|得|要|给我|提前){0,4}';
const CALLS = '(?:提醒|叫|喊|吱|说|招呼|告诉|催)(?:一?[下声])?(?:我|俺|咱)(?:一?[声下遍])?';
/** 你八点半提醒我一下, 两点半喊我带本子. */
const CLOCK_FIRST = new RegExp(
  `^${ADDRESSED}(?<clock>${DAY}?(?:的)?${CLOCK})(?:的时候|左右|再|就|先|准时|给我){0,2}${CALLS}(?<what>.{0,30})$`,
);
/** 提醒我九点二十出发. */
const CALL_FIRST = new RegExp(`^${ADDRESSED}${CALLS}(?:在|于)?(?<clock>${DAY}?${CLOCK})(?<what>.{0,30})$`);
const DUE = /(?:之前|以前|前)(?:要|得|必须)?(?:交|报|送|弄|办|做|发|填|上报|完成)|截止|到期/;
const HOUR = new RegExp(CLOCK);
/** One is set there already; 他要叫我去开会 is what happens. */
const SETS_ONE = /提醒|闹钟|改|换成|挪|推|取消|(?:叫|喊)(?:我|俺)(?!去|来|到|过|上|下|参加|开|把|给|帮|们)/;
/** 你八点半提醒我了没. */
const ASKS = /[吗么?\uff1f]$|了没有?$/;
const ENDS = [',', '\uff0c', ' ', '。', ';', '\uff1b'];

/** `due`: what stands before, with its hour; null where it is not said so. */
export type CallBehind = { due: string; clock: string; index: number };

export function callBehind(raw: string): CallBehind | null {
  const said = raw.trimEnd().replace(/[。!\uff01]$/, '');
  const at = Math.max(...ENDS.map((it) => said.lastIndexOf(it)));
  const due = said.slice(0, Math.max(0, at));
  const clause = said.slice(at + 1);
  const { clock, what = '' } = (CLOCK_FIRST.exec(clause) ?? CALL_FIRST.exec(clause))?.groups ?? {};
  if (clock === undefined || ASKS.test(what) || !(DUE.test(due) || HOUR.test(due)) || SETS_ONE.test(due))
    return null;
  return { due, clock, index: at + 1 + clause.indexOf(clock) };
}

const DAY_SAID = new RegExp(`每?${DAY}`);
const WEEK = /(?:下{1,2}个?|这个?|本)(?=(?:周|星期|礼拜)[一二三四五六日天])/;
const TORN = /[,\uff0c]\s?(?:你|您)?\s/;
/** When it rings 明天 is another day than when it was said: 九点书记要开会 is left; of another day the day stays. */
export const matterOf = (matter: string, { clock }: CallBehind): string =>
  matter.replace(DAY_SAID.test(clock) ? WEEK : DAY_SAID, '').replace(TORN, ',');
