/** The county of a chaos run: the sample's lists, its people on two platforms, requests whose clocks run out in minutes. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { accountOf } from './platforms.js';
import type { Place } from './talk.js';

/** A department, reached in its group or, without one, in the direct chat of its head. */
export type Department = { name: string; alias: string; desk: Place; head: Place };

const place = (platform: Place['platform'], number: number, isGroup: boolean): Place => ({
  platform,
  number,
  isGroup,
});
const withGroup = (name: string, alias: string, number: number): Department => ({
  name,
  alias,
  desk: place('feishu', number, true),
  head: place('feishu', number + 100, false),
});
const withoutGroup = (name: string, alias: string, one: Place): Department => ({
  name,
  alias,
  desk: one,
  head: one,
});

/** Their numbers are below those of the talks. */
export const DEPARTMENTS: readonly Department[] = [
  withGroup('县住房和城乡建设局', '住建局', 1),
  withGroup('县水利局', '水利局', 2),
  withGroup('县交通运输局', '交通局', 3),
  withGroup('县公安局', '公安局', 4),
  withGroup('县应急管理局', '应急局', 5),
  withGroup('县农业农村局', '农业农村局', 6),
  withoutGroup('县林业局', '林业局', place('feishu', 7, false)),
  withoutGroup('县民政局', '民政局', place('feishu', 8, false)),
  withoutGroup('县教育和体育局', '教体局', place('feishu', 9, false)),
  withoutGroup('县气象局', '气象局', place('telegram', 10, false)),
];
/** Officers of a department that has a group. */
export const OFFICERS = 80;
export const DEADLINE_OFFICE = place('feishu', 90, false);

const TOWNSHIPS = ['柳林镇', '石桥镇', '白马镇', '龙泉镇', '双河镇', '云岭乡'];
const CALLERS_FROM = 1_000_000;
const CALLERS = 400;

/** Another one for each talk, until all have called once. */
export function callerOf(platform: Place['platform'], talk: number): Place {
  const first = platform === 'telegram' ? CALLERS_FROM : CALLERS_FROM + CALLERS;
  return place(platform, first + (talk % CALLERS), false);
}

/** Who gives notice, and two who are called; others than those who call, whose dialogues go on meanwhile. */
const CALLED_FROM = 2_000_000;
const CALLED = 120;
const SURNAMES = [...'赵钱孙周吴郑冯陈褚卫'];
const GIVEN = [...'安宁平和顺吉祥福泰康乐宜'];
export type Called = { name: string; place: Place };
export function calledBy(
  talk: number,
  ends: readonly [Place['platform'], Place['platform'], Place['platform']],
): {
  leader: Called;
  called: [Called, Called];
} {
  const i = talk % CALLED;
  const [leader, one, other] = (['长', '甲', '乙'] as const).map((end, n): Called => ({
    name: `${SURNAMES[i % SURNAMES.length]}${GIVEN[Math.floor(i / SURNAMES.length)]}${end}${ends[n] === 'feishu' ? '飞' : '电'}`,
    place: place(
      ends[n] ?? 'feishu',
      CALLED_FROM + (n * 2 + Number(ends[n] === 'feishu')) * CALLED + i,
      false,
    ),
  })) as [Called, Called, Called];
  return { leader, called: [one, other] };
}

/** In minutes: the smallest unit there is. Reminders come at any hour. */
const CLOCKS = { sign: { minutes: 1 }, answer: { minutes: 4 } };
/** Each step in chats of its own, so that its notices can be told apart. */
export const SIGN_DUE = 'sign-due';
export const SIGN_LATE = 'sign-late';
export const ANSWER_DUE = 'answer-due';
const LADDER = [
  { id: SIGN_DUE, clock: 'sign', at: 'due', to: 'head' },
  { id: SIGN_LATE, clock: 'sign', at: { after: { minutes: 1 } }, to: 'deadline-office' },
  { id: ANSWER_DUE, clock: 'answer', at: 'due', to: 'caller' },
  // Every kind has these as well; here they come after the run.
  { id: 'sign-told', clock: 'sign', at: { after: { hours: 240 } }, to: 'caller' },
  { id: 'promise-due', clock: 'promise', at: { after: { hours: 240 } }, to: 'person' },
  { id: 'promise-late', clock: 'promise', at: { after: { hours: 240 } }, to: 'caller' },
];

/** Makes the folder for KNOWLEDGE_DIR. */
export function makeCounty(dir: string, knowledge: string): void {
  mkdirSync(dir);
  for (const name of ['lists', 'calendar', 'encoder', 'calibration'])
    symlinkSync(join(knowledge, name), join(dir, name));
  for (const name of ['organizations', 'requests'])
    cpSync(join(knowledge, name), join(dir, name), { recursive: true });
  const organizations = join(dir, 'organizations');
  rmSync(join(organizations, 'posts.csv'));
  writeFileSync(join(organizations, 'posts.csv'), '所属,机构,岗位,承担事项\n');
  writeFileSync(join(organizations, 'people.csv'), table(['姓名,单位,机构,岗位,角色,账号', ...people()]));
  const groups = DEPARTMENTS.filter(({ desk }) => desk.isGroup).map(
    ({ name, desk }) => `${name},feishu:oc_${desk.number}`,
  );
  writeFileSync(join(organizations, 'groups.csv'), table(['单位,群', ...groups]));
  const file = join(dir, 'requests', 'call.yaml');
  const call = parse(readFileSync(file, 'utf8')) as object;
  const clocks = { normal: CLOCKS, urgent: CLOCKS };
  writeFileSync(file, stringify({ ...call, clocks, ladder: LADDER, outOfHours: 'always' }));
}

const table = (lines: string[]): string => `${lines.join('\n')}\n`;

function people(): string[] {
  const row = (name: string, unit: string, role: string, at: Place, user = 0) =>
    `${name},${unit},,,${role},${accountOf(at, user)}`;
  const departments = DEPARTMENTS.flatMap(({ name, alias, desk, head }) => {
    const boss = row(`${alias}负责人`, name, '部门负责人', head);
    if (!desk.isGroup) return [boss];
    const officers = Array.from({ length: OFFICERS }, (_, i) =>
      row(`${alias}经办${i}`, name, '部门经办', desk, i),
    );
    return [boss, ...officers];
  });
  const callers = (['telegram', 'feishu'] as const).flatMap((platform) =>
    Array.from({ length: CALLERS }, (_, i) =>
      row(`${platform}干部${i}`, TOWNSHIPS[i % TOWNSHIPS.length] ?? '', '乡镇干部', callerOf(platform, i)),
    ),
  );
  const called = (['telegram', 'feishu'] as const).flatMap((platform) =>
    Array.from({ length: CALLED }, (_, i) => {
      const unit = TOWNSHIPS[i % TOWNSHIPS.length] ?? '';
      const { leader, called: both } = calledBy(i, [platform, platform, platform]);
      return [
        row(leader.name, unit, '乡镇领导', leader.place),
        ...both.map(({ name, place: at }) => row(name, unit, '乡镇干部', at)),
      ];
    }).flat(),
  );
  return [...departments, ...callers, ...called, row('督办员', '县政府办公室', '督办', DEADLINE_OFFICE)];
}
