/** What a person reads about a snapshot that cannot be used. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BotError } from '../../core/errors.js';

export function damaged(file: string, where: string): BotError {
  const backup = newestBackup(file);
  const remedy = backup
    ? `把 ${backup} 复制为 ${file}(先把损坏的文件改名留存)后再启动,其后的改动会从日志补上,不会丢失`
    : // The first snapshot ever: the journals still reach back to the beginning.
      `把该文件移到别处后再启动,全部改动会从日志重新得出`;
  return new BotError('STORE', `${file}:数据文件已损坏,无法读取(${where})。处理办法:${remedy}。`);
}

/** Between the backup and the rename of a new snapshot a crash leaves the newest backup as a second name of the file. */
function newestBackup(file: string): string | undefined {
  const backups = join(dirname(file), 'backups');
  if (!existsSync(backups)) return undefined;
  const { ino } = statSync(file);
  return readdirSync(backups)
    .sort()
    .map((name) => join(backups, name))
    .findLast((backup) => statSync(backup).ino !== ino);
}

export const wrongForm = (file: string, what: string): BotError =>
  new BotError(
    'STORE',
    `${file}:数据文件的内容不符合本版本的格式(${what})。处理办法:不要手工修改;用备份恢复该文件,或使用写下它的版本。`,
  );
