/** Several days of one week: 下周一三五, 下周二和周四. */
import { describe, expect, it } from 'vitest';
import { parseTime } from '../../../src/nlu/dates/parse.js';
import { severalIn } from '../../../src/reminders/several.js';
import { calendar, show } from '../../helpers/dates.js';

/** A Thursday. */
const NOW = Date.parse('2026-12-03T08:50:00+08:00');
const read = (text: string): string | null => {
  const found = parseTime(text, { now: NOW, calendar });
  if (found?.kind === 'instant') return show(found.at);
  if (found?.kind !== 'recurrence') return found?.kind ?? null;
  const { rrule, times } = found.rule;
  return `${rrule} ${times.map((it) => `${Math.floor(it / 60)}:${String(it % 60).padStart(2, '0')}`).join()}`;
};

describe('several days of one week', () => {
  it.each([
    ['提醒下周一三五早八点半去广场转转', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261213 8:30'],
    ['下周一、三、五早上八点提醒我交表', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261213 8:00'],
    ['下周一到周五每天早上八点提醒我交表', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261213 8:00'],
    ['这周六日上午九点提醒我值班', 'FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20261206 9:00'],
    ['下下周一二上午10点提醒我培训', 'FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261220 10:00'],
    ['周二四下午三点提醒我交表', 'FREQ=WEEKLY;BYDAY=TU,TH 15:00'],
    ['下周五一早提醒我开门', '2026-12-11 08:00'],
    ['下周三四点提醒我开门', '2026-12-09 16:00'],
    ['下周日一整天值班,提醒我', '2026-12-13 09:00'],
    ['下周四五个人来,提醒我', '2026-12-10 09:00'],
  ])('%s', (text, said) => expect(read(text)).toBe(said));

  it('have one hour where it is said once', () => {
    expect(severalIn('下周一和周三早上八点提醒我交表')).toEqual([
      '下周一早上八点提醒我交表',
      '下周三早上八点提醒我交表',
    ]);
    expect(severalIn('明天上午九点和后天提醒我交表')?.[1]).toBe('后天提醒我交表');
  });
});
