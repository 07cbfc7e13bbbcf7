/** How much of a text is looked at. What is kept of it is another matter: that stays as it was written. Pure. */

/** A text this long tells everything that is understood from it; each pattern and table works through it many times. */
export const MAX_UNDERSTOOD = 2000;

/** The first `max` UTF-16 units, one less where they would end within a character. */
export function cutText(text: string, max = MAX_UNDERSTOOD): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
