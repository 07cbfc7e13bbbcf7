/**
 * What is asked of the rules and of no case: who may do a move (裁定这个权是哪家的, 延期是谁来批, 我替他们签收中不中), and what terms mean
 * beside each other (转办跟退回有啥不一样). Pure.
 */
import { isQuestion } from './move-words.js';
import type { Move } from './moves.js';
import { situationAsked, type Situation } from './situations-asked.js';

/** `watch`: what 督办 alone does and no move of a caller is: merging, splitting, 督办 itself. */
export type Ruled = Move | 'watch' | 'confer';
export type RuleQuestion =
  | { kind: 'who-may'; of: Ruled }
  | { kind: 'terms'; of: readonly Ruled[] }
  | { kind: 'starts' }
  | { kind: 'late'; of: 'answer' | 'rate' }
  | { kind: 'situation'; of: Situation };

/** How people call what may be done; the first that fits. */
const CALLED: readonly (readonly [Ruled, string])[] = [
  ['rule', '裁定|裁决'],
  ['sign', '签收|签字|接单'],
  ['answer', '答复|回复'],
  ['return', '退回|退件|退单|退(?![休役耕租钱款费])'],
  ['transfer', '转办|转派|转出去'],
  ['grant-extension', '(?:同意|批准?|准)延期|延期申请|延期'],
  ['pause', '暂停(?:计时)?|停表'],
  ['withdraw', '撤回|撤销|撤单'],
  ['rate', '评价|打分|评分|打星|评星'],
  ['close-unsolved', '未解决结案'],
  ['conclude', '办结|结案|销号'],
  ['reopen', '重新办理?|重办|返工'],
  ['add-support', '请求协办|协办|加协办'],
  ['approve', '同意上报|审批上报'],
  ['confer', '会商'],
  ['watch', '督办|拆分|拆单|合并|并案'],
  ['urge', '催办|催促|催单|催'],
];
const TERM = new RegExp(CALLED.map(([, words]) => words).join('|'), 'g');
const WHOLE_TERM = CALLED.map(([ruled, words]) => [ruled, new RegExp(`^(?:${words})$`)] as const);
const termOf = (said: string): Ruled | null => WHOLE_TERM.find(([, words]) => words.test(said))?.[0] ?? null;
const termsIn = (text: string): Ruled[] => [
  ...new Set([...text.matchAll(TERM)].flatMap(([said]) => termOf(said) ?? [])),
];

const WHO =
  '谁家?|哪一?[家个](?:单位|部门|局|人|领导|层级)?|哪[里儿]|(?:啥|什么|哪些)(?:样的)?(?:人|单位|部门|级别|领导)';
const SAYS_WHO = new RegExp(WHO);
/** What makes of it a question of right, not of what somebody did. */
const RIGHT =
  /权|能|可以|同意|经过|有资格|说了算|批|准|(?:由|归|该|得|要)(?:谁|哪)|谁(?:来|去|给)?(?:定|管|打|评|裁|办结|结案)|(?:谁|哪[家个])(?:单位|部门|局)?(?:来|负责)/;
const PARTS = new RegExp(
  [
    '(?:事情?|件|单子|活儿?|人家|他们)?(?:办|答复?|处理|弄)(?:完|结|好)(?:了|以后|之后|后)*',
    TERM.source,
    WHO,
    '权[限力利]?|资格|能|可以|可|才|有|没有?|来|去|说了算|[批准定管办做点提发评裁打]|审批|同意|由|归|是|在|得|要|须|该|应该|应当|给|负责|手[里上]|一般|按规定|规定|到底|究竟|请问|问一?[下问]',
    '他们|人家|对方|经过|先|[这那](?:个|种|项|事)?|这个|请求|单子|呼叫|事儿?|活儿?|个|件|一下|下|申请',
    '的话',
    '[的了呢啊呀嘛吧吗么哦噢啦哩嘞,\uff0c。?\uff1f!\uff01\\s]',
  ].join('|'),
  'g',
);
/** 水利局是谁签的, 谁催过了: what was done. */
const WAS_DONE =
  /(?:签|答|退|转|催|评|裁|批|撤|办|结|打)(?:收|复|回|办|价|定|准|分)?(?:了|过)|(?:签收?|答复?|退回?|转办?|批准?|裁定)的$/;
