/** 具体查哪些, 钱谁出: what is done, by a verb that the row in focus has, and to what; and who pays for it. Nothing else is said. */
import { isTownshipUnit } from '../organizations/names.js';
import { about, LIKELY, type Asked } from './row-asked.js';
import type { Reading } from './reading.js';

const THINGS =
  /^(?:那么?|具体|到底|究竟|都|主要|一般|平时|平常|入户|上门|又|是|要|得|该|去|来|你看|[\s,\uff0c])*(?<verb>[\u4e00-\u9fff]{1,2}?)(?:的)?(?:是)?(?:哪些|哪几[样项个]|[些点]?(?:啥|什么))(?:东西|内容|地方|方面|项目|情况)?[呢啊呀来着的?\uff1f。]*$/;
/** What every row is full of, or what is asked of something else. */
const NO_VERB =
  /^(?:干|做|弄|搞|整|管|办|负责|有|在|说|讲|写|叫|要|是|带|拿|交|看|问|找|配合|协助|牵头|为|凭|按|依|怎|提|呼叫|提醒|还有?|另外|剩下?|少|缺|准备)$/;

/** Of the one part that has the verb, else of the whole row. */
export function onThingsDone({ ctx: { text }, entry }: Asked): Reading[] | null {
  const verb = THINGS.exec(text)?.groups?.['verb'] ?? '';
  if (verb === '' || NO_VERB.test(verb) || entry.row.guide) return null;
  const parts = [...entry.row.lead, ...entry.row.support].filter(({ duty }) => duty.includes(verb));
  const [part, ...more] = parts;
  if (!part) return null;
  const why = `what is done: “${verb}”`;
  if (more.length > 0) return about(entry, 'whole', LIKELY, why);
  return isTownshipUnit(part.unit)
    ? about(entry, 'township', LIKELY, why)
    : about(entry, 'unit', LIKELY, why, { unit: part.unit });
}

const WHO = '(?:谁|哪一?(?:个|家)?(?:局|单位|部门|口子)?)';
/** 钱谁出, 掏钱的是谁, 修的钱哪家筹. */
const PAYS = new RegExp(
  `^那?(?:[\\u4e00-\\u9fff]{0,6}的)?这?[个笔]?(?:到底|又)?(?:钱|费用|经费|资金|款)(?:又|都|该|是|归|由|到底)*${WHO}(?:来)?(?:出|掏|给|拨|付|承担|保障|筹)的?[呢啊?\uff1f]*$|^[那这又到底]*${WHO}(?:来)?(?:出|掏|拨|筹)(?:这|那)?(?:个|笔)?(?:钱|费用|经费|资金)的?[呢啊?\uff1f]*$|^[那这又到底]*(?:掏|出|拨)钱的(?:又|到底)?(?:是)?${WHO}[呢啊?\uff1f]*$`,
);
/** Raises or allots it; whoever spends or watches over it does not. */
const FUNDS =
  /(?:筹集|筹措|足额安排|安排|保障|列支|列入预算|核拨|拨付|预存)[^\uff0c。\uff1b、]{0,14}(?:资金|经费|补助|补偿|费用|补贴|费)/;
const FINANCE = /财政局$/;

export function onPayer({ ctx: { text }, entry }: Asked): Reading[] | null {
  if (entry.row.guide || !PAYS.test(text)) return null;
  const payers = [...entry.row.lead, ...entry.row.support].filter(({ duty }) => FUNDS.test(duty));
  const [one, ...more] = payers;
  const part = more.length === 0 ? one : payers.find(({ unit }) => FINANCE.test(unit));
  if (!part) return null;
  return isTownshipUnit(part.unit)
    ? about(entry, 'township', LIKELY, 'who pays for it')
    : about(entry, 'unit', LIKELY, 'who pays for it', { unit: part.unit });
}
