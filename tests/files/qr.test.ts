/** QR codes are read back from what was drawn: the picture by its pixels, the terminal's by its half blocks. */
import { crc32, inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrPicture, qrText } from '../../src/files/qr.js';

const LINK = 'https://applink.feishu.cn/client/bot/open?appId=cli_a0b1c2d3e4f50617';
const QUIET = 4;

/** Modules of a PNG, after every chunk's sum is checked. */
function modulesOf(png: Buffer): boolean[][] {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    chunks.set(named.subarray(0, 4).toString('latin1'), named.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(0);
  const side = header.readUInt32BE(0);
  expect([...header.subarray(8)]).toEqual([8, 0, 0, 0, 0]);
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect(lines.length).toBe(side * (side + 1));
  const at = (x: number, y: number) => lines[y * (side + 1) + 1 + x] === 0;
  return Array.from({ length: side / 8 }, (_, y) =>
    Array.from({ length: side / 8 }, (__, x) => at(x * 8 + 4, y * 8 + 4)),
  );
}

it('a picture holds the modules of the link, with white around them', () => {
  const found = modulesOf(Buffer.from(qrPicture(LINK)));
  expect(found).toEqual(encode(LINK, { ecc: 'M', border: QUIET }).data);
  expect(found.slice(0, QUIET).flat()).not.toContain(true);
});

it('a terminal shows two lines of modules in one, and fits 80 columns', () => {
  const lines = qrText(LINK).split('\n');
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  const { size } = encode(LINK, { border: QUIET });
  expect(lines).toHaveLength(Math.ceil(size / 2));
  expect(lines.join('')).toMatch(/^[ ▀▄█]+$/);
});
