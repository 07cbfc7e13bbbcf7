/** Published editions on disk: a new one takes over whole, a broken draft leaves the last one in force. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edition, Expected } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import type { FolderLists } from './folder.js';
import { makePrivateFolder } from '../files/private.js';
import { replaceFile } from '../files/replace.js';
import { problemText } from '../files/problem.js';

/** Raise when the stored form of an edition changes: older files are then published anew. */
const FORMAT = 1;

export type Stored = { format: number; calibration: string; edition: Edition };

export type Opened = {
  edition: Edition;
  /** Why the folder's lists are not the ones in force, one line a problem; empty when they are. */
  problems: string[];
};

/** Which edition is in force. `isImported`: it was published from a draft, so the folder's lists do not replace it. */
export type Pointer = { id: string; isImported: boolean; previous: string };

const pointerFile = (dataDir: string): string => join(dataDir, 'editions', 'current');
export const editionFile = (dataDir: string, id: string): string => join(dataDir, 'editions', `${id}.json`);

export function readPointer(dataDir: string): Pointer | null {
  const file = pointerFile(dataDir);
  if (!existsSync(file)) return null;
  const [id = '', origin = '', previous = ''] = readFileSync(file, 'utf8').trim().split('\n');
  return id ? { id, isImported: origin === 'imported', previous } : null;
}

/** One rename: before it the old edition is in force, after it the new one. */
export async function writePointer(dataDir: string, { id, isImported, previous }: Pointer): Promise<void> {
  const text = isImported ? `${id}\nimported\n${previous}\n` : `${id}\n`;
  await replaceFile(pointerFile(dataDir), text);
}

export async function writeEdition(dataDir: string, edition: Edition, calibration: string): Promise<void> {
  makePrivateFolder(join(dataDir, 'editions'));
  const stored: Stored = { format: FORMAT, calibration, edition };
  await replaceFile(editionFile(dataDir, edition.id), JSON.stringify(stored));
}

/**
 * The edition in force: one that was published from imported files, else the draft when it has no problems (its expected figures are computed once and stored with it),
 * else the last published one.
 * @param calibrationKey names the coefficients: figures computed with others are computed again.
 * @throws BotError 'DATA' when the draft is broken and nothing was published before.
 */
export async function openEdition(options: {
  draft: FolderLists;
  dataDir: string;
  /** Editions made at build time. */
  prebuiltDir: string;
  calibrationKey: string;
  now: number;
  expect: (content: Pick<FolderLists, 'lists' | 'rows'>) => Promise<Expected>;
  /** The folder's lists take over from imported ones. */
  isFolderForced?: boolean;
}): Promise<Opened> {
  const { draft, dataDir, prebuiltDir, calibrationKey, now, expect, isFolderForced = false } = options;
  const pointer = readPointer(dataDir);
  const inForce = pointer ? readEdition(editionFile(dataDir, pointer.id)) : null;
  if (pointer?.isImported && inForce && !isFolderForced) {
    if (inForce.calibration === calibrationKey) return { edition: inForce.edition, problems: [] };
    const edition = { ...inForce.edition, expected: await expect(inForce.edition) };
    await writeEdition(dataDir, edition, calibrationKey);
    return { edition, problems: [] };
  }
  const before =
    pointer?.isImported && !isFolderForced ? readEdition(editionFile(dataDir, pointer.previous)) : null;
  if (pointer && before)
    return {
      edition: before.edition,
      problems: [
        `${editionFile(dataDir, pointer.id)}:读不到版次 ${pointer.id}。处理办法:从备份恢复该文件,或用 npm run editions -- rollback 退回`,
      ],
    };
  if (draft.problems.length > 0) {
    const problems = draft.problems.map(problemText);
    if (!inForce) throw new BotError('DATA', problems.join('\n'));
    return { edition: inForce.edition, problems };
  }
  const readKnown = (file: string): Edition | null => {
    const stored = readEdition(file);
    return stored?.calibration === calibrationKey ? stored.edition : null;
  };
  const own =
    inForce?.edition.id === draft.id && inForce.calibration === calibrationKey
      ? inForce.edition
      : readKnown(editionFile(dataDir, draft.id));
  const known = own ?? readKnown(join(prebuiltDir, 'editions', `${draft.id}.json`));
  const edition: Edition = known ?? {
    id: draft.id,
    lists: draft.lists,
    rows: draft.rows,
    publishedAt: now,
    expected: await expect(draft),
  };
  // The edition first, then the pointer: at no moment does the pointer name a file that is not whole.
  if (!own) await writeEdition(dataDir, edition, calibrationKey);
  if (pointer?.id !== edition.id || pointer.isImported)
    await writePointer(dataDir, { id: edition.id, isImported: false, previous: '' });
  return { edition, problems: [] };
}

export function readEdition(file: string): Stored | null {
  if (!existsSync(file)) return null;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
    return stored.format === FORMAT ? stored : null;
  } catch {
    return null;
  }
}
