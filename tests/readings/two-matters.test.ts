import { describe, expect, it } from 'vitest';
import { replyText, setSession } from '../../src/core/effects.js';
import { splitMatters, together } from '../../src/readings/two-matters.js';

describe('two matters in one message', () => {
  it.each([
    ['路灯不亮归谁 还有下水道堵了找谁', ['路灯不亮归谁', '下水道堵了找谁']],
    ['一是楼道里给电瓶车充电 二是消防栓叫车撞歪了 各归谁', ['楼道里给电瓶车充电', '消防栓叫车撞歪了']],
    ['乱砍树的 和在林地里起坟的 是一个局吗', ['乱砍树的', '在林地里起坟的']],
    ['占耕地盖房谁查 宅基证谁发', ['占耕地盖房谁查', '宅基证谁发']],
    ['俩事啊 一个桥洞底下淌黄汤 另一个庄口的灯不亮 分别是谁的', ['桥洞底下淌黄汤', '庄口的灯不亮']],
    ['野外用火和秸秆焚烧 牵头的是不是同一家', ['野外用火谁牵头', '秸秆焚烧谁牵头']],
    ['1.放羊的占了公路 2.有人偷电 这俩归哪家', ['放羊的占了公路', '有人偷电']],
    ['电梯年检过期了 加上有人卖保健品哄老人', ['电梯年检过期了', '有人卖保健品哄老人']],
    ['问俩事:一个是水管爆了没人修,一个是邻居半夜放音响', ['水管爆了没人修', '邻居半夜放音响']],
    ['有两件事 一件是村道塌了 另一件是沟里漂死鸡', ['村道塌了', '沟里漂死鸡']],
    ['想问俩问题：井盖丢了谁补，路灯不亮找谁', ['井盖丢了谁补', '路灯不亮找谁']],
    ['有人在地边上修大坟 山那头又有人推林子', ['有人在地边上修大坟', '有人推林子']],
  ])('%s', (text, parts) => {
    expect(splitMatters(text)?.parts).toEqual(parts);
  });

  it('is no word that one question is asked of both: 这归哪个部门', () => {
    expect(splitMatters('快递站乱收费，村民来镇里反映，这归哪个部门')?.isSaid).toBe(false);
    expect(splitMatters('快递站乱收费，村民来镇里反映，这俩归哪个部门')?.isSaid).toBe(true);
  });

  it.each([
    '路灯坏了归谁管',
    '两个人打架 一个是村干部',
    '禁牧 夜里 剪围栏',
    '下雨路面塌了 骑车的摔了',
    '你好,路灯坏了归谁管',
    '',
  ])('%s is one', (text) => {
    expect(splitMatters(text)).toBeNull();
  });

  it('leave both rows at hand and the second in focus', () => {
    const session = (focus: string) =>
      setSession({ updatedAt: 1, offered: ['x'], isChoosing: false, focus, question: focus });
    const effects = together([
      [replyText('甲'), session('a')],
      [replyText('乙'), session('b')],
    ]);
    expect(effects).toEqual([
      replyText('甲'),
      replyText('乙'),
      setSession({ updatedAt: 1, offered: ['a', 'b'], isChoosing: false, focus: 'b', question: 'a b' }),
    ]);
  });
});
