/** From the labels of a header to fields: which columns of units and duties belong together. */
import { isGenericTownship } from '../../organizations/names.js';
import { asPrinted } from './asking-labels.js';
import { guideColumns, guideFieldOf, type GuideColumn } from './guide-columns.js';
import type { LeadRule } from './lead-words.js';
import { numberColumn } from './levels.js';
import { isOfficeLabel, isOtherUnits, type Meaning, type Role, type SimpleField } from './headers.js';

export type Column = { index: number; label: string; meaning: Meaning | null };

/** The columns of units and duties that belong together. `both`: one column holds units with their duties. */
export type Party = {
  role: Role;
  unit?: number;
  duty?: number;
  both?: number;
  headerUnit?: string;
  /** The header promises one unit a row (our own export): nothing in a cell is divided. */
  isSingle?: true;
  /** The header says in so many words that these units lead. */
  isFirm?: true;
  /** It says only where they stand (对应上级部门): which of them leads, a mark in the cell may say. */
  isOfLevel?: true;
  /** A person named the columns. */
  isGiven?: true;
  /** Which of its units leads, where the table says so once for all rows. */
  rule?: LeadRule;
};
/** Columns of marks, each under the name of a unit. */
export type Matrix = {
  columns: { index: number; unit: string }[];
  roles: ReadonlyMap<string, Role>;
  /** Marks whose meaning nothing says: they are read as leads, and that is asked about. */
  unsure: string[];
};
export type Mapping = {
  simple: Partial<Record<SimpleField, number>>;
  parties: Party[];
  /** Of a service guide; absent in every other list. */
  guide?: GuideColumn[];
  matrix?: Matrix;
};

/** Our own export: it is read word for word. */
export const isOwnExport = ({ parties }: Pick<Mapping, 'parties'>): boolean =>
  parties.some((party) => party.isSingle);

/** What our own export writes behind the label of a column of units. */
export const SINGLE_UNIT = '(一行一个)';

/** In a list of powers 责任事项 are the duties; in a list that has no other name for its rows, the rows. */
const DUTIES_OF_POWER = /^责任(事项|内容)$/;
const LEADING = /牵头|主办|主责|主体责任/;
const OF_LEVEL = /上级|县级|县直|[区市旗]级|[区市旗]直/;
const SHARED_UNITS = /^(责任|参与|成员|落实|承办)(单位|部门|主体)$/;
const CHIEF = /主管|监管|牵头|责任(单位|部门|主体)|(实施|行使|执法|承接|赋权|受委托)(单位|部门|主体|机构)/;
/** Who puts it right, beside those who answer for it. */
const HANDLING_UNITS =
  /^(督导|督办|督查|(?:业务|行业|技术|执法|监督|协调){0,2}指导|监督|验收|包保|联系|处置|处理|养护|维护|维修|管护|作业|执行|权属|产权|协管)(责任)?(单位|部门|主体)$/;

/**
 * The first column of a meaning counts; weak words give way to firm ones.
 * @param isService whether the title says that the list tells of services
 */
export function mapColumns(printed: Column[], isService = false): Mapping {
  const all = withActingScopes(printed);
  // What a list calls duties are duties, whatever services it tells of.
  const hasDuties = all.some(
    ({ meaning, label }) =>
      meaning?.field === 'party' && meaning.content !== 'unit' && guideFieldOf(label) === null,
  );
  const guide = guideColumns(all, isService && !hasDuties);
  const isOfGuide = ({ index }: Column) => guide.some((it) => it.index === index);
  const columns = withTownships(
    withSharedUnits(withoutOffices(withoutPowerDuties(all.filter((column) => !isOfGuide(column))))),
  );
  const simple: Mapping['simple'] = {};
  const firm = columns.filter(({ meaning }) => meaning && !('isWeak' in meaning && meaning.isWeak));
  for (const { index, meaning } of [...firm, ...columns])
    if (meaning && meaning.field !== 'party') simple[meaning.field] ??= index;
  // 事项类别 before other classes where a list has two (delegated lists).
  const named = columns.find((c) => c.meaning?.field === 'category' && /事项(类别|类型)/.test(c.label));
  if (named) simple.category = named.index;
  // 一级事项, 二级事项: the finer one is the matter; so is 小项 where nothing else is.
  const { matter, sub } = simple;
  const isOuter = columns.some(({ index, label }) => index === matter && /^(?:一级|[大主]项\/)/.test(label));
  if (sub !== undefined && (matter === undefined || isOuter)) {
    if (matter !== undefined) simple.category ??= matter;
    simple.matter = sub;
    delete simple.sub;
  }
  const number = numberColumn(columns, simple.matter);
  if (number !== undefined) simple.number = number;
  // 防汛任务 before 责任单位 and 具体任务 behind it: the first is the matter, the second what is done.
  const units = columns.find(({ meaning }) => meaning?.field === 'party' && meaning.content === 'unit');
  const isBehind =
    units &&
    simple.matter &&
    simple.matter > units.index &&
    !firm.some(({ index }) => index === simple.matter);
  const isOpen = simple.matter === undefined || isBehind;
  const loose = isOpen ? looseMatter(columns, simple.category) : undefined;
  if (loose !== undefined) simple.matter = loose;
  const parties: Draft[] = [];
  for (const { index, meaning, label } of columns) {
    if (meaning?.field === 'party' && (meaning.isLoose || index === simple.matter)) continue;
    if (meaning?.field === 'matter' && index !== simple.matter && /职责|内容|任务|举措/.test(label)) {
      const hasDuty = parties.some(({ role, duty }) => role === 'lead' && duty !== undefined);
      const beside = parties.find(({ unit, duty }) => hasDuty && unit === index - 1 && duty === undefined);
      if (beside) beside.duty = index;
      else addParty(parties, { role: 'lead', content: 'duty' }, index);
    } else if (meaning?.field === 'party') {
      const { field, isWeak, isLoose, ...piece } = meaning;
      addParty(parties, piece, index);
      const party = parties.at(-1);
      if (party && piece.content === 'unit' && label.endsWith(SINGLE_UNIT)) party.isSingle = true;
      if (party && piece.role === 'lead' && !isWeak) party.isFirm = true;
      if (party?.isFirm && OF_LEVEL.test(label) && !LEADING.test(label)) party.isOfLevel = true;
    }
  }
  addLoose(
    parties,
    columns.filter(({ index }) => index !== simple.matter),
  );
  return { simple, parties: joinLoose(parties).map(settle), ...(guide.length > 0 && { guide }) };
}

