/** Rows that repeat each other, told pair by pair or as a heap. */
import { describe, expect, it } from 'vitest';
import { heaped } from '../../../src/editions/lint/heaps.js';

const pair = (a: string, b: string) => ({
  rule: '近似重复',
  message: `“${a}”与“${b}”近似重复`,
  remedy: '合并为一项,或写明两项的区别',
  rows: [a, b],
});
const pairsOf = (names: string[]) => names.flatMap((a, at) => names.slice(at + 1).map((b) => pair(a, b)));

describe('rows that repeat each other', () => {
  it('are told pair by pair where they are few', () => {
    const few = pairsOf(['l/1', 'l/2', 'l/3', 'l/4']);
    expect(heaped(few)).toEqual(few);
  });

  it('are told once where they are many, beside others that are few', () => {
    const many = Array.from({ length: 200 }, (_, i) => `l/${i + 1}`);
    const [few] = pairsOf(['m/1', 'm/2']);
    const found = heaped([...pairsOf(many), ...(few ? [few] : [])]);
    expect(found).toEqual([
      { ...pair('l/1', 'l/2'), rows: ['l/1', 'l/2', 'l/3'], message: '这3项与另外197项逐一近似重复' },
      few,
    ]);
  });

  it('are one heap also where only a chain joins them', () => {
    const names = Array.from({ length: 6 }, (_, i) => `l/${i + 1}`);
    const chain = names.slice(1).map((name, at) => pair(names[at] ?? '', name));
    expect(heaped(chain.toReversed())).toHaveLength(1);
  });
});
