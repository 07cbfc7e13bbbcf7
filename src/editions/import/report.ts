/** What a reading looks like from outside: JSON for programs, tables for people. */
import { traitsOf } from '../../core/list-kinds.js';
import { describeMapping } from './columns.js';
import type { ReadList, ListRow } from './read-lists.js';
import { columnLetter, problemText, type Problem } from '../../files/problem.js';
import type { FileReading } from './read-file.js';
import { cleanText } from './units.js';
import { shorten } from '../../text/shorten.js';

const partyJson = ({ unit, duty }: { unit: string; duty: string }) => ({ unit, duty });

function rowJson(list: ReadList, row: ListRow) {
  const { number, matter } = list.table.mapping.simple;
  return {
    number: row.number,
    category: row.category,
    matter: row.matter,
    lead: row.lead.filter((entry) => entry.unit).map(partyJson),
    support: row.support.filter((entry) => entry.unit).map(partyJson),
    basis: cleanText(row.basis),
    ...(row.scope && { scope: row.scope }),
    where: `${list.sheet}!${columnLetter(number ?? matter ?? 0)}${row.row}`,
  };
}

const listJson = (list: ReadList) => ({
  title: list.title,
  kind: list.kind,
  batch: list.batch,
  sheet: list.sheet,
  ...(list.scope && { scope: list.scope }),
  rows: list.rows.map((row) => rowJson(list, row)),
});

const problemJson = ({ file, sheet = '', row, column, message, remedy }: Problem) => ({
  ...{ file, sheet, row, column, message, remedy },
});

/** The object of `--dry-run --json`. */
export const readingsJson = (readings: FileReading[]) => ({
  files: readings.map(({ file, lists, problems, warnings }) => ({
    file,
    lists: lists.map(listJson),
    problems: problems.map(problemJson),
    warnings: warnings.map(problemJson),
  })),
});

const SAMPLES = 3;
const SAMPLE_MAX = 25;

/** The mapping of a list with its first rows, one column a line. */
export function mappingText(list: ReadList): string {
  const samples = list.rows.slice(0, SAMPLES);
  const labels = new Map(list.table.header.columns.map((column) => [column.index, column.label]));
  const lines = describeMapping(list.table.mapping).map(({ index, letter, title }) => {
    const cells = samples.map(
      (row) => shorten(cleanText(row.source.parts[0]?.at(index)?.text ?? ''), SAMPLE_MAX) || '(空)',
    );
    return `  ${letter}  ${labels.get(index) ?? '(无表头)'} → ${title}:${cells.join(' | ')}`;
  });
  const mapped = new Set(describeMapping(list.table.mapping).map(({ index }) => index));
  const unread = list.table.header.columns.filter(({ index }) => !mapped.has(index));
  if (unread.length > 0)
    lines.push(`  未读取:${unread.map((c) => `${columnLetter(c.index)} ${c.label}`).join('、')}`);
  return lines.join('\n');
}

/** What a person reads before deciding: lists, mappings with sample rows, warnings, problems. */
export function readingText(reading: FileReading): string {
  const lines = [reading.file];
  for (const list of reading.lists) {
    const batch = list.batch ? `,${list.batch}` : '';
    lines.push(
      `《${list.title}》(${traitsOf(list.kind).name}${batch},“${list.sheet}”):${list.rows.length} 项`,
      mappingText(list),
    );
  }
  if (reading.warnings.length > 0) lines.push(`提醒 ${reading.warnings.length} 条:`);
  lines.push(...reading.warnings.map((warning) => `  ${problemText(warning)}`));
  if (reading.problems.length > 0) lines.push(`问题 ${reading.problems.length} 条:`);
  lines.push(...reading.problems.map((problem) => `  ${problemText(problem)}`));
  return lines.join('\n');
}
