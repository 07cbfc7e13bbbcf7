/** The lists of a folder that the same program has read before: reading and checking them is a tenth of a start. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../files/private.js';
import { replaceFile } from '../files/replace.js';
import { once } from '../text/once.js';
import type { FolderLists } from './folder.js';

const FILE = 'lists-read';

export type KnownLists = {
  /** What they were read to; null when they were not, or were not sound. */
  id(): string | null;
  keep(lists: FolderLists): Promise<void>;
};

/**
 * `dirs`: all that is read, besides `program`, which names who reads. Looked for in each of the folders `caches`, kept in the
 * first.
 */
export function knownLists(dirs: readonly string[], program: string, caches: readonly string[]): KnownLists {
  const key = createHash('sha256').update(program);
  for (const dir of dirs)
    for (const name of existsSync(dir) ? readdirSync(dir).sort() : []) {
      const file = join(dir, name);
      if (!statSync(file).isFile()) continue;
      const bytes = readFileSync(file);
      key.update(`${name}\n${bytes.length}\n`).update(bytes);
    }
  const digest = key.digest('hex');
  return {
    id() {
      for (const folder of caches) {
        const file = join(folder, FILE);
        const [of, id] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
        if (of === digest && id) return id;
      }
      return null;
    },
    async keep({ id, problems }) {
      const [own] = caches;
      if (own === undefined || problems.length > 0) return;
      makePrivateFolder(own);
      await replaceFile(join(own, FILE), `${digest}\n${id}\n`);
    },
  };
}

/** As `readLists` gives them, read when somebody asks for more than what they were read to. */
export function listsRead(id: string, read: () => FolderLists): FolderLists {
  const lists = once(read);
  return {
    id,
    problems: [],
    get lists() {
      return lists().lists;
    },
    get rows() {
      return lists().rows;
    },
  };
}
