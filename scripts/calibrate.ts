/** `npm run calibrate [-- --guides]`: fits the decision for the encoder and for words alone; writes the coefficients beside each; `--guides`: only those of the service guides. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { SHARED_FILE } from '../src/files/private.js';
import { replaceFile } from '../src/files/replace.js';
import { BankMatter } from '../src/lists/bank.js';
import { readJsonLines } from '../src/lists/calibration-files.js';
import { fitCalibration } from '../src/lists/calibrate.js';
import type { Matter } from '../src/lists/calibration-matters.js';
import { readLists } from '../src/editions/folder.js';
import { fitGuides } from '../src/lists/calibrate-guides.js';
import { loadEncoder } from '../src/text/encoder.js';
import {
  calibrationTools,
  GUIDE_FILE,
  GUIDE_WORDS_FILE,
  loadTools,
  tokenizerOf,
} from '../src/setup/resources.js';

const { values } = parseArgs({ options: { guides: { type: 'boolean', default: false } } });
const config = loadConfig(readEnv());
const { encoder, reason } = await loadEncoder(config.encoderDir);
if (!encoder) console.error(reason);

for (const modelHash of encoder ? [encoder.modelHash, 'words'] : ['words']) {
  // Words alone: the tools are loaded as if there were no encoder.
  const tools = await loadTools(
    modelHash === 'words' ? { ...config, encoderDir: join(config.encoderDir, 'none') } : config,
    { intentsDir: INTENTS_DIR, clock: Date.now, isUncalibrated: true },
  );
  const sample = readLists(join(config.knowledgeDir, 'lists'), tools.directory);
  if (!values.guides) {
    const file =
      modelHash === 'words'
        ? join(config.calibrationDir, 'words.json')
        : join(config.encoderDir, 'calibration.json');
    const { calibration, log } = await fitCalibration(
      tools.unseenMatters(),
      tools.outside(),
      { ...sample, asked: tools.sampleQuestions() },
      modelHash,
      {
        ...calibrationTools(tools, tokenizerOf(tools.directory, sample)),
        isInBank: isInBank(tools.unseenMatters()),
      },
    );
    // Not before all is fitted: whatever fails or is interrupted above leaves the coefficients that are in use.
    await replaceFile(file, `${JSON.stringify(calibration, null, 1)}\n`, SHARED_FILE);
    console.log([file, ...log].join('\n'));
  }
  const guides = await fitGuides(
    sample,
    tools.serviceQuestions(),
    modelHash,
    calibrationTools(tools, tokenizerOf(tools.directory, sample)),
  );
  if (!guides) continue;
  const guideFile =
    modelHash === 'words'
      ? join(config.calibrationDir, GUIDE_WORDS_FILE)
      : join(config.encoderDir, GUIDE_FILE);
  await replaceFile(guideFile, `${JSON.stringify(guides.calibration, null, 1)}\n`, SHARED_FILE);
  console.log([guideFile, ...guides.log].join('\n'));
}

/** Ids of the bank's matters that are calibration matters too. */
function isInBank(matters: Matter[]): (id: string) => boolean {
  const titles = new Set(matters.map((m) => m.matter));
  const ids = new Set(
    readJsonLines(join(config.phrasingsDir, 'bank.jsonl'), BankMatter)
      .filter(({ matter }) => titles.has(matter))
      .map(({ id }) => id),
  );
  return (id) => ids.has(id);
}
