/**
 * What any worker of any run has embedded, for all of them: the same sentences are said in many files, and embedding is a good part of what a
 * message costs. The vector of a text depends on it, the model and the runtime alone (tests/contracts/encoder.contract.ts).
 */
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Encoder } from '../../src/text/encoder.js';

const FOLDER = 'node_modules/.cache/vectors';
const RUNTIMES = ['@xenova/transformers', 'onnxruntime-node'];
const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }).version;
/** Longer ones are said once. */
const MAX_CHARACTERS = 500;
const LENGTH_BYTES = 4;
const FLOAT_BYTES = 4;

/** Has `encoder` ask for what is known; each process writes a file of its own and reads on in those of the others. */
export function withSharedVectors(encoder: Encoder): Encoder {
  const folder = join(FOLDER, [...RUNTIMES.map(versionOf), encoder.modelHash.slice(0, 16)].join('-'));
  mkdirSync(folder, { recursive: true });
  const own = `${process.pid.toString()}-${Date.now().toString(36)}`;
  let file: number | undefined;
  const known = new Map<string, number[]>();
  const readTo = new Map<string, number>();
  const vectorBytes = encoder.dimensions * FLOAT_BYTES;

  /** Whole entries only: another process may be writing its last one. */
  function readOn(name: string): void {
    const from = readTo.get(name) ?? 0;
    const fd = openSync(join(folder, name), 'r');
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - from));
    const { length } = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, from));
    closeSync(fd);
    let at = 0;
    while (at + LENGTH_BYTES <= length) {
      const textEnd = at + LENGTH_BYTES + bytes.readUInt32LE(at);
      const end = textEnd + vectorBytes;
      if (end > length) break;
      const vector = new Float32Array(encoder.dimensions);
      for (let i = 0; i < vector.length; i++) vector[i] = bytes.readFloatLE(textEnd + i * FLOAT_BYTES);
      known.set(bytes.toString('utf8', at + LENGTH_BYTES, textEnd), Array.from(vector));
      at = end;
    }
    readTo.set(name, from + at);
  }
  const readOthers = (): void => {
    for (const name of readdirSync(folder)) if (name !== own) readOn(name);
  };
  function keep(text: string, vector: number[]): void {
    known.set(text, vector);
    const said = Buffer.from(text);
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeUInt32LE(said.length);
    file ??= openSync(join(folder, own), 'a');
    writeSync(file, Buffer.concat([head, said, Buffer.from(Float32Array.from(vector).buffer)]));
  }

  readOthers();
  const embed = encoder.embedQuery.bind(encoder);
  encoder.embedQuery = async (text) => {
    if (text.length > MAX_CHARACTERS) return embed(text);
    if (!known.has(text)) readOthers();
    const found = known.get(text);
    if (found) return found;
    const vector = await embed(text);
    keep(text, vector);
    return vector;
  };
  return encoder;
}
