/** Brings a message to one form without moving any character, and blanks out the numbers that are no times. Pure. */
import { inSimplified } from '../../text/normalize.js';
import { MAX_DIGITS, MAX_NUMERALS, NUMBER, NUMERAL } from './numbers.js';
import { mendTimeWords } from './slips.js';
import type { Place } from './types.js';

const DASHES = /[\u2010-\u2015\u2212\u301c\uff5e]/;

/** Full-width to half-width, 繁体 to 简体, one kind of dash; every UTF-16 unit stays in place. */
export function foldText(original: string): string {
  const text = inSimplified(original);
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const code = c.charCodeAt(0);
    if (DASHES.test(c)) folded += '-';
    else if (code >= 0xff01 && code <= 0xff5e) folded += String.fromCharCode(code - 0xfee0).toLowerCase();
    else if (c === '\u3000' || c === '\u00a0' || c === '\t' || c === '\n' || c === '\r') folded += ' ';
    else folded += code < 0x80 ? c.toLowerCase() : c;
  }
  return mendTimeWords(folded.replace(/(?<!\d)元月/g, '一月'));
}

/** Stands for a character that belongs to no time. */
const BLANK = '\u0001';

const POINTS =
  '意见|建议|要求|想法|看法|说明|体会|措施|内容|问题|原因|理由|补充|希望|思考|注意|启示|经验|不足|需要|共识|感受|请求|情况|好处|变化|声明|提示|疑问|做法|承诺|小|重要|具体|水|一线';
const NUMBERED =
  '楼|院|线|路|桥|门|台|井|库|厂|棚|机|仓|坑|岗|站|房|柜|文|令|公告|通知|病|患|案|卷|桌|养殖|矿|地块|村|组|渠|坝|泵|闸|车|窗口|会议室|信箱|公路|国道|省道|汽油|柴油|线路|点位|监控|摄像|塔|洞|池|塘|沟|罐|炉|箱|单元|建筑|厅|区|馆|店|铺|摊|宿舍|议案|提案|网格|码头|隧道|电梯|住户|员工|选手|图|表|字|墓|船|种子|饲料|工单|职责|清单|事项|附件';

const NOT_TIMES: RegExp[] = [
  // Runs that no number has; the patterns below and those for times need not look further than one number goes.
  new RegExp(`\\d{19,}|${NUMERAL}{${MAX_NUMERALS + 1},}`, 'g'),
  // Numbers of requests, documents, roads and number plates: QS-2026-000123, G107, 〔2026〕12号.
  /(?<![0-9a-z])(?!(?:ddl|am|pm|t)[\d-])[a-z]{1,8}[-_]?\d[\d-]*/g,
  /[〔[(\u3010]\d{4}[〕\])\u3011] ?第?\d+号/g,
  /\d{4}年第\d+号/g,
  // Telephones, identity cards, amounts.
  /(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)|(?<!\d)\d{3,4}-\d{4}-?\d{4}(?!\d)|(?<!\d)\d{9,17}[\dx]?(?!\d)/g,
  /(?<!\d)1[3-9]\d-\d{4}-\d{4}(?!\d)/g,
  /\d{1,18}(?:\.\d{1,18})?(?:%|元|万|亿|亩|公里|千米|米|吨|斤|公斤|平方|平米|度(?!前)|块|m|k)/g,
  /\d{1,18}(?:\.\d{1,18}){3}/g,
  // House numbers; 街道5号前 is a date.
  new RegExp(`(?:路|街|巷|弄|胡同|大道)(?:${NUMBER})号`, 'g'),
  new RegExp(`第${NUMBER}号`, 'g'),
  new RegExp(`${NUMBER}号(?=${NUMBERED})(?!门?前[^面])`, 'g'),
  new RegExp(`${NUMBER}点(?=(?:的|个)?(?:${POINTS}))`, 'g'),
  /[快慢有差多少大小好高低远近轻重再稍]一?点(?!\d|半|钟|一刻|三刻|整)/g,
  /[早晚]一?点(?!\d|半|钟|一刻|三刻|整)(?<![0-9一二三四五六七八九十两]点)|(?<![今明])[早晚]一点(?!半|钟|一刻|三刻|整)/g,
  /(?!^一点(?:吧|了)?$)(?<![午晨夜上天日号间十晌]|晌午头|[改挪推换调延移定]到|[改换]成)一点(?!\d|[零〇]?[一二三四五]?十|过|半|钟|整|一刻|三刻|前|之前|以前|提醒|叫|开会|集合|左右|到)/g,
  // 这一点十分重要.
  /[这哪]一点(?!钟)|一点(?=十分(?:重要|关键|必要|重视|明确|清楚|突出|紧[张急要迫]|严[重格峻]|危险|困难|难|不(?:好|足|够)|满意|感谢|可[惜靠怕]|值得|迫切|辛苦|复杂|简单|方便|容易|薄弱|到位|显著|明显|有效|有限|认真|扎实|典型))/g,
  /[一两]点(?:一线|论)|一点(?:一滴|儿也|都不|也不)|[一二三四五六七八九十]分之|一时(?:半会|间|冲动)?/g,
  /(?<![每隔一二两三四五六七八九十\d])周一(?=次|趟|回|遍)/g,
  /(?<!每)(?:一)?周一(?=更|结|清)/g,
];

/** 每999999999999天, 12026年3月1日: so large a number is no time, and what is left without it would be another one. */
const TOO_LARGE = new RegExp(
  `(?:(?<!\\d)\\d{${MAX_DIGITS + 1},}|(?<!${NUMERAL})${NUMERAL}{${MAX_NUMERALS + 1},})(?:个?(?:年|月|天|日|周|星期|礼拜|小时|钟头|分钟|刻钟|工作日|季度)|点|次|回|遍)|(?<!\\d)\\d{5,}年`,
);
const BOUND = /^(?:之?内|以内|之?后|以后|之?前|以前)/;

/** The number too large for a time that a text has beside a unit of time. A request tells of amounts as well: there only a limit counts. */
export function findTooLarge(folded: string, isRequest: boolean): Place | null {
  const found = TOO_LARGE.exec(folded);
  if (!found || (isRequest && !BOUND.test(folded.slice(found.index + found[0].length)))) return null;
  return { text: found[0], index: found.index };
}

/** The text with everything blanked that reads like a time and is none; lengths stay. */
export function blankNonTimes(folded: string): string {
  return NOT_TIMES.reduce((text, pattern) => blank(text, pattern), folded);
}

export const blank = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) => BLANK.repeat(found.length));

export const ASKS_REMINDER = /提醒|叫我|喊我|通知我/;

/** 提前三天提醒: how far ahead. */
export const ADVANCE = new RegExp(
  `提前(?:(?<workdays>${NUMBER})个工作日|(?<days>${NUMBER})(?:天|日)|(?<weeks>${NUMBER})个?(?:周|星期)|(?<half>半)个?(?:小时|钟头)|(?<hours>${NUMBER})个?(?<more>半)?(?:小时|钟头)|(?<minutes>${NUMBER})分钟|(?<quarters>${NUMBER})刻钟)`,
);
