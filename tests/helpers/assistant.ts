/** The real assistant over the sample county, built once for each test file. */
import { beforeAll } from 'vitest';
import { openAssistant, type Assistant } from '../../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, type Config } from '../../src/config.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { createEditionService } from '../../src/editions/editions.js';
import { START } from './clock.js';
import { makeFolder } from './folder.js';
import type { Platform } from '../../src/core/chat.js';
import { loadTools, type Tools } from '../../src/setup/resources.js';

export type SampleAssistant = Assistant & { problems: string[]; tools: Tools; config: Config };

/** `npm run prepare` leaves the vectors in dist/prebuilt; without them everything is embedded here. */
const BUILD_MS = 600_000;

export async function openSampleAssistant(
  env: Record<string, string> = {},
  platforms: Platform[] = ['console'],
): Promise<SampleAssistant> {
  const config = loadConfig({ DATA_DIR: makeFolder(), ...env });
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  const editions = createEditionService(editionTools(config, tools));
  const assistant = await openAssistant(config, tools, START, { platforms: new Set(platforms), editions });
  // Not a spread: the knowledge in force changes.
  return Object.assign(assistant, { tools, config });
}

/** Call it at the top of a file; the returned function gives the assistant inside tests. */
export function useAssistant(
  open: () => Promise<SampleAssistant> = openSampleAssistant,
): () => SampleAssistant {
  let assistant: SampleAssistant | undefined;
  beforeAll(async () => {
    assistant = await open();
  }, BUILD_MS);
  return () => {
    if (!assistant) throw new Error('the assistant exists only inside tests');
    return assistant;
  };
}
