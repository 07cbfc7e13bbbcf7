/** Who calls a unit in everyday words, and who only speaks of a call. */
import { describe, expect, it } from 'vitest';
import { callIn } from '../../src/readings/called-words.js';
import { createMentionFinder } from '../../src/organizations/names.js';

const mentions = createMentionFinder(
  new Map(
    ['水利局', '农业局', '交警', '住建局', '卫健委', '执法局', '公安局', '环保局', '公路局', '气象局'].map(
      (name) => [name, `县${name}`],
    ),
  ),
);

describe('a unit is called', () => {
  it.each([
    ['让水利局来看看 老渡口那段堤让人挖了个口子', '水利局', '老渡口那段堤让人挖了个口子'],
    ['喊农业局来人 南河滩冲上来七八头死猪 都臭了', '农业局', '南河滩冲上来七八头死猪,都臭了'],
    ['卫生院门口有黑诊所叫卫健委派人下来查', '卫健委', '卫生院门口有黑诊所'],
    ['镇里弄不动 请水利局派台挖机来 沟全堵死了', '水利局', '镇里弄不动,请水利局派台挖机来,沟全堵死了'],
    [
      '让水利局派个人来看看吧三支渠塌了十来米麦地都淹了',
      '水利局',
      '让水利局派个人来看看吧三支渠塌了十来米麦地都淹了',
    ],
    ['叫执法局跟公安局来一趟 校门口摊子又占道了', '执法局、公安局', '校门口摊子又占道了'],
    ['麻烦催气象局的人来瞅瞅 西山那个防雹炮锈死了', '气象局', '西山那个防雹炮锈死了'],
    ['公路局得来人 省道边上那棵树横在路上了', '公路局', '公路局得来人,省道边上那棵树横在路上了'],
  ])('%s', (text, unit, told) => {
    expect(callIn(text, mentions)).toEqual({ kind: 'called', unit, told });
  });

  it.each(['帮俺报上去', '替俺往县里报一个', '给俺往上报', '麻烦给上面报一下'])(
    '%s: files what is told',
    (text) => {
      expect(callIn(`${text} 后张村有人电鱼`, mentions)).toEqual({ kind: 'called', told: '后张村有人电鱼' });
    },
  );

  it.each([
    ['叫水利局来行不行 老渡口那段堤让人挖了个口子', 'asked'],
    ['请问水利局管不管 堤上挖口子的事', 'asked'],
    ['我想让水利局来看看老渡口的堤 不知道合不合适', 'asked'],
    ['村民要求水利局来修堤 我们咋答复', 'asked'],
    ['上回叫水利局来看过 说不归他们管', 'told'],
    ['人家让执法局来管管 执法局说没权', 'told'],
    ['水利局来人看过了 堤没事', 'told'],
    ['先不叫水利局 俺自己先去看看那个口子', 'held'],
    ['等核实了再叫水利局来看看', 'held'],
    ['要是堤再塌 就让水利局来看看', 'held'],
  ])('%s calls nobody', (text, kind) => {
    expect(callIn(text, mentions)).toEqual({ kind });
  });

  it.each([
    '让水利局来看看',
    '书记说先不要呼叫住建局',
    '我要是报给执法局 他们老不理我 这个能不能往上升级',
    '现场得封半边路 请公安局派俩人来配合一下',
    '提醒我明天叫水利局来看看老渡口那段堤',
    '老渡口那段堤让人挖了个口子 归谁',
    '帮俺报上去 这个要不要书记同意',
  ])('%s is no call of its own', (text) => {
    expect(callIn(text, mentions)?.kind).not.toBe('called');
  });
});
