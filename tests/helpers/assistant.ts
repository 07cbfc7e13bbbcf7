/** The real assistant over the sample county: one a worker for all files that only talk to it, or one of one's own. */
import { realpathSync } from 'node:fs';
import { beforeAll } from 'vitest';
import { openAssistant, type Assistant } from '../../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, type Config } from '../../src/config.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { createEditionService, type EditionService } from '../../src/editions/editions.js';
import { loadEncoder, type LoadedEncoder } from '../../src/text/encoder.js';
import { START } from './clock.js';
import { makeFolder, makeLastingFolder } from './folder.js';
import { withSharedVectors } from './shared-vectors.js';
import type { Platform } from '../../src/core/chat.js';
import { loadTools, type Tools } from '../../src/setup/resources.js';

export type SampleAssistant = Assistant & { problems: string[]; tools: Tools; config: Config };

/** `npm run prepare` leaves the vectors in dist/prebuilt; without them everything is embedded here. */
const BUILD_MS = 600_000;

const encoders = new Map<string, Promise<LoadedEncoder>>();
/** Loaded once a worker: what it has embedded changes nothing of what it embeds. */
export function openEncoder(dir: string): Promise<LoadedEncoder> {
  const loaded = encoders.get(realPath(dir)) ?? openShared(dir);
  encoders.set(realPath(dir), loaded);
  return loaded;
}

async function openShared(dir: string): Promise<LoadedEncoder> {
  const loaded = await loadEncoder(dir);
  if (loaded.encoder) withSharedVectors(loaded.encoder);
  return loaded;
}

function realPath(dir: string): string {
  try {
    return realpathSync(dir);
  } catch {
    return dir;
  }
}

export async function openSampleAssistant(
  env: Record<string, string> = {},
  platforms: Platform[] = ['console'],
  guard: (editions: EditionService) => EditionService = (it) => it,
): Promise<SampleAssistant> {
  const config = loadConfig({ DATA_DIR: makeFolder(), ...env });
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now, openEncoder });
  const editions = guard(createEditionService(editionTools(config, tools)));
  const assistant = await openAssistant(config, tools, START, { platforms: new Set(platforms), editions });
  // Not a spread: the knowledge in force changes.
  return Object.assign(assistant, { tools, config });
}

let shared: Promise<SampleAssistant> | undefined;

/** What would change it for the files behind is refused. */
async function openSharedAssistant(): Promise<SampleAssistant> {
  const assistant = await openSampleAssistant({ DATA_DIR: makeLastingFolder() }, ['console'], (editions) =>
    Object.assign(editions, {
      ...refusing('preview', 'previewAgain', 'drop', 'makeDraft', 'publish', 'takeBack'),
      phrasings: { ...editions.phrasings, ...refusing('take', 'generate') },
    }),
  );
  Object.assign(assistant.tools.liveDirectory, refusing('replace'));
  Object.assign(assistant.tools.liveCalendar, refusing('replace'));
  return Object.assign(assistant, refusing('bringIntoForce', 'rebuild'));
}

const refusing = <Name extends string>(...names: Name[]): Record<Name, () => never> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error(
          `${name}: files share this assistant. useAssistant(() => openSampleAssistant()) has one's own`,
        );
      },
    ]),
  ) as Record<Name, () => never>;

/**
 * Call it at the top of a file; the returned function gives the assistant inside tests. Without `open` it is the one that files
 * share; a file that brings an edition into force, takes files or changes the directory opens its own.
 */
export function useAssistant(
  open: () => Promise<SampleAssistant> = () => (shared ??= openSharedAssistant()),
): () => SampleAssistant {
  let assistant: SampleAssistant | undefined;
  beforeAll(async () => {
    assistant = await open();
    // Of an earlier file with the same assistant.
    assistant.tools.liveDirectory.bind([]);
  }, BUILD_MS);
  return () => {
    if (!assistant) throw new Error('the assistant exists only inside tests');
    return assistant;
  };
}
