/** The real brain over the sample county, built once for each test file. */
import { beforeAll } from 'vitest';
import { openBrain, type Brain } from '../../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, type Config } from '../../src/config.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { createEditionDesk } from '../../src/editions/editions.js';
import { START } from './clock.js';
import { makeFolder } from './folder.js';
import type { Platform } from '../../src/core/chat.js';
import { loadTools, type Tools } from '../../src/setup/resources.js';

export type SampleBrain = Brain & { problems: string[]; tools: Tools; config: Config };

/** `npm run prepare` leaves the vectors in dist/prebuilt; without them everything is embedded here. */
const BUILD_MS = 600_000;

export async function openSampleBrain(
  env: Record<string, string> = {},
  platforms: Platform[] = ['console'],
): Promise<SampleBrain> {
  const config = loadConfig({ DATA_DIR: makeFolder(), ...env });
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  const editions = createEditionDesk(editionTools(config, tools));
  const brain = await openBrain(config, tools, START, { platforms: new Set(platforms), editions });
  // Not a spread: the knowledge in force changes.
  return Object.assign(brain, { tools, config });
}

/** Call it at the top of a file; the returned function gives the brain inside tests. */
export function useBrain(open: () => Promise<SampleBrain> = openSampleBrain): () => SampleBrain {
  let brain: SampleBrain | undefined;
  beforeAll(async () => {
    brain = await open();
  }, BUILD_MS);
  return () => {
    if (!brain) throw new Error('the brain exists only inside tests');
    return brain;
  };
}
