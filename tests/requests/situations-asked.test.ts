import { describe, expect, it } from 'vitest';
import { situationAsked } from '../../src/requests/situations-asked.js';

describe('situations that the rules tell', () => {
  it.each([
    ['要是指定了水利局 他们还能退不', 'assigned'],
    ['督办定了我们主办 不想干咋办', 'assigned'],
    ['指定了还能转出去吗', 'assigned'],
    ['退两回会咋样 我先问问', 'returned-twice'],
    ['退过两次的能再退吗', 'returned-twice'],
    ['同一件事报两遍会咋样', 'twice'],
    ['两个镇都报了同一件事咋处理', 'twice'],
    ['重复提交会咋样', 'twice'],
    ['现在解决不了的能先结吗 算差评不', 'unsolved'],
    ['这事要是今年解决不了咋结', 'unsolved'],
    ['没资金的能结案不', 'unsolved'],
    ['他们要是说办好了其实没办 我该咋弄', 'not-done'],
    ['人手不够能停表不', 'no-pause'],
    ['下雨天能暂停计时不', 'no-pause'],
    ['有个人调走了 他手上没办完的件咋弄', 'moved-away'],
    ['要是给打低了能申诉不', 'appeal'],
    ['跟柳林那件能不能并成一件 我就问问', 'merge'],
    ['乡镇呼叫发过来几天内得签收', 'sign-within'],
    ['那签了以后多久得答复', 'answer-within'],
  ] as const)('%s: %s', (text, situation) => {
    expect(situationAsked(text)).toBe(situation);
  });

  it.each([
    '路灯坏了咋办',
    '工资拖欠没钱给咋办',
    '同一个地方两家都收费咋办',
    '医保合并能不能报销',
    '两个村能不能并成一个',
    '退休的手续咋办',
    '没人管能停车不',
    '学校门口没人停车咋办',
    '化粪池那件说办好了其实没办 咋办',
    '指定医院能退钱不',
    '退两次水费咋办',
    '老宅两家都报了宅基地咋办',
    '婚介说退款其实没退咋办',
    '答复说修好了',
  ])('no rule: %s', (text) => {
    expect(situationAsked(text)).toBeNull();
  });
});
