/** Whether two requests are about one thing on the ground: by place and numbers first, then by meaning and time. Pure. */
import { probability, type LogisticModel } from '../lists/logistic.js';
import { nameSimilarity } from '../organizations/names.js';
import { innerProduct } from '../text/matrix.js';
import { comparePlaces, placeWords, type PlaceWords } from './places.js';

export type Said = { text: string; place: string; at: number };
/** Its words of places, read once however many it is compared with. */
export type Placed = { words: PlaceWords; at: number };
/** A unit vector of a text, or null without an encoder. */
export type Embed = (text: string) => Promise<ArrayLike<number> | null>;

/** Of two texts that stand at one place. */
export type Beside = { a: PlaceWords; b: PlaceWords; agreeing: number; isLater: boolean };

/**
 * Elsewhere: they name two places, or two of what is numbered. Beside each other: they name one place; without it, what they
 * mean decides nothing.
 */
export type Standing = { isElsewhere: true; beside: null } | { isElsewhere: false; beside: Beside | null };

/** What comes again after ten days is another case of it. */
const LATER_MS = 240 * 3_600_000;

export const placed = ({ text, place, at }: Said): Placed => ({ words: placeWords(text, place), at });

/** How two texts stand to each other on the ground. */
export function standing(one: Placed, other: Placed): Standing {
  const [a, b] = [one.words, other.words];
  const { agreeing, contradicting, isOtherNumber } = comparePlaces(a, b);
  if (contradicting > 0 || isOtherNumber) return { isElsewhere: true, beside: null };
  const isLater = Math.abs(one.at - other.at) > LATER_MS;
  return {
    isElsewhere: false,
    beside: agreeing === 0 ? null : { a, b, agreeing: Math.min(2, agreeing), isLater },
  };
}

/** Of two texts at one place; null without an encoder. What is left of a text without its places is what happened there. */
export async function featuresOf(
  { a, b, agreeing, isLater }: Beside,
  embed: Embed,
): Promise<number[] | null> {
  const [x, y] = [await embed(a.rest || a.all), await embed(b.rest || b.all)];
  if (!x || !y) return null;
  return [innerProduct(x, y), nameSimilarity(a.rest, b.rest), agreeing, Number(isLater)];
}

/** Fitted on the tuning half of `tests/requests/matter-pairs.yaml`; `same-matter.test.ts` fits and measures it again. */
export const SAME_MATTER: LogisticModel = {
  mean: [0.7233, 0.1235, 1.5352, 0.0423],
  deviation: [0.1304, 0.1783, 0.4988, 0.2012],
  weights: [2.2793, -1.2393, 0.8332, -0.9428],
  bias: 1.6498,
};

/** From here on the second caller is asked; of the pairs of the tuning half beyond it, 98 in a hundred are one matter. */
export const LIKELY = 0.75;

export const sameMatter = (features: number[]): number => probability(SAME_MATTER, features);
