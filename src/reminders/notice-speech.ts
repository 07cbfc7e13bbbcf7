/** What is said of a notice: answers to it, what is asked of the answers, that it is called off or held at another hour. Pure. */
import { isSupposed } from '../text/frames.js';

export type Said = 'leave' | 'sends' | 'comes' | 'seen';

const CLAUSES = /[,\uff0c。;\uff1b!\uff01\s]+/;
const clausesOf = (text: string): string[] => text.split(CLAUSES).filter(Boolean);

const LEAVE =
  /请(?:个)?假|(?:来|去|到|参加)不了|不能(?:参加|到会|去|来|到场)|没法(?:参加|去|来|到)|(?:不|没办法)参加/;
/** 走不开, 明天实在赶不回来: whose it is stands before. */
const CANNOT =
  /^(?:我们?|俺们?|这边|那天|[今明后]天|[上下]午|实在|有[点个]?事|在外地|估计|恐怕|可能|不好意思|[,\uff0c\s]){0,5}(?:走不开|脱不开身|抽不开身|赶不[回过][来去]|[去来]不成|(?:就)?不(?:去|来|过去|过来)了)/;
/** 请假 在县里办事呢 asks nothing. */
const ASKS = /[吗么呢?\uff1f]$/;
const BUSY = /(?:在|正|还)[^,\uff0c。\s谁哪几什怎]{1,12}呢$/;
/** 请假的能不能不批, 他请假干啥去了: nobody is excused by it. */
const OF_LEAVE =
  /请(?:个)?假(?:的|条|了?(?:谁|没))|(?:谁|哪些人|他|她|人家)[^,\uff0c]{0,4}请假|能不能|行不行|可不可以|为啥|为什么|咋|怎么/;
const SENDS =
  /(?:派|安排|委托|由|让|请|叫)[^,\uff0c。\s]{2,6}?(?:同志)?(?:替我|代我|代替|代|替|去|来|参加|到会|参会)|[^,\uff0c。\s]{2,4}(?:替我|代我|代替我)/;
/** 我们派个副局长去: who that is, is asked. */
export const SENDS_TITLE =
  /^(?:(?:我们?|俺们?)?(?:[来去到]|参加)不了[,\uff0c\s]{1,2})?(?:我们?|俺们?|这边|[局镇乡所]里|单位)?(?:会|就|准备|想|先){0,2}(?:派|安排|让|叫|由|请|换)(?:个|一?[名位个])?[\u4e00-\u9fff]{0,4}?(?:副?[局镇乡科股所站队院校部]长|[\u4e00-\u9fff][局总工](?=[去来])|主任|书记|副职|分管领导|分管的|同志|科员|干事|代表|(?<=[个名位])人|别人|其他人)(?:替我|代我|代替)?过?(?:去|来|参加|参会|到会|开会)(?:吧|了|就行)?(?:行不行|行吗|可以吗|行不|中不|成不)?[。!\uff01?\uff1f]?$/;
export const SENDS_ONE =
  /^(?:我们?|这边|[,\uff0c\s]|来不了|去不了|派人去?){0,4}(?:派|安排|委托|让|请|叫)[^,\uff0c。\s]{2,6}?(?:同志)?(?:替我|代我)?(?:去)?(?:参加|参会|到会|开会)(?:吧|了)?[。!\uff01]?$/;
/** 派小刘替我去开创城会: who that is, is asked. */
export const SENDS_FOR =
  /(?:派|安排|委托|让|请|叫|换|由)[^,\uff0c。\s我俺谁]{2,6}?(?:同志)?(?:替|代|代替)(?:我|俺)(?=[^,\uff0c]{0,12}(?:会|参加|培训|出席|到场)|过?去?(?:吧|了)?$)/;
/** 换吕乙去; 换衣服去 says no name. */
const SWAPS =
  /^(?:我?[^,\uff0c\s]{0,10}[,\uff0c\s])?换(?!个|成|到|一)[^,\uff0c。\s谁哪]{2,4}(?:去|来|参加)(?:吧|了)?$/;
