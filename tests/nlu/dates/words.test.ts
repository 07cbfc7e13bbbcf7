import { describe, expect, it } from 'vitest';
import { readingWords } from '../../../src/nlu/dates/words.js';
import { at, read } from '../../helpers/dates.js';

const NOW = '2026-11-26 09:30';

describe('a reading in words', () => {
  it.each([
    ['周五下午三点提醒我', '11月27日(周五)15:00'],
    ['周五前报送', '11月27日(周五)18:00前'],
    ['明年1月5日提醒我', '2027年1月5日(周二)09:00'],
    ['明天9点到11点', '11月27日(周五)09:00至11月27日(周五)11:00'],
    ['每月25日提醒', '每月25日 09:00'],
    ['2月30日提醒', '没有“2月30日”这一天。请问您指的是哪一天?'],
  ])('%s → %s', (text, expected) => {
    const reading = read(text, NOW);
    expect(reading && readingWords(reading, at(NOW))).toBe(expected);
  });
});
