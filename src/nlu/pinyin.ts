/** How characters sound: toneless syllables, sounds that are taken for each other, and letters typed instead of characters. */
import { polyphonic } from 'pinyin-pro';

/** Toneless syllables of a character, the common one first; none for what is no character. */
export function soundsOf(character: string): string[] {
  const [found = []] = polyphonic(character, { toneType: 'none', type: 'array', v: true, nonZh: 'removed' });
  return [...new Set(found)];
}

const INITIAL = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])/;

/** What is mixed up in speech and by the input method: 平舌翘舌, 前后鼻音, n and l, f and h. */
const NEAR: [RegExp, string][] = [
  [/^([zcs])h/, '$1'],
  [/^n/, 'l'],
  [/^hu?(?=[aeiou])/, 'f'],
  [/([aei])ng$/, '$1n'],
];

/** Equal for syllables that are easily mixed up. */
export const nearKey = (syllable: string): string =>
  NEAR.reduce((key, [pattern, to]) => key.replace(pattern, to), syllable);

export const initialOf = (syllable: string): string => INITIAL.exec(syllable)?.[0] ?? syllable.charAt(0);

/** Longest syllable: zhuang. */
const MAX_SYLLABLE = 6;

/**
 * Letters as syllables, with as few single initials among them as can be (yyan: y, yan); null where they cannot be read so.
 * `known` are the syllables that characters have.
 */
export function splitLetters(
  letters: string,
  known: ReadonlySet<string>,
): { parts: string[]; initials: number } | null {
  type Way = { parts: string[]; initials: number };
  const ways: (Way | null)[] = [{ parts: [], initials: 0 }];
  const isBetter = (a: Way, b: Way | null | undefined) =>
    !b || a.initials < b.initials || (a.initials === b.initials && a.parts.length < b.parts.length);
  for (let end = 1; end <= letters.length; end++) {
    let best: Way | null = null;
    for (let start = Math.max(0, end - MAX_SYLLABLE); start < end; start++) {
      const before = ways[start];
      if (!before) continue;
      const part = letters.slice(start, end);
      const isWhole = known.has(part);
      if (!isWhole && (part.length > 1 || !INITIAL.test(part))) continue;
      const way = { parts: [...before.parts, part], initials: before.initials + (isWhole ? 0 : 1) };
      if (isBetter(way, best)) best = way;
    }
    ways[end] = best;
  }
  return ways[letters.length] ?? null;
}
