/** Links as QR codes: a picture for chats, characters for a terminal. Pure. */
import { crc32, deflateSync } from 'node:zlib';
import { encode, renderUnicodeCompact } from 'uqr';

/** Dots a module: sharp on a telephone that shows it full width. */
const SCALE = 8;
/** ISO/IEC 18004: four modules of white around. */
const QUIET = 4;
const GRAY_BLACK = 0x00;
const GRAY_WHITE = 0xff;

/** For a terminal of light signs on dark ground and the other way round alike: the quiet zone is drawn as well. */
export const qrText = (link: string): string => renderUnicodeCompact(link, { border: QUIET });

/** A PNG of eight-bit grey. */
export function qrPicture(link: string): Uint8Array {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET });
  const side = size * SCALE;
  const row = 1 + side;
  // Each line begins with its filter: none.
  const lines = Buffer.alloc(row * side, GRAY_WHITE);
  for (let y = 0; y < side; y++) {
    lines[y * row] = 0;
    for (let x = 0; x < side; x++)
      if (data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)]) lines[y * row + 1 + x] = GRAY_BLACK;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits, grey, and the only methods that there are.
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
