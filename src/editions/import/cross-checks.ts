/** Whether what was read can be right: counts that the file states, duties and units that do not match, rows taken out. */
import type { Directory } from '../../organizations/directory.js';
import { nameSimilarity } from '../../organizations/names.js';
import { isSameCell } from '../../files/spans.js';
import { shorten } from '../../text/shorten.js';
import { countIn, hasSectionForm, isTitle, titleText } from './lines.js';
import { partsOf } from './parts.js';
import type { ListRow, ReadList } from './read-lists.js';
import { hasOtherCount } from './pairing.js';
import { NUMBERING, SHARED, splitUnitNames } from './units.js';

export type Report = (row: number, column: number | undefined, message: string, remedy: string) => void;

const COMPARE = '对照印发文本核对是否漏读、多读;清单自己写错的,确认后继续';

/** `共132项` in the title or above the table, `一、党的建设(12项)`, a total row. */
export function checkStated(list: ReadList, all: ReadList[], report: Report): void {
  const { table } = list;
  // One table that is several lists (batches, a column of titles) is counted with the first of them.
  if (all.find((other) => other.table === table) !== list) return;
  const total = all.reduce((sum, other) => sum + other.rows.length, 0);
  const tables = [...new Set(partsOf(list, all).map((part) => part.table))];
  const matters = tables.flatMap((part) => part.matters);
  const read = matters.length;
  const header = table.header.rows[0] ?? 0;
  // The title is one of the lines, without 附件1 before it, or stands elsewhere.
  const isOwn = table.lines.some((line) => titleText(line) === list.title);
  const notes = table.notes.filter((note) => /本(?:清单|目录|表)[^,\uff0c。]{0,6}共/.test(note));
  for (const line of new Set([...(isOwn ? [] : [list.title]), ...table.lines, ...notes])) {
    const count = countOfLine(line);
    if (count !== null && count !== read && count !== total)
      report(
        table.lineRows.get(line) ?? header,
        undefined,
        `“${shorten(line, 30)}”写明共${count}项,读到${read}项`,
        COMPARE,
      );
  }
  for (const { row, text, count, category } of table.stated) {
    const found = category === null ? read : matters.filter((matter) => matter.category === category).length;
    if (found !== count && !(category === null && count === total))
      report(row, undefined, `“${shorten(text, 30)}”写明${count}项,读到${found}项`, COMPARE);
  }
}

/** A section's own count is no count of the table. */
function countOfLine(line: string): number | null {
  const title = isTitle(line);
  if (hasSectionForm(line) && !title) return null;
  const counts = [...line.matchAll(/[共计](?:有|列|含|收录|梳理)?\s{0,3}(\d{1,4})\s{0,3}[项条]/g)].map(
    (match) => Number(match[1]),
  );
  const [count] = counts;
  if (count !== undefined) return counts.length === 1 ? count : null;
  return title ? countIn(line) : null;
}

/**
 * Three units one below the other beside two duties one below the other: which is whose, nobody can tell. Where only the
 * duties are divided they may be shared, which is to be confirmed.
 */
export function checkCounts({ table }: ReadList, row: ListRow, problem: Report, confirm: Report): void {
  const isRead = (name: string) => [...row.lead, ...row.support].some((entry) => entry.unit === name);
  for (const { unit, duty, isSingle } of table.mapping.parties) {
    if (unit === undefined || duty === undefined || isSingle) continue;
    for (const part of row.source.parts) {
      const [units, duties] = [part.at(unit), part.at(duty)];
      if (
        units?.row !== part.row ||
        duties?.row !== part.row ||
        !hasOtherCount(units.text, duties.text, isRead)
      )
        continue;
      const lines = duties.text.split(/[|\n]/).filter((line) => line.trim() !== '');
      const names = units.text.split(/[|\n]/).filter((line) => line.trim() !== '');
      // 1.县交通运输局 2.县公安局 3.县工信局 beside 1.… 2.…: the numbers say whose each is, and one has none.
      const areNumbered = [...lines, ...names].every((line) => NUMBERING.test(line));
      if (
        (!areNumbered && lines.some((line) => NUMBERING.test(line))) ||
        (names.length === 1 && splitUnitNames(units.text, isRead).length < 2)
      )
        continue;
      const report = names.length > 1 ? problem : confirm;
      report(
        duties.row,
        duties.column,
        `单位有${splitUnitNames(units.text, isRead).length}个,职责有${lines.length}段,分不清各是谁的`,
        '按印发文本写成“单位:职责”,或一个单位一段职责',
      );
    }
  }
}

