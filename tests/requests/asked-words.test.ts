import { describe, expect, it } from 'vitest';
import { asks, isOfCase } from '../../src/requests/asked-words.js';
import { mayAsked } from '../../src/requests/may-asked.js';

const TOLD = '老桥太窄 大车过不去 棚子是两层的 得带吊车 县水利局 云岭乡';

describe('questions of a case by its own words and those of such questions', () => {
  it.each([
    '现在几家在弄 谁牵头',
    '他们几点去 说了没',
    '他们想让咱哪天去',
    '镇里给打了多少',
    '这是第几回返工',
    '卡在谁那儿 为啥',
    '督办上说啥了 要几点',
    '前前后后都谁弄了啥 给我捋捋',
    '老桥那件还要我办不',
    '那裁定还算不算数',
    '最后定谁办了 谁定的',
    '得带啥设备',
    '他们来人了没',
  ])('of it: %s', (text) => {
    expect([asks(text), isOfCase(text, TOLD)]).toEqual([true, true]);
  });

  it.each(['路边死了头猪谁管', '井盖丢了找谁', '谁管流浪狗', '低保哪天发', '危房鉴定找哪家', '小区停电咋办'])(
    'of another matter: %s',
    (text) => {
      expect(isOfCase(text, TOLD)).toBe(false);
    },
  );

  it.each(['已经派人去了', '修好了', '收到', '明天下午到'])('asks nothing: %s', (text) => {
    expect(asks(text)).toBe(false);
  });
});

it.each([
  ['这个俺能退回不', 'return'],
  ['现在还能撤回吗', 'withdraw'],
  ['那我能延期不', 'ask-extension'],
  ['能催吗', 'urge'],
] as const)('%s: whether %s is open', (text, move) => {
  expect(mayAsked(text)).toBe(move);
});
it.each(['能退钱吗', '退回', '不能退回', '能不能延期到周五', '这个能退休不'])(
  'no leave asked: %s',
  (text) => {
    expect(mayAsked(text)).toBeNull();
  },
);
