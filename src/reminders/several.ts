/** Several reminders in one message, each as a message of its own. Pure. */
const CALL = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺|一下|(?=[\u4e00-\u9fff]{2,4}))/;
const TIMED = /[点时:]|[周今明后大下每天号日月]|星期|礼拜|小时|分钟/;
const LENGTH = '(?:半|[一二两三四五六七八九十\\d]{1,3})个?(?:半)?(?:小时|钟头|分钟|刻钟|天|周|星期)';
/** 提前一天和提前半小时都叫我. */
const LEADS = new RegExp(
  `提前(?<a>${LENGTH})(?:和|、|及|跟|与|,|\uff0c)(?:再)?提前?(?<b>${LENGTH})(?:都|各|分别)?(?:再)?`,
);
/** 周三周四早上8点都提醒我. */
const DAYS =
  /(?<a>(?:下?周|下?星期|下?礼拜)[一二三四五六日天])(?:[、,\uff0c和跟及与]|\s)?(?<b>(?:周|星期|礼拜)[一二三四五六日天])(?=[^,\uff0c。]{0,12}(?:都|各|分别))/;
const CLOCK =
  '(?:\\d{1,2}[:\uff1a]\\d{2}|[\\d一二两三四五六七八九十]{1,3}点(?:钟|半|[一三]刻|[\\d一二三四五六七八九十]{1,3}分?)?)';
