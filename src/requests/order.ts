/**
 * Whether the word of a move orders it, here and now: `签收吧`, `我们局签收了`, `这件退回,…`. What else such a word may stand in does
 * nothing: a question (有啥要签收的), a state (待签收, 没签的), a plan (先问下科里再签), a condition (材料齐了才签), a report (人家已经签了),
 * a denial (还没签). Each place of the word is judged by what stands right before and behind it in its clause. Pure.
 */
import type { Move } from './moves.js';

/** how: of how it is done · listed: of which cases are so. */
export type Unordered = 'asked' | 'how' | 'listed' | 'planned' | 'told' | 'denied';

const EXTENDS = '延期|延长|展期|宽限|推迟|延(?!误)';
const JOINS = '协办|配合|协助|支援';
const RULES = '裁定|裁决|裁(?=给|归|成)';
const ADMITS = '交办';
/** How a move is called, the longer words first. What else leads to it (收到, 5分) is judged alike. */
const VERBS: Partial<Record<Move, string>> = {
  sign: '签收|签字|签|接单|认领|受理|收到|收下|接(?=了|下|吧|$)',
  answer: '答复|回复|办结',
  return: '退回|退单|退件|打回|退(?!休|役|耕|林)',
  transfer: '转办|转派|转给|转交|转(?!账|学|院)',
  'add-support': JOINS,
  'ask-extension': EXTENDS,
  'grant-extension': EXTENDS,
  'refuse-extension': EXTENDS,
  pause: '暂停|停表|停(?![车水电产工业])',
  resume: '恢复|继续|接着办',
  urge: '催办|催单|催促|催|督办|督促|督查',
  'ask-ruling': RULES,
  rule: RULES,
  'correct-ruling': RULES,
  'withdraw-ruling': RULES,
  admit: ADMITS,
  'refuse-admission': ADMITS,
  rate: '评价|打分|评分|(?:打|给)(?=.{0,2}分)|评(?!估|论|委)',
  conclude: '办结|结案|销号|了结',
  'close-unsolved': '办结|结案|销号|了结',
  reopen: '重新办理?|重办|返工|重开',
  withdraw: '撤回|撤销|撤单|撤(?!离)',
};
/** 怎么还没来 presses by itself, whatever else is said of urging. */
const PRESSES = /(?:怎么|咋)还|还[没不](?![催督])|抓紧|赶紧|赶快|尽快|快点/;

const SELF = '(?:我|俺|咱|本)们?(?:[局镇乡]|单位|街道|这边|科)?|你们?|您';
/** What stands between what governs the word and the word. */
const BETWEEN = `(?:${SELF}|给|把|它|就|先|直接|都|也|去|来|正式|立即|马上|统一|一并|全部|再)`;
const before = (words: string, between = 3) => new RegExp(`(?:${words})${BETWEEN}{0,${String(between)}}$`);

const DENIES = before(
  '(?<!要|不得|差)不(?:是|该|能|会|让|必|用|想|准备|打算|急着)?|没(?:有)?(?:人|打算|想|说|准备|要|能|法|来得及)?|未(?:能)?|别(?!的|人)|甭|莫|忘(?:了|记)?|懒得|谁让',
);
const UNABLE = /^(?:收|回|办|复)?不(?:了|成|动|得|[签退转催撤评答回延暂接裁打办])/;
const STATE = /(?:待|未|等着)(?:我们?|俺们?|咱们?|本[局单镇乡]位?)?$/;
const NEEDED = /(?<![不必急])需$/;
const OF_IT = /^(?:收|回|办|复|价|单|分)?(?:了|过|完)?的(?!话|[,\uff0c:\uff1a])/;
const NOUN =
  /^(?:列表|清单|情况(?!如下|说明|[:\uff1a])|记录|名单|台账|率|状态|统计|次数|数量|完?(?:了)?(?:之|以)?[后前](?!来)|期间|里(?!面)|中(?=说|写|提|的))/;
