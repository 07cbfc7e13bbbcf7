import { appendFileSync, existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { claimOf, makeUpdate } from '../../helpers/changes.js';
import { START } from '../../helpers/clock.js';
import { makeFolder } from '../../helpers/folder.js';
import { copyFolder } from '../../helpers/store-folder.js';
import type { Session } from '../../../src/core/session.js';
import type { Note } from '../../../src/core/note.js';
import type { Change, Store } from '../../../src/core/store.js';

let dir: string;
beforeEach(() => {
  dir = join(makeFolder(), 'store');
});

const note = (text: string): Change => ({
  kind: 'note',
  note: { at: START, topic: 'no-row', text, rows: ['r'], edition: 'e' } satisfies Note,
});
const session = (question: string): Session => ({
  updatedAt: START,
  question,
  offered: ['a', 'b'],
  isChoosing: true,
  listing: { filter: { lead: '县住建局' }, page: 2 },
});
const outgoing = (key: string, runAt = START): Change => ({
  kind: 'outgoing',
  message: {
    key,
    conversation: { platform: 'console', chatId: 'c', isDirect: true },
    reply: { text: '好' },
  },
  runAt,
});
const waiting = async (store: Store) => (await store.listOutgoing()).map(({ message }) => message.key);
const done = (id: string, lease: string): Change => ({ kind: 'updateDone', id, lease, at: START });
const claim = (store: Store, id: string, lease: string, now = START) =>
  store.keepUpdate(makeUpdate(id), { isBound: true, now, claim: claimOf(lease, now) });
const noteTexts = async (store: Store) => (await store.listNotes()).map((n) => n.text);

const journalOf = (folder: string): string => {
  const [name] = readdirSync(folder)
    .filter((n) => n.endsWith('.ndjson') && readFileSync(join(folder, n), 'utf8') !== '')
    .sort();
  return join(folder, name ?? '');
};

describe('durability', () => {
  it('keeps everything over a clean stop', async () => {
    const first = await openLowdbStore(dir);
    await claim(first, 'u1', 'l1');
    await first.commit([
      { kind: 'session', key: 's', session: session('路灯') },
      note('一'),
      outgoing('k1'),
      done('u1', 'l1'),
    ]);
    await first.close();
    const second = await openLowdbStore(dir);
    expect(await second.getSession('s')).toEqual(session('路灯'));
    expect(await noteTexts(second)).toEqual(['一']);
    expect(await waiting(second)).toEqual(['k1']);
    expect(await claim(second, 'u1', 'l2')).toBe('known');
    await second.close();
  });

  it('keeps what was committed when the process is killed', async () => {
    const first = await openLowdbStore(dir);
    await Promise.all([
      first.commit([note('一')]),
      first.commit([outgoing('k1'), { kind: 'session', key: 's', session: session('x') }]),
    ]);
    await first.claimDueMessages(claimOf('l'), 1);
    await first.commit([{ kind: 'outgoingRetry', key: 'k1', lease: 'l', runAt: START + 5 }]);
    const second = await openLowdbStore(copyFolder(dir));
    expect(await noteTexts(second)).toEqual(['一']);
    expect(await second.listOutgoing()).toMatchObject([
      { attempts: 1, runAt: START + 5, firstTriedAt: START },
    ]);
    expect(await second.getSession('s')).toEqual(session('x'));
    await Promise.all([first.close(), second.close()]);
  });

  it('drops a torn last journal line, now and at every later start', async () => {
    const first = await openLowdbStore(dir);
    await first.commit([note('一')]);
    const copy = copyFolder(dir);
    await first.close();
    appendFileSync(journalOf(copy), '[{"kind":"note","note":{"at":1');
    const second = await openLowdbStore(copy);
    expect(await noteTexts(second)).toEqual(['一']);
    await second.commit([note('二')]);
    dir = copy;
    const third = await openLowdbStore(copyFolder(dir));
    expect(await noteTexts(third)).toEqual(['一', '二']);
    await Promise.all([second.close(), third.close()]);
  });

  it('refuses a broken middle line with file, line and remedy', async () => {
    const first = await openLowdbStore(dir);
    await Promise.all(['一', '二', '三'].map((text) => first.commit([note(text)])));
    const copy = copyFolder(dir);
    await first.close();
    const file = journalOf(copy);
    const lines = readFileSync(file, 'utf8').split('\n');
    lines[1] = lines[1]?.slice(0, 20) ?? '';
    writeFileSync(file, lines.join('\n'));
    const error = await openLowdbStore(copy).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'STORE' });
    expect(String(error)).toContain(file);
    expect(String(error)).toMatch(/第2行.*处理办法/);
  });

  it('folds the journal into the snapshot at a clean stop', async () => {
    const store = await openLowdbStore(dir);
    await store.commit([note('一')]);
    await store.close();
    // The journal stays for the backups; the snapshot alone gives the state.
    for (const name of readdirSync(dir).filter((n) => n.endsWith('.ndjson'))) unlinkSync(join(dir, name));
    const again = await openLowdbStore(dir);
    expect(await noteTexts(again)).toEqual(['一']);
    await again.close();
  });

  it('gives the lock back when the folder cannot be opened', async () => {
    const first = await openLowdbStore(dir);
    await first.close();
    writeFileSync(join(dir, 'state.json'), 'broken');
    for (let start = 0; start < 2; start++)
      await expect(openLowdbStore(dir)).rejects.toThrow('数据文件已损坏');
  });

  it('folds the journal after some thousand commits and loses none', async () => {
    const store = await openLowdbStore(dir);
    const texts = Array.from({ length: 20_200 }, (_, i) => String(i));
    await Promise.all(texts.map((text) => store.commit([note(text)])));
    await store.commit([note('last')]);
    await store.settled();
    expect(existsSync(join(dir, 'state.json'))).toBe(true);
    const copy = await openLowdbStore(copyFolder(dir));
    expect(await noteTexts(copy)).toEqual([...texts, 'last']);
    await Promise.all([store.close(), copy.close()]);
  });

  it('commits one after the other', { timeout: 2_000 }, async () => {
    const store = await openLowdbStore(dir);
    for (const text of ['一', '二', '三']) await store.commit([note(text)]);
    expect(await noteTexts(store)).toEqual(['一', '二', '三']);
    await store.close();
  });

  it('keeps 200 concurrent commits', async () => {
    const store = await openLowdbStore(dir);
    const texts = Array.from({ length: 200 }, (_, i) => String(i));
    await Promise.all(texts.map((text) => store.commit([note(text)])));
    expect(await noteTexts(store)).toEqual(texts);
    await store.close();
    const again = await openLowdbStore(dir);
    expect(await noteTexts(again)).toEqual(texts);
    await again.close();
  });

  it.each([
    ['torn', '{"version":1'],
    ['empty', ''],
    ['of another form', '{"version":1,"segment":0}'],
    ['of a newer version', '{"version":99,"segment":0,"sessions":{},"notes":[],"updates":{},"outgoing":{}}'],
  ])('refuses a snapshot that is %s and says what to do', async (_what, content) => {
    const store = await openLowdbStore(dir);
    await store.close();
    const file = join(dir, 'state.json');
    writeFileSync(file, content);
    const error = await openLowdbStore(dir).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'STORE' });
    expect(String(error)).toContain(file);
    expect(String(error)).toContain('处理办法');
  });
});
