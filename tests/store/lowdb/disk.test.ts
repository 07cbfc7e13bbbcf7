/** A disk that is full and a folder that cannot be written, as a person meets them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBot } from '../../../src/core/bot.js';
import { replyText } from '../../../src/core/effects.js';
import { requestNumber } from '../../../src/core/request.js';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { verifyRecordFolder } from '../../../src/store/verify.js';
import { createRecorder } from '../../helpers/adapter.js';
import { makeRequest, note, recordOf, save } from '../../helpers/changes.js';
import { createClock, START } from '../../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../../helpers/context.js';
import { makeFolder } from '../../helpers/folder.js';
import { notesIn, refusalOf } from '../../helpers/store-folder.js';
import { replyToText } from '../../helpers/talk.js';
import type { Change, Store } from '../../../src/core/store.js';

const DAY_MS = 86_400_000;

/** A disk of so many KB, or null where this machine does not let us make one. */
function makeSmallDisk(kilobytes = 128): string | null {
  const dir = join(makeFolder(), 'disk');
  mkdirSync(dir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    console.warn('disk.test.ts: no right to mount a small disk here, the test of a full disk is SKIPPED');
    return null;
  }
  onTestFinished(() => void execFileSync('umount', [dir]));
  return dir;
}

/** Fills the disk to the last page; what it returns makes room again. */
function fillDisk(disk: string): () => void {
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, '');
  for (const size of [65_536, 4_096, 1])
    for (let isFull = false; !isFull;)
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        isFull = true;
      }
  return () => rmSync(ballast);
}

/** Commits until the disk is full. */
async function commitUntilFull(
  store: Store,
  make: (i: number) => Change[],
): Promise<{ kept: number; failure: string }> {
  for (let i = 0; ; i++)
    try {
      await store.commit(make(i));
    } catch (error) {
      return { kept: i, failure: error instanceof Error ? error.message : String(error) };
    }
}
const long = (i: number): Change => note(`${i} ${'路'.repeat(500)}`);
const heads = async (store: Store) => (await store.listNotes()).map(({ text }) => text.split(' ')[0]);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => String(i));

