/**
 * `npm run verify-log`: checks the chain of the record (台账) and names the first line that is not what was written.
 * `npm run verify-log -- FILE...` checks only these files, in this order; `--export 卷宗.md` whether a document is as it was
 * given out; `--seals 封签.txt` whether the record still goes through the seals that were sent. With `RECORD_KEY`, also whether each
 * line was written with it. The bot may go on running.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TIME_ZONE } from '../src/calendar/local.js';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { sha256 } from '../src/files/digest.js';
import {
  verifyRecordFiles,
  verifyRecordFolder,
  verifyRecordTable,
  type Verification,
} from '../src/store/verify.js';
import { SILENT } from './shared/silent-log.js';

/** Problems that are named; the rest is counted. */
const SHOWN = 50;

const format = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: TIME_ZONE,
});

function renderVerification({ verdict, notes, keyed }: Verification): string {
  const timeOf = (at: number | null): string => (at === null ? '' : format.format(at));
  const lines = verdict.isSound
    ? verdict.count === 0
      ? ['台账为空:0 行。']
      : [
          `台账完好:共 ${verdict.count} 行,末行为第${verdict.head.seq}号,${timeOf(verdict.firstAt)} 至 ${timeOf(verdict.lastAt)}。`,
          `末行校验值:${verdict.head.hash}`,
          !keyed || keyed.keyedFrom === null ? '' : `密钥校验:第${keyed.keyedFrom}号起各行是用本机密钥写的。`,
        ]
    : [
        `台账有误:${verdict.place}:${verdict.problem}。`,
        verdict.count > 0 ? `此前 ${verdict.count} 行完好,可以采信。` : '',
        '处理办法:不要修改或删除任何文件,先整体复制一份留存;再与备份中的同一文件逐行比对,查明何人何时改动。自该行起的记录在查明前不作凭据。',
      ];
  return [...lines.filter((line) => line !== ''), ...notes.map((note) => `说明:${note}`)].join('\n');
}

/** `第128号 3fa…`: as the daily seal says it, whatever stands around it. */
const SEAL = /第\s{0,3}(\d{1,12})\s{0,3}号[^0-9a-f]{0,20}([0-9a-f]{64})/g;

type Seal = { seq: number; hash: string };

function readSeals(file: string): Seal[] {
  const seals = [...readText(file).matchAll(SEAL)].map(([, seq, hash = '']) => ({ seq: Number(seq), hash }));
  if (seals.length > 0) return seals;
  throw new BotError(
    'STORE',
    `${file}:没有找到封签。处理办法:把收到的封签原文(“到第…号,校验值 …”)粘贴到文件里。`,
  );
}

const sealProblems = (seals: Seal[], found: ReadonlyMap<number, string>): string[] =>
  seals.flatMap(({ seq, hash }) => {
    const now = found.get(seq);
    if (now === hash) return [];
    return [
      now === undefined
        ? `封签第${seq}号:台账现在没有这一行,末尾被删去`
        : `封签第${seq}号:台账这一行的校验值已经不同,此前的记录被整段改写过`,
    ];
  });

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BotError('STORE', `没有找到文件 ${file}(${errorText(cause)})。处理办法:核对文件名。`, {
      cause,
    });
  }
}

const documentProblems = (file: string, documents: Verification['documents']): string[] =>
  documents.has(sha256(readText(file))) ? [] : [`${file}:与台账记下的任何一次导出都不同,内容被改动过`];

try {
  const { dataDir, databaseUrl, recordKey } = loadConfig(readEnv());
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: { seals: { type: 'string' }, export: { type: 'string' } },
  });
  const seals = values.seals === undefined ? [] : readSeals(values.seals);
  const wanted = new Set(seals.map(({ seq }) => seq));
  const found = new Map<number, string>();
  const onLine = (seq: number, hash: string) => void (wanted.has(seq) && found.set(seq, hash));
  const options = { onLine, key: recordKey, files: join(dataDir, 'attachments') };
  const verification =
    files.length > 0
      ? await verifyRecordFiles(files, options)
      : databaseUrl
        ? await verifyRecordTable(databaseUrl, SILENT, Date.now(), options)
        : await verifyRecordFolder(join(dataDir, 'store'), Date.now(), options);
  const problems = [
    ...(verification.keyed?.problem ? [verification.keyed.problem] : []),
    ...verification.words,
    ...sealProblems(seals, found),
    ...(values.export === undefined ? [] : documentProblems(values.export, verification.documents)),
  ];
  const text = renderVerification(verification);
  if (verification.verdict.isSound && problems.length === 0) console.log(text);
  else {
    console.error([text, ...problems.slice(0, SHOWN).map((it) => `不一致:${it}。`)].join('\n'));
    if (problems.length > SHOWN) console.error(`另有 ${problems.length - SHOWN} 处不一致。`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
