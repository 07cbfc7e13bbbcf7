/** Whether what was read can be right: counts that the file states, duties that fit their owners, columns left over. */
import type { Directory } from '../../organizations/directory.js';
import { nameSimilarity } from '../../organizations/names.js';
import { columnLetter } from '../../files/problem.js';
import { isSameCell } from '../../files/spans.js';
import { shorten } from '../../text/shorten.js';
import { describeMapping } from './columns.js';
import { isTownshipLabel } from './headers.js';
import { countIn, hasSectionForm, isTitle, titleText } from './lines.js';
import type { ListRow, ReadList } from './read-lists.js';
import { hasOtherCount } from './pairing.js';
import { tickColumns } from './scopes.js';
import { cleanText, NUMBERING, SHARED, splitUnitNames } from './units.js';
import { traitsOf } from '../../core/list-kinds.js';

export type Report = (row: number, column: number | undefined, message: string, remedy: string) => void;

const COMPARE = '对照印发文本核对是否漏读、多读;清单自己写错的,确认后继续';

/** `共132项` in the title or above the table, `一、党的建设(12项)`, a total row. */
export function checkStated(list: ReadList, all: ReadList[], report: Report): void {
  const { table } = list;
  // One table that is several lists (batches, a column of titles) is counted with the first of them.
  if (all.find((other) => other.table === table) !== list) return;
  const total = all.reduce((sum, other) => sum + other.rows.length, 0);
  const read = table.matters.length;
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
    const found =
      category === null ? read : table.matters.filter((matter) => matter.category === category).length;
    if (found !== count && !(category === null && count === total))
      report(row, undefined, `“${shorten(text, 30)}”写明${count}项,读到${found}项`, COMPARE);
  }
}

/** A section's own count is no count of the table. */
function countOfLine(line: string): number | null {
  const title = isTitle(line);
  if (hasSectionForm(line) && !title) return null;
  const counts = [...line.matchAll(/[共计]有?\s{0,3}(\d{1,4})\s{0,3}[项条]/g)].map((match) =>
    Number(match[1]),
  );
  const [count] = counts;
  if (count !== undefined) return counts.length === 1 ? count : null;
  return title ? countIn(line) : null;
}

const LONG = 15;

/** A column of text that no field takes is asked about: it may be the duties. */
export function checkUnread({ table, rows, kind }: ReadList, report: Report, confirm: Report): void {
  const ticked = tickColumns(table);
  const mapped = new Set([...describeMapping(table.mapping), ...ticked].map(({ index }) => index));
  // Lists that delegate say who enforced before, and nothing of duties.
  if (!traitsOf(kind).hasLeadDuties)
    for (const { role, unit, duty } of table.mapping.parties)
      if (role === 'lead' && unit !== undefined && duty !== undefined) mapped.delete(duty);
  const units = table.mapping.parties.find(({ role, unit }) => role === 'lead' && unit !== undefined)?.unit;
  const isDropped = kind === 'duty' && rows.every(({ lead }) => lead.length === 0) && units !== undefined;
  if (isDropped && rows.some((row) => row.source.parts[0]?.at(units)?.text.trim()))
    report(
      table.header.rows[0] ?? 0,
      units,
      `${columnLetter(units)}列的单位没有读取,这些事项读作由乡镇(街道)自己承担`,
      `写的是主体责任单位的,用 leadUnit=${columnLetter(units)} 指明`,
    );
  for (const { index, label } of table.header.columns) {
    if (mapped.has(index)) continue;
    const texts = rows
      .map((row) => cleanText(row.source.parts[0]?.at(index)?.text ?? ''))
      .filter((text) => text !== '');
    if (kind === 'delegated' && isTownshipLabel(label) && texts[0] !== undefined)
      confirm(
        table.header.rows[0] ?? 0,
        index,
        `“${label.split('/').at(-1)}”一栏的“${shorten(texts[0], 10)}”看不出是否适用,没有读取`,
        '适用的打“√”,不适用的留空,重新导入;不改的,这些事项按全县各乡镇答复',
      );
    const isLong = texts.filter((text) => text.length >= LONG).length * 2 > texts.length;
    if (texts.length * 3 < rows.length || !isLong) continue;
    const letter = columnLetter(index);
    report(
      table.header.rows[0] ?? 0,
      index,
      `${letter}列“${label}”有文字没有读取,例如“${shorten(texts[0] ?? '', 30)}”`,
      `是单位职责的,用 leadDuty=${letter} 或 supportDuty=${letter} 指明;不属于职责的不必处理`,
    );
  }
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
      if (
        lines.some((line) => NUMBERING.test(line)) ||
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

/** Two tables side by side under one header row: only the left one would be read. */
export function checkTwins({ table }: ReadList, problem: Report): void {
  const { columns, rows } = table.header;
  const first = columns.find(({ meaning }) => meaning?.field === 'number');
  const second = columns.find((column) => column !== first && first && column.label === first.label);
  const matters = columns.filter(({ meaning }) => meaning?.field === 'matter');
  if (second && new Set(matters.map(({ label }) => label)).size < matters.length)
    problem(
      rows[0] ?? 0,
      second.index,
      '这一行有左右并排的两套表头,右边一半没有读取',
      '拆成上下两张表,或分成两张工作表',
    );
}

/** ◎ that no legend explains, and a mark where a duty should stand. */
export function checkMarks({ table, rows }: ReadList, report: Report): void {
  const { matrix } = table.mapping;
  if (matrix && matrix.unsure.length > 0)
    report(
      table.header.rows[0] ?? 0,
      matrix.columns[0]?.index,
      `没有说明“${matrix.unsure.join('”“')}”是牵头还是配合,都读作主体责任单位`,
      '在表下注明,例如“注:●为牵头单位,○为配合单位”,重新导入;都是责任单位的,确认后继续',
    );
  for (const { lead, support } of rows)
    for (const { unit, duty, dutyRow, dutyColumn } of [...lead, ...support])
      if (duty !== '' && !/[\p{L}\p{N}]/u.test(duty))
        report(
          dutyRow,
          dutyColumn,
          `“${unit}”的职责只有符号“${shorten(duty, 6)}”`,
          '按印发文本写明牵头、配合或职责内容',
        );
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
export function checkUnits(list: ReadList, report: Report): void {
  checkShared(list, report);
  checkImplied(list, report);
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
