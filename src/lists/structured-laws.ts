/** Laws and regulations as people call them (反家暴法, 燃气条例), by the titles that the rows cite. Pure. */

/** 《中华人民共和国渔业法》第三十条 → 渔业法. */
const bareTitle = (text: string): string =>
  text
    .replace(/第[零一二三四五六七八九十百\d]+条.*$/, '')
    .replace(/[《》“”"\s]/g, '')
    .replace(/^中华人民共和国/, '')
    .split(/[(\uff08]/, 1)
    .join('');

/** Titles of the documents that the rows name as their basis, each once, the longest first. */
export function lawTitles(rows: readonly { basis: readonly string[] }[]): string[] {
  const titles = new Set(rows.flatMap(({ basis }) => basis.map(bareTitle)));
  return [...titles].filter((title) => title.length >= 3).sort((a, b) => b.length - a.length);
}

const ENDS = /^(?:法|条例|办法|规定|细则|规则|准则|通知|意见|章程)/;
const MAX = 30;
const MIN = 3;

/** Whether the characters stand in the title in their order, the first and the end at their places. */
function abbreviates(said: string, title: string): boolean {
  if (said[0] !== title[0] || said.at(-1) !== title.at(-1)) return false;
  let at = 0;
  for (const character of title) if (character === said[at]) at++;
  return at === said.length;
}

export type LawFound = { title: string; length: number };

/**
 * The law that is named at a place of the text: in full, or by a part or a short form that means no other title better.
 * Null where no row cites such a one.
 */
export function lawAt(text: string, at: number, titles: readonly string[]): LawFound | null {
  const opened = text[at] === '《' ? 1 : 0;
  const prefix = text.startsWith('中华人民共和国', at + opened) ? 7 : 0;
  const from = at + opened + prefix;
  for (let length = Math.min(MAX, text.length - from); length >= MIN; length--) {
    const said = text.slice(from, from + length);
    const end = ENDS.exec(said.slice(-2)) ?? ENDS.exec(said.slice(-1));
    if (!end) continue;
    const title =
      titles.find((known) => known === said) ??
      titles.find((known) => known.endsWith(said)) ??
      titles.filter((known) => abbreviates(said, known)).sort((a, b) => a.length - b.length)[0];
    if (!title) continue;
    const closed = opened > 0 && text[from + length] === '》' ? 1 : 0;
    return { title, length: opened + prefix + length + closed };
  }
  return null;
}
