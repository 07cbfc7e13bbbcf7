import { describe, expect, it } from 'vitest';
import { askerOf } from '../../src/lists/answer.js';
import { filterRows } from '../../src/lists/structured.js';
import { parseStructured } from '../../src/lists/structured-ask.js';
import type { Question } from '../../src/lists/structured-question.js';
import type { Session } from '../../src/core/session.js';
import { useAssistant } from '../helpers/assistant.js';
import { readRawRows, unitsOf, type RawRow } from '../helpers/lists.js';

const assistant = useAssistant();
const raw = readRawRows();

const CENTRE = ['duty', 'territorial-1', 'territorial-2', 'territorial-3', 'delegated-1'];
const VISIBLE: Record<string, string[]> = {
  张三: [...CENTRE, 'basic', 'cooperative', 'reclaimed'],
  罗丙六: [...CENTRE, 'basic-2', 'cooperative-2', 'reclaimed-2'],
  黄戊六: [...CENTRE.slice(0, 4), 'delegated-2'],
  李四: CENTRE.slice(0, 4),
};

const after = (filter: Question): Session => ({
  updatedAt: 0,
  offered: [],
  isChoosing: false,
  listing: { filter: { ...filter }, page: 0 },
});

/** What the bot understands, every word explained; null when it would ask back. */
function asked(name: string, text: string, session: Session | null = null): Question | null {
  const { knowledge, tools } = assistant();
  const parsed = parseStructured({ text, person: tools.directory.personNamed(name), session }, knowledge);
  if (parsed?.rest !== '') return null;
  // What it was narrowed from is kept for 剩下的 alone.
  const { base: _, ...question } = parsed.question;
  return question;
}

