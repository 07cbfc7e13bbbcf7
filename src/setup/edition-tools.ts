/** What making, publishing and following editions needs of the assistant; run.ts and the scripts share it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhrasingWriter } from '../nlu/write-phrasings.js';
import { checkEdition, directoryFor, expectFor, knowledgeOf } from './assistant.js';
import type { Config } from '../config.js';
import type { EditionTools } from '../editions/make-draft.js';
import { calibrationKey, type Tools } from './resources.js';

export const editionTools = (config: Config, tools: Tools): EditionTools => ({
  dataDir: config.dataDir,
  knowledgeDir: config.knowledgeDir,
  directory: tools.directory,
  calibrationKey: calibrationKey(tools.calibration),
  openKnowledge: (edition, onProgress) =>
    knowledgeOf(tools, edition, directoryFor(edition, tools.directory), { onProgress }),
  expect: (content, onProgress) =>
    expectFor(tools, content, directoryFor(content, tools.directory), onProgress),
  check: ({ rows }) => checkEdition(config, tools, rows),
  ...(config.llm && { writer: { ask: createPhrasingWriter(config.llm), wait: sleep } }),
});
