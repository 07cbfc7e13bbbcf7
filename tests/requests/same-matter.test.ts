/** The same matter in other words: fitted on the tuning half of the pairs, measured on what it was not fitted on. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fitLogistic } from '../../src/lists/logistic.js';
import {
  featuresOf,
  LIKELY,
  placed,
  SAME_MATTER,
  sameMatter,
  standing,
} from '../../src/requests/same-matter.js';
import { loadEncoder, type Encoder } from '../../src/text/encoder.js';

type Pair = [half: string, label: string, why: string, hours: number, unit: string, ...texts: string[]];
type Measured = { half: string; isSame: boolean; features: number[] | null; pair: Pair };

const measured: Measured[] = [];
let encoder: Encoder;

beforeAll(async () => {
  const loaded = await loadEncoder('knowledge/encoder');
  if (!loaded.encoder) throw new Error(loaded.reason);
  encoder = loaded.encoder;
  for (const pair of parse(readFileSync('tests/requests/matter-pairs.yaml', 'utf8')) as Pair[]) {
    const [half, label, , hours, , text = '', place = '', other = '', otherPlace = ''] = pair;
    const { beside } = standing(
      placed({ text, place, at: 0 }),
      placed({ text: other, place: otherPlace, at: hours * 3_600_000 }),
    );
    const features = beside && (await featuresOf(beside, (it) => encoder.embedQuery(it)));
    measured.push({ half, isSame: label === 'same', features, pair });
  }
}, 120_000);

const probabilityOf = ({ features }: Measured): number => (features ? sameMatter(features) : 0);

const figuresOf = (half: string) => {
  const own = measured.filter((it) => it.half === half);
  const offered = own.filter((it) => probabilityOf(it) >= LIKELY);
  const right = offered.filter(({ isSame }) => isSame).length;
  return {
    pairs: own.length,
    precision: right / offered.length,
    recall: right / own.filter(({ isSame }) => isSame).length,
  };
};

describe('the same matter in other words', () => {
  it('has the coefficients that the tuning half gives', () => {
    const model = fitLogistic(
      measured.flatMap(({ half, features, isSame }) =>
        half === 'tune' && features ? [{ features, label: isSame ? 1 : 0, weight: 1 }] : [],
      ),
    );
    if (process.env.SHOW_FIT) console.log(JSON.stringify(model), ...['tune', 'held', 'fresh'].map(figuresOf));
    for (const key of ['mean', 'deviation', 'weights'] as const)
      for (const [i, value] of SAME_MATTER[key].entries()) expect(value).toBeCloseTo(model[key][i] ?? NaN, 2);
    expect(SAME_MATTER.bias).toBeCloseTo(model.bias, 2);
  });

  it('is right in 0.95 of what it offers and finds 0.8, on pairs that it was not fitted on', () => {
    const held = figuresOf('held');
    expect(held.pairs).toBeGreaterThan(100);
    expect(held.precision).toBeGreaterThanOrEqual(0.95);
    expect(held.recall).toBeGreaterThanOrEqual(0.8);
  });

  it('never offers what stands at another place, bears another number or names no place', () => {
    const wrong = measured.filter(
      (it) => /^(?:place|number|noplace)$/.test(it.pair[2]) && !it.isSame && probabilityOf(it) >= LIKELY,
    );
    expect(wrong.map(({ pair }) => pair.join(' '))).toEqual([]);
  });
});
