/** Numbers as people write them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestNumber, yearOfNumber } from '../../src/core/request.js';
import { parseRequestNumber } from '../../src/requests/numbers.js';

const parse = (text: string) => parseRequestNumber(text, 2026);

describe('a number in a text', () => {
  it.each([
    ['QS-2026-000123', 'QS-2026-000123'],
    ['签收 qs-2026-000123', 'QS-2026-000123'],
    ['QS2026000123签收', 'QS-2026-000123'],
    ['QS 2026 123号', 'QS-2026-000123'],
    ['QS—2025—000007', 'QS-2025-000007'],
    ['\uff31\uff33-2026-\uff10\uff10\uff10\uff11\uff12\uff13', 'QS-2026-000123'],
    ['qs-123 什么进展', 'QS-2026-000123'],
    ['催办123号单', 'QS-2026-000123'],
    ['第123号请求办得怎么样', 'QS-2026-000123'],
    ['2025年123号呼叫', 'QS-2025-000123'],
    ['000123', 'QS-2026-000123'],
    ['#123', 'QS-2026-000123'],
    ['123号', 'QS-2026-000123'],
    ['编号:4567', 'QS-2026-004567'],
    ['QS-2026-1234567', 'QS-2026-1234567'],
  ])('%s', (text, number) => {
    expect(parse(text)).toBe(number);
  });

  it.each([
    ['人民路12号路灯不亮'],
    ['人民路12号请求水利局来人'],
    ['兴隆街88号呼叫住建局'],
    ['三里村6号交办的事'],
    ['幸福小区3栋2号请求协助'],
    ['2026'],
    ['12345'],
    ['5月20日前'],
    ['没有编号'],
    ['QS'],
    ['QS-2026-000000'],
    ['tqs-123'],
    ['13800001234'],
    [''],
  ])('%s has none', (text) => {
    expect(parse(text)).toBeNull();
  });

  it('is found again however it is written', () => {
    const separators = fc.constantFrom('', '-', ' ', '_', '—', '. ');
    const number = fc.record({
      year: fc.integer({ min: 2020, max: 2099 }),
      n: fc.integer({ min: 1, max: 9_999_999 }),
    });
    fc.assert(
      fc.property(number, separators, fc.constantFrom('QS', 'qs', 'Qs'), ({ year, n }, separator, head) => {
        const digits = String(n).padStart(6, '0');
        const text = `请看 ${head}${separator}${year}${separator}${digits} 的进展`;
        expect(parse(text)).toBe(requestNumber(year, n));
        expect(yearOfNumber(requestNumber(year, n))).toBe(year);
      }),
    );
  });
});

it('is made with six digits and more, and nothing else is one', () => {
  expect(requestNumber(2026, 7)).toBe('QS-2026-000007');
  expect(requestNumber(2026, 1_234_567)).toBe('QS-2026-1234567');
  expect(['QS-2026-12345', 'qs-2026-000001', 'QS-2026-000001 '].map(yearOfNumber)).toEqual([
    null,
    null,
    null,
  ]);
});
