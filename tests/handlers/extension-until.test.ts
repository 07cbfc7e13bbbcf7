import { describe, expect, it } from 'vitest';
import { saidAnew, untilIn, wrongUntil } from '../../src/handlers/shared/extension-until.js';
import { at, calendar, show } from '../helpers/dates.js';

const on = { now: at('2026-12-02 09:00'), calendar, latest: at('2026-12-16 18:00') };
const dayOf = (text: string): string => {
  const time = untilIn(text, on)?.time;
  return time?.kind === 'instant' ? show(time.at).slice(0, 10) : (time?.kind ?? '');
};

describe('until when', () => {
  it.each([
    ['包工头在外地,12月14号才回来对账,申请延期到16号', '2026-12-16'],
    ['1月8号才回来,延期到10号', '2027-01-10'],
    ['12月4号的会改期了 推迟到12月9号', '2026-12-09'],
    ['延期 12月11日 送市里检', '2026-12-11'],
  ])('%s: %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  it.each(['延期到2月30号,排不上工', '延期到11月31号', '延期到昨天', '延期到12月18号'])(
    '%s is wrong',
    (text) => {
      expect(wrongUntil(text, on)).not.toBeNull();
    },
  );
  it.each(['延期到12月16号', '昨天才拿到配件,要延期', '晚几天'])('%s is not', (text) => {
    expect(wrongUntil(text, on)).toBeNull();
  });

  it.each([
    ['延期到2月30号,排不上工\n写错了 延期到12月9号 排不上工', '延期到12月9号 排不上工'],
    ['延期到2月30号,排不上工\n12月9号', '延期到12月9号,排不上工'],
    ['晚几天\n延期到12月9号,等配件', '晚几天\n延期到12月9号,等配件'],
  ])('said anew: %j', (said, whole) => {
    expect(saidAnew(said, on)).toBe(whole);
  });
});
