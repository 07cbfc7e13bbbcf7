/**
 * A message about the row that was answered last: one side of it, the same question under a condition, a correction, a
 * change of subject. A message that has a matter of its own is a question of its own.
 */
import type { Context } from '../core/types.js';
import { askerOf, type Asker } from '../lists/answer.js';
import { decide, type Decision } from '../lists/decide.js';
import type { IndexedRow } from '../lists/row-index.js';
import { lookOf } from '../nlu/look.js';
import type { Directory } from '../organizations/directory.js';
import { coreName, isTownshipUnit } from '../organizations/names.js';
import { aspectOf, asksOfUnit, conditionOf, ownMatter, type Aspect } from './follow-up-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'ask_responsibility';

/** Surer than any classifier that a few words without a matter are about the row that stands open. */
const SURE = 0.97;
const LIKELY = 0.8;
/** Characters of a matter of its own from which on a message may be about something else. */
const OWN_MATTER = 4;
/** A question that the lists answer this surely by itself needs nothing that was said before. */
const ANSWERS_ITSELF = 0.8;
/** Cosine from which on a side of the row speaks of a condition; a side of another matter is about 0.35 near. */
const SPEAKS_OF = 0.42;
const CLEARLY = 0.02;

export const rowReader: Reader = {
  name: 'row',
  async read(ctx, deps) {
    const { session, text } = ctx;
    const knowledge = deps.knowledge();
    const entry = session?.focus ? knowledge.index.get(session.focus) : null;
    const asker = askerOf(ctx.person, knowledge, deps.contacts);
    if (!entry || !knowledge.index.isVisible(entry, asker) || text === '') return [];
    return (
      onUnit(ctx, entry, knowledge.directory) ??
      onTownship(ctx, entry, knowledge.directory) ??
      onAspect(text, entry) ??
      (await onCondition(ctx, deps, entry, asker)) ??
      []
    );
  },
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

/** `应急局呢`, `公安那头干啥`, `我们局担哪块`. */
function onUnit({ text, person }: Context, entry: IndexedRow, directory: Directory): Reading[] | null {
  const own = person && !directory.townshipOf(person) && OWN_UNIT.test(text) ? person.organization : null;
  const named = namedUnit(text, entry, directory);
  const unit = named?.unit ?? own;
  if (!unit || isTownshipUnit(unit)) return null;
  const rest = ownMatter(text.replace(named?.alias ?? OWN_UNIT, ' '));
  const asks = asksOfUnit(text.replace(named?.alias ?? OWN_UNIT, ''));
  if (!asks || rest.length >= OWN_MATTER) return null;
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
function onTownship({ text }: Context, entry: IndexedRow, directory: Directory): Reading[] | null {
  const isTownship = (unit: string) =>
    directory.organizations.some((o) => o.name === unit && o.kind === 'township');
  const mention = directory.mentions(text).find(({ unit }) => isTownship(unit));
  if (!mention) return null;
  const rest = ownMatter(text.replace(mention.alias, ' '));
  if (rest.length >= OWN_MATTER) return null;
  return about(entry, 'township', SURE, mention.unit, { township: mention.unit });
}

/** A message that asks for one side and has no matter of its own. */
function onAspect(text: string, entry: IndexedRow): Reading[] | null {
  const aspect = aspectOf(text);
  if (!aspect) return null;
  const rest = ownMatter(text).length;
  if (rest >= OWN_MATTER) return null;
  return about(entry, aspect, rest <= 1 ? SURE : LIKELY, `${rest} characters of its own`);
}

/** `要是国道上的呢`: a side of the row that speaks of it, else the question again with the condition. */
async function onCondition(
  ctx: Context,
  deps: ReadingDeps,
  entry: IndexedRow,
  asker: Asker,
): Promise<Reading[] | null> {
  const condition = conditionOf(ctx.text);
  if (!condition) return null;
  const knowledge = deps.knowledge();
  const alone = await decisionOn(ctx, deps, ctx.text, asker);
  if (alone.kind === 'answer' && alone.probability >= ANSWERS_ITSELF && alone.best.entry !== entry)
    return null;
  const parts = [...entry.row.lead, ...entry.row.support];
  const near = await knowledge.nearness(
    condition,
    parts.map(({ unit, duty }) => `${unit}${duty}`),
  );
  const order = parts.map((_, i) => i).sort((a, b) => (near[b] ?? 0) - (near[a] ?? 0));
  const [best = -1, next = -1] = order;
  const part = parts[best];
  if (part && (near[best] ?? 0) >= SPEAKS_OF && (near[best] ?? 0) - (near[next] ?? 0) >= CLEARLY)
    return about(entry, 'unit', LIKELY, `its part is ${near[best]?.toFixed(2)} near to the condition`, {
      unit: part.unit,
    });
  const question = `${condition},${ctx.session?.question ?? entry.row.matter}`;
  const again = await decisionOn(ctx, deps, question, asker);
  if (again.kind === 'answer' && again.best.entry !== entry)
    return [{ intent: INTENT, text: question, probability: LIKELY, why: `the question again: ${question}` }];
  return about(entry, 'whole', LIKELY, 'the condition changes nothing', { condition });
}

async function decisionOn(ctx: Context, deps: ReadingDeps, text: string, asker: Asker): Promise<Decision> {
  const { index, calibration, search } = deps.knowledge();
  return decide(await search(text, asker), index, calibration, lookOf(ctx.match), text.length);
}
