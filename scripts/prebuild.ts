/** Part of `npm ci`: embeds the sample lists and trains the intent models once, so that the first start answers at once. */
import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openAssistant } from '../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import { noteParsed } from '../src/files/yaml.js';
import { openEncoderPool, poolThreads } from '../src/setup/encoding.js';
import { loadTools, PARSED_FILE } from '../src/setup/resources.js';
import { PREPARED_MODEL, programKey } from '../src/setup/thread-file.js';
import { prepareEncoder } from '../src/text/encoder.js';

/** As readable as the program itself: whoever installs it is often not who runs it, and nothing private lies here. */
function shareBuilt(dir: string): void {
  const { mode } = statSync(dirname(dir));
  const share = (path: string): void => {
    const isFolder = statSync(path).isDirectory();
    chmodSync(path, mode & (isFolder ? 0o777 : 0o666));
    if (isFolder) for (const name of readdirSync(path)) share(join(path, name));
  };
  share(dir);
}

const config = loadConfig({});
const parsedFile = join(config.prebuiltDir, 'cache', PARSED_FILE);
try {
  rmSync(parsedFile, { force: true });
  const parsed = noteParsed();
  const building = { ...config, dataDir: config.prebuiltDir };
  // Without it the model is opened as it is.
  await prepareEncoder(config.encoderDir, PREPARED_MODEL).catch((error: unknown) =>
    console.error(errorText(error)),
  );
  const pool = openEncoderPool(config.encoderDir, poolThreads());
  const openEncoder = () => pool.opening;
  const tools = await loadTools(building, { intentsDir: INTENTS_DIR, clock: Date.now, openEncoder });
  const program = programKey();
  await openAssistant(building, tools, Date.now(), { ...(program !== null && { program }) });
  await pool.close();
  // A start without the encoder answers by words, and as soon.
  const words = { encoder: null, reason: '' };
  await loadTools(building, { intentsDir: INTENTS_DIR, clock: Date.now, openEncoder: async () => words });
  writeFileSync(parsedFile, parsed());
  shareBuilt(config.prebuiltDir);
} catch (error) {
  // The install must not fail for a mistake in a list: the start names it and what to do.
  console.error(errorText(error));
}
