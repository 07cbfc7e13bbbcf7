/** Scores as people write them beside the name of whom they score: 派出所 28 27 20 14 处置及时. Pure. */

/** `scores` in the order of `names`; fewer when fewer are written. `words`: what stands behind them. */
export function parseScoreLine(text: string, names: readonly string[]): { scores: number[]; words: string } {
  const named = names.map((name) => {
    const at = text.indexOf(name);
    return at < 0 ? null : /^\D{0,6}?(\d{1,4}(?:\.\d)?)/.exec(text.slice(at + name.length));
  });
  if (named.every((match) => match !== null)) {
    const ends = names.map((name, i) => text.indexOf(name) + name.length + (named[i]?.[0].length ?? 0));
    return {
      scores: named.map((match) => Number(match?.[1])),
      words: wordsOf(text.slice(Math.max(...ends))),
    };
  }
  const found = [...text.matchAll(/\d{1,4}(?:\.\d)?/g)].slice(0, names.length);
  const last = found.at(-1);
  const end = last ? last.index + last[0].length : 0;
  return { scores: found.map(([n]) => Number(n)), words: wordsOf(text.slice(end)) };
}

const wordsOf = (rest: string): string => rest.replace(/^[分\s,\uff0c。、;\uff1b:\uff1a]+/, '').trim();
