/** Which part of the row in focus a message speaks of that names no unit; and a condition under which the question is asked again. */
import type { Decision } from '../lists/decide.js';
import type { IndexedRow } from '../lists/row-index.js';
import { isTownshipUnit } from '../organizations/names.js';
import { clauseBehind, conditionOf, ownMatter, TURNS_AWAY } from './follow-up-words.js';
import { nearestPart } from './part-of-row.js';
import type { Reading } from './reading.js';
import { about, ANSWERS_ITSELF, INTENT, LIKELY, NO_MATTER, SOME_MATTER, type Asked } from './row-asked.js';
import { saidIn } from './units-of-row.js';

/** From where on a side of the row is what is spoken of: with the frame of a condition, and without any. */
export const FRAMED = 0.2;
export const PLAIN = 0.6;
/** The same where the lists know nothing of it by itself. */
const UNKNOWN_ELSEWHERE = 0.4;
/** A few words that the lists answer less surely than this by themselves. */
const BARELY = 0.6;
const PLAIN_MAX = 22;
/** 占耕地那截谁查, 退费也归这家管不: of what is spoken of; 门牌号又归谁: set against it. */
const POINTS_AT_PART =
  /[那这][一]?[截块段份摊]|^[\u4e00-\u9fff]{2,8}(?:又|倒是)(?:该|得)?(?:归|由|是|找)(?:谁|哪)|(?:归|由|是|找)[这那][一个]?(?:家|局|单位|部门)/;
export const ASKING = new Set([
  ...['ask_responsibility', 'ask_policy', 'list_rows', 'off_topic', 'smalltalk', 'correct_answer'],
  ...['help', 'stats_report'],
]);
export const HAS_A_PURPOSE = 0.7;
/** 假如我真呼叫市监局 他们是不是得先签收: of what is done with requests. */
const OF_A_MOVE = /呼叫|签收|办结|退回|转办|请求|提醒/;
const ASKS_WHO = /(?:谁|哪一?[个家](?:局|部门|单位)?)[\u4e00-\u9fff]{0,3}[?\uff1f]?$/;
const ASKS = /谁|哪|啥|什么|咋|怎么|吗|(?:行|要|能|该|算|管)不|(.)不\1|[不么没]$/;

/** 都卖进超市了 那头归谁: what is pointed at is the part of the row that what was told before it is nearest to. */
export async function partPointedAt(asked: Asked): Promise<Reading[] | null> {
  const { ctx } = asked;
  const clause = clauseBehind(ctx.text);
  if (clause === null || !OF_THAT_PART.test(clause) || ownMatter(clause).length > NO_MATTER) return null;
  const text = ctx.text.slice(0, -clause.length).trim();
  return onNearestPart({ ...asked, ctx: { ...ctx, text } }, FRAMED);
}
const OF_THAT_PART = /^(?:那|这)(?:一)?(?:头|边|截|段|块|摊|份|部分|环节)/;

