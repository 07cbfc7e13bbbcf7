/** lowdb's adapter for the snapshot: checksummed, replaced by atomic rename, synced with its folder, older ones kept. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BotError } from '../core/errors.js';
import { replaceFile } from '../replace-file.js';
import { checksum } from './journal.js';
import { parseState, type State } from './schema.js';

/** Snapshots kept in `backups/`. */
const BACKUPS = 5;

const backupName = (segment: number): string => `state-${String(segment).padStart(8, '0')}.json`;

export function createSnapshotFile(file: string) {
  const backups = join(dirname(file), 'backups');
  return {
    read(): Promise<State | null> {
      return Promise.resolve(existsSync(file) ? decode(file, readFileSync(file, 'utf8')) : null);
    },
    /** lowdb's own JSONFile syncs neither file nor folder (PLATFORMS.md, F). */
    async write(state: State): Promise<void> {
      const json = JSON.stringify(state);
      await replaceFile(file, `${checksum(json)}\n${json}`);
      const folder = await open(dirname(file));
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
      // A copy is good to have; without room for it the snapshot itself still counts.
      try {
        mkdirSync(backups, { recursive: true });
        copyFileSync(file, join(backups, backupName(state.segment)));
        for (const name of readdirSync(backups).sort().slice(0, -BACKUPS)) unlinkSync(join(backups, name));
      } catch {
        rmSync(join(backups, backupName(state.segment)), { force: true });
      }
    },
    /** Journal segments from here on are needed to bring the oldest backup up to date. */
    oldestSegment(): number {
      const names = existsSync(backups) ? readdirSync(backups).sort() : [];
      return Number(/\d+/.exec(names[0] ?? '')?.[0] ?? 0);
    },
  };
}

/** @throws BotError 'STORE' for a damaged file or one of another version. */
function decode(file: string, text: string): State {
  // Version 1 was plain JSON without a checksum.
  const isPlain = text.startsWith('{');
  const end = text.indexOf('\n');
  const json = isPlain ? text : text.slice(end + 1);
  if (!isPlain && text.slice(0, end) !== checksum(json)) throw damaged(file);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged(file);
  }
  return parseState(file, value);
}

const damaged = (file: string): BotError =>
  new BotError(
    'STORE',
    `${file}:数据文件已损坏,无法读取。处理办法:把 ${join(dirname(file), 'backups')} 中最新的一份复制为该文件后再启动,其后的改动会从日志补上。`,
  );
