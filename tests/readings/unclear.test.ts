import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import type { ReadingDeps } from '../../src/readings/reading.js';
import { unclearReader } from '../../src/readings/unclear.js';

const deps = { knowledge: () => ({ directory: { mentions: () => [] } }) } as unknown as ReadingDeps;
const read = (text: string, intent = 'ask_responsibility', via = 'example') =>
  unclearReader.read(
    { text, match: { intent, slots: {}, score: 0.6, via, scores: {} } } as unknown as Context,
    deps,
  );

describe('what says nothing of its own', () => {
  it.each([
    ...['看看还剩啥', '没签的是哪家', '这条都发给谁', '都有谁', '谁说来不了了', '哪家的', '29号都有啥'],
    ...['那挪到后天同一个点', '算了 还是按最早说的那个点', '主办的是哪个单位来着', '明晚呢', '这归谁管'],
  ])('%s is not looked for in the lists', async (text) => {
    expect(await read(text)).toMatchObject([{ slots: { action: 'unclear' } }]);
  });

  it.each([
    ...[
      '谁家的狗咬人',
      '狗谁管',
      '路谁修',
      '谁管水',
      '没人管咋办',
      '人没了找谁',
      '他们欠钱不还',
      '晚上吵谁管',
    ],
    ...['墙要倒了', '老人走了咋弄', '路灯坏了', '电鱼归谁', '学上不了找谁', '他打人'],
  ])('%s is a matter', async (text) => {
    expect(await read(text)).toEqual([]);
  });

  it('chat stays chat, and what only points is none', async () => {
    for (const text of ['好的', '行', '有人吗', '你是谁', '没事没事', '早'])
      expect(await read(text, 'smalltalk'), text).toEqual([]);
    for (const text of ['那个呢', '这条啥时候', '明晚呢'])
      expect(await read(text, 'smalltalk'), text).toMatchObject([{ slots: { action: 'unclear' } }]);
  });

  it('a command, a dialogue and another intent are left alone', async () => {
    expect(await read('都有谁', 'ask_responsibility', 'command')).toEqual([]);
    expect(await read('都有谁', 'list_reminders')).toEqual([]);
  });
});
