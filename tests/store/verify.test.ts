/** What `npm run verify-log` finds: on the files of the lowdb store, and in PostgreSQL. */
import {
  appendFileSync,
  cpSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { openPostgresStore } from '../../src/store/postgres/index.js';
import { canonicalJson } from '../../src/files/digest.js';
import { chainLine, parseLine, RECORD_START } from '../../src/store/record.js';
import { listRecordFiles, openRecordFile } from '../../src/store/lowdb/record-file.js';
import { verifyRecordFiles, verifyRecordFolder, verifyRecordTable } from '../../src/store/verify.js';
import { recordOf } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createSchema, hasPostgres, runSql, type TestSchema } from '../helpers/postgres.js';

const isRunning = await hasPostgres();
const LINES = 12;

const ignore = (): void => undefined;
/** The chain of `n` lines as text. */
function makeLines(n: number): string[] {
  let head = RECORD_START;
  return Array.from({ length: n }, (_, i) => {
    const data = { act: `act ${i}` };
    const line = chainLine(head, { at: START + i, kind: 'admin', actor: 'feishu:ou_1', update: null, data });
    head = { seq: line.seq, hash: line.hash };
    return canonicalJson(line);
  });
}

describe('the record in files', () => {
  let sound: string;
  let dir: string;
  let file: string;
  beforeAll(async () => {
    sound = join(makeFolder(), 'store');
    const store = await openLowdbStore(sound);
    for (let i = 0; i < LINES; i++)
      await store.commit([recordOf(`act ${i}`, { request: `QS-2026-00000${i % 3}` })]);
    await store.close();
  });
  beforeEach(() => {
    dir = join(makeFolder(), 'store');
    cpSync(sound, dir, { recursive: true });
    file = listRecordFiles(join(dir, 'record'))[0] ?? '';
  });
  const linesOf = () => readFileSync(file, 'utf8').trimEnd().split('\n');
  const write = (lines: string[]) => writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const verify = async () => (await verifyRecordFolder(dir)).verdict;

  it('is sound when nobody touched it: so many lines, and the hash of the last', async () => {
    const head = parseLine(linesOf().at(-1) ?? '');
    expect(await verifyRecordFolder(dir)).toEqual({
      verdict: {
        isSound: true,
        count: LINES,
        firstAt: START,
        lastAt: START,
        head: { seq: LINES, hash: head?.hash },
      },
      notes: [],
      words: [],
      keyed: null,
      documents: new Set(),
    });
  });

  it('shows every changed byte of a line, and its line', async () => {
    const text = readFileSync(file);
    const from = text.indexOf(10) + 1;
    const end = text.indexOf(10, from);
    for (let at = from; at < end; at += 7) {
      const changed = Buffer.from(text);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(await verify()).toMatchObject({ isSound: false, place: `${file} 第2行`, count: 1 });
    }
  });

  it.each<[string, (lines: string[]) => string[], RegExp, string]>([
    ['a changed word', (l) => l.with(4, l[4]?.replace('act 4', 'act 5') ?? ''), /内容被改动过/, '第5行'],
    ['a space that JSON does not mind', (l) => l.with(4, `${l[4]} `), /内容被改动过/, '第5行'],
    ['a removed line', (l) => l.toSpliced(4, 1), /缺少第5号至第5号记录/, '第5行'],
    ['removed first lines', (l) => l.slice(2), /缺少第1号至第2号记录/, '第1行'],
    ['swapped lines', (l) => l.with(4, l[5] ?? '').with(5, l[4] ?? ''), /缺少第5号/, '第5行'],
    ['a repeated line', (l) => l.toSpliced(5, 0, l[4] ?? ''), /被重复、调换或另外加入/, '第6行'],
    ['an unreadable line', (l) => l.with(4, '{"seq":5,'), /不是一行完整的记录/, '第5行'],
    ['an empty line', (l) => l.toSpliced(4, 0, ''), /不是一行完整的记录/, '第5行'],
  ])('names %s', async (_what, change, problem, line) => {
    write(change(linesOf()));
    const verdict = await verify();
    expect(verdict).toMatchObject({ isSound: false, place: `${file} ${line}` });
    expect(verdict).toMatchObject({ problem: expect.stringMatching(problem) as unknown });
  });

  it('names the next line when one was replaced together with its hash', async () => {
    const lines = linesOf();
    const before = parseLine(lines[3] ?? '');
    const old = parseLine(lines[4] ?? '');
    if (!before || !old) throw new Error('no line');
    const { at, kind, update, data } = old;
    const forged = chainLine(before, { at, kind, actor: 'feishu:ou_other', update, data });
    write(lines.with(4, canonicalJson(forged)));
    expect(await verify()).toEqual({
      isSound: false,
      place: `${file} 第6行`,
      problem: '第6号记录与上一行接不上,上一行或本行被换过',
      count: 5,
    });
  });

  it('notices when the end was cut off, or all of it written anew', async () => {
    write(linesOf().slice(0, -2));
    expect(await verify()).toEqual({
      isSound: false,
      place: `${join(dir, 'record')} 末尾`,
      problem: `台账应至少到第${LINES}号,现只有${LINES - 2}行,末尾的记录被删去`,
      count: LINES - 2,
    });
    write(makeLines(LINES));
    expect(await verify()).toMatchObject({
      isSound: false,
      problem: expect.stringContaining('整段被改写过') as unknown,
    });
    unlinkSync(file);
    expect(await verify()).toMatchObject({ isSound: false, count: 0 });
  });

  it('tolerates a last line that a crash cut, and says so', async () => {
    appendFileSync(file, '{"act":"x","at":17');
    const { verdict, notes } = await verifyRecordFolder(dir);
    expect(verdict).toMatchObject({ isSound: true, count: LINES });
    expect(notes).toEqual([expect.stringMatching(/最后一行不完整.*未计入.*按日志补写/)]);
  });

  it('takes a cut last line that the snapshot knows as whole for a removed one', async () => {
    truncateSync(file, readFileSync(file).length - 5);
    const { verdict, notes } = await verifyRecordFolder(dir);
    expect(verdict).toMatchObject({
      isSound: false,
      problem: expect.stringContaining('末尾的记录被删去') as unknown,
    });
    expect(notes).toHaveLength(1);
  });

  it('still checks the chain when the snapshot is damaged, and says what it could not check', async () => {
    truncateSync(join(dir, 'state.json'), 20);
    const { verdict, notes, words } = await verifyRecordFolder(dir);
    expect(verdict).toMatchObject({ isSound: true, count: LINES });
    expect(notes).toEqual([expect.stringMatching(/末尾是否被删无法核对.*state\.json/)]);
    // It is no sound store: who breaks the file must not hide a change by it.
    expect(words).toEqual([expect.stringMatching(/数据无法读取.*state\.json/)]);
  });

  it('goes on when the store that holds the folder is open', async () => {
    const store = await openLowdbStore(dir);
    onTestFinished(() => store.close());
    await store.commit([recordOf('later')]);
    await store.settled();
    expect(await verify()).toMatchObject({ isSound: true, count: LINES + 1 });
  });

  it('is refused where there is no store, with the setting to look at', async () => {
    await expect(verifyRecordFolder(join(dir, 'none'))).rejects.toThrow(
      /没有找到数据目录.*处理办法.*DATA_DIR/,
    );
  });

  describe('of several files', () => {
    let files: string[];
    beforeEach(async () => {
      const record = join(dir, 'record');
      unlinkSync(file);
      unlinkSync(join(dir, 'state.json'));
      const open = await openRecordFile(record, ignore, { rotateBytes: 1_000 });
      for (const text of makeLines(30)) {
        const line = parseLine(text);
        if (line) open.push([line]);
        await open.sync();
      }
      await open.close();
      files = listRecordFiles(record);
    });

    it('is one chain through all of them', async () => {
      expect(files.length).toBeGreaterThan(5);
      expect(await verify()).toMatchObject({ isSound: true, count: 30 });
    });

    it('names the file of the first broken line', async () => {
      const [, , third = ''] = files;
      const text = readFileSync(third, 'utf8');
      writeFileSync(third, text.replace('ou_1', 'ou_2'));
      expect(await verify()).toMatchObject({ isSound: false, place: `${third} 第1行` });
    });

    it('notices a file that is gone, one that was cut, and two that changed places', async () => {
      const [first = '', second = '', third = ''] = files;
      const text = readFileSync(second);
      unlinkSync(second);
      expect(await verify()).toMatchObject({ isSound: false, place: `${third} 第1行` });
      writeFileSync(second, text.subarray(0, -5));
      expect(await verify()).toMatchObject({
        isSound: false,
        problem: expect.stringContaining('不是一行完整的记录') as unknown,
      });
      writeFileSync(second, text);
      renameSync(first, `${first}.x`);
      renameSync(second, first);
      renameSync(`${first}.x`, second);
      expect(await verify()).toMatchObject({ isSound: false, place: `${first} 第1行` });
    });

    it('can be checked in part, where only some files were handed over', async () => {
      expect((await verifyRecordFiles(files.slice(2))).verdict).toMatchObject({ isSound: true });
      const [, second = '', third = '', fourth = ''] = files;
      expect((await verifyRecordFiles([second, fourth])).verdict).toMatchObject({
        isSound: false,
        place: `${fourth} 第1行`,
      });
      await expect(verifyRecordFiles([`${third}.gone`])).rejects.toThrow(/没有找到文件.*处理办法/);
    });
  });
});

