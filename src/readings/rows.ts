/**
 * A message about the row that was answered last: one side of it, the same question under a condition, a correction, a
 * change of subject. A message that has a matter of its own is a question of its own.
 */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Directory } from '../organizations/directory.js';
import { coreName, isTownshipUnit } from '../organizations/names.js';
import { aspectOf, asksOfUnit, conditionOf, ownMatter, type Aspect } from './follow-up-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'ask_responsibility';

/** Surer than any classifier that a few words without a matter are about the row that stands open. */
const SURE = 0.97;
const LIKELY = 0.92;
/** What a colleague was answered is less surely what this person means. */
const AROUND = 0.91;
/**
 * Characters of a matter of its own: up to one it is about what stands open (井盖 are two); up to seven only when the lists
 * hardly know it by itself.
 */
const NO_MATTER = 1;
const OWN_MATTER = 8;
const HARDLY_KNOWN = 0.25;
/** A question that the lists answer this surely by itself needs nothing that was said before. */
const ANSWERS_ITSELF = 0.8;
/**
 * Cosine from which on a side of the row speaks of what was said, and how much nearer it must be than the next: with the
 * frame of a condition, and without any. Small talk is about 0.45 near to any side, nearly as near to all of them.
 */
const FRAMED = { near: 0.42, ahead: 0.02 };
const PLAIN = { near: 0.52, ahead: 0.05 };
const PLAIN_MAX = 16;
const ASKING = new Set([
  ...['ask_responsibility', 'ask_policy', 'list_rows', 'off_topic', 'smalltalk', 'correct_answer'],
  ...['help', 'stats_report'],
]);
const HAS_A_PURPOSE = 0.7;

export const rowReader: Reader = {
  name: 'row',
  async read(ctx, deps) {
    const own = await readFrom(ctx, deps);
    if (own.length > 0 || ctx.session?.focus || !ctx.around?.focus) return own;
    const found = await readFrom({ ...ctx, session: ctx.around }, deps);
    return found
      .filter(({ probability }) => probability >= SURE)
      .map((reading) => ({ ...reading, session: ctx.around ?? null, probability: AROUND }));
  },
};

async function readFrom(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { session, text } = ctx;
  const knowledge = deps.knowledge();
  const entry = session?.focus ? knowledge.index.get(session.focus) : null;
  const asker = askerOf(ctx.person, knowledge, deps.contacts);
  if (!entry || !knowledge.index.isVisible(entry, asker) || text === '') return [];
  const decide = (said: string) => decisionOn(said, ctx.match, knowledge, asker);
  let alone: Promise<Decision> | null = null;
  const asked: Asked = { ctx, entry, knowledge, decide, alone: () => (alone ??= decide(text)) };
  return (
    (await onUnit(asked)) ??
    (await onTownship(asked)) ??
    (await onAspect(asked)) ??
    (await onPart(asked)) ??
    []
  );
}

/** A message, and the row that it may be about. */
type Asked = {
  ctx: Context;
  entry: IndexedRow;
  knowledge: Knowledge;
  /** What the lists say to a text by itself. */
  decide: (text: string) => Promise<Decision>;
  /** The same of the message, looked for once. */
  alone: () => Promise<Decision>;
};

const about = (
  entry: IndexedRow,
  action: Aspect,
  probability: number,
  why: string,
  more: Record<string, string> = {},
): Reading[] => [
  {
    intent: INTENT,
    slots: { action, value: entry.ref, ...more },
    probability,
    why: `${action} of the row in focus: ${why}`,
  },
];

const OWN_UNIT = /(?:我们?|咱们?|俺们?|本)(?:局|单位|部门|大队|中心|公司|委|办(?=在|里|要|该|呢|管|负责))/;

/** Whether what is left of a message is no matter of its own, or none that the lists know by itself. */
async function isOf({ alone: decision }: Asked, rest: string): Promise<boolean> {
  if (rest.length <= NO_MATTER) return true;
  if (rest.length >= OWN_MATTER) return false;
  const alone = await decision();
  return alone.kind !== 'answer' && alone.probability < HARDLY_KNOWN;
}

/** `应急局呢`, `公安那头干啥`, `我们局担哪块`. */
async function onUnit(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { directory } = asked.knowledge;
  const { text, person } = asked.ctx;
  const own = person && !directory.townshipOf(person) && OWN_UNIT.test(text) ? person.organization : null;
  const named = namedUnit(text, entry, directory);
  const unit = named?.unit ?? own;
  if (!unit || isTownshipUnit(unit)) return null;
  const rest = text.replace(named?.alias ?? OWN_UNIT, ' ');
  if (!asksOfUnit(rest.trim()) || !(await isOf(asked, ownMatter(rest)))) return null;
  // A unit that the row does not name may begin a question of its own (公安局管什么).
  const isPart = [...entry.row.lead, ...entry.row.support].some((part) => part.unit === unit);
  return about(entry, 'unit', isPart ? SURE : LIKELY, unit, { unit });
}

