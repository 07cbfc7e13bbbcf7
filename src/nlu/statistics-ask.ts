/** What is asked for in statistics: of which span, of whom, which figure, its cases or a file. Pure. */
import type { FigureName } from '../core/figures.js';
import type { LocalDate } from '../calendar/local.js';
import type { Period } from '../calendar/periods.js';
import type { Mention } from '../organizations/names.js';
import { parsePeriod } from './dates/periods.js';

export type StatisticsAsk = {
  /** Null where the words name none. */
  period: Period | null;
  /** The first unit that is named, and how many are. */
  unit: string | undefined;
  units: string[];
  /** The speaker's own is meant. */
  isOwn: boolean;
  isCounty: boolean;
  figure: FigureName | null;
  isOfCases: boolean;
  /** A comparison of units. */
  isOfUnits: boolean;
  isFile: boolean;
  /** A drawing of the figures. */
  isChart: boolean;
  /** Two characters or more that are none of the above: they may name a matter. */
  words: string[];
  /** How many characters are left once all that is known is taken away. */
  rest: number;
};

const COUNTY = /全县|县里|全部单位|所有单位|整体|总体|大盘/;
const OF_UNITS =
  /排[名行个一]|排第几|名次|红黑榜|前[十五三]名?|[各每](?:个)?(?:局|镇|乡|部门|单位|承办单位|镇街|乡镇|站所|村)|哪[个家些]?(?:局|镇|乡|部门|单位|家)|哪家|哪局|谁(?:报|最|的|差)|谁[^,\uff0c。]{0,5}[多少快慢]|最(?:慢|快|多|少|高|低|拖|勤|活跃)|对比|比一比|分单位|按(?:主办|承办|牵头|请求)?(?:的)?(?:部门|单位|乡镇|镇街)(?:分一?[分下]|分开|归(?:归|一归)?类|归类|列)?|从高到低|几家/;
/** 哪家最慢 has two of them. */
const ALL_OF_UNITS = new RegExp(OF_UNITS, 'g');
const FILE =
  /导出|excel|xlsx|表格|下载|做[个成]?表|文件|(?:给|发|要|来|出)[我一]?[张份个]?表(?!扬)|统计表|报表/;
const CHART =
  /[画绘出做看发要来]?[一]?[个张幅份]?(?:图[表形]|趋势图?|走势图?|曲线图?|[柱饼线条][状形]?图|折线图|可视化)|[画绘出做]一?[个张幅份]?图/g;
const OWN_UNIT = /(?:我|俺|咱)们|[我俺咱本](?:镇|乡|街道|局|单位|部门|所)/;
const OWN =
  /(?:我|俺|咱)们?[县]?(?:的|局|镇|乡|街道|单位|所|办|中心|这边|这儿)?|本(?:镇|乡|街道|局|单位|部门|所)/g;

