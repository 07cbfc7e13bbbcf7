/** What is said to reminders that are there, where a word of it could be taken for a name or for a question. */
import { expect, it } from 'vitest';
import { onceIn } from '../../src/reminders/once-words.js';
import { changeOf, speechesOf } from '../../src/reminders/speech.js';

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
