/** What is asked of one's own reminders in everyday words: what was noted, how often, until when, who hears it, who asked. Pure. */

/** As `asked.ts` reads it: when it comes, how often, when for the last time, whom it is for, who set it. */
const PLAIN = {
  next: '几点',
  often: '多久一次',
  end: '到哪天为止',
  whom: '提醒谁',
  who: '谁设的',
} as const;

export type OwnQuestion =
  /** All that there are; those that rest. */
  | { kind: 'list' }
  | { kind: 'paused' }
  /** 我给别人设的. */
  | { kind: 'others' }
  /** `about`: what names the one; `isTheirs`: 他那个. */
  | { kind: 'one'; detail: keyof typeof PLAIN; said: string; about: string; isTheirs: boolean }
  /** 两个表分别啥时候交: several that one word names. */
  | { kind: 'each'; about: string };

const MAX_LENGTH = 30;
const WHEN = '(?:哪一?[天会]儿?|几号|几时|几点|(?:什么|啥)(?:时候|时间)|何时|多会儿?)';
const WHAT = '(?:什么|啥|哪些|哪几[个条件样桩]?|几[个条件样桩]|多少[个条件]?)';
const WHOEVER = '(?:谁|哪些人|哪几[个位]人?|什么人|哪些单位|哪些村)';
const RINGS = '(?:来|响|提醒|叫|喊|弄|报|催|发|去|点)';
const LAST = '(?:来着|的话|的|了|呢|啊|呀|嘛|哦)*$';
const ME = '(?:我们?|俺们?|咱们?)';
const YOU = '(?:你|您)(?:那儿|那里|这儿|那边)?';

