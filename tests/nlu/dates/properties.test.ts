/** From every day of 2026, at several hours: nothing is set in the past, weeks and working days are those of a naive count. */
import { describe, expect, it } from 'vitest';
import { addDays, fromLocal, toLocal, weekdayOf } from '../../../src/calendar/local.js';
import { parseTime } from '../../../src/nlu/dates/parse.js';
import { calendar, show } from '../../helpers/dates.js';

const HOURS = [0, 7 * 60 + 59, 9 * 60, 12 * 60 + 30, 15 * 60, 18 * 60, 22 * 60 + 10];
/** Each day at three of the hours, each in its turn: all pairs of weekday and hour come up. */
const STARTS = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i)).flatMap((date, i) =>
  [0, 2, 4].map((k) => ({ date, now: fromLocal(date, HOURS[(i + k) % HOURS.length]) })),
);
const read = (text: string, now: number) => parseTime(text, { now, calendar });

const PHRASES = [
  '周一提醒我',
  '周五下午三点提醒我',
  '本周日前',
  '下周三之前报送',
  '今晚提醒我',
  '明早八点提醒我',
  '后天一早提醒我',
  '三点提醒我',
  '八点半提醒我',
  '25号前报送',
  '31号提醒我',
  '月底前报送',
  '下个月5号提醒我',
  '季度末提醒我',
  '年底前完成',
  '3月5日提醒我',
  '12月31日下午提醒我',
  '节后第一个工作日提醒我',
  '国庆前提醒我',
  '中秋前一天提醒我',
  '腊月二十提醒我',
  '3个工作日内答复',
  '半小时后提醒我',
  '每月25日提醒',
  '每周一三五上午提醒',
  '每个工作日下班前提醒',
  '每月最后一个工作日提醒',
];

describe('from every day of 2026', () => {
  it('nothing is set for the past, nor offered', { timeout: 120_000 }, () => {
    const late: string[] = [];
    for (const { now } of STARTS)
      for (const text of PHRASES) {
        const reading = read(text, now);
        const instants =
          reading === null
            ? []
            : reading.kind === 'unclear'
              ? reading.candidates.map(({ at }) => at)
              : [reading.kind === 'range' ? reading.to : reading.at];
        if (reading === null || instants.some((at) => at <= now)) late.push(`${text} at ${show(now)}`);
      }
    expect(late).toEqual([]);
  });

  it('下周X is in the next calendar week, 下下周X in the one after', () => {
    for (const { date, now } of STARTS)
      for (const [i, day] of [...'一三五日'].entries()) {
        const number = [1, 3, 5, 7][i] ?? 0;
        // Back to Monday one day at a time.
        let monday = date;
        while (weekdayOf(monday) !== 1) monday = addDays(monday, -1);
        for (const [words, weeks] of [
          ['下周', 1],
          ['下下周', 2],
        ] as const) {
          const reading = read(`${words}${day}提醒我`, now);
          expect(reading).toMatchObject({
            kind: 'instant',
            at: fromLocal(addDays(monday, weeks * 7 + number - 1), 540),
          });
        }
      }
  });

  it('a bare weekday is the next one ahead, within a week', () => {
    for (const { now } of STARTS) {
      const reading = read('周四提醒我', now);
      const at = reading?.kind === 'instant' ? reading.at : 0;
      expect(weekdayOf(toLocal(at).date)).toBe(4);
      expect(at).toBeGreaterThan(now);
      expect(at - now).toBeLessThanOrEqual(8 * 86_400_000);
    }
  });

  it('working days count from the next day', () => {
    for (const { date, now } of STARTS)
      for (const n of [1, 3, 10]) {
        if (date > '2026-12-10') continue;
        let day = date;
        for (let left = n; left > 0;) {
          day = addDays(day, 1);
          if (calendar.day(day).isWorkday) left--;
        }
        expect(read(`${n}个工作日内办结`, now)).toMatchObject({ kind: 'instant', at: fromLocal(day, 1080) });
      }
  });

  it('a working day of a year without its calendar is asked, never guessed', () => {
    for (const date of ['2026-12-25', '2026-12-31']) {
      const reading = read('10个工作日内办结', fromLocal(date, 600));
      expect(reading).toMatchObject({ kind: 'unclear', reason: 'no-calendar' });
      expect(reading?.kind === 'unclear' && reading.message).toContain('2027年');
    }
  });
});
