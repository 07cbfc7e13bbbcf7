/** Runs of characters cut to words by jieba, whose dictionary of 349,045 words takes a third of a second to load. */
import { Jieba } from '@node-rs/jieba';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { once } from './once.js';

export type WordCutter = {
  /** `byModel`: characters that make no word of the dictionary are joined by how names are built. */
  cut(run: string, byModel: boolean): string[];
  /** Many runs follow: from now on the dictionary is loaded whole. */
  expectMany(): void;
};

/** The package's own way to it reads another six megabytes. */
const dict = readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt'));
/** Sum of the uses in the dictionary (tests/text/word-cutter.test.ts). */
const DICTIONARY_USES = 60_101_964;
/** What a domain word is taken to be used. */
const TERM_USES = 20_000;
const TERM_MOST = 8;
const TERM = /^[\u4e00-\u9fff]{2,8}$/;
/** Stands in no run of characters. */
const NO_WORD = 'q';

/**
 * Of a few runs only the words that stand in them are looked up, in the text of the dictionary, which is sorted: how a run is cut
 * depends on them and on the uses of all words together. `terms` are words that the dictionary would cut to pieces.
 */
export function createWordCutter(terms: Iterable<string>): WordCutter {
  const own = new Set([...terms].filter((term) => TERM.test(term)));
  const uses = once(() => {
    let sum = DICTIONARY_USES;
    for (const term of own) sum += TERM_USES - usesOf(term);
    return { sum };
  });
  const whole = once(() => {
    const jieba = Jieba.withDict(dict);
    if (own.size > 0) jieba.loadDict(Buffer.from([...own].map((term) => entry(term, TERM_USES)).join('')));
    return jieba;
  });
  const within = (run: string): Jieba => {
    const found = wordsWithin(run);
    for (let i = 0; i + 2 <= run.length; i++)
      for (let length = 2; length <= TERM_MOST && i + length <= run.length; length++) {
        const word = run.slice(i, i + length);
        if (own.has(word)) found.set(word, TERM_USES);
      }
    let rest = uses().sum;
    let lines = '';
    for (const [word, count] of found) {
      rest -= count;
      lines += entry(word, count);
    }
    return Jieba.withDict(Buffer.from(lines + entry(NO_WORD, rest)));
  };
  let isMany = false;
  return {
    cut: (run, byModel) => (isMany ? whole() : within(run)).cut(run, byModel),
    expectMany() {
      isMany = true;
    },
  };
}

const entry = (word: string, uses: number): string => `${word} ${uses} n\n`;

const NEWLINE = 10;
const SPACE = 32;
const ZERO = 48;
/** Of a character of CJK in UTF-8. */
const BYTES = 3;

function usesOf(word: string): number {
  const bytes = Buffer.from(word);
  const { from, end } = linesWith(bytes, 0, bytes.length, linesOfCharacter(word.charAt(0)));
  return (from < end ? usesAt(from, bytes.length) : null) ?? 0;
}

/** Every word of the dictionary in it, with its uses. */
function wordsWithin(run: string): Map<string, number> {
  const found = new Map<string, number>();
  const bytes = Buffer.from(run);
  for (let i = 0; i < run.length; i++) {
    let lines = { from: 0, end: dict.length };
    for (let end = i + 1; end <= run.length && lines.from < lines.end; end++) {
      lines =
        end === i + 1 ? linesOfCharacter(run.charAt(i)) : linesWith(bytes, i * BYTES, end * BYTES, lines);
      // A word stands before those that it begins.
      const uses = lines.from < lines.end ? usesAt(lines.from, (end - i) * BYTES) : null;
      if (uses !== null) found.set(run.slice(i, end), uses);
    }
  }
  return found;
}

/** Lines of the dictionary, by the bytes where the first of them and the one behind them begin. */
type Lines = { from: number; end: number };

const byCharacter = new Map<string, Lines>();

function linesOfCharacter(character: string): Lines {
  const known = byCharacter.get(character);
  if (known) return known;
  const lines = linesWith(Buffer.from(character), 0, BYTES, { from: 0, end: dict.length });
  byCharacter.set(character, lines);
  return lines;
}

/** Those that begin with `bytes` from `from` to `to`. */
function linesWith(bytes: Uint8Array, from: number, to: number, among: Lines): Lines {
  const first = seek(bytes, from, to, among, false);
  return { from: first, end: seek(bytes, from, to, { from: first, end: among.end }, true) };
}

/** The first line that is not before the bytes; `isBehind`: that neither begins with them. */
function seek(bytes: Uint8Array, from: number, to: number, among: Lines, isBehind: boolean): number {
  let low = among.from;
  let high = among.end;
  while (low < high) {
    let line = (low + high) >> 1;
    while (line > low && dict[line - 1] !== NEWLINE) line--;
    let at = 0;
    while (from + at < to && dict[line + at] === bytes[from + at]) at++;
    const isWith = from + at === to;
    const isBefore = isWith ? isBehind : (dict[line + at] as number) < (bytes[from + at] as number);
    if (isBefore) low = dict.indexOf(NEWLINE, line + at) + 1;
    else high = line;
  }
  return low;
}

/** Null where the word of the line is another one than its first `length` bytes. */
function usesAt(line: number, length: number): number | null {
  if (dict[line + length] !== SPACE) return null;
  let uses = 0;
  for (let at = line + length + 1; dict[at] !== SPACE; at++) uses = uses * 10 + (dict[at] as number) - ZERO;
  return uses;
}
