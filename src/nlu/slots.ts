/** Slots of a request read from an everyday sentence, by rules: whom, what, where, how urgent, what kind, scores. Pure. */
import { isInstant } from '../calendar/local.js';
import type { Urgency } from '../core/request.js';
import { isTownshipUnit, type Mention } from '../organizations/names.js';
import { parseNumber } from './dates/numbers.js';

/** A QS number as people write it; taken out of texts before other slots are read. */
const NUMBER = /qs\s?-?\s?\d{4}\s?-?\s?\d{1,6}\s?号?|(?<!\d)\d{6}(?!\d)|\d{1,6}\s?号单/gi;

/** What stands before the colon of "呼叫住建局和水利局:路面积水" is whom, what follows is what. */
const HEAD = /^(?<head>[^:\uff1a\n]{2,60})[:\uff1a](?<body>[\s\S]+)$/;

/**
 * Whether a time in a message says until when something is wanted: “五点前”, “明早八点派人来”, “延到周五”. Other times only
 * tell what happened: “晚上学生过不去”, or are none of ours: “9999年前”.
 */
export function isWish(time: { at: number; text: string; index: number }, message: string): boolean {
  if (!isInstant(time.at)) return false;
  const after = message.slice(time.index + time.text.length);
  return (
    /(?:前|内|截止)$/.test(time.text) ||
    /^(?:天黑|天亮|晌午|饭点|放学|上[班学课]|下[班学课]|[开关]门)?(?:之?前|以前|之?内|以内|为?止|截止)/.test(
      after,
    ) ||
    /^[^,\uff0c。;\uff1b]{0,4}(?:派|来人|前来|到场|到现场|上门|处置|处理)/.test(after) ||
    /(?:延期?|延长|推迟)[到至]$/.test(message.slice(0, time.index))
  );
}

/** The verb that opens a call; it says nothing about the matter. */
const OPENING =
  /^(?:请|麻烦|帮忙?|我(?:要|想)?|现|再|给|向|就|赶紧|立即|紧急|加急|特急|急|[!\uff01,\uff0c\s])*(?:提交|发起|新建|申请|呼叫|请求|联系|通知|派单|报单|派个单|报个单|提个单|下个单|叫|喊)(?:一个|一下|个|一张|请求|呼叫|单子?|给|县里|支援|会商)*/;

/** "我要报个事,帮我发个呼叫", "跟县里反映个问题,走呼叫": nothing of the matter. */
const NOTHING_YET =
  /^(?:我们?|俺们?|咱们?|替|那|就|再|又|另外|还|先|现在|找|叫|喊|和|、|帮忙|帮|请|麻烦|想|需要|要|给|发起|发|提交?|报|下|派|来|一个|个|一下|一件|件|事[儿情]?|情况|呼叫|请求|单子?|跟|向|往|有|县里|县上|县直|相关|有关|部门|单位|哪边|那边|上面|上级|反映|说|问题|走|用|吧|了|[,\uff0c。\s]){2,30}$/;
/** 帮我给水利局发个呼叫,…; 报住建局一个事,…: the first clause says whom, and nothing else. */
const FIRST_CLAUSE = /^(?<head>[^,\uff0c:\uff1a。\n]{2,30})[,\uff0c:\uff1a。]\s{0,3}(?<body>\S[\s\S]{3,})$/;

