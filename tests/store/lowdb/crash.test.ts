/** A process that dies at any step of a snapshot, the backups it keeps, and folders that earlier versions left. */
import { cpSync, linkSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestNumber } from '../../../src/core/request.js';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { verifyRecordFolder } from '../../../src/store/verify.js';
import { makeRequest, makeUpdate, note, recordOf, save, schedule } from '../../helpers/changes.js';
import { START } from '../../helpers/clock.js';
import { makeFolder } from '../../helpers/folder.js';
import {
  backupsIn,
  copyFolder,
  cut,
  flip,
  journalsIn,
  makeKilledFolder,
  notesIn,
  refusalOf,
} from '../../helpers/store-folder.js';

const COMMITS = 120;
/** Some forty folders are copied and opened. */
const MANY_MS = 120_000;

describe('a crash while the snapshot is replaced', () => {
  /** The folder before and after one snapshot. */
  async function makePair(): Promise<{ dir: string; after: string }> {
    const dir = await makeKilledFolder(['一', '二'], ['三', '四']);
    const after = copyFolder(dir);
    expect(await notesIn(after)).toEqual(['一', '二', '三', '四']);
    return { dir, after };
  }
  const nextJournal = (dir: string) => {
    const last = journalsIn(dir).at(-1) ?? '';
    return last.replace(/\d+(?=\.ndjson)/, (n) => String(Number(n) + 1));
  };
  const tmp = (dir: string) => join(dir, 'state.json.tmp');

  it.each<[string, (dir: string, after: string) => void]>([
    ['the next journal is begun', (dir) => writeFileSync(nextJournal(dir), '')],
    [
      'the new snapshot is written in part',
      (dir, after) => {
        cpSync(join(after, 'state.json'), tmp(dir));
        cut(tmp(dir), 0.5);
      },
    ],
    [
      'the new snapshot is whole and not in its place',
      (dir, after) => cpSync(join(after, 'state.json'), tmp(dir)),
    ],
    [
      'the old one has its second name',
      (dir, after) => {
        cpSync(join(after, 'state.json'), tmp(dir));
        linkSync(join(dir, 'state.json'), join(dir, 'backups', basename(backupsIn(after).at(-1) ?? '')));
      },
    ],
    [
      'the new one is in its place and no journal is removed',
      (dir, after) => {
        linkSync(join(dir, 'state.json'), join(dir, 'backups', basename(backupsIn(after).at(-1) ?? '')));
        cpSync(join(after, 'state.json'), tmp(dir));
        renameSync(tmp(dir), join(dir, 'state.json'));
      },
    ],
  ])('when %s loses and doubles nothing', async (_, leave) => {
    const { dir, after } = await makePair();
    leave(dir, after);
    for (let start = 0; start < 3; start++) expect(await notesIn(dir)).toEqual(['一', '二', '三', '四']);
  });

  it('and a snapshot that is damaged as well: the backup to put back is never the damaged file itself', async () => {
    const { dir, after } = await makePair();
    flip(join(dir, 'state.json'), '二');
    linkSync(join(dir, 'state.json'), join(dir, 'backups', basename(backupsIn(after).at(-1) ?? '')));
    expect(await refusalOf(dir)).toContain(`把 ${backupsIn(dir).at(-2)} 复制为`);
  });

  it(
    'at any of many moments keeps what was acknowledged, once, and the record whole',
    { timeout: MANY_MS },
    async () => {
      const dir = join(makeFolder(), 'store');
      const store = await openLowdbStore(dir, undefined, { snapshotEvery: 7 });
      const copies: { copy: string; done: number }[] = [];
      for (let i = 0; i < COMMITS; i++) {
        const number = requestNumber(2026, i + 1);
        const at = START + i * 5 * 86_400_000;
        const request = makeRequest(number, {
          status: 'concluded',
          events: [{ kind: 'filed', at, by: null }],
        });
        const under = store.commit([
          note(String(i)),
          save(request),
          schedule(`t${i}`),
          recordOf(String(i), { at, request: number }),
        ]);
        // In the middle of a commit too, and of whatever the last snapshot is doing.
        for (let turn = 0; turn < i % 4; turn++) await Promise.resolve();
        if (i % 5 === 0) copies.push({ copy: copyFolder(dir), done: i });
        await under;
        if (i % 7 === 0) copies.push({ copy: copyFolder(dir), done: i + 1 });
      }
      await store.close();
      for (const { copy, done } of copies) {
        const again = await openLowdbStore(copy);
        const texts = (await again.listNotes()).map(({ text }) => Number(text));
        expect(texts.length).toBeGreaterThanOrEqual(done);
        expect(texts).toEqual(texts.map((_, i) => i));
        for (const i of texts) {
          expect(await again.getTimer(`t${i}`)).not.toBeNull();
          expect(await again.getRequest(requestNumber(2026, i + 1))).toMatchObject({
            version: 1,
          });
        }
        await again.close();
        expect((await verifyRecordFolder(copy)).verdict).toMatchObject({
          isSound: true,
          count: texts.length,
        });
      }
    },
  );
});

