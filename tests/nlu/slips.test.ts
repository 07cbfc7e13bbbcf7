import { describe, expect, it } from 'vitest';
import { dropFillers } from '../../src/nlu/fillers.js';
import { createSlipLexicon } from '../../src/nlu/slip-lexicon.js';
import { correctSlips } from '../../src/nlu/slips.js';
import { nearKey, splitLetters } from '../../src/nlu/pinyin.js';
import { createCutter } from '../../src/text/bm25.js';

const names = ['住建局', '审计局', '市监局', '环保局', '职责提醒', '催办'];
const lexicon = createSlipLexicon({
  texts: Array.from({ length: 5 }, () => ['路灯坏了归谁管', '危房鉴定归谁', '广场舞噪音归谁管']).flat(),
  others: ['东街口的过道里'],
  names,
  cut: createCutter(names),
});

describe('slips of the input method', () => {
  it.each([
    ['路登坏了归谁管', '路灯坏了归谁管'],
    ['危防鉴定归谁', '危房鉴定归谁'],
    ['值责提醒', '职责提醒'],
    ['ludeng坏了归谁管', '路灯坏了归谁管'],
    ['ludeng huai le gui shui guan', '路灯坏了归谁管'],
    ['hbj管路灯', '环保局管路灯'],
  ])('%s → %s', (said, meant) => {
    expect(correctSlips(said, lexicon)).toBe(meant);
  });

  it.each([
    '路灯坏了归谁管',
    '路登村归谁管',
    '东街口的过道里',
    '曾乙二管什么',
    'hello',
    'qs-2026-000123',
    'wifi坏了',
    '',
  ])('%s is left as it is', (said) => {
    expect(correctSlips(said, lexicon)).toBe(said);
  });

  it('are not guessed where two names have the same initials', () => {
    expect(correctSlips('sjj管路灯', lexicon)).toBe('sjj管路灯');
  });

  it('in a long text are left: the other words say enough', () => {
    const long = `${'路灯坏了归谁管,'.repeat(5)}路登坏了`;
    expect(correctSlips(long, lexicon)).toBe(long);
  });
});

describe('spoken text', () => {
  it.each([
    ['那个嗯路灯路灯坏了就是找谁', '路灯坏了就是找谁'],
    ['呃我想问一下那个渡口渡口归交通还是水利', '渡口归交通还是水利'],
  ])('%s → %s', (said, left) => {
    expect(dropFillers(said)).toBe(left);
  });

  it.each([
    '嗯',
    '那个呢',
    '那镇里呢',
    '好好好',
    '天天堵车归谁',
    '催一下会不会不好',
    '一户一户地查归谁',
    '行不行不知道',
  ])('%s is left', (said) => {
    expect(dropFillers(said)).toBe(said);
  });
});

describe('letters', () => {
  const known = new Set(['lu', 'deng', 'y', 'yan', 'guan', 'gu', 'an'].filter((it) => it !== 'y'));
  it('are whole syllables where they can be, else initials', () => {
    expect(splitLetters('ludeng', known)).toEqual({ parts: ['lu', 'deng'], initials: 0 });
    expect(splitLetters('yyan', known)).toEqual({ parts: ['y', 'yan'], initials: 1 });
    expect(splitLetters('guan', known)).toEqual({ parts: ['guan'], initials: 0 });
    expect(splitLetters('vvv', known)).toBeNull();
  });

  it('that are mixed up have one key', () => {
    expect(nearKey('zhang')).toBe(nearKey('zan'));
    expect(nearKey('niu')).toBe(nearKey('liu'));
    expect(nearKey('hua')).toBe(nearKey('fa'));
    expect(nearKey('deng')).not.toBe(nearKey('dang'));
  });
});