/** 我想报个事儿,…; 帮我报一下,…; 帮我申请个裁定,…: what follows is the matter. */
const ANNOUNCES =
  /^(?:请|麻烦|帮我?|给我|我们?|想|要|得|再|就|那|[,\uff0c\s]){0,4}(?:申请|提请|报|提)(?:编办)?(?:一?[个下次])?裁定(?:吧|一下)?[,\uff0c:\uff1a。\s]{1,3}(?=\S{4})|^(?:请|麻烦|帮我|帮忙|帮)?(?:我们?|俺们?|咱们?)?(?:这边?)?(?:想|要|得|来|再)?(?:报|上报|反映)一?(?:下|[个件](?:急)?(?:事儿|事情?|情况|问题))[,\uff0c:\uff1a\s]{1,3}(?=\S{4})|^(?:嗯|好的?|行|中|那|就|我们?|俺们?|咱们?|想|要|得|来|再|请|麻烦|帮我?|[,\uff0c\s]){0,6}(?:报|提|发|写|打)(?:一?[个条件])(?:呼叫|请求|单子)(?:吧|哈|一下)?[,\uff0c。:\uff1a\s]{1,3}(?=\S{6})/;

export const withoutAnnouncement = (text: string): string => text.replace(ANNOUNCES, '');

/** A greeting before the matter: it says nothing about what is wanted. */
const GREETING =
  /^(你好|您好|大家好|各位好|老师(?:们)?[您你]?好|(?:各位)?(?:领导|同志)(?:们)?[您你]?好|(?:早上|上午|中午|下午|晚上)好|在吗|在不在|哈喽|hi|hello|打扰一下|打扰了|打扰)(呀|啊|哈)?[\s,\uff0c.。!\uff01~?\uff1f、:\uff1a]+(?=\S{2})/;
export const withoutGreeting = (text: string): string => text.replace(GREETING, '');

/** 跟水利局说一声,泵烧了; 给农业局报个呼叫吧 厕所冻住了. */
const TELLS =
  /^(?:请|麻烦|帮|给(?=[我俺])|[我俺你恁您想要再那就喂]|[,\uff0c\s]){0,6}(?:跟|给|向|和|找)(?<head>[^,\uff0c:\uff1a。\s]{2,16}?)(?:那边)?(?:(?:报|发|提|打|下|走)(?:一?[个下条])?(?:呼叫|请求|单子)(?:吧|一下|了|哈)?|呼叫一?[个下条](?:吧|哈)?|说一?[声下]|讲一?[声下]|反映(?:一下)?|报一?[声下]|捎个话|带个话)(?:[,\uff0c:\uff1a]\s{0,3}|\s{1,3})(?<body>\S[\s\S]{3,})$/;
const WRITES = '(?:写|发|报|提|打|下)(?:一?[个下条])?(?:呼叫|请求|单子)';
/** 发个呼叫给公安局吧 就说广场夜里吵得很: whom stands behind the order. */
const SENDS_TO = new RegExp(
  `^(?:请|麻烦|帮我?|你|给我|再|就|那|[,\\uff0c\\s]){0,4}${WRITES}(?:给|到)(?<head>[^,\\uff0c:\\uff1a。\\s]{2,16}?)(?:吧|一下|了|哈)?(?:[,\\uff0c:\\uff1a]\\s{0,3}|\\s{1,3})(?<body>\\S[\\s\\S]{3,})$`,
);
/** 那报给环保 就说夜里冒黑烟: an order to file. */
const REPORTS_TO = new RegExp(
  `^(?:那|就|行|好|中|嗯|还是|请|麻烦|帮我?|你|给我|[,\\uff0c\\s]){0,5}(?:报|反映|提|发|派|捅|递|转)(?:给|到)(?<head>[^,\\uff0c:\\uff1a。\\s]{2,16}?)(?:吧|那边|那里|一下|了|哈)?(?:[,\\uff0c:\\uff1a]\\s{0,3}|\\s{1,3})(?<body>(?:就说|就写|就讲|内容就?是|内容写)\\s{0,2}\\S[\\s\\S]{3,})$`,
);
/** 反映给城管 就说…: what is said, and not to whom, decides what kind it is. */
export const saidTo = (text: string): string => REPORTS_TO.exec(text.trim())?.groups?.['body'] ?? text;
/** 就说路灯坏了: what follows is what is said. */
const SAYING = /^(?:就说|就写|就讲|内容(?:就)?(?:是|写))(?:[:\uff1a,\uff0c\s]{0,3})(?=\S{4})/;
/** 请生态环境分局配合: at the end of what is wanted. */
const HELPED_BY =
  /(?:请|由|让|和|同|叫)(?<who>[^,\uff0c。;\uff1b]{2,30}?)(?:一起|共同)?(?:来)?(?:配合|协助|协办)/g;

