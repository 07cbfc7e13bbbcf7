/** SVG -> PNG, set in a font that has Chinese, the same on every system. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { FONT } from './svg.js';

/** Sharp on a telephone. */
const SCALE = 1.5;

const require = createRequire(import.meta.url);
/** Of the weights of the package one is kept (`scripts/trim.mjs`). */
const fontFile = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf');

const [font] = await Promise.all([
  readFile(fontFile),
  readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm),
]);

export function svgToPng(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontBuffers: [font], defaultFontFamily: FONT, sansSerifFamily: FONT, loadSystemFonts: false },
  });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}
