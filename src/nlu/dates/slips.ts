/** Slips of the input method inside words of time and of what is done with a reminder: 四十分中后, 玩上八点, 跳国去. Pure. */

const PART = '凌晨|清早|一早|早|上午|中午|正午|晌午|下午|傍晚|晚|夜里';
const N = '[\\d一二两三四五六七八九十半]';
/** An hour: 八点, 8:30. */
const HOUR = `(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|:\\d)`;
/** 名天下午, 后田三点: of the sound of a word for a day, before a part of it; 后田村 is a village. */
const DAY_SLIP = new RegExp(
  `(?<![报署姓\\d一二两三四五六七八九十几])(?:(?<tomorrow>[名明鸣][天田添])|(?<after>[后厚候][天田添])|(?<today>今[田添]|金天))(?= ?(?:${PART}|${HOUR}))`,
  'g',
);
const NAMES_DAY =
  /[今明后昨前]天|[今明][早晚]|(?:周|星期|礼拜)[一二三四五六日天]|[\d一二三四五六七八九十][日号]|每/;
/** 体醒我, 提性一下, 我的提性; 招呼我一声, 吆喝我, which are other words for it. */
const CALL_SLIP =
  /[题体堤]醒|(?<!打|打个|打一个|打了个)(?:招呼|吆喝)(?=我|俺|咱(?!们)|一[下声]?(?:[ ,。]|$))|(?<=我的|有啥|有哪些|哪些|几个|名下.{0,6})[题提]型|题型(?=我|俺|一[下声])|提[性型星省行新兴腥形](?=我|俺|咱|大家|一[下声]|下(?![午周次个月])|$|[,。!?])/g;

/** What stands beside each is never said with the word as it is written; every character stays in its place. */
const SLIPS: readonly [RegExp, string][] = [
  // 四十分中后, 二十分种叫我.
  [new RegExp(`(?<=${N})分[中种终](?!之)(?=$|[后之以内,。 再提就叫喊]|左右)`, 'g'), '分钟'],
  [new RegExp(`(?<=${N}个?半?)刻[中种终](?=$|[后之以内,。 再提就叫喊])`, 'g'), '刻钟'],
  [new RegExp(`(?<=[\\d一二两三四五六七八九十]点)[中种终](?=$|[,。 提叫喊去开到])`, 'g'), '钟'],
  // 下午散点.
  [/(?<=[午上晨晚间里])散点/g, '三点'],
  // 一个小是, 半个小使后.
  [
    new RegExp(`(?<=${N}个半?)小(?:[是使式]|[事市世](?=[后之以内]))(?=$|[后之以内,。 再提就叫喊吧])`, 'g'),
    '小时',
  ],
  [new RegExp(`(?<=${N})个[种终]头(?=$|[后之以内,。 再提就叫喊吧])`, 'g'), '个钟头'],
  // 玩上八点, 上五九点, 下舞三点.
  [new RegExp(`[玩完碗万挽]上(?= ?${HOUR})`, 'g'), '晚上'],
  [new RegExp(`(?<![以之])上[五舞武务无屋](?= ?${HOUR})`, 'g'), '上午'],
  [new RegExp(`下[五舞武务无屋](?= ?${HOUR})`, 'g'), '下午'],
  [new RegExp(`[早枣][尚商伤](?= ?${HOUR})`, 'g'), '早上'],
  [new RegExp(`[中钟][五舞武](?= ?${HOUR})`, 'g'), '中午'],
  [/[没美梅](?=(?:周|星期|礼拜)[一二三四五六日天]|天(?:早|晚|上午|下午|中午))/g, '每'],
  [/(?:星[七其奇器]|新期)(?=[一二三四五六日天](?![^ ,。]?[级等]))/g, '星期'],
  [/(?:礼摆|里拜|理拜|礼败)(?=[一二三四五六日天])/g, '礼拜'],
];

/** The same beside a reminder: 之前跳掉的那次恢服, 先跳国去. */
const ACTS: readonly [RegExp, string][] = [
  [/恢[服付富负](?=$|[吧了提,。 ])/g, '恢复'],
  [/跳[国果锅](?=去|这|那|一|$|[吧了,。 ])/g, '跳过'],
  [/取[肖销小](?=$|[吧了掉提,。 ])/g, '取消'],
  [/不药(?=$|[了吧啦,。 ])/g, '不要'],
  [/推[吃池持](?=到|半|一|两|\d|$)/g, '推迟'],
  [/[在](?=提前[半一两二三四五六七八九十\d])/g, '再'],
  [/(?<=就(?:这|那|一)一?)会(?=$|[,。])/g, '回'],
];

const apply = (text: string, slips: readonly [RegExp, string][]): string =>
  slips.reduce((left, [wrong, right]) => left.replace(wrong, right), text);

/** Words of time as they were meant, every character in its place; only where no such word stands. */
export function mendTimeWords(folded: string): string {
  const timed = apply(folded, SLIPS);
  const called = timed.includes('提醒') ? timed : timed.replace(CALL_SLIP, '提醒');
  if (NAMES_DAY.test(called)) return called;
  return called.replace(DAY_SLIP, (_found, tomorrow?: string, after?: string) =>
    tomorrow ? '明天' : after ? '后天' : '今天',
  );
}

/** What is said of a reminder, as it was meant. */
/** 堤醒蒋主任: whom it is for stands behind the word as it was meant. */
export const mendCall = (text: string): string =>
  text.includes('提醒') ? text : text.replace(CALL_SLIP, '提醒');

export const mendReminderWords = (text: string): string => apply(mendTimeWords(text), ACTS);