/** 换小刘去: who that is, is asked. */
export const SWAPS_CALLED =
  /^(?:我?[^,\uff0c\s]{0,10}[,\uff0c\s])?换[小老][\u4e00-\u9fff](?:同志)?(?:去|来|参加)(?:吧|了)?$/;
/** 好 安全例会我参加: what is said first, and of which meeting. */
const YES_FIRST =
  /^(?:好的?|好嘞|好滴|得嘞|中|行|可以|没问题|收到|知道了|嗯+|没事|放心|ok)(?:的|啊|呀|吧|哈)?(?:$|[,\uff0c。!\uff01\s]{1,2})/;
const OF_WHICH =
  /^(?:[这那]个|[今明后]天(?:[上下]午)?的?|周[一二三四五六日]的?)?[^,\uff0c\s我俺咱谁不没]{0,10}会(?:议)?(?:[,\uff0c\s]|(?=[我俺咱准一按肯参到去能可]))/;
const COMES =
  /^(?:我们?|俺们?|咱|本人)?(?:一定|准时|按时|届时|到时候?|会|能|肯定|确认|可以|正常|准|都)*(?:能)?(?:参加|到会|参会|出席|到场|到位|过去|过来|到|去|来)(?:的|吧|了|啊|哈)?$/;
/** 我能到 就是晚一会儿. */
const LATE =
  /[,\uff0c\s]{1,2}(?:就是|不过|但是?|只是|可能|估计)(?:可能|估计|会|要|得){0,2}(?:晚|迟)(?:到|来|去|个)?(?:点|些|一?会儿?|一点儿?|[半几十一二两三四五\d]{1,3}来?个?(?:分钟|刻钟|小时))?(?:到|来)?$/;
/** 我晚到十来分钟碍事不: who comes late has still to say that they come. */
const LATE_ASKED =
  /^(?:我|俺|[今明后]天|[上下]午|可能|估计|恐怕|会|要|得|[,\uff0c\s]){0,4}(?:晚|迟)(?:到|来|去|过去)?(?:个)?(?:[半几一二两三四五六七八九十\d]{1,3}来?个?(?:分钟|刻钟|小时|钟头)|一?会儿?|一?点儿?)(?:到|来)?[,\uff0c\s]?(?:碍事|要紧|行|可以|耽误事?|有事|没事)(?:不|吗|么|吧)?(?:行|可以)?[?\uff1f]?$/;
const SEEN =
  /^(?:好的?|嗯+|ok)?[,\uff0c。!\uff01\s]{0,2}(?:收到|已收到|知道了|明白|马上(?:到|去|来|办)|这就(?:到|去|来)|立即(?:到|去|办)|在路上)[,\uff0c。!\uff01\s]{0,2}(?:谢谢|马上(?:到|去|来))?[。!\uff01]?$/;

/** Whether they come, as one says it; 要是来不了就派人 and 能请假吗 answer nothing. */
export function answerIn(text: string): Said | null {
  if (LATE_ASKED.test(text)) return 'seen';
  if (isSupposed(text)) return null;
  // 派个人去行不行 asks politely.
  if (SENDS_TITLE.test(text)) return 'sends';
  if (ASKS.test(text) && !BUSY.test(text)) return null;
  if (SENDS.test(text) || SWAPS.test(text)) return 'sends';
  if ((LEAVE.test(text) || CANNOT.test(text)) && !OF_LEAVE.test(text)) return 'leave';
  if (isComing(text)) return 'comes';
  return SEEN.test(text) ? 'seen' : null;
}

function isComing(text: string): boolean {
  const said = text.trim().replace(/[。!\uff01~]{1,3}$/, '');
  const rest = said.replace(YES_FIRST, '').replace(OF_WHICH, '').replace(LATE, '');
  return COMES.test(rest.trim());
}

const EXCUSES =
  /(?:我|俺)?(?:要|得|想)?请(?:个)?假(?:一?次|一?天|了)?|(?:我|俺)?(?:明天|后天|今天|这次|这个会|会议)?(?:来|去|到|参加)不了(?:了)?/g;

