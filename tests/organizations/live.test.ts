/** Who is in office on which day, and how the folder's changes reach a running bot. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromLocal } from '../../src/calendar/local.js';
import type { Recipient } from '../../src/core/reminder.js';
import { createDirectoryFollower } from '../../src/organizations/follow.js';
import { createLiveDirectory, type LiveDirectory } from '../../src/organizations/live.js';
import { loadDirectory, loadDirectorySource } from '../../src/organizations/load.js';
import { waysTo } from '../../src/reminders/reach.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { recipientsOf } from '../../src/organizations/recipients.js';

const CONSOLE = new Set(['console' as const]);
const user = (id: string) => ({ platform: 'console' as const, id });

let dir: string;
let clock: MovableClock;
let live: LiveDirectory;
let said: string[];
let rebuilt: number;

const people = () => readFileSync(join(dir, 'people.csv'), 'utf8').trimEnd().split('\n');
const write = (name: string, lines: string[]) => writeFileSync(join(dir, name), `${lines.join('\n')}\n`);
/** Gives the person these dates. */
function date(name: string, from: string, until: string): void {
  const [header = '', ...rows] = people();
  write('people.csv', [
    `${header},代理人,从,至`,
    ...rows.map((row) => `${row},,${row.startsWith(`${name},`) ? `${from},${until}` : ','}`),
  ]);
}
const follower = () =>
  createDirectoryFollower({
    ...{ dir, live, onChange: () => said.push('changed') },
    onUnits: () => Promise.resolve(void rebuilt++),
    onRefused: (reason) => said.push(reason),
  });

beforeEach(() => {
  dir = join(makeFolder(), 'organizations');
  cpSync('knowledge/organizations', dir, { recursive: true });
  clock = createClock(fromLocal('2026-06-30', 23 * 60 + 59));
  live = createLiveDirectory(loadDirectorySource(dir), clock);
  said = [];
  rebuilt = 0;
});

describe('a post that holds by date', () => {
  it.each<[string, string, string, boolean, boolean]>([
    ['ends with its last day', '', '2026-06-30', true, false],
    ['begins with its first day', '2026-07-01', '', false, true],
    ['is over', '2025-01-01', '2026-06-29', false, false],
    ['holds', '2026-01-01', '2026-12-31', true, true],
  ])('%s', (_, from, until, before, after) => {
    date('韩辛', from, until);
    const { directory } = createLiveDirectory(loadDirectorySource(dir), clock);
    const aliased = directory.withAliases([{ unit: '县水利局', alias: '管水的' }]);
    const isThere = () => {
      const seen = [
        directory.personOf(user('韩辛')) !== null,
        aliased.personOf(user('韩辛')) !== null,
        directory.people.some(({ name }) => name === '韩辛'),
        recipientsOf('县水利局', directory, 'person').some(({ name }) => name === '韩辛'),
      ];
      expect(new Set(seen).size).toBe(1);
      return seen[0];
    };
    expect(isThere()).toBe(before);
    // No reload: the process runs over midnight.
    clock.advance(2 * 60_000);
    expect(isThere()).toBe(after);
    // The name is kept out of remarks all the same.
    expect(directory.everybody.some(({ name }) => name === '韩辛')).toBe(true);
  });

  it('is one of several: roles and accounts of the others stay', () => {
    const [header = '', ...rows] = people();
    write('people.csv', [
      `${header},代理人,从,至`,
      ...rows.map((row) => `${row},,,`),
      '韩辛,县水利局,,局长,部门负责人,telegram:77,,2026-07-01,',
    ]);
    const { directory } = createLiveDirectory(loadDirectorySource(dir), clock);
    expect(directory.personOf(user('韩辛'))).toMatchObject({ roles: ['department-officer'] });
    expect(directory.personOf({ platform: 'telegram', id: '77' })).toBeNull();
    clock.advance(2 * 60_000);
    expect(directory.personOf(user('韩辛'))).toMatchObject({
      roles: ['department-officer', 'department-head'],
      accounts: ['console:韩辛', 'telegram:77'],
    });
  });

  it('a deputy for some days acts for who is away: written to instead, with the same roles', () => {
    const [header = '', ...rows] = people();
    write('people.csv', [
      `${header},代理人,从,至`,
      ...rows.map((row) => `${row},,,`),
      '代局长,县水利局,,,部门经办,console:代局长,,,',
      '水局长,县水利局,,局长,部门负责人,console:水局长,,,',
      '水局长,县水利局,,,部门负责人,,代局长,2026-07-01,2026-07-05',
    ]);
    const { directory } = createLiveDirectory(loadDirectorySource(dir), clock);
    const heads = () => recipientsOf('县水利局', directory, 'head').map(({ name }) => name);
    const roles = () => directory.personOf(user('代局长'))?.roles;
    expect([heads().includes('水局长'), roles()]).toEqual([true, ['department-officer']]);
    clock.advance(2 * 60_000);
    expect([heads().includes('水局长'), heads().includes('代局长')]).toEqual([false, true]);
    expect(roles()).toEqual(['department-officer', 'department-head']);
    // Whoever is away may still act.
    expect(directory.personOf(user('水局长'))?.roles).toEqual(['department-head']);
    clock.advance(5 * 24 * 3_600_000);
    expect([heads().includes('水局长'), roles()]).toEqual([true, ['department-officer']]);
  });

  it('who has signed and is away is stood in for by their deputy', () => {
    const [header = '', ...rows] = people();
    write('people.csv', [
      `${header},代理人,从,至`,
      ...rows.map((row) => `${row},,,`),
      '水代,县水利局,,,部门经办,console:水代,,,',
      '韩辛,县水利局,,,部门经办,,水代,2026-07-01,2026-07-05',
    ]);
    const { directory } = createLiveDirectory(loadDirectorySource(dir), clock);
    const signed = () =>
      recipientsOf('县水利局', directory, 'person', { signedBy: 'console:韩辛' }).map(({ name }) => name);
    expect(signed()).toEqual(['韩辛']);
    clock.advance(2 * 60_000);
    expect(signed()).toEqual(['水代']);
  });

  it.each([
    ['2026/07/01', '', 'H列'],
    ['', '2026-02-30', 'I列'],
    ['2026-07-02', '2026-07-01', 'I列'],
  ])('from “%s” until “%s” is refused with its cell', (from, until, cell) => {
    date('韩辛', from, until);
    const line = people().findIndex((row) => row.startsWith('韩辛,')) + 1;
    expect(() => loadDirectory(dir)).toThrow(new RegExp(`people\\.csv 第${line}行 ${cell}`));
  });
});