const FOR_THEM = new RegExp(
  `(?:替|代(?!办)|帮)(?:着)?(?:他们?|她们?|人家|你们?|对方|[\\u4e00-\\u9fff]{2,8}?[局镇乡委办])?(?:去|来|直接|先)?(?<move>${TERM.source})[^,\\uff0c。]{0,3}(?:中不中|行不行|成不成|行[吗么]|可以(?:吗|么|不)|可不可以|能不能|得不得|要得不|合不合适|算不算数)|(?:能不能|可不可以|可以|能)(?:替|代(?!办)|帮)(?:着)?(?:他们?|人家|对方|[\\u4e00-\\u9fff]{2,8}?[局镇乡委办])?(?:去|来|直接|先)?(?<other>${TERM.source})(?:一下)?(?:吗|么|不)[?\\uff1f]?$`,
);
/** 他们要是不签收会咋样, 超时了咋办, 不评价会咋样: what follows where nothing is done. */
const LATE =
  /^(?:他们?|人家|对方|局里|单位|那|到(?:了)?(?:期|点|时间|日子)(?:了)?|时限(?:都)?(?:到|过)了|要是|如果|万一|假如|一直|总|老|就|都|[,\uff0c\s]){0,6}(?:(?:不|没人?|未)(?:去|来|按时|及时)?(?:签收?|接|答复?|回复?|回话?|理|办|吭声|吱声|管|动静|反应|回音|消息|动|(?<rate>评价?|打分))|超时|超期|逾期|到期(?:没|不)[^,\uff0c。\s]{0,3}|过(?:了)?(?:点|期|时限)(?:了)?(?:还?没?(?:签|答|回)?))(?:收|复|办|话|的话|了|以后|之后|[,\uff0c\s]){0,3}(?:会|要|能|该|又|将)?(?:有)?(?:个)?(?:咋样|怎么样|怎样|咋办|怎么办|咋处理|怎么处理|(?:啥|什么)(?:后果|结果|说法)|咋整|如何)(?:呢|啊|呀)?[?\uff1f]?$/;
/** 多久不评就自动结了. */
const UNRATED =
  /^[^,\uff0c。\s]{0,4}(?:多久|几天|多长时间|好久)(?:之?内)?(?:不|没(?:人)?)(?:评价?|打分)[^,\uff0c。\s]{0,8}$/;
/** 别人能不能帮我撤回, 县长能不能直接裁定, 派出所能打分吗: somebody else's right. */
const SOMEBODY =
  '别人|别的人|其他人|旁人|同事|县长|县领导|书记|镇长|乡长|局长|所长|主任|领导|派出所|中队|村里|村干部|镇里|乡里';
const CAN = new RegExp(
  `(?:${SOMEBODY})(?:们)?(?:自己)?(?:能不能|可不可以|能|可以|有没有权|有权)(?:直接|自己|帮|替|给|去|来|[我咱俺]们?)*(?<move>${TERM.source})(?:一下)?(?:不|吗|么|没)?[?\uff1f]?$|(?:是不是|是否)(?:只有|只能|就)[^,\uff0c。\\s]{1,4}(?:能|可以|来)`,
);
/** 退回要不要理由, 延期能延几次, 签收了还能退回不: how a term goes. */
const HOW_GOES =
  /几[次回]|(?:最多|顶多|最长|能|可以)[^,\uff0c。\s]{0,4}?(?:几|多少)(?:天|个?工作日)|要不要(?:写)?理由|(?:写|讲|说)?理由|还能|还可以|算不算|算(?:是)?办结|哪个先|先后|一个意思/;
const TERMS_ASKED =
  /一个意思|哪个先|不一样|区别|不同|差别|两样|两回事|怎么选|咋选|有啥讲究|(?:啥|什么)意思|一回事[吗么不]/;
const BESIDE = /跟|和|与|同|、|还是|[比跟]/;
const STARTS = /(?:时间|时限|期限|天数|日子)/;
const LEAST = 2;

const MAX_LENGTH = 30;

