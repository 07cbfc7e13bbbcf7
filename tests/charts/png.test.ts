/** Pictures of charts: what is drawn, in a font that has Chinese, without anything of the system. */
import { expect, it } from 'vitest';
import { svgToPng } from '../../src/charts/png.js';
import { chartsToSvg, WIDTH } from '../../src/charts/svg.js';
import type { Chart } from '../../src/core/chart.js';

const TREND: Chart = {
  title: '各月请求(件)',
  kind: 'columns',
  categories: ['26年10月', '11月'],
  series: [
    { name: '承办', values: [3, 5] },
    { name: '提出', values: [0, 1] },
  ],
};
const DOMAINS: Chart = {
  title: '领域(件)',
  kind: 'rows',
  categories: ['水利', '城乡建设'],
  series: [{ name: '', values: [4, 2] }],
};

/** Width and height stand in the first chunk. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

it('draws all charts one under the other, with their words and figures', () => {
  const svg = chartsToSvg([TREND, DOMAINS]);
  for (const word of ['各月请求(件)', '26年10月', '承办', '提出', '领域(件)', '城乡建设', '>5<', '>4<'])
    expect(svg).toContain(word);
  const png = svgToPng(svg);
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  const [width = 0, height = 0] = sizeOf(png);
  expect(width).toBe(WIDTH * 1.5);
  expect(sizeOf(svgToPng(chartsToSvg([TREND])))[1]).toBeLessThan(height);
});

it('shows Chinese as it is: another word is another picture, a character that no font has is an empty place', () => {
  const drawn = (name: string) =>
    Buffer.from(svgToPng(chartsToSvg([{ ...DOMAINS, categories: [name, '城乡建设'] }])));
  expect(drawn('水利').equals(drawn('水务'))).toBe(false);
  // Private characters are in no font.
  expect(drawn('\uE001').equals(drawn('\uE002'))).toBe(true);
  expect(drawn('水').equals(drawn('\uE001'))).toBe(false);
});

it('takes markup in a name as words', () => {
  expect(chartsToSvg([{ ...DOMAINS, categories: ['<script>', '&amp;'] }])).not.toContain('<script>');
});
