import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/lists/decide.js';
import type { Candidate } from '../../src/lists/row-index.js';
import { offeredToHeap, offeredToScene } from '../../src/lists/scene.js';

const row = (score: number) => ({ score }) as Candidate;
const nearest = [row(0.7), row(0.66), row(0.5)];
const unsure: Decision = { kind: 'abstain', nearest, probability: 0.05 };
const LOOKS = { inside: 4, asks: 3 };

describe('trouble that is told without a question', () => {
  it('is offered the rows that are about as near as the first', () =>
    expect(offeredToScene(unsure, '羊圈夜里叫掏了 剩一地毛', LOOKS)).toMatchObject({
      kind: 'ask',
      offered: [{ score: 0.7 }, { score: 0.66 }],
    }));

  it.each([
    ['羊圈夜里叫掏了 归谁管', LOOKS],
    ['羊圈夜里叫掏了 剩一地毛', { inside: 1, asks: 3 }],
    ['羊圈夜里叫掏了 剩一地毛', { inside: 4, asks: 0 }],
    ['毛', LOOKS],
    ['羊圈夜里叫掏了,昨天我还跟邻居说要修围栏,结果今早起来就剩一地毛了', LOOKS],
  ])('%s is left as it is', (text, look) => expect(offeredToScene(unsure, text, look)).toBe(unsure));

  it('changes no answer', () => {
    const answer: Decision = { kind: 'answer', best: row(0.9), probability: 0.9, others: [] };
    expect(offeredToScene(answer, '羊圈夜里叫掏了 剩一地毛', LOOKS)).toBe(answer);
  });
});

describe('a few words that fit two rows alike', () => {
  const best = { score: 0.76, unitAgreement: 0 } as Candidate;
  const answer = (probability: number, next = 0.74): Decision => ({
    ...{ kind: 'answer', best, probability, others: [row(next), row(0.6)] },
  });

  it('are offered both', () =>
    expect(offeredToHeap(answer(0.6), '噪音大')).toMatchObject({
      kind: 'ask',
      offered: [{ score: 0.76 }, { score: 0.74 }],
    }));

  it.each([
    ['sure', answer(0.8), '噪音大'],
    ['far ahead', answer(0.6, 0.6), '噪音大'],
    ['long', answer(0.6), '夜里工地施工噪音大'],
  ])('%s: answered', (_, decision, text) => expect(offeredToHeap(decision, text)).toBe(decision));
});
