/** The script as an operator runs it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allMeasures } from '../../src/reminders/measures.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { makeFolder } from '../helpers/folder.js';

const SCRIPT = 'dist/scripts/import-measures.js';
const BUILD_MS = 300_000;

function run(dataDir: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const env = { NODE_ENV: 'test', DATA_DIR: dataDir, ...(PATH && { PATH }), ...(HOME && { HOME }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

async function stored(dataDir: string): Promise<string[]> {
  const store = await openLowdbStore(join(dataDir, 'store'));
  const numbers = (await allMeasures(store)).map(({ reference }) => reference);
  await store.close();
  return numbers.sort();
}

function makeTable(dir: string, ...rows: string[]): string {
  const file = join(dir, '整改.csv');
  writeFileSync(file, ['编号,方面,措施,责任单位,时限', ...rows].join('\n'));
  return file;
}

describe('import-measures', { timeout: BUILD_MS }, () => {
  it('only checks in a dry run, then makes the reminders', async () => {
    const dir = makeFolder();
    const file = makeTable(dir, '1,河道,清理,柳林镇,2099-12-11', '2,河道,公示,县水利局,2099-12-18');
    const dry = run(dir, file, '--dry-run');
    expect(dry.stdout).toContain('检查通过,共 2 项');
    expect(dry.status).toBe(0);
    expect(await stored(dir)).toEqual([]);
    const real = run(dir, file);
    expect(real.stdout).toContain('已导入整改措施,共 2 项:新增 2 项');
    expect(real.status).toBe(0);
    expect(await stored(dir)).toEqual(['1', '2']);
  });

  it('names every problem at its place and applies nothing', async () => {
    const dir = makeFolder();
    const file = makeTable(dir, '1,河道,清理,县水力局,2099-12-11', '2,河道,公示,县水利局,12月18日');
    const { status, stdout, stderr } = run(dir, file);
    expect(stderr).toContain('整改.csv 第2行 D列:不认识单位“县水力局”');
    expect(stderr).toContain('整改.csv 第3行 E列:时限“12月18日”不是完整的日期');
    expect(stderr).toContain('未作任何更改');
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(await stored(dir)).toEqual([]);
  });

  it('says that the bot must be stopped, and what can be done while it runs', async () => {
    const dir = makeFolder();
    const store = await openLowdbStore(join(dir, 'store'));
    try {
      const { status, stderr } = run(dir, makeTable(dir, '1,河道,清理,柳林镇,2099-12-11'));
      expect(stderr).toContain('正被另一个进程');
      expect(stderr).toContain('整改导入');
      expect(status).toBe(1);
    } finally {
      await store.close();
    }
  });

  it.each([[[]], [['a.csv', 'b.csv']], [['a.csv', '--force']]])(
    'called with %j says how it is called',
    (args) => {
      const { status, stderr } = run(makeFolder(), ...args);
      expect(stderr).toContain('用法:npm run import-measures');
      expect(status).toBe(1);
    },
  );
});
