/** One time written in ten ways is read as the same time, from every day of a year and a leap year. */
import { describe, expect, it } from 'vitest';
import { addDays, fromLocal, weekdayOf, type LocalDate } from '../../../src/calendar/local.js';
import { parseTime } from '../../../src/nlu/dates/parse.js';
import { calendar, show } from '../../helpers/dates.js';

const DIGITS = '零一二三四五六七八九';
const numeral = (n: number): string =>
  n < 10
    ? DIGITS.charAt(n)
    : `${n < 20 ? '' : DIGITS.charAt(Math.floor(n / 10))}十${n % 10 ? DIGITS.charAt(n % 10) : ''}`;
const fullWidth = (text: string): string =>
  text.replace(/[0-9:]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const pad = (n: number): string => String(n).padStart(2, '0');

type Time = { date: LocalDate; hour: number; minute: number };

function partOf(hour: number): { part: string; hour: number } {
  if (hour < 11) return { part: '上午', hour };
  if (hour < 18) return { part: '下午', hour: hour - 12 };
  return { part: '晚上', hour: hour - 12 };
}

const weeksAway = (date: LocalDate, today: LocalDate): string => {
  const monday = (it: LocalDate) => addDays(it, 1 - weekdayOf(it));
  const weeks = Math.round((Date.parse(monday(date)) - Date.parse(monday(today))) / (7 * 86_400_000));
  return weeks === 0 ? '本' : '下'.repeat(weeks);
};

/** Ten ways in which people write it on a phone. */
function ways({ date, hour, minute }: Time, today: LocalDate): string[] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const { part, hour: h } = partOf(hour);
  const clock = `${part}${h}点${minute === 0 ? '' : minute === 30 ? '半' : `${minute}分`}`;
  const spoken = `${part}${numeral(h)}点${minute === 0 ? '' : minute === 30 ? '半' : `${numeral(minute)}分`}`;
  const digital = `${pad(hour)}:${pad(minute)}`;
  const weekday = '一二三四五六日'.charAt(weekdayOf(date) - 1);
  const away = weeksAway(date, today);
  return [
    `${year}年${month}月${day}日${clock}`,
    `${year}年,${month}月${day}号 ${digital}`,
    `${date} ${digital}`,
    `${date.replaceAll('-', '')} ${digital}`,
    `${year}/${month}/${day} ${clock}`,
    `${year}年${numeral(month)}月${numeral(day)}号${spoken}`,
    fullWidth(`${year}年${month}月${day}日${digital}`),
    `${year}年${month}月${day}號${clock.replace('点', '點')}`,
    `${away}周${weekday}${clock}`,
    `${away}${away === '本' ? '' : '个'}星期星期${weekday}${spoken}`.replace('本星期星期', '本周周'),
  ];
}

describe('a time written in ten ways', () => {
  it('is read back from each of them', () => {
    const wrong: string[] = [];
    for (let i = 0; i < 365; i++) {
      const today = addDays('2026-01-01', i);
      const now = fromLocal(today, 8 * 60 + 15);
      const time = {
        date: addDays(today, 1 + ((i * 5) % 13)),
        hour: [9, 10, 14, 15, 16, 19, 20][i % 7]!,
        minute: [0, 30, 45, 20][i % 4]!,
      };
      const at = fromLocal(time.date, time.hour * 60 + time.minute);
      for (const text of ways(time, today))
        for (const said of [text, `${text}提醒我交表`]) {
          const reading = parseTime(said, { now, calendar, purpose: 'reminder' });
          if (reading?.kind !== 'instant' || reading.at !== at)
            wrong.push(
              `${said} at ${show(now)}: ${reading?.kind === 'instant' ? show(reading.at) : reading?.kind}`,
            );
        }
    }
    expect(wrong).toEqual([]);
  });
});
