/** The table of rectification measures, checked row by row: each problem says where, what was read and what to do. Pure. */
import { formatDate, isDate, toLocal, type LocalDate } from '../calendar/local.js';
import { columnLetter, type Problem } from '../files/problem.js';
import { readCsv, type TableRow } from '../files/csv/strict-table.js';
import type { Directory } from '../organizations/directory.js';
import { isDoneText, type MeasureReminder, type MeasureRow } from './measures.js';
import { shorten } from '../text/shorten.js';

/** Names of the columns; the first one is proposed. */
const COLUMNS = {
  number: ['编号', '序号'],
  aspect: ['方面', '类别', '整改方面'],
  text: ['措施', '整改措施', '具体措施'],
  units: ['责任单位', '牵头单位'],
  person: ['责任人', '责任人员'],
  deadline: ['时限', '整改时限', '完成时限'],
  progress: ['进度', '整改进度', '进展'],
} as const;
type Column = keyof typeof COLUMNS;
const OPTIONAL: ReadonlySet<Column> = new Set(['person', 'progress']);

const NUMBER = /^[\w.\-\u4e00-\u9fff]{1,12}$/;
const PROGRESS_MAX = 200;

export type MeasureTable = { rows: MeasureRow[]; problems: Problem[]; warnings: string[] };

export type TableTerms = {
  directory: Directory;
  /** What is stored, by number. */
  existing: ReadonlyMap<string, MeasureReminder>;
  now: number;
};

/** CSV in UTF-8 or GB18030, with commas, or with tabs as they are when cells are copied out of a spreadsheet. */
export function readMeasures(file: string, bytes: Uint8Array, terms: TableTerms): MeasureTable {
  const utf8 = toUtf8(bytes);
  const [head = ''] = new TextDecoder().decode(utf8).trimStart().split('\n');
  const { table, problems } = readCsv(file, utf8, head.includes('\t') ? '\t' : ',');
  if (!table) return { rows: [], problems, warnings: [] };
  const places = placesOf(table.header);
  const missing = (Object.keys(COLUMNS) as Column[]).filter(
    (column) => !OPTIONAL.has(column) && !places.has(column),
  );
  if (missing.length > 0)
    return {
      rows: [],
      problems: [
        {
          file,
          row: 1,
          column: '',
          message: `表头是“${table.header.join('、')}”,缺少${missing.map((it) => `“${COLUMNS[it][0]}”`).join('、')}`,
          remedy: '第一行写列名:编号、方面、措施、责任单位、责任人(可空)、时限、进度(可空)',
        },
      ],
      warnings: [],
    };
  if (table.rows.length === 0)
    return {
      rows: [],
      problems: [{ file, row: 0, column: '', message: '没有措施', remedy: '在表头之下逐行填写措施' }],
      warnings: [],
    };
  const reader = createRowReader(file, places, terms);
  const rows = table.rows.map(reader.read);
  return { rows, problems: reader.problems, warnings: reader.warnings };
}

function toUtf8(bytes: Uint8Array): Uint8Array {
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return encoding === 'utf-8' ? bytes : new TextEncoder().encode(text);
    } catch {
      continue;
    }
  return bytes;
}

function placesOf(header: string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const names: readonly string[] = COLUMNS[column];
    const at = header.findIndex((name) =>
      names.includes((name.split(/[(\uff08]/)[0] ?? '').replace(/\s/g, '')),
    );
    if (at >= 0) places.set(column, at);
  }
  return places;
}

function createRowReader(
  file: string,
  places: ReadonlyMap<Column, number>,
  { directory, existing, now }: TableTerms,
) {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const lineOf = new Map<string, number>();
  let aspect = '';

  const read = ({ line, cells }: TableRow): MeasureRow => {
    const cell = (column: Column) => (cells[places.get(column) ?? -1] ?? '').trim();
    const fail = (column: Column, message: string, remedy: string) =>
      void problems.push({ file, row: line, column: columnLetter(places.get(column) ?? 0), message, remedy });

    const number = cell('number');
    const first = lineOf.get(number);
    if (!NUMBER.test(number))
      fail('number', `编号“${number}”不能用`, '写 1 至 12 个字,可用数字、字母、汉字、点和连字符');
    else if (first !== undefined)
      fail('number', `编号“${number}”与第${first}行重复`, '一项措施一个编号,改其中一个');
    lineOf.set(number, first ?? line);

    // A heading that is merged over several rows stands in the first of them only.
    aspect = cell('aspect') || aspect;
    if (aspect === '') fail('aspect', '“方面”是空的', '填写这项措施属于哪个方面');
    const text = cell('text');
    if (text === '') fail('text', '“措施”是空的', '填写措施,或删去这一行');

    const stored = existing.get(number);
    if (stored && stored.measure.doneAt !== null && stored.measure.text !== text)
      fail(
        'number',
        `编号“${number}”已用于完成的措施“${shorten(stored.measure.text, 20)}”`,
        '换一个没有用过的编号,例如加上年份 2027-1',
      );

    const units = unitsIn(cell('units'), fail);
    const progress = cell('progress');
    if (progress.length > PROGRESS_MAX)
      fail('progress', `进度有 ${progress.length} 字`, `不超过 ${PROGRESS_MAX} 字`);
    const deadline = deadlineIn(cell('deadline'), stored, progress, fail);
    const person = personIn(cell('person'), units, number);
    return { number, aspect, text, units, deadline, progress, ...(person !== '' && { person }) };
  };

  type Fail = (column: Column, message: string, remedy: string) => void;

  const unitsIn = (text: string, fail: Fail): string[] => {
    const names = text.split(/[、,\uff0c;\uff1b|/\s]+/).filter(Boolean);
    if (names.length === 0) fail('units', '“责任单位”是空的', '填写单位名录中的名称,多个用“、”隔开');
    return [
      ...new Set(
        names.flatMap((name) => {
          const unit = directory.resolve(name);
          if (unit !== null) return [unit];
          const near = directory.nearest(name);
          const meant = near.length > 0 ? `是否为${near.map((it) => `“${it}”`).join('、')}?` : '';
          fail('units', `不认识单位“${name}”`, `${meant}改为单位名录中的名称或别名`);
          return [];
        }),
      ),
    ];
  };

  const deadlineIn = (
    text: string,
    stored: MeasureReminder | undefined,
    progress: string,
    fail: Fail,
  ): LocalDate => {
    const date = parseDate(text);
    if (date === null) {
      fail('deadline', `时限“${text}”不是完整的日期`, '写成 2026-12-31 或 2026年12月31日');
      return '';
    }
    // What is overdue stands in the table with its old deadline, and may be imported again with it.
    const isKnown = stored?.when.date === date || (stored && stored.measure.doneAt !== null);
    if (date < toLocal(now).date && !isKnown && !isDoneText(progress))
      fail('deadline', `时限${formatDate(date, now)}已过`, '改为今后的日期;已经完成的,在“进度”列写“已完成”');
    return date;
  };

  /** Nobody is refused for a name: the reminder then reaches the unit. */
  const personIn = (name: string, units: string[], number: string): string => {
    if (name === '') return '';
    const known = directory.people.some((it) => it.name === name && units.includes(it.organization));
    if (!known)
      warnings.push(
        `编号“${number}”的责任人“${name}”不在${units.join('、') || '该单位'}的人员名录中,提醒发到单位`,
      );
    return known ? name : '';
  };

  return { read, problems, warnings };
}

/** With its year: nothing is guessed. */
function parseDate(text: string): LocalDate | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : null;
}