/** What the bot counts for a person, as `list/number`. */
function listed(name: string, text: string, session: Session | null = null): string[] | null {
  const { knowledge, tools } = assistant();
  const asker = askerOf(tools.directory.personNamed(name), knowledge);
  const question = asked(name, text, session);
  return (
    question &&
    filterRows(
      knowledge.index.entries.filter((entry) => knowledge.index.isVisible(entry, asker)),
      question,
    ).rows.map(({ row }) => `${row.listId}/${row.number}`)
  );
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
const TOWNSHIP = '乡镇(街道)';

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

describe('what is asked', () => {
  it('asks back when nothing narrows the rows', () => {
    for (const text of ['有哪些事项', '', '市场监管局不牵头的有哪些', '这是民政还是残联的活'])
      expect(asked('张三', text), text).toBeNull();
  });

  it('knows the batch, the township that is named, and the whole', () => {
    expect(asked('张三', '第二批里应急管理局牵头的有几项')).toEqual({
      ask: 'rows',
      batch: '第二批',
      lead: '县应急管理局',
    });
    expect(asked('李四', '清水乡能罚的有哪些')).toEqual({
      ask: 'rows',
      kind: 'delegated',
      township: '清水乡',
    });
    expect(asked('张三', '清单一共有多少项')).toEqual({ ask: 'rows' });
  });

  it.each<[string, string, Partial<Question>]>([
    ['张三', '住建局要我们镇配合的有哪些', { lead: HOUSING, support: TOWNSHIP }],
    ['李四', '柳林镇配合我们局的有哪些', { lead: HOUSING, support: TOWNSHIP, township: '柳林镇' }],
    ['李四', '我们局配合交通局的有几项', { lead: '县交通运输局', support: HOUSING }],
    ['张三', '公安局配合住建局的有哪些', { lead: HOUSING, support: '县公安局' }],
    ['张三', '畜牧配合环保的呢', { lead: '市生态环境局青山县分局', support: '县畜牧兽医事业发展中心' }],
    ['张三', '林业局牵头、农业局配合的有哪些', { lead: '县林业局', support: '县农业农村局' }],
    ['张三', '我们给公安打配合的有几项', { lead: '县公安局', support: TOWNSHIP }],
    ['张三', '我们镇负责的有多少项', { lead: TOWNSHIP }],
    ['张三', '要配合的有哪些', { support: TOWNSHIP }],
  ])('%s:%s goes in one direction', (name, text, question) => {
    expect(asked(name, text)).toMatchObject(question);
  });

  it('does not take a department for a domain', () => {
    expect(asked('张三', '水利局牵头的有哪些')).toEqual({ ask: 'rows', lead: '县水利局' });
    expect(asked('张三', '住房和城乡建设局牵头的有哪些')).toEqual({ ask: 'rows', lead: HOUSING });
  });

  it.each<[string, Partial<Question>]>([
    ['第一批第36项是啥', { ask: 'row', batch: '第一批', number: '36' }],
    ['职责任务清单第110项', { ask: 'row', kind: 'duty', number: '110' }],
    ['第三批四十', { ask: 'row', batch: '第三批', number: '40' }],
    ['青编发〔2026〕5号是哪份', { ask: 'document', document: '青编发〔2026〕5号' }],
    ['哪几个乡镇算农业乡镇', { ask: 'townships', townshipClass: '农业乡镇' }],
    ['白马镇赋权算哪一类', { ask: 'class', township: '白马镇' }],
    ['住建局和综合执法局怎么分工', { ask: 'division', unit: HOUSING, other: '县综合行政执法局' }],
    ['哪些部门配合住建局', { ask: 'group', by: 'support', lead: HOUSING }],
    ['人社局、医保局各牵头几项', { ask: 'units' }],
    ['没有写配合单位的有哪些', { ask: 'rows', without: 'support' }],
    ['城管局以外的赋权有几项', { kind: 'delegated', exclude: '县综合行政执法局' }],
    ['事项名字里带“噪声”的有哪些', { keyword: '噪声' }],
    ['涉及河道的有几项', { keyword: '河道' }],
    ['便民服务办事指南一共有多少事项', { ask: 'rows', kind: 'service' }],
    ['教育局从乡镇收回了几项', { kind: 'reclaimed', unit: '县教育和体育局', township: '柳林镇' }],
    ['民政局从石桥镇收走了哪些', { kind: 'reclaimed', unit: '县民政局', township: '石桥镇' }],
    ['我们被文旅局收回了几项', { kind: 'reclaimed', unit: '县文化和旅游局', township: '柳林镇' }],
    ['柳林镇收回事项里民政局牵头的几项', { kind: 'reclaimed', lead: '县民政局', township: '柳林镇' }],
    ['住建局下放给我们镇的有几条', { kind: 'delegated', unit: HOUSING, township: '柳林镇' }],
    ['安全监管岗负责哪些', { ask: 'post', post: '安全监管岗' }],
    ['李四是哪个单位的', { ask: 'person', person: '李四' }],
    ['李四是哪个单位的', { ask: 'person', person: '李四' }],
    ['曾乙二管什么', { ask: 'person', person: '曾乙二' }],
    ['柳林镇谁管低保', { ask: 'carrier', township: '柳林镇', field: '低保' }],
    ['编办管清单的是哪个同志', { ask: 'staff', unit: '县委编办', field: '清单' }],
    ['住建局电话多少', { ask: 'phone', unit: HOUSING }],
    ['水土保持法对应哪些', { ask: 'rows', basis: '水土保持法' }],
    ['赋权里按燃气管理条例罚的有几条', { kind: 'delegated', basis: '城镇燃气管理条例' }],
    ['农业乡镇的林业口几个', { ask: 'rows', townshipClass: '农业乡镇', domain: '林业', isWide: 'yes' }],
    ['公安局跟消防大队之间咋分工的', { ask: 'division', unit: '县公安局', other: '县消防救援大队' }],
    ['住建局和交通局一块牵头的', { lead: HOUSING, other: '县交通运输局', both: 'lead' }],
    ['民政局的事里头残联配合的有哪些', { support: '县残联', other: '县民政局' }],
    ['供电公司都配合谁', { ask: 'rows', support: '县供电公司' }],
    ['不用我们镇配合的有哪些', { exclude: '乡镇(街道)' }],
    ['收回清单里都是哪些单位接', { ask: 'group', by: 'lead', kind: 'reclaimed' }],
    ['石桥的书记呢', { ask: 'staff', township: '石桥镇', title: '书记' }],
    ['分管的副县长是哪个', { ask: 'staff', title: '副县长' }],
    ['民政局是哪个在对接', { ask: 'staff', unit: '县民政局' }],
    ['住建局值班号码发一个', { ask: 'phone', unit: HOUSING }],
    ['我这岗上都管些啥', { ask: 'person', person: '张三' }],
    ['李四是水利局的吧', { ask: 'person', person: '李四', unit: '县水利局' }],
    ['石桥司法所都有谁', { ask: 'staff', office: '司法所', township: '石桥镇' }],
    ['属地管理清单头一批总共几项', { ask: 'rows', batch: '第一批' }],
    ['首批一共几项', { ask: 'rows', batch: '第一批' }],
    ['三个批次合起来多少', { ask: 'rows', kind: 'territorial' }],
    ['隔壁云岭乡的司法所是谁', { ask: 'staff', office: '司法所', township: '云岭乡' }],
    ['咱镇管环保的是谁', { ask: 'carrier', township: '柳林镇', field: '环保' }],
  ])('%s', (text, question) => {
    expect(asked('张三', text)).toMatchObject(question);
  });

  it.each(['只有一家配合的有几项', '住建局不牵头也不配合的有哪些', '是清单里第几项', '石桥塌了谁管'])(
    '%s is not half understood',
    (text) => {
      expect(asked('张三', text)).toBeNull();
    },
  );
});

describe('what goes on from a listing', () => {
  it.each<[Question, string, Question]>([
    [{ ask: 'rows', kind: 'delegated' }, '消防的几项', { ask: 'rows', kind: 'delegated', domain: '消防' }],
    [
      { ask: 'rows', batch: '第一批', lead: HOUSING },
      '第二批呢',
      { ask: 'rows', batch: '第二批', lead: HOUSING },
    ],
    [{ ask: 'rows', batch: '第一批', lead: HOUSING }, '第三批总数呢', { ask: 'rows', batch: '第三批' }],
    [
      { ask: 'rows', batch: '第二批', lead: HOUSING },
      '念一下都是哪些',
      { ask: 'rows', batch: '第二批', lead: HOUSING },
    ],
    [{ ask: 'rows', lead: HOUSING }, '配合的呢', { ask: 'rows', support: HOUSING }],
    [{ ask: 'rows', lead: HOUSING }, '水利局呢', { ask: 'rows', lead: '县水利局' }],
    [
      { ask: 'rows', lead: HOUSING, support: '县公安局' },
      '倒过来呢',
      { ask: 'rows', lead: '县公安局', support: HOUSING },
    ],
    [
      { ask: 'row', batch: '第一批', number: '3' },
      '那最后一项呢',
      { ask: 'row', batch: '第一批', number: 'last' },
    ],
    [{ ask: 'rows', lead: HOUSING }, '配合别人的呢', { ask: 'rows', support: HOUSING }],
    [
      { ask: 'rows', support: HOUSING },
      '配合城管局的是哪些',
      { ask: 'rows', support: HOUSING, lead: '县综合行政执法局' },
    ],
    [{ ask: 'document', batch: '第一批' }, '第二批的文号', { ask: 'document', batch: '第二批' }],
    [{ ask: 'rows', lead: HOUSING }, '水利局局长', { ask: 'staff', unit: '县水利局', title: '局长' }],
    [
      { ask: 'rows', townshipClass: '农业乡镇', domain: '林业' },
      '农业农村那口呢 还是农业乡镇',
      { ask: 'rows', townshipClass: '农业乡镇', domain: '农业农村', isWide: 'yes' },
    ],
    [
      { ask: 'rows', townshipClass: '农业乡镇', domain: '林业' },
      '咱柳林的消防口列一下',
      { ask: 'rows', kind: 'delegated', township: '柳林镇', domain: '消防', isWide: 'yes' },
    ],
    [
      { ask: 'units', units: '县民政局', kind: 'territorial' },
      '主责的那些念给我听',
      { ask: 'rows', kind: 'territorial', lead: '县民政局' },
    ],
    [
      { ask: 'rows', support: '县供电公司' },
      '水利局牵头的占几个',
      { ask: 'rows', support: '县供电公司', lead: '县水利局' },
    ],
    [
      { ask: 'staff', unit: HOUSING, title: '局长' },
      '那林业局的呢',
      { ask: 'staff', unit: '县林业局', title: '局长' },
    ],
    [
      { ask: 'person', person: '张三' },
      '杏花乡干这摊的是谁',
      { ask: 'staff', township: '杏花乡', person: '张三' },
    ],
    [{ ask: 'staff', unit: HOUSING }, '局长是谁', { ask: 'staff', unit: HOUSING, title: '局长' }],
    [{ ask: 'post', post: '安全监管岗' }, '他管多少项', { ask: 'post', post: '安全监管岗' }],
    [
      { ask: 'post', post: '安全监管岗', township: '柳林镇' },
      '石桥镇干这个岗的是谁',
      { ask: 'post', post: '安全监管岗', township: '石桥镇' },
    ],
    [
      { ask: 'post', post: '安全监管岗', township: '柳林镇' },
      '云岭乡这个岗管几项',
      { ask: 'post', post: '安全监管岗', township: '云岭乡' },
    ],
    [{ ask: 'class', township: '白马镇' }, '云岭呢', { ask: 'class', township: '云岭乡' }],
  ])('%j, %s', (before, text, question) => {
    expect(asked('张三', text, after(before))).toEqual(question);
  });

  it('is nothing of it where the sentence is complete', () => {
    expect(asked('张三', '水利局牵头的有几项', after({ ask: 'rows', batch: '第一批' }))).toEqual({
      ask: 'rows',
      lead: '县水利局',
    });
  });

  it('counts 剩下的 against what was narrowed last', () => {
    const { knowledge, tools } = assistant();
    const person = tools.directory.personNamed('张三');
    const before: Question = { ask: 'rows', support: '县供电公司' };
    const narrowed = parseStructured(
      { text: '水利局牵头的占几个', person, session: after(before) },
      knowledge,
    );
    const session = after(narrowed?.question ?? {});
    const all = listed('张三', '供电公司配合的有哪些') ?? [];
    const some = listed('张三', '水利局牵头的占几个', after(before)) ?? [];
    const left = listed('张三', '剩下的呢', session) ?? [];
    expect(some.length).toBeGreaterThan(0);
    expect(left.sort()).toEqual(all.filter((row) => !some.includes(row)).sort());
  });

  it('leaves what is asked of the row in focus', () => {
    const session = { ...after({ ask: 'row', batch: '第一批', number: '3' }), focus: 'e/a/3' };
    for (const text of ['公安局呢', '住建局干什么', '林业局配合啥'])
      expect(asked('张三', text, session), text).toBeNull();
  });
});

it('goes on to another item of a list by its number alone', () => {
  const row = asked('李四', '属地第三批第38项是啥');
  expect(row).toMatchObject({ ask: 'row', number: '38' });
  for (const text of ['39呢', '那39项是啥', '三十九呢'])
    expect(asked('李四', text, row && after(row)), text).toMatchObject({ ...row, number: '39' });
});

it('knows the service guides by the short word', () => {
  expect(asked('李四', '指南总共几个事项')).toMatchObject({ ask: 'rows', kind: 'service' });
});
