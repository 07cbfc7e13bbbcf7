/** 具体查哪些, 都管护些啥: what is done, by a verb that the row in focus has, and to what. Nothing else is said. */
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