/** Units that are asked to help, in the text of a call. */
export const helpersIn = (text: string, mentions: (text: string) => Mention[]): string[] =>
  [...text.matchAll(HELPED_BY)].flatMap((it) => unitsOf(mentions(it.groups?.['who'] ?? '')));

const WHOM = '[^,\\uff0c:\\uff1a。\\s?\\uff1f]{2,14}?';
/** 机井坏了 给水利局报一个呼叫; 收会员费两百 帮我写个呼叫给民政局: told first, the order last. */
const ORDER_LAST = new RegExp(
  `^(?<body>[\\s\\S]{6,300}?)[,\\uff0c。\\s]{1,4}(?:请|麻烦|帮我?|你|给我|那|就|现在|[,\\uff0c\\s]){0,4}(?:${WRITES}(?:给|到)(?<to>${WHOM})|(?:给|跟|向)(?<of>${WHOM})${WRITES}|呼叫(?:一?下)?(?<called>${WHOM}))(?:吧|一下|了|哈)?[。!\\uff01]?$`,
);

/** Splits a sentence into whom it calls and what it says; the body is what is kept, as it was written. */
export function splitCall(
  raw: string,
  mentions: (text: string) => Mention[],
): { units: string[]; body: string } {
  const text = withoutAnnouncement(raw.replace(NUMBER, '').trim());
  const groups = HEAD.exec(text)?.groups;
  const inHead = groups?.['head'] ? mentions(groups['head']) : [];
  if (groups?.['body'] && inHead.length > 0) return { units: unitsOf(inHead), body: groups['body'].trim() };
  const told = (SENDS_TO.exec(text) ?? TELLS.exec(text) ?? REPORTS_TO.exec(text))?.groups;
  const inTold = told?.['head'] ? mentions(told['head']) : [];
  if (told?.['body'] && inTold.length > 0)
    return { units: unitsOf(inTold), body: told['body'].replace(SAYING, '').trim() };
  const last = ORDER_LAST.exec(text)?.groups;
  const inLast = mentions(last?.['to'] ?? last?.['of'] ?? last?.['called'] ?? '');
  if (last?.['body'] && inLast.length > 0) return { units: unitsOf(inLast), body: last['body'].trim() };
  const first = FIRST_CLAUSE.exec(text)?.groups;
  const inFirst = mentions(first?.['head'] ?? '');
  if (first?.['body'] && inFirst.length > 0 && isOnlyWhom(first['head'] ?? '', inFirst))
    return { units: unitsOf(inFirst), body: first['body'].trim() };
  const opening = OPENING.exec(text)?.[0] ?? '';
  const called = mentions(text);
  const rest = text.slice(opening.length).trim();
  // "呼叫城管，柳树巷有人占道搭棚": the units stand first and only say whom.
  const [unit] = called;
  if (opening && unit && rest.startsWith(unit.alias)) {
    const body = stripUnits(rest, called)
      .replace(/^(?:吧|一下|[啊呀哈嘛])?[\s,\uff0c、。和与及跟的]+/, '')
      .replace(/^就是(?!说|不|要|想)/, '');
    return { units: unitsOf(called), body };
  }
  // 那就呼叫市监局吧: nothing but whom.
  const beside = called.reduce((left, { alias }) => left.replace(alias, ''), text);
  if (opening === text || (called.length > 0 && beside.trim() === '') || NOTHING_YET.test(beside))
    return { units: unitsOf(called), body: '' };
  return { units: unitsOf(called), body: withoutWhom(text, mentions) };
}

