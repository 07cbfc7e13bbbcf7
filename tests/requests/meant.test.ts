import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { clearlyMeant } from '../../src/requests/meant.js';

const filed = (number: string, text: string, ...later: string[]): Request =>
  ({ number, text, place: '', events: later.map((it) => ({ text: it })) }) as unknown as Request;

const CASES = [
  filed('1', '东头巷子的路灯一盏都不亮', '灯泡已经下单'),
  filed('2', '供销社门口下水道返臭水'),
  filed('3', '沟口那道拦污栅叫树根塞满了', '打捞船后天进场'),
];

describe('which request shares words with what is said', () => {
  it.each([
    ['路灯啥时候亮', '1'],
    ['臭水都淌到小学门口了', '2'],
    ['树根捞出来了', '3'],
    ['打捞船来了没', '3'],
  ])('%s', (text, number) => {
    expect(clearlyMeant(text, CASES)?.request.number).toBe(number);
  });

  it.each(['人已经去了,下午给信', '修桥那个催一下', '一个都没来', '门口的灯'])('%s names none', (text) => {
    expect(clearlyMeant(text, CASES)).toBeNull();
  });

  it('is sure of more than one word alone', () => {
    expect(clearlyMeant('路灯好了', CASES)?.isSure).toBe(false);
    expect(clearlyMeant('下水道不返臭水了', CASES)?.isSure).toBe(true);
  });
});
