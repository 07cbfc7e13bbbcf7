/** Words that call several whom they do not name, and what only sounds like it. */
import { expect, it } from 'vitest';
import { callsThem, groupCalled, groupFirst } from '../../src/reminders/group-words.js';

it.each([
  ['两个科室交年度总结', '两个科室'],
  ['他们交年度总结', '他们'],
  ['那几个村交年度总结', '那几个村'],
  ['包村干部交年度总结', '包村干部'],
  ['驻村工作队交年度总结', '驻村工作队'],
  ['网格员巡查', '网格员'],
  ['财政所的人交年度总结', '财政所的人'],
  ['咱局几个年轻人交体检表', '咱局几个年轻人'],
  ['值班的人去库房看看', '值班的人'],
  ['村里巡一遍烟花爆竹', '村里'],
  ['几个村的支书报名单', '几个村的支书'],
])('%s calls %s', (text, group) => expect(groupFirst(text)).toBe(group));

it.each([
  '干部培训报名',
  '干部档案归档',
  '企业年报',
  '党员大会',
  '窗口服务检查',
  '交党员名单',
  '人员名册',
  '我交表',
])('%s is what it is about', (text) => expect(groupFirst(text)).toBe(''));

it('stands behind the call, with the time between or not', () => {
  expect(groupCalled('提醒他俩周一上午九点交表', { text: '周一上午九点', index: 4 })).toBe('他俩');
  expect(groupCalled('提醒周一上午九点两个科室交表', { text: '周一上午九点', index: 2 })).toBe('两个科室');
  expect(groupCalled('明天九点通知家长开会', { text: '明天九点', index: 0 })).toBe('家长');
  expect(groupCalled('明天九点提醒领导签字', null)).toBe('');
  expect(groupCalled('周一网格员巡查提醒', null)).toBe('');
});

it.each([
  ['明天九点通知各科室交周报', '各科室', true],
  ['各科室明天九点交周报,通知一下各科室', '各科室', true],
  ['明天九点提醒各科室报周报', '各科室', false],
  ['明天九点提醒各科室负责人开会', '各科室负责人', true],
  ['各科室负责人明天九点开会', '各科室负责人', false],
])('%s calls %s: %s', (raw, them, called) => expect(callsThem(raw, them)).toBe(called));
