/** Places in a list that was shown: 前两个, 后三条, 第一条和第三条. Pure. */
const NUMERALS = '一二三四五六七八九';
const numberOf = (word: string): number =>
  /^\d+$/.test(word) ? Number(word) : word === '两' ? 2 : NUMERALS.indexOf(word) + 1;

const ENDS = /(?<end>前|后|头|最后)(?:面)?(?:那|的)?(?<n>[两二三四五六七八]|\d{1,2})[个条项]/;
const EACH = /(?:第\s?)?(?<n>\d{1,2}|[一二三四五六七八九])(?=\s?[个条项和跟、,\uff0c都还]|\s?$)/g;

/** Of `listed` those that the words point at, in its order; none where they point at none. */
export function placedIn<T>(words: string, listed: readonly T[]): T[] {
  const { end, n } = ENDS.exec(words)?.groups ?? {};
  if (end && n) {
    const count = numberOf(n);
    return /前|头/.test(end) ? listed.slice(0, count) : listed.slice(-count);
  }
  const places = [...words.matchAll(EACH)].map((match) => numberOf(match.groups?.['n'] ?? ''));
  return listed.filter((_, i) => places.includes(i + 1));
}
