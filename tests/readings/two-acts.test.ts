import { describe, expect, it } from 'vitest';
import { replyText, setSession } from '../../src/core/effects.js';
import type { Context, Effect } from '../../src/core/types.js';
import { oneAtATime, splitActs } from '../../src/readings/two-acts.js';

const hasTime = (text: string): boolean => /[点周天]/.test(text);

describe('two acts in one message', () => {
  it.each([
    ['路灯的催一下,机井那个撤了,自己修好了', ['路灯的催一下', '机井那个撤了,自己修好了']],
    ['开会那个取消,另外明天上午十点提醒我接人', ['开会那个取消', '明天上午十点提醒我接人']],
    ['把交表那个改到周五,另外每周一提醒我开例会', ['把交表那个改到周五', '每周一提醒我开例会']],
  ])('%s', (text, parts) => expect(splitActs(text, hasTime)).toEqual(parts));

  it.each([
    '这个不归我们管,退回,转给水利局',
    '签收,马上去看',
    '路灯那个催一下,都三天了',
    '明天上午九点提醒我开会,下午交表',
    '',
  ])('%s is one', (text) => expect(splitActs(text, hasTime)).toBeNull());

  const asking = (text: string): Effect[] => [
    replyText(text),
    setSession({
      ...{ updatedAt: 1, offered: [], isChoosing: false },
      flow: { intent: 'withdraw_request', asks: 'confirm', data: {} },
    }),
  ];
  const parts = [{ raw: '甲' }, { raw: '机井那个撤了' }] as Context[];

  it('ask one question at a time, and say what was left', () => {
    expect(oneAtATime([asking('第一问'), asking('第二问')], parts)).toEqual([
      asking('第一问'),
      [replyText('“机井那个撤了”还没有办理,请在这一件之后再说一次。')],
    ]);
  });

  it('ask what is asked last', () => {
    const done = [replyText('已催办。')];
    expect(oneAtATime([asking('撤回?'), done], parts)).toEqual([done, asking('撤回?')]);
  });
});
