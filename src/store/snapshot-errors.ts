/** What a person reads about a snapshot that cannot be used. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BotError } from '../core/errors.js';

export function damaged(file: string, where: string): BotError {
  const backups = join(dirname(file), 'backups');
  const hasBackup = existsSync(backups) && readdirSync(backups).length > 0;
  const remedy = hasBackup
    ? `把 ${backups} 中最新的一份复制为该文件后再启动,其后的改动会从日志补上`
    : // The first snapshot ever: the journals still reach back to the beginning.
      `把该文件移到别处后再启动,全部改动会从日志重新得出`;
  return new BotError('STORE', `${file}:数据文件已损坏,无法读取(${where})。处理办法:${remedy}。`);
}

export const wrongForm = (file: string, what: string): BotError =>
  new BotError(
    'STORE',
    `${file}:数据文件的内容不符合本版本的格式(${what})。处理办法:不要手工修改;用备份恢复该文件,或使用写下它的版本。`,
  );
