import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { formatInstant, fromLocal } from '../../src/calendar/local.js';
import { interpretTimer } from '../../src/core/interpret.js';
import { reminderId, type Deadline } from '../../src/core/reminder.js';
import type { DueTimer } from '../../src/core/types.js';
import { problemText } from '../../src/files/problem.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { readMeasures } from '../../src/reminders/measure-table.js';
import { importEffects, storedMeasures, type MeasureReminder } from '../../src/reminders/measures.js';
import { nextAt } from '../../src/reminders/plan.js';
import { loadRules } from '../../src/reminders/rules.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { openPostgresStore } from '../../src/store/postgres/index.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createSchema, hasPostgres } from '../helpers/postgres.js';
import type { Platform } from '../../src/core/chat.js';
import type { Store } from '../../src/core/store.js';

const directory = loadDirectory('knowledge/organizations');
const calendar = loadCalendar('knowledge/calendar');
const world = {
  calendar,
  directory,
  rules: loadRules('knowledge/reminders'),
  platforms: new Set<Platform>(['console']),
};
/** A Thursday. */
const NOW = fromLocal('2026-11-26', 10 * 60);
const HEAD = '编号,方面,措施,责任单位,责任人,时限,进度';
const ROW = '1,河道,清理垃圾,柳林镇,,2026-12-11,';

const read = (
  table: string | Uint8Array,
  existing: ReadonlyMap<string, MeasureReminder> = new Map(),
  now = NOW,
) =>
  readMeasures('表.csv', typeof table === 'string' ? new TextEncoder().encode(table) : table, {
    directory,
    existing,
    now,
  });