describe('the folder of a running bot', () => {
  const remove = (name: string) =>
    write(
      'people.csv',
      people().filter((row) => !row.startsWith(`${name},`)),
    );

  it('takes a person away and brings one at the next look', async () => {
    const look = follower();
    await look();
    const { directory } = live;
    const { personOf } = directory;
    remove('韩辛');
    write('people.csv', [...people(), '新来,县水利局,,联络员,部门经办,console:新来']);
    await look();
    expect(personOf(user('韩辛'))).toBeNull();
    expect(personOf(user('新来'))).toMatchObject({ organization: '县水利局' });
    expect(said).toEqual(['changed']);
    expect(rebuilt).toBe(0);
  });

  it('sends nothing more to who was bound, also not what was set before', async () => {
    const to: Recipient = {
      kind: 'person',
      account: 'console:韩辛',
      name: '韩辛',
      organization: '县水利局',
    };
    const stranger: Recipient = { kind: 'person', account: 'console:路人', name: '路人', organization: '' };
    const toUnit: Recipient = { kind: 'unit', organization: '县水利局', person: '韩辛' };
    const chats = (recipient: Recipient) =>
      waysTo(recipient, live.directory, CONSOLE).map(({ conversation }) => conversation.chatId);
    expect(chats(to)[0]).toBe('韩辛');
    remove('韩辛');
    await follower()();
    expect(chats(to)).toEqual([]);
    expect(chats(toUnit)).not.toContain('韩辛');
    expect(chats(stranger)).toEqual(['路人']);
  });

  it('reaches a person whose account was changed', async () => {
    write(
      'people.csv',
      people().map((row) => row.replace('console:韩辛', 'console:韩辛新号')),
    );
    await follower()();
    const to: Recipient = {
      kind: 'person',
      account: 'console:韩辛',
      name: '韩辛',
      organization: '县水利局',
    };
    const chats = waysTo(to, live.directory, CONSOLE).map(({ conversation }) => conversation.chatId);
    expect(chats[0]).toBe('韩辛新号');
    expect(chats).not.toContain('韩辛');
  });

  it('that is broken leaves what was read last, and says once where', async () => {
    const look = follower();
    const whole = people();
    write('people.csv', [...whole, '钱七,没有的局,,某岗,部门经办,console:某']);
    for (let i = 0; i < 4; i++) await look();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`people\\.csv 第${whole.length + 1}行 B列.*没有的局`));
    expect(live.directory.personOf(user('韩辛'))).not.toBeNull();
    write(
      'people.csv',
      whole.filter((row) => !row.startsWith('韩辛,')),
    );
    await look();
    expect(live.directory.personOf(user('韩辛'))).toBeNull();
    expect(said[1]).toBe('changed');
  });

  it('that is away for a moment, while it is replaced, is no fault', async () => {
    const look = follower();
    await look();
    rmSync(dir, { recursive: true });
    await look();
    cpSync('knowledge/organizations', dir, { recursive: true });
    await look();
    expect(said).toEqual([]);
    expect(live.directory.people.length).toBeGreaterThan(200);
  });

  it('has what was indexed by names of units built anew', async () => {
    const look = follower();
    write('departments.csv', [
      ...readFileSync(join(dir, 'departments.csv'), 'utf8').trimEnd().split('\n'),
      '县渔业局,渔业局,政府部门',
    ]);
    await look();
    expect(rebuilt).toBe(1);
    expect(live.directory.resolve('渔业局')).toBe('县渔业局');
  });
});
