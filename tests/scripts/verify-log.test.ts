/** The program itself: what stands on the screen, and its exit code. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { listRecordFiles } from '../../src/store/lowdb/record-file.js';
import { recordOf } from '../helpers/changes.js';
import { makeFolder } from '../helpers/folder.js';

const PROGRAM = 'dist/scripts/verify-log.js';
const run = promisify(execFile);

let dataDir: string;
let file: string;
beforeAll(async () => {
  dataDir = makeFolder();
  const dir = join(dataDir, 'store');
  const store = await openLowdbStore(dir);
  for (const act of ['一', '二', '三']) await store.commit([recordOf(act)]);
  await store.close();
  file = listRecordFiles(join(dir, 'record'))[0] ?? '';
});
const verify = (...files: string[]) =>
  run(process.execPath, [PROGRAM, ...files], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
  });

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
