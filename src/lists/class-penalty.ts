/** "云岭能罚卖纸人纸马的吗": whether an act may be penalised by a township, when only other classes were given the item. */
import type { Card } from '../core/card.js';
import type { IntentMatch } from '../core/types.js';
import { decisionOn } from './decision.js';
import type { Knowledge } from './knowledge.js';
import { duties, sourceOf, type Asker } from './row-parts.js';
import type { AskerScope, Candidate, IndexedRow } from './row-index.js';

export type ClassPenalty = {
  entry: IndexedRow;
  /** Whether the township's own class has the item. */
  isGiven: boolean;
  /** How near the words lie to it. */
  score: number;
};

/**
 * The penalty item that the words mean, looked for in the list of each class; null where none is sure. An item of another
 * class that the words mean better than any of the township's own is not given to it.
 */
export async function classPenalty(
  matter: string,
  township: string,
  {
    match,
    knowledge,
    asker,
  }: { match: Pick<IntentMatch, 'scores' | 'intent'>; knowledge: Knowledge; asker: Asker },
): Promise<ClassPenalty | null> {
  return nearestItem(township, knowledge, asker, {
    async bestIn(scope) {
      const decision = await decisionOn(`${matter}能不能罚`, match, knowledge, scope);
      const best =
        decision.kind === 'answer' ? decision.best : decision.kind === 'ask' ? decision.offered[0] : null;
      return best?.entry.list.kind === 'delegated' ? best : null;
    },
    isSame: (own, first) => own.entry.row.matter === first.entry.row.matter,
  });
}

/** Penalty items nearest to an act of a matter lie above this; below they are of other matters. */
const ITEM_OF_ACT = 0.75;
/** An item of another class that lies nearer by no more than this is no other item. */
const AS_NEAR = 0.05;

/**
 * The item that an act falls under, said of a matter that was spoken of: "没证还卖", of fireworks. The words of both are looked
 * for among the penalty items alone, class by class, for the act by itself is near to items of other matters.
 */
export async function actPenalty(
  said: string,
  township: string,
  knowledge: Knowledge,
  asker: Asker,
): Promise<ClassPenalty | null> {
  return nearestItem(township, knowledge, asker, {
    async bestIn(scope) {
      const [best] = await knowledge.search(`${said}能不能罚`, scope, 'penalties');
      return best && best.score >= ITEM_OF_ACT ? best : null;
    },
    isSame: (own, first) => first.score - own.score <= AS_NEAR,
  });
}

/** `bestIn`: the item of one class, or null; `isSame`: the township's own item is as good as the best of all. */
type Looking = {
  bestIn(scope: AskerScope): Promise<Candidate | null>;
  isSame(own: Candidate, first: Candidate): boolean;
};

/** Of the best items of each class the best, or the township's own where that is as good; null without a class or an item. */
async function nearestItem(
  township: string,
  knowledge: Knowledge,
  { county }: Asker,
  { bestIn, isSame }: Looking,
): Promise<ClassPenalty | null> {
  const own = knowledge.directory.townshipNamed(township)?.townshipClass;
  if (own === undefined) return null;
  const found: { best: Candidate; isGiven: boolean }[] = [];
  for (const townshipClass of classesOf(knowledge)) {
    const best = await bestIn({ county, townshipClass });
    if (best) found.push({ best, isGiven: townshipClass === own });
  }
  const [first] = found.sort((a, b) => b.best.score - a.best.score);
  if (!first) return null;
  const { score } = first.best;
  const ours = found.find(({ best, isGiven }) => isGiven && isSame(best, first.best))?.best.entry;
  // Two classes are given the same item under different numbers, and asked of it in different words.
  const given = ours ?? itemOf(first.best.entry.row.matter, knowledge, { county, townshipClass: own });
  return given ? { entry: given, isGiven: true, score } : { entry: first.best.entry, isGiven: false, score };
}

const itemOf = (matter: string, { index }: Knowledge, scope: AskerScope): IndexedRow | undefined =>
  index.entries.find(
    (entry) =>
      entry.list.kind === 'delegated' && entry.row.matter === matter && index.isVisible(entry, scope),
  );

/** Of townships, by the lists of penalty items that hold for them. */
const classesOf = ({ edition }: Knowledge): string[] => [
  ...new Set(
    edition.lists.flatMap(({ kind, scope }) => (kind === 'delegated' ? (scope.townshipClass ?? []) : [])),
  ),
];

export function notGivenCard(
  entry: IndexedRow,
  township: string,
  { directory }: Knowledge,
  asker: Asker,
): Card {
  const townshipClass = directory.townshipNamed(township)?.townshipClass ?? '';
  return {
    title: `${entry.row.matter}:${township}能否处罚`,
    blocks: [
      {
        kind: 'text',
        text: `不能。${township}属于“${townshipClass}”,适用的赋权清单中没有本项;本项只赋予“${entry.list.scope.townshipClass ?? ''}”类镇街。请劝阻、固定情况并上报,由原执法单位处罚。`,
      },
      ...entry.row.lead.map((part) => duties('原执法单位', part, asker)),
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: [],
  };
}