describe('the table of measures', () => {
  it('of the sample has 3 aspects and 17 measures, all readable', () => {
    const { rows, problems, warnings } = read(readFileSync('knowledge/reminders/measures.sample.csv'));
    expect(problems.map(problemText)).toEqual([]);
    expect(warnings).toEqual([]);
    expect(rows).toHaveLength(17);
    expect(new Set(rows.map(({ aspect }) => aspect)).size).toBe(3);
    expect(rows[3]).toEqual({
      number: '4',
      aspect: '河道管护不到位',
      text: '建立河道保洁队伍,明确保洁频次和经费',
      units: ['柳林镇', '石桥镇', '白马镇'],
      deadline: '2027-01-15',
      progress: '',
    });
  });

  it('is read in GB18030, with a byte-order mark, with tabs, and with other names and orders of columns', () => {
    const gb18030 = Buffer.from(
      'b1e0bac52cb7bdc3e62cb4ebcaa92cd4f0c8ceb5a5cebb2ccab1cfde0a312cbad3b5c02cc7e5c0ed2cc1f8c1d6d5f22c323032362d31322d31310a',
      'hex',
    );
    const expected = {
      number: '1',
      aspect: '河道',
      text: '清理',
      units: ['柳林镇'],
      deadline: '2026-12-11',
      progress: '',
    };
    for (const table of [
      gb18030,
      '\uFEFF编号,方面,措施,责任单位,时限\r\n1,河道,清理,柳林,2026/12/11\r\n',
      '编号\t方面\t措施\t责任单位\t时限\n1\t河道\t清理\t柳林镇政府\t2026年12月11日',
      '完成时限,整改措施,类别,牵头单位(责任),序号\n20261211,清理,河道,柳林镇,1',
    ]) {
      const { rows, problems } = read(table);
      expect(problems).toEqual([]);
      expect(rows).toEqual([expected]);
    }
  });

  it.each([
    ['an unknown unit', '1,河道,清理,县水力局,,2026-12-11,', 'D', '不认识单位“县水力局”', '“县水利局”'],
    ['a unit like no other', '1,河道,清理,XYZ,,2026-12-11,', 'D', '不认识单位“XYZ”', '单位名录'],
    ['one unknown unit of two', '1,河道,清理,柳林镇、某某局,,2026-12-11,', 'D', '“某某局”', '名录'],
    ['no unit', '1,河道,清理,,,2026-12-11,', 'D', '“责任单位”是空的', '填写'],
    ['a date without its year', '1,河道,清理,柳林镇,,12月11日,', 'F', '“12月11日”', '2026-12-31'],
    ['a day that is none', '1,河道,清理,柳林镇,,2026-11-31,', 'F', '“2026-11-31”', '2026-12-31'],
    ['no date', '1,河道,清理,柳林镇,,,', 'F', '时限“”', '2026-12-31'],
    ['a date that has passed', '1,河道,清理,柳林镇,,2026-11-25,', 'F', '11月25日(周三)已过', '今后的日期'],
    ['no number', ',河道,清理,柳林镇,,2026-12-11,', 'A', '编号“”', '1 至 12 个字'],
    ['no measure', '1,河道,,柳林镇,,2026-12-11,', 'C', '“措施”是空的', '填写措施'],
    ['no aspect', '1,,清理,柳林镇,,2026-12-11,', 'B', '“方面”是空的', '哪个方面'],
    ['a long progress', `1,河道,清理,柳林镇,,2026-12-11,${'已'.repeat(201)}`, 'G', '201 字', '200 字'],
  ])('with %s is refused at its place', (_, row, column, message, remedy) => {
    const { problems } = read(`${HEAD}\n${row}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: '表.csv', row: 2, column });
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.remedy).toContain(remedy);
  });

  it('with a number twice names both lines', () => {
    const { problems } = read(`${HEAD}\n${ROW}\n${ROW}\n`);
    expect(problems.map(problemText)).toEqual([
      '表.csv 第3行 A列:编号“1”与第2行重复。处理办法:一项措施一个编号,改其中一个。',
    ]);
  });

  it('without its columns, without rows or that is empty is one problem', () => {
    expect(read('编号,措施\n1,清理\n').problems.map(problemText)[0]).toContain(
      '缺少“方面”、“责任单位”、“时限”',
    );
    expect(read(`${HEAD}\n`).problems.map(problemText)[0]).toContain('没有措施');
    expect(read('').problems.map(problemText)[0]).toContain('文件是空的');
    expect(read(Uint8Array.of(0xff, 0xff, 0x80)).problems).toHaveLength(1);
  });

  it('of today is not late, and a past date goes with a progress that says done', () => {
    expect(read(`${HEAD}\n1,河道,清理,柳林镇,,2026-11-26,`).problems).toEqual([]);
    expect(read(`${HEAD}\n1,河道,清理,柳林镇,,2026-10-26,已完成`).problems).toEqual([]);
  });

  it('with a person whom nobody knows only warns', () => {
    const { rows, problems, warnings } = read(`${HEAD}\n1,河道,清理,柳林镇,某甲,2026-12-11,`);
    expect(problems).toEqual([]);
    expect(warnings[0]).toContain('某甲');
    expect(rows[0]).not.toHaveProperty('person');
  });
});

describe('a deadline', () => {
  const when = (date: string): Deadline => ({
    kind: 'deadline',
    date,
    workdaysBefore: [10, 3],
    minutes: 480,
    overdue: { rrule: 'FREQ=WEEKLY;BYDAY=MO', from: '2026-01-01', times: [480], shift: 'next' },
  });
  const instants = (date: string, from: string, count: number): string[] => {
    const found: string[] = [];
    for (let at: number | null = fromLocal(from); found.length < count && at !== null;) {
      at = nextAt(when(date), at, calendar);
      if (at !== null) found.push(formatInstant(at));
    }
    return found;
  };

  it.each([
    [
      '2026-12-11',
      '2026-11-01',
      ['11月27日(周五)08:00', '12月8日(周二)08:00', '12月11日(周五)08:00', '12月14日(周一)08:00'],
    ],
    // A Saturday: the day itself is told of on the Friday before.
    [
      '2026-12-12',
      '2026-12-01',
      ['12月9日(周三)08:00', '12月11日(周五)08:00', '12月14日(周一)08:00', '12月21日(周一)08:00'],
    ],
    // Over the National Day; 10月5日 is a Monday off.
    [
      '2026-10-01',
      '2026-09-20',
      ['9月28日(周一)08:00', '9月30日(周三)08:00', '10月8日(周四)08:00', '10月12日(周一)08:00'],
    ],
  ])('%s comes before, on its day, and then every Monday', (date, from, expected) => {
    expect(instants(date, from, expected.length)).toEqual(expected);
  });

  it('in a year without a calendar goes by Monday to Friday', () => {
    expect(nextAt(when('2027-03-31'), NOW, calendar)).not.toBeNull();
  });
});

let isServerThere = false;
beforeAll(async () => {
  isServerThere = await hasPostgres();
});

const update: DueTimer = {
  kind: 'timer',
  id: 'import',
  at: NOW,
  timer: { key: 'import', runAt: NOW, kind: 'import', payload: {} },
};

async function importInto(store: Store, table: string, now = NOW) {
  const existing = await storedMeasures(store);
  const { rows, problems } = read(table, existing, now);
  expect(problems).toEqual([]);
  let n = existing.size;
  const { effects, counts } = await importEffects(rows, {
    existing,
    read: store,
    takeId: () => Promise.resolve(reminderId(2026, ++n)),
    office: '县政府办公室',
    by: '县政府办公室',
    world,
    now,
  });
  await store.commit(interpretTimer({ update, now }, effects, ''));
  return counts;
}

describe.each(['lowdb', 'postgres'])('an import into %s', (kind) => {
  async function withStore(
    task: (store: Store, reopen: () => Promise<Store>) => Promise<void>,
  ): Promise<void> {
    if (kind === 'postgres') {
      const schema = await createSchema();
      const open = () => openPostgresStore({ url: schema.url, log: createLogRecorder() });
      let store = await open();
      try {
        await task(store, async () => {
          await store.close();
          return (store = await open());
        });
      } finally {
        await store.close();
        await schema.drop();
      }
      return;
    }
    const dir = makeFolder();
    let store: Store = await openLowdbStore(dir);
    await task(store, async () => {
      await store.close();
      return (store = await openLowdbStore(dir));
    });
    await store.close();
  }

  it('is kept over a restart, repeated without effect, and keeps what was reported', async (context) => {
    if (kind === 'postgres' && !isServerThere) context.skip();
    await withStore(async (first, reopen) => {
      const table = `${HEAD}\n1,河道,清理垃圾,柳林镇、县水利局,林丙,2026-12-11,已起步\n2,,公示,县水利局,,2026-12-18,\n3,安全,培训,县应急管理局,,2026-10-01,已完成`;
      expect(await importInto(first, table)).toEqual({ added: 3, changed: 0, unchanged: 0 });
      const store = await reopen();
      expect(await importInto(store, table)).toEqual({ added: 0, changed: 0, unchanged: 3 });
      const existing = await storedMeasures(store);
      const planned = (id = '') => store.findOccurrences({ reminder: id, statuses: ['planned'] });
      const one = existing.get('1');
      expect(one).toMatchObject({
        status: 'active',
        channel: 'digest',
        when: { date: '2026-12-11' },
        measure: { aspect: '河道', progress: [{ text: '已起步' }], doneAt: null },
        nextAt: fromLocal('2026-11-27', 480),
      });
      expect((await planned(one?.id)).map(({ to }) => to)).toEqual([
        { kind: 'unit', organization: '柳林镇', person: '林丙' },
        { kind: 'unit', organization: '县水利局', person: '林丙' },
      ]);
      expect(existing.get('3')).toMatchObject({ status: 'ended', nextAt: null, measure: { doneAt: NOW } });
      expect(await store.findReminders({ recipient: '县水利局', source: 'measure' })).toHaveLength(2);
      // A later deadline: what was planned is taken back, what was reported stays.
      const moved = table.replace('2026-12-11,已起步', '2026-12-30,未开展');
      expect(await importInto(store, moved)).toEqual({ added: 0, changed: 1, unchanged: 2 });
      const after = await storedMeasures(store);
      expect(after.get('1')).toMatchObject({
        edits: 1,
        when: { date: '2026-12-30' },
        measure: { progress: [{ text: '已起步' }] },
        nextAt: fromLocal('2026-12-16', 480),
      });
      const occurrences = await store.findOccurrences({ reminder: one?.id ?? '' });
      expect(occurrences.map(({ status, dueAt }) => [status, dueAt])).toEqual([
        ['skipped', fromLocal('2026-11-27', 480)],
        ['skipped', fromLocal('2026-11-27', 480)],
        ['planned', fromLocal('2026-12-16', 480)],
        ['planned', fromLocal('2026-12-16', 480)],
      ]);
    });
  });

  it('of an overdue table with its old deadline goes through; a new past one does not', async (context) => {
    if (kind === 'postgres' && !isServerThere) context.skip();
    await withStore(async (store) => {
      await importInto(store, `${HEAD}\n${ROW}`);
      const later = fromLocal('2026-12-20', 600);
      expect(await importInto(store, `${HEAD}\n${ROW}`, later)).toMatchObject({ unchanged: 1 });
      const existing = await storedMeasures(store);
      expect(read(`${HEAD}\n${ROW.replace('12-11', '12-10')}`, existing, later).problems).toHaveLength(1);
    });
  });

  it('does not give the number of a done measure to another one', async (context) => {
    if (kind === 'postgres' && !isServerThere) context.skip();
    await withStore(async (store) => {
      await importInto(store, `${HEAD}\n${ROW}已完成`);
      const existing = await storedMeasures(store);
      const [problem] = read(`${HEAD}\n1,安全,培训,县水利局,,2026-12-30,`, existing).problems;
      expect(problem?.message).toContain('编号“1”已用于完成的措施“清理垃圾”');
    });
  });
});