/** One printed cell that lies across two fields is read as both of them. */
export function checkDoubles({ table }: ReadList, row: ListRow, report: Report): void {
  const { simple, parties } = table.mapping;
  const columnsOf = (role: 'lead' | 'support') =>
    parties.flatMap((p) => (p.role === role ? [p.unit, p.duty, p.both] : []));
  const fields = [
    ['事项名称', [simple.matter]],
    ['主体责任', columnsOf('lead')],
    ['配合责任', columnsOf('support')],
  ] as const;
  const [part] = row.source.parts;
  if (!part) return;
  const slotsOf = (columns: readonly (number | undefined)[]) =>
    columns.flatMap((column) => (column === undefined ? [] : (part.at(column) ?? [])));
  for (const [at, [name, columns]] of fields.entries())
    for (const [other, others] of fields.slice(at + 1)) {
      const twice = slotsOf(columns).find(
        (slot) => slot.text.trim() !== '' && slotsOf(others).some((it) => isSameCell(it, slot)),
      );
      if (twice)
        report(
          twice.row,
          twice.column,
          `这一格横跨“${name}”和“${other}”两栏,两栏都读作了它`,
          '对照印发文本核对;属于其中一栏的,取消合并后重新导入',
        );
    }
}

/** 县水利据:… inside a duty: nearly a unit, so its duty may have been read as another's. */
export function checkSlips(row: ListRow, directory: Directory, warn: Report, problem: Report): void {
  for (const { unit, duty, dutyRow, dutyColumn } of [...row.lead, ...row.support]) {
    const [, first = ''] = /^([\u4e00-\u9fff]{3,16})[:\uff1a]/.exec(duty) ?? [];
    const other = first === '' ? null : directory.resolve(first);
    const own = directory.resolve(unit);
    if (own && other && own !== other)
      problem(
        dutyRow,
        dutyColumn,
        `“${unit}”的职责以“${first}:”开头,分不清是谁的`,
        '对照印发文本,改正单位一栏,或删去职责前的单位',
      );
    for (const [, name = ''] of duty.matchAll(/(?<=[。;\uff1b]\s{0,9})([\u4e00-\u9fff]{3,16})[:\uff1a]/g)) {
      const near = directory.nearest(name).find((unit) => nameSimilarity(unit, name) >= 0.6);
      if (near && directory.resolve(name) === null)
        warn(dutyRow, dutyColumn, `“${name}:”没有读作单位`, `是否为“${near}”?是的,改正名称后重新导入`);
    }
  }
}

const TAKEN_OUT = /[(\uff08](?:已)?(?:删除|取消|废止|停止执行|不再执行)[)\uff09]$/;

/** Rows that are taken out, and rows that say so of themselves but are read. */
export function checkDeleted({ table, rows }: ReadList, warn: Report, confirm: Report): void {
  const column = table.mapping.simple.matter;
  for (const { row, text } of table.deleted ?? [])
    warn(row, column, `这一行写明“${shorten(text, 20)}”,没有读作事项`, '仍有这一事项的,按印发文本补上内容');
  for (const { row, matter } of rows)
    if (TAKEN_OUT.test(matter))
      confirm(
        row,
        column,
        `“${shorten(matter, 30)}”像是已经取消的事项,仍读作一项`,
        '已取消的,删去这一行后重新导入',
      );
}

/** Units that take part only because another one of their cell is marked as leading. */
function checkImplied({ rows }: ReadList, report: Report): void {
  for (const { lead, support } of rows) {
    const [first] = support.filter(({ isImplied }) => isImplied);
    if (first)
      report(
        first.row,
        first.column,
        `标明牵头的是“${lead.map(({ unit }) => unit).join('、')}”,“${first.unit}”没有标明,读作配合单位`,
        '没有标明的也是主体责任单位的,去掉“（牵头）”后重新导入',
      );
  }
}

/** Who cannot be called, and whose part was inferred. */
export function checkUnits(list: ReadList, report: Report, confirm: Report): void {
  checkShared(list, report);
  checkImplied(list, report);
  checkOffices(list, confirm);
}

/** 党的建没办公室: an office that the directory does not know beside others of the same unit. */
function checkOffices({ rows }: ReadList, report: Report): void {
  const seen = new Set<string>();
  for (const { lead, support } of rows)
    for (const { unit, row, column, isNewOffice } of [...lead, ...support]) {
      if (!isNewOffice || seen.has(unit)) continue;
      seen.add(unit);
      report(
        row,
        column,
        `机构名录中没有“${unit}”这个内设机构`,
        '名称有误的,改正后重新导入;确有这个机构的,在机构名录中增加',
      );
    }
}

/** 各有关部门: printed as a unit, but nobody can be called. Once a list. */
function checkShared({ rows }: ReadList, warn: Report): void {
  const found = rows.flatMap(({ lead, support }) =>
    [...lead, ...support].filter(({ unit }) => SHARED.test(unit)),
  );
  const [first] = found;
  if (first)
    warn(
      first.row,
      first.column,
      `“${first.unit}”不是具体单位${found.length > 1 ? `(共${found.length}处这样写)` : ''},提问时答不出是谁`,
      '能确定单位的,写明单位名称',
    );
}
