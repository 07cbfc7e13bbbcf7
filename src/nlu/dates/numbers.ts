/** Numbers as people type them: digits, Chinese numerals, 两, 廿, 一百二十. Pure. */
import { outOfYears } from '../../calendar/local.js';

/** A run longer than these is blanked out of a text before it is read (text.ts): no pattern below meets one. */
export const MAX_DIGITS = 8;
export const MAX_NUMERALS = 12;
export const NUMERAL = '[零〇一二两俩三仨四五六七八九十廿卅百]';

/** One number, as a piece of a regular expression. */
export const NUMBER = `(?:\\d{1,${MAX_DIGITS}}|${NUMERAL}{1,${MAX_NUMERALS}})`;
/** A number that goes as far as its digits do: in a list, each begins where the one before has ended. */
export const WHOLE_NUMBER = `(?:\\d{1,${MAX_DIGITS}}(?!\\d)|${NUMERAL}{1,${MAX_NUMERALS}}(?!${NUMERAL}))`;

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const TENS: Record<string, number> = { 廿: 20, 卅: 30 };

/** The number, at most `max`. @throws RangeError `outOfYears`: what is counted in so many lies too far off */
export function atMost(max: number, text: string): number {
  const number = parseNumber(text);
  if (!(number <= max)) throw outOfYears();
  return number;
}

/** 三五 (天), 两三 (天): about so many. The two numbers, or null. */
export function parseAbout(text: string): [number, number] | null {
  const [a, b, rest] = [...text].map((c) => DIGITS[c] ?? 0);
  return a && b && a < b && rest === undefined && !/\d/.test(text) ? [a, b] : null;
}

/** 两三点, 七八点, 十一二点: the earlier of two hours said in one breath, else the number itself. */
export function earlierOf(text: string): number {
  const [, ten, pair = ''] = /^(十)?([一二两三四五六七八九]{2})$/.exec(text) ?? [];
  const about = parseAbout(pair);
  return about ? about[0] + (ten ? 10 : 0) : parseNumber(text);
}

/** NaN for what is no number. 二〇二六 reads digit by digit, 二十六 by its tens. */
export function parseNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === '') return NaN;
  if (!/[十百廿卅]/.test(text)) {
    const digits = [...text].map((c) => DIGITS[c]);
    return digits.includes(undefined) ? NaN : Number(digits.join(''));
  }
  let total = 0;
  let digit: number | null = null;
  for (const c of text) {
    const value = DIGITS[c];
    if (value !== undefined) digit = value;
    else if (c === '百') [total, digit] = [total + (digit ?? 1) * 100, null];
    else if (c === '十') [total, digit] = [total + (digit ?? 1) * 10, null];
    else if (TENS[c] !== undefined) [total, digit] = [total + TENS[c], null];
    else return NaN;
  }
  return total + (digit ?? 0);
}
