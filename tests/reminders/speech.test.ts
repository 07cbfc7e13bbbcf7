/** What is said to reminders that are there, where a word of it could be taken for a name or for a question. */
import { expect, it } from 'vitest';
import { asksWhether } from '../../src/reminders/ask-words.js';
import { onceIn } from '../../src/reminders/once-words.js';
import { changeOf, speechesOf } from '../../src/reminders/speech.js';
import { isVoided } from '../../src/reminders/undo-words.js';

it.each([
  ['不用每个月 就这一次', ''],
  ['不用每周了,就要一次', ''],
  ['不用每周 就这周五', '这周五'],
  ['每个月都要', null],
])('%s leaves one', (said, time) => expect(onceIn(said)).toBe(time));

it.each(['写错了 是提醒郑九', '写错了 是郑九'])('%s names whom', (said) =>
  expect(changeOf(said)).toMatchObject({ kind: 'swap', to: '郑九' }),
);

it('那个啥 asks nothing', () =>
  expect(
    speechesOf('那个啥你明天下午两点提醒我一下就是去林场看那个防火通道的事').map(({ kind }) => kind),
  ).not.toContain('ask'));

it.each([
  '写错了 是备案表 不是审查表',
  '写错了 不是审查表 是备案表',
  '打错了 应该是备案表不是审查表',
  '搞反了 是备案表,可不是审查表',
  '备案表才对 不是审查表',
  '是备案表 我打成审查表了',
  '哎呀 说错了 是备案表不是审查表',
  '字打错了 是备案表 别写成审查表',
  '内容错了 要是备案表 不是审查表的',
])('%s: one word for the other, and no more', (said) =>
  expect(changeOf(said)).toEqual({ kind: 'swap', about: '', from: '审查表', to: '备案表' }),
);

it.each([
  ['不用到13 到11号就中了', { kind: 'until', time: '11号' }],
  ['报到1月底就不报了', { kind: 'until', time: '1月底' }],
  ['元旦那周的就不用了', { kind: 'skip', time: '元旦那周' }],
  ['碰上周末就挪到后头第一个上班的日子', { kind: 'shift-off', shift: 'next' }],
  ['赶上放假就放到节前', { kind: 'shift-off', shift: 'previous' }],
  ['打卡那个礼拜六礼拜天也要 每天都提醒吧', { kind: 'days-off-too', about: '打卡那个' }],
  ['改成六点半吧 晚上的', { kind: 'retime', time: '晚上六点半' }],
  ['搞错人了 是唐丙八', { kind: 'swap', to: '唐丙八' }],
  ['改成晚上九点半 延到1月15号', { kind: 'retime', time: '晚上九点半', until: '1月15号' }],
  ['头一天下午也提醒我一声 买红枣', { kind: 'shift', isAdded: true, days: -1, text: '买红枣' }],
])('%s', (said, change) => expect(changeOf(said)).toMatchObject(change));

it.each(['材料报到民政局就行', '周末也提醒吗', '碰上周末就改到周三'])('%s changes no rule', (said) =>
  expect(['until', 'shift-off', 'days-off-too']).not.toContain(changeOf(said)?.kind),
);

it.each(['提醒要咋取消啊', '怎么取消提醒'])('%s takes nothing back', (said) =>
  expect(speechesOf(said).map(({ kind }) => kind)).not.toContain('cancel'),
);

it.each([
  ['哎呀发错了 刚才那个不算', true],
  ['刚设的那条作废', true],
  ['刚才改的不算', false],
  ['刚才那个不算什么', false],
])('%s', (said, isSo) => expect(isVoided(said)).toBe(isSo));

it.each([
  ['报图斑那个提醒我取消了没有', true],
  ['那个提醒还在不', true],
  ['算了不去了 这条撤了吧', false],
  ['删了吧', false],
])('%s asks: %s', (said, isSo) => expect(asksWhether(said)).toBe(isSo));

it.each([
  ['还是五次吧', { kind: 'until', time: '五次' }],
  ['恢复了吧', { kind: 'resume' }],
])('%s', (said, change) => expect(changeOf(said)).toMatchObject(change));
