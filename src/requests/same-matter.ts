/** Whether two requests are about one thing on the ground: by place and numbers first, then by meaning and time. Pure. */
import { probability, type LogisticModel } from '../lists/logistic.js';
import { nameSimilarity, pairsOf } from '../organizations/names.js';
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
  // Said again within days with a few words more: so most second reports come.
  const again = !isLater && heldIn(a.rest, b.rest) >= SAID_AGAIN;
  return [innerProduct(x, y), nameSimilarity(a.rest, b.rest), Number(again), agreeing, Number(isLater)];
}

const SAID_AGAIN = 0.8;

/** Which part of the shorter text stands in the longer one, 0 to 1. */
function heldIn(a: string, b: string): number {
  const [x, y] = [new Set(pairsOf(a)), new Set(pairsOf(b))];
  const least = Math.min(x.size, y.size);
  return least === 0 ? 0 : [...x].filter((pair) => y.has(pair)).length / least;
}

/** Fitted on the `tune` pairs of `tests/requests/matter-pairs.yaml`; `same-matter.test.ts` fits and measures it again. */
export const SAME_MATTER: LogisticModel = {
  mean: [0.7364, 0.141, 0.0714, 1.4762, 0.0397],
  deviation: [0.1329, 0.1883, 0.2575, 0.4994, 0.1952],
  weights: [2.5945, -1.0375, 0.5267, 0.8679, -1.1887],
  bias: 1.7603,
};

/** From here on the second caller is asked; of the tuned pairs beyond it, 98 in a hundred are one matter. */
export const LIKELY = 0.75;

const sameMatter = (features: number[]): number => probability(SAME_MATTER, features);

/**
 * How likely two texts are one matter, 0 to 1; who files the second is asked from `LIKELY` on. Words alone decide nothing: what
 * names no place, or stands at another one, is another matter however alike it is said.
 */
export async function likenessOf(one: Placed, other: Placed, embed?: Embed): Promise<number> {
  const { beside } = standing(one, other);
  if (!beside) return 0;
  const features = embed ? await featuresOf(beside, embed) : null;
  if (features) return sameMatter(features);
  // Without an encoder only what is said in the same words of the same place, about the same time.
  return beside.a.rest === beside.b.rest && !beside.isLater ? LIKELY : 0;
}
