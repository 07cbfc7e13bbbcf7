/** Request numbers as people write them. Pure. */
import { requestNumber } from '../core/request.js';
import { cutText } from '../text/cut.js';

const SPACE = '[\\s\\-_—–‐‑.·/]{0,6}';
/** QS-2026-000123, qs2026000123, QS 2026 123号. */
const FULL = new RegExp(`(?<![a-z])qs${SPACE}(20\\d{2})${SPACE}(\\d{1,7})(?!\\d)`, 'i');
/** QS-123, qs 000123: of this year. */
const SHORT = new RegExp(`(?<![a-z])qs${SPACE}(\\d{1,7})(?!\\d)`, 'i');
/** 123号单, 第123号请求; 2026年123号呼叫. A house number (人民路12号) is none. */
const NUMBERED =
  /(?:(20\d{2})\s{0,3}年?\s{0,3}第?\s{0,3})?(?<![\d-]|[路街巷弄道村组屯栋幢楼座院区]\s{0,3})(\d{1,7})\s{0,3}号\s{0,3}(?:请求单|请求|呼叫单|呼叫|办理单|工单|单子|单|会商|调度|裁定|建议|交办|任务|征求意见)/;
/** The number and nothing else: 000123, #123, 第123号, 123号. */
const BARE = /^(?:#|no\.?|编号|单号|第)?\s{0,3}[::]?\s{0,3}(\d{1,7})\s{0,3}号?$/i;

/** The first number that a text names, or null. `year` is the current one. */
export function parseRequestNumber(text: string, year: number): string | null {
  const plain = cutText(text).normalize('NFKC').trim();
  const full = FULL.exec(plain);
  if (full) return numberOf(Number(full[1]), full[2]);
  const short = SHORT.exec(plain);
  if (short) return numberOf(year, short[1]);
  const numbered = NUMBERED.exec(plain);
  if (numbered) return numberOf(numbered[1] ? Number(numbered[1]) : year, numbered[2]);
  const bare = BARE.exec(plain);
  // Four digits and more come with leading zeros: a bare 2026 is a year, 12345 a hotline.
  if (bare && isPlausible(plain, bare[1] ?? '')) return numberOf(year, bare[1]);
  return null;
}

const EVERY = new RegExp(FULL.source, 'gi');

/** Every full number of a text, each once, in their order. */
export const parseRequestNumbers = (text: string): string[] => [
  ...new Set(
    [...cutText(text).normalize('NFKC').matchAll(EVERY)].flatMap(
      ([, year, digits]) => numberOf(Number(year), digits) ?? [],
    ),
  ),
];

const isPlausible = (text: string, digits: string): boolean =>
  digits.length <= 3 || digits.startsWith('0') || /[#号no第编单]/i.test(text);

function numberOf(year: number, digits = ''): string | null {
  const n = Number(digits);
  return n > 0 ? requestNumber(year, n) : null;
}
