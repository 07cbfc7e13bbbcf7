/** What the text of a reminder becomes by what is said to be wrong in it. Pure. */

/** 写错了 是低保报表, of 交报表: it ends as the text does. */
export function grownText(text: string, to: string): string | null {
  const right = to.replace(/[吧了啊的]$/, '');
  for (let length = right.length - 1; length > 1; length--) {
    const tail = right.slice(-length);
    if (text.endsWith(tail)) return `${text.slice(0, -length)}${right}`;
  }
  return null;
}

/** 送的是会议纪要, of 给政府办送发文稿: whatever stands behind the verb, or what is denied of it. */
export function doneWith(
  text: string,
  { from, to, verb = '' }: { from: string; to: string; verb?: string },
): string | null {
  const right = to.replace(/[吧了啊的]$/, '');
  if (from !== verb && text.includes(from)) return text.replace(from, () => right);
  const at = text.lastIndexOf(verb);
  return at < 0 || from !== verb || at + verb.length === text.length ? null : `${text.slice(0, at)}${right}`;
}

/** 打错了 是低保证: the piece of the text that it stands for, as long and at least half alike. */
export function correctedText(text: string, from: string, to: string): string | null {
  const right = to.replace(/[吧了啊的]$/, '');
  if (from !== '' && text.includes(from)) {
    const [before, ...rest] = text.split(from);
    const after = rest.join(from);
    // 宅基地审批的现场勘查 is all of 看污水管网的工地, and no part of it.
    return right.includes('的') && after.startsWith('的') ? `${before}${right}` : `${before}${right}${after}`;
  }
  const length = [...right].length;
  const characters = [...text];
  if (length < 2) return null;
  const alike = (start: number): number => [...right].filter((c, i) => characters[start + i] === c).length;
  const places = characters.map((_, start) => start).slice(0, Math.max(0, characters.length - length + 1));
  const best = places.reduce((top, start) => (alike(start) > alike(top) ? start : top), places[0] ?? 0);
  if (places.length === 0 || alike(best) * 2 < length || alike(best) === length) return null;
  return [...characters.slice(0, best), right, ...characters.slice(best + length)].join('');
}
