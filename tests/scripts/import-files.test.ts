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

describe('what has to be confirmed', () => {
  const doubtful = workbook([
    {
      name: '甲',
      rows: [['青山县属地管理事项清单(共2项)'], HEADER, [1, '城管', '占道', '县公安局', '查处。']],
      merges: ['A1:E1'],
    },
  ]);

  it('is not passed over in silence, and is with --confirm', async () => {
    const path = file('a.xlsx', doubtful);
    const { code, out } = await run(path, '--dry-run');
    expect(code).toBe(1);
    expect(out).toMatch(/待确认 1 条:\n.*第1行.*写明共2项,读到1项/);
    const json = await run(path, '--dry-run', '--json');
    expect(json.code).toBe(1);
    expect(json.out).toContain('"mustConfirm":true');
    expect((await run(path, '--dry-run', '--confirm')).code).toBe(0);
  });
});

describe('the preview', () => {
  it('shows what will be answered of each column, and one row as it is answered', async () => {
    const rows = [
      ['序号', '事项名称', '责任单位'],
      [1, '占道', '县公安局(牵头)、县水利局(配合)'],
    ];
    const { out } = await run(file('任务分工清单.xlsx', workbook([{ name: '甲', rows }])), '--dry-run');
    expect(out).toContain('主体责任单位:县公安局、县水利局');
    expect(out).toContain('答复示例:【占道】 主体责任 县公安局 配合责任 县水利局 第1项');
  });

  it('keeps the units that --map names, whatever kind the list is', async () => {
    const rows = [
      ['青山县职责任务清单', '', ''],
      ['序号', '职责任务', '经办'],
      [1, '防汛', '县水利局'],
      [2, '抗旱', '县水利局'],
    ];
    const path = file('a.xlsx', workbook([{ name: '甲', rows, merges: ['A1:C1'] }]));
    const { out } = await run(path, '--dry-run', '--json', '--map', 'leadUnit=C');
    expect(out).toContain('"lead":[{"unit":"县水利局","duty":""}]');
    expect(out).toContain('"support":[]');
  });

  it('reads no column on both sides when --map moves it', async () => {
    const rows = [
      ['序号', '事项名称', '主体责任', '配合单位'],
      [1, '占道', '县公安局:查处。', '县水利局'],
    ];
    const path = file('a.xlsx', workbook([{ name: '甲', rows }]));
    const { out } = await run(path, '--dry-run', '--json', '--map', 'leadUnit=D,leadDuty=C');
    expect(out).toContain('"support":[]');
  });
});
