/** An evaluation period by its words: how far it is, who gave what, an appeal against a score. */
import { SETS } from '../reminders/plain-words.js';
import type { Reader, Reading } from './reading.js';

/** Words of evaluation periods alone. */
const NAMED =
  /评价期|测评|民主评议|评价表|(?:差评|评分|打分|这个分|得分).{0,8}(?:申诉|异议|不公)|申诉.{0,8}(?:评分|打分|差评|分数)/;
/** Scores that townships give bodies, or bodies were given. */
const SCORED =
  /镇.{0,8}(?:给|对)(?:我们?|咱们?|俺们?|本).{0,8}(?:打|评)[了的过]?(?:多少|几)?分|(?:看看|查).{0,4}各镇.{0,10}(?:评分|打分)|负责人确认(?:评分|打分|评价)|(?:派驻机构|站所)(?:的)?(?:评价|打分|评分|考评)|评分.{0,4}申诉|申诉.{0,6}(?:处理|没定|几件|怎么提)/;
/** Such as are of one request or ask what somebody has to do. */
const OTHER = /qs-|归谁|谁负责|哪个单位|清单/;
/** Figures over requests in such a span. */
const FIGURES =
  /统计|(?:呼叫|请求|办件|办理|签收|答复|逾期|超时|退回|延期)(?:的)?(?:情况|率|数量?|了?(?:多少|几)|怎么样|咋样)|(?:几|多少)件/;
const PROBABILITY = 0.985;

const OF_FIGURES: Reading = {
  intent: 'stats_report',
  probability: PROBABILITY,
  why: 'figures of an evaluation period',
};

export const evaluationReader: Reader = {
  name: 'evaluation',
  read: ({ text, match, person }) =>
    match.via === 'example' &&
    person &&
    text.length <= 40 &&
    (NAMED.test(text) || SCORED.test(text)) &&
    !OTHER.test(text) &&
    // 周五提醒我交民主评议表 sets a reminder.
    !SETS.test(text)
      ? [
          FIGURES.test(text) && /(?:评价|测评|考评)期/.test(text)
            ? OF_FIGURES
            : { intent: 'unit_evaluation', probability: PROBABILITY, why: 'words of an evaluation period' },
        ]
      : [],
};