/** 请假,去市里培训: what stands beside the word. */
export function reasonIn(raw: string, answer: Said): string {
  if (answer !== 'leave') return raw.trim();
  const rest = raw
    .trim()
    .replace(/^(?:好的?|收到|不好意思|抱歉|对不起)[,\uff0c。\s]{1,2}/, '')
    .replace(/^[^,\uff0c\s]{0,10}会(?:议)?(?=[,\uff0c\s]|我|俺|请)/, ' ')
    .replace(EXCUSES, ' ')
    .replace(/^[\s,\uff0c。:\uff1a;\uff1b!\uff01]+/, '')
    .trim()
    .replace(/[,\uff0c。!\uff01]$/, '');
  return rest.length >= 2 ? rest : '';
}

const NO_WORD =
  '(?:回复?|报名|确认|回执|答复|反应|反馈|动静|回音|回话|吭声|吱声|吭气|应声|应|表态|说话?|给个?信儿?|给个?准话|给个?话)';
const WHO = new RegExp(
  [
    `(?:谁|哪些人|哪几个|哪几位|几个人?|多少人)[^,\\uff0c]{0,6}(?:没|未)(?:有)?${NO_WORD}`,
    `(?:还)?(?:差|剩|缺)(?:谁|哪几个|哪几位|哪些人|几个人?)(?:还)?(?:没|未|$|[了呢啊])`,
    `(?:都|有)?(?:谁|哪些人|哪几[个位])(?:都)?(?:能)?(?:来|去|参加|到会)(?:谁|哪[些几]个?人?)(?:不|没)`,
    `(?:都|有|到底)(?:谁|哪些人|哪几[个位])(?:都)?(?:能)?(?:来|去|参加|请假|不来|不去|到会)(?:$|[啊呢了的,\\uff0c?\\uff1f])`,
    `谁说(?:了)?(?:来不了|去不了|不来|不去|不参加|请假|参加不了)`,
    `谁(?:都)?(?:能)?(?:参加|请假|不来|不去|来不了|去不了|到会|回复?了|应了)`,
    `^谁(?:都)?(?:能)?(?:来|去)(?:$|[啊呢?\\uff1f])`,
    `(?:几个|多少)人(?:参加|来|去|请假)`,
    // 收心会有人请假没, 哪个请假了 为啥.
    `(?:有没有|有)(?:人|谁)(?:说)?(?:要)?(?:请(?:了)?假|不来|来不了|不参加|去不了|不去)(?:了)?(?:的)?(?:没有?|吗|么|不|$|[?\\uff1f])`,
    `(?:哪[个位]|哪几个)(?:人)?(?:都)?(?:请(?:了)?假|不来|来不了|不参加|去不了|不去)了?(?:$|[,\\uff0c\\s啊呢?\\uff1f])`,
    // 他仨都来不来, 那几个人能来不: of all whom it went to.
    '^(?:那|这)?(?:[他她]们|大家|[他她]?[俩仨]|那?[几两三四五六]个?人?|人)(?:几个)?(?:人)?(?:都|到底|究竟|明天|明早|今天)*(?:能)?(?:来不来|去不去|到不到|参不参加|[来去到]得了不|(?:来|去|到|参加)(?:不|吗|么|没))(?:了)?(?:开会)?[?\uff1f]?$',
    '^(?:看看?|查)?(?:一下)?回执',
    '(?:回复|报名|回执)(?:的)?情况',
    '(?:人|大家|他们|都)(?:都)?(?:回复?|确认|通知到)(?:齐|到)?了(?:没|吗)',
  ].join('|'),
);
const AGAIN =
  /(?:再|重新|另外)(?:通知|催|叫|发|喊|提醒)(?:一?[遍次下声])?.{0,6}(?:没|未)(?:有)?(?:回复?|报名|确认)|(?:没|未)(?:有)?(?:回复?|报名|确认)的.{0,4}再(?:通知|催|叫|发|喊|提醒)/;

/** Who has not answered; or that those are called once more. */
export const askedOfAnswers = (text: string): 'who' | 'again' | null =>
  AGAIN.test(text) ? 'again' : WHO.test(text) ? 'who' : null;

