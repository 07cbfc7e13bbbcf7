/** What must hold before a read list may become part of an edition; each problem names its cell. */
import { traitsOf } from '../../core/list-kinds.js';
import type { Directory } from '../../organizations/directory.js';
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { EMPTY_GUIDE, EMPTY_GUIDE_REMEDY } from '../check-rows.js';
import type { ListRow, ReadList } from './read-lists.js';
import type { Entry } from './parties.js';
import { columnLetter, type Problem } from '../../files/problem.js';
import { BROKEN_CHARACTER } from '../../files/csv/read.js';
import { isSameCell, type Slot } from '../../files/spans.js';
import { checkLooseDuties, checkMarks, checkSections, checkTwins, checkUnread } from './column-checks.js';
import {
  checkCounts,
  checkDeleted,
  checkDoubles,
  checkSlips,
  checkStated,
  checkUnits,
  type Report,
} from './cross-checks.js';
import { checkLabels, checkLeadRule } from './label-checks.js';
import { checkNumbers, checkOtherMatters } from './number-checks.js';
import { checkOwners, checkSides } from './owners.js';
import { scopesIn } from './scopes.js';
import { LABEL, SHARED } from './units.js';
import { shorten } from '../../text/shorten.js';
import { isOwnExport } from './mapping.js';

export type Findings = { problems: Problem[]; warnings: Problem[] };

const letter = (column: number | undefined): string => (column === undefined ? '' : columnLetter(column));

/**
 * @param directory the county's own, or null where it has none yet: its first list then brings its units.
 */
export function checkLists(file: string, lists: ReadList[], directory: Directory | null): Findings {
  const findings: Findings = { problems: [], warnings: [] };
  const unknown = new Set<string>();
  const matters = new Map<string, { list: ReadList; row: ListRow }>();
  const isKnown = (name: string) => (directory?.resolve(name) ?? null) !== null;
  for (const list of lists) {
    const into =
      (target: Problem[]): Report =>
      (row, column, message, remedy) =>
        target.push({ file, sheet: list.sheet, row, column: letter(column), message, remedy });
    const problem = into(findings.problems);
    const warn = into(findings.warnings);
    const confirm: Report = (...place) => {
      warn(...place);
      const last = findings.warnings.at(-1);
      if (last) last.mustConfirm = true;
    };
    checkNumbers(list, problem, warn);
    checkOtherMatters(list, problem);
    checkStated(list, lists, confirm);
    checkUnread(list, warn, confirm, problem);
    checkSections(list, warn);
    checkLooseDuties(list, warn);
    checkMarks(list, confirm, problem);
    checkTwins(list, problem);
    checkDeleted(list, warn, confirm);
    checkUnits(list, warn, confirm);
    checkLeadRule(list, confirm);
    checkSides(list, confirm);
    for (const row of list.rows) {
      checkCells(list, row, problem);
      checkMatter(list, row, matters, problem, warn);
      checkParties(list, row, problem);
      if (directory) checkSlips(row, directory, warn, isOwnExport(list.table.mapping) ? warn : problem);
      checkCounts(list, row, problem, confirm);
      checkDoubles(list, row, confirm);
      checkOwners(row, confirm);
      if (!isOwnExport(list.table.mapping)) checkLabels(row, isKnown, confirm);
      checkSub(list, row, warn);
      if (directory && isOfTownships(list, row) && scopesIn(row.scope, directory) === null)
        confirm(
          row.row,
          list.table.mapping.simple.scope,
          `“${nameOf(row.scope)}”不是名录中的乡镇或乡镇类别,这一项按全县各乡镇答复`,
          '改为名录中的名称;确是各乡镇都行使的,确认后继续',
        );
      for (const entry of [...row.lead, ...row.support]) {
        if (!looksLikeUnit(entry.unit) || isKnownUnit(entry.unit, directory)) continue;
        if (directory) {
          const near = directory.nearest(entry.unit);
          problem(
            entry.row,
            entry.column,
            `单位“${entry.unit}”不在机构名录中`,
            near.length > 0
              ? `是否为“${near.join('”或“')}”?请改用名录中的名称,或在机构名录中增加该单位`
              : '请改用名录中的名称,或在机构名录中增加该单位',
          );
        } else if (!unknown.has(entry.unit)) {
          unknown.add(entry.unit);
          warn(
            entry.row,
            entry.column,
            `单位“${entry.unit}”将随这份清单新建(本县还没有机构名录)`,
            '核对名称;印发文本有误的,改正后重新导入',
          );
        }
      }
    }
  }
  return findings;
}

