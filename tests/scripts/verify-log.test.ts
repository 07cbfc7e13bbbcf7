/** The program itself: what stands on the screen, and its exit code. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/store.js';
import { sha256 } from '../../src/files/digest.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { listRecordFiles } from '../../src/store/lowdb/record-file.js';
import type { RecordHead } from '../../src/store/record.js';
import { recordOf } from '../helpers/changes.js';
import { changesOfEvaluation, makeEvaluation } from '../helpers/evaluations.js';
import { makeFolder } from '../helpers/folder.js';
import { forgeRecord } from '../helpers/forged-record.js';

const PROGRAM = 'dist/scripts/verify-log.js';
const run = promisify(execFile);

let dataDir: string;
let file: string;

/** A data folder with the lines of these changes, and the file of its record. */
async function makeStore(commits: Change[][]): Promise<{ data: string; record: string }> {
  const data = makeFolder();
  const dir = join(data, 'store');
  const store = await openLowdbStore(dir);
  for (const changes of commits) await store.commit(changes);
  await store.close();
  return { data, record: listRecordFiles(join(dir, 'record'))[0] ?? '' };
}
beforeAll(async () => {
  const made = await makeStore(['一', '二', '三'].map((act) => [recordOf(act)]));
  dataDir = made.data;
  file = made.record;
});
const verifyIn = (data: string, ...args: string[]) =>
  run(process.execPath, [PROGRAM, ...args], { env: { ...process.env, DATA_DIR: data, DATABASE_URL: '' } });
const verify = (...files: string[]) => verifyIn(dataDir, ...files);
const failing = (data: string, ...args: string[]): Promise<string> =>
  verifyIn(data, ...args).then(
    () => '',
    (error: unknown) => String((error as { stderr?: unknown }).stderr),
  );
const linesOf = (record: string): string[] => readFileSync(record, 'utf8').trimEnd().split('\n');
const write = (record: string, lines: readonly string[]): void =>
  writeFileSync(record, `${lines.join('\n')}\n`);

it('tells an office person that all is well, or which line is not and what to do', async () => {
  const sound = await verify();
  expect(sound.stdout).toMatch(
    /^台账完好:共 3 行,末行为第3号,2026\/3\/2 09:00:00 至 2026\/3\/2 09:00:00。\n末行校验值:[0-9a-f]{64}\n$/,
  );
  const head = /[0-9a-f]{64}/.exec(sound.stdout)?.[0] ?? '';
  expect(readFileSync(file, 'utf8').trimEnd().endsWith(`"update":"u"}`)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(`"hash":"${head}"`);
  expect((await verify(file)).stdout).toBe(sound.stdout);

  writeFileSync(file, readFileSync(file, 'utf8').replace('二', '贰'));
  const failure = await verify().catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `台账有误:${file} 第2行:第2号记录的内容与其校验值不符,内容被改动过。
此前 1 行完好,可以采信。
处理办法:不要修改或删除任何文件,先整体复制一份留存;再与备份中的同一文件逐行比对,查明何人何时改动。自该行起的记录在查明前不作凭据。
`,
  });
  await expect(verify(`${file}.x`)).rejects.toMatchObject({ code: 1 });
});

/** As they come in the chats of 编办 and 督办, with what stands around them there. */
const sealOf = (line: string): string => {
  const { seq, hash } = JSON.parse(line) as RecordHead;
  return `机器人 18:05\n台账封签(2026年11月25日):到第${seq}号,校验值 ${hash}。请保留本消息,核对台账时用。\n`;
};

describe('--seals', () => {
  const acts = ['一', '二', '三', '四'];
  const sealed = async () => {
    const { data, record } = await makeStore(acts.map((act) => [recordOf(act)]));
    const lines = linesOf(record);
    const seals = join(data, '封签.txt');
    writeFileSync(seals, [lines[1], lines[3]].map((line) => sealOf(line ?? '')).join('\n'));
    return { data, record, lines, seals };
  };

  it('finds that the record goes through what was sent', async () => {
    const { data, seals } = await sealed();
    expect((await verifyIn(data, '--seals', seals)).stdout).toMatch(/^台账完好:共 4 行/);
  });

  it('finds a record that was rewritten whole, and last lines cut off together with the head', async () => {
    const { data, record, lines, seals } = await sealed();
    const forged = forgeRecord(lines, (entry, i) => ({ ...entry, ...(i === 0 && { data: { act: '贰' } }) }));
    // The files alone, as after the head of the snapshot was rewritten as well.
    write(record, forged);
    expect(await failing(data, record, '--seals', seals)).toContain(
      '封签第2号:台账这一行的校验值已经不同,此前的记录被整段改写过',
    );
    write(record, lines.slice(0, 3));
    expect((await verifyIn(data, record)).stdout).toContain('台账完好');
    expect(await failing(data, record, '--seals', seals)).toContain(
      '封签第4号:台账现在没有这一行,末尾被删去',
    );
  });

  it('says what to do where a file holds no seal, or is not there', async () => {
    const { data, seals } = await sealed();
    writeFileSync(seals, '今天没有封签');
    expect(await failing(data, '--seals', seals)).toMatch(/没有找到封签。处理办法/);
    expect(await failing(data, '--seals', join(data, '没有.txt'))).toMatch(/没有找到文件/);
  });
});

describe('--export', () => {
  it('knows a document that was given out, and one in which a word was changed', async () => {
    const content = '# 呼叫 QS-2026-000001\n\n- 内容:路灯不亮\n';
    const { data } = await makeStore([
      [recordOf('export', { data: { act: 'export', document: sha256(content) } })],
    ]);
    const document = join(data, '卷宗.md');
    writeFileSync(document, content);
    expect((await verifyIn(data, '--export', document)).stdout).toContain('台账完好');
    writeFileSync(document, content.replace('不亮', '常亮'));
    expect(await failing(data, '--export', document)).toContain(
      '与台账记下的任何一次导出都不同,内容被改动过',
    );
  });
});

it('names an evaluation in which a score was changed in the state', async () => {
  const after = { ...makeEvaluation(), version: 1 };
  const { data } = await makeStore([
    changesOfEvaluation(null, { ...makeEvaluation(), sheets: [], appeals: [] }, 'open'),
    changesOfEvaluation(after, after, 'score'),
  ]);
  expect((await verifyIn(data)).stdout).toContain('台账完好');
  // Somebody who writes through the store, without its handlers.
  const store = await openLowdbStore(join(data, 'store'));
  const [kept] = await store.listEvaluations();
  if (!kept) throw new Error('no evaluation');
  const [first, ...others] = kept.sheets;
  const sheets = first ? [{ ...first, rows: [] }, ...others] : [];
  await store.commit([
    { kind: 'evaluation', evaluation: { ...kept, sheets }, expectedVersion: kept.version },
  ]);
  await store.close();
  expect(await failing(data)).toContain(
    '评价期 PJ-2026-000001:评分、确认、申诉或评价表与台账不符,内容被改动过',
  );
});
