/** Who may read what the program writes, under the umasks that systems set, and what earlier versions left open. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { saveDraft } from '../../src/editions/drafts.js';
import { remember } from '../../src/editions/import/memory.js';
import { keepFile } from '../../src/editions/kept-files.js';
import { writeEdition, writePointer } from '../../src/editions/published.js';
import { createVectorCache } from '../../src/text/vectors.js';
import { loadIntentModel } from '../../src/nlu/model.js';
import { tightenFolder } from '../../src/files/private.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { makeRequest, note, recordOf, save } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { createFakeEncoder } from '../helpers/lists.js';

const MAIN = 'dist/src/main.js';
const RUN_MS = 300_000;
const DAY_MS = 86_400_000;
const UMASKS = ['000', '022', '077'];

beforeAll(() => {
  if (!existsSync(MAIN)) execFileSync('npx', ['tsc', '-p', 'tsconfig.json']);
}, RUN_MS);

const modeOf = (path: string): string => (lstatSync(path).mode & 0o7777).toString(8);
const pathsIn = (dir: string): string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
/** What others could read or list, `path mode` each. */
const openIn = (dir: string): string[] =>
  ['.', ...pathsIn(dir)]
    .map((path) => join(dir, path))
    .filter((path) => modeOf(path) !== (lstatSync(path).isDirectory() ? '700' : '600'))
    .map((path) => `${path} ${modeOf(path)}`);

/** The store with all that it ever writes: journals, snapshots, backups, archive, record, lock. */
async function fillStore(dir: string): Promise<void> {
  const store = await openLowdbStore(dir, undefined, { snapshotEvery: 2 });
  await store.commit([save(makeRequest('QS-2026-000001', { status: 'concluded' })), recordOf('一')]);
  await store.commit([recordOf('二', { at: START + 400 * DAY_MS })]);
  for (let i = 0; i < 6; i++) {
    await store.commit([note(String(i))]);
    await store.settled();
  }
  await store.close();
}

async function fillLists(dataDir: string): Promise<void> {
  const encoder = createFakeEncoder();
  const folders = [join(dataDir, 'cache')];
  const expected = { rows: [], lists: [] } as never;
  const edition = { id: '00000000', lists: [], rows: [], publishedAt: START, expected };
  await writeEdition(dataDir, edition, 'c');
  await writePointer(dataDir, { id: edition.id, isImported: false, previous: '' });
  const draft = { id: '0000000a', base: edition.id, lists: [], rows: [], files: [], importedBy: '甲' };
  await saveDraft(dataDir, { ...draft, importedAt: START, expected: null, lost: [] });
  await keepFile(
    dataDir,
    { name: 'a.csv', by: '甲', bytes: new Uint8Array(3), remarks: { stated: {}, corrections: {} } },
    START,
  );
  await remember(dataDir, '县府办', [], {});
  await createVectorCache(encoder, 'rows', folders).vectorsOf(['甲']);
  const intents = ['a', 'b'].map((id) => ({ id, examples: [`${id}一`, `${id}二`], aspects: {} })) as never;
  await loadIntentModel({
    intents,
    questions: [],
    danger: { danger: {}, talk: [] },
    encoder: null,
    vectors: null,
    folders,
  });
}