function isKnownUnit(unit: string, directory: Directory | null): boolean {
  if (isGenericTownship(unit)) return true;
  if (!directory) return false;
  const bare = unit.replace(/\s/g, '').replace(/[(\uff08][^()\uff08\uff09]*[)\uff09]/g, '');
  const isPlace =
    isTownshipUnit(unit) || /^(各|所在)?(行政)?(村|社区|村委会|居委会|村民委员会|居民委员会)$/.test(bare);
  if (isPlace || SHARED.test(bare)) return true;
  if ([unit, bare].some((name) => directory.resolve(name) !== null)) return true;
  // 县公安局交警大队, 柳林镇派出所: a part of a unit that is known.
  const outer = /^(.{2,}?[局委会院镇乡道])(.{2,8})(大队|支队|中队|分局|所|站|科|股|队|中心|办公室)$/.exec(
    bare,
  )?.[1];
  return outer !== undefined && directory.resolve(outer) !== null;
}

/** Where a delegated row holds; in other lists only what speaks of townships can be meant. */
const isOfTownships = (list: ReadList, row: ListRow): boolean =>
  list.kind === 'delegated' || /乡|镇|街道/.test(row.scope);

/** A matter that is made of two cells is shown, because one may be meant alone. */
function checkSub({ table }: ReadList, row: ListRow, warn: Report): void {
  const { sub } = table.mapping.simple;
  const text = sub === undefined ? '' : (row.source.parts[0]?.at(sub)?.text.trim() ?? '');
  if (text !== '' && row.matter.endsWith(`：${text}`))
    warn(row.row, sub, `子项“${nameOf(text)}”并入事项名称`, '只用主项作名称的,用 sub=- 指明');
}

