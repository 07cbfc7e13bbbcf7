/** Whom and of what a message wants somebody reminded; the time is read by nlu/dates. Pure. */
import { callBehind, matterOf } from './call-behind.js';

/** 提醒我, 叫我们, 通知各镇 …: `whom` is what stands behind the verb. */
const CALL =
  /(?:到时候?|到点|按时|准时|自动|定时|记得|别忘了|麻烦|请|(?:帮|给|替)(?:我|俺|咱)|在?群里|你){0,6}(?:提个醒|提醒|题醒|提示|提[型星性省](?=我|俺|一[下声])|体醒|叫醒|叫(?!车|外卖|号|停|板|救护|网约|出租|快递)|喊(?!话|口号)|通知|知会|艾特|弹|告诉|跟我说|给我说|说一声|(?:吱|吭|哼|言(?:语|传)?|招呼|吆喝|咋呼)一?声|@)(?:一下|一声|下(?=我|俺|咱|大家|把|$|[\s,\uff0c。]))?(?:[啊呀哦嗯呗]|哈(?!尔))?(?<whom>我们(?:镇|乡|街道|局|办|单位|科室|村|所)?(?!家)大家|我们(?:镇|乡|街道|局|单位|科室|所)?|咱们|(?:我|俺)(?:自己|自个儿)?(?!(?:书记|主任|[镇乡局所站队]长)[\u4e00-\u9fff]{2,3}(?=\s))|俺们|自己|本人|大家伙?|全体(?:人员|同志)?|所有人|全镇|@?所有人|各位|群里)?(?:(?:一下|一声|一次|一遍|下(?=把|$|[\s,\uff0c。]|[啊呀哦呗吧哈]))(?:[啊呀哦嗯呗吧]|哈(?!尔))?)?/g;
/** 给全群设提醒, 给张三提醒一下: the name stands before the verb. */
const GIVEN =
  /(?:给|帮)(?<named>(?!我|俺|自己|本人)[^\s,\uff0c。给帮]{2,12}?)(?:设置?|定|发|来|做|弄)?(?:一?个)?(?=提醒|提个醒|提示|闹钟|闹铃|通知)|给(?<each>(?!我|俺|自己|本人)[^\s,\uff0c。给帮]{2,16}?)(?:都|各)?(?:设|定|来|弄)(?:一|两)?个(?=[\s,\uff0c]|$)/;
const EVERYBODY = /^(?:全群|群里|本群|大家|全体|所有人)/;
const OPENING =
  /^(?:(?:就行|就好|就可以|吧|好了|(?:那|就|也)?(?:光|只|单)(?=[\s,\uff0c]))(?=[\s,\uff0c])|(?:那?(?:再)?(?:加|添|补)上?|还有)一?[个条](?=[\s,\uff0c:\uff1a])|(?:麻烦|辛苦|劳烦|打扰|有劳)(?:您|你)?(?:了|啦)(?=[\s,\uff0c])|不过(?=[\s\u4e00-\u9fff]{3})|请问?|麻烦|劳驾|帮[我忙]|给我|我怕忘了|我要|我?想?让你(?=\s)|我想|你|您|能不能|可不可以|能否|可否|是否(?:可以|能)|(?:(?:可以|能)在?|在)(?=\s)|(?:还得|还要|还|也得|也要|也|得|一会儿?|待会儿?)(?=\s)|新增|新建|增加|添加|设置|设定?|定个|预约|来个|弄个|记得|记着|记一下|记个事|记(?=[\s:\uff1a])|备忘(?:一下)?|安排|按排|再|一个|个|都(?=\s)|以后|改成?|来一个|等会儿|别让我忘了|别忘了|(?:那么?|那个|这个|就是说?|对了|嗯|哦|哎|啊|吧|呢|哈|顺便|另外|还有|然后|打?(?:今|明)(?:儿|儿个|天)?起(?=[\s,\uff0c])|劳烦|劳驾您?|不过|但是?|可是|那个啥|是这么(?:个|回)?(?:情况|事)(?:啊|吧|呢)?|就是这么(?:个|回)事|这[几两些]天|这阵子?|这段时间|最近|近期)(?=[\s,\uff0c])|(?:我们?|俺们?|咱们?)?(?=(?:书记|主任|[镇乡局所站队]长)[\u4e00-\u9fff]{2,3}\s)(?:书记|主任|[镇乡局所站队]长)|于|从|提醒事项|提醒|提示|闹钟|闹铃|定时消息|消息|[\s,\uff0c:\uff1a、。])+/;