describe('the backups', () => {
  const texts = Array.from({ length: 9 }, (_, i) => `第${i}`);

  it('are the five snapshots before the last one, and each gives everything with the journals that are kept', async () => {
    const dir = await makeKilledFolder(texts, ['末']);
    const backups = backupsIn(dir);
    expect(backups).toHaveLength(5);
    for (const [i, backup] of backups.entries()) {
      expect(readFileSync(backup, 'utf8')).toContain(texts[i + 3]);
      expect(readFileSync(backup, 'utf8')).not.toContain(texts[i + 4]);
      const copy = copyFolder(dir);
      cpSync(backup, join(copy, 'state.json'));
      expect(await notesIn(copy)).toEqual([...texts, '末']);
    }
    // What lies before the oldest backup is gone: the folder does not grow for ever.
    const journals = journalsIn(dir).map((file) => readFileSync(file, 'utf8'));
    for (const text of texts.slice(0, 4)) expect(journals.join('')).not.toContain(text);
    for (const text of texts.slice(4)) expect(journals.join('')).toContain(text);
  });
});

describe('a folder of version 2, before there were requests', () => {
  /** Written by that version and killed: tests/fixtures/store-v2. */
  const makeOld = (): string => copyFolder('tests/fixtures/store-v2');

  it('is read with all that was in it, and written in the present form', async () => {
    const dir = makeOld();
    for (let start = 0; start < 2; start++) {
      const store = await openLowdbStore(dir);
      expect((await store.listNotes()).map(({ text }) => text)).toEqual(['第一条', '第二条', '第三条']);
      expect(await store.getSession('s1')).toMatchObject({ question: '路灯', focus: 'e1/duty/3' });
      expect(await store.getSession('s2')).toMatchObject({ question: '井盖', isChoosing: true });
      expect(await store.listOutgoing()).toMatchObject([
        {
          message: { key: 'telegram:1#0', replyTo: '9', reply: { card: { title: '路灯' } } },
          attempts: 1,
          firstTriedAt: START,
        },
        { message: { key: 'telegram:2#0', reply: { text: '后' } }, attempts: 0, firstTriedAt: null },
      ]);
      expect(await store.listUndelivered()).toEqual([
        { key: 'telegram:1#1', outcome: 'uncertain', at: START + 5, reason: '超时' },
      ]);
      for (const id of ['telegram:1', 'telegram:3'])
        expect(await store.keepUpdate(makeUpdate(id), { isBound: true, now: START })).toBe('known');
      await store.close();
    }
    expect(readFileSync(join(dir, 'state.json'), 'utf8').split('\n')[0]).toMatch(
      /^[0-9a-f]{8} \{"version":3,/,
    );
  });

  it('can be gone back to from the backup that was kept of it', async () => {
    const dir = makeOld();
    const old = readFileSync(join(dir, 'state.json'));
    await notesIn(dir);
    expect(backupsIn(dir).some((file) => readFileSync(file).equals(old))).toBe(true);
    const [backup = ''] = backupsIn(dir);
    cpSync(backup, join(dir, 'state.json'));
    expect(await notesIn(dir)).toEqual(['第一条', '第二条', '第三条']);
  });

  it('that is damaged is refused like any other', async () => {
    const dir = makeOld();
    flip(join(dir, 'state.json'), '第一条');
    expect(await refusalOf(dir)).toBe(
      `${join(dir, 'state.json')}:数据文件已损坏,无法读取(校验和不符)。处理办法:把 ${backupsIn(dir)[0]} 复制为 ${join(dir, 'state.json')}(先把损坏的文件改名留存)后再启动,其后的改动会从日志补上,不会丢失。`,
    );
  });
});
