/** The health of all lists together: what contradicts, repeats, lacks its law or cites one that is no longer in force. */
import { rowKey, type List, type Row } from '../../core/domain.js';
import { traitsOf } from '../../core/list-kinds.js';
import type { Directory } from '../../organizations/directory.js';
import { isTownshipUnit } from '../../organizations/names.js';
import { isOfTownship } from '../import/owners.js';
import { LABEL, SHARED } from '../import/units.js';
import { candidates, compared } from './compare.js';
import type { Facts } from './facts.js';
import { heaped } from './heaps.js';
import {
  isApart,
  otherEnforcer,
  otherLeads,
  otherNumbers,
  otherPunisher,
  quotedNumbers,
  sameTwice,
  takenBack,
  TWICE_RULE,
  type Finding,
  type Pair,
} from './pairs.js';

const PAIR_RULES = [otherLeads, otherPunisher, otherEnforcer, otherNumbers, takenBack, sameTwice];

/**
 * @param today YYYY-MM-DD: a law counts as repealed from its day on
 * @param isMeant rows of interest; what is found between two others is left out
 */
export function lintLists(
  { lists, rows: all }: { lists: List[]; rows: Row[] },
  directory: Directory,
  facts: Facts,
  today: string,
  isMeant: (row: Row) => boolean = () => true,
): Finding[] {
  // A guide says how a matter is done, not whose it is: it repeats the duty rows and often cites no law.
  const listOf = new Map(lists.filter(({ kind }) => !traitsOf(kind).isGuide).map((list) => [list.id, list]));
  const rows = all.filter(({ listId }) => listOf.has(listId));
  const accepted = new Set(facts.accepted.map((it) => [...it.rows].sort().join('\n')));
  const findings = [
    ...rows.filter(isMeant).flatMap((row) => alone(row, directory, facts, today)),
    ...pairFindings(rows, listOf, isMeant),
    ...otherNames(rows, listOf, isMeant),
    ...idleUnits(rows, directory, facts),
  ];
  const open = findings.filter((it) => !accepted.has([...it.rows].sort().join('\n')));
  const isRepeat = ({ rule }: Finding) => rule === TWICE_RULE;
  return [...open.filter((it) => !isRepeat(it)), ...heaped(open.filter(isRepeat))];
}

function pairFindings(
  rows: Row[],
  listOf: ReadonlyMap<string, List>,
  isMeant: (row: Row) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  for (const [a, b] of candidates(rows.map(compared), isMeant)) {
    const listA = listOf.get(a.row.listId);
    const listB = listOf.get(b.row.listId);
    if (!listA || !listB) continue;
    const pair: Pair = { a, b, listA, listB };
    for (const rule of isApart(listA, listB) ? [otherEnforcer] : PAIR_RULES) {
      const said = rule(pair);
      if (said) findings.push({ ...said, rows: [rowKey(a.row), rowKey(b.row)] });
    }
  }
  return findings;
}

/** “三到场” in one list and “四到场” in another, of whatever matter; each two numbers once. */
function otherNames(
  rows: Row[],
  listOf: ReadonlyMap<string, List>,
  isMeant: (row: Row) => boolean,
): Finding[] {
  const first = new Map<string, Map<number, Row>>();
  const findings: Finding[] = [];
  for (const row of rows)
    for (const [name, value] of quotedNumbers(row)) {
      const known = first.get(name) ?? new Map<number, Row>();
      first.set(name, known);
      if (known.has(value)) continue;
      for (const [other, before] of known) {
        const [listA, listB] = [listOf.get(before.listId), listOf.get(row.listId)];
        if (!listA || !listB || listA === listB || isApart(listA, listB)) continue;
        if (!isMeant(row) && !isMeant(before)) continue;
        findings.push({
          rule: '数字不一',
          message: `“${name}”的数字不同:${other} 和 ${value}`,
          remedy: '对照依据核对,两份清单改为一致',
          rows: [rowKey(before), rowKey(row)],
        });
      }
      known.set(value, row);
    }
  return findings;
}

function alone(row: Row, directory: Directory, facts: Facts, today: string): Finding[] {
  const found: Finding[] = [];
  const say = (rule: string, message: string, remedy: string) =>
    found.push({ rule, message, remedy, rows: [rowKey(row)] });
  if (row.basis.length === 0) say('没有依据', `“${row.matter}”没有写依据`, '按印发文本补上法律、法规或文件');
  for (const { law, since, now } of facts.repealed)
    if (since <= today && row.basis.some((basis) => basis.includes(`《${law}》`)))
      say('依据失效', `《${law}》已于${since}失效`, now ? `改为现行的${now}` : '改为现行的依据');
  for (const { unit, duty } of [...row.lead, ...row.support]) {
    const isPlace = isTownshipUnit(unit) || SHARED.test(unit);
    if (LABEL.test(unit)) say('不是单位', `“${unit}”不是单位名称`, '按印发文本改为单位名称');
    else if (!isPlace && directory.resolve(unit) === null)
      say('单位不在名录', `单位“${unit}”不在机构名录中`, '改用名录中的名称,或在机构名录中增加该单位');
    else if (!isPlace && isOfTownship(duty))
      say('职责错位', `“${unit}”的职责像是乡镇(街道)的职责`, '对照印发文本核对这项职责是谁的');
    for (const moved of facts.moved)
      if (moved.since <= today && duty.includes(moved.words) && !unit.includes(moved.unit))
        say('职责已划转', `“${unit}”${moved.words}:${moved.why}`, '改由承接单位办理');
  }
  return found;
}

/** Party organs and mass organizations have work of their own that no list divides. */
const NO_LISTED_WORK = /委办公室$|纪委|^县委|^团|总工会|妇联$|人大|政协/;

function idleUnits(rows: Row[], directory: Directory, facts: Facts): Finding[] {
  const named = new Set(
    rows.flatMap(({ lead, support }) =>
      [...lead, ...support].map(({ unit }) => directory.resolve(unit) ?? unit),
    ),
  );
  return directory.organizations
    .filter(({ name, kind, parent }) => kind === 'department' && !parent && !named.has(name))
    .filter(({ name }) => !NO_LISTED_WORK.test(name) && !facts.withoutRows.includes(name))
    .map(({ name }) => ({
      rule: '单位没有事项',
      message: `“${name}”在各份清单中没有任何事项`,
      remedy: '核对是否漏列或名称有误;确实没有的,写入 lint.yaml 的 withoutRows',
      rows: [],
    }));
}

/** One line each, for the terminal and for the page of a draft. */
export function findingText({ rule, rows, message, remedy }: Finding, lists: List[]): string {
  const where = rows.map((key) => {
    const at = key.lastIndexOf('/');
    const list = lists.find(({ id }) => id === key.slice(0, at));
    return `《${list?.title ?? key.slice(0, at)}》第${key.slice(at + 1)}项`;
  });
  return `[${rule}] ${where.length > 0 ? `${where.join('、')}:` : ''}${message}。处理办法:${remedy}。`;
}