describe('under each umask', { timeout: RUN_MS }, () => {
  it.each(UMASKS)("%i: every part of the data folder is its owner's alone", async (umask) => {
    const before = process.umask(parseInt(umask, 8));
    onTestFinished(() => void process.umask(before));
    const dataDir = join(makeFolder(), 'data');
    await fillLists(dataDir);
    await fillStore(join(dataDir, 'store'));
    const paths = pathsIn(dataDir).join('\n');
    for (const part of [
      /^cache\/rows-\w+-\d\.bin$/m,
      /^cache\/intents-\w+\.bin$/m,
      /^drafts\/0000000a\.json$/m,
      /^editions\/current$/m,
      /^editions\/00000000\.json$/m,
      /^import-columns\.json$/m,
      /^imports\/\w+\.json$/m,
      /^store\/archive\/.*2026/m,
      /^store\/backups\/state-\d+\.json$/m,
      /^store\/journal-\d+\.ndjson$/m,
      /^store\/lock$/m,
      /^store\/record\/record-\d+\.ndjson$/m,
      /^store\/state\.json$/m,
    ])
      expect(paths).toMatch(part);
    expect(openIn(dataDir)).toEqual([]);
  });

  it.each(['022'])('%s: the program leaves nothing open, and tightens what it finds', (umask) => {
    const dataDir = join(makeFolder(), 'data');
    const { PATH } = process.env;
    const run = () => {
      const command = `umask ${umask}; exec '${process.execPath}' ${MAIN}`;
      const env = { NODE_ENV: 'test', DATA_DIR: dataDir, ...(PATH && { PATH }) };
      return spawnSync('sh', ['-c', command], { env, input: '路灯坏了归谁管\n', encoding: 'utf8' });
    };
    expect(run()).toMatchObject({ status: 0, stderr: expect.not.stringContaining('权限') as string });
    expect(pathsIn(dataDir)).toEqual(expect.arrayContaining(['editions/current', 'store/journal-0.ndjson']));
    expect(openIn(dataDir)).toEqual([]);
    for (const path of ['.', ...pathsIn(dataDir)].map((name) => join(dataDir, name)))
      chmodSync(path, statSync(path).isDirectory() ? 0o777 : 0o666);
    expect(run()).toMatchObject({ status: 0, stderr: expect.not.stringContaining('权限') as string });
    expect(openIn(dataDir)).toEqual([]);
  });
});

describe('tightening', () => {
  function makeOpen(): string {
    const dataDir = join(makeFolder(), 'data');
    mkdirSync(join(dataDir, 'store', 'backups'), { recursive: true });
    writeFileSync(join(dataDir, 'store', 'state.json'), '');
    linkSync(join(dataDir, 'store', 'state.json'), join(dataDir, 'store', 'backups', 'state-1.json'));
    for (const path of ['.', ...pathsIn(dataDir)].map((name) => join(dataDir, name)))
      chmodSync(path, statSync(path).isDirectory() ? 0o775 : 0o664);
    return dataDir;
  }

  it('takes from group and others and gives nobody anything', () => {
    const dataDir = makeOpen();
    chmodSync(join(dataDir, 'store', 'state.json'), 0o444);
    expect(tightenFolder(dataDir)).toBeNull();
    expect(modeOf(dataDir)).toBe('700');
    expect(modeOf(join(dataDir, 'store'))).toBe('700');
    expect(modeOf(join(dataDir, 'store', 'state.json'))).toBe('400');
  });

  it('says nothing of a folder that is not there yet', () => {
    expect(tightenFolder(join(makeFolder(), 'none'))).toBeNull();
  });

  it('leaves alone what is not ours: another folder beside, and what links lead to', () => {
    const dataDir = makeOpen();
    const foreign = join(dirname(dataDir), 'foreign');
    mkdirSync(foreign);
    mkdirSync(join(dataDir, 'website'));
    for (const path of [foreign, join(dataDir, 'website')]) chmodSync(path, 0o755);
    symlinkSync(foreign, join(dataDir, 'store', 'link'));
    symlinkSync('nowhere', join(dataDir, 'store', 'dead'));
    expect(tightenFolder(dataDir)).toBeNull();
    expect([foreign, join(dataDir, 'website'), dataDir].map(modeOf)).toEqual(['755', '755', '775']);
    expect(modeOf(join(dataDir, 'store'))).toBe('700');
  });

  it('says once what it cannot tighten, with what to do', (ctx) => {
    if (process.getuid?.() !== 0) {
      console.warn(
        'private-files.test.ts: only root can give files away, the test of a foreign owner is SKIPPED',
      );
      return ctx.skip();
    }
    const dataDir = makeOpen();
    chmodSync(dirname(dataDir), 0o755);
    process.seteuid?.(65_534);
    onTestFinished(() => process.seteuid?.(0));
    expect(tightenFolder(dataDir)).toMatch(
      /^数据目录 .*data 中有\d处权限无法收紧,本机其他用户可能读到其中内容\(.*EPERM.*\)。处理办法:请把该目录的所有者改为运行清单助手的用户,或执行 chmod -R go-rwx。$/,
    );
  });
});
