/** Read lists to a draft edition with its figures, on disk and ready for approval; progress at the terminal. */
import { join } from 'node:path';
import { openAssistant } from '../../src/setup/assistant.js';
import { INTENTS_DIR, type Config } from '../../src/config.js';
import type { Edition } from '../../src/core/domain.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { readLists } from '../../src/editions/folder.js';
import type { FileReading } from '../../src/editions/import/read-file.js';
import { rowOf, type Stated } from '../../src/editions/import/to-edition.js';
import { rowText } from '../../src/lists/row-text.js';
import { normalizeText } from '../../src/text/normalize.js';
import { createVectorCache } from '../../src/text/vectors.js';
import { makeDraft, readableText, reportText, type DraftOptions } from '../../src/editions/make-draft.js';
import { editionFile, readEdition, readPointer } from '../../src/editions/published.js';
import type { Directory } from '../../src/organizations/directory.js';
import { openEncoderPool, poolThreads, type Encoding } from '../../src/setup/encoding.js';
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

/**
 * Embeds what was read while the program is still loading; the index finds the vectors on disk.
 * Half of an import's time is this, and it takes none of the main thread's.
 */
async function embedAhead(
  { dataDir, prebuiltDir }: Config,
  pool: Encoding,
  readings: FileReading[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { encoder } = await pool.opening;
  if (!encoder) return;
  const rows = readings.flatMap(({ lists }) =>
    lists.flatMap((list) => list.rows.map((row) => rowOf(row, ''))),
  );
  const texts = rows.flatMap((row) => [rowText(row), row.matter, ...row.askedAs]).map(normalizeText);
  const folders = [dataDir, prebuiltDir].map((folder) => join(folder, 'cache'));
  await createVectorCache(encoder, 'rows', folders).vectorsOf(texts, onProgress);
}

type Making = Pick<DraftOptions, 'by' | 'now' | 'notes' | 'from' | 'files'> & {
  account: string;
  onReadable?: (text: string) => void;
};

/**
 * `loaded`: where the caller has them already. `onReadable` is told what is to be read while the figures are computed.
 * @returns what to print (then).
 */
export async function draftFromFiles(
  config: Config,
  readings: FileReading[],
  stated: Stated,
  { onReadable, ...making }: Making,
  loaded?: Tools,
): Promise<string> {
  const bars: { stop(): void }[] = [];
  const barOf = (what: string) => {
    let bar: ReturnType<typeof createProgress> | null = null;
    return (done: number, total: number) => {
      if (!bar) bars.push((bar = createProgress(what, total)));
      bar.set(done, total);
      if (done === total) bar.stop();
    };
  };
  const pool = loaded ? null : openEncoderPool(config.encoderDir, poolThreads());
  const ahead = pool && embedAhead(config, pool, readings, barOf('计算语义'));
  // A failure is told where it is waited for.
  ahead?.catch(() => {});
  const tools =
    loaded ??
    (await loadTools(config, {
      ...{ intentsDir: INTENTS_DIR, clock: Date.now },
      openEncoder: (dir) => pool?.opening ?? loadEncoder(dir),
    }));
  try {
    const current = await openBase(config, tools, making.now);
    const own = editionTools(config, tools);
    const report = await makeDraft(
      {
        ...own,
        openKnowledge: async (edition, onProgress) => {
          // What is in force has its vectors on disk.
          if (edition.id !== current.id) await ahead;
          return own.openKnowledge(edition, onProgress);
        },
      },
      {
        ...{ readings, stated, current, ...making },
        ...(onReadable && { onReadable: (readable) => onReadable(readableText(readable)) }),
        ...{ onIndexing: barOf('建立索引'), onExpecting: barOf('预计答复'), onAsking: barOf('重问已存问题') },
      },
    );
    return reportText(report, { isContentSaid: onReadable !== undefined });
  } finally {
    for (const bar of bars) bar.stop();
    await pool?.close();
  }
}