/** Formulas and broken characters in the cells that were read. */
function checkCells(list: ReadList, row: ListRow, problem: Report): void {
  const { simple, parties, guide = [] } = list.table.mapping;
  const columns = new Set(
    [
      ...Object.values(simple),
      ...guide.map(({ index }) => index),
      ...parties.flatMap((p) => [p.unit, p.duty, p.both]),
    ].filter((column): column is number => column !== undefined),
  );
  for (const [at, part] of row.source.parts.entries()) {
    const seen: Slot[] = [];
    for (const column of columns) {
      const slot = part.at(column);
      // A cell that covers several rows is reported with the first of them only.
      if (!slot || seen.some((s) => isSameCell(s, slot)) || (slot.row < part.row && at > 0)) continue;
      seen.push(slot);
      if (slot.isFormula)
        problem(
          slot.row,
          slot.column,
          `这一格是公式${slot.text ? `(显示为“${nameOf(slot.text)}”)` : ''},公式不予计算`,
          '复制该格,选择性粘贴为“数值”后重新导入',
        );
      else if (slot.text.includes(BROKEN_CHARACTER) || /锟斤拷|烫烫烫/.test(slot.text))
        problem(
          slot.row,
          slot.column,
          `文字编码损坏,读到“${nameOf(slot.text)}”`,
          '用原文件改正该格,另存为“CSV UTF-8(逗号分隔)”或 XLSX 后重新导入',
        );
      else if (/^#(REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM|SPILL|CALC)[!?]?$/.test(slot.text.trim()))
        problem(slot.row, slot.column, `这一格是错误值“${slot.text.trim()}”`, '按印发文本改正该格后重新导入');
    }
  }
}

const NAMED_MAX = 20;
const nameOf = (text: string): string => shorten(text, NAMED_MAX).replace(/\s+/g, ' ');

function checkMatter(
  list: ReadList,
  row: ListRow,
  matters: Map<string, { list: ReadList; row: ListRow }>,
  problem: Report,
  warn: Report,
): void {
  const column = list.table.mapping.simple.matter;
  if (!row.matter) return problem(row.row, column, '缺少事项名称', '按印发文本补上事项名称');
  const name = row.matter.replace(/\s/g, '');
  const key = `${list.kind}\n${list.scope || row.scope ? list.title : ''}\n${name}`;
  const earlier = matters.get(key);
  if (!earlier) return void matters.set(key, { list, row });
  if (earlier.list === list || (list.part && earlier.list.part?.whole === list.part.whole))
    problem(
      row.row,
      column,
      `事项“${nameOf(row.matter)}”与第${earlier.row.row}行重复`,
      '核对印发文本,删去重复的一行或改正事项名称',
    );
  else if (earlier.list.title === list.title || earlier.list.batch !== list.batch)
    warn(
      row.row,
      column,
      `事项“${nameOf(row.matter)}”在“${earlier.list.sheet}”第${earlier.row.row}行也有`,
      '两批都有的,以后一批为准;如系重复,请删去一行',
    );
}

function checkParties(list: ReadList, row: ListRow, problem: Report): void {
  const { parties } = list.table.mapping;
  const leadParty = parties.find((party) => party.role === 'lead');
  const leadColumn = leadParty?.both ?? leadParty?.unit;
  const { missingLead, hasLeadDuties, isGuide } = traitsOf(list.kind);
  if (isGuide && Object.keys(row.guide ?? {}).length === 0)
    problem(row.row, undefined, EMPTY_GUIDE, EMPTY_GUIDE_REMEDY);
  if (row.lead.length === 0 && (missingLead !== null || isGap(list, row, leadColumn)))
    problem(
      row.row,
      leadColumn,
      missingLead ?? '这一栏别的行写有单位,这一行没有',
      '按印发文本补上单位;没有的,请先报编办确定',
    );
  check(row.lead, '主体责任', (entry) => hasLeadDuties && hasDuties(list, 'lead', entry), problem);
  check(row.support, '配合责任', (entry) => hasDuties(list, 'support', entry), problem);
}

/** Other rows name a unit there, this one says nothing, not even `/`. */
const isGap = (list: ReadList, row: ListRow, column: number | undefined): boolean =>
  column !== undefined &&
  list.rows.some((other) => other.lead.length > 0) &&
  row.source.parts.every((part) => !part.at(column)?.text.trim());

function check(
  entries: Entry[],
  what: string,
  needsDutyOf: (entry: Entry) => boolean,
  problem: Report,
): void {
  for (const entry of entries) {
    const { unit, duty, row, column, dutyRow, dutyColumn } = entry;
    const needsDuty = needsDutyOf(entry);
    if (unit && !looksLikeUnit(unit))
      problem(row, column, `“${nameOf(unit)}”不像单位名称`, '单位一栏只写单位名称;多个单位用“、”隔开');
    else if (!unit) problem(row, column, `“${nameOf(duty)}”没有写明单位`, '按印发文本补上单位名称');
    else if (!duty && needsDuty)
      problem(dutyRow, dutyColumn, `“${unit}”没有写明${what}`, '按印发文本补上该单位的职责');
  }
}

/** Sentences and labels are no names; they are reported as such. */
const looksLikeUnit = (unit: string): boolean =>
  unit !== '' && unit.length <= 40 && !/[:\uff1a。;\uff1b]/.test(unit) && !LABEL.test(unit);

/** A column of units without one of duties names units only; so does a list that prints no duty for anybody. */
function hasDuties(list: ReadList, role: 'lead' | 'support', entry: Entry): boolean {
  const { parties } = list.table.mapping;
  if (entry.isOfSection) return false;
  const party =
    parties.find(({ unit, both }) => entry.column === unit || entry.column === both) ??
    parties.find((other) => other.role === role);
  if (party?.duty !== undefined) return true;
  return party?.both !== undefined && list.rows.some((row) => row[role].some(({ duty }) => duty));
}
