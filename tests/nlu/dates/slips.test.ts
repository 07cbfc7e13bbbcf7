/** Slips of the input method inside words of time: what is put right, and what only looks like one. */
import { describe, expect, it } from 'vitest';
import { mendReminderWords, mendTimeWords } from '../../../src/nlu/dates/slips.js';

describe('slips in words of time', () => {
  it.each([
    ['40分中后叫我', '40分钟后叫我'],
    ['十五分种以后', '十五分钟以后'],
    ['推后一个小是', '推后一个小时'],
    ['半个小使后', '半个小时后'],
    ['每周六玩上八点', '每周六晚上八点'],
    ['十五号上五九点', '十五号上午九点'],
    ['下舞三点半', '下午三点半'],
    ['星七五下午三点', '星期五下午三点'],
    ['没周三开会', '每周三开会'],
    ['体醒我开会', '提醒我开会'],
  ])('%s → %s', (said, meant) => {
    expect(mendTimeWords(said)).toBe(meant);
    expect(meant).toHaveLength(said.length);
  });

  it.each([
    '三分之一的村',
    '五分中的两分',
    '一个小事',
    '小市场八点开',
    '以上五点意见',
    '上五点意见',
    '玩上一天',
    '完上级任务',
    '没天理了',
    '后田村下午停电',
    '两个小区',
  ])('%s stays', (said) => expect(mendTimeWords(said)).toBe(said));

  it.each([
    ['先跳国去', '先跳过去'],
    ['那次恢服吧', '那次恢复吧'],
    ['在提前半小时', '再提前半小时'],
    ['就这一会', '就这一回'],
  ])('%s of a reminder → %s', (said, meant) => expect(mendReminderWords(said)).toBe(meant));
});