const PART = '凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里';
/** 上午十点和下午四点各提醒我. */
const CLOCKS = new RegExp(
  `(?<part>${PART})?(?<a>${CLOCK})(?:和|、|及|跟|与|还有|,|\uff0c)(?<later>${PART})?(?<b>${CLOCK})(?:各|都|分别)?(?=[^,\uff0c。]{0,3}(?:提醒|叫|喊|通知))`,
);
/** 农历初一十五: two rules. */
const LUNAR =
  /(?:每个?月|逢|每逢)?(?:的)?(?:农历|阴历|旧历)?(?:每个?月|逢|每逢)?(?:的)?(?<a>初[一二三四五六七八九十])(?:和|、|及|跟|与|,|\uff0c|\s)?(?<b>初[一二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|三十)/;
const WHEN = `(?:今天|明天|后天|大后天|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\\d{1,2}月)?\\d{1,2}[号日])(?:${PART})?(?:${CLOCK})?`;
/** 明天上午九点和后天上午九点提醒我. */
const WHENS = new RegExp(
  `(?<a>${WHEN})(?:和|、|及|跟|与|还有)(?<b>${WHEN})(?:各|都|分别)?(?=[^,\uff0c。]{0,3}(?:提醒|叫|喊|通知))`,
);
/** 明天九点开会 下午三点交表 都提醒我一下. */
const ALL_OF = new RegExp(
  `[,\\uff0c;\\uff1b。\\s]{1,3}(?:这|这些|这?(?:[两二三四]|几)(?:个|件|条|样)|这?[俩仨])?(?:会|事|提醒)?(?:都|各|全|分别)(?:要|给我)?(?<lead>提前${LENGTH})?(?:提醒|叫|喊|说)(?:我|俺)?(?:一下|一声|一遍)?[。!]?$`,
);
/** 记两个 一个是明天九点开会 一个是后天体检; what is told before may say the day. */
const COUNTED =
  /^(?:(?<before>[^:\uff1a]{2,30}?)[,\uff0c。\s]{1,2})?(?:你|您|麻烦|帮我|给我|请){0,3}(?:记|设|定|弄|来|提醒我)(?:一下|下)?(?:[两二三四五六几2-6](?:个|条|件|样)|[俩仨])(?:事情?|提醒)?[,\uff0c:\uff1a。\s]*/;
const DAY_SAID =
  /(?:今|明|大?后)(?:天|儿个?)|(?:这个?|本|下个?)?(?:周|星期|礼拜)[一二三四五六日天]|(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日]/;
const MOST = 4;
/** 1、…2、…; (1)…(2)…; ①…②…: what is set stands in a numbered list. */
const NUMBER =
  /(?:(?<=^|[\s,\uff0c;\uff1b。:\uff1a\u4e00-\u9fff])(?:\d|[一二三四五六七八])(?:、|[.\uff0e](?!\d))|[(\uff08](?:\d|[一二三四五六七八])[)\uff09]|[①②③④⑤⑥⑦⑧])\s{0,2}/;
const NUMBERED_MOST = 8;

/** 下周一和周三早上八点: the hour is that of both, and so is the week. */
function alike(first: string, second: string): [string, string] {
  const hour = HOUR.exec(second)?.[0] ?? '';
  const week = /^(?:下|这|本)(?=[周星礼])/.exec(first)?.[0] ?? '';
  return [
    (HOUR.exec(first)?.[0] ?? '') === '' ? first + hour : first,
    /^[周星礼]/.test(second) ? week + second : second,
  ];
}
const HOUR = new RegExp(`(?:${PART})?(?:${CLOCK})?$`);

/** Null: one reminder, as far as can be told. */
export function severalIn(raw: string): string[] | null {
  const leads = LEADS.exec(raw)?.groups;
  if (leads) return [leads['a'], leads['b']].map((it) => raw.replace(LEADS, () => `提前${it ?? ''}`));
  const lunar = LUNAR.exec(raw)?.groups;
  if (lunar && !/[正二三四五六七八九十冬腊]月(?:初|十|二)/.test(raw))
    return [lunar['a'], lunar['b']].map((it) => raw.replace(LUNAR, () => `农历每月${it ?? ''}`));
  const whens = WHENS.exec(raw)?.groups;
  if (whens && !/每|逢/.test(raw))
    return alike(whens['a'] ?? '', whens['b'] ?? '').map((it) => raw.replace(WHENS, () => it));
  const listed = listedIn(raw);
  if (listed) return listed;
  const clocks = CLOCKS.exec(raw)?.groups;
  if (clocks && !/每|逢/.test(raw)) {
    const { part = '', a = '', later = part, b = '' } = clocks;
    return [part + a, later + b].map((it) => raw.replace(CLOCKS, () => it).replace(/各(?=提醒|叫|喊)/, ''));
  }
  const days = DAYS.exec(raw)?.groups;
  if (days && !/每|逢/.test(raw))
    return [days['a'], days['b']].map((it) =>
      raw.replace(DAYS, () => it ?? '').replace(/都(?=提醒|叫|喊)/, ''),
    );
  return calledIn(raw);
}

/** Why, before: 别让我再忘了, 这两天事情多怕忘了. */
const PREFACE =
  /忘|情况|记性|事[情儿]?多|忙|[您你]好|麻烦|劳驾|对了|跟[你您]说|听[好着]|这么(?:个|着)|帮我|[记设定](?:一下|[两三四几]个|着)|有[两三四几几]个?(?:事|件)/;
/** 就这两个, 谢谢: behind. */
const CODA =
  /^(?:就|一共|总共|暂时|先)?(?:这|那)(?:些|[两三四几])[个件条样]?(?:事|提醒)?(?:了|吧)?$|^(?:谢|辛苦|麻烦|多谢|感谢|拜托|好了|没了|别(?:忘|漏|记岔)|记住|都(?:记|设)).{0,6}$/;
const NEXT = /^(?:然后|完了|接着|再就是|再有|还有|另外|此外|再一个|同时)(?:呢|啊|吧|就是)?(?=.{6})/;

/** 后天九点提醒我量挡墙,大后天两点还得提醒我传照片: each with its own time and call; what stands between belongs to what it follows. */
function calledIn(raw: string): string[] | null {
  const parts: string[] = [];
  for (const clause of raw.split(/[,\uff0c;\uff1b。\s]+/).filter(Boolean)) {
    const last = parts.at(-1);
    if (CALL.test(clause) && TIMED.test(clause)) parts.push(clause.replace(NEXT, ''));
    else if (last === undefined) {
      if (clause.length > 3 && !PREFACE.test(clause)) return null;
    } else if (!CODA.test(clause)) {
      if (TIMED.test(clause) || CALL.test(clause)) return null;
      parts[parts.length - 1] = `${last},${clause}`;
    }
  }
  return parts.length > 1 && parts.length <= MOST ? parts : null;
}

/** Null where not each of them has its own time: 带1、身份证 2、户口本 is one matter. */
function numberedIn(raw: string): string[] | null {
  const [head = '', ...items] = raw.split(NUMBER).map((it) => it.replace(/[,\uff0c;\uff1b。\s]{1,3}$/, ''));
  const isCalled = CALLED_AT_HEAD.test(head) || items.every((it) => CALL.test(it));
  const isEach = items.every((it) => it.length > 3 && TIMED.test(it));
  if (items.length < 2 || items.length > NUMBERED_MOST || !isCalled || !isEach) return null;
  // 明天提醒我两件事:1、九点…2、十点…: the day is said before.
  const day = DAY_SAID.exec(head)?.[0] ?? '';
  const dayOf = (it: string): string => (DAY_SAID.test(it) ? it : `${day}${it}`);
  return items.map((it) => (CALL.test(it) ? dayOf(it) : `${dayOf(it)} 提醒我`));
}
const CALLED_AT_HEAD =
  /提醒|闹钟|(?:叫|喊)(?:我|俺)|(?:记|设|定|弄)(?:一下|下|上|着)?(?:这|那)?(?:[两二三四五六几2-8](?:个|条|件|样)|[俩仨]|着|:|\uff1a|$)/;

function listedIn(raw: string): string[] | null {
  const counted = COUNTED.exec(raw);
  const { lead = '' } = ALL_OF.exec(raw)?.groups ?? {};
  const numbered = numberedIn(raw);
  if (numbered) return numbered;
  const rest = raw.slice(counted?.[0].length ?? 0).replace(ALL_OF, '');
  if (rest === raw) return null;
  const separator = /一[个件条]是/.test(rest)
    ? /[,\uff0c;\uff1b。\s]{0,3}(?:另|还有)?一[个件条]是/
    : /[,\uff0c;\uff1b。\s]{1,3}|、/;
  const pieces = rest
    .split(separator)
    .map((it) => it.trim())
    .filter(Boolean);
  // 明儿个事情多,你给我记两个:上午…,下午…: the day is said before.
  const day = DAY_SAID.exec(counted?.groups?.['before'] ?? '')?.[0] ?? '';
  const [first = ''] = pieces;
  const parts = DAY_SAID.test(first) ? pieces : [`${day}${first}`, ...pieces.slice(1)];
  const isEach = parts.every((part) => part.length > 3 && TIMED.test(part));
  return parts.length > 1 && parts.length <= MOST && isEach ? parts.map((it) => `${it} ${lead}提醒我`) : null;
}
