/** Phrasings out of JSON anywhere in a text, also where it was cut off: each object that is whole counts. */
import { splitPhrasings } from './split.js';
import type { Proposal } from './checks.js';

type Line = { text: string; line: number };

const NUMBER = /^(?:序号|编号|number|no|id|key|row)$/i;
const TITLE = /^(?:事项|事项名称|标题|名称|title|matter|name)$/i;
const PHRASINGS = /^(?:问法|问法列表|口语问法|说法|phrasings?|questions?|asked_?as|texts?)$/i;
/** Objects in objects, and characters of one: what is more is no answer. */
const DEPTH_MAX = 12;
const LENGTH_MAX = 20_000;

/** What is said of rows, and the lines that belong to no such object. */
export function jsonRecords(lines: Line[]): { records: Proposal[]; rest: Line[] } {
  const records: Proposal[] = [];
  const used = new Set<number>();
  const text = lines.map((it) => it.text).join('\n');
  const starts: number[] = [0];
  for (const { text: line } of lines) starts.push((starts.at(-1) as number) + line.length + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  let readFrom = -1;
  for (const { from, to } of objectsOf(text)) {
    // Around one that was read.
    if (readFrom > from || to - from > LENGTH_MAX) continue;
    const value = parseLoosely(text.slice(from, to));
    const found = proposalsIn(value, `第${lines[lineAt(from)]?.line ?? 0}行`);
    if (found.length === 0) continue;
    readFrom = from;
    records.push(...found);
    for (let at = lineAt(from); at <= lineAt(to - 1); at++) used.add(at);
  }
  if (used.size === 0) return { records, rest: lines };
  // Brackets and keys around the objects say nothing.
  return { records, rest: lines.filter((it, at) => !used.has(at) && !/^[\s[\]{},:"\w]*$/.test(it.text)) };
}

/** Inner ones before outer ones: one that was cut off does not hide those in it. Braces in strings do not count. */
function objectsOf(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const open: number[] = [];
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (isString) {
      if (c === '\\') at++;
      else if (c === '"' || c === '\n') isString = false;
    } else if (c === '"' && open.length > 0) isString = true;
    else if (c === '{') open.push(at);
    else if (c === '}') {
      const from = open.pop();
      if (from !== undefined && open.length < DEPTH_MAX) found.push({ from, to: at + 1 });
    }
  }
  return found;
}

function parseLoosely(text: string): unknown {
  const straight = text.replace(/,(\s*[\]}])/g, '$1');
  for (const attempt of [text, straight, straight.replace(/[“”]/g, '"')]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next way to read it.
    }
  }
  return undefined;
}

function proposalsIn(value: unknown, where: string): Proposal[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const textOf = (pattern: RegExp): string => {
    const found = entries.find(([key]) => pattern.test(key.trim()))?.[1] as unknown;
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  const phrasings = entries
    .filter(([key]) => PHRASINGS.test(key.trim().replace(/\d{1,2}$/, '')))
    .flatMap(([, found]: [string, unknown]) => (Array.isArray(found) ? (found as unknown[]) : [found]))
    .flatMap((it) => (typeof it === 'object' && it !== null ? (Object.values(it) as unknown[]) : [it]))
    .flatMap((it) => (typeof it === 'string' ? splitPhrasings(it) : []));
  const [number, title] = [textOf(NUMBER), textOf(TITLE)];
  return number === '' && title === '' ? [] : phrasings.map((text) => ({ number, title, text, where }));
}
