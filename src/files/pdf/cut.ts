/** Whether a page break cut a row in two or fell between two rows, where the lines of the table do not tell. */
import type { Line } from './text.js';

/** A cell of a table on one page: its columns, its rows (ends not included) and its text. */
export type Area = {
  column: number;
  columnEnd: number;
  row: number;
  rowEnd: number;
  page: number;
  lines: Line[];
  /** What of it stands on the last of its pages, and between which heights. */
  last: { top: number; bottom: number; lines: Line[] };
};
/** Cells above and below a page break that stand in the same columns. */
export type Joint = { above: Area; below: Area };

type Habit = {
  /** Every cell has text. */
  isFilled: boolean;
  /** Every text is a number: 1, 1-2, (3), 4. */
  isNumber: boolean;
  /** How cells begin and end, where they do so in few ways; null where they do not. */
  starts: ReadonlySet<string> | null;
  ends: ReadonlySet<string> | null;
};
export type Habits = ReadonlyMap<number, Habit>;

const NUMBER = /^[(\uff08]?\d+(?:[-.]\d+)*[)\uff09.\uff0e、]?$/;
/** From so many cells a habit can be told. */
const ENOUGH = 8;

export const isEmpty = ({ lines }: Area) => lines.length === 0;
/** `1.`, `(一`, `县`: two signs where the first is a digit or a bracket. */
const startOf = ({ lines }: Area) =>
  (lines[0]?.text ?? '').match(/^(?:[\d(\uff08]..?|.)/u)?.[0].slice(0, 2) ?? '';
const endOf = ({ lines }: Area) => lines.at(-1)?.text.slice(-1) ?? '';

function fewWays(values: string[]): ReadonlySet<string> | null {
  const ways = new Set(values);
  return values.length >= ENOUGH && ways.size <= Math.max(3, values.length / 4) ? ways : null;
}

/** @param areas cells that no page break touches */
export function columnHabits(areas: Area[]): Habits {
  const columns = new Map<number, Area[]>();
  for (const area of areas) columns.set(area.column, [...(columns.get(area.column) ?? []), area]);
  const habits = new Map<number, Habit>();
  for (const [column, members] of columns) {
    const full = members.filter((area) => !isEmpty(area));
    habits.set(column, {
      isFilled: full.length >= members.length * 0.97,
      isNumber: full.every(({ lines }) => NUMBER.test(lines.map(({ text }) => text).join(''))),
      starts: fewWays(full.map(startOf)),
      ends: fewWays(full.map(endOf)),
    });
  }
  return habits;
}

const isFull = ({ above, below }: Joint) => !isEmpty(above) && !isEmpty(below);

/** No cell of the column ends as the one above does, or begins as the one below. */
function isBroken(joint: Joint, habits: Habits): boolean {
  const { above, below } = joint;
  const { starts, ends } = habits.get(above.column) ?? { starts: null, ends: null };
  if (!isFull(joint)) return false;
  return (starts !== null && !starts.has(startOf(below))) || (ends !== null && !ends.has(endOf(above)));
}

/** Both cells have text that begins and ends as in the other cells of the column. */
function isWhole(joint: Joint, habits: Habits): boolean {
  const { starts, ends } = habits.get(joint.above.column) ?? { starts: null, ends: null };
  return isFull(joint) && starts !== null && ends !== null && !isBroken(joint, habits);
}

/** `isSure`: false where only the texts spoke, and not clearly. */
export type Verdict = { isCut: boolean; isSure: boolean };

/**
 * One row cut in two: its number, which no row is without, stands on one side only. Where several rows share a number,
 * the second of them looks so too: then the texts decide, which begin and end as others of their column or in the middle.
 * @param merged columns in which cells are merged down
 */
export function isCutRow(joints: Joint[], habits: Habits, merged: ReadonlySet<number>): Verdict {
  const filled = joints.filter(({ above }) => habits.get(above.column)?.isFilled ?? above.column === 0);
  const number = filled.find(({ above }) => habits.get(above.column)?.isNumber) ?? filled[0];
  if (!number || (!isEmpty(number.above) && !isEmpty(number.below))) return { isCut: false, isSure: true };
  if (joints.some((joint) => isBroken(joint, habits))) return { isCut: true, isSure: true };
  const others = filled.filter((joint) => joint !== number);
  // Every cell but the number goes on: a row whose number was forgotten would look the same.
  if (!merged.has(number.above.column))
    return { isCut: true, isSure: others.some((joint) => !isFull(joint)) };
  const own = others.filter(({ above }) => !merged.has(above.column));
  const halves = own.filter((joint) => !isFull(joint)).length;
  const wholes = own.filter((joint) => isWhole(joint, habits)).length;
  return { isCut: halves > 0 && halves >= wholes, isSure: halves === 0 && wholes === own.length };
}

/** Text that was set in the middle of a merged cell and cut by the break: at the very end here, at the very top there. */
export function isCutText({ above: { last }, below }: Joint): boolean {
  const [first, end, next] = [last.lines[0], last.lines.at(-1), below.lines[0]];
  if (!first || !end || !next) return false;
  const isLow = end.y + end.size > last.bottom && first.y - 3 * first.size > last.top;
  return isLow && next.y - 1.6 * next.size < below.last.top;
}
