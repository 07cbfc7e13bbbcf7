/** What is asked next of a list or of a count: who issued it, from when it holds, how many more another township has. Pure. */
import { isListing, LISTS, only, type Question } from './structured-question.js';

const POINTING = '^(?:那么?|这|它|上面|刚才|该|份|张|个|清单|单子|文件|文|[\\s,\uff0c])*';
const ISSUES = '(?:发|印发?|出|定|下|颁布?|公布|制定|批)';
/** 那个是编委发的还是政府发的, 从哪天算起, 文号呢. */
const OF_DOCUMENT = new RegExp(
  `${POINTING}(?:${[
    `(?:是|由|到底|又)*(?:县|市)?(?:编委|政府|编办|县委|人大|谁|哪一?(?:个|家)?(?:单位|部门|机关)?)(?:会|办)?(?:给)?${ISSUES}(?:文)?(?:的|出来的)?(?:还是[\\u4e00-\\u9fff]{2,8}?${ISSUES}?的)?`,
    '(?:是)?(?:从|自|打|在)?(?:哪|什么|啥|几)(?:一)?(?:天|日|月|时候|年|号)(?:开始|生效|施行|执行|实行|印发|发|启用|管用|起|算)+的?',
    '(?:是)?(?:啥|什么)(?:时间|时候)(?:生效|施行|执行|实行|印发|发|出|算起|起)(?:的|算)*',
    '(?:的)?(?:文号|发文字号|发文单位|发文机关|发文日期|生效日期|施行日期)(?:是|呢|多少|啥|什么|各|分别|给我?|发我?|报|念|说|一下)*',
  ].join('|')})[呢啊呀]?[?\uff1f。]?$`,
);

const asksOfDocument = (previous: Question, text: string): boolean =>
  (previous.ask === 'document' || isListing(previous)) &&
  Boolean(previous.kind ?? previous.batch ?? previous.document) &&
  OF_DOCUMENT.test(text);

const DIFFERENCE =
  /^(?:那|这|两个|两边|两家|俩|一共|总共|到底|中间|之间|[跟和][他她]们|[\s,\uff0c])*(?:相差|差着?|差了|多出?|少|多了|少了)(?:了|着)?(?:多少|几)(?:项|条|个|件)?(?:呢|啊|呀)?[?\uff1f。]?$/;
/** 差多少, after the same was counted of two townships. */
const asksDifference = (previous: Question, text: string): boolean =>
  previous.before !== undefined && DIFFERENCE.test(text);

/** Null for anything else, and where no list or count was spoken of. */
export function goesOn(previous: Question | null, text: string): Question | null {
  if (!previous) return null;
  if (asksOfDocument(previous, text)) return { ...only(previous, LISTS), ask: 'document' };
  return asksDifference(previous, text) ? { ...previous, ask: 'difference' } : null;
}
