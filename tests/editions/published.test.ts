import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Edition } from '../../src/core/domain.js';
import type { FolderLists } from '../../src/editions/folder.js';
import { openEdition } from '../../src/editions/published.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const GOOD: FolderLists = { id: '11111111', lists: [makeList()], rows: [makeRow()], problems: [] };
const NEXT: FolderLists = { ...GOOD, id: '22222222', rows: [makeRow({ matter: '新事项' })] };
const BROKEN: FolderLists = {
  ...GOOD,
  id: '33333333',
  problems: [{ file: '甲.csv', row: 7, column: 'E', message: '缺少主体责任单位', remedy: '补上' }],
};
const FIGURES = { answered: 0.8, right: 0.95, falseRate: 0.02 };

let dataDir: string;
let prebuiltDir: string;
let computed: number;
beforeEach(() => {
  dataDir = makeFolder();
  prebuiltDir = makeFolder();
  computed = 0;
});

const open = (draft: FolderLists, more: { calibrationKey?: string; now?: number; dataDir?: string } = {}) =>
  openEdition({
    draft,
    dataDir,
    prebuiltDir,
    calibrationKey: 'k1',
    now: START,
    expect: () => (computed++, Promise.resolve(FIGURES)),
    ...more,
  });

/** The edition that the pointer names, read from disk. */
function pointedAt(): Edition {
  const id = readFileSync(join(dataDir, 'editions', 'current'), 'utf8').trim();
  const file = join(dataDir, 'editions', `${id}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { edition: Edition }).edition;
}

describe('openEdition', () => {
  it('publishes a draft without problems, with its expected figures', async () => {
    expect(await open(GOOD)).toEqual({
      edition: {
        id: '11111111',
        lists: GOOD.lists,
        rows: GOOD.rows,
        publishedAt: START,
        expected: FIGURES,
      },
      problems: [],
    });
  });

  it('points at a whole file', async () => {
    expect(pointedAt.bind(null)).toThrow();
    await open(GOOD);
    expect(pointedAt().rows).toEqual(GOOD.rows);
    await open(NEXT);
    expect(pointedAt().rows).toEqual(NEXT.rows);
  });

  it('opens the same draft again without computing, and keeps when it was published', async () => {
    await open(GOOD);
    const { edition } = await open(GOOD, { now: START + 1 });
    expect(computed).toBe(1);
    expect(edition.publishedAt).toBe(START);
  });

  it('computes the figures again for other coefficients', async () => {
    await open(GOOD);
    await open(GOOD, { calibrationKey: 'k2' });
    expect(computed).toBe(2);
  });

  it('takes an edition made at build time', async () => {
    await open(GOOD, { dataDir: prebuiltDir });
    await open(GOOD);
    expect(computed).toBe(1);
    expect(pointedAt().id).toBe('11111111');
  });

  it('leaves the previous edition in force when the draft is broken, and says why', async () => {
    await open(GOOD);
    await open(NEXT);
    const { edition, problems } = await open(BROKEN);
    expect(edition.id).toBe('22222222');
    expect(edition.rows[0]?.matter).toBe('新事项');
    expect(problems).toEqual(['甲.csv 第7行 E列:缺少主体责任单位。处理办法:补上。']);
    expect(existsSync(join(dataDir, 'editions', '33333333.json'))).toBe(false);
    expect(pointedAt().id).toBe('22222222');
  });

  it('goes back to an earlier content', async () => {
    await open(GOOD);
    await open(NEXT);
    await open(GOOD);
    expect(pointedAt().id).toBe('11111111');
    expect(computed).toBe(2);
  });

  it('refuses a broken draft when nothing was published before, naming each problem', async () => {
    const error = await open(BROKEN).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'DATA' });
    expect(String(error)).toContain('甲.csv 第7行 E列');
  });

  it('does not put a torn edition in force', async () => {
    const dir = join(dataDir, 'editions');
    mkdirSync(dir);
    writeFileSync(join(dir, 'current'), '11111111\n');
    writeFileSync(join(dir, '11111111.json'), '{"format":1,"edit');
    await expect(open(BROKEN)).rejects.toMatchObject({ code: 'DATA' });
    expect((await open(GOOD)).edition.rows).toEqual(GOOD.rows);
    expect(pointedAt().rows).toEqual(GOOD.rows);
  });

  it('changes nothing on disk when the figures cannot be computed', async () => {
    await open(GOOD);
    const failing = openEdition({
      draft: NEXT,
      dataDir,
      prebuiltDir,
      calibrationKey: 'k1',
      now: START,
      expect: () => Promise.reject(new Error('no encoder')),
    });
    await expect(failing).rejects.toThrow('no encoder');
    expect(pointedAt().id).toBe('11111111');
  });
});
