/**
 * `npm run verify-log`: checks the chain of the record (台账) and names the first line that is not what was written.
 * `npm run verify-log -- FILE...` checks only these files, in this order. The bot may go on running.
 */
import { join } from 'node:path';
import { TIME_ZONE } from '../src/calendar/local.js';
import { loadConfig, readEnv } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import type { Logger } from '../src/core/ports.js';
import {
  verifyRecordFiles,
  verifyRecordFolder,
  verifyRecordTable,
  type Verification,
} from '../src/store/verify.js';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

const format = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: TIME_ZONE,
});

function renderVerification({ verdict, notes }: Verification): string {
  const timeOf = (at: number | null): string => (at === null ? '' : format.format(at));
  const lines = verdict.isSound
    ? verdict.count === 0
      ? ['台账为空:0 行。']
      : [
          `台账完好:共 ${verdict.count} 行,末行为第${verdict.head.seq}号,${timeOf(verdict.firstAt)} 至 ${timeOf(verdict.lastAt)}。`,
          `末行校验值:${verdict.head.hash}`,
        ]
    : [
        `台账有误:${verdict.place}:${verdict.problem}。`,
        verdict.count > 0 ? `此前 ${verdict.count} 行完好,可以采信。` : '',
        '处理办法:不要修改或删除任何文件,先整体复制一份留存;再与备份中的同一文件逐行比对,查明何人何时改动。自该行起的记录在查明前不作凭据。',
      ];
  return [...lines.filter((line) => line !== ''), ...notes.map((note) => `说明:${note}`)].join('\n');
}

try {
  const { dataDir, databaseUrl } = loadConfig(readEnv());
  const files = process.argv.slice(2);
  const verification =
    files.length > 0
      ? await verifyRecordFiles(files)
      : databaseUrl
        ? await verifyRecordTable(databaseUrl, silent)
        : await verifyRecordFolder(join(dataDir, 'store'));
  const text = renderVerification(verification);
  if (verification.verdict.isSound) console.log(text);
  else {
    console.error(text);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
