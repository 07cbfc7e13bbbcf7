/** What is no answer while a dialogue on requests waits for words of one's own. */
import { describe, expect, it } from 'vitest';
import { saidInstead } from '../../src/readings/no-answer.js';
import { changesByName } from '../../src/nlu/draft-words.js';

describe('while words are awaited', () => {
  it.each([
    ['今晚谁值班', 'question'],
    ['低保要啥材料', 'question'],
    ['周五前要是没人来咋办', 'question'],
    ['明早八点半喊我开会', 'call'],
    ['提醒下李四签收', 'call'],
    ['先别发', 'hold'],
    ['等我问下书记', 'hold'],
    ['这事你先记着', 'hold'],
    ['先别撤 我问下村里', 'hold'],
    ['那先不退', 'hold'],
    ['这要等多久', 'question'],
    ['提醒我周五问一下', 'call'],
    ['谢谢', 'seen'],
    ['好的', 'seen'],
    ['收到', 'seen'],
  ])('%s is %s', (text, kind) => {
    expect(saidInstead(text)).toBe(kind);
  });
  it.each([
    '村里好几户反映 谁也不管',
    '东坝村东头 不知道谁家的房',
    '清单第三批第5项写的是水利局',
    '已派人到现场 拆了两间 明天复查',
    '能不能延到12月20号',
    '给交通局行不行',
    '先退回来重新派,清单写的是交通局',
    '别的单位已经在办了',
    '村民喊我们去看了两回 墙裂了一指宽',
    '好几户门口积水 出不去',
  ])('%s answers', (text) => {
    expect(saidInstead(text)).toBeNull();
  });
  it('takes a wish for a question where nothing is wished for', () => {
    expect(saidInstead('能不能周五前来人', false)).toBe('question');
  });
});

describe('another field while the matter is asked for', () => {
  const mentions = () => [];
  const fields = (text: string) => changesByName(text, text, mentions).map(({ field }) => field);
  it.each([
    ['地点在东坝村东头', ['place']],
    ['地点:东坝村东头,墙裂了要人看', ['place', 'more-text']],
    ['按紧急的来', ['urgency']],
    ['位置图上那条沟堵了', []],
    ['五保户老赵家土坯房后墙裂开了', []],
  ])('%s changes %j', (text, expected) => {
    expect(fields(text)).toEqual(expected);
  });
});
