import { describe, expect, it } from 'vitest';
import { askerOf } from '../../src/lists/answer.js';
import { filterRows, parseListing } from '../../src/lists/structured.js';
import { useAssistant } from '../helpers/assistant.js';
import { readRawRows, unitsOf, type RawRow } from '../helpers/lists.js';

const assistant = useAssistant();
const raw = readRawRows();

const CENTRE = ['duty', 'territorial-1', 'territorial-2', 'territorial-3', 'delegated-1'];
const VISIBLE: Record<string, string[]> = {
  张三: [...CENTRE, 'basic', 'cooperative', 'reclaimed'],
  罗丙六: CENTRE,
  黄戊六: [...CENTRE.slice(0, 4), 'delegated-2'],
  李四: CENTRE.slice(0, 4),
};

/** What the bot counts for a person, as `list/number`; null when it would ask back. */
function listed(name: string, text: string): string[] | null {
  const { knowledge, tools } = assistant();
  const asker = askerOf(tools.directory.personNamed(name), knowledge);
  const visible = knowledge.index.entries.filter((e) => knowledge.index.isVisible(e, asker));
  const parsed = parseListing(text, tools.directory, [...new Set(visible.map((e) => e.row.domain))]);
  return parsed && filterRows(visible, parsed.filter).map(({ row }) => `${row.listId}/${row.number}`);
}

const counted = (name: string, has: (row: RawRow) => boolean): string[] =>
  raw
    .filter((row) => VISIBLE[name]?.includes(row.listId) && has(row))
    .map((row) => `${row.listId}/${row['序号']}`);

const isDivided = (row: RawRow) => row.kind !== 'delegated';
const leads = (unit: string) => (row: RawRow) =>
  isDivided(row) && unitsOf(row['主体责任单位']).includes(unit);
const supports = (unit: string) => (row: RawRow) => isDivided(row) && unitsOf(row['配合单位']).includes(unit);
const township = (row: RawRow) =>
  isDivided(row) && unitsOf(row['配合单位']).some((u) => u.includes('乡镇') || u === '柳林镇');
const inDomain = (name: string) => (row: RawRow) => row['类别'] === name;
const both =
  (...all: ((row: RawRow) => boolean)[]) =>
  (row: RawRow) =>
    all.every((has) => has(row));
const isKind = (kind: string) => (row: RawRow) => row.kind === kind;

const HOUSING = '县住房和城乡建设局';

describe('a listing counts what a count over the files finds', () => {
  const phrasings: [string, (row: RawRow) => boolean][] = [
    ['住建局牵头的有哪些', leads(HOUSING)],
    ['住建局负责哪些事项', leads(HOUSING)],
    ['县住房和城乡建设局主责的一共几项', leads(HOUSING)],
    ['哪些事情是水利局主管的', leads('县水利局')],
    ['农业农村局牵头的有多少项', leads('县农业农村局')],
    ['市场监管局承担多少事项', leads('县市场监督管理局')],
    ['环保局牵头哪些', leads('市生态环境局青山县分局')],
    ['应急局主办的事项统计一下', leads('县应急管理局')],
    ['我镇要配合住建局的有哪些', both(leads(HOUSING), township)],
    ['柳林镇需要配合水利局的事项', both(leads('县水利局'), township)],
    ['镇里要配合公安局做哪些', both(leads('县公安局'), township)],
    ['公安局配合的有哪些', supports('县公安局')],
    ['县财政局要配合多少项', supports('县财政局')],
    ['供电公司协助的事项有哪些', supports('县供电公司')],
    ['镇里要配合的有哪些', township],
    ['本镇需要协助的一共多少', township],
    ['自然资源与规划领域一共多少项', inDomain('自然资源与规划')],
    ['水利领域有哪些', inDomain('水利')],
    ['党的建设有多少条', inDomain('党的建设')],
    ['安全生产领域几项', inDomain('安全生产与应急管理')],
    ['卫生健康领域有哪些事项', inDomain('卫生健康')],
    ['属地管理清单一共多少项', isKind('territorial')],
    ['职责任务清单有几项', isKind('duty')],
    ['赋权事项有哪些', isKind('delegated')],
    ['我们镇能处罚哪些', isKind('delegated')],
    ['上级收回了哪些', isKind('reclaimed')],
    ['配合履职有几项', isKind('cooperative')],
    ['基本履职事项有哪些', isKind('basic')],
    ['赋权事项里城市管理有几项', both(isKind('delegated'), inDomain('城市管理'))],
    ['消防安全领域公安局牵头的', both(inDomain('消防安全'), leads('县公安局'))],
  ];

  for (const name of Object.keys(VISIBLE))
    it.each(phrasings)(`${name}:%s`, (text, has) => {
      expect(listed(name, text)?.sort()).toEqual(counted(name, has).sort());
    });

  it('counts a unit in either role, delegated lists included', () => {
    const has = (row: RawRow) => unitsOf(`${row['主体责任单位']}|${row['配合单位']}`).includes(HOUSING);
    expect(listed('张三', '住建局有哪些事项')?.sort()).toEqual(counted('张三', has).sort());
  });

  it('counts for every department what it leads and what it supports', () => {
    const departments = assistant().tools.directory.organizations.filter((o) => o.kind === 'department');
    for (const { name } of departments) {
      expect(listed('张三', `${name}牵头的有哪些`)?.sort(), name).toEqual(
        counted('张三', leads(name)).sort(),
      );
      expect(listed('张三', `${name}配合的有哪些`)?.sort(), name).toEqual(
        counted('张三', supports(name)).sort(),
      );
    }
  });
});

