/** Glyphs to lines, and the lines of a cell to its text: lines that only wrapped are joined, printed breaks are kept. */
import type { Glyph } from './glyphs.js';
import { typedText } from './radicals.js';

export type Line = {
  text: string;
  left: number;
  right: number;
  /** Right end without closing marks, which some programs let hang over the edge. */
  rightOfText: number;
  y: number;
  size: number;
  /** Width of what could not have been cut off from the beginning of the line. */
  firstUnit: number;
  endsWithSpace: boolean;
};

const LATIN = /[0-9A-Za-z\u00c0-\u024f]/;
/** Marks that no line begins with, marks that no line ends with, quotation marks that are either. */
const CLOSING =
  /^[)\]}%\u2030\uff05\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u3009\u300d\u300f\u3011\u3015\u2026,.;:?!/\u00b7\u201d\u2019-]$/;
const OPENING = /^[([{\uff08\u300a\u3008\u300c\u300e\u3010\u3014\u201c\u2018]$/;
const QUOTATION = /^[\u201c\u201d\u2018\u2019]$/;
const INFIX = /^[,.;:/%-]$/;
const LATIN_GAP = 0.3;
const WIDE_GAP = 1.6;

/** Lines from top to bottom, each read from left to right. */
export function linesOf(glyphs: Glyph[]): Line[] {
  const sorted = glyphs.filter(({ text }) => text !== '').sort((a, b) => a.y - b.y || a.x - b.x);
  const rows: { y: number; size: number; glyphs: Glyph[] }[] = [];
  for (const glyph of sorted) {
    const row = rows.at(-1);
    if (row && glyph.y - row.y < 0.45 * Math.max(row.size, glyph.size)) {
      row.glyphs.push(glyph);
      // A superscript comes first: the line is where its larger glyphs are.
      if (glyph.size > row.size * 1.1) Object.assign(row, { y: glyph.y, size: glyph.size });
    } else rows.push({ y: glyph.y, size: glyph.size, glyphs: [glyph] });
  }
  return rows.flatMap((row) => lineOf(row.glyphs, row.y, row.size) ?? []);
}

function lineOf(unsorted: Glyph[], y: number, size: number): Line | null {
  const glyphs = unsorted
    .sort((a, b) => a.x - b.x)
    .map((glyph) => ({ ...glyph, text: typedText(glyph.text) }));
  // Bold face is drawn twice by some programs, a hair apart.
  const once = glyphs.filter(({ text, x }, i) => {
    const before = glyphs[i - 1];
    return !before || before.text !== text || text.trim() === '' || x - before.x > 0.2 * size;
  });
  const ink = once.filter(({ text }) => text.trim() !== '');
  const first = ink[0];
  const last = ink.at(-1);
  if (!first || !last) return null;
  const shown = once.slice(once.indexOf(first));
  const isSpread = isEvenlySpread(ink, size);
  let text = '';
  let end = first.x;
  for (const glyph of shown) {
    const gap = (glyph.x - end) / size;
    const isWord = LATIN.test(text.at(-1) ?? '') && LATIN.test(glyph.text[0] ?? '');
    const isSpace = isWord ? gap > LATIN_GAP : gap > WIDE_GAP && !isSpread;
    if (text && isSpace && !/\s$/.test(text) && glyph.text.trim()) text += ' ';
    text += glyph.text;
    end = Math.max(end, glyph.x + glyph.width);
  }
  const words = ink.filter(({ text: sign }) => !CLOSING.test(sign));
  const lastWord = words.at(-1) ?? last;
  return {
    text: text.trim(),
    left: first.x,
    right: last.x + last.width,
    rightOfText: lastWord.x + lastWord.width,
    y,
    size,
    firstUnit: firstUnitWidth(ink),
    endsWithSpace: /\s$/.test(text),
  };
}

/** A few signs spread over the whole width of their column. */
function isEvenlySpread(ink: Glyph[], size: number): boolean {
  const gaps = ink.slice(1).map((glyph, i) => glyph.x - (ink[i]?.x ?? 0) - (ink[i]?.width ?? 0));
  return Math.max(...gaps) - Math.min(...gaps) < 0.5 * size;
}

/** Leans to the long side: a wrapped line taken for a printed break would put a space into a word. */
function firstUnitWidth(ink: Glyph[]): number {
  let at = 0;
  const sign = () => ink[at]?.text ?? '';
  const takeWhile = (test: (text: string) => boolean) => {
    while (at < ink.length && test(sign())) at++;
  };
  const takeWord = () => {
    if (LATIN.test(sign())) takeWhile((text) => LATIN.test(text) || INFIX.test(text));
    else at++;
  };
  takeWhile((text) => OPENING.test(text));
  takeWord();
  while (at < ink.length && (CLOSING.test(sign()) || OPENING.test(sign()))) {
    const mark = sign();
    at++;
    // Quotation marks hold on to both sides (class QU of Unicode's line breaking).
    if (QUOTATION.test(mark) || (INFIX.test(mark) && LATIN.test(sign()))) takeWord();
    else if (OPENING.test(mark)) {
      at--;
      break;
    }
  }
  const start = ink[0];
  const end = ink[at - 1];
  return start && end ? end.x + end.width - start.x : 0;
}

/** Free width at the end of a line: nothing went on there although `slack` points were left. */
type Measured = { line: Line; slack: number };
/** `left` and `right` are the edges between which text may stand. */
export type Measure = { left: number; right: number };

function measure(lines: Line[], { left, right }: Measure): Measured[] {
  const isCentered =
    lines.some((line) => line.left - left > 3) &&
    lines.every((line) => Math.abs(line.left - left - (right - line.right)) < Math.max(3, line.size * 0.6));
  return lines.map((line) => ({
    line,
    slack: isCentered ? right - left - (line.right - line.left) : right - line.right,
  }));
}

const NUMBER = String.raw`(?:[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\uff09.\uff0e、]|[①-⑳])`;
const UNIT_END = '局委办会部院站所心队司社联镇乡县)\uff09';
/**
 * Where the lines of a cell may be printed breaks although the line is full: what stands before, what after. A kind
 * with `isUsual` is hardly ever found within a line.
 */
const BREAKS = [
  { kind: 'number', before: String.raw`[;\uff1b。]`, after: NUMBER },
  {
    kind: 'unit',
    before: String.raw`[;\uff1b。]`,
    after: `[^,\uff0c。;\uff1b:\uff1a、]{2,18}[${UNIT_END}][:\uff1a]`,
  },
  { kind: 'law', before: String.raw`[条款项号》)\uff09]`, after: '《', isUsual: true },
  { kind: 'name', before: `[${UNIT_END}]`, after: '[县市镇乡区省国]', isUsual: true },
  { kind: 'sentence', before: '。', after: '[^)\uff09”》]' },
].map(({ kind, before, after, isUsual = false }) => ({
  kind,
  isUsual,
  atEnd: new RegExp(`${before}$`),
  atStart: new RegExp(`^${after}`),
  inside: new RegExp(before + after, 'g'),
}));
/** Kinds of breaks that a column prints, see BREAKS. */
export type PrintedBreaks = ReadonlySet<string>;

/** Kinds that the end of the line `at` may be; the colon of a long unit may stand one line further down. */
function breakKinds(measured: Measured[], at: number): string[] {
  const text = measured[at]?.line.text ?? '';
  const next = `${measured[at + 1]?.line.text ?? ''}${measured[at + 2]?.line.text ?? ''}`;
  return BREAKS.filter(({ atEnd, atStart }) => atEnd.test(text) && atStart.test(next)).map(
    ({ kind }) => kind,
  );
}

/** Kinds of which these cells have more printed breaks than places within a line. */
export function printedBreaks(cells: { lines: Line[]; measure: Measure }[]): PrintedBreaks {
  const balance = new Map(BREAKS.map(({ kind, isUsual }) => [kind, isUsual ? 1 : 0]));
  const add = (kind: string, count: number) => balance.set(kind, (balance.get(kind) ?? 0) + count);
  for (const cell of cells) {
    const measured = measure(cell.lines, cell.measure);
    for (const [i, { line, slack }] of measured.entries()) {
      const next = measured[i + 1]?.line;
      if (next && isPrintedBreak(slack, line, next)) for (const kind of breakKinds(measured, i)) add(kind, 1);
      for (const { kind, inside } of BREAKS) add(kind, -(line.text.match(inside)?.length ?? 0));
    }
  }
  return new Set([...balance].filter(([, count]) => count > 0).map(([kind]) => kind));
}

/** Between Chinese and Latin some programs set a quarter of an em. */
const MIXED_GAP = 0.3;
/** Whether the next line's beginning would have found room at the end of this one. */
export function isPrintedBreak(slack: number, line: Line, next: Line): boolean {
  const isMixed = LATIN.test(line.text.at(-1) ?? '') !== LATIN.test(next.text[0] ?? '');
  return slack > next.firstUnit + (isMixed ? MIXED_GAP : 0.12) * Math.max(line.size, next.size);
}

/** Text of a cell with a line break where one is printed. */
export function cellText(lines: Line[], edges: Measure, breaks: PrintedBreaks): string {
  const measured = measure(lines, edges);
  let text = '';
  for (const [i, { line }] of measured.entries()) {
    const before = measured[i - 1];
    if (before) {
      const isBreak =
        isPrintedBreak(before.slack, before.line, line) ||
        breakKinds(measured, i - 1).some((kind) => breaks.has(kind));
      const isWord = LATIN.test(text.at(-1) ?? '') && LATIN.test(line.text[0] ?? '');
      // A word longer than its column is cut anywhere.
      const isCut = line.firstUnit > edges.right - edges.left - before.line.size;
      if (isBreak) text += '\n';
      else if (before.line.endsWithSpace || (isWord && !isCut)) text += ' ';
    }
    text += line.text;
  }
  return text;
}
