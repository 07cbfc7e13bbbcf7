/** The script as an operator runs it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDirectory } from '../../src/organizations/load.js';
import { makeFolder } from '../helpers/folder.js';
import { workbook } from '../helpers/workbook.js';

const SCRIPT = 'dist/scripts/import-organizations.js';
const BUILD_MS = 300_000;

function makeKnowledge(): string {
  const dir = makeFolder();
  for (const name of ['organizations', 'lists'])
    cpSync(join('knowledge', name), join(dir, name), { recursive: true });
  return dir;
}

function run(knowledgeDir: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const env = {
    ...{ NODE_ENV: 'test', DATA_DIR: makeFolder(), KNOWLEDGE_DIR: knowledgeDir },
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
  };
  return spawnSync(process.execPath, [SCRIPT, ...args], { env, encoding: 'utf8' });
}

/** The sample's persons with one more, as a workbook. */
function makeWorkbook(dir: string, ...row: string[]): string {
  const file = join(dir, '人员.xlsx');
  const people = readFileSync('knowledge/organizations/people.csv', 'utf8').trim().split('\n');
  const rows = people.map((line, i) => [...line.split(','), i === 0 ? '代理人' : '']);
  writeFileSync(file, workbook([{ name: '人员', rows: [...rows, row] }]));
  return file;
}

describe('import-organizations', { timeout: BUILD_MS }, () => {
  it('shows the difference, then replaces the folder and keeps the old one', () => {
    const dir = makeKnowledge();
    const file = makeWorkbook(dir, '石甲', '县水利局', '', '', '部门经办', 'feishu:ou_9', '');
    const old = readFileSync(join(dir, 'organizations/people.csv'), 'utf8');
    const dry = run(dir, file, '--dry-run');
    expect(dry.stdout).toContain('人员:新增 1 项,删去 0 项,改动 0 项\n  新增 县水利局 石甲');
    expect(dry.status).toBe(0);
    expect(readFileSync(join(dir, 'organizations/people.csv'), 'utf8')).toBe(old);
    const real = run(dir, file);
    expect(real.stdout).toContain('原有名录保存在');
    expect(real.status).toBe(0);
    const directory = loadDirectory(join(dir, 'organizations'));
    expect(directory.personOf({ platform: 'feishu', id: 'ou_9' })?.name).toBe('石甲');
    expect(directory.people).toHaveLength(loadDirectory('knowledge/organizations').people.length + 1);
    const backup = readdirSync(dir).find((name) => name.startsWith('organizations.backup-')) ?? '';
    expect(readFileSync(join(dir, backup, 'people.csv'), 'utf8')).toBe(old);
    expect(existsSync(join(dir, 'organizations.new'))).toBe(false);
    expect(run(dir, file).stdout).toContain('与现有名录相同');
  });

  it('reads the files of the folder back as they are', () => {
    const dir = makeKnowledge();
    const names = ['departments', 'townships', 'offices', 'posts', 'people'];
    const { stdout, stderr, status } = run(
      dir,
      ...names.map((name) => join('knowledge/organizations', `${name}.csv`)),
    );
    expect(stderr).toBe('');
    expect(stdout).toBe('与现有名录相同。\n');
    expect(status).toBe(0);
  });

  it('names what is wrong and applies nothing', () => {
    const dir = makeKnowledge();
    const old = readFileSync(join(dir, 'organizations/people.csv'), 'utf8');
    const { stdout, stderr, status } = run(
      dir,
      makeWorkbook(dir, '石甲', '县水力局', '', '', '部门经办', 'feishu:ou_9', ''),
    );
    expect(stderr).toMatch(/人员\.xlsx “人员” 第277行 B列:不认识单位“县水力局”/);
    expect(stderr).toContain('未作任何更改');
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(readFileSync(join(dir, 'organizations/people.csv'), 'utf8')).toBe(old);
    expect(readdirSync(dir).sort()).toEqual(['lists', 'organizations', '人员.xlsx'].sort());
  });

  it('says how it is called', () => {
    expect(run(makeFolder()).stderr).toContain('用法:npm run import-organizations');
  });
});