/** Words around figures that name no matter. */
const FILLER =
  /统计|报表|汇总|数据|情况|换成|换|改成|再|也|只|同样|运行|看板|概况|概览|总览|乡呼县应|清单|请求|呼叫|单子|工单|办件|案件|件|多少|几[件个次]|次数|数量|总量|总数|合计|占比|占|比例|比率|率|平均|均值|中位数|时长|用时|时间|多久|几天|小时|工作|怎么样|怎样|咋样|咋|如何|怎|办得|办的|办|处理|受理|发起|提交|报上来|上报|报|提|发|接|派|做|搞|弄|整|出|要|给|看看|看|瞧|列|一下|下|个|份|张|的|了|呢|吗|嘛|吧|啊|呀|哈|请|帮|麻烦|把|将|我|你|他|俺|咱|们|书记|领导|县长|局长|镇长|主任|开会|明天|今天|现在|目前|截至|到|从|和|与|跟|及|以及|并|按|分|类|对|比|是|有|没|不|都|还|又|就|那|这|哪|谁|几|多|少|够|全|县|各|单位|部门|领域|按时|时|期|月|年|周|日|天|第|打开|点开|明细|机器人|总结|通报|简报|材料|小结|汇报|报告|分析|导出|表格|excel|表|文件|下载|\d+|[\s,\uff0c。;\uff1b!\uff01?\uff1f、:\uff1a"“”()()@/·.-]/g;

/** `text` as `normalizeText` gives it; `teams` are the names of stationed teams. */
export function readStatisticsAsk(
  text: string,
  today: LocalDate,
  { mentions, teams }: { mentions: (text: string) => Mention[]; teams: readonly string[] },
): StatisticsAsk {
  const said = parsePeriod(text, today);
  let left = said ? text.replace(said.text, ' ') : text;
  const team = teams.find((name) => left.includes(name));
  if (team) left = left.replace(team, ' ');
  const found = mentions(left);
  for (const { alias } of found) left = left.replace(alias, ' ');
  const isOwn = OWN_UNIT.test(left);
  left = withoutFigures(
    left
      .replace(CHART, ' ')
      .replace(COUNTY, ' ')
      .replace(OWN, ' ')
      .replace(ALL_OF_UNITS, ' ')
      .replace(FILE, ' '),
  );
  left = left.replace(FILLER, ' ');
  const words = left.split(' ').filter(Boolean);
  return {
    period: said?.period ?? null,
    unit: team ?? found[0]?.unit,
    units: found.map(({ unit }) => unit),
    isOwn,
    isCounty: COUNTY.test(text),
    figure: figureIn(text),
    isOfCases: asksForCases(text),
    isOfUnits: OF_UNITS.test(text),
    isFile: FILE.test(text),
    isChart: text.search(CHART) !== -1,
    words: words.filter((word) => [...word].length >= 2),
    rest: words.join('').length,
  };
}

const LATE = '(?:逾期|超期|超时|过期|超过时限)';
const NOT_YET = '(?:没有?|未|还没|不)';

/** In the order in which they are tried: what says more goes first. */
const WORDS: readonly [RegExp, FigureName][] = [
  [
    new RegExp(
      `${LATE}[^,\uff0c。]{0,3}${NOT_YET}[^,\uff0c。]{0,2}[签接]|${NOT_YET}[签接][^,\uff0c。]{0,4}${LATE}`,
    ),
    'sign-over',
  ],
  [
    new RegExp(
      `${LATE}[^,\uff0c。]{0,3}${NOT_YET}[^,\uff0c。]{0,2}[答回办处]|${NOT_YET}[答回办处][^,\uff0c。]{0,4}${LATE}`,
    ),
    'answer-over',
  ],
  [/(?:按时|按期|及时|准时)(?:签|接)|签收率/, 'sign-ok'],
  [new RegExp(`(?:${LATE}|晚|迟)了?才?(?:签|接)|(?:签|接)[^,\uff0c。]{0,3}(?:晚|迟|慢)`), 'sign-late'],
  [/(?:按时|按期|及时|准时)(?:答|回|办|处|完)|[答回]复率|按[时期]率/, 'answer-ok'],
  [new RegExp(`(?:${LATE}|晚|迟)了?才?(?:答|回|办|处)`), 'answer-late'],
  [new RegExp(`(?:待|${NOT_YET})签`), 'unsigned'],
  [new RegExp(`(?:待|${NOT_YET})(?:答复|回复)`), 'unanswered'],
  [new RegExp(`${LATE}|拖`), 'late'],
  [/未解决|解决不了|没解决/, 'unsolved'],
  [/退(?:回|单|件|了|的|得)/, 'returned'],
  [/转办|转出|转走|转给/, 'moved'],
  [/裁定/, 'ruling'],
  [/延期|延长/, 'extended'],
  [/暂停|停表|补材料|补充材料/, 'paused'],
  [/催/, 'urged'],
  [/重新办|重办|返工|二次办|没修好/, 'reopened'],
  [/撤回|撤销|撤掉|撤了/, 'withdrawn'],
  [/不予交办|未准予/, 'refused'],
  [/低分|差评|不满意|评价?(?:很|比较|较)?低/, 'low'],
  [/评价|评分|打分|满意|得分|分数/, 'rated'],
  [/办结|办完|结了|办好|办成|完成/, 'done'],
  [/在办|没办完|正在办|还没办/, 'open'],
  [/签收/, 'signed'],
  [/答复|回复|响应/, 'answered'],
  [/全部|所有|总共|一共|总数/, 'all'],
];

/** The figure that the words name, or null. */
const figureIn = (text: string): FigureName | null =>
  WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Takes the words of every figure away: what is left is not about figures. */
const withoutFigures = (text: string): string =>
  WORDS.reduce((left, [pattern]) => left.replace(new RegExp(pattern, 'g'), ' '), text);

/** Asks for the cases behind a figure, not for how many there are. */
const asksForCases = (text: string): boolean =>
  /哪[几些一]|那[几些]|都?是哪|有哪|列(?:出|一下|个)|打开|点开|明细|逐件|看看?(?!板)|瞧|给我看|分别是/.test(
    text,
  );
