/**
 * The bank: standard matters (通用事项) with the words that people use for them. A row is found by the phrasings of the matters
 * that it is nearest to; nothing of them is ever shown as an answer.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BankMatches } from '../core/domain.js';
import { BotError, errorText } from '../core/errors.js';
import { nthLargest } from '../text/matrix.js';
import {
  dotNumbers,
  pack,
  packedBytes,
  packedFromBytes,
  packedToBytes,
  unpack,
  type Packed,
} from '../text/packed.js';
import { COMPUTED } from '../text/vectors.js';

/** One line of `knowledge/phrasings/bank.jsonl`. */
export const BankMatter = z.object({
  id: z.string(),
  domain: z.string(),
  matter: z.string().min(1),
  duty: z.string(),
  phrasings: z.array(z.string().min(1)).min(1),
});
export type BankMatter = z.infer<typeof BankMatter>;

/** A matter of the bank that a row is near to: mean cosine of the titles and of the whole texts. */
export type BankMatch = BankMatches['rows'][string][number];

export type Bank = {
  /** Names the matters and the encoder: matches are of one bank only. */
  key: string;
  /** The nearest matters, best first. `isOwn`: left out (a calibration matter that is in the bank too). */
  match(title: Float32Array, text: Float32Array, isOwn?: (id: string) => boolean): BankMatch[];
  /** Position for `near`; -1 for an id of another bank. */
  positionOf(id: string): number;
  near(query: Float32Array): Nearness;
};

/** How near a question is to what people say of a matter, by position; cosines. */
export type Nearness = {
  /** To the middle of the phrasings, by the first dimensions: quick. */
  roughly(matter: number): number;
  /** To the nearest phrasing. */
  exactly(matter: number): number;
};

/**
 * On draws of the calibration matters 1, 2, 3, 5 and 8 matters gave R@1 0.452, 0.455, 0.456, 0.456 and 0.458 (none 0.443),
 * and found the sample rows' phrasings by 0.622, 0.645, 0.655, 0.651 and 0.651 (none 0.604).
 */
const MATCHES = 5;
/** Of one that is as far as `from` nothing counts, of one as near as `to` everything: shares between. */
const COUNTS = { from: 0.5, to: 0.9 };

export const bankShare = (similarity: number): number =>
  Math.max(0, Math.min(1, (similarity - COUNTS.from) / (COUNTS.to - COUNTS.from)));

/** Dimensions that tell apart roughly: with 128 the twenty best rows hold every row that the full search ranks first. */
export const ROUGH = 128;
/** Matters whose exact similarity is computed, of those that are roughly nearest. */
const CONSIDERED = 64;

type Header = { bank: string; dimensions: number; matters: [id: string, phrasings: number][] };
type Parts = { header: Header; titles: Packed; texts: Packed; phrasings: Packed; middles: Packed };

/** `vectorsOf` embeds; texts are those of rows (row-text.ts). `bank` names the file of matters. */
export async function makeBankFile(
  matters: BankMatter[],
  bank: string,
  dimensions: number,
  vectorsOf: (texts: string[]) => Promise<Float32Array[]>,
): Promise<Buffer> {
  const titles = await vectorsOf(matters.map((m) => m.matter));
  const texts = await vectorsOf(matters.map((m) => `${m.matter}:${m.duty}`));
  const phrasings = await vectorsOf(matters.flatMap((m) => m.phrasings));
  let at = 0;
  const middles = matters.map(({ phrasings: own }) => {
    const sum = new Float32Array(ROUGH);
    for (const vector of phrasings.slice(at, (at += own.length)))
      for (let j = 0; j < ROUGH; j++) sum[j] = (sum[j] as number) + (vector[j] as number);
    return sum;
  });
  const header: Header = { bank, dimensions, matters: matters.map((m) => [m.id, m.phrasings.length]) };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    packedToBytes(pack(titles, dimensions)),
    packedToBytes(pack(texts, dimensions)),
    packedToBytes(pack(phrasings, dimensions)),
    packedToBytes(pack(middles, ROUGH)),
  ]);
}

