import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/organizations/directory.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { deriveDirectory } from '../../src/organizations/derive.js';
import { coreName, isGenericTownship, isTownshipUnit } from '../../src/organizations/names.js';
import { makeFolder } from '../helpers/folder.js';
import { makeRow, readRawRows } from '../helpers/lists.js';

const SAMPLE = 'knowledge/organizations';
const directory = loadDirectory(SAMPLE);
const units = directory.organizations.filter((o) => !o.parent);
const townships = directory.organizations.filter((o) => o.kind === 'township');
const raw = readRawRows().map((row) => ({ listId: row.listId, number: row['序号'] ?? '', kind: row.kind }));

describe('names', () => {
  it('resolve to one unit only, and every alias to its own', () => {
    const owners = new Map<string, string>();
    for (const { name, aliases } of units)
      for (const alias of [name, ...aliases]) {
        expect(owners.get(alias) ?? name, alias).toBe(name);
        owners.set(alias, name);
        expect(directory.resolve(alias)).toBe(name);
      }
    expect(directory.resolve('县警察局')).toBeNull();
    for (const name of ['县城管局', '青山县城管局', '县执法局'])
      expect(directory.resolve(name), name).toBe('县综合行政执法局');
    for (const name of ['县柳林', '县公安机关', '县局']) expect(directory.resolve(name), name).toBeNull();
    expect(directory.resolve('县交通局（公路股）')).toBe('县交通运输局');
    expect(directory.resolve('县警察局（治安股）')).toBeNull();
    for (const name of ['县发展改革局', '青山县发展改革局', '县教育体育局'])
      expect(directory.resolve(name), name).toMatch(/^县(发展和改革|教育和体育)局$/);
  });

  it('are found in a text by the longest alias', () => {
    const found = (text: string) => directory.mentions(text).map((m) => m.unit);
    expect(found('县住房和城乡建设局')).toEqual(['县住房和城乡建设局']);
    expect(found('县公安局交警大队和环保局')).toEqual(['县公安局', '市生态环境局青山县分局']);
    for (const { name, aliases } of units)
      for (const alias of [name, ...aliases]) expect(found(`请${alias}`), alias).toEqual([name]);
  });

  it('are given once each, in the order of the text, with their place', () => {
    const found = directory.mentions('水利局和公安局,还有县水利局');
    expect(found.map((m) => [m.unit, m.index])).toEqual([
      ['县水利局', 0],
      ['县公安局', 4],
    ]);
    expect(directory.mentions('今天天气')).toEqual([]);
  });

  it('are proposed after a slip, the nearest first', () => {
    expect(directory.nearest('县住房城乡建设局')[0]).toBe('县住房和城乡建设局');
    expect(directory.nearest('县水利管理局')[0]).toBe('县水利局');
    expect(directory.nearest('县水力局')[0]).toBe('县水利局');
    expect(directory.nearest('ABC')).toEqual([]);
    expect(directory.nearest('县局').length).toBeLessThanOrEqual(3);
  });

  it('tell townships from departments', () => {
    for (const { name } of townships) expect(isTownshipUnit(name), name).toBe(true);
    for (const { name, kind } of units)
      if (kind === 'department') expect(isTownshipUnit(name), name).toBe(false);
    for (const unit of ['乡镇(街道)', '乡镇（街道）', '属地乡镇', '各镇街'])
      expect(isTownshipUnit(unit)).toBe(true);
  });

  it('know a township by its office, and townships that are meant without a name', () => {
    for (const unit of ['柳林镇(党政办公室)', '清水乡（司法所）', '乡镇(街道)(民生办)'])
      expect(isTownshipUnit(unit), unit).toBe(true);
    expect(directory.resolve('柳林镇(党政办公室)')).toBe('柳林镇');
    expect(isTownshipUnit('县交通局(公路股)')).toBe(false);
    for (const unit of ['有关镇街', '相关镇（街道）', '各有关乡镇', '所涉街道'])
      expect(isGenericTownship(unit), unit).toBe(true);
    for (const unit of ['有关部门', '柳林镇', '柳林镇(党政办公室)'])
      expect(isGenericTownship(unit), unit).toBe(false);
  });

  it('have a core that is the same in every county', () => {
    expect(coreName('奇石县住房和城乡建设局')).toBe(coreName('旗住房和城乡建设局'));
    expect(coreName('市生态环境局青山县分局')).toBe(coreName('市生态环境局旗分局'));
  });
});

