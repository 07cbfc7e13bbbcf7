import { describe, expect, it } from 'vitest';
import { correctedOf } from '../../src/readings/corrections.js';
import type { Session } from '../../src/core/session.js';

const session: Session = {
  updatedAt: 0,
  offered: [],
  isChoosing: false,
  question: '狗咬人了找谁',
  focus: 'a/b/1',
};
const textOf = (text: string): string | null => correctedOf({ text, session })?.text ?? null;

describe('what a correction says is meant', () => {
  it.each([
    ['等一下 不是虫害 是有人偷着砍树', '有人偷着砍树'],
    ['跟厂子没关系 是村里洗衣做饭的水', '村里洗衣做饭的水'],
    ['我不是问这个 我问参保率还考核我们不', '参保率还考核我们不'],
    ['打错字了 我说的是楼前消防车道让车停满了', '楼前消防车道让车停满了'],
    ['字打错了,应该是燃气', '燃气'],
    ['不好意思打错了 是燃气瓶', '燃气瓶'],
    ['你理解偏了 我是说村里的桥', '村里的桥'],
    ['我没问这个 问的是低保', '低保'],
    ['不是问这个 是问谁出钱', '谁出钱'],
    ['说的不是狗 是猫', '猫咬人了找谁'],
    ['不是看门的 是野狗', '野狗 狗咬人了找谁'],
    ['就是流浪狗 不是宠物', '流浪狗 狗咬人了找谁'],
    ['算了 换个问题 路灯归谁', '路灯归谁'],
    ['我说错了，是井盖丢了', '井盖丢了'],
    ['搞错了 不是祠堂 是祠堂门口那棵老樟树枯了', '祠堂门口那棵老樟树枯了'],
    ['弄错了，不是井盖是路灯杆子倒了', '路灯杆子倒了'],
    ['记错了 是树倒了压着电线', '树倒了压着电线'],
    ['哎呀搞错了 老樟树枯了', '老樟树枯了'],
    ['口误 是井盖丢了', '井盖丢了'],
    ['不是疯狗而是流浪猫抓人', '流浪猫抓人'],
    ['俺刚才讲岔了 是往沟里倒死猪', '往沟里倒死猪'],
    ['不是住建,我问农业农村局', '农业农村局呢'],
    ['说反了 是水利局配合环保局', '水利局配合环保局'],
  ])('%s', (said, meant) => expect(textOf(said)).toBe(meant));

  it.each([
    ['不对'],
    ['哦哦 那没事了'],
    ['等等 我再看看'],
    ['不是所有人都能领吧'],
    ['不归城管是吧'],
    ['跟公安没关系吧'],
    ['搞错了吧'],
    ['弄错了 这事归城管'],
    ['记错了吧 河道采砂归水利'],
    ['不是还是没人管'],
    ['不是说好是今天'],
    ['这个不是我问的 我问的是垃圾'],
    ['不是说好今天来吗 是不是忘了'],
  ])('%s corrects nothing by itself', (said) => expect(textOf(said)).toBeNull());

  it('needs something that was said before', () =>
    expect(correctedOf({ text: '不是虫害 是有人偷着砍树', session: null })).toBeNull());
});