/** 我都让你记了啥, 你那儿给我记了些什么. */
const LIST = new RegExp(
  `^(?:那|哎|对了)?(?:${ME}(?:都|一共|总共|到底|前后|今天|刚才|昨天|之前|现在)*(?:让|叫|托|请|跟|给)${YOU}(?:都|一共|给我|帮我|替我)*|${YOU}(?:都|一共|总共|现在|到底)*(?:给|帮|替)${ME}(?:都|一共)*)(?:记|设|定|存|安排|提醒|盯|备忘|喊|叫|惦记)(?:我|俺)?(?:着|了|过|下|住|的|好)*(?:都|是|有|些)*${WHAT}(?:事[儿情]?|东西|提醒)?${LAST}`,
);
/** 现在停着的是哪个, 哪些暂停了. */
const STOPPED = '(?:停|暂停|歇)(?:着|了|掉|住|下)?';
const PAUSED = new RegExp(
  `^(?:那|现在|目前|眼下|我)*(?:被)?${STOPPED}(?:提醒)?的(?:提醒)?(?:是|有|都|还)*(?:哪|${WHAT}|谁)[^,\\uff0c]{0,4}?${LAST}|^(?:那|现在|目前|眼下|我|有|都)*(?:哪|啥|什么)[个些条几]{0,2}(?:提醒)?(?:是|还|现在|正|都|被)*${STOPPED}${LAST}|^(?:我|俺)?(?:刚才|之前|上次|前几天)?${STOPPED}的(?:提醒|[那这][个条些]?){1,2}(?:现在)?(?:还)?(?:在不在?|在吗|在没在|有没有?|有吗)${LAST}`,
);
const OFTEN = new RegExp(
  `(?:每?隔?(?:多长时间|多久|几天|几个?(?:月|周|星期|礼拜|小时|钟头)))(?:要|会|就|才|得)?${RINGS}?(?:我)?一[回次趟遍]${LAST}|(?:一|每)个?(?:周|星期|礼拜|月|天)(?:要|会|得)?${RINGS}?(?:我)?几[次回遍]${LAST}|(?:每天|天天|每周|每个?月|一次性?)[^,\\uff0c]{0,4}?还是[^,\\uff0c]{0,8}(?:一[次回]|每|天天)[^,\\uff0c]{0,4}?${LAST}|(?:啥|什么)频率${LAST}`,
);
const END = new RegExp(
  `(?:一直|持续|要|得|会){0,2}${RINGS}?到${WHEN}(?:就|便|才|算|是)*(?:不(?:再|用)?[\\u4e00-\\u9fff]{1,3}?了?|完|头|拉倒|结束|为止|停|止|截止|收尾)?${LAST}|${WHEN}(?:就|才|是)*(?:个?头|到头|不(?:再|用)?${RINGS}了?|收尾|完事|拉倒)${LAST}`,
);
const WHOM = new RegExp(
  `^(?:[^,\\uff0c\\s]{1,10}?(?:[那这][个条]|的))?(?:那|这|到时候?|都|有|[个条]|提醒|一共|到底)*${WHOEVER}(?:都|会|能|可以|得|也)*(?:收到|收得到|听[到见]|看[到见]|接到|被(?:提醒|叫|喊|通知))${LAST}|(?:响|发|提醒|通知|叫|喊)(?:给|到|的(?:是)?)${WHOEVER}${LAST}`,
);
const WHO = new RegExp(
  `(?:是)?谁(?:给我|替我|帮我)?(?:叫|让|喊|派|通知|安排|提醒|布置|交代)${ME}?[^,\\uff0c\\s]{0,6}的${LAST}`,
);
/** 我让冯十哪天来的; 他那个几点. */
const CALLED = new RegExp(
  `^(?:那)?${ME}(?:让|叫|喊|请|通知|提醒)(?<whom>[^,\\uff0c\\s你您]{2,8}?)(?:是|在)?${WHEN}[^,\\uff0c\\s]{0,5}?${LAST}`,
);
const THEIRS = new RegExp(
  `^(?:那|那么)?(?:给)?(?:[他她]们?俩?|人家)(?:的)?(?:[那这]一?)?(?:个|条|边|份)?(?:提醒)?(?:是|定的?|设的?|在)*(?<when>${WHEN})(?:响|提醒|叫|喊)?${LAST}`,
);
/** 我给徐乙四设的那个还有没; 我给别人设的. */
const FOR_ONE = new RegExp(
  `^(?:那)?${ME}(?:刚才|之前|上次|前面)?(?:给|替|帮)(?<whom>[^,\\uff0c\\s你您我俺]{2,8}?)(?:都)?(?:设|定|弄|发|建)(?:了|过|好)?的(?:提醒|[那这][个条些]|还|都|现在){0,3}(?:在不在?|在吗|有没有?|有吗|有不|在没在|有哪些|有啥|呢)?${LAST}`,
);
const OTHERS = /^(?:别人|他人|其他人|人家|同事|下面|大家|他们)$/;
/** 两个表分别啥时候交. */
const EACH = new RegExp(
  `^(?:那|这)?(?:[两二三四几](?:个|条|件|张|份|样)?|[俩仨])(?<noun>[^,\\uff0c\\s]{0,6}?)(?:分别|各自?|都)(?:是|在|定的?)*${WHEN}[^,\\uff0c\\s]{0,3}?${LAST}`,
);
/** 饮水管那个. */
const POINTED = /^[^,\uff0c\s]{1,10}?(?=[那这][个条]|的(?!$))/;
const ASKS_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|一?级|些)(?:部门|单位|局)?)(?:来)?(?:管|负责|牵头|处理)|找谁|该谁|找哪/;

/** Null: nothing of the kind. */
export function ownQuestion(given: string): OwnQuestion | null {
  const said = given.trim().replace(/[?\uff1f。!\uff01]{1,3}$/, '');
  if (said.length > MAX_LENGTH || ASKS_THE_LISTS.test(said)) return null;
  if (LIST.test(said)) return { kind: 'list' };
  if (PAUSED.test(said)) return { kind: 'paused' };
  const one = (detail: keyof typeof PLAIN, about: string, isTheirs = false): OwnQuestion => ({
    ...{ kind: 'one', detail, said: PLAIN[detail], about, isTheirs },
  });
  const forOne = FOR_ONE.exec(said)?.groups?.['whom'];
  if (forOne !== undefined) return OTHERS.test(forOne) ? { kind: 'others' } : one('next', forOne, true);
  if (THEIRS.test(said)) return one('next', '', true);
  const each = EACH.exec(said)?.groups?.['noun'];
  if (each !== undefined) return { kind: 'each', about: each };
  const whom = CALLED.exec(said)?.groups?.['whom'];
  if (whom !== undefined) return one('next', whom);
  const details = [
    ['often', OFTEN],
    ['who', WHO],
    ['whom', WHOM],
    ['end', END],
  ] as const;
  const found = details.find(([, pattern]) => pattern.test(said));
  if (!found) return null;
  const [detail, pattern] = found;
  const pointed = detail === 'whom' ? (POINTED.exec(said)?.[0] ?? '') : said.replace(pattern, ' ');
  return one(detail, pointed);
}