/** 两家都推那种最后谁说了算: who decides where each says that it is the other's. */
const PASSED_ON = /推|踢|扯皮|不认|不接|不管|互相|都说不/;
const ENDS_WHERE =
  /谁(?:来)?(?:说了算|拍板|定|裁)|(?:归|由|找|听)谁(?:定|管|裁|拍板|的)?|(?:咋|怎么)(?:办|弄|定|整|处理)/;
const OF_PASSING =
  /[两几三]家|[两几三]个?(?:单位|部门|局|家)|部门|单位|之间|都说|不是自己的|不归(?:自己|他们)|推来推去|踢来踢去|踢皮球|扯皮|互相|来回|都|推(?:诿|脱|责|托)?|踢|不(?:认|接|管)|[这那](?:种|样|个)(?:事儿?|情况|的)?|谁(?:来)?(?:说了算|拍板|定|裁)|(?:归|由|找|听)谁(?:定|管|裁|拍板)?|(?:咋|怎么)(?:办|弄|定|整|处理)|事(?:情|儿)?|最后|最终|到底|那|要是|如果|碰到|遇到|的话|[的了呢啊呀嘛吧,\uff0c。?\uff1f\s]/g;
/** 等材料的时候表停不停, 补资料那几天算不算时间. */
const CLOCK_WAITS =
  /^(?:请问|那|他们)?(?:等补?|补)(?:充|交)?(?:材料|资料|手续)(?:的?(?:时候|期间|[这那]几天|[这那]段时间?))?(?:里|,)?(?:表|钟|时间|时限|计时|天数)?(?:是|会|还|也)?(?:停不停|走不走|算不算|停[吗么不]|走[吗么不]|算[吗么不])(?:表|时间|进去|在内)?[呢啊呀?\uff1f]?$/;

export function ruleAsked(text: string): RuleQuestion | null {
  if (text.length > MAX_LENGTH) return null;
  if (PASSED_ON.test(text) && ENDS_WHERE.test(text) && text.replace(OF_PASSING, '') === '')
    return { kind: 'who-may', of: 'rule' };
  const situation = situationAsked(text);
  if (situation) return { kind: 'situation', of: situation };
  if (CLOCK_WAITS.test(text)) return { kind: 'terms', of: ['pause'] };
  const terms = termsIn(text);
  if (terms.length >= LEAST && TERMS_ASKED.test(text) && BESIDE.test(text))
    return { kind: 'terms', of: terms };
  const groups = FOR_THEM.exec(text)?.groups;
  const forThem = termOf(groups?.['move'] ?? groups?.['other'] ?? '');
  if (forThem) return { kind: 'who-may', of: forThem };
  if (UNRATED.test(text)) return { kind: 'late', of: 'rate' };
  const late = LATE.exec(text);
  if (late) return { kind: 'late', of: late.groups?.['rate'] === undefined ? 'answer' : 'rate' };
  const [of, other] = terms;
  if (of && of !== 'urge' && CAN.test(text)) return { kind: 'who-may', of };
  if (of && of !== 'urge' && HOW_GOES.test(text) && isQuestion(text) && onlyTerms(text))
    return { kind: 'terms', of: terms };
  const isWho = SAYS_WHO.test(text) && RIGHT.test(text) && !WAS_DONE.test(text);
  if (of && !other && isWho && text.replace(PARTS, '') === '') return { kind: 'who-may', of };
  if (of === 'sign' && STARTS.test(text) && /从/.test(text) && /算|起|计/.test(text))
    return { kind: 'starts' };
  return null;
}

/** Nothing but the term and what is asked of it. */
const onlyTerms = (text: string): boolean =>
  text.replace(HOW_WORDS, '').replace(PARTS, '') === '' &&
  !WAS_DONE.test(text.replace(/(?:了|过)(?=还)/, ''));
const HOW_WORDS =
  /(?:几|多少)(?:天|个?工作日)|顶多|最长|部门|单位|局里|几[次回]|要不要|用不用|(?:写|讲|说)?理由|还能|还可以|算不算|哪个先|再(?:报|提|办)?|最多|(?:延|转|退|催|停)(?=几)|不|多少/g;
