/** Lines outside tables to the paragraphs that were written: titles over two lines, text that only wrapped. */
import { isPrintedBreak, type Line } from './text.js';

/** Larger than the text, nothing between. */
const isSameTitle = (last: Line, line: Line, textSize: number): boolean =>
  line.size > textSize * 1.25 &&
  Math.abs(last.size - line.size) < 0.5 &&
  line.y > last.y &&
  line.y - last.y < line.size * 2.2;

/** A title that goes over two lines is one. */
export function titleLines(lines: Line[], textSize: number): string[] {
  const joined: { text: string; last: Line }[] = [];
  for (const line of lines) {
    const open = joined.at(-1);
    if (open && isSameTitle(open.last, line, textSize))
      Object.assign(open, { text: open.text + line.text, last: line });
    else joined.push({ text: line.text, last: line });
  }
  return joined.map(({ text }) => text);
}

/** A label, or a number: what a paragraph begins with where labels divide a text. */
const BEGINS =
  /^(?:[\u3010\u3014[]|[(\uff08]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)\uff09.\uff0e、]|[^\s:\uff1a,\uff0c。;\uff1b]{2,12}[:\uff1a])/;
/** Of an em, by which a paragraph is set in at the least, and by which a line may miss the edge. */
const INDENT = 1;
const OFF_EDGE = 0.5;
/** Where no line goes over this share of the page between its margins, none of them wrapped. */
const WRAPPED = 0.8;

/**
 * The paragraphs of a document without tables, page by page. A full line goes on in the next one where that begins at the edge,
 * if paragraphs are set in. Null where a full line may or may not go on in what looks like a new paragraph: nothing tells which.
 */
export function paragraphsOf(pages: Line[][], width: number): string[] | null {
  const lines = pages.flat();
  const sizes = lines.map(({ size }) => size).sort((a, b) => a - b);
  const textSize = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const left = Math.min(...lines.map((line) => line.left));
  const longest = Math.max(...lines.map((line) => line.right));
  const right = longest - left < WRAPPED * (width - 2 * left) ? width - left : longest;
  const isAtEdge = (line: Line) => line.left - left < OFF_EDGE * line.size;
  const paragraphs: string[] = [];
  let last: Line | null = null;
  let isSetIn = false;
  for (const line of lines) {
    const isFull = last !== null && !isPrintedBreak(right - last.right, last, line);
    const text = paragraphs.at(-1) ?? '';
    if (last && isSameTitle(last, line, textSize)) paragraphs.push(`${paragraphs.pop() ?? ''}${line.text}`);
    else if (isFull && isAtEdge(line)) {
      // A heading may stand at the edge where its text is set in.
      const mayBegin = BEGINS.test(line.text) && (!isSetIn || /[。;\uff1b]$/.test(text));
      if (mayBegin) return null;
      const isWord = /[0-9A-Za-z]$/.test(text) && /^[0-9A-Za-z]/.test(line.text);
      paragraphs.push(`${paragraphs.pop() ?? ''}${isWord || last?.endsWithSpace ? ' ' : ''}${line.text}`);
    } else {
      isSetIn = line.left - left >= INDENT * line.size;
      paragraphs.push(line.text);
    }
    last = line;
  }
  return paragraphs;
}
