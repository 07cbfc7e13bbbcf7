/** What is asked of one's own reminders in everyday words. */
import { describe, expect, it } from 'vitest';
import { ownQuestion } from '../../src/reminders/own-questions.js';

const shortOf = (text: string): string | null => {
  const asked = ownQuestion(text);
  if (asked?.kind !== 'one') return asked?.kind ?? null;
  return `${asked.detail}${asked.isTheirs ? ' of theirs' : ''}`;
};

describe('questions about own reminders', () => {
  it.each([
    ['我都让你记了啥', 'list'],
    ['你那儿都给我记了些什么', 'list'],
    ['俺一共叫你喊了几样', 'list'],
    ['现在停着的是哪个', 'paused'],
    ['哪些暂停了', 'paused'],
    ['这个多长时间来一回', 'often'],
    ['隔几天响一次啊', 'often'],
    ['一个月要响几回', 'often'],
    ['它是天天响还是就一次', 'often'],
    ['报到哪天就不报了', 'end'],
    ['矫正那个响到啥时候是头', 'end'],
    ['几号到头', 'end'],
    ['都有谁能收到', 'whom'],
    ['饮水管那个到时候谁收得到', 'whom'],
    ['这是谁叫我去的', 'who'],
    ['谁安排我点名的', 'who'],
    ['我让冯十哪天来的', 'next'],
    ['他那个几点', 'next of theirs'],
    ['给她们的那条是啥时候', 'next of theirs'],
    ['两个表分别啥时候交', 'each'],
    ['这俩分别是几点', 'each'],
  ])('%s: %s', (text, short) => expect(shortOf(text)).toBe(short));

  it.each([
    '低保归谁管',
    '提醒我明天九点交表',
    '我让你明天九点叫我',
    '谁负责清运垃圾',
    '他那个归哪个局管几点下班',
    '改到明天九点',
    '路灯多久能修好',
  ])('%s: none', (text) => expect(shortOf(text)).toBeNull());
});
