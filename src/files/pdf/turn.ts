/** Pages whose text runs up or down, as when a wide table is printed on an upright page: turned until it can be read. */
import type { PageContent } from './glyphs.js';

type Turned = PageContent & { width: number; height: number };

/** A quarter turn against the clock: text that runs down the page then runs to the right. */
function quarterTurn({ glyphs, rulings, images, width, height }: Turned): Turned {
  return {
    images,
    width: height,
    height: width,
    glyphs: glyphs.map((glyph) => ({ ...glyph, x: glyph.y, y: width - glyph.x })),
    rulings: rulings.map(({ isVertical, at, from, to }) =>
      isVertical
        ? { isVertical: false, at: width - at, from, to }
        : { isVertical: true, at, from: width - to, to: width - from },
    ),
  };
}

/** @param content with the direction of each glyph in quarter turns, clockwise */
export function turnUpright(
  content: PageContent & { angles: number[] },
  width: number,
  height: number,
): Turned {
  const counts = [0, 0, 0, 0];
  for (const angle of content.angles) counts[angle] = (counts[angle] ?? 0) + 1;
  const turns = counts.indexOf(Math.max(...counts));
  const { glyphs, rulings, images } = content;
  let turned: Turned = { glyphs, rulings, images, width, height };
  for (let i = 0; i < turns; i++) turned = quarterTurn(turned);
  return turned;
}
