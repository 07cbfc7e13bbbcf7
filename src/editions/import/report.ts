/** What a reading looks like from outside: JSON for programs, tables for people. */
import { GUIDE_FIELDS, type GuideField } from '../../core/guide.js';
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
    ...(row.guide && { guide: row.guide }),
    ...(row.scope && { scope: row.scope }),
    where: `${row.sheet ?? list.sheet}!${columnLetter(number ?? matter ?? 0)}${row.row}`,
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

const problemJson = ({ file, sheet = '', row, column, message, remedy, mustConfirm }: Problem) => ({
  ...{ file, sheet, row, column, message, remedy },
  ...(mustConfirm && { mustConfirm }),
});

/** Warnings that somebody has to confirm before a draft is made. */
export const toConfirm = (readings: Pick<FileReading, 'warnings'>[]): Problem[] =>
  readings.flatMap(({ warnings }) => warnings.filter(({ mustConfirm }) => mustConfirm));

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
const ANSWER_MAX = 240;

const partyText = ({ unit, duty }: { unit: string; duty: string }): string =>
  duty ? `${unit || '(未写明单位)'}:${duty}` : unit;

/** What will be answered of a column of a row: not its cell, but what was made of it. */
function answered(list: ReadList, row: ListRow, index: number): string {
  const { simple, guide } = list.table.mapping;
  const told = guide?.find((column) => column.index === index);
  if (told) return row.guide?.[told.field] ?? '';
  const field = (Object.keys(simple) as (keyof typeof simple)[]).find((key) => simple[key] === index);
  if (field === 'askedAs') return row.askedAs.join('|');
  if (field === 'list' || field === 'batch' || field === 'note' || field === 'sub')
    return row.source.parts[0]?.at(index)?.text ?? '';
  if (field) return row[field];
  const entries = [...row.lead, ...row.support];
  const duties = entries.filter(({ column, dutyColumn }) => dutyColumn === index || column === index);
  const isUnits = duties.every(({ column, dutyColumn }) => column === index && dutyColumn !== index);
  return duties.map((entry) => (isUnits ? entry.unit : partyText(entry))).join('、');
}

/** The mapping of a list with what its first rows will answer, one column a line, and one row as it is answered. */
export function mappingText(list: ReadList): string {
  // Rows of another part have other columns.
  const samples = list.rows.filter((row) => list.table.matters.includes(row.source)).slice(0, SAMPLES);
  const labels = new Map(list.table.header.columns.map((column) => [column.index, column.label]));
  const columns = describeMapping(list.table.mapping);
  const lines = columns.map(({ index, letter, title }) => {
    const cells = samples.map((row) => shorten(cleanText(answered(list, row, index)), SAMPLE_MAX) || '(空)');
    return `  ${letter}  ${labels.get(index) ?? '(无表头)'} → ${title}:${cells.join(' | ')}`;
  });
  const mapped = new Set(columns.map(({ index }) => index));
  const unread = list.table.header.columns.filter(({ index }) => !mapped.has(index));
  if (unread.length > 0)
    lines.push(`  未读取:${unread.map((c) => `${columnLetter(c.index)} ${c.label}`).join('、')}`);
  const [first] = list.rows;
  if (first) lines.push(`  答复示例:${shorten(answerText(list, first), ANSWER_MAX)}`);
  return lines.join('\n');
}

function answerText({ kind }: ReadList, { number, matter, lead, support, basis, guide }: ListRow): string {
  const part = (label: string, entries: { unit: string; duty: string }[]) =>
    entries.length > 0 ? `${label} ${entries.map((it) => shorten(partyText(it), SAMPLE_MAX)).join(';')}` : '';
  return [
    `【${cleanText(matter)}】`,
    part(traitsOf(kind).leadLabel, lead),
    part('配合责任', support),
    ...Object.entries(guide ?? {}).map(
      ([field, text]) => `${GUIDE_FIELDS[field as GuideField]}:${shorten(cleanText(text), SAMPLE_MAX)}`,
    ),
    basis && `依据:${shorten(cleanText(basis), SAMPLE_MAX)}`,
    `第${number}项`,
  ]
    .filter(Boolean)
    .join(' ');
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
  const doubts = toConfirm([reading]);
  const warnings = reading.warnings.filter(({ mustConfirm }) => !mustConfirm);
  if (warnings.length > 0) lines.push(`提醒 ${warnings.length} 条:`);
  lines.push(...warnings.map((warning) => `  ${problemText(warning)}`));
  if (doubts.length > 0) lines.push(`待确认 ${doubts.length} 条:`);
  lines.push(...doubts.map((doubt) => `  ${problemText(doubt)}`));
  if (reading.problems.length > 0) lines.push(`问题 ${reading.problems.length} 条:`);
  lines.push(...reading.problems.map((problem) => `  ${problemText(problem)}`));
  return lines.join('\n');
}