describe('a domain that is named in full', () => {
  const text = '生态环境领域一共多少项';
  it.each(['张三', '罗丙六', '黄戊六'])('is counted alone for %s', (name) => {
    expect(listed(name, text)?.sort()).toEqual(counted(name, inDomain('生态环境')).sort());
  });

  // BUG src/lists/structured.ts, findDomain: a part of 生态环境与城乡建设 is as long as the whole name 生态环境 and the
  // first one wins; for county staff got the 24 duty rows, wanted the 12 territorial ones (the whole name first).
  it('is counted alone for county staff', () => {
    expect(listed('李四', text)?.sort()).toEqual(counted('李四', inDomain('生态环境')).sort());
  });
});

describe('a domain whose name is also what people call a department', () => {
  // BUG src/lists/structured.ts, parseListing: `民政` is an alias of 县民政局, its mention is cut out before the domain
  // is looked for; got the rows that involve the bureau, wanted the rows of the domain.
  it('is counted as a domain when the text says so', () => {
    expect(listed('张三', '民政领域一共几项')?.sort()).toEqual(counted('张三', inDomain('民政')).sort());
  });
});

describe('parseListing', () => {
  const parse = (text: string) => parseListing(text, assistant().tools.directory, ['水利', '住房和城乡建设']);

  it('asks back when nothing narrows the rows', () => {
    for (const text of [
      '有哪些事项',
      '全部列出来',
      '',
      '市场监管局不牵头的有哪些',
      '哪些部门配合住建局',
      '公安局配合住建局的有哪些',
    ])
      expect(parse(text)).toBeNull();
  });

  it('knows the batch, the township that is named, and the whole', () => {
    expect(parse('第二批里应急管理局牵头的有几项')?.filter).toEqual({
      batch: '第二批',
      lead: '县应急管理局',
    });
    expect(parse('清水乡能罚的有哪些')).toEqual({ filter: { kind: 'delegated' }, township: '清水乡' });
    expect(parse('清单一共有多少项')).toEqual({ filter: {}, township: null });
  });

  it('knows who asks whom to co-operate', () => {
    expect(parse('住建局要我们镇配合的有哪些')?.filter).toEqual({
      lead: '县住房和城乡建设局',
      support: '乡镇(街道)',
    });
    expect(parse('我们镇负责的有多少项')?.filter).toEqual({ lead: '乡镇(街道)' });
  });

  it('does not take a department for a domain', () => {
    expect(parse('水利局牵头的有哪些')?.filter).toEqual({ lead: '县水利局' });
    expect(parse('住房和城乡建设局牵头的有哪些')?.filter).toEqual({ lead: HOUSING });
  });
});