/** Null where there is no such file. @throws BotError 'DATA' when it is damaged. */
export function readBank(file: string, modelHash: string): Bank | null {
  if (!existsSync(file)) return null;
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(10);
    const header = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
    const { dimensions, matters } = header;
    const count = matters.reduce((sum, [, phrasings]) => sum + phrasings, 0);
    let at = end + 1;
    const next = (size: number, width: number): Packed => {
      const from = at;
      at += packedBytes(size, width);
      return packedFromBytes(bytes.subarray(from, at), size, width);
    };
    const parts = {
      header,
      titles: next(matters.length, dimensions),
      texts: next(matters.length, dimensions),
      phrasings: next(count, dimensions),
      middles: next(matters.length, ROUGH),
    };
    if (at !== bytes.length) throw new Error(`${bytes.length} bytes, not ${at}`);
    return createBank(parts, modelHash);
  } catch (cause) {
    throw new BotError(
      'DATA',
      `${file}:通用问法的向量文件已损坏(${errorText(cause)})。处理办法:从安装包恢复,或运行 npm run phrasings -- vectors`,
      { cause },
    );
  }
}

function createBank({ header, titles, texts, phrasings, middles }: Parts, modelHash: string): Bank {
  const { dimensions, matters } = header;
  const positions = new Map(matters.map(([id], i) => [id, i]));
  const starts = [0];
  for (const [, count] of matters) starts.push((starts.at(-1) as number) + count);
  // Unpacked when they are first asked for: most processes need a part of them.
  const unpacked = new Map<number, Int8Array>();
  const numbersOf = (matter: number): Int8Array => {
    const known = unpacked.get(matter);
    if (known) return known;
    const from = starts[matter] as number;
    const numbers = unpack(phrasings, from, (starts[matter + 1] as number) - from);
    unpacked.set(matter, numbers);
    return numbers;
  };
  const lazy = (packed: Packed) => {
    let numbers: Int8Array | null = null;
    return () => (numbers ??= unpack(packed, 0, packed.count));
  };
  const titleNumbers = lazy(titles);
  const textNumbers = lazy(texts);
  const middleNumbers = lazy(middles);

  return {
    key: `${header.bank}-${modelHash}-${COMPUTED}`,
    positionOf: (id) => positions.get(id) ?? -1,
    match(title, text, isOwn = () => false) {
      const numbers = textNumbers();
      const rough = new Float32Array(matters.length);
      for (let i = 0; i < rough.length; i++)
        rough[i] = dotNumbers(text, numbers, i * dimensions, ROUGH) * (texts.scales[i] as number);
      const atLeast = nthLargest(rough, CONSIDERED);
      const found: BankMatch[] = [];
      for (let i = 0; i < rough.length; i++) {
        if ((rough[i] as number) < atLeast) continue;
        const [id] = matters[i] as (typeof matters)[number];
        if (isOwn(id)) continue;
        const at = i * dimensions;
        const byTitle = dotNumbers(title, titleNumbers(), at, dimensions) * (titles.scales[i] as number);
        const byText = dotNumbers(text, numbers, at, dimensions) * (texts.scales[i] as number);
        found.push({ id, similarity: Math.round(((byTitle + byText) / 2) * 1_000) / 1_000 });
      }
      return found.sort((a, b) => b.similarity - a.similarity).slice(0, MATCHES);
    },
    near(query) {
      const rough = query.slice(0, ROUGH);
      const length = Math.hypot(...rough) || 1;
      const roughs = new Float32Array(matters.length).fill(NaN);
      const known = new Map<number, number>();
      return {
        roughly(matter) {
          const before = roughs[matter] as number;
          if (!Number.isNaN(before)) return before;
          const dot = dotNumbers(rough, middleNumbers(), matter * ROUGH, ROUGH);
          return (roughs[matter] = (dot * (middles.scales[matter] as number)) / length);
        },
        exactly(matter) {
          const before = known.get(matter);
          if (before !== undefined) return before;
          const numbers = numbersOf(matter);
          const from = starts[matter] as number;
          let nearest = -1;
          for (let at = 0; at < numbers.length; at += dimensions) {
            const scale = phrasings.scales[from + at / dimensions] as number;
            nearest = Math.max(nearest, dotNumbers(query, numbers, at, dimensions) * scale);
          }
          known.set(matter, nearest);
          return nearest;
        },
      };
    },
  };
}
