import { describe, expect, it } from 'vitest';
import { actual, isHypothesisAsked, isSecondHand, isSupposed } from '../../src/text/frames.js';

describe('what is only supposed is left out', () => {
  it.each([
    ['要是明天还没修好就催一下', ''],
    ['如果下午还没动静,就再催他们', ''],
    ['再不来人我就投诉', ''],
    ['群里有人发“签收”', '群里有人发'],
    ['催一下,再不来就投诉', '催一下,'],
    ['路灯修好了,要是再坏请打电话', '路灯修好了,'],
  ])('%s', (text, left) => {
    expect(actual(text)).toBe(left);
    expect(isSupposed(text)).toBe(true);
  });

  it.each(['方便的话催一下', '可以的话帮忙催催', '路灯修好了', '签收,马上去看', '催一下,都三天了', ''])(
    '%s is meant as it stands',
    (text) => expect(isSupposed(text)).toBe(false),
  );
});

describe('told by others, joked, intended', () => {
  it.each(['师傅说修好了', '听说已经通了', '领导说退回', '哈哈,签收', '准备转给水利局', '可能要延期'])(
    '%s',
    (text) => expect(isSecondHand(text)).toBe(true),
  );
  it.each(['修好了', '退回,这条路是交通局的', '转给水利局', '延期到周五'])('not %s', (text) =>
    expect(isSecondHand(text)).toBe(false),
  );
});

describe('a hypothesis that asks', () => {
  it.each([
    '要是改成每月25号的话 碰上周末咋弄',
    '要是改到周六行吗',
    '改到下午的话会不会太晚',
    '如果推迟一天 还来得及不',
    '假如取消了 还能恢复吗',
    '万一改成31号 2月咋整',
    '换成每天的话 周末响不响',
    '要是不提醒了他们会知道吗',
    '如果加上水利局 他们啥时候收到',
    '要是挪到节后 怎么算',
  ])('%s', (text) => expect(isHypothesisAsked(text)).toBe(true));
  it.each(['方便的话改到下午行吗', '要是明天下雨就改到周五', '改到周六行吗', '碰上周末就提前到周五'])(
    'not %s',
    (text) => expect(isHypothesisAsked(text)).toBe(false),
  );
});
