/** What festivals and solar terms are called, and what is a street or weather instead. */
import { FESTIVALS, type Festival } from '../../calendar/festivals.js';

/** A short name is a street or a school as well: 五一路, 八一村. It needs a word of time after it. */
const TIME_WORD =
  '(?=(?:劳动|国际劳动|青年|儿童|建党|建军|国庆|妇女|国际妇女|小?长?假)?节|(?:小?长)?假|放假|之前|以前|前|之后|以后|后|期间|当天|那天|当日|上午|早上|下午|晚上|提醒)';

/** 五一 by itself, or with a verb of going away. */
const bare = (name: string): string =>
  `(?<![零一二三四五六七八九十百\\d第])${name}(?=$|[ ,。!?;、]|是|值班|加班|回家|出去)`;

/** Words of a festival, the longest first; the names themselves come from `FESTIVALS`. */
const WORDS: Record<string, string> = {
  元旦: '元旦节?|新年(?!初|度|的)|阳历年',
  春节: '春节|大年初一|过年|新春佳节|新春|(?:农历|阴历|旧历|中国)新年',
  清明节: '清明节?',
  劳动节: `(?:五一|5\\.1|51)(?:国际)?劳动节|劳动节|五一节?${TIME_WORD}|五一节|${bare('五一')}`,
  端午节: '端午节?',
  中秋节: '中秋节?',
  国庆节: `十一国庆节?|国庆节?|十一${TIME_WORD}`,
  除夕: '除夕夜?|大年三十|年三十|大年夜',
  腊八节: '腊八节?',
  元宵节: '元宵节?|正月十五',
  龙抬头: '龙抬头|二月二',
  七夕: '七夕节?',
  中元节: '中元节?|七月半',
  重阳节: '重阳节?|老年节',
  妇女节: `三八(?:国际)?(?:劳动)?妇女节|妇女节|三八节|三八${TIME_WORD}|女神节`,
  植树节: '植树节',
  消费者权益日: `消费者权益日|3\\.?15消费者权益保护日|${bare('三一五')}`,
  青年节: `五四青年节|青年节|五四${TIME_WORD}`,
  全国防灾减灾日: '(?:全国)?防灾减灾日',
  儿童节: `六一(?:国际)?儿童节|儿童节|六一节|六一${TIME_WORD}|${bare('六一')}`,
  世界环境日: '(?:世界|六五)环境日',
  国际禁毒日: '(?:国际)?禁毒日',
  建党节: `七一建党节|建党节|党的生日|七一${TIME_WORD}|${bare('七一')}`,
  建军节: `八一建军节|建军节|八一${TIME_WORD}|${bare('八一')}`,
  教师节: '教师节',
  圣诞节: '圣诞节|圣诞(?=那天|当天)',
  记者节: '记者节',
  全国消防日: '(?:全国|119)?消防(?:宣传)?日',
  国家宪法日: '(?:国家)?宪法日',
  母亲节: '母亲节',
  父亲节: '父亲节',
};

const TERMS = FESTIVALS.filter(({ name }) => WORDS[name] === undefined).map(({ name }) => name);
/** 大雪, 小雪 and the like are weather first: they need 节气 or a word of time. */
const WEATHER = '(?:大雪|小雪|大寒|小寒|雨水|大暑|小暑|白露|霜降|寒露)';

const RAIN_OR_SNOW = /^(?:大雪|小雪|雨水)$/;

type Named = { name: string; pattern: string };
export const NAMED: Named[] = [
  ...Object.entries(WORDS).map(([name, pattern]) => ({ name, pattern })),
  ...TERMS.map((name) => ({
    name,
    pattern: new RegExp(`^${WEATHER}$`).test(name)
      ? `${name}(?:节气|那天|当天${RAIN_OR_SNOW.test(name) ? '' : '|(?=提醒|上午|下午|晚上|之?前|当[天日])'})`
      : `${name}(?:节气|节(?!能|约|点))?`,
  })),
];

/** Any festival; `festivalOf` tells which one from the groups. */
export const FESTIVAL_PATTERN = NAMED.map(({ pattern }, i) => `(?<f${i}>${pattern})`).join('|');

export function festivalOf(groups: Record<string, string | undefined>): Festival | undefined {
  const index = NAMED.findIndex((_, i) => groups[`f${i}`] !== undefined);
  return FESTIVALS.find(({ name }) => name === NAMED[index]?.name);
}
