/** Numbers as the sheet shows them. */
import { format, getFormatFromId as builtIn, isDateFormat } from 'numfmt';

/** Formats 27 to 36 and 50 to 58 are left to the language of the program; these are the Chinese ones (18.8.30). */
const CHINESE: Record<number, string> = {
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
  // Chinese Excel shows the short date year first.
  14: 'yyyy/m/d',
};

export const getFormatFromId = (id: number): string => CHINESE[id] ?? builtIn(id) ?? 'General';

const DAYS_FROM_1900_TO_1904 = 1462;

export function printNumber(value: number, pattern: string, isDate1904: boolean): string {
  try {
    const isDate = isDate1904 && isDateFormat(pattern);
    return format(pattern, isDate ? value + DAYS_FROM_1900_TO_1904 : value).trim();
  } catch {
    return String(value);
  }
}