/** 南柳村水塔漏水,找水利局: the end says whom, and is no part of what is said. */
function withoutWhom(text: string, mentions: (text: string) => Mention[]): string {
  const found = WHOM_LAST.exec(text);
  const who = found?.groups?.['who'] ?? '';
  const [unit] = mentions(who);
  return found && unit?.alias === who ? text.slice(0, found.index) : text;
}
const WHOM_LAST =
  /[,\uff0c。\s]{1,3}(?:请|麻烦|帮我)?(?:找|发给|派给|报给|送给|交给|呼叫|给)(?<who>[^,\uff0c。\s]{2,14})[。!\uff01]?$/;

/** 那就呼叫市监局吧: nothing but whom, or not even that. */
function isOnlyWhom(text: string, called: Mention[]): boolean {
  const beside = called.reduce((left, { alias }) => left.replace(alias, ''), text).trim();
  return (
    (called.length > 0 && beside.length < 2 && /^[给找报和、]?$/.test(beside)) || NOTHING_YET.test(beside)
  );
}

const unitsOf = (mentions: Mention[]): string[] => mentions.map((mention) => mention.unit);

/** Takes the run of units at the start away. */
function stripUnits(text: string, mentions: Mention[]): string {
  let rest = text;
  for (const { alias, unit } of mentions) {
    const joined = rest.replace(/^[\s,\uff0c、和与及跟]+/, '');
    if (!joined.startsWith(alias)) break;
    // 呼叫邮管局 云岭街驿站丢件: a town that is not called begins what is said.
    if (rest !== text && isTownshipUnit(unit)) break;
    rest = joined.slice(alias.length);
  }
  return rest;
}

/**
 * Places as people name them: a run of names each of which ends as places do. Short of a gazetteer this finds most of
 * what stands in a message; the confirmation card shows what was found, to be mended.
 */
const PLACE_END =
  '村委会|社区|小区|路口|街口|路段|河段|大道|大街|广场|市场|学校|小学|中学|幼儿园|医院|卫生院|车站|码头|水库|大坝|桥头|园区|厂区|工地|村口|村头|村|屯|组|(?<![电道公铁线堵修一带水网短半])路(?!灯|面|况|基|政|过|障|线|径)|街|巷|胡同|桥(?!梁)|河(?!道|水|流)|沟(?!通|渠)|渠(?!道)|塘|山(?!体|洪|火|林)|(?<!滑)坡(?!体)|岭|林场|农场';
/** 农业农村局 is a unit, no village. */
const NOT_UNIT = '(?![局厅])';
const PLACE_PART = `[\\u4e00-\\u9fff\\d]{1,6}?(?:${PLACE_END})${NOT_UNIT}`;
/** 西河沟: an end that stands within the name. */
const LONGEST = new RegExp(`^[\\u4e00-\\u9fff\\d]{2,6}(?:${PLACE_END})${NOT_UNIT}`);
/** A town has one of each. */
const SHORT = /^[东西南北中前后老新][街巷]$/;
/** Ends that are a name by themselves: 东街幼儿园. */
const PLACE_ALONE =
  '村委会|社区|小区|广场|市场|学校|小学|中学|幼儿园|医院|卫生院|车站|码头|水库|园区|厂区|工地';
const PLACE = new RegExp(
  `(?:${PLACE_PART}){1,12}(?:${PLACE_ALONE})?(?:(?:与|和|到|至|-|—)?(?:${PLACE_PART})){0,12}(?:\\d{1,6}号(?:楼|院|附近)?)?(?:(?:东|南|西|北)?(?:侧|边|头|面|口)|交叉口|交界处|附近|门口|对面|旁)?`,
);
/** Ends of places that also end ordinary words. */
const NO_PLACE = /^(?:农村|乡村|一路|上街|道路|公路|水路|马路|山河|过河|路上|在路|全村|本村|我村|各村|村组)$/;
const LEADING =
  /^(?:就说|那个|这个|帮|替|说|的|(?:地点|位置|地方)[是在]|事由是|内容是|内容[:\uff1a]|标题[:\uff1a是]|议题是?|对象是|就?是|我们|咱们?|俺们?|我镇|本镇|你们|在|到|去|位于|往|发生|目前|现在|今天|昨晚|昨天|刚才|早上|有人|和|与|请|把|从|就)+/;

