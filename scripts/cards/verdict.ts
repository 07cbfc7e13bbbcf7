/** Whether a card fits a telephone: all of it where it must, its primary button always. Pure. */
import type { Measure } from './browser.js';

/** Of 351 x 672, px. */
export const PHONE_HEIGHT = 672;

/** What is wrong, in words; null where nothing is. */
export function problemOf({ height, primaryEnd }: Measure, mustFit: boolean): string | null {
  if (primaryEnd !== null && primaryEnd > PHONE_HEIGHT) return `主按钮不在 ${PHONE_HEIGHT} px 以内`;
  return mustFit && height > PHONE_HEIGHT ? `超过 ${PHONE_HEIGHT} px` : null;
}
