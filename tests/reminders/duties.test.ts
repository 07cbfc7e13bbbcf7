import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { formatInstant, fromLocal } from '../../src/calendar/local.js';
import { nextOccurrence } from '../../src/calendar/recurrence.js';
import { checkDutyRows, loadDuties, recurrenceOf } from '../../src/reminders/duties.js';
import type { Directory } from '../../src/organizations/directory.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { waysTo } from '../../src/reminders/reach.js';
import { makeFolder } from '../helpers/folder.js';
import { readRawRows } from '../helpers/lists.js';

const DIR = 'knowledge/reminders';
const calendar = loadCalendar('knowledge/calendar');
const duties = loadDuties(DIR);
const rows = readRawRows().map(({ listId, 序号 = '' }) => ({ listId, number: 序号 }));

/** The first `count` instants of a duty in 2026. */
function instantsOf(id: string, from: string, count: number): string[] {
  const duty = duties.find((it) => it.id === id);
  if (!duty) throw new Error(`no duty ${id}`);
  const rule = recurrenceOf(duty, from);
  const found: string[] = [];
  for (let at: number | null = fromLocal(from); found.length < count && at !== null;) {
    at = nextOccurrence(rule, at, calendar);
    if (at !== null) found.push(formatInstant(at));
  }
  return found;
}

function carries(directory: Directory, township: string, post: string, key: string): boolean {
  const [listId = '', number = ''] = key.split('/');
  return directory.carriers({ listId, number }, township).some((it) => it.post.name === post);
}

const one = {
  id: 'a-duty',
  name: '某项职责',
  said: '每月1日',
  text: '做某事',
  rows: ['duty/1'],
  rule: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1' },
};

function problemOf(value: unknown): string {
  const dir = makeFolder();
  writeFileSync(join(dir, 'duties.yaml'), typeof value === 'string' ? value : stringify(value));
  try {
    loadDuties(dir);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'DATA' });
    return error instanceof Error ? error.message : '';
  }
}

describe('the duties of the sample county', () => {
  it('cite rows that the lists have', () => {
    expect(duties.length).toBeGreaterThanOrEqual(12);
    expect(rows.length).toBeGreaterThan(300);
    expect(() => checkDutyRows(DIR, duties, rows)).not.toThrow();
  });

  it('reach a carrier of their rows in every township', () => {
    const directory = loadDirectory('knowledge/organizations');
    const townships = directory.organizations.filter(({ kind }) => kind === 'township');
    const platforms = new Set(['console' as const]);
    for (const { name } of townships)
      for (const { id, rows: cited } of duties.filter((duty) => duty.rows.length > 0)) {
        const [way] = waysTo({ kind: 'unit', organization: name, rows: cited }, directory, platforms);
        const person = directory.personNamed(way?.conversation.chatId ?? '');
        const carried = new Set(
          directory.people
            .filter((it) => it === person)
            .flatMap(({ posts }) => posts)
            .flatMap((post) => cited.filter((row) => carries(directory, name, post, row))),
        );
        expect(carried.size, `${name} ${id}: ${person?.name ?? 'nobody'}`).toBeGreaterThan(0);
      }
  });

  it.each([
    ['flood-patrol', '2026-05-28', ['6月1日(周一)08:00', '6月2日(周二)08:00', '6月3日(周三)08:00']],
    // 6月19日 is the Dragon Boat day off.
    ['straw-burning', '2026-06-16', ['6月17日(周三)08:00', '6月22日(周一)08:00']],
    ['tomb-sweeping', '2026-01-10', ['4月1日(周三)08:00']],
    ['forest-fire', '2026-04-20', ['4月20日(周一)08:00', '4月27日(周一)08:00', '11月2日(周一)08:00']],
    ['monthly-report', '2026-01-20', ['1月23日(周五)08:00', '2月25日(周三)08:00']],
    ['quarterly-safety', '2026-01-10', ['3月10日(周二)08:00', '6月10日(周三)08:00', '9月10日(周四)08:00']],
    ['minimum-living', '2026-01-10', ['10月15日(周四)08:00']],
    // 10月5日 is a day off of the National Day.
    ['medical-insurance', '2026-09-20', ['10月8日(周四)08:00', '10月20日(周二)08:00', '11月5日(周四)08:00']],
    ['winter-heating', '2026-02-25', ['3月2日(周一)08:00', '3月16日(周一)08:00', '11月2日(周一)08:00']],
    ['river-chief', '2026-09-15', ['10月8日(周四)08:00', '11月2日(周一)08:00', '12月1日(周二)08:00']],
  ])('%s comes on its days', (id, from, expected) => {
    expect(instantsOf(id, from, expected.length)).toEqual(expected);
  });
});

describe('a file of duties', () => {
  it('is read with its defaults', () => {
    const dir = makeFolder();
    writeFileSync(
      join(dir, 'duties.yaml'),
      stringify([
        { ...one, rule: { ...one.rule, times: ['09:30'] } },
        { ...one, id: 'b', name: '另一项' },
      ]),
    );
    const [a, b] = loadDuties(dir);
    expect(a?.rule.times).toEqual([570]);
    expect(b?.rule.times).toEqual([480]);
    expect(b && recurrenceOf(b, '2026-03-02')).toMatchObject({ from: '2026-03-02', times: [480] });
  });

  it.each([
    ['an unknown key', [{ ...one, naem: 'x' }], '0', 'naem'],
    ['a rule that is none', [{ ...one, rule: { rrule: 'EVERY=DAY' } }], '0.rule.rrule', 'EVERY=DAY'],
    ['a rule without a frequency', [{ ...one, rule: { rrule: 'BYMONTHDAY=1' } }], '0.rule.rrule', 'FREQ'],
    [
      'a festival that nobody knows',
      [{ ...one, rule: { ...one.rule, special: { kind: 'festival', name: '植物节', side: 'on' } } }],
      '0.rule.special.name',
      '没有这个节日',
    ],
    ['a row in another form', [{ ...one, rows: ['第3项'] }], '0.rows.0', 'duty/116'],
    ['a name with punctuation', [{ ...one, name: '防火,防汛' }], '0.name', '中文名称'],
    ['the same id twice', [one, { ...one, name: '另一项' }], '1.id', '写了两次'],
    ['the same name twice', [one, { ...one, id: 'b' }], '1.name', '写了两次'],
    ['no list at all', 'a: 1', '(整个文件)', ''],
  ])('with %s is refused with file and path', (_, value, path, word) => {
    const problem = problemOf(value);
    expect(problem).toContain('duties.yaml');
    expect(problem).toContain(path);
    expect(problem).toContain(word);
    expect(problem).toContain('处理办法');
  });

  it('that is missing is named', () => {
    expect(() => loadDuties(makeFolder())).toThrow(/duties\.yaml.*处理办法/);
  });

  it('that cites a row no list has is refused with file and path', () => {
    const missing = [{ ...one, rows: ['duty/1', 'duty/999'], rule: { ...one.rule, times: [480] } }];
    expect(() => checkDutyRows('dir', missing, rows)).toThrow(
      /dir\/duties\.yaml:0\.rows\.1:.*duty\/999.*处理办法/,
    );
  });
});