/** `要是国道上的呢`, `食堂那块谁查`: the side of the row that speaks of it, else the question again with the condition. */
export async function onPart(asked: Asked): Promise<Reading[] | null> {
  const { ctx, entry } = asked;
  // A guide divides no work.
  if (entry.row.guide) return null;
  const { text, match } = ctx;
  if (TURNS_AWAY.test(text)) return null;
  const condition = conditionOf(text);
  // What the examples take for a request or a reminder has a purpose of its own, unless it asks and they are not sure.
  const mayAsk = condition !== null || (ASKS.test(text) && ctx.session?.request === undefined);
  if (!ASKING.has(match.intent) && (!mayAsk || match.score >= HAS_A_PURPOSE)) return null;
  // 好嘞谢了, 得嘞: nothing is asked, however near it may lie to some part.
  if (match.intent === 'smalltalk' && match.score >= HAS_A_PURPOSE && !mayAsk) return null;
  if (OF_A_MOVE.test(text)) return null;
  const alone = await asked.alone();
  // 改了电的那几户 去年的补贴没落卡 钱归哪家拨: longer, and yet this row would be offered first.
  const isFirst = alone.kind === 'ask' && alone.offered[0]?.entry === entry && ASKS_WHO.test(text);
  if (!condition && text.length > PLAIN_MAX && !isFirst) return null;
  const other = alone.kind === 'answer' && alone.best.entry !== entry ? alone : null;
  if (other && (condition ? other.probability >= ANSWERS_ITSELF : !isBarely(other, text))) return null;
  if (alone.kind === 'answer' && !other && !condition) return null;
  const named = condition === null ? null : rowOfThing(condition, entry, alone);
  if (named) return about(named, 'whole', LIKELY, 'another thing, which this row does not speak of');
  // 有主就是不拴绳那种呢: another row has the very words.
  if (condition && alone.kind === 'ask' && namesAnother(condition, entry, alone)) return null;
  // 那平时巡坝值守呢: what was taken back leaves the rest to other rows, where the lists know it.
  const isKnown = alone.kind === 'ask' && !alone.offered.some((offered) => offered.entry === entry);
  if (condition && isKnown && entry.list.kind === 'reclaimed') return null;
  // A penalty item has no sides: the question is whether the other thing may be penalised too.
  if (entry.list.kind === 'delegated')
    return condition === null
      ? null
      : [
          {
            intent: INTENT,
            text: `${condition}能不能罚`,
            probability: LIKELY,
            why: 'another act, penalised too',
          },
        ];
  const plain = alone.kind === 'abstain' ? UNKNOWN_ELSEWHERE : PLAIN;
  const isFramed = (condition !== null && !other) || POINTS_AT_PART.test(text);
  const part = await onNearestPart(asked, isFramed || (other && !condition) ? FRAMED : plain);
  if (part) return part;
  if (!condition) return null;
  const question = `${ctx.session?.question ?? entry.row.matter} ${condition}`;
  const again = await asked.decide(question);
  if (again.kind === 'answer' && again.best.entry !== entry)
    return [{ intent: INTENT, text: question, probability: LIKELY, why: `the question again: ${question}` }];
  return again.kind === 'answer' && !other
    ? about(entry, 'whole', LIKELY, 'the condition changes nothing')
    : null;
}

/** 要是叫人挖走的是古树呢: the one row for it that is named after the thing, of which this one says nothing. */
function rowOfThing(condition: string, entry: IndexedRow, alone: Decision): IndexedRow | null {
  const thing = THING.exec(condition)?.groups?.['thing'];
  if (thing === undefined || saidIn(entry.row).includes(thing)) return null;
  const found = alone.kind === 'answer' ? [alone.best] : alone.kind === 'ask' ? alone.offered : [];
  const [row, ...more] = found.filter((it) => it.entry.row.matter.includes(thing));
  return row && more.length === 0 ? row.entry : null;
}
const THING = /(?:是|换成|换作|变成|当成)[个只棵条头座块台辆种]?(?<thing>[\u4e00-\u9fff]{2,6})$/;

/** 有证没证谁查: so few words that the lists answer without being sure may be about a part of what stands open. */
const isBarely = ({ probability }: Decision, text: string): boolean =>
  probability < BARELY && ownMatter(text).length < SOME_MATTER;

/** Whether a row that would be offered has three characters running of what was said, and this one has not. */
export function namesAnother(
  said: string,
  entry: IndexedRow,
  { offered }: Decision & { kind: 'ask' },
): boolean {
  const [best] = offered;
  const words = [...said].map((_, i) => said.slice(i, i + 3)).filter(({ length }) => length === 3);
  const own = saidIn(entry.row);
  return words.some((word) => best?.entry.row.matter.includes(word) && !own.includes(word));
}

/** The unit whose duty the message is nearest to, where that is likely enough. */
export async function onNearestPart(asked: Asked, atLeast: number): Promise<Reading[] | null> {
  const { text } = asked.ctx;
  const rows = { own: [asked.entry, ...asked.alike()], beside: asked.beside() };
  const found = await nearestPart(text, rows, asked, atLeast);
  if (!found) return null;
  const { of, unit, why } = found;
  // 卫健局担哪截: of a unit that is named, no other's part is an answer.
  const named = asked.knowledge.directory.mentions(text).filter((it) => !isTownshipUnit(it.unit));
  if (named.length > 0 && named.every((it) => it.unit !== unit)) return null;
  return isTownshipUnit(unit) ? about(of, 'township', LIKELY, why) : about(of, 'unit', LIKELY, why, { unit });
}
