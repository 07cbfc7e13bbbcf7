/** Brings what people type to one form: full-width to half-width, 繁体 to 简体, no invisible characters. */
import { Converter } from 'opencc-js/t2cn';
import { once } from './once.js';
import { TRADITIONAL } from './traditional.js';

const toCn = once(() => Converter({ from: 'tw', to: 'cn' }));

/** CJK's extension A begins here; CJK itself ends before `LAST`. */
const FIRST = 0x3400;
const LAST = 0xa000;

/** 1 for each character from `FIRST` on that is written otherwise in 简体. */
const isTraditional = new Uint8Array(LAST - FIRST);
for (const character of TRADITIONAL) isTraditional[character.charCodeAt(0) - FIRST] = 1;

/**
 * Only where a character of 繁体 stands: the table's phrases take 打坏 and 一坏 of 简体 for a slip of 坯, and an ordinary
 * message costs a tenth so. 衞 is a form of 香港 that the Taiwan table lacks; 覆 is one of 简体 too, but not in 答覆.
 */
function toSimplified(text: string): string {
  const known = text.replace(/答覆/g, '答复').replace(/\u885E/g, '\u536B');
  for (let i = 0; i < known.length; i++)
    if (isTraditional[known.charCodeAt(i) - FIRST] === 1) return toCn()(known);
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

/**
 * 1 for what normalising leaves as it is: 简体, Chinese punctuation, ASCII without blanks and capitals. 覆 and 衞 are looked at with
 * what stands beside them.
 */
const isPlain = new Uint8Array(0x10000);
for (const [from, end] of [
  [0x21, 0x41],
  [0x5b, 0x7f],
  [0x3001, 0x3040],
  [FIRST, LAST],
  [0xff01, 0xff10],
  [0xff1a, 0xff21],
  [0xff3b, 0xff41],
  [0xff5b, 0xff5f],
] as const)
  isPlain.fill(1, from, end);
for (const character of `${TRADITIONAL}覆\u885E`) isPlain[character.charCodeAt(0)] = 0;

const BLANK = 0x20;

/** Plain, with single blanks within: so is most of what a start normalises, and looking is a tenth of the replacing. */
function isNormal(text: string): boolean {
  let wasBlank = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isBlank = code === BLANK;
    if (isBlank ? wasBlank : isPlain[code] === 0) return false;
    wasBlank = isBlank;
  }
  return text === '' || !wasBlank;
}

export function normalizeText(text: string): string {
  if (isNormal(text)) return text;
  return toSimplified(text)
    .replace(FULL_WIDTH, (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(INVISIBLE, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
    .toLowerCase();
}

/**
 * 是么, 有么 as they were typed: the table takes the bare 么 for the Taiwan form of 幺. Vectors and what was fitted know such
 * questions as normalising writes them, so it stays; patterns read them so.
 */
export const withParticle = (normal: string): string => normal.replaceAll('幺', '么');
