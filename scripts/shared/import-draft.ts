/** Read lists to a draft edition with its figures, on disk and ready for approval; progress at the terminal. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openAssistant } from '../../src/setup/assistant.js';
import { INTENTS_DIR, type Config } from '../../src/config.js';
import type { Edition } from '../../src/core/domain.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { readLists } from '../../src/editions/folder.js';
import type { FileReading } from '../../src/editions/import/read-file.js';
import type { Stated } from '../../src/editions/import/to-edition.js';
import { makeDraft, reportText, type DraftOptions } from '../../src/editions/make-draft.js';
import { editionFile, readEdition, readPointer } from '../../src/editions/published.js';
import type { Directory } from '../../src/organizations/directory.js';
import { openEncoderPool } from '../../src/setup/encoding.js';
import { loadEncoder } from '../../src/text/encoder.js';
import { createProgress } from './progress.js';
import { loadTools, type Tools } from '../../src/setup/resources.js';

/** The edition in force: the published one, else what the folder holds; without lists where there are none yet. */
export function editionInForce(config: Config, directory: Directory): Edition {
  const pointer = readPointer(config.dataDir);
  const stored = pointer && readEdition(editionFile(config.dataDir, pointer.id));
  if (stored) return stored.edition;
  const { id, lists, rows, problems } = readLists(join(config.knowledgeDir, 'lists'), directory);
  const isSound = problems.length === 0;
  return {
    id: isSound ? id : '',
    lists: isSound ? lists : [],
    rows: isSound ? rows : [],
    publishedAt: 0,
    expected: null,
  };
}

/** The edition that a draft is compared with and that a roll back returns to; the folder's is published if none is. */
async function openBase(config: Config, tools: Tools, now: number): Promise<Edition> {
  const found = editionInForce(config, tools.directory);
  if (found.publishedAt > 0 || found.id === '') return found;
  return (await openAssistant(config, tools, now)).knowledge.edition;
}

/** Each holds the model (some 100 MB); more hardly help, since the rows are also tokenized and ranked. */
const THREADS = 4;

type Making = Pick<DraftOptions, 'by' | 'now' | 'notes' | 'from' | 'files'> & { account: string };

/** `loaded`: where the caller has them already. @returns what to print. */
export async function draftFromFiles(
  config: Config,
  readings: FileReading[],
  stated: Stated,
  making: Making,
  loaded?: Tools,
): Promise<string> {
  const pool = loaded ? null : openEncoderPool(config.encoderDir, Math.min(THREADS, availableParallelism()));
  const tools =
    loaded ??
    (await loadTools(config, {
      ...{ intentsDir: INTENTS_DIR, clock: Date.now },
      openEncoder: (dir) => pool?.opening ?? loadEncoder(dir),
    }));
  const current = await openBase(config, tools, making.now);
  const bars: { stop(): void }[] = [];
  const barOf = (what: string) => {
    let bar: ReturnType<typeof createProgress> | null = null;
    return (done: number, total: number) => {
      if (!bar) bars.push((bar = createProgress(what, total)));
      bar.set(done, total);
      if (done === total) bar.stop();
    };
  };
  try {
    const options = { readings, stated, current, ...making };
    const onIndexing = barOf('建立索引');
    const onAsking = barOf('重问已存问题');
    return reportText(await makeDraft(editionTools(config, tools), { ...options, onIndexing, onAsking }));
  } finally {
    for (const bar of bars) bar.stop();
    await pool?.close();
  }
}
