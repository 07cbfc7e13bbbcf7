/** Pieces of lines as language models write them. */

/** Without the marks of Markdown at either end. */
export const unmarked = (line: string): string =>
  line
    .trim()
    .replace(/^(?:#{1,6}\s|>|[-*•·+]\s|\*\*|__|\s)+/u, '')
    .replace(/(?:\*\*|__)$/u, '')
    .trim();

/** One line may hold several phrasings. */
export const splitPhrasings = (text: string): string[] =>
  text
    .replace(/<br\s{0,2}\/?>/gi, '\n')
    .split(/[\n;\uff1b|\uff5c]/u)
    .map((it) => it.replace(/^\s*(?:\d{1,2}\s?[.\uff0e、)\uff09]|[-*•·①-⑳])\s*/u, '').trim())
    .filter((it) => it !== '');