const NOUN_OF_TIME = /^(?:时[限间]|人(?=$|是|[员有的])|单(?=$))/;
/** Whose time is what they change. */
const CHANGES_TIME: ReadonlySet<Move> = new Set([
  ...(['pause', 'resume', 'ask-extension', 'grant-extension', 'refuse-extension'] as const),
]);
const LATER = before(
  '等(?:一?会儿?|一?下)|待会儿?|一会儿?|过会儿?|晚点|晚些(?:时候)?|回头|稍后|改天|过[几两]天|明[天早晚]|后[天日]|今晚|下午|晚上|下周[一二三四五六日天]?|(?<!这|上|本)周[一二三四五六日天]|(?:下班|月底|天黑)(?:之?前)?|到时候?',
);
const AGAIN = before('再', 2);
const FIRST =
  /先(?!后)|等(?!了)|完(?!了|全)|[问看](?!了|过)|商量|请示|汇报|研究|不行|会儿|明[天早]|后天|下午|晚[上点些]/;
/** 再催一下 is once more, unless something comes before it. */
const FIRST_OF_ALL = /先(?!后)|等(?!了)|完(?!了|全)|会儿|明[天早]|后天|下午|晚[上点些]|请示|商量/;
const MINDED =
  /(?:准备|打算|考虑|琢磨|寻思|计划|想着)[^,\uff0c。]{0,6}$|(?<=[看问查办弄])完(?!了|全)[^了]{0,6}$/;
const ONLY_IF = before('(?<!刚)才(?:能|可以|会|好|行)?|方可|就可以');
const IN_CASE = /^(?:收|回|办|复|价|单)?(?:了|过)?的话/;
const THEIRS =
  /(?<![让叫请要催给跟找派帮替把])(?:人家|他们?|她们?|对方|别人|有人|同事|领导|[局镇乡]长|书记|镇里|系统[里上中]?)(?:那边|已经?|都|也|刚才?|昨天|早就|帮[着忙]|又|还|显示|里|上|来|给){0,4}$/;
const TOLD_ME = before(
  '(?:让|叫|喊|要|催|求|逼)(?:我|俺|咱)们?(?:赶紧|赶快|尽快)?|(?<!再|先)说(?:要|让|得|该|可以)?',
);
const LONG_AGO = /(?:昨[天晚]|前[天几]|上[次回周]|上个月|去年|早就|之前|以前)[^,\uff0c。]{0,8}$/;
const WAS = /^(?:收|回|办|复|价|单)?(?:了|过)/;
const EVER = /^(?:收|回|办|复|价|单)?过/;
const HOW = /(?:咋|怎么|如何|怎样)(?:个|样|去|来|才能){0,2}$/;
const HOW_BEHIND =
  /^(?:件|单)?(?:要|得|该|是)?(?:在|从|点|按|写|填|说|发){1,2}[^,\uff0c。]{0,3}(?:哪|啥|什么|咋|怎么|点$)/;
const QUESTION =
  '有啥|有什么|哪[些几个件家位]|几[件个]|谁|啥时候?|什么时候|何时|咋|怎么|如何|为啥|为什么|凭啥|[有是要该能用会][没不][有是要该能用会]|可不可以|多久|多少|啥|什么';
const QUESTIONS = new RegExp(QUESTION, 'g');
/** 谁家那件签收 names a case. */
const isAskedBefore = (left: string): boolean => {
  const last = [...left.matchAll(QUESTIONS)].at(-1);
  return last !== undefined && !/[那这][件个]/.test(left.slice(last.index));
};
const ASKED_BEHIND =
  /^(?:了|过|完)?(?:没(?:有)?|不|吗|么|嘛)[呀啊?\uff1f]*$|^(?:了|过|完)?(?:之后|以后)?[^,\uff0c。]{0,4}(?:啥|什么|谁|哪(?!怕)|咋|怎么|几[件个次点号分]|多少|多久)/;
