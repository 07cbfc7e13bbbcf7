/** What is told and not to be sent yet is set nowhere; what one is reminded of may be that something is not sent. */
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import { heldBackReader } from '../../src/readings/held-back.js';
import type { ReadingDeps } from '../../src/readings/reading.js';

const read = (text: string, intent = 'set_reminder') =>
  heldBackReader.read(
    { text, match: { intent, via: 'example' }, session: null } as unknown as Context,
    {} as ReadingDeps,
  );

describe('held back', () => {
  it.each([
    '明天放假,让大家别忘了这个 你先记着不用发',
    '明天开会让大家带上材料 你先记着别发',
    '后天下午放假通知大家 先不用发',
    '周五停水让各村都知道 你先别群发',
    '明天检查 让大家把卫生搞好 现在先不用发出去',
    '下周一值班表要交 先记着 别发',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject([{ intent: 'request_status', slots: { move: 'hold' } }]);
  });

  it.each([
    '明天上午九点提醒我交表',
    '提醒我明天上午,文件先不要发',
    '明天九点提醒我带材料 不用通知大家',
    '那个通知不用发了',
    '先别发',
    '明天把补贴先发了',
  ])('%s is not', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('is nothing of a case', () => {
    expect(read('这件,你先别发', 'reply_request')).toEqual([]);
  });
});
