/** `npm run calibrate`: fits the decision for the encoder and for words alone; writes the coefficients beside each. */
import { join } from 'node:path';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { SHARED_FILE } from '../src/files/private.js';
import { replaceFile } from '../src/files/replace.js';
import { fitCalibration, teachesAsking } from '../src/lists/calibrate.js';
import { readLists } from '../src/editions/folder.js';
import { loadEncoder } from '../src/text/encoder.js';
import { calibrationTools, loadTools, tokenizerOf } from '../src/setup/resources.js';

const config = loadConfig(readEnv());
const { encoder, reason } = await loadEncoder(config.encoderDir);
if (!encoder) console.error(reason);

for (const modelHash of encoder ? [encoder.modelHash, 'words'] : ['words']) {
  const file =
    modelHash === 'words'
      ? join(config.calibrationDir, 'words.json')
      : join(config.encoderDir, 'calibration.json');
  // Words alone: the tools are loaded as if there were no encoder.
  const tools = await loadTools(
    modelHash === 'words' ? { ...config, encoderDir: join(config.encoderDir, 'none') } : config,
    { intentsDir: INTENTS_DIR, clock: Date.now, isUncalibrated: true },
  );
  const sample = readLists(join(config.knowledgeDir, 'lists'), tools.directory);
  const { calibration, log } = await fitCalibration(
    tools.matters().filter((m, i) => !teachesAsking(m, i)),
    tools.outside(),
    sample,
    modelHash,
    calibrationTools(tools, tokenizerOf(tools.directory, sample)),
  );
  // Not before all is fitted: whatever fails or is interrupted above leaves the coefficients that are in use.
  await replaceFile(file, `${JSON.stringify(calibration, null, 1)}\n`, SHARED_FILE);
  console.log([file, ...log].join('\n'));
}
