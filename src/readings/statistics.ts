/** Statistics by their words: a span with whose cases and how they went, and what goes on from statistics just shown. */
import { toLocal } from '../calendar/local.js';
import type { Context } from '../core/types.js';
import { readStatisticsAsk, type StatisticsAsk } from '../nlu/statistics-ask.js';
import { teamsOf } from '../organizations/recipients.js';
import type { Reader, Reading } from './reading.js';

const INTENT = 'stats_report';
/** Every word is explained, and the statistics stand above it. */
const FOLLOWS = 0.998;
const NAMED = 0.99;
const FOLLOW_UP_LENGTH = 24;
const LENGTH = 60;

/** How cases went, or how many there were. */
const WENT =
  /办[得的](?!谁)|办了|办结|办成|逾期|超期|超时|退[单回件]|差评|满意|接了|报了|提了|发了|表现|成绩|签收|答复|率|多少[件单个起]|几[件单起]|情况/;
const COUNTS = /多少|几[件单次起个张]|哪[几些]|率|占比|比例|平均|中位/;
/** One request is spoken of, not all of a span (这个月). */
const OF_ONE =
  /[这那][个件单条桩](?!月|季|年|半年|(?:星期|礼拜|周).*(?:件|单|呼叫|请求|率))|qs|\d{4,8}号|到哪|修好|来人|派人/;
/** A move that is asked for, not what was done of it. */
const ACT =
  /^(?:请|麻烦|帮我?|再|先)?(?:催|签收|退回|撤回|撤销|答复|回复|转办|转给|延期|申请|评价|办结|暂停)(?!的|了|过|率|情况|多少|几|时|用|有|统计)/;
/** Somebody is to be told or reminded of it: "12月1号提醒签收县里下的文件". */
const ORDERED = /(?:提醒|通知)(?!了|过|率|次数)|别忘|记得|叫[我上他大]/;
/** Of a figure alone: something is asked about it. */
const ASKS = /的|呢|率|多少|几|哪|看|列|明细|[?\uff1f]/;
/** 都是哪几件, 列一下: of what was counted a moment ago. */
const LISTED =
  /^(?:那|都|具体|分别|到底|就|先|给我|帮我){0,3}(?:(?:都|分别)?(?:是|有)?(?:哪|那)(?:几[件个单]|些)(?:事|请求|呼叫|单子)?|(?:都)?是(?:啥|什么)(?:事|内容)|(?:逐件)?列(?:一下|出来|一列|个单子|个清单)|(?:看看?|要)?(?:一下)?明细)(?:吧|呢|啊|看看)?[?\uff1f。]?$/;

export const statisticsReader: Reader = {
  name: 'statistics',
  read(ctx, { knowledge }) {
    const { text, person, match } = ctx;
    if (match.via !== 'example' || !person || text.length > LENGTH || ACT.test(text)) return [];
    const { directory } = knowledge();
    const teams = teamsOf(directory).map(({ name }) => name);
    const ask = readStatisticsAsk(text, toLocal(ctx.now).date, { mentions: directory.mentions, teams });
    return followUp(ctx, ask) ?? named(ctx, ask);
  },
};

function followUp({ text, session }: Context, ask: StatisticsAsk): Reading[] | null {
  const { statistics, updatedAt } = session ?? {};
  if (!statistics || statistics.at !== updatedAt || text.length > FOLLOW_UP_LENGTH || OF_ONE.test(text))
    return null;
  if (LISTED.test(text)) {
    const slots = { base: statistics.shown, list: 'yes', figure: statistics.figure ?? 'all' };
    return [{ intent: INTENT, slots, probability: FOLLOWS, why: 'the cases behind the figure shown last' }];
  }
  if (ask.rest > 1) return null;
  const { period, unit, isOwn, isCounty, figure, isFile, isOfUnits } = ask;
  const isOfFigure = figure !== null && ASKS.test(text);
  const isOther = period !== null || unit !== undefined || isOwn || isCounty || isFile || isOfUnits;
  if (!isOfFigure && !isOther) return null;
  const slots = { base: statistics.shown, ...(isOfFigure && { list: 'yes' }) };
  return [{ intent: INTENT, slots, probability: FOLLOWS, why: 'goes on from the statistics shown last' }];
}

function named({ text, match }: Context, ask: StatisticsAsk): Reading[] {
  if (ask.period === null || OF_ONE.test(text)) return [];
  if (ORDERED.test(text) && !COUNTS.test(text)) return [];
  const isOfWhom = ask.unit !== undefined || ask.isOwn || ask.isCounty || ask.isOfUnits;
  const isOfAll = isOfWhom && WENT.test(text) && ask.rest <= 2;
  if (!isOfAll && !(ask.figure !== null && COUNTS.test(text) && ask.rest <= 1)) return [];
  return [{ intent: INTENT, probability: Math.max(NAMED, match.score), why: 'how the cases of a span went' }];
}
