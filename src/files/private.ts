/** What the program writes is read by its own user alone: people's questions, requests and names lie in it. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../core/errors.js';

export const PRIVATE_FILE = 0o600;
/** For what comes with the program and holds nothing about anybody. */
export const SHARED_FILE = 0o644;
const PRIVATE_FOLDER = 0o700;
const OTHERS = 0o077;

/** What this program keeps in `DATA_DIR`. A folder that holds anything else is shared, and its own mode is not ours. */
const OURS = new Set([
  ...['attachments', 'cache', 'drafts', 'editions', 'import-columns.json', 'imports', 'phrasings'],
  ...['replay', 'store'],
]);

export const makePrivateFolder = (dir: string): void =>
  void mkdirSync(dir, { recursive: true, mode: PRIVATE_FOLDER });

/**
 * Takes from group and others what earlier versions, or a copy that came back from a backup, left them in `DATA_DIR`.
 * @returns one line when some of it could not be done (another owner, a file system without modes), else null.
 */
export function tightenFolder(dataDir: string): string | null {
  const failures: string[] = [];
  const tighten = (path: string): void => {
    try {
      const found = lstatSync(path);
      // A link may lead anywhere.
      if (!found.isFile() && !found.isDirectory()) return;
      if (found.mode & OTHERS) chmodSync(path, found.mode & (found.isFile() ? PRIVATE_FILE : PRIVATE_FOLDER));
      if (found.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failures.push(`${path}:${errorText(error)}`);
    }
  };
  const tightenOurs = (): void => {
    const names = readdirSync(dataDir);
    for (const name of names) if (OURS.has(name)) tighten(join(dataDir, name));
    if (names.every((name) => OURS.has(name)) && lstatSync(dataDir).mode & OTHERS)
      chmodSync(dataDir, PRIVATE_FOLDER);
  };
  try {
    tightenOurs();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failures.push(`${dataDir}:${errorText(error)}`);
  }
  const [first] = failures;
  if (!first) return null;
  return `数据目录 ${dataDir} 中有${failures.length}处权限无法收紧,本机其他用户可能读到其中内容(${first})。处理办法:请把该目录的所有者改为运行清单助手的用户,或执行 chmod -R go-rwx。`;
}
