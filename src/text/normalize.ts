/** Brings what people type to one form: full-width to half-width, 繁体 to 简体, no invisible characters. */
import { Converter } from 'opencc-js/t2cn';

export const toSimplified: (text: string) => string = Converter({ from: 'tw', to: 'cn' });

/** Full-width letters and digits; Chinese punctuation stays, the encoder was trained with it. */
const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g;
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u0000-\u0008\u000B-\u001F\u007F]/g;

export function normalizeText(text: string): string {
  return toSimplified(text)
    .replace(FULL_WIDTH, (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(INVISIBLE, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
    .toLowerCase();
}
