/** Texts that mean the same: average-linkage agglomeration of their vectors by cosine. Deterministic. */
import { nameSimilarity } from '../organizations/names.js';
import { innerProduct } from '../text/matrix.js';
import type { VectorCache } from '../text/vectors.js';

type Cluster = { members: number[]; sum: Float64Array };
type Nearest = { other: number; similarity: number };

/**
 * Groups of positions, each in rising order, the groups by their first position. Two groups are joined, the closest first,
 * while the mean cosine between their members is at least `atLeast`. Vectors have length 1.
 */
export function clusterVectors(vectors: ArrayLike<number>[], atLeast: number): number[][] {
  const clusters: (Cluster | null)[] = vectors.map((vector, i) => ({
    members: [i],
    sum: Float64Array.from(vector),
  }));
  /** The closest later cluster of each; the first of equal ones. */
  const nearest: Nearest[] = clusters.map((_, i) => nearestOf(i, clusters));
  for (;;) {
    let best = -1;
    for (const [i, { similarity }] of nearest.entries())
      if (clusters[i] && similarity >= atLeast && similarity > (nearest[best]?.similarity ?? -1)) best = i;
    const into = clusters[best];
    const gone = nearest[best]?.other ?? -1;
    const from = clusters[gone];
    if (!into || !from) break;
    into.members.push(...from.members);
    into.sum = into.sum.map((value, d) => value + (from.sum[d] ?? 0));
    clusters[gone] = null;
    nearest[best] = nearestOf(best, clusters);
    for (let i = 0; i < gone; i++) {
      const near = nearest[i];
      if (!clusters[i] || !near || i === best) continue;
      if (near.other === gone || near.other === best) nearest[i] = nearestOf(i, clusters);
      else if (i < best) {
        const similarity = linkage(clusters[i] as Cluster, into);
        if (similarity > near.similarity) nearest[i] = { other: best, similarity };
      }
    }
  }
  return clusters.flatMap((cluster) => (cluster ? [cluster.members.sort((a, b) => a - b)] : []));
}

function nearestOf(at: number, clusters: (Cluster | null)[]): Nearest {
  const own = clusters[at];
  let best: Nearest = { other: -1, similarity: -1 };
  if (!own) return best;
  for (let other = at + 1; other < clusters.length; other++) {
    const cluster = clusters[other];
    if (!cluster) continue;
    const similarity = linkage(own, cluster);
    if (similarity > best.similarity) best = { other, similarity };
  }
  return best;
}

/** The mean cosine of all pairs: the product of the sums, for vectors of length 1. */
const linkage = (a: Cluster, b: Cluster): number =>
  innerProduct(a.sum, b.sum) / (a.members.length * b.members.length);

/** Groups of positions in `texts`. */
export type GroupTexts = (texts: string[]) => Promise<number[][]>;

/**
 * Mean cosine of questions of one group. On the tuning half of our questions (260 rows, 327 questions) 58 of 100 pairs put
 * together are of one row and the others of neighbouring ones, and 74 of 100 pairs of one row come together; at 0.66 it is
 * 29 and nearly all.
 */
const ALIKE = 0.72;
/** Without an encoder: Dice of character pairs, every pair of a group. */
const ALIKE_WORDS = 0.5;

export const createGroupTexts =
  (vectors: VectorCache | null): GroupTexts =>
  async (texts) =>
    vectors ? clusterVectors(await vectors.vectorsOf(texts), ALIKE) : groupByWords(texts);

/** Each text joins the first group to whose members it is alike. */
function groupByWords(texts: string[]): number[][] {
  const groups: number[][] = [];
  for (const [i, text] of texts.entries()) {
    const found = groups.find((group) =>
      group.every((j) => nameSimilarity(text, texts[j] ?? '') >= ALIKE_WORDS),
    );
    if (found) found.push(i);
    else groups.push([i]);
  }
  return groups;
}
