import { describe, expect, it } from 'vitest';
import { askedOfUnits } from '../../src/readings/shared-work.js';

const at = (text: string, ...units: string[]) =>
  units.map((unit) => ({ at: text.indexOf(unit), end: text.indexOf(unit) + unit.length }));

describe('units one beside the other', () => {
  it.each([
    ['下大雪路结冰 交通局、公安局、乡镇分别干啥', '下大雪路结冰 '],
    ['流浪乞讨的 交通局、公安局各管哪一截', '流浪乞讨的 '],
    ['路面塌了,交通局、公安局、供水公司分别该做哪些', '路面塌了,'],
    ['村里办大席 交通局、公安局、镇上怎么分工', '村里办大席 '],
    ['交通局公安局和乡里在除雪上各负什么责', '在除雪上'],
    ['交通局、公安局谁干啥', ''],
    ['厂中厂 消防队、交通局、公安局各查啥', '厂中厂 '],
    ['厂中厂 交通局 公安局分别看哪样', '厂中厂 '],
    ['村头水塘黑臭 交通局 水利 公安局 分别干什么', '村头水塘黑臭 '],
  ])('%s asks each for its part', (text, matter) => {
    expect(askedOfUnits(text, at(text, '交通局', '公安局'))).toEqual({ matter });
  });

  it.each([
    '路灯不亮 请交通局、公安局各派一个人来看看',
    '井盖丢了 交通局和公安局都不管 怎么办',
    '呼叫交通局、公安局,路面塌了,分别派人来看看是什么原因',
    '交通局和公安局怎么分补贴钱',
  ])('%s does not', (text) => {
    expect(askedOfUnits(text, at(text, '交通局', '公安局'))).toBeNull();
  });

  it('nor is one unit asked so', () => {
    const text = '公安局都管啥';
    expect(askedOfUnits(text, at(text, '公安局'))).toBeNull();
  });
});