/** Units of the row by what is left of their names: 住建, 公安, 消防. */
function namedUnit(
  text: string,
  entry: IndexedRow,
  directory: Directory,
): { unit: string; alias: string } | null {
  const [mention] = directory.mentions(text).filter(({ unit }) => !isTownshipUnit(unit));
  if (mention) return mention;
  const stems = [...entry.row.lead, ...entry.row.support]
    .filter(({ unit }) => !isTownshipUnit(unit))
    .flatMap(({ unit }) =>
      [coreName(unit), ...directory.aliasesOf(unit)].map((name) => ({ unit, alias: stemOf(name) })),
    )
    .filter(({ alias }) => alias.length >= 2 && text.includes(alias));
  return stems.sort((a, b) => b.alias.length - a.alias.length)[0] ?? null;
}

const stemOf = (name: string): string =>
  name
    .replace(/^[县市区旗]/, '')
    .replace(
      /(?:管理局|监督管理局|委员会|办公室|事业发展中心|服务中心|救援大队|大队|中心|分局|公司|局|委|办|站|所)$/,
      '',
    );

/** `石桥镇呢`: that township's own officer and part, never the asker's. */
async function onTownship(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { directory } = asked.knowledge;
  const { text } = asked.ctx;
  const mention = directory.mentions(text).find(({ unit }) => directory.townshipNamed(unit));
  if (!mention || !(await isOf(asked, ownMatter(text.replace(mention.alias, ' '))))) return null;
  return about(entry, 'township', SURE, mention.unit, { township: mention.unit });
}

/** A message that asks for one side. */
async function onAspect(asked: Asked): Promise<Reading[] | null> {
  const { text } = asked.ctx;
  const aspect = aspectOf(text);
  const rest = ownMatter(text);
  if (!aspect || !(await isOf(asked, rest))) return null;
  const { intent, score } = asked.ctx.match;
  if (rest.length > NO_MATTER && !ASKING.has(intent) && score >= HAS_A_PURPOSE) return null;
  return about(asked.entry, aspect, rest.length <= NO_MATTER ? SURE : LIKELY, `“${rest}” of its own`);
}

/** `要是国道上的呢`, `食堂那块谁查`: the side of the row that speaks of it, else the question again with the condition. */
async function onPart({ ctx, entry, knowledge, ...asked }: Asked): Promise<Reading[] | null> {
  const { text, match } = ctx;
  const condition = conditionOf(text);
  // What the examples take for a request or a reminder has a purpose of its own.
  if (!ASKING.has(match.intent) && (!condition || match.score >= HAS_A_PURPOSE)) return null;
  if (!condition && text.length > PLAIN_MAX) return null;
  const alone = await asked.alone();
  if (
    alone.kind === 'answer' &&
    (!condition || (alone.probability >= ANSWERS_ITSELF && alone.best.entry !== entry))
  )
    return null;
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
  const parts = [...entry.row.lead, ...entry.row.support];
  const near = await knowledge.nearness(
    condition ?? text,
    parts.map(({ unit, duty }) => `${unit}${duty}`),
  );
  const order = parts.map((_, i) => i).sort((a, b) => (near[b] ?? 0) - (near[a] ?? 0));
  const [best = -1, next = -1] = order;
  const part = parts[best];
  const least = condition ? FRAMED : PLAIN;
  if (part && (near[best] ?? 0) >= least.near && (near[best] ?? 0) - (near[next] ?? 0) >= least.ahead) {
    const why = `its part is ${near[best]?.toFixed(2)} near`;
    return isTownshipUnit(part.unit)
      ? about(entry, 'township', LIKELY, why)
      : about(entry, 'unit', LIKELY, why, { unit: part.unit });
  }
  if (!condition) return null;
  const question = `${ctx.session?.question ?? entry.row.matter} ${condition}`;
  const again = await asked.decide(question);
  if (again.kind === 'answer' && again.best.entry !== entry)
    return [{ intent: INTENT, text: question, probability: LIKELY, why: `the question again: ${question}` }];
  return again.kind === 'answer' ? about(entry, 'whole', LIKELY, 'the condition changes nothing') : null;
}
