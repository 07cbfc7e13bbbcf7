/** What an answer to a 建议 says of it is a field, with reasons where it is not taken up. */
import { describe, expect, it } from 'vitest';
import { adoptionIn, adoptionOf } from '../../src/requests/adoption.js';
import { eventLine } from '../../src/requests/events.js';
import { statusWord } from '../../src/requests/words.js';
import { act, actOf, file, MONDAY, POLICIES, refusal, TOWNSHIP, WATER } from '../helpers/requests.js';

describe('in words', () => {
  it.each([
    ['采纳,已列入年度计划', 'yes'],
    ['予以采纳', 'yes'],
    ['经研究,同意采纳该建议', 'yes'],
    ['部分采纳:护栏已列入,路灯待明年', 'partly'],
    ['采纳其中一部分', 'partly'],
    ['不采纳,涉及永久基本农田', 'no'],
    ['暂不予采纳,资金没有落实', 'no'],
    ['未采纳,与规划不符', 'no'],
    ['现研究是否采纳,下周答复', null],
    ['已收悉,正在研究', null],
    ['护栏的建议采纳,路灯的建议不采纳', null],
  ])('%s: %s', (text, expected) => expect(adoptionIn(text)).toBe(expected));
});

describe('an answer to a 建议', () => {
  const asked = act(file('advice'), { kind: 'sign' }, WATER);

  it('says whether it is taken up, and why where it is not', () => {
    expect(refusal(asked, { kind: 'answer', text: '已收悉,正在研究' }, WATER)).toContain(
      '“采纳”“部分采纳”或“不采纳”',
    );
    expect(refusal(asked, { kind: 'answer', text: '不采纳', adopted: 'no' }, WATER)).toContain('要写明理由');
    expect(refusal(asked, { kind: 'answer', text: '意见:部分采纳', adopted: 'partly' }, WATER)).toContain(
      '要写明理由',
    );
    const refused = act(asked, { kind: 'answer', text: '不采纳,涉及永久基本农田', adopted: 'no' }, WATER);
    const event = refused.events.findLast(({ kind }) => kind === 'answered');
    expect(event?.facts).toMatchObject({ adopted: 'no', completes: true });
    expect(adoptionOf(refused)).toBe('no');
    expect(statusWord(refused, POLICIES.advice)).toBe('已答复,待评价(不采纳)');
    if (event) expect(eventLine(refused, event, POLICIES.advice, MONDAY)).toContain('答复是否采纳 不采纳:');
    const taken = act(asked, { kind: 'answer', text: '采纳', adopted: 'yes' }, WATER);
    expect(statusWord(act(taken, actOf('conclude'), TOWNSHIP), POLICIES.advice)).toBe('已办结(采纳)');
  });

  it('of another kind has no such field', () => {
    const answered = act(file('call'), actOf('answer'), WATER);
    expect(answered.events.some(({ facts }) => facts?.['adopted'] !== undefined)).toBe(false);
    expect(adoptionOf(answered)).toBeNull();
  });
});