/** 催他们咋还不来 urges; 催要写啥, 催了算谁的 ask. */
const ASKED_OF_URGING =
  /^(?:办|单)?(?:了|过)?(?:的|要|在|算|是|会|有|得|完|之后|以后)|^(?:办|单)?(?:了|过)?(?:没(?:有)?|不|吗|么)[呀啊?\uff1f]*$/;
const DUE_BEFORE = /该(?:我们?|他们?|去|来)?$/;
const DUE_BEHIND = /^(?:了)?(?:吧|吗|么|没)/;
const ABLE_BEFORE = /(?:能|可以|可|用|需要|要)(?:我们?|直接|自己|先)?$/;
const ABLE_BEHIND = /^(?:一?下)?(?:了)?(?:吗|么|不|没)[?\uff1f]?$/;
/** 催一下, 催催, 签一下: what follows is what is wanted, whatever it asks. */
const PLEADS = /^(?:一?下|一[次声遍回]|催)/;

/** Longer ones tell of a matter. */
const MAX_LENGTH = 200;
const CLAUSE_ENDS = /[,\uff0c。;\uff1b!\uff01?\uff1f:\uff1a\s]/;

type Place = { left: string; right: string; earlier: string; move: Move };

/** What of it one place of the word is; null where it orders. */
function kindAt({ left, right, earlier, move }: Place): Unordered | null {
  const isUrge = move === 'urge';
  const pleads = PLEADS.test(right);
  if (HOW.test(left) || (!pleads && HOW_BEHIND.test(right))) return 'how';
  if (!(isUrge && pleads) && isAskedBefore(left)) return 'asked';
  if (DUE_BEFORE.test(left) && DUE_BEHIND.test(right)) return 'asked';
  if (ABLE_BEFORE.test(left) && ABLE_BEHIND.test(right)) return 'asked';
  if (!pleads && (isUrge ? ASKED_OF_URGING : ASKED_BEHIND).test(right)) return 'asked';
  if (STATE.test(left) || OF_IT.test(right) || (NEEDED.test(left) && right === '')) return 'listed';
  if (NOUN.test(right) || (!CHANGES_TIME.has(move) && NOUN_OF_TIME.test(right))) return 'asked';
  if (DENIES.test(left) || UNABLE.test(right)) return 'denied';
  if (ONLY_IF.test(left) || IN_CASE.test(right)) return 'planned';
  if (LATER.test(left) || MINDED.test(left)) return 'planned';
  if (AGAIN.test(left) && (isUrge ? FIRST_OF_ALL : FIRST).test(isUrge && pleads ? left : `${earlier}${left}`))
    return 'planned';
  const isTold = THEIRS.test(left) || (TOLD_ME.test(left) && !(isUrge && pleads));
  if (isTold || EVER.test(right) || (LONG_AGO.test(left) && WAS.test(right))) return 'told';
  return null;
}

const SAID = Object.fromEntries(
  Object.entries(VERBS).map(([move, verbs]) => [move, new RegExp(verbs, 'g')]),
) as Partial<Record<Move, RegExp>>;

/** What the word of the move is, where no place of it orders; null where one does, or where there is none. */
export function unorderedAs(text: string, move: Move): Unordered | null {
  const said = SAID[move];
  if (said === undefined || text.length > MAX_LENGTH || (move === 'urge' && PRESSES.test(text))) return null;
  const kinds = [...text.matchAll(said)].map(({ 0: word, index }) => {
    const clauseAt = text.slice(0, index).split(CLAUSE_ENDS).at(-1) ?? '';
    const behind = text.slice(index + word.length).split(CLAUSE_ENDS)[0] ?? '';
    return kindAt({
      left: clauseAt,
      right: behind,
      earlier: text.slice(0, index - clauseAt.length),
      move,
    });
  });
  return kinds.every((it) => it !== null) ? (kinds[0] ?? null) : null;
}
/** Of any move. */
export const isUnordered = (text: string): Unordered | null =>
  MOVES_OF_WORDS.map((move) => unorderedAs(text, move)).find((it) => it !== null) ?? null;
const MOVES_OF_WORDS = Object.keys(VERBS) as Move[];
