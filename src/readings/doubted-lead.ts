/** `是不是消防主办来着`, `咋不是应急局牵头`, `隔壁说该公安批 对不对`: who is said or thought to lead the row in focus; asked, never a correction. */
import { isTownshipUnit } from '../organizations/names.js';
import { ownMatter } from './follow-up-words.js';
import { about, LIKELY, NO_MATTER, SURE, type Asked } from './row-asked.js';
import type { Reading } from './reading.js';
import { namedUnit, takesPart } from './units-of-row.js';

const MAX_LENGTH = 30;
/** Stands where the unit was named. */
const UNIT = 'U';
/** 也归他们: one of several, not whether it leads. 还是 asks which of two. */
const BESIDE_OTHERS = /[也都]|错|纠正|更正|还是|除了|配合|协办|协助|怎么分|咋分|到底|究竟/;
/** Leading alone, and what every unit of a row does in its part. */
const LEADS = '(?:牵头|主办|主责|主管|打头|领头|挑头|带头|为主|主抓|拿总)';
const DOES = '(?:管|负责|批|审批|审|办|查|罚|处理|出面|出头|承担|主持|说了算)';
const DONE_OR_LED = new RegExp(`${LEADS}|${DOES}`, 'g');
const ASKED = '(?:[吗么嘛不没吧]|来着|的吗|对不对|对[吗不]|是[吧不吗]|行不|呀|啊|呢)';

/** What speaks of leading: asked of a unit in whatever way. */
const OF_LEADING = new RegExp(
  `(?:是不是|是否|算不算|咋不是|怎么不是|咋没|不该是|难道|该是|该不是|不是)(?:该|由|归|让)?U[^U]{0,6}?${LEADS}|(?:是|由|归|让|该|应该)?U[^U]{0,8}?(?:是|算|不是|当)?${LEADS}(?:的)?(?:单位|部门|那家|一方)?${ASKED}`,
);
/** What speaks of doing: only where somebody doubts, remembers or was told it. */
const OF_DOING = new RegExp(
  `(?:是不是|咋不是|怎么不是|为(?:啥|什么)不是|难道不?是|不是)(?:该|应该|由|归|让)*U(?:${DOES}|$)`,
);
/** 我咋记着是U, 一直以为是U, 听说归U, 老王说应该U批. */
const THOUGHT =
  /(?:记着|记得|记的|以为|当是|当成|觉得|寻思|听说|印象(?:里|中)?|当作|认为|说|讲|估摸|琢磨)(?:的)?(?:这事|这个|这)?(?:就|都|一直)?(?:是|该|应该|得|归|由|找)*U/;
/** Told alone it may be a remark on the answer: it is asked here. */
const IS_ASKED =
  /[吗么嘛不吧][?\uff1f]?$|[?\uff1f]$|对不|对吗|准不准|是不|是吧|来着|咋|怎么|你(?:看|说|觉得)|记着|记得|以为|当是|听说|印象/;
/** Nothing of its own beside the frame. */
const AROUND =
  /(?:我|俺|咱|他|你)们?|一直|老是|从来|原来|之前|以前|本来|还|就|都|这个?(?:事|活|项)?|那|在?(?:里头|里面|这里头|其中|当中)|同志|隔壁|对门|老[\u4e00-\u9fff]|小[\u4e00-\u9fff]|[\u4e00-\u9fff]{1,2}(?:村|镇|乡|局)?的(?:人|同志|干部)|有人|人家|村里|镇里|上回|上次|开会|会上|你看|你说|觉得|记着|记得|以为|当是|当成|听说|印象|对不对|对吗|对不|准不准|来着|难道|是不是|咋|怎么|为啥|为什么/g;

/** Who was thought to lead; null for a message that asks something else. */
export function supposedLead(text: string, { entry, knowledge }: Asked): string | null {
  if (text.length > MAX_LENGTH || BESIDE_OTHERS.test(text)) return null;
  // 工商的同志说归应急: whoever says it stands before what is said.
  const said = /[说讲](?=是|该|应该|归|由|得|找)/.exec(text);
  const tail = said ? text.slice(said.index) : text;
  const named = namedUnit(tail, entry, knowledge.directory);
  if (!named || isTownshipUnit(named.unit)) return null;
  const framed = tail.replace(named.alias, UNIT).replace(/[\s,\uff0c。]/g, '');
  const isMeant =
    OF_LEADING.test(framed) || OF_DOING.test(framed) || (THOUGHT.test(framed) && IS_ASKED.test(framed));
  if (!isMeant) return null;
  const rest = framed.replace(UNIT, ' ').replace(AROUND, '').replace(DONE_OR_LED, '');
  return ownMatter(rest).length <= NO_MATTER ? named.unit : null;
}

/** The answer begins with yes or no and names who leads (lists/part-cards.ts). */
export function onDoubtedLead(asked: Asked): Reading[] | null {
  const { entry, knowledge, ctx } = asked;
  if (entry.row.guide || entry.list.kind === 'delegated') return null;
  const unit = supposedLead(ctx.text, asked);
  if (unit !== null && WHAT_THEN.test(ctx.text) && takesPart(entry, unit))
    return about(entry, 'unit', SURE, `what ${unit} does, as it does not lead`, { unit });
  if (unit !== null) return about(entry, 'lead', SURE, `whether ${unit} leads`, { unit });
  // 上了大路是不是归交警: in that case, what that unit has to do.
  const named = namedUnit(ctx.text, entry, knowledge.directory);
  if (!named || ctx.text.length > MAX_LENGTH || !takesPart(entry, named.unit)) return null;
  const isAsked = OF_A_CASE.test(ctx.text.replace(named.alias, UNIT));
  return isAsked ? about(entry, 'unit', LIKELY, `${named.unit} in that case`, { unit: named.unit }) : null;
}
/** 不是应急局牵头? 那它干啥的. */
const WHAT_THEN =
  /[\s,\uff0c?\uff1f](?:那|哦)*(?:它|他们?|人家)(?:是|到底|又|都|该|要|还)*(?:干|做|管|负责|弄|担|出)(?:些|点)?(?:啥|什么|哪)[^,\uff0c]{0,4}$/;
const OF_A_CASE =
  /^[^\s,\uff0c]{2,10}[\s,\uff0c]*(?:是不是|是否|该不该|要不要)(?:就|该|得|要)?(?:归|找|由|叫|报)U(?:管|来|处理|负责)?[了的呢啊]?[?\uff1f]?$/;
