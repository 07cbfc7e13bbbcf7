/** Damaged files: what a person reads, that doing what it says gets everything back, and what is tolerated. */
import { cpSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { listRecordFiles } from '../../../src/store/lowdb/record-file.js';
import { verifyRecordFolder } from '../../../src/store/verify.js';
import { makeRequest, note, recordOf, save } from '../../helpers/changes.js';
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

const DAY_MS = 86_400_000;

/** Does what the message of a damaged snapshot says: 把 A 复制为 B. */
function followRemedy(message: string): void {
  const [, backup = '', file = ''] = /把 (\S+) 复制为 (\S+?)\(/.exec(message) ?? [];
  renameSync(file, `${file}.damaged`);
  cpSync(backup, file);
}

describe('a damaged snapshot', () => {
  it.each<[string, (file: string) => void, RegExp]>([
    ['cut in half', (file) => cut(file, 0.5), /第\d+行|只有前\d+行/],
    [
      'cut after its first line',
      (file) => writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0] ?? ''}\n`),
      /只有前1行,其后缺失/,
    ],
    ['empty', (file) => writeFileSync(file, ''), /只有前0行/],
    ['of zeros', (file) => writeFileSync(file, Buffer.alloc(4096)), /第1行/],
    ['with a flipped byte', (file) => flip(file, '二'), /第\d+行/],
    ['with a flipped byte in its head', (file) => flip(file, 'segment'), /第1行/],
    [
      'with a line too many',
      (file) => writeFileSync(file, readFileSync(file, 'utf8') + '00000000 x\n'),
      /第\d+行/,
    ],
  ])('%s names the backup to put back, and with it nothing is lost', async (_, damage, where) => {
    const dir = await makeKilledFolder(['一', '二', '三'], ['四', '五']);
    const file = join(dir, 'state.json');
    damage(file);
    const message = await refusalOf(dir);
    expect(message).toMatch(where);
    const newest = backupsIn(dir).at(-1) ?? '';
    expect(message.replace(/\(第.*?行\)|\(只有.*?缺失\)/, '(…)')).toBe(
      `${file}:数据文件已损坏,无法读取(…)。处理办法:把 ${newest} 复制为 ${file}(先把损坏的文件改名留存)后再启动,其后的改动会从日志补上,不会丢失。`,
    );
    followRemedy(message);
    expect(await notesIn(dir)).toEqual(['一', '二', '三', '四', '五']);
    expect(await notesIn(dir)).toEqual(['一', '二', '三', '四', '五']);
  });

  it('and a damaged newest backup: the next one serves as well', async () => {
    const dir = await makeKilledFolder(['一', '二', '三'], ['四']);
    cut(join(dir, 'state.json'), 0.5);
    cut(backupsIn(dir).at(-1) ?? '', 0.5);
    followRemedy(await refusalOf(dir));
    expect(await refusalOf(dir)).toContain('数据文件已损坏');
    cpSync(backupsIn(dir)[0] ?? '', join(dir, 'state.json'));
    expect(await notesIn(dir)).toEqual(['一', '二', '三', '四']);
  });

  it('that is the first ever is put aside, and the journals give everything', async () => {
    const dir = await makeKilledFolder(['一'], ['二']);
    const file = join(dir, 'state.json');
    cut(file, 0.5);
    expect(await refusalOf(dir)).toMatch(
      /state\.json:数据文件已损坏,无法读取\(.*\)。处理办法:把该文件移到别处后再启动,全部改动会从日志重新得出。$/,
    );
    renameSync(file, join(makeFolder(), 'aside'));
    expect(await notesIn(dir)).toEqual(['一', '二']);
  });
});

describe('a damaged journal', () => {
  it('that was cut in its last line loses what was never acknowledged, and nothing else', async () => {
    const dir = await makeKilledFolder(['一'], ['二', '三']);
    const file = journalsIn(dir).at(-1) ?? '';
    const bytes = readFileSync(file);
    const last = bytes.subarray(0, -1).lastIndexOf(10) + 1;
    for (const length of [last + 1, last + 9, bytes.length - 1]) {
      const copy = copyFolder(dir);
      writeFileSync(join(copy, file.slice(dirname(file).length)), bytes.subarray(0, length));
      expect(await notesIn(copy)).toEqual(['一', '二']);
    }
  });

  it('with a flipped byte is refused with its file and line', async () => {
    const dir = await makeKilledFolder(['一'], ['二', '三', '四']);
    const file = journalsIn(dir).at(-1) ?? '';
    flip(file, '三');
    expect(await refusalOf(dir)).toBe(
      `${file} 第3行:日志已损坏(校验和不符)。处理办法:用备份恢复数据目录后再启动。`,
    );
  });

  it('in a part that the snapshot holds does no harm', async () => {
    const dir = await makeKilledFolder(['一', '二', '三'], ['四']);
    flip(journalsIn(dir).find((file) => readFileSync(file).includes('二')) ?? '', '二');
    expect(await notesIn(dir)).toEqual(['一', '二', '三', '四']);
  });

  it('that lacks its end in front of another one, or lacks a whole file, is refused', async () => {
    const dir = await makeKilledFolder(['一'], ['二', '三']);
    // Killed again and again: every start begins a journal of its own.
    const second = await openLowdbStore(dir);
    await second.commit([note('四')]);
    const copy = copyFolder(dir);
    await second.close();
    const [file = ''] = journalsIn(copy)
      .filter((name) => readFileSync(name).length > 0)
      .slice(-2);
    const whole = readFileSync(file);
    const lines = whole.toString().split('\n');
    writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
    expect(await refusalOf(copy)).toBe(
      `${file}:日志被截断,应有2次改动,只剩1次。处理办法:用备份恢复数据目录后再启动。`,
    );
    unlinkSync(file);
    expect(await refusalOf(copy)).toMatch(
      /journal-\d+\.ndjson:日志缺失,其后还有1个。处理办法:用备份恢复数据目录后再启动。$/,
    );
    writeFileSync(file, whole);
    expect(await notesIn(copy)).toEqual(['一', '二', '三', '四']);
  });
});

describe('a damaged archive', () => {
  const numbers = ['QS-2026-000001', 'QS-2026-000002', 'QS-2026-000003'];
  const [first = '', second = '', third = ''] = numbers;
  async function makeArchive(): Promise<{ dir: string; file: string }> {
    const dir = join(makeFolder(), 'store');
    const store = await openLowdbStore(dir);
    await store.commit(
      numbers.map((number) => save(makeRequest(number, { status: 'concluded', text: `原文${number}` }))),
    );
    await store.commit([recordOf('later', { at: START + 100 * DAY_MS })]);
    await store.close();
    return { dir, file: join(dir, 'archive', 'requests-2026.ndjson') };
  }
  const open = async (dir: string) => {
    const problems: string[] = [];
    return { problems, store: await openLowdbStore(dir, (text) => problems.push(text)) };
  };
  const told = (file: string) =>
    `${file}:请求存档已损坏(第2行 校验和不符),其余各行不受影响。处理办法:停止程序,用备份中的同名文件恢复后再启动。`;

  it.each([
    ['in the text', `原文${second}`],
    ['in the number', second],
  ])(
    'with a flipped byte %s tells which line, keeps the others, and takes new requests',
    async (_, where) => {
      const { dir, file } = await makeArchive();
      flip(file, where);
      const { store, problems } = await open(dir);
      await expect(store.getRequest(second)).rejects.toMatchObject({ code: 'STORE', message: told(file) });
      expect(problems).toEqual([told(file)]);
      for (const number of [first, third])
        expect(await store.getRequest(number)).toMatchObject({ text: `原文${number}` });
      await store.commit([save(makeRequest('QS-2026-000004'))]);
      expect(await store.getRequest('QS-2026-000004')).toMatchObject({ version: 1 });
      await store.close();
    },
  );

  it('that a crash cut in its last line is written again from the snapshot before it', async () => {
    const dir = join(makeFolder(), 'store');
    const store = await openLowdbStore(dir);
    await store.commit(numbers.map((number) => save(makeRequest(number, { status: 'concluded' }))));
    await store.commit([recordOf('later', { at: START + 100 * DAY_MS })]);
    const killed = copyFolder(dir);
    await store.close();
    // The process dies while it archives: the new snapshot does not bear its name yet.
    cpSync(join(dir, 'archive'), join(killed, 'archive'), { recursive: true });
    cut(join(killed, 'archive', 'requests-2026.ndjson'), 0.9);
    for (let start = 0; start < 2; start++) {
      const { store: again, problems } = await open(killed);
      for (const number of numbers)
        expect(await again.getRequest(number)).toMatchObject({ number, version: 1 });
      await again.close();
      expect(problems).toEqual([]);
    }
  });
});

describe('a damaged record', () => {
  it('does not keep the bot from working, and verify-log names the line', async () => {
    const dir = await makeKilledFolder(['一']);
    const store = await openLowdbStore(dir);
    await store.commit([recordOf('甲')]);
    await store.commit([recordOf('乙')]);
    await store.close();
    const [file = ''] = listRecordFiles(join(dir, 'record'));
    flip(file, '甲');
    const again = await openLowdbStore(dir);
    await again.commit([recordOf('丙')]);
    await again.close();
    expect((await verifyRecordFolder(dir)).verdict).toMatchObject({ isSound: false, place: `${file} 第1行` });
  });

  it('whose last lines are missing gets them again from the journal, each once', async () => {
    const dir = join(makeFolder(), 'store');
    const store = await openLowdbStore(dir);
    for (const act of ['甲', '乙', '丙']) await store.commit([recordOf(act)]);
    await store.settled();
    const killed = copyFolder(dir);
    await store.close();
    const [file = ''] = listRecordFiles(join(killed, 'record'));
    const whole = readFileSync(file, 'utf8');
    for (const share of [0.9, 0.5, 0.1, 0]) {
      const copy = copyFolder(killed);
      const cutFile = listRecordFiles(join(copy, 'record'))[0] ?? '';
      cut(cutFile, share);
      if (share === 0) rmSync(join(copy, 'record'), { recursive: true });
      await notesIn(copy);
      expect(readFileSync(cutFile, 'utf8')).toBe(whole);
    }
  });

  it('that is ahead of the data goes on after its last line, and says so', async () => {
    const dir = await makeKilledFolder(['一']);
    const backup = copyFolder(dir);
    const store = await openLowdbStore(dir);
    for (const act of ['甲', '乙']) await store.commit([recordOf(act)]);
    await store.close();
    // Somebody puts an old copy of the data back, but keeps the record.
    cpSync(join(dir, 'record'), join(backup, 'record'), { recursive: true });
    const problems: string[] = [];
    const again = await openLowdbStore(backup, (text) => problems.push(text));
    await again.commit([recordOf('丙')]);
    await again.close();
    expect(problems).toEqual([
      '台账已写到第2号,数据只到第0号,可能是恢复了备份或日志被截断。台账不会重写,从第2号接着写',
    ]);
    expect((await verifyRecordFolder(backup)).verdict).toMatchObject({ isSound: true, count: 3 });
  });
});
