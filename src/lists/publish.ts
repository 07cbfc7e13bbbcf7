/** Published editions on disk: a new one takes over whole, a broken draft leaves the last one in force. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edition, Expected } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import type { Draft } from './edition.js';
import { replaceFile } from '../replace-file.js';
import { problemText } from './import/read.js';

/** Raise when the stored form of an edition changes: older files are then published anew. */
const FORMAT = 1;

type Stored = { format: number; calibration: string; edition: Edition };

export type Opened = {
  edition: Edition;
  /** Why the folder's lists are not the ones in force, one line a problem; empty when they are. */
  problems: string[];
};

/**
 * The edition in force: the draft when it has no problems (its expected figures are computed once and stored with it),
 * else the last published one.
 * @param calibrationKey names the coefficients: figures computed with others are computed again.
 * @throws BotError 'DATA' when the draft is broken and nothing was published before.
 */
export async function openEdition(options: {
  draft: Draft;
  dataDir: string;
  /** Editions made at build time. */
  prebuiltDir: string;
  calibrationKey: string;
  now: number;
  expect: (draft: Draft) => Promise<Expected>;
}): Promise<Opened> {
  const { draft, dataDir, prebuiltDir, calibrationKey, now, expect } = options;
  const editionsDir = join(dataDir, 'editions');
  const current = join(editionsDir, 'current');
  if (draft.problems.length > 0) {
    const problems = draft.problems.map(problemText);
    const id = existsSync(current) ? readFileSync(current, 'utf8').trim() : '';
    const last = readEdition(join(editionsDir, `${id}.json`));
    if (!last) throw new BotError('DATA', problems.join('\n'));
    return { edition: last.edition, problems };
  }
  const file = join(editionsDir, `${draft.id}.json`);
  const known = [file, join(prebuiltDir, 'editions', `${draft.id}.json`)]
    .map(readEdition)
    .find((stored) => stored?.calibration === calibrationKey);
  const edition: Edition = known?.edition ?? {
    id: draft.id,
    lists: draft.lists,
    rows: draft.rows,
    publishedAt: now,
    expected: await expect(draft),
  };
  mkdirSync(editionsDir, { recursive: true });
  // The edition first, then the pointer: at no moment does the pointer name a file that is not whole.
  const stored: Stored = { format: FORMAT, calibration: calibrationKey, edition };
  await replaceFile(file, JSON.stringify(stored));
  await replaceFile(current, `${edition.id}\n`);
  return { edition, problems: [] };
}

function readEdition(file: string): Stored | null {
  if (!existsSync(file)) return null;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
    return stored.format === FORMAT ? stored : null;
  } catch {
    return null;
  }
}
