/** "能罚吗": what the delegated lists say about the matter of a row. */
import type { Block, Card } from '../core/card.js';
import { PERHAPS_RELATED_PENALTY, RELATED_PENALTY } from './decide.js';
import { duties, leadLabel, sourceOf, type Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import { rowsNear, type NearRow } from './near-rows.js';
import type { IndexedRow } from './row-index.js';

/**
 * Penalty items nearest to a row, best first, each with its similarity. One that rests on an article of the row (《城乡规划法》
 * 第六十四条) is of its matter however it is worded.
 */
function nearestPenalties(entry: IndexedRow, knowledge: Knowledge, asker: Asker): NearRow[] {
  const near = rowsNear(entry, knowledge, asker, ({ list }) => list.kind === 'delegated');
  if (entry.list.kind === 'delegated') return [{ other: entry, similarity: 1 }, ...near];
  const articles = entry.row.basis.filter((it) => ARTICLE.test(it));
  const ofArticle = ({ other, similarity }: NearRow) =>
    similarity >= PERHAPS_RELATED_PENALTY && other.row.basis.some((it) => articles.includes(it));
  const sharing = near
    .filter(ofArticle)
    .map((it) => ({ ...it, similarity: Math.max(it.similarity, RELATED_PENALTY) }));
  return [...sharing, ...near.filter((it) => !ofArticle(it))];
}
const ARTICLE = /》第.+条/;

const ALSO_SHOWN = 2;
/** One law forbids several acts of one matter: to fell a tree, and to take the green. */
const lawsOf = ({ row }: IndexedRow): string[] =>
  row.basis.flatMap((it) => (it.startsWith('《') ? [it.slice(0, it.indexOf('》'))] : []));

/** Other items near to the matter: which of them an act falls under only who saw it can tell. */
function alsoRelated(nearest: readonly NearRow[], penalty: IndexedRow): Block[] {
  const laws = lawsOf(penalty);
  const isNear = ({ other, similarity }: NearRow) =>
    similarity >= RELATED_PENALTY ||
    (similarity >= PERHAPS_RELATED_PENALTY && lawsOf(other).some((law) => laws.includes(law)));
  const others = nearest.filter((it) => it.other.row.matter !== penalty.row.matter && isNear(it));
  if (others.length === 0) return [];
  const told = others
    .slice(0, ALSO_SHOWN)
    .map(({ other: { row } }) => `${row.matter}(第${row.number}项)`)
    .join('、');
  return [{ kind: 'text', text: `相近的赋权事项还有:${told}。` }];
}

/**
 * Whether the township may penalise: what a delegated list says, or its nearest items, called nearest. `item`: the one that
 * the act falls under which was told of.
 */
export function penaltyCard(
  entry: IndexedRow,
  knowledge: Knowledge,
  asker: Asker,
  item: IndexedRow | null = null,
): Card {
  const title = `${entry.row.matter}:能否处罚`;
  const nearest = nearestPenalties(entry, knowledge, asker);
  const [best, ...next] = nearest;
  const penalty = item ?? (best && best.similarity >= RELATED_PENALTY ? best.other : null);
  if (penalty) {
    return {
      title,
      blocks: [
        {
          kind: 'text',
          text: `赋权清单中有相关事项:${penalty.row.matter}。属于该事项的,镇街可以以自己的名义依法处罚;不属于的,请报原执法单位。`,
        },
        ...penalty.row.lead.map((part) => duties('原执法单位', part, asker)),
        ...(penalty.row.basis.length > 0
          ? [{ kind: 'field', label: '依据', text: penalty.row.basis.join('、') } satisfies Block]
          : []),
        { kind: 'source', text: sourceOf(penalty) },
        ...alsoRelated(nearest, penalty),
      ],
      buttons: [],
    };
  }
  const near = [best, ...next]
    .filter((n) => n !== undefined && n.similarity >= PERHAPS_RELATED_PENALTY)
    .slice(0, 2)
    .map((n) => (n as { other: IndexedRow }).other);
  const scope = asker.township
    ? '本镇街适用的赋权清单中没有找到直接对应的处罚事项。'
    : '您的账号没有绑定镇街,无法判断适用哪一份赋权清单。';
  return {
    title,
    blocks: [
      {
        kind: 'text',
        text: `${scope}不在赋权清单内的,镇街不能以自己的名义处罚,请先劝阻、固定情况并上报主体责任单位。`,
      },
      ...(near.length > 0
        ? [{ kind: 'text', text: '最接近的赋权事项(请核对是否属于所列情形):' } satisfies Block]
        : []),
      ...near.flatMap((other): Block[] => [
        { kind: 'text', text: `· ${other.row.matter}` },
        { kind: 'source', text: sourceOf(other) },
      ]),
      ...entry.row.lead.map((part) => duties(leadLabel(entry), part, asker)),
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: [],
  };
}