const IN_GROUP = /^(?:在?群里)?\s*@(?:所有人|全体)\s*|^在?群里\s*/;
const AT_EDGE = ' \t\n\r\u3000,\uff0c:\uff1a、。;\uff1b的';
const TRAILING =
  /(?:的)?(?:提醒|闹钟|的是|到时候?|到点|按时|别漏了|一声|一下|一次|(?<![网酒茶水])吧|哈|啊|哦|[,\uff0c\s]{0,2}(?:谢谢|多谢|感谢|辛苦|拜托|麻烦)(?:您|你|啦|了){0,2})[。.!\uff01]?$/;
/** 别让我忘了, 记得啊, behind the matter; 提醒老李别忘了签字 says what he is to do. */
const FORGET =
  /(?:[,\uff0c。;\uff1b\s]{1,3}|(?<=[\u4e00-\u9fff]{2}))(?:到时候?|届时|千万|可|一定|务必|你){0,3}(?:别|不要|莫|甭|勿)(?:再|又)?(?:让|叫|给|把)?(?:我|咱|俺|大家|这个?事|它|人家)?(?:给)?(?:忘|误|耽误|错过)(?:记)?(?:了|掉|咯|喽|啦)?(?:这个?事|这茬)?[啊哈哦呀喽呢嘛啦]?$/;
const REMEMBER =
  /[,\uff0c。;\uff1b\s]{1,3}(?:到时候?|届时|千万|可|一定|务必|你){0,3}(?:给我|帮我|替我)?(?:(?:记|盯)(?:得|着|住|好|上|下来?|牢)|提个醒|上点心)(?:点|了|这个?事)?[啊哈哦呀喽呢嘛啦]?$/;
/** The reading of the time has taken it into account, and the hour behind it: 提前两天上午九点. */
const ADVANCE =
  /[,\uff0c]?\s{0,3}提前[半一两二三四五六七八九十\d]{1,12}个?半?(?:小时|钟头|分钟|刻钟|工作日|天|日|周|星期)的?(?:凌晨|清早|早上|早晨|一早|上午|中午|下午|傍晚|晚上)?(?:\d{1,2}[:\uff1a]\d{2}|[\d一二两三四五六七八九十]{1,3}点(?:钟|半|[一三]刻|[\d一二三四五六七八九十]{1,3}分?)?)?(?=$|[\s,\uff0c。])/;

/** 能不能明天十点提醒我…, …可以吗: it is asked for, and the asking is none of the matter. */
const ASKS_FOR =
  /^[\s,\uff0c]*(?:请问?|麻烦|那|你|您|帮忙|小清|助手){0,3}(?:能不能|可不可以|能否|可否|是否(?:可以|能)|可以|能)/;
const ASKED_FOR = /(?<=[\u4e00-\u9fff])[吗么嘛不没][?\uff1f]?$/;
const IS_IT_ALL_RIGHT =
  /[,\uff0c\s]{0,2}(?:可以|好|行|成|中)(?:吗|么|嘛|不)[?\uff1f]?$|[,\uff0c\s]{0,2}(?:行不行|好不好|可不可以|可以不可以|成不成|中不中)[?\uff1f]?$/;

