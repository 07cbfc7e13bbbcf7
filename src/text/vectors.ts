/** Vectors on disk, keyed by content hash, one file per model: a restart embeds nothing, an edited row only itself. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { makePrivateFolder, PRIVATE_FILE } from '../files/private.js';
import type { Encoder } from './encoder.js';

const KEY_BYTES = 16;

/** How the encoder computes; raise it when that changes. Kept vectors of another way lie apart from those of new questions. */
const COMPUTED = 2;

export type VectorCache = {
  /** The vectors of the texts in the same order; unknown texts are embedded and appended to the file. */
  vectorsOf(texts: string[], onProgress?: (done: number, total: number) => void): Promise<Float32Array[]>;
};

/**
 * `name` separates what is needed at different times (rows at every start, examples only to train). `folders` are read in order; new vectors are appended in the first one (`DATA_DIR`), the others hold vectors made at
 * build time. A record is 16 bytes of SHA-256 and `dimensions` little-endian floats; a torn last record is ignored.
 */
export function createVectorCache(encoder: Encoder, name: string, folders: string[]): VectorCache {
  const recordBytes = KEY_BYTES + encoder.dimensions * 4;
  const known = new Map<string, Float32Array>();
  let isLoaded = false;
  const fileIn = (folder: string) => join(folder, `${name}-${encoder.modelHash}-${COMPUTED}.bin`);
  const load = () => {
    for (const folder of folders) {
      if (!existsSync(fileIn(folder))) continue;
      const bytes = readFileSync(fileIn(folder));
      for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
        const vector = new Float32Array(encoder.dimensions);
        Buffer.from(vector.buffer).set(bytes.subarray(at + KEY_BYTES, at + recordBytes));
        known.set(bytes.toString('latin1', at, at + KEY_BYTES), vector);
      }
    }
    isLoaded = true;
  };
  const keyOf = (text: string) => createHash('sha256').update(text).digest().toString('latin1', 0, KEY_BYTES);

  return {
    async vectorsOf(texts, onProgress) {
      if (!isLoaded) load();
      const keys = texts.map(keyOf);
      const missing = [...new Set(keys)].filter((key) => !known.has(key));
      const textOf = new Map(keys.map((key, i) => [key, texts[i] ?? '']));
      const records: Buffer[] = [];
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let key = missing[next++]; key !== undefined; key = missing[next++]) {
          const [numbers = []] = await encoder.embedDocuments([textOf.get(key) ?? '']);
          const vector = Float32Array.from(numbers);
          known.set(key, vector);
          records.push(Buffer.concat([Buffer.from(key, 'latin1'), Buffer.from(vector.buffer)]));
          onProgress?.(records.length, missing.length);
          // The encoder computes without giving way.
          await nextTurn();
        }
      };
      await Promise.all(Array.from({ length: encoder.lanes ?? 1 }, lane));
      if (records.length > 0 && folders[0]) append(folders[0], fileIn(folders[0]), records, recordBytes);
      return keys.map((key) => known.get(key) ?? new Float32Array(encoder.dimensions));
    },
  };
}

function append(folder: string, file: string, records: Buffer[], recordBytes: number): void {
  makePrivateFolder(folder);
  const whole = existsSync(file) ? Math.floor(readFileSync(file).length / recordBytes) * recordBytes : 0;
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w', PRIVATE_FILE);
  try {
    // Write behind the last whole record, so that a torn one does not shift those that follow.
    writeSync(handle, Buffer.concat(records), 0, undefined, whole);
  } finally {
    closeSync(handle);
  }
}