describe('posts', () => {
  it('carry only rows that exist', () => {
    const keys = new Set(raw.map((row) => `${row.listId}/${row.number}`));
    for (const line of readFileSync(join(SAMPLE, 'posts.csv'), 'utf8').trim().split('\n').slice(1))
      for (const part of (line.split(',')[3] ?? '').split('|')) {
        const [, list, from, to = from] = /^(.+)\/(\d+)(?:-(\d+))?$/.exec(part) ?? [];
        for (let n = Number(from); n <= Number(to); n++) expect(keys, line).toContain(`${list}/${n}`);
      }
  });

  it('carry every duty and territorial row exactly once in each township', () => {
    const rows = raw.filter((row) => row.kind === 'duty' || row.kind === 'territorial');
    expect(rows).toHaveLength(329);
    for (const { name } of townships)
      for (const row of rows)
        expect(directory.carriers(row, name), `${name} ${row.listId}/${row.number}`).toHaveLength(1);
  });

  it('have a holder in each township, of that township', () => {
    for (const { name } of townships)
      for (const row of raw)
        for (const { post, people } of directory.carriers(row, name)) {
          expect(people.length, `${name} ${post.name}`).toBeGreaterThan(0);
          expect(people.every((p) => p.organization === name)).toBe(true);
        }
  });

  it('belong to an office of their township', () => {
    for (const line of readFileSync(join(SAMPLE, 'posts.csv'), 'utf8').trim().split('\n').slice(1)) {
      const [parent, office] = line.split(',');
      const isThere = directory.organizations.some((o) => o.parent === parent && o.name === office);
      expect(isThere, line).toBe(true);
    }
  });
});

describe('people', () => {
  it('work for an organization that exists', () => {
    expect(directory.people.length).toBeGreaterThan(200);
    for (const { name, organization } of directory.people)
      expect(directory.resolve(organization), name).toBe(organization);
  });

  it('are known by their account and by nothing else', () => {
    expect(directory.personOf({ platform: 'console', id: '张三' })?.organization).toBe('柳林镇');
    expect(directory.personOf({ platform: 'telegram', id: '张三', name: '张三' })).toBeNull();
    expect(directory.personOf({ platform: 'console', id: '张', name: '张三' })).toBeNull();
  });

  it('have a township, with its class, where they work for one', () => {
    const townshipOf = (name: string) => directory.townshipOf(directory.personNamed(name));
    expect(townshipOf('张三')).toMatchObject({ name: '柳林镇', townshipClass: '城区街道和中心镇' });
    expect(townshipOf('黄戊六')?.townshipClass).toBe('农业乡镇');
    expect(townshipOf('李四')).toBeNull();
    expect(townshipOf('nobody')).toBeNull();
  });

  it('keep all posts and roles of their lines', () => {
    expect(directory.personNamed('许乙一')?.posts).toEqual(['党建组织岗', '宣传统战岗']);
    expect(directory.personNamed('王五')?.roles).toEqual(['list-office']);
  });
});

