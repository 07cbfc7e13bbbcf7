/** Requests read times by weekends alone where the next year's holidays are not published yet, as in every November. */
import { describe, expect, it } from 'vitest';
import { withPlainWeeks } from '../../../src/calendar/calendar.js';
import { parseTime } from '../../../src/nlu/dates/parse.js';
import { calendar, show } from '../../helpers/dates.js';

const NOW = Date.parse('2026-11-30T09:00:00+08:00');
const read = (text: string) => {
  const reading = parseTime(text, { now: NOW, calendar: withPlainWeeks(calendar) });
  return reading?.kind === 'instant' ? show(reading.at) : (reading?.kind ?? null);
};

describe('the next holiday of a year that is not published', () => {
  it.each([
    ['节前把值班表报上来', '2026-12-31 18:00'],
    ['节前两天', '2026-12-30 09:00'],
    ['放假前最后一个工作日', '2026-12-31 09:00'],
    ['长假后第一个工作日上午', '2027-01-04 09:00'],
    ['节后报总结', '2027-01-04 09:00'],
    ['年后第一天上班', '2027-02-08 09:00'],
    ['0５５５５呼叫节前', '2026-12-31 18:00'],
  ])('%s', (text, at) => expect(read(text)).toBe(at));
});