/** 吴丙为啥来不了, 沈丁回了没: of the one who is named before it. */
const OF_ONE =
  /(?:为啥|为什么|咋|怎么|因为啥|为何|啥原因|什么原因)(?:就)?(?:来不了|去不了|不来|不去|没来|请假|不参加)|(?:请假|来不了|去不了|不来|不去)(?:是)?(?:为啥|为什么|因为啥|什么原因|啥原因|啥理由|咋回事)|请的?(?:啥|什么)假|(?:回复?|应|答复|表态|确认)了?(?:没有?|吗|么)[?\uff1f]?$|(?:到底)?(?:来|去|参加)(?:不(?:来|去|参加)|还是不来|吗|么)[?\uff1f]?$|(?:怎么|咋)(?:说|回|答复)的$/;
export const asksOfOne = (text: string): boolean => OF_ONE.test(text);

const OFF =
  /^(?:把)?(?:[^,\uff0c\s]{0,16}?)会(?:议)?(?:也|都|就|先|改){0,2}(?:取消|不开|不用开|开不成|不办|作废|撤掉?|停)(?:了|吧|掉){0,2}$|^(?:取消|撤掉|停掉)[^,\uff0c\s]{0,10}会(?:议)?(?:了|吧)?$/;
const NOT_OFF =
  /没说|没让|没讲|不是|别(?:取消|动|停|给)|不(?:能|要|许|会)(?:取消|不开)|谁说|[?\uff1f吗么]$|听说|是不是|说.{0,6}(?:不开|取消)/;

/** 县里临时有安排,联合检查那个会不开了,跟大家说一声. */
export const isCalledOff = (text: string): boolean =>
  !isSupposed(text) && !NOT_OFF.test(text) && clausesOf(text).some((clause) => OFF.test(clause));

const MOVED =
  /(?<about>[^,\uff0c\s]{0,14}?会(?:议)?(?:的?时间)?)(?:就|也|先|得|只能|还是|给我|统一){0,2}(?:改|挪|推迟|推|移|调整?|换|延期?|提前)(?:到|成|在|至|为|$)?(?<time>[^,\uff0c。\s]{2,16}?)(?:吧|了|开|再开|好了)?$/;
/** 那挪到后天同一个点, of the meeting that stands open. */
const MOVED_BARE =
  /^(?:那|那就|就|先|那先|还是)?(?:改|挪|推迟|推|移|调整?|换|延期?|提前)(?:到|成|在|至|为)(?<time>[^,\uff0c。\s]{2,16}?)(?:吧|了|开|再开|好了)?$/;
const NOT_MOVED = /[?\uff1f吗么]$|要不要|能不能|可不可以|行不行|是不是|不用|不改|没改|别改|听说|万一|要是/;

/** 那会就挪到同一天下午三点: the hour that is said for it. */
export function movedTimeIn(text: string): { about: string; time: string } | null {
  if (isSupposed(text) || NOT_MOVED.test(text)) return null;
  const found = clausesOf(text)
    .map((clause) => MOVED.exec(clause)?.groups)
    .find((it) => it !== undefined);
  return found ? { about: found['about'] ?? '', time: found['time'] ?? '' } : null;
}

/** Of no meeting that is named. */
export function movedTo(text: string): string | null {
  if (isSupposed(text) || NOT_MOVED.test(text)) return null;
  return MOVED_BARE.exec(text)?.groups?.['time'] ?? null;
}

/** 那周四的会到底还开不开. */
export const asksWhetherHeld = (text: string): boolean =>
  /会[^,\uff0c]{0,6}(?:(?:还)?开不开|还开(?:吗|么|不|没)|还(?:有没有|有吗)|(?:是不是)?取消了?(?:吗|没|么|没有)?[?\uff1f]?$|(?:是不是)?不开了[吗么吧]?[?\uff1f]?$)/.test(
    text,
  ) && /[?\uff1f吗么没不]$|不开|是不是|有没有|到底/.test(text);
