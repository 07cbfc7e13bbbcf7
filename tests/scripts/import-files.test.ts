import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { importFiles } from '../../scripts/shared/import-files.js';
import { makeFolder } from '../helpers/folder.js';
import { workbook } from '../helpers/workbook.js';

afterEach(() => vi.restoreAllMocks());

async function run(...args: string[]) {
  const out: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const code = await importFiles(args);
  return { code, out: out.join('\n') };
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(makeFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const HEADER = ['序号', '类别', '事项名称', '主体责任单位', '主体责任'];
const GOOD = workbook([{ name: '甲', rows: [HEADER, [1, '城管', '占道', '县公安局', '查处。']] }]);

describe('npm run import -- FILE --dry-run', () => {
  it('prints one JSON object with --json, and nothing else', async () => {
    const good = file('a.xlsx', GOOD);
    const { code, out } = await run(good, join(makeFolder(), 'none.xlsx'), '--dry-run', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file: good,
          lists: [
            {
              title: 'a',
              kind: 'territorial',
              batch: '',
              sheet: '甲',
              rows: [
                {
                  number: '1',
                  category: '城管',
                  matter: '占道',
                  lead: [{ unit: '县公安局', duty: '查处。' }],
                  support: [],
                  basis: '',
                  where: '甲!A2',
                },
              ],
            },
          ],
          problems: [],
          warnings: [],
        },
        {
          file: expect.stringContaining('none.xlsx') as string,
          lists: [],
          problems: [expect.objectContaining({ row: 0, column: '', sheet: '', message: '读不到这个文件' })],
          warnings: [],
        },
      ],
    });
  });

  it('shows the columns with sample rows, and takes corrections', async () => {
    const { code, out } = await run(
      file('a.xlsx', GOOD),
      '--dry-run',
      '--kind',
      '属地管理',
      '--map',
      'category=-',
    );
    expect(code).toBe(0);
    expect(out).toContain('C  事项名称 → 事项名称:占道');
    expect(out).toContain('未读取:B 类别');
  });

  it.each([
    [['--dry-run'], /没有给出文件/],
    [['a.xlsx', '--kind', '别的'], /没有“别的”这种清单/],
    [['a.xlsx', '--map', 'matter'], /--map 中的“matter”有误/],
    [['a.xlsx', '--effective', '明年'], /2026-01-01/],
    [['a.xlsx', '--none'], /命令有误/],
  ])('refuses %j with the way to write it', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
