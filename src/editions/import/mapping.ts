/** From the labels of a header to fields: which columns of units and duties belong together. */
import { guideColumns, type GuideColumn } from './guide-columns.js';
import type { Meaning, Role, SimpleField } from './headers.js';

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
  /** A person named the columns. */
  isGiven?: true;
};
export type Mapping = {
  simple: Partial<Record<SimpleField, number>>;
  parties: Party[];
  /** Of a service guide; absent in every other list. */
  guide?: GuideColumn[];
};

/** What our own export writes behind the label of a column of units. */
export const SINGLE_UNIT = '(一行一个)';

/** In a list of powers 责任事项 are the duties; in a list that has no other name for its rows, the rows. */
const DUTIES_OF_POWER = /^责任(事项|内容)$/;
const LEADING = /牵头|主办|主责|主体责任/;
const SHARED_UNITS = /^(责任|参与|成员|落实|承办)(单位|部门|主体)$/;

/** The first column of a meaning counts; weak words give way to firm ones. */
export function mapColumns(all: Column[]): Mapping {
  const guide = guideColumns(all);
  const isOfGuide = ({ index }: Column) => guide.some((it) => it.index === index);
  const columns = withSharedUnits(withoutPowerDuties(all.filter((column) => !isOfGuide(column))));
  const simple: Mapping['simple'] = {};
  const firm = columns.filter(({ meaning }) => meaning && !('isWeak' in meaning && meaning.isWeak));
  for (const { index, meaning } of [...firm, ...columns])
    if (meaning && meaning.field !== 'party') simple[meaning.field] ??= index;
  // 事项类别 before other classes where a list has two (delegated lists).
  const named = columns.find((c) => c.meaning?.field === 'category' && /事项(类别|类型)/.test(c.label));
  if (named) simple.category = named.index;
  const parties: Draft[] = [];
  for (const { index, meaning, label } of columns) {
    if (meaning?.field === 'matter' && index !== simple.matter && /职责|内容|任务/.test(label)) {
      addParty(parties, { role: 'lead', content: 'duty' }, index);
    } else if (meaning?.field === 'party') {
      const { field, isWeak, ...piece } = meaning;
      addParty(parties, piece, index);
      const party = parties.at(-1);
      if (party && piece.content === 'unit' && label.endsWith(SINGLE_UNIT)) party.isSingle = true;
      if (party && piece.role === 'lead' && !isWeak) party.isFirm = true;
    }
  }
  return { simple, parties: joinLoose(parties).map(settle), ...(guide.length > 0 && { guide }) };
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

/** 责任单位 beside 牵头单位 are those who take part. */
const withSharedUnits = (columns: Column[]): Column[] =>
  columns.some(
    ({ meaning, label }) => meaning?.field === 'party' && meaning.content === 'unit' && LEADING.test(label),
  )
    ? columns.map((column) =>
        column.meaning?.field === 'party' && SHARED_UNITS.test(column.label)
          ? { ...column, meaning: { ...column.meaning, role: 'support' } }
          : column,
      )
    : columns;

type Piece = Omit<Extract<Meaning, { field: 'party' }>, 'field' | 'isWeak'>;
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