/**
 * 治理任务 before the units: what is to be done, where nothing else names the rows. 整治内容 does so where no column before
 * it can: an unknown one may hold the matters, 行业领域 may be one.
 */
const looseMatter = (columns: Column[], category: number | undefined): number | undefined => {
  const first = columns.findIndex(({ meaning }) => meaning?.field === 'party' && !meaning.isLoose);
  const before = columns.slice(0, Math.max(first, 0));
  const isPlain = before.every(
    ({ index, label, meaning }) => meaning !== null && !(index === category && /领域|行业/.test(label)),
  );
  const words = isPlain ? /(任务|事项|工作|举措|内容)$/ : /(任务|事项|工作|举措)$/;
  return before.find(
    ({ meaning, label }) => meaning?.field === 'party' && meaning.isLoose && words.test(label),
  )?.index;
};

/** 责任科室 beside 责任单位 is a part of the unit, and nobody of its own. */
const withoutOffices = (columns: Column[]): Column[] => {
  const isOffice = (label: string) => isOfficeLabel(label.split('/').at(-1) ?? '');
  const hasUnits = columns.some(
    ({ meaning, label }) =>
      meaning?.field === 'party' && meaning.role === 'lead' && NAMES_UNITS.test(label) && !isOffice(label),
  );
  return hasUnits
    ? columns.map((column) => (isOffice(column.label) ? { ...column, meaning: null } : column))
    : columns;
};

/**
 * 属地乡镇 before 属地责任 names the townships; 乡镇(街道) beside columns that bear the names of departments holds the duties
 * of townships.
 */
const withTownships = (columns: Column[]): Column[] => {
  const hasDepartments = columns.some(
    ({ meaning }) => meaning?.field === 'party' && meaning.role === 'lead' && meaning.headerUnit,
  );
  return columns.map((column): Column => {
    if (column.meaning !== null || !isGenericTownship(column.label.split('/').at(-1) ?? '')) return column;
    const next = columns.find(({ index }) => index === column.index + 1)?.meaning;
    if (next?.field === 'party' && next.role === 'support' && next.content !== 'unit')
      return {
        ...column,
        meaning: { field: 'party', role: 'support', content: 'unit', isOfTownship: true },
      };
    return hasDepartments
      ? {
          ...column,
          meaning: { field: 'party', role: 'support', content: 'duty', headerUnit: '乡镇(街道)' },
        }
      : column;
  });
};

/** Duties that no word gives to anybody are those of the units beside them, else of the only ones that lead. */
function addLoose(parties: Draft[], columns: Column[]): void {
  for (const { index, meaning } of columns) {
    if (meaning?.field !== 'party' || !meaning.isLoose) continue;
    const isFree = (party: Draft) => party.unit !== undefined && party.duty === undefined;
    const leads = parties.filter((party) => party.role === 'lead');
    const beside = parties.find((party) => isFree(party) && party.unit === index - 1);
    // 牵头单位, 配合单位, 工作要求: what is asked of the matter is asked of who leads.
    const isOfLead = beside?.role === 'support' && leads.length === 1 && leads.every(isFree);
    const owner = isOfLead ? leads[0] : (beside ?? (leads.length === 1 ? leads.find(isFree) : undefined));
    if (owner) owner.duty = index;
    else if (leads.length === 0) parties.push({ role: 'lead', duty: index });
  }
}

