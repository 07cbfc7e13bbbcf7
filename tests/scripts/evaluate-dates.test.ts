import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoreDates, type DateLine } from '../../scripts/evaluate/dates.js';
import { calendar } from '../helpers/dates.js';

const NOW = '2026-03-12T10:00:00+08:00';
const score = (...lines: Partial<DateLine>[]) =>
  scoreDates(
    lines.map((line) => ({ text: '周五下午三点提醒我', now: NOW, expect: null, recurrence: null, ...line })),
    calendar,
    () => 0,
  );
const isRight = (line: Partial<DateLine>) => score(line).right === 1;

describe('a line of times', () => {
  it.each([
    ['2026-03-13T15:00:00+08:00'],
    ['2026-03-13T15:00'],
    ['2026-03-13 15:00'],
    ['2026-03-13T07:00:00Z'],
    ['2026-03-13T07:00:00.000Z'],
    ['2026-03-13'],
    [{ at: '2026-03-13T15:00' }],
    [['2026-03-13T15:00']],
  ])('takes %j for the same instant', (expected) => {
    expect(isRight({ expect: expected })).toBe(true);
  });

  it.each([
    ['2026-03-14'],
    ['2026-03-13T15:01'],
    [null],
    ['ask'],
    [{ start: '2026-03-13T15:00', end: '2026-03-13T16:00' }],
  ])('does not take %j for it', (expected) => {
    const isStart = typeof expected === 'object' && expected !== null;
    expect(isRight({ expect: expected })).toBe(isStart);
  });

  it.each([
    ['2026-03-12T10:00:00+08:00'],
    ['2026-03-12T02:00:00Z'],
    ['2026-03-12T10:00:00'],
    ['2026-03-12 10:00'],
    [Date.parse(NOW)],
  ])('takes %j for now', (now) => {
    expect(isRight({ now, expect: '2026-03-13T15:00' })).toBe(true);
  });

  it('is asked back where null, "ask" or candidates stand', () => {
    for (const expected of [
      null,
      'ask',
      { candidates: ['2027-03-05'] },
      ['2027-03-05', '2028-03-05'],
      undefined,
    ])
      expect(isRight({ text: '3月5日提醒我', expect: expected })).toBe(true);
    expect(isRight({ text: '人民路5号积水' })).toBe(true);
  });

  it('may be a range', () => {
    const text = '明天9点到11点';
    for (const expected of [
      { start: '2026-03-13T09:00', end: '2026-03-13T11:00' },
      ['2026-03-13T09:00', '2026-03-13T11:00'],
      '2026-03-13T09:00/2026-03-13T11:00',
      '2026-03-13T09:00',
    ])
      expect(isRight({ text, expect: expected })).toBe(true);
    expect(isRight({ text, expect: { start: '2026-03-13T09:00', end: '2026-03-13T12:00' } })).toBe(false);
  });

  it('that is no time stops with its text', () => {
    expect(() => score({ expect: 'soon' })).toThrow(/soon is no ISO time/);
  });
});

describe('a rule', () => {
  it.each([
    ['每周一至周五早上8点半', 'RRULE:FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO', true],
    ['每周一至周五早上8点半', 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', true],
    ['每周一至周五早上8点半', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=30', true],
    ['每周一至周五早上8点半', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9', false],
    ['每季度末', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', true],
    ['每季度末', 'FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', true],
    ['每季度末', 'FREQ=MONTHLY;BYMONTHDAY=-1', false],
    ['每两周周五', 'DTSTART:20260313T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', true],
    ['每两周周五', 'FREQ=WEEKLY;BYDAY=FR', false],
    ['每周五提醒,到年底为止', 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T155959Z', true],
    ['每年清明前', 'FREQ=YEARLY;BYMONTH=4', true],
    ['每月25日', true, true],
    ['每月25日', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=25' }, true],
    ['每月25日', null, false],
    ['3月25日', 'FREQ=MONTHLY;BYMONTHDAY=25', false],
    ['每月25日', 'NONSENSE=1', false],
  ])('%s and %j are the same: %s', (text, recurrence, isSame) => {
    expect(isRight({ text, expect: undefined, recurrence })).toBe(isSame);
  });

  it('has its first occurrence where one is given', () => {
    const line = { text: '每月25日', recurrence: 'FREQ=MONTHLY;BYMONTHDAY=25' };
    expect(isRight({ ...line, expect: '2026-03-25T09:00' })).toBe(true);
    expect(isRight({ ...line, expect: '2026-04-25T09:00' })).toBe(false);
    expect(isRight({ ...line, expect: null })).toBe(true);
  });
});

describe('the report', () => {
  it('counts what was set silently in a wrong year, and what should have been asked', () => {
    const report = score(
      { text: '1月5日提醒我', now: '2026-12-28T10:00', expect: '2026-01-05T09:00' },
      { text: '1月5日提醒我', now: '2026-12-28T10:00', expect: null },
      { expect: null },
      { expect: '2026-03-13T15:00' },
    );
    expect(report).toMatchObject({
      total: 4,
      right: 1,
      accuracy: 0.25,
      silentWrongYear: 2,
      silentGuess: 2,
      silentPast: 0,
    });
    expect(report.wrong).toHaveLength(3);
    expect(report.wrong[0]).toMatchObject({ got: { kind: 'instant', at: '2027-01-05T09:00+08:00' } });
  });
});

describe('the evaluation sets', () => {
  it.each(['dates.tune.jsonl', 'dates.test.jsonl'])('%s: nothing silently wrong, 97 of 100 right', (name) => {
    const lines = readFileSync(`tests/evaluation/${name}`, 'utf8').trim().split('\n');
    const report = scoreDates(
      lines.map((line) => JSON.parse(line) as DateLine),
      calendar,
      () => 0,
    );
    expect(report.total).toBeGreaterThan(180);
    expect(report).toMatchObject({ silentWrongYear: 0, silentPast: 0 });
    expect(report.accuracy).toBeGreaterThanOrEqual(0.97);
  });
});