/** 放水以后下游鱼塘一夜翻塘: what says when stands in no name. */
const NO_NAME =
  /(?<=[局委办队所人头户们娃汉])在|看看吧?|派个?人|(?:跑|来|搭|盖|建|伸|占|流|排|倒|堆|停|拉|运|漫|淹|搬|掉|冲|蹿)(?:到|进|在)了?|能不能|可不可以|能否|是否|是不是|要不要|建议|希望|以后|之后|以来|以前|之前|的时候|(?:那|这)(?:边|头|儿|块)|[一整半每昨]夜|天天|每天|突然|忽然|马上|立刻|把|有(?:人|个|辆|大车|一[个家户])/;
/** 院子堆得跟山样, 等着去医院: a sentence that ends as places do. A wrong place is worse than none. */
const IN_NO_NAME =
  /[得跟把拟劝催]|让(?!湖)|有(?:人|个|大|辆|家)|等着|不[往进]|没有|(?:走|上|进|改|堵|补充)(?:村|路|工地|坡|桥|渠)$|[爬登推挖封种]山$/;

export function parsePlace(text: string): string {
  for (const clause of text.split(/[,\uff0c。;\uff1b!\uff01?\uff1f\n]/)) {
    for (const piece of clause.split(NO_NAME)) {
      const bare = piece.trim().replace(LEADING, '');
      const named = PLACE.exec(bare);
      const short = named?.[0].replace(LEADING, '') ?? '';
      const isCut = named !== null && short.length === 2 && !SHORT.test(short);
      const found = isCut ? (LONGEST.exec(bare.slice(named.index))?.[0] ?? short) : short;
      if ((found.length >= 3 || SHORT.test(found)) && !NO_PLACE.test(found) && !IN_NO_NAME.test(found))
        return found;
    }
  }
  return '';
}

/** A bare 急 stands first (急!, 急:), or is said of the matter (很急, 急急急); 不急 says the opposite. */
const URGENT =
  /^急+[!\uff01:\uff1a,\uff0c。\s]|急急|(?<!不|不是|没那么)(?:很|挺|特别|非常)急(?!诊|救)|紧急|加急|特急|急件|十万火急|火速|立即|立刻|马上|赶紧|赶快|速来|快来|人命|救命|被困|困人|受伤|伤人|死人|坍塌|垮塌|塌方|滑坡|决堤|管涌|漏气|煤气味|燃气味|爆炸|起火|着火|失火|火灾|触电|中毒|溺水|落水|洪水|内涝/;

export const parseUrgency = (text: string): Urgency => (URGENT.test(text) ? 'urgent' : 'normal');

export type Scores = { speed: number; handling: number; result: number; words: string };

const FIELD: [keyof Omit<Scores, 'words'>, RegExp][] = [
  ['speed', /(?:速度|时效|响应|快慢)\D{0,3}([1-5])/],
  ['handling', /(?:办理|过程|态度|服务)\D{0,3}([1-5])/],
  ['result', /(?:结果|效果|质量)\D{0,3}([1-5])/],
];
const NUMERALS: Record<string, string> = { 一: '1', 二: '2', 两: '2', 三: '3', 四: '4', 五: '5' };