const withoutPowerDuties = (columns: Column[]): Column[] => {
  const isMatter = ({ meaning }: Column) => meaning?.field === 'matter';
  const hasOther = columns.some((column) => isMatter(column) && !DUTIES_OF_POWER.test(column.label));
  if (!hasOther) return columns;
  return columns.map((column) =>
    isMatter(column) && DUTIES_OF_POWER.test(column.label)
      ? { ...column, meaning: { field: 'party', role: 'lead', content: 'duty', isWeak: true } }
      : column,
  );
};

const isDutyOf = (label: string, unit: string): boolean =>
  label.startsWith(unit) &&
  /^的?(?:主要|工作|具体)?(?:职责|责任|任务|内容|分工|事项)/.test(label.slice(unit.length));

/** 受委托单位 with a column of its duties acts: it is not only where a row holds. */
const withActingScopes = (columns: Column[]): Column[] =>
  columns.map((column): Column => {
    const { label } = column;
    const scope = columns.find((it) => it.meaning?.field === 'scope' && isDutyOf(label, it.label));
    const isActing = column.meaning?.field === 'scope' && columns.some((it) => isDutyOf(it.label, label));
    if (isActing) return { ...column, meaning: { field: 'party', role: 'support', content: 'unit' } };
    return scope ? { ...column, meaning: { field: 'party', role: 'support', content: 'duty' } } : column;
  });

const NAMES_UNITS = /单位|部门|主体|机构|机关|牵头|主责|主办|县级|县直|[区市旗][级直]|镇|乡|街道/;

/** 责任单位 beside 牵头单位, 处置单位 beside 主管单位 are those who take part. */
const withSharedUnits = (columns: Column[]): Column[] => {
  const hasUnits = (words: RegExp) =>
    columns.some(
      ({ meaning, label }) =>
        meaning?.field === 'party' &&
        meaning.content === 'unit' &&
        words.test(label) &&
        !HANDLING_UNITS.test(label),
    );
  const hasChief = hasUnits(CHIEF);
  // 业务指导部门职责, and 名称 below 业务指导部门, go with the units.
  const handling = columns.flatMap(({ label }) =>
    label.split('/').filter((part) => HANDLING_UNITS.test(part)),
  );
  const isHandling = (label: string) =>
    label.split('/').some((part) => handling.some((unit) => part === unit || isDutyOf(part, unit)));
  const isOther = (label: string) => label.split('/').some(isOtherUnits);
  // 相关部门 beside 主管部门; where nobody else leads, they do.
  const hasFirst = columns.some(
    ({ meaning, label }) =>
      meaning?.field === 'party' &&
      meaning.role === 'lead' &&
      NAMES_UNITS.test(label) &&
      !isOther(label) &&
      !isHandling(label),
  );
  const isShared = (label: string) =>
    (hasFirst && isOther(label)) ||
    (SHARED_UNITS.test(asPrinted(label)) && hasUnits(LEADING)) ||
    (hasChief && isHandling(label));
  return columns.map((column) =>
    column.meaning?.field === 'party' && isShared(column.label)
      ? { ...column, meaning: { ...column.meaning, role: 'support' } }
      : column,
  );
};

type Piece = Omit<Extract<Meaning, { field: 'party' }>, 'field' | 'isWeak' | 'isLoose'>;
type Draft = Party & { isOfTownship?: true };

function addParty(parties: Draft[], piece: Piece, index: number): void {
  const { role, content, headerUnit, isOfTownship } = piece;
  const last = parties.findLast((party) => party.role === role);
  const unit = headerUnit && { headerUnit };
  const isOpen = last?.unit !== undefined && last.duty === undefined;
  // 配合部门 beside 镇街职责: the duties of townships are not those of the departments.
  const isOthers = headerUnit !== undefined && !last?.isOfTownship;
  if (content === 'unit') parties.push({ role, unit: index, ...(isOfTownship && { isOfTownship }) });
  else if (isOpen && !headerUnit) last.duty = index;
  else if (isOpen && last.unit !== undefined && isBeside(last.unit, index) && !isOthers)
    Object.assign(last, { duty: index }, unit);
  else parties.push({ role, ...(content === 'duty' ? { duty: index } : { both: index }), ...unit });
}

const isBeside = (unit: number, duty: number): boolean => duty === unit + 1;

/** A column of measures before the column of those who take them. */
function joinLoose(parties: Draft[]): Party[] {
  const rest: Party[] = [];
  for (const { isOfTownship: _, ...party } of parties) {
    const before = rest.at(-1);
    const isLoose = before?.unit === undefined && before?.duty !== undefined && before.role === party.role;
    if (before && isLoose && party.unit !== undefined && party.duty === undefined) {
      rest.pop();
      rest.push({ ...before, ...party, duty: before.duty });
    } else rest.push(party);
  }
  return rest;
}

/** Duties without a column of units carry the units themselves. */
export const settle = (party: Party): Party => {
  if (party.unit !== undefined || party.duty === undefined) return party;
  const { duty, ...rest } = party;
  return { ...rest, both: duty };
};