describe.skipIf(!isRunning)('the record in PostgreSQL', () => {
  let schema: TestSchema;
  const log = createLogRecorder();
  const verify = () => verifyRecordTable(schema.url, log);
  beforeEach(async () => {
    schema = await createSchema();
    onTestFinished(() => schema.drop());
    const store = await openPostgresStore({ url: schema.url, log });
    for (let i = 0; i < LINES; i++) await store.commit([recordOf(`act ${i}`)]);
    await store.close();
  });

  it('is sound when nobody touched it', async () => {
    const { verdict, notes } = await verify();
    expect(verdict).toMatchObject({ isSound: true, count: LINES, head: { seq: LINES } });
    expect(notes).toEqual([]);
  });

  it.each([
    [
      'a changed word',
      `update record set line = replace(line, 'act 4', 'act 5') where seq = 5`,
      '表 record 第5行',
      '内容被改动过',
    ],
    ['a removed line', `delete from record where seq = 5`, '表 record 第6行', '缺少第5号至第5号记录'],
    [
      'swapped lines',
      `update record set seq = case seq when 5 then 106 when 6 then 105 end where seq in (5, 6);
       update record set seq = seq - 100 where seq > 100`,
      '表 record 第5行',
      '缺少第5号',
    ],
    ['a cut end', `delete from record where seq > 10`, '表 record 末尾', '应至少到第12号,现只有10行'],
  ])('names %s', async (_what, sql, place, problem) => {
    await runSql(schema.url, sql);
    expect((await verify()).verdict).toMatchObject({
      isSound: false,
      place,
      problem: expect.stringContaining(problem) as unknown,
    });
  });

  it('says how many entries wait to be chained', async () => {
    await runSql(schema.url, `insert into record_pending (entry) values ('{}')`);
    const { verdict, notes } = await verify();
    expect(verdict).toMatchObject({ isSound: true, count: LINES });
    expect(notes).toEqual([expect.stringContaining('另有1条刚提交')]);
  });

  it('is refused where there is none, with the setting to look at', async () => {
    await runSql(schema.url, `drop table record, record_head`);
    await expect(verify()).rejects.toThrow(/没有台账.*处理办法.*DATABASE_URL/);
  });
});
