/** Columns that no word of the header explains, told by what they hold. */
import type { Header } from './columns.js';
import type { Column, Mapping, Party } from './mapping.js';
import type { GridRow } from '../../files/grid.js';
import { countKnownLabels, meaningOf } from './headers.js';
import { isTownshipUnit } from '../../organizations/names.js';
import { isNumberText } from './lines.js';
import { isUnitName, splitNamedDuties, splitUnitNames } from './units.js';

const SAMPLE_ROWS = 40;
const nobody = () => false;

const textsOf = (rows: GridRow[], column: number): string[] =>
  rows.flatMap((row) => row.cells.filter((cell) => cell.column === column).map((cell) => cell.text.trim()));

const shareOf = (texts: string[], test: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(test).length / texts.length;

const holdsUnits = (text: string): boolean => {
  const units = splitUnitNames(text, nobody);
  return units.length > 0 && units.every((unit) => isUnitName(unit, nobody));
};
const holdsNamedDuties = (text: string): boolean => {
  const { before, parts } = splitNamedDuties(text, nobody);
  return before === '' && parts.length > 0;
};

/**
 * Finds the number, the matter and the lead where the header does not name them.
 * @param rows the rows below the header; the first forty are looked at.
 */
export function fillByContent(mapping: Mapping, header: Header, rows: GridRow[]): Mapping {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const simple = { ...mapping.simple };
  const parties = [...mapping.parties];
  const free = () =>
    header.columns
      .filter(({ meaning, index, label }) => !meaning && !isTaken(index) && countKnownLabels([label]) === 0)
      .map(({ index }) => ({ index, texts: textsOf(sample, index) }));
  const isTaken = (index: number) =>
    Object.values(simple).includes(index) ||
    parties.some((party) => [party.unit, party.duty, party.both].includes(index)) ||
    (mapping.guide ?? []).some((column) => column.index === index);
  if (simple.number === undefined) {
    const found = free().find(({ texts }) => texts.length > 0 && shareOf(texts, isNumberText) >= 0.9);
    if (found) simple.number = found.index;
  }
  if (!parties.some((party) => party.role === 'lead')) {
    const named = free().find(({ texts }) => shareOf(texts, holdsNamedDuties) >= 0.7);
    const units = free().find(({ texts }) => shareOf(texts, holdsUnits) >= 0.7);
    if (named) parties.unshift({ role: 'lead', both: named.index });
    else if (units) parties.unshift({ role: 'lead', unit: units.index });
  }
  // Duties without names beside a column of units that the header does not call so.
  for (const [at, party] of parties.entries()) {
    if (party.both === undefined || party.headerUnit || party.role !== 'lead') continue;
    if (shareOf(textsOf(sample, party.both), holdsNamedDuties) >= 0.3) continue;
    const units = free().find(({ texts }) => shareOf(texts, holdsUnits) >= 0.7);
    if (units) parties[at] = { role: 'lead', unit: units.index, duty: party.both };
  }
  joinReversed(parties, sample);
  dropManners(parties, header, sample);
  joinTownships(parties, sample);
  if (simple.matter === undefined) promoteFields(simple, header, sample);
  if (simple.matter === undefined) {
    const isMatter = ({ texts }: { texts: string[] }) =>
      texts.length > 0 &&
      new Set(texts).size >= texts.length * 0.8 &&
      shareOf(texts, (text) => text.length >= 3 && text.length <= 80) >= 0.9 &&
      shareOf(texts, holdsUnits) < 0.5;
    const found = free().find(isMatter);
    if (found) simple.matter = found.index;
    else promoteCategory(simple, sample);
  }
  if (simple.category === undefined) divideMatter(simple, parties, header, sample);
  if (simple.category === undefined) {
    const group = header.columns.find(
      (column) => !isTaken(column.index) && isGroup(column, simple.matter, sample),
    );
    if (group) simple.category = group.index;
  }
  return { ...mapping, simple, parties };
}

/** What stands beside the matters and is no name of a group of them. */
const NO_GROUP =
  /时限|期限|时间|日期|频次|进度|状态|是否|领导|人员|责任人|姓名|电话|编号|编码|文号|来源|等级|级别|分值|金额|资金|投资|数量|单位|部门|机构|主体|科室|层级|依据|批次|备注|说明|情况|月份|季度|年度|[人员]$/;
const GROUP_MAX = 16;

/** A column before the matters that holds short words for several of them: merged, repeated, or blank where it goes on. */
function isGroup({ index, label, meaning }: Column, matter: number | undefined, sample: GridRow[]): boolean {
  if (matter === undefined || index >= matter || NO_GROUP.test(label)) return false;
  if (meaning && meaning.field !== 'matter') return false;
  const cells = sample.flatMap((row) => row.cells.filter((cell) => cell.column === index));
  const filled = cells.filter(({ text }) => text.trim() !== '');
  const texts = filled.map(({ text }) => text.trim());
  const isShort = (text: string) =>
    text.length <= GROUP_MAX && !isNumberText(text) && !/[。;\uff1b:\uff1a]/.test(text);
  if (texts.length === 0 || !texts.every(isShort) || shareOf(texts, holdsUnits) > 0) return false;
  const matters = textsOf(sample, matter).filter(Boolean).length;
  return (
    texts.length < matters || new Set(texts).size < texts.length || filled.some(({ rowSpan }) => rowSpan > 1)
  );
}

/** 直接赋权, 委托执法 beside units with duties of their own: how, and nobody's duty. */
function dropManners(parties: Mapping['parties'], { columns }: Header, sample: GridRow[]): void {
  const hasUnits = parties.some(({ role, unit }) => role === 'lead' && unit !== undefined);
  if (!hasUnits) return;
  const isManner = ({ role, both, headerUnit }: Party) => {
    const label = columns.find(({ index }) => index === both)?.label ?? '';
    if (role !== 'lead' || both === undefined || headerUnit || !/(方式|形式|模式)$/.test(label)) return false;
    const texts = textsOf(sample, both).filter(Boolean);
    return texts.length > 0 && texts.every((text) => text.length <= MANNER_MAX && !holdsUnits(text));
  };
  const at = parties.findIndex(isManner);
  if (at >= 0) parties.splice(at, 1);
}
const MANNER_MAX = 8;

/** 重点环节 names the rows where nothing else does and no two say the same. */
function promoteCategory(simple: Mapping['simple'], sample: GridRow[]): void {
  if (simple.category === undefined) return;
  const texts = textsOf(sample, simple.category).filter(Boolean);
  if (texts.length === 0 || new Set(texts).size < texts.length) return;
  simple.matter = simple.category;
  delete simple.category;
}

/** 重点工作 that is merged over several numbers groups them; the matters are what 具体措施 says of each. */
function divideMatter(
  simple: Mapping['simple'],
  parties: Mapping['parties'],
  { columns }: Header,
  sample: GridRow[],
): void {
  const { number, matter, sub } = simple;
  const group = columns.find(({ index }) => index === matter);
  if (number === undefined || matter === undefined || sub !== undefined || !group) return;
  const rows = sample.filter(({ cells }) =>
    cells.some(({ column, text }) => column === number && isNumberText(text)),
  );
  const numbers = textsOf(rows, number);
  const isEach = (column: number) => {
    const texts = textsOf(rows, column).filter(Boolean);
    // A second duty below one number is that of another unit.
    const isOne = sample.every((row) => rows.includes(row) || !textsOf([row], column).some(isSentence));
    return isOne && texts.length === numbers.length && new Set(texts).size === texts.length;
  };
  const isSentence = (text: string) =>
    text !== '' && countKnownLabels([text]) === 0 && meaningOf(text) === null;
  const isOwn = ({ index, label, meaning }: Column) =>
    index > matter &&
    TO_BE_DONE.test(label) &&
    (meaning?.field === 'matter' || (meaning?.field === 'party' && meaning.isWeak === true)) &&
    isEach(index);
  const groups = rows.flatMap(({ cells }) => cells.filter(({ column }) => column === matter));
  const names = groups.map(({ text }) => text.trim());
  // A blank cell that is not merged may be a name that was left out.
  const isMerged = groups.some(({ rowSpan }) => rowSpan > 1) || new Set(names).size < names.length;
  if (!isMerged || names.includes('')) return;
  const at = parties.findIndex(({ role, duty, both }) =>
    columns.some((column) => role === 'lead' && column.index === (duty ?? both) && isOwn(column)),
  );
  const party = parties[at];
  const isDivided = numbers.length >= 2 && new Set(numbers).size === numbers.length;
  if (!party || !isDivided || !isGroup(group, party.duty ?? party.both, rows)) return;
  simple.category = matter;
  const { duty, both, ...rest } = party;
  simple.matter = duty ?? both ?? matter;
  parties.splice(at, 1, ...(rest.unit === undefined ? [] : [rest]));
}

const TO_BE_DONE = /(?<!职责)(?:措施|举措|任务|内容|工作|事项|要点|目标)$/;

/** 行业领域 beside 监管内容 names the rows where no column is called a matter and no two say the same. */
function promoteFields(simple: Mapping['simple'], header: Header, sample: GridRow[]): void {
  const { category } = simple;
  const label = header.columns.find(({ index }) => index === category)?.label ?? '';
  if (category === undefined || !/领域|行业/.test(label)) return;
  const texts = textsOf(sample, category).filter(Boolean);
  if (texts.length === 0 || new Set(texts).size < texts.length) return;
  simple.matter = category;
  delete simple.category;
}

/** 牵头部门职责 before 牵头部门 are the duties of those units, unless each cell names its own. */
function joinReversed(parties: Mapping['parties'], sample: GridRow[]): void {
  for (let at = 0; at < parties.length - 1; at++) {
    const [duties, units] = [parties[at], parties[at + 1]];
    if (duties?.both === undefined || duties.headerUnit || units?.duty !== undefined) continue;
    if (units?.unit !== duties.both + 1 || units.role !== duties.role) continue;
    const texts = textsOf(sample, duties.both).filter(Boolean);
    if (shareOf(texts, holdsNamedDuties) >= MOSTLY) continue;
    const { both: duty, ...rest } = duties;
    parties.splice(at, 2, { ...rest, ...units, duty });
  }
}
const MOSTLY = 0.9;

/** 配合单位 beside 镇街职责 are one where the units are townships. */
function joinTownships(parties: Mapping['parties'], sample: GridRow[]): void {
  const at = parties.findIndex((party, i) => {
    const next = parties[i + 1];
    return (
      party.unit !== undefined && party.duty === undefined && next?.headerUnit && next.role === party.role
    );
  });
  const [units, duties] = [parties[at], parties[at + 1]];
  if (units?.unit === undefined || duties?.both === undefined) return;
  if (shareOf(textsOf(sample, units.unit), (text) => isTownshipUnit(text.trim())) < 0.9) return;
  const { both, ...rest } = duties;
  parties.splice(at, 2, { ...rest, unit: units.unit, duty: both });
}
