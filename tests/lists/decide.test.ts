import { describe, expect, it } from 'vitest';
import { decide, distinctMatters, FEATURES, featuresOf, type Calibration } from '../../src/lists/decide.js';
import type { LogisticModel } from '../../src/lists/logistic.js';
import type { Candidate, RowIndex } from '../../src/lists/row-index.js';
import { makeList, makeRow } from '../helpers/lists.js';

const LOOK = { inside: 2, asks: 3 };

function candidate(id: string, score: number, more: Partial<Candidate> = {}): Candidate {
  const [listId = '', number = ''] = id.split('/');
  const entry = { ref: id, row: makeRow({ listId, number }), list: makeList({ id: listId }) };
  const without = { lift: 0, hasOwn: false, bank: 0 };
  return {
    entry,
    score,
    dense: score,
    bm25: score * 10,
    coverage: 0.5,
    unitAgreement: 0,
    ...without,
    ...more,
  };
}

/** Similar are the pairs named; nothing else is. */
function indexOf(candidates: Candidate[], similar: [string, string][] = []): RowIndex {
  const refs = candidates.map((c) => c.entry.ref);
  return {
    entries: candidates.map((c) => c.entry),
    search: () => candidates,
    get: () => null,
    isVisible: () => true,
    matches: null,
    positionOf: (ref) => refs.indexOf(ref),
    rowSimilarity: (a, b) =>
      similar.some((pair) => pair.includes(refs[a] ?? '') && pair.includes(refs[b] ?? '')) ? 0.95 : 0.2,
  };
}

const sure: LogisticModel = { mean: [], deviation: [], weights: [], bias: 10 };
const unsure: LogisticModel = { ...sure, bias: -10 };
const calibration = (best: LogisticModel, amongThree: LogisticModel): Calibration => ({
  modelHash: 'x',
  features: [...FEATURES],
  best,
  amongThree,
  own: { answerAt: 0.6, askAt: 0.4 },
  answerAt: 0.8,
  askAt: 0.5,
});

const four = ['a/1', 'a/2', 'b/3', 'b/4'].map((id, i) => candidate(id, 0.9 - i / 10));

describe('decide', () => {
  const run = (c: Calibration, candidates = four) => decide(candidates, indexOf(candidates), c, LOOK, 8);

  it('answers with the best row when it is sure, the others behind it', () => {
    const decision = run(calibration(sure, unsure));
    expect(decision).toMatchObject({ kind: 'answer', best: { entry: { ref: 'a/1' } } });
    expect(decision.probability).toBeGreaterThan(0.99);
    expect(decision.kind === 'answer' && decision.others.map((c) => c.entry.ref)).toEqual([
      ...['a/2', 'b/3', 'b/4'],
    ]);
  });

  it('offers the rows that are nearly as near when only one of them is sure', () => {
    const decision = run(calibration(unsure, sure));
    expect(decision.kind === 'ask' && decision.offered.map((c) => c.entry.ref)).toEqual(['a/1', 'a/2']);
  });

  it('abstains when nothing is sure, and calls the rows nearest', () => {
    const decision = run(calibration(unsure, unsure));
    expect(decision.kind === 'abstain' && decision.nearest).toHaveLength(3);
  });

  it('offers no row that shares neither words nor meaning with a short message', () => {
    const far = four.map((it) => ({ ...it, score: it.score - 0.3, dense: 0.6, coverage: 0.1 }));
    const c = calibration(unsure, sure);
    expect(run(c, far).kind).toBe('abstain');
    const named = far.map((it) => ({ ...it, unitAgreement: 1 as const }));
    expect(run(c, named).kind).toBe('ask');
    expect(decide(far, indexOf(far), c, LOOK, 40).kind).toBe('ask');
    // Without an encoder nothing is known of meaning.
    const byWords = far.map((it) => ({ ...it, dense: 0 }));
    expect(run(c, byWords).kind).toBe('ask');
  });

  it('abstains without any row', () => {
    expect(run(calibration(sure, sure), [])).toEqual({ kind: 'abstain', nearest: [], probability: 0 });
  });

  it('answers exactly from the threshold on', () => {
    const at = (answerAt: number) => run({ ...calibration({ ...sure, bias: 0 }, unsure), answerAt }).kind;
    expect(at(0.5)).toBe('answer');
    expect(at(0.500001)).toBe('abstain');
  });
});

describe('distinctMatters', () => {
  it('leaves out a row of another list that states a better one again', () => {
    const kept = distinctMatters(four, indexOf(four, [['a/1', 'b/3']]));
    expect(kept.map((c) => c.entry.ref)).toEqual(['a/1', 'a/2', 'b/4']);
  });

  it('keeps similar rows of one list: there they are different matters', () => {
    expect(distinctMatters(four, indexOf(four, [['a/1', 'a/2']]))).toHaveLength(4);
  });
});

describe('featuresOf', () => {
  const named = (candidates: Candidate[]) => {
    const values = featuresOf(candidates, indexOf(candidates), LOOK, 8);
    return Object.fromEntries(FEATURES.map((name, i) => [name, values[i]]));
  };

  it('gives one finite number for each feature, also for one row or none', () => {
    for (const candidates of [four, four.slice(0, 1), []])
      expect(Object.values(named(candidates)).every((v) => Number.isFinite(v))).toBe(true);
    expect(Object.keys(named(four))).toHaveLength(FEATURES.length);
  });

  it('tells the lead over the next rows and whether words agree', () => {
    const found = named(four);
    expect(found['gapNext']).toBeCloseTo(0.1);
    expect(found['gapThree']).toBeCloseTo(0.3);
    expect(found['bestByWords']).toBe(1);
    expect(
      named([candidate('a/1', 0.9, { bm25: 1 }), candidate('a/2', 0.8, { bm25: 5 })])['bestByWords'],
    ).toBe(0);
  });

  it('tells agreement and disagreement of units apart', () => {
    const of = (unitAgreement: -1 | 0 | 1) => named([candidate('a/1', 0.9, { unitAgreement })]);
    expect([of(1)['unitAgrees'], of(1)['unitDisagrees']]).toEqual([1, 0]);
    expect([of(0)['unitAgrees'], of(0)['unitDisagrees']]).toEqual([0, 0]);
    expect([of(-1)['unitAgrees'], of(-1)['unitDisagrees']]).toEqual([0, 1]);
  });
});