/** "5 4 5 很及时", "速度5结果3", "五星", "满意", "不满意"; null when nothing is scored. */
export function parseScores(raw: string): Scores | null {
  const text = raw
    .replace(NUMBER, ' ')
    .replace(/(?<!十)[一二两三四五](?=分|星|颗)/g, (numeral) => NUMERALS[numeral] ?? numeral)
    .trim()
    .replace(/^(?:评价|打分|评分)[\s:\uff1a,\uff0c为]*/, '');
  const named = FIELD.map(([, pattern]) => pattern.exec(text)?.[1]);
  const words = (rest: string) => rest.replace(/^[\s,\uff0c。、;\uff1b分星]+/, '').trim();
  if (named.some(Boolean)) {
    const given = named.filter((value): value is string => value !== undefined).map(Number);
    const worst = Math.min(...given);
    const [speed = worst, handling = worst, result = worst] = named.map((v) => (v ? Number(v) : undefined));
    const rest = FIELD.reduce((left, [, pattern]) => left.replace(pattern, ''), text);
    return { speed, handling, result, words: words(rest) };
  }
  const three = /^([1-5])\s{0,3}[,\uff0c、/ ]\s{0,3}([1-5])\s{0,3}[,\uff0c、/ ]\s{0,3}([1-5])(?!\d)/.exec(
    text,
  );
  // 种子的评一下,5 5 4
  const last = /^[^\d]{2,16}[,\uff0c\s]([1-5])[ 、/]([1-5])[ 、/]([1-5])$/.exec(text);
  if (last) return { ...all3(Number(last[1]), Number(last[2]), Number(last[3])), words: '' };
  if (three) {
    const [all, speed, handling, result] = three;
    return { ...all3(Number(speed), Number(handling), Number(result)), words: words(text.slice(all.length)) };
  }
  const packed = /^([1-5])([1-5])([1-5])(?!\d)/.exec(text);
  if (packed) {
    const [all, speed, handling, result] = packed;
    return { ...all3(Number(speed), Number(handling), Number(result)), words: words(text.slice(all.length)) };
  }
  const one =
    /(?<![\d.])([1-5])\s*(?:分|颗?星)/.exec(text) ?? /^(?:打|给|评|打分|评分)?\D{0,2}([1-5])$/.exec(text);
  if (one?.[1]) {
    const n = Number(one[1]);
    return { ...all3(n, n, n), words: one.index > 0 ? text : words(text.slice(one[0].length)) };
  }
  const verdict = VERDICTS.find(([pattern]) => pattern.test(text));
  if (verdict) return { ...all3(verdict[1], verdict[1], verdict[1]), words: text };
  return null;
}

/** Words that stand for a score, the plainest denial first. */
const VERDICTS: [RegExp, number][] = [
  [/非常不满意|很不满意|差评|不合格|零分|(?<!\d)0分/, 1],
  [/不满意|不太满意|没解决|未解决|不认可|敷衍/, 2],
  [/基本满意|一般|还行|还可以|及格|中评/, 3],
  [/非常满意|很满意|好评|点赞|五星|满分|优秀/, 5],
  [/满意|良好|不错/, 4],
];

const all3 = (speed: number, handling: number, result: number) => ({ speed, handling, result });

/** A text without request numbers and without the punctuation left at its start. */
export const withoutNumber = (text: string): string =>
  text
    .replace(NUMBER, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,\uff0c:\uff1a。、;\uff1b]+/, '')
    .trim();

const MORE_DAYS =
  /(?:晚|缓|延|延期|延长|宽限|推迟|推后|拖|拖延|再给|多给|再等|多等|多要|再要)(?:我们?|咱们?|他们|人家)?(?:个)?(?<n>\d{1,2}|[一二两三四五六七八九十])个?(?<unit>工作日|天|日|周|星期|礼拜)/;

/** 晚两天, 再给一周: how many days more are wished for; null where no number is said. */
export function moreDaysIn(text: string): number | null {
  const { n = '', unit = '' } = MORE_DAYS.exec(text)?.groups ?? {};
  if (n === '') return null;
  const count = parseNumber(n);
  return /周|星期|礼拜/.test(unit) ? count * 7 : count;
}
