/**
 * 写材料要用 那三批的文号各是啥, 完了以后我镇上管安全的是谁: what leads up to a structured question says nothing of it, and
 * the grammar, which must explain every word, would refuse the whole.
 */
import { parseStructured } from '../lists/structured-ask.js';
import type { Parsed } from '../lists/structured-parse.js';
import type { Ask } from '../lists/structured-question.js';
import { isQuestion } from '../requests/move-words.js';
import type { Reader } from './reading.js';

/** Above what examples say of the whole, below what a reader found in all of it. */
const LIKELY = 0.925;
const SURELY = 0.965;
const MAX_LENGTH = 60;
const CLAUSE_MIN = 4;
const ENDS = /[,\uff0c。.;\uff1b!\uff01?\uff1f\s]+/;
/** 完了以后, 我想问一下: leads over to it. */
const LEADS_OVER =
  /^(?:完了|以后|之后|然后|另外|还有|对了|顺便|顺带|其实|就是|只是|那么?|再|我(?:就|只|其实)?(?:是)?(?:想|要)?(?:问|确认|核对|了解)(?:一下|问|下|个事)?|(?:想|来|要)?问(?:一下|问|下|你|个事儿?|句)|请问|请教(?:一下)?|帮我?(?:看看|查查|查一下|看一下))+/;
/** Who somebody is, who holds a post: such a question stands by itself, whatever was told before it. */
const OF_PEOPLE: ReadonlySet<Ask | undefined> = new Set<Ask>([
  ...(['staff', 'person', 'post', 'phone', 'village', 'carrier'] as const),
  ...(['class', 'townships', 'document', 'row'] as const),
]);
/** 有人打架 派出所谁管 asks of the matter, and of no post. */
const OF_MATTER = /[管查办](?!公)|处理|负责|解决|出面|牵头|接手|去(?:看|弄|修)/;
/** What is done, and by whom it is asked to be done, is for others to read. */
const ACTS =
  /提醒|[叫喊](?:我|俺)(?:自己|自个)|呼叫|请求|上报|报给|提交|通知|转告|告诉|签收|退回|催|改成|取消|qs-|tx-/;
/** 写材料要用, 一早就来问你: why it is asked, and no matter. Rows are counted of the clause alone behind nothing else. */
const COURTESY =
  /两码事|材料|总结|台账|汇报|报告|迎检|[换岔]个?一?(?:个?事|句|话题)|题外话|说正事|顺[便带嘴]|一早|一大早|大清早|早上|今天|刚才?|正|在|忙|加班|就|又|再|还|来|问|请教|打扰|麻烦|不好意思|你|您|我|咱|们|领导|书记|局长|镇长|让|叫|要|想|用|写|填|做|报|查|看|帮|给|个|一?下|事儿?|表|数据?|急|哎|唉|哈|了|的|着|会上|那|[,\uff0c\s]/g;

export const lastClauseReader: Reader = {
  name: 'last clause',
  read({ text, person, session, around, match }, { knowledge }) {
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH || ACTS.test(text)) return [];
    const clauses = text.split(ENDS).filter(Boolean);
    const said = clauses.at(-1) ?? '';
    const clause = said.replace(LEADS_OVER, '');
    const before = clauses.slice(0, -1).join(' ');
    if (clause.length < CLAUSE_MIN || (before === '' && clause === said)) return [];
    const parsed = parseStructured({ text: clause, person, session, around }, knowledge());
    if (!parsed || !standsAlone(parsed, clause)) return [];
    const isBare = before.replace(COURTESY, '') === '';
    const { ask } = parsed.question;
    if (!OF_PEOPLE.has(ask) && !(isBare && parsed.loose === '')) return [];
    return [
      {
        ...{ intent: 'list_rows', slots: {}, text: clause, raw: clause },
        probability: isBare || isQuestion(clause) ? SURELY : LIKELY,
        why: `a structured question (${ask ?? 'rows'}) behind “${before}”`,
      },
    ];
  },
};

function standsAlone({ question, rest, loose, isGuess, isRefinement }: Parsed, clause: string): boolean {
  if (rest !== '' || loose !== '' || isGuess || isRefinement) return false;
  const isOfOffice = question.ask === 'staff' || question.ask === 'post';
  return !(isOfOffice && !question.title && OF_MATTER.test(clause));
}
