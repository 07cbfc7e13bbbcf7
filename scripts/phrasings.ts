/** `npm run phrasings -- vectors`: the vectors of the bank for the encoder in use; some minutes, once a bank or encoder. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError } from '../src/core/errors.js';
import { SHARED_FILE } from '../src/files/private.js';
import { replaceFile } from '../src/files/replace.js';
import { BankMatter, makeBankFile } from '../src/lists/bank.js';
import { readJsonLines } from '../src/lists/calibration-files.js';
import { bankFile } from '../src/setup/resources.js';
import { loadEncoder } from '../src/text/encoder.js';
import { normalizeText } from '../src/text/normalize.js';

const config = loadConfig(readEnv());

async function vectors(): Promise<void> {
  const file = join(config.phrasingsDir, 'bank.jsonl');
  const matters = readJsonLines(file, BankMatter);
  const { encoder, reason } = await loadEncoder(config.encoderDir);
  if (!encoder) throw new BotError('DATA', reason);
  const key = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const made = await makeBankFile(matters, key, encoder.dimensions, async (texts) => {
    const found: Float32Array[] = [];
    for (const text of texts) {
      const [vector = []] = await encoder.embedDocuments([normalizeText(text)]);
      found.push(Float32Array.from(vector));
    }
    return found;
  });
  const to = bankFile(config, encoder.modelHash);
  await replaceFile(to, made, SHARED_FILE);
  console.log(`${to}:${matters.length} 个事项,${made.length} 字节`);
}

try {
  await vectors();
} catch (error) {
  console.error(error instanceof BotError ? error.message : error);
  process.exitCode = 1;
}
