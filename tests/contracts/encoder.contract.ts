/** What the encoder is to everybody, whichever runtime computes it. */
import { cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Encoder, LoadedEncoder } from '../../src/text/encoder.js';
import { makeFolder } from '../helpers/folder.js';

const FOLDER = 'knowledge/encoder';

/**
 * Texts and what version 2.17.2 made of them, the runtime that the shipped calibration was fitted with: one signed byte
 * (base64) a dimension, of any length. Rounding of int8 weights differs by runtime and processor, by 0.005 at most so far.
 */
const known = readFileSync('tests/fixtures/encoder/vectors.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { text: string; vector: string })
  .map(({ text, vector }) => ({ text, vector: [...new Int8Array(Buffer.from(vector, 'base64'))] }));

const cosine = (a: number[], b: number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / Math.hypot(...a) / Math.hypot(...b);

export function encoderContract(name: string, load: (dir: string) => Promise<LoadedEncoder>): void {
  describe(`the encoder on ${name}`, () => {
    let encoder: Encoder;
    beforeAll(async () => {
      const loaded = await load(FOLDER);
      if (!loaded.encoder) throw new Error(loaded.reason);
      encoder = loaded.encoder;
    });

    it('gives vectors of length 1 and of the stated dimensions, also for nothing and for a text without end', async () => {
      for (const text of ['路灯坏了归谁管', '', '🚧', 'abc 123', '垃圾'.repeat(2000)]) {
        const vector = await encoder.embedQuery(text);
        expect(vector).toHaveLength(encoder.dimensions);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
      }
    });

    it('gives a text the same vector alone, among others and again', async () => {
      const texts = ['小区门口垃圾没人清', '河边有人采砂', '小区门口垃圾没人清,堆了一个星期,找哪个部门'];
      const together = await encoder.embedDocuments(texts);
      const again = await encoder.embedDocuments(texts.toReversed());
      expect(again.toReversed()).toEqual(together);
      for (const [i, text] of texts.entries()) expect(await encoder.embedQuery(text)).toEqual(together[i]);
    });

    it('means what the calibration was fitted to', async () => {
      expect(known).toHaveLength(24);
      for (const { text, vector } of known)
        expect(cosine(await encoder.embedQuery(text), vector), text).toBeGreaterThan(0.99);
    });

    it('names the weights, not the runtime', () => {
      expect(encoder.modelHash).toBe('a70f8d820ca7');
    });

    it('says which folder when there is no model or a damaged one, and asks nobody else for it', async () => {
      const damaged = join(makeFolder(), 'encoder');
      cpSync(FOLDER, damaged, { recursive: true });
      truncateSync(join(damaged, 'onnx/model_quantized.onnx'), 1000);
      expect(await load(damaged)).toMatchObject({
        encoder: null,
        reason: expect.stringContaining(damaged),
      });
      rmSync(join(damaged, 'onnx'), { recursive: true });
      expect(await load(damaged)).toMatchObject({
        encoder: null,
        reason: expect.stringContaining(damaged),
      });
    });
  });
}