/** Any word by which a reminder is asked for. */
const CALLED_FOR =
  /^(?:那|再|还|帮我|给我){0,2}(?:加|添|补)上?一?[个条][\s,\uff0c:\uff1a]|提(?:个|一个)?[醒示型性省星前]|[题体]醒|叫|喊|闹|铃|定时|通知|知会|告诉|告知|转告|说一?[声下]|跟我说|吱|吭|(?<!书)记(?!录|账|者)|忘|睡过|@|艾特|弹|响|催|盯|敲|捅|备忘|预约|设[置定个一好]|定[个点]|[安按]排|个信|冒个?泡|推送|标一下|存个|吼|吆喝|招呼一?声|言(?:语|传)?一?声|的是|remind/i;
/** 明天下午三点开党组会 only says that it will be. */
export const isBare = (message: string): boolean => !CALLED_FOR.test(message);

type Piece = { text: string; index: number };

/** 15号之前交表,当天 stands before the hour. */
const THAT_DAY_LAST = /[,\uff0c\s](?:到|在|到时候?)?(?:当天|当日|同一?天)的?$/;

export type Wanted = {
  text: string;
  /** self: 我 · all: 我们, 大家 · null: nobody is named by a pronoun. */
  whom: 'self' | 'all' | null;
  /** The word for all of them: 全镇, of 提醒全镇干部. */
  called?: string;
  /** Where the time stood. */
  time?: Piece;
};

/** `time` is the piece of the message that says when; `bounds` say from and until when. */
export function readWanted(message: string, time: (Piece & { bounds?: Piece[] }) | null): Wanted {
  const pieces = time ? [...(time.bounds ?? []), time].sort((a, b) => b.index - a.index) : [];
  const without = pieces.reduce(
    (text, it) =>
      `${text.slice(0, it.index).replace(THAT_DAY_LAST, '')} ${it === time ? betweenTimes(it.text) : ''}${text.slice(it.index + it.text.length)}`,
    message,
  );
  const found = GIVEN.exec(without);
  // 提醒我给企业发安全提示 says what is done.
  const called = [...without.matchAll(CALL)].find((it) => it.groups?.['whom']);
  const given = found && called && called.index < found.index ? null : found;
  const named = given?.groups?.['named'] ?? given?.groups?.['each'] ?? '';
  const direct = given
    ? `${without.slice(0, given.index)} ${without.slice(given.index + given[0].length)}`
    : without;
  const calls = [...direct.matchAll(CALL)];
  const behind = callBehind(message);
  // 他要叫我去开会,你八点半提醒我: the one beside the hour counts.
  const last = behind && behind.index === time?.index ? calls.at(-1) : undefined;
  // 提示:周四信访接待,到时叫我: the one that says whom counts.
  const call = last ?? calls.find((it) => it.groups?.['whom']) ?? calls[0];
  const whomText = call?.groups?.['whom'] ?? '';
  const rest = call ? `${direct.slice(0, call.index)} ${direct.slice(call.index + call[0].length)}` : direct;
  const isForAll = EVERYBODY.test(named) || IN_GROUP.test(rest.trim());
  const whole = withoutAsking(clean(EVERYBODY.test(named) ? rest : `${named} ${rest}`), message);
  const text = last && behind ? matterOf(whole, behind) : whole;
  if (/^(?:(?:我|俺)(?:自己|自个儿)?|自己|本人)$/.test(whomText)) return { text, whom: 'self' };
  if (whomText !== '' || isForAll) return { text, whom: 'all', called: whomText };
  const isMine =
    call &&
    (/(?:跟|给)我说/.test(call[0]) ||
      // 给俺提个醒 has no other person behind it.
      /给(?:我|俺)提个醒/.test(call[0]) ||
      /^\s*(?:我|俺)(?!们|(?:书记|主任|[镇乡局所站队]长)[\u4e00-\u9fff]{2,3}(?=\s))/.test(rest));
  return {
    text,
    whom: isMine ? 'self' : null,
    ...(time && { time: { text: time.text, index: time.index } }),
  };
}

