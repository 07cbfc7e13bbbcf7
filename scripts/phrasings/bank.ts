/** The bank: its vectors for the encoder in use, and lines of other counties taken into it. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../../src/config.js';
import { BotError } from '../../src/core/errors.js';
import { mergeMatters } from '../../src/editions/phrasings/merge.js';
import { SHARED_FILE } from '../../src/files/private.js';
import { replaceFile } from '../../src/files/replace.js';
import { BankMatter, makeBankFile } from '../../src/lists/bank.js';
import { readJsonLines } from '../../src/lists/calibration-files.js';
import { bankFile } from '../../src/setup/resources.js';
import { loadEncoder } from '../../src/text/encoder.js';
import { normalizeText } from '../../src/text/normalize.js';
import { createProgress } from '../shared/progress.js';
import { readBytes } from './out.js';

const jsonlOf = (config: Config): string => join(config.phrasingsDir, 'bank.jsonl');

export async function renewVectors(config: Config): Promise<string> {
  const file = jsonlOf(config);
  const matters = readJsonLines(file, BankMatter);
  const { bytes, to } = await vectorsOf(config, matters, readBytes(file));
  await replaceFile(to, bytes, SHARED_FILE);
  return `${to}:${matters.length} 个事项,${bytes.length} 字节`;
}

export async function mergeBank(config: Config, file: string): Promise<string> {
  const bank = jsonlOf(config);
  const own = readJsonLines(bank, BankMatter);
  const text = Buffer.from(readBytes(file)).toString('utf8');
  const { matters, newMatters, newPhrasings } = mergeMatters(own, basename(file), text);
  if (newMatters === 0 && newPhrasings === 0) return `${file}:内容都已在通用问法中,未作更改。`;
  const lines = Buffer.from(matters.map((matter) => `${JSON.stringify(matter)}\n`).join(''));
  // What takes minutes comes first. Between the two replacements new matters are only not looked for.
  const { bytes, to } = await vectorsOf(config, matters, lines);
  await replaceFile(bank, lines, SHARED_FILE);
  await replaceFile(to, bytes, SHARED_FILE);
  return `已并入通用问法:新事项 ${newMatters} 个,新问法 ${newPhrasings} 条,现共 ${matters.length} 个事项。重新启动机器人后生效。`;
}

async function vectorsOf(config: Config, matters: BankMatter[], lines: Uint8Array) {
  const { encoder, reason } = await loadEncoder(config.encoderDir);
  if (!encoder) throw new BotError('DATA', reason);
  const key = createHash('sha256').update(lines).digest('hex').slice(0, 12);
  const total = matters.reduce((sum, { phrasings }) => sum + phrasings.length + 2, 0);
  const bar = createProgress('计算向量', total);
  try {
    const bytes = await makeBankFile(matters, key, encoder.dimensions, async (texts) => {
      const found: Float32Array[] = [];
      for (const text of texts) {
        const [vector = []] = await encoder.embedDocuments([normalizeText(text)]);
        found.push(Float32Array.from(vector));
        bar.step();
        await nextTurn();
      }
      return found;
    });
    return { bytes, to: bankFile(config, encoder.modelHash) };
  } finally {
    bar.stop();
  }
}
