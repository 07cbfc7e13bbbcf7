/** Files that the 编办 sent in chat, kept between the preview and the decision: what was seen is what is imported. */
import { LIST_KINDS, type ListKind } from '../core/list-kinds.js';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { makePrivateFolder } from '../files/private.js';
import { replaceFile } from '../files/replace.js';
import type { Corrections } from './import/columns.js';
import type { Stated } from './import/to-edition.js';

/** Nobody decides about a preview after a week. */
const KEEP_MS = 7 * 86_400_000;

/** What the office said about the file because it does not say so itself. */
export type Remarks = { kind?: ListKind; stated: Stated; corrections: Corrections };

export type KeptFile = { id: string; name: string; by: string; bytes: Uint8Array; remarks: Remarks };

const Stored = z.object({
  name: z.string(),
  by: z.string(),
  bytes: z.base64(),
  remarks: z.object({
    kind: z.enum(LIST_KINDS).optional(),
    stated: z.record(z.string(), z.string()),
    corrections: z.record(z.string(), z.string()),
  }),
});

const folderOf = (dataDir: string): string => join(dataDir, 'imports');
const fileOf = (dataDir: string, id: string): string => join(folderOf(dataDir), `${id}.json`);

/** The same file of the same person is kept once. Older ones than KEEP_MS are thrown away on the way. */
export async function keepFile(
  dataDir: string,
  { name, by, bytes, remarks }: Omit<KeptFile, 'id'>,
  now: number,
): Promise<KeptFile> {
  const folder = folderOf(dataDir);
  makePrivateFolder(folder);
  for (const old of readdirSync(folder))
    if (statSync(join(folder, old)).mtimeMs < now - KEEP_MS) await rm(join(folder, old), { force: true });
  const id = createHash('sha256').update(`${by}\n${name}\n`).update(bytes).digest('hex').slice(0, 16);
  const text = JSON.stringify({ name, by, bytes: Buffer.from(bytes).toString('base64'), remarks });
  await replaceFile(fileOf(dataDir, id), text);
  return { id, name, by, bytes, remarks };
}

function readKeptFile(dataDir: string, id: string): KeptFile | null {
  const file = fileOf(dataDir, id);
  if (!/^[0-9a-f]{16}$/.test(id) || !existsSync(file)) return null;
  const { name, by, bytes, remarks } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { kind, stated, corrections } = remarks;
  return {
    ...{ id, name, by, bytes: Buffer.from(bytes, 'base64') },
    remarks: { ...(kind && { kind }), stated, corrections },
  };
}

export const isKeptFor = (dataDir: string, id: string, by: string): boolean =>
  readKeptFile(dataDir, id)?.by === by;

/** @throws BotError 'DATA' when it is not kept any more, or is not of the person. */
export function loadKeptFile(dataDir: string, id: string, by: string): KeptFile {
  const kept = readKeptFile(dataDir, id);
  if (kept?.by === by) return kept;
  throw new BotError('DATA', '这个文件已不再保留。处理办法:请重新发送文件。');
}

export const dropKeptFile = (dataDir: string, id: string): Promise<void> =>
  /^[0-9a-f]{16}$/.test(id) ? rm(fileOf(dataDir, id), { force: true }) : Promise.resolve();

/** The one that a person sent last, or null. */
export function lastKeptFile(dataDir: string, by: string): KeptFile | null {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return null;
  const ids = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
    .map((name) => ({ id: name.slice(0, 16), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { id } of ids) {
    const kept = readKeptFile(dataDir, id);
    if (kept?.by === by) return kept;
  }
  return null;
}