describe('loadDirectory', () => {
  let dir: string;
  beforeEach(() => {
    dir = join(makeFolder(), 'organizations');
    cpSync(SAMPLE, dir, { recursive: true });
  });
  const append = (name: string, line: string) => appendFileSync(join(dir, name), `${line}\n`);
  const lineCount = (name: string) => readFileSync(join(dir, name), 'utf8').trimEnd().split('\n').length;
  it('may name a deputy in a last column', () => {
    const lines = readFileSync(join(dir, 'people.csv'), 'utf8').trimEnd().split('\n');
    const withDeputy = lines.map((line, i) => `${line},${i === 0 ? '代理人' : i === 1 ? '林甲' : ''}`);
    writeFileSync(join(dir, 'people.csv'), withDeputy.join('\n'));
    const { people } = loadDirectory(dir);
    expect(people.find(({ name }) => name === '陈甲')?.deputy).toBe('林甲');
    expect(people.filter(({ deputy }) => deputy)).toHaveLength(1);
  });

  const problem = () => {
    try {
      loadDirectory(dir);
      return '';
    } catch (error) {
      expect(error).toMatchObject({ code: 'DATA' });
      return String(error);
    }
  };

  it('names line and cell of a person whose unit or role is unknown', () => {
    append('people.csv', '钱七,柳林,办公室,某岗,局长,console:钱七');
    const line = lineCount('people.csv');
    expect(problem()).toMatch(new RegExp(`people\\.csv 第${line}行 B列.*柳林`));
    expect(problem()).toMatch(new RegExp(`people\\.csv 第${line}行 E列.*局长.*乡镇干部`));
  });

  it('names the cell of an office whose parent is unknown', () => {
    append('offices.csv', '梅花镇,党政办公室,内设机构,');
    expect(problem()).toMatch(new RegExp(`offices\\.csv 第${lineCount('offices.csv')}行 A列.*梅花镇`));
  });

  // BUG src/organizations/directory.ts, loadDirectory: lines of posts.csv are reported as lines of offices.csv.
  it('names the cell of a post whose parent is unknown', () => {
    append('posts.csv', '梅花镇,党政办公室,综合政务岗,duty/1');
    expect(problem()).toMatch(new RegExp(`posts\\.csv 第${lineCount('posts.csv')}行 A列.*梅花镇`));
  });

  it('names a file that is missing and a header that is another', () => {
    writeFileSync(join(dir, 'posts.csv'), '单位,岗位\n');
    expect(problem()).toMatch(/posts\.csv 第1行.*所属、机构、岗位、承担事项/);
    rmSync(join(dir, 'posts.csv'));
    expect(problem()).toContain('posts.csv');
  });

  // BUG src/organizations/directory.ts: nothing checks that an alias, a person's name or an account stands only once.
  it('refuses an alias that two units have', () => {
    append('departments.csv', '县渔业局,水利局,政府部门');
    expect(problem()).toContain('水利局');
  });

  it('refuses an account that two people have', () => {
    append('people.csv', '钱七,柳林镇,党政办公室,综合政务岗,乡镇干部,console:张三');
    expect(problem()).toContain('console:张三');
  });

  it('keeps two people of one name in two units apart', () => {
    append('people.csv', '张三,石桥镇,党政办公室,综合政务岗,乡镇干部,console:张三二');
    const other = loadDirectory(dir).personOf({ platform: 'console', id: '张三二' });
    expect(other?.organization).toBe('石桥镇');
  });
});

describe('deriveDirectory', () => {
  it('knows the units of a first list by what their counterparts are called', () => {
    const rows = [makeRow({ lead: [{ unit: '旗住房和城乡建设局', duty: 'x' }] })];
    const derived = deriveDirectory('某旗', rows, directory);
    expect(derived.resolve('住建局')).toBe('旗住房和城乡建设局');
    expect(derived.resolve('水利局')).toBeNull();
    expect(derived.organizations.some((o) => isTownshipUnit(o.name))).toBe(false);
  });

  it('is empty for no rows', () => {
    expect(
      deriveDirectory('某旗', [], createDirectory({ county: '', organizations: [], people: [], posts: [] })),
    ).toMatchObject({ county: '某旗', organizations: [] });
  });
});