const withoutAsking = (text: string, message: string): string => {
  const rest = text.replace(IS_IT_ALL_RIGHT, '');
  return ASKS_FOR.test(message) ? rest.replace(ASKED_FOR, '') : rest;
};

const CLOCK_LAST =
  /(?:今天|明天|当天)?(?:凌晨|清早|早上|早晨|一早|上午|中午|下午|傍晚|晚上|夜里|早|晚)?(?:\d{1,2}[:\uff1a]\d{2}|[\d一二两三四五六七八九十]{1,3}点(?:钟|半|[一三]刻|[\d一二三四五六七八九十]{1,3}分?)?|(?<=凌晨|早上|早晨|一早|上午|中午|下午|傍晚|晚上|夜里))$/;

const DAY_FIRST =
  /^(?:周|星期|礼拜)[一二三四五六日天]|^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?:初|廿)[一二三四五六七八九十])|^(?:今天|明天|大?后天|(?:这个?|本|下{0,2}个?)(?:周|星期|礼拜)[一二三四五六日天])/;

const ON_THAT_DAY =
  /[,\uff0c。;\uff1b\s][^,\uff0c。;\uff1b\s]{0,4}(?:当天|当日|同一?天|那一?天)的?(?=$|[^,\uff0c。]{0,10}$)/;

/** 隔一天提醒我送菜 早上八点: day and hour stand apart, and what stands between them is no time. */
function betweenTimes(said: string): string {
  const at = said.search(CALL);
  // 12月11号交整改报告,提前一天下午四点: the matter stands between what it is due and when it is called.
  if (at < 0 && ADVANCE.test(said)) return said.replace(DAY_FIRST, '').replace(ADVANCE, ' ');
  // 12月20号我得去财政,当天下午三点.
  if (at < 0 && ON_THAT_DAY.test(said))
    return `${said.replace(DAY_FIRST, '').replace(CLOCK_LAST, '').replace(ON_THAT_DAY, '')} `;
  return at < 0 ? '' : `${said.slice(at).replace(CLOCK_LAST, '')} `;
}

/** 哎呀我这记性,昨天又把记录忘了: why one wants to be reminded is none of what is to be done. */
const CHATTER =
  /^(?:(?:哎呀?|唉|嗐|诶|欸|啧|你看|瞧)[,\uff0c]?)*(?:(?:瞧|看)?(?:我|俺)(?:这|的)?(?:个)?(?:记性|脑子|脑瓜子?|忘性)(?:真|太|老|总|越来越|可|不|是|差|坏|烂|好|行|了|啊|呀|哟|的|大|没救){0,6}|(?:我|俺)?(?:今天|昨天|前天|上次|上回|上个?月|上周|老是?|总是?|又|差点|每次|回回)(?:我|俺)?(?:又|差点|老是?|总是?|都|也){0,2}(?:把)?[^,\uff0c。!\uff01]{0,16}(?:忘|误)(?:记|事)?(?:了|掉了|干净了)?|(?:我|俺)?怕(?:自己|我)?(?:又|再|会)?(?:忘|误)(?:记|事)?(?:了)?|(?:那|那么)?(?:我|俺)(?:自己|自个儿?)?(?:先)?记(?:一下|着|上|个事))(?:[啊呀哦呢嘛])?$/;
/** 别让我再忘了, 是这么个情况啊, 我这两天事情多怕忘了. */
const WHY =
  /^(?:(?:千万|可)?(?:别|不要|莫|甭)(?:再)?(?:让|叫|给)(?:我|俺)(?:再|又)?(?:忘|误)(?:记)?(?:了|掉)?|是这么(?:个|回)?(?:情况|事)|跟(?:你|您)说(?:个|一个)?事|(?:我|俺)?(?:这[几两]天|最近)?(?:事情?|活儿?)(?:太|又|也)?多[,\uff0c]?(?:我|俺)?怕(?:自己|我)?(?:又|再|会)?忘(?:记)?(?:了)?)[啊呀哦呢嘛吧]?$/;
