import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/core/domain.js';
import { rowKey } from '../../../src/core/domain.js';
import { readLists } from '../../../src/editions/folder.js';
import { loadFacts } from '../../../src/editions/lint/facts.js';
import { findingText, lintLists } from '../../../src/editions/lint/lint.js';
import { createDirectory } from '../../../src/organizations/directory.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { LISTS_DIR } from '../../helpers/lists.js';

const directory = loadDirectory('knowledge/organizations');
const { lists, rows } = readLists(LISTS_DIR, directory);
const facts = loadFacts('knowledge/lint.yaml');
const TODAY = '2026-06-01';

describe('the sample lists', () => {
  it('are clean', () => {
    expect(lintLists({ lists, rows }, directory, facts, TODAY).map((it) => findingText(it, lists))).toEqual(
      [],
    );
  });
});

describe('a copy with forty faults', () => {
  const copy: Row[] = structuredClone(rows);
  const planted: [rule: string, key: string][] = [];
  const rowAt = (key: string): Row => {
    const found = copy.find((row) => rowKey(row) === key);
    if (!found) throw new Error(key);
    return found;
  };
  let number = 900;
  const add = (rule: string, listId: string, row: Row) => {
    const added = { ...structuredClone(row), listId, number: String(number++) };
    copy.push(added);
    planted.push([rule, rowKey(added)]);
    return added;
  };
  const change = (rule: string, key: string, edit: (row: Row) => void) => {
    edit(rowAt(key));
    planted.push([rule, key]);
  };
  for (const key of [3, 12, 20, 28, 33, 40].map((at) => `territorial-1/${at}`)) {
    const row = add('牵头不一', 'cooperative', rowAt(key));
    row.lead = [{ unit: '县大数据局', duty: '建设信息平台并归集数据。' }];
    row.support = [];
  }
  for (const key of [
    'delegated-1/56',
    'delegated-1/60',
    'delegated-2/33',
    'delegated-1/57',
    'delegated-1/21',
  ])
    change('处罚主体不一', key, (row) => (row.lead = [{ unit: '县商务局', duty: '' }]));
  change('数字不一', 'basic/25', (row) => {
    for (const part of row.lead) part.duty = part.duty.replace('四到场', '三到场');
    row.matter = row.matter.replace('四到场', '三到场');
  });
  for (const [key, other, words] of [
    ['duty/104', 'territorial-3/11', '接到报告后N小时内到场处置。'],
    ['duty/69', 'territorial-3/18', '对重点儿童每季度走访N次。'],
    ['duty/128', 'territorial-2/35', '受理后N日内组织调解。'],
    ['duty/106', 'territorial-3/39', '接到预警后N分钟内联系本人。'],
  ] as const) {
    const put = (row: Row, count: string) => {
      const part = [...row.lead, ...row.support].at(-1);
      if (part) part.duty += words.replace('N', count);
    };
    put(rowAt(other), '2');
    change('数字不一', key, (row) => put(row, '5'));
  }
  for (const at of [1, 4, 9, 13, 20]) {
    const { matter, domain } = rowAt(`reclaimed/${at}`);
    const duty = '按时完成并接受考核。';
    add('已收回仍承担', 'duty', {
      ...rowAt('duty/1'),
      ...{ matter, domain, lead: [{ unit: '乡镇(街道)', duty }] },
    });
  }
  for (const key of ['duty/5', 'basic/9', 'territorial-2/14', 'delegated-2/20', 'reclaimed/8'])
    change('没有依据', key, (row) => (row.basis = []));
  const old = ['环境噪声污染防治法', '合同法', '婚姻法', '城市规划法', '行政监察法'];
  for (const [at, law] of old.entries())
    change('依据失效', `territorial-3/${at + 2}`, (row) => row.basis.push(`《中华人民共和国${law}》第三条`));
  for (const key of ['duty/20', 'duty/90', 'territorial-2/5', 'territorial-3/9', 'basic/30']) {
    const row = add('近似重复', rowAt(key).listId, rowAt(key));
    row.matter = `${row.matter}工作`;
  }
  const idle = ['县粮食和物资储备局', '县乡村振兴局', '县机关事务服务中心', '县投资促进局'];
  const more = createDirectory({
    ...directory,
    people: directory.people,
    posts: [...directory.posts],
    organizations: [
      ...directory.organizations,
      ...idle.map((name) => ({ name, kind: 'department' as const, aliases: [] })),
    ],
  });
  const findings = lintLists({ lists, rows: copy }, more, facts, TODAY);

  it('shows at least 38 of them, and at most 5 others', () => {
    const all = [...planted, ...idle.map((name) => ['单位没有事项', name] as const)];
    expect(all).toHaveLength(40);
    const missing = all.filter(
      ([rule, key]) =>
        !findings.some((it) => it.rule === rule && (it.rows.includes(key) || it.message.includes(key))),
    );
    expect(missing.length, JSON.stringify(missing)).toBeLessThanOrEqual(2);
    const keys = new Set(all.map(([, key]) => key));
    const others = findings.filter(
      (it) => !it.rows.some((key) => keys.has(key)) && !idle.some((name) => it.message.includes(name)),
    );
    expect(others.map((it) => findingText(it, lists)).slice(5)).toEqual([]);
  });

  it('says nothing of what the office has accepted, nor of a law before its day', () => {
    const [first] = findings.filter((it) => it.rows.length === 2);
    const accepted = { ...facts, accepted: [{ rows: first?.rows ?? [] }] };
    const left = lintLists({ lists, rows: copy }, more, accepted, TODAY);
    expect(left.some((it) => it.rows.join() === first?.rows.join())).toBe(false);
    const early = lintLists({ lists, rows: copy }, more, facts, '2005-01-01');
    expect(early.filter((it) => it.rule === '依据失效')).toEqual([]);
  });
});

describe('contradictions of rows that have little in common', () => {
  const findingsOf = (edit: (rows: Map<string, Row>) => void) => {
    const copy: Row[] = structuredClone(rows);
    edit(new Map(copy.map((row) => [rowKey(row), row])));
    return lintLists({ lists, rows: copy }, directory, facts, TODAY).map((it) => [
      it.rule,
      it.rows.join(' '),
    ]);
  };
  const say = (row: Row | undefined, words: string) => {
    const [part] = row?.lead ?? [];
    if (part) part.duty += words;
  };

  it('finds a quoted name with another number in another list', () => {
    const found = findingsOf((at) => {
      say(at.get('territorial-1/3'), '落实“五上门”制度。');
      say(at.get('duty/40'), '按“六上门”要求服务。');
      say(at.get('duty/41'), '按“六上门”要求走访。');
    });
    expect(found).toEqual([['数字不一', 'duty/40 territorial-1/3']]);
  });

  it('finds a penalty that two classes of townships have from two departments', () => {
    const same = (a: Row) => rows.find((b) => b.listId === 'delegated-2' && b.matter === a.matter);
    const item = rows.find((row) => row.listId === 'delegated-1' && same(row));
    const found = findingsOf((at) => {
      const row = item && at.get(rowKey(item));
      if (row) row.lead = [{ unit: '县商务局', duty: '' }];
    });
    const other = item && same(item);
    expect(found).toContainEqual(['处罚主体不一', `${item && rowKey(item)} ${other && rowKey(other)}`]);
  });
});