describe('a full disk', () => {
  it('fails the commit with a clear message, half-applies nothing, and goes on when there is room again', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const store = await openLowdbStore(dir);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(40_000));
    const { kept, failure } = await commitUntilFull(store, (i) => [long(i)]);
    expect(failure).toBe(
      `数据无法写入磁盘(${dir}):ENOSPC: no space left on device, write。本次改动没有保存。处理办法:检查磁盘空间和目录权限。`,
    );
    expect(await heads(store)).toEqual(upTo(kept));
    rmSync(ballast);
    await store.commit([note('again')]);
    expect(await heads(store)).toEqual([...upTo(kept), 'again']);
    await store.close();
    const reopened = await openLowdbStore(dir);
    expect(await heads(reopened)).toEqual([...upTo(kept), 'again']);
    await reopened.close();
  });

  it('undoes everything of a refused commit: requests, timers, numbers, the chain of the record', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const store = await openLowdbStore(dir);
    const request = makeRequest('QS-2026-000001');
    await store.commit([save(request), recordOf('一', { request: request.number })]);
    expect(await store.takeNumber('2026')).toBe(1);
    const empty = fillDisk(disk);
    await commitUntilFull(store, (i) => [long(i)]);
    const later: Change[] = [
      save({ ...request, version: 1, status: 'withdrawn', text: '路'.repeat(2_000) }),
      { kind: 'schedule', timer: { key: 't', runAt: START, kind: 'request', payload: {} } },
      recordOf('二', { request: request.number }),
    ];
    await expect(store.commit(later)).rejects.toMatchObject({ code: 'STORE' });
    expect(await store.getRequest(request.number)).toEqual({ ...request, version: 1 });
    expect((await store.findRequests({ isOpen: true }, { offset: 0, limit: 9 })).total).toBe(1);
    expect(await store.getTimer('t')).toBeNull();
    empty();
    await store.commit(later);
    expect(await store.takeNumber('2026')).toBe(2);
    expect((await store.listRecord(request.number)).map(({ seq, data }) => [seq, data['act']])).toEqual([
      [1, '一'],
      [2, '二'],
    ]);
    await store.close();
    expect((await verifyRecordFolder(dir)).verdict).toMatchObject({ isSound: true, count: 2 });
  });

  it('while a snapshot is written is reported, costs nothing, and the next snapshot is made', async (ctx) => {
    const disk = makeSmallDisk(400);
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const problems: string[] = [];
    const store = await openLowdbStore(dir, (text) => problems.push(text), { snapshotEvery: 40 });
    const ended = Array.from({ length: 30 }, (_, i) =>
      save(
        makeRequest(requestNumber(2026, i + 1), {
          status: 'concluded',
          text: '路'.repeat(900),
        }),
      ),
    );
    await store.commit(ended);
    await store.commit([recordOf('later', { at: START + 100 * DAY_MS })]);
    // The journal has room, the archive or the snapshot has not.
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(180_000));
    for (let i = 0; i < 45; i++) await store.commit([note(String(i))]);
    await store.settled();
    expect(problems).toEqual([
      `数据快照没有写成(${dir}):ENOSPC: no space left on device, write。数据仍在日志中,稍后再试`,
    ]);
    expect(await heads(store)).toEqual(upTo(45));
    rmSync(join(disk, 'ballast'));
    for (let i = 45; i < 90; i++) await store.commit([note(String(i))]);
    await store.settled();
    expect(problems).toHaveLength(1);
    expect((await store.findRequests({}, { offset: 0, limit: 9 })).total).toBe(0);
    expect(await store.getRequest('QS-2026-000030')).toMatchObject({ version: 1 });
    await store.close();
    expect(await notesIn(dir)).toEqual(upTo(90));
  });

  it('at the end of the process: what the journal holds is there at the next start, the record too', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const problems: string[] = [];
    const store = await openLowdbStore(dir, (text) => problems.push(text));
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(60_000));
    const { kept } = await commitUntilFull(store, (i) => [long(i), recordOf(String(i))]);
    await store.close();
    // What is half written takes no room from the journal.
    expect(existsSync(join(dir, 'state.json.tmp'))).toBe(false);
    expect(problems.join('\n')).toMatch(/没有写成.*ENOSPC/);
    rmSync(join(disk, 'ballast'));
    const empty = fillDisk(disk);
    // To read takes no room: what is there can be asked for, and the first commit says what is wrong.
    expect((await notesIn(dir)).map((text) => text.split(' ')[0])).toEqual(upTo(kept));
    empty();
    const again = await openLowdbStore(dir);
    expect(await heads(again)).toEqual(upTo(kept));
    await again.close();
    expect((await verifyRecordFolder(dir)).verdict).toMatchObject({ isSound: true, count: kept });
  });

  it('is told in the chat, and the message is answered once when there is room again', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const store = await openLowdbStore(join(disk, 'store'));
    onTestFinished(() => store.close());
    const adapter = createRecorder({ name: 'telegram' });
    let lease = 0;
    const bot = createBot({
      store,
      adapters: [adapter],
      match: ({ update }) => Promise.resolve({ match: makeContext().match, text: update.kind, raw: '' }),
      handlers: { ask_responsibility: () => [replyText('好')] },
      timers: {},
      middleware: [],
      personOf: () => null,
      editionId: () => 'e',
      clock: createClock(),
      ids: () => `lease-${lease++}`,
      log: createLogRecorder(),
    });
    const conversation = { platform: 'telegram', chatId: '5', isDirect: true } as const;
    const message = makeMessage({ id: 'telegram:1', conversation });
    const empty = fillDisk(disk);
    await commitUntilFull(store, (i) => [long(i)]);
    await commitUntilFull(store, () => [note('短')]);
    for (let again = 0; again < 3; again++)
      await expect(bot.accept(message)).rejects.toMatchObject({ code: 'STORE' });
    await bot.idle();
    expect(adapter.delivered).toHaveLength(1);
    expect(adapter.delivered.map(({ reply }) => replyToText(reply)).join('')).toMatch(
      /暂时无法保存.*还没有处理.*检查磁盘空间/,
    );
    empty();
    await bot.accept(message);
    await bot.accept(message);
    await bot.idle();
    expect(adapter.delivered.slice(1).map(({ reply }) => replyToText(reply))).toEqual(['好']);
  });
});

describe('a folder that cannot be written', () => {
  it('is refused with its name and what to do, and is as it was', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const store = await openLowdbStore(dir);
    await store.commit([note('一')]);
    await store.close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await refusalOf(dir)).toMatch(
      /^无法在数据目录 .* 中写文件:EROFS: read-only file system.*。处理办法:检查目录权限和磁盘空间。$/,
    );
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    expect(await notesIn(dir)).toEqual(['一']);
  });

  it('and that cannot be made either', async () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    await expect(openLowdbStore(join(file, 'store'))).rejects.toThrow(/无法使用数据目录.*检查目录权限/);
  });
});
