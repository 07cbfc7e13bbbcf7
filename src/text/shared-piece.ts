/** What two texts have in common. */

const LEAST = 2;

/** The longest piece of two characters or more that stands in both and is let pass; '' where there is none. Texts are short. */
export function sharedPiece(said: string, own: string, mayBe: (piece: string) => boolean): string {
  const characters = [...said];
  for (let length = Math.min(characters.length, [...own].length); length >= LEAST; length--)
    for (let from = 0; from + length <= characters.length; from++) {
      const piece = characters.slice(from, from + length).join('');
      if (mayBe(piece) && own.includes(piece)) return piece;
    }
  return '';
}
