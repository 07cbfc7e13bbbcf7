/** Classifiers kept on disk, so that only a change of what they learn from trains them again. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, PRIVATE_FILE } from '../files/private.js';
import type { Classifier } from './classifier.js';

/** Part of the key: raise it when features, training or the encoder's computing change. */
const TRAINER_VERSION = 11;

/**
 * Those of the first folder that has them, else trained and stored in `folders[0]`. `learned` is all that they depend on,
 * as JSON; `name` begins the name of the file.
 */
export async function keptClassifiers<T extends Classifiers>(
  name: string,
  learned: unknown,
  folders: readonly string[],
  train: () => T | Promise<T>,
): Promise<T> {
  const key = createHash('sha256')
    .update(JSON.stringify([TRAINER_VERSION, learned]))
    .digest('hex')
    .slice(0, 16);
  const file = `${name}-${key}.bin`;
  for (const folder of folders) {
    const path = join(folder, file);
    const kept = existsSync(path) ? decode<T>(readFileSync(path)) : null;
    if (kept) return kept;
  }
  const trained = await train();
  if (folders[0]) {
    makePrivateFolder(folders[0]);
    writeFileSync(join(folders[0], file), encode(trained), { mode: PRIVATE_FILE });
  }
  return trained;
}

/** By name; what there was nothing to learn from is left out. */
type Classifiers = { [name: string]: Classifier | undefined };

type Header = Omit<Classifier, 'weights'> & { name: string };

/** A JSON header line, then the weights of each as little-endian floats. */
function encode(classifiers: Classifiers): Buffer {
  const all = Object.entries(classifiers).flatMap(([name, it]) => (it ? [[name, it] as const] : []));
  const header = all.map(([name, { labels, buckets, dimensions }]): Header => ({
    name,
    labels,
    buckets,
    dimensions,
  }));
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...all.map(([, { weights: w }]) => Buffer.from(w.buffer, w.byteOffset, w.byteLength)),
  ]);
}

/** Null when the file is torn: they are trained again then. */
function decode<T extends Classifiers>(bytes: Buffer): T | null {
  const end = bytes.indexOf(10);
  if (end < 0) return null;
  let at = end + 1;
  const found = (JSON.parse(bytes.toString('utf8', 0, end)) as Header[]).map(({ name, ...header }) => {
    const weights = new Float32Array(header.labels.length * (header.dimensions + header.buckets + 1));
    Buffer.from(weights.buffer).set(bytes.subarray(at, at + weights.byteLength));
    at += weights.byteLength;
    return [name, { ...header, weights }] as const;
  });
  return at === bytes.length ? (Object.fromEntries(found) as T) : null;
}
