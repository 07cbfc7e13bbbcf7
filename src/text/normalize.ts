/** Brings what people type to one form: full-width to half-width, 繁体 to 简体, no invisible characters. */
import { Converter } from 'opencc-js/t2cn';
import { once } from './once.js';

const convert = Converter({ from: 'tw', to: 'cn' });

/** CJK's extension A begins here; CJK itself ends before `LAST`. */
const FIRST = 0x3400;
const LAST = 0xa000;

/** 1 for each character from `FIRST` on that is written otherwise in 简体, each asked on a line of its own. */
const traditional = once(() => {
  const characters = Array.from({ length: LAST - FIRST }, (_, i) => String.fromCharCode(FIRST + i));
  const simplified = convert(characters.join('\n')).split('\n');
  return Uint8Array.from(characters, (character, i) => Number(simplified[i] !== character));
});

/**
 * Only where a character of 繁体 stands: the table's phrases take 打坏 and 一坏 of 简体 for a slip of 坯, and an ordinary
 * message costs a tenth so. 衞 is a form of 香港 that the Taiwan table lacks; 覆 is one of 简体 too, but not in 答覆.
 */
function toSimplified(text: string): string {
  const known = text.replace(/答覆/g, '答复').replace(/\u885E/g, '\u536B');
  const differs = traditional();
  for (let i = 0; i < known.length; i++)
    if (differs[known.charCodeAt(i) - FIRST] === 1) return convert(known);
  return known;
}

/** Full-width letters and digits; Chinese punctuation stays, the encoder was trained with it. */
const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g;
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u0000-\u0008\u000B-\u001F\u007F]/g;

/** 繁体 to 简体, every UTF-16 unit in its place: what is found in it is found in the original. */
export function inSimplified(text: string): string {
  const simplified = toSimplified(text);
  return simplified.length === text.length ? simplified : text;
}

export function normalizeText(text: string): string {
  return toSimplified(text)
    .replace(FULL_WIDTH, (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(INVISIBLE, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
    .toLowerCase();
}