/** 以后 你都 好不好, where the time and the call stood. */
const EMPTY =
  /^(?:以后|往后|今后|你|您|都|就|可|得|要|到时候?|给我|给俺|麻烦|请|\s|好不好|行不行|中不中|成不成|可以吗|行吗|好吗|行不|中不|哎呀?|唉|嗐)*$/;

/** The clauses in which the matter stands; all of them where none of it would be left. */
function withoutChatter(text: string): string {
  const clauses = text.split(/(?<=[,\uff0c。!\uff01;\uff1b])/);
  if (clauses.length === 1) return text;
  const bare = (clause: string) => clause.replace(/[,\uff0c。!\uff01;\uff1b\s]{1,4}$/, '').trim();
  const kept = clauses.filter(
    (clause) => !CHATTER.test(bare(clause)) && !WHY.test(bare(clause)) && !EMPTY.test(bare(clause)),
  );
  return kept.some((clause) => bare(clause).length > 1) ? kept.join('') : text;
}

/** Not by a pattern: one for the end of a text begins again at every blank within. */
function trimEdges(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && AT_EDGE.includes(text.charAt(from))) from++;
  while (to > from && AT_EDGE.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** 明天开始 喂鱼: since when it comes is of the rule. */
const SINCE =
  /^ ?(?:从|自)?(?:今天|明天|后天|大后天|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}月)?\d{1,2}[日号])?(?:,从|,自)? ?(?:开始|起)[,\uff0c ]/;

/** 三点那个会你得叫我: what stood before the call. */
const MUST_CALL =
  /[\s,\uff0c]你$|(?:到时候?)?(?:你|您)(?:可)?(?:得|要|记得|记着|一定|务必|千万|别忘了?)(?:要|得)?$/;

/** 报企业用电数,报到27号: the verb that was said once more with the last day. */
const SAID_TWICE = /^(?<kept>.{0,60}?(?<verb>[\u4e00-\u9fff]).{2,60})[,\uff0c\s](?:一直|就|都)?\k<verb>$/;

function clean(rest: string): string {
  let text = withoutChatter(rest.replace(ADVANCE, ' ')).replace(/\s+/g, ' ').replace(SINCE, ' ').trim();
  for (let before = ''; before !== text;) {
    before = text;
    text = trimEdges(
      text
        .replace(IN_GROUP, '')
        .replace(OPENING, '')
        .replace(/^(?:是|有一?个)(?=.{3})/, ''),
    )
      .replace(FORGET, '')
      .replace(REMEMBER, '')
      .replace(TRAILING, '')
      .replace(
        /^(?:我|俺)(?: (?=\S)|(?=(?:得|还得|要|还要|该)?(?:去(?!年)|到(?!期|底)|参加|送|接(?!待)|陪|交|报到)))/,
        '',
      )
      .replace(MUST_CALL, '')
      .replace(SAID_TWICE, '$<kept>')
      .replace(/^那个(?![谁啥])(?=.{2})/, '')
      .trim();
  }
  return text;
}

/** 各镇, 各乡镇, 各街道, 各镇街: every township of the county. */
export const isEveryTownship = (text: string): boolean => /各(?:个)?(?:乡镇|镇街|镇|乡|街道)/.test(text);

/** TX-2026-000012, TX12, 提醒12. */
export function parseReminderId(text: string, year: number): string | null {
  const found = /tx[\s-]*(?:(20\d{2})[\s-]*)?0*(\d{1,6})(?![\d-])/i.exec(text);
  if (!found?.[2]) return null;
  return `TX-${found[1] ?? year}-${found[2].padStart(6, '0')}`;
}
