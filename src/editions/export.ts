/** Lists as a workbook that a person can edit and that imports back to the same rows. */
import type { Row as SheetRow, SheetData } from 'write-excel-file/node';
import type { List, Row } from '../core/domain.js';
import { GUIDE_FIELD_IDS, GUIDE_FIELDS } from '../core/guide.js';
import { traitsOf } from '../core/list-kinds.js';
import { SINGLE_UNIT } from './import/mapping.js';
import { headCell, textCell } from '../files/text-cell.js';

const HEADER = [
  ...['序号', '类别', '事项名称', `主体责任单位${SINGLE_UNIT}`, '主体责任'],
  ...[`配合单位${SINGLE_UNIT}`, '配合责任', '依据', '问法'],
];
/** In characters. */
const WIDTHS = [8, 16, 30, 24, 60, 24, 60, 30, 30];
const MERGED = [0, 2, 7, 8];

/** Of a list of service guides. */
const GUIDE_HEADER = [
  ...['序号', '类别', '事项名称', `办理单位${SINGLE_UNIT}`],
  ...GUIDE_FIELD_IDS.map((field) => GUIDE_FIELDS[field]),
  ...['依据', '问法'],
];
const GUIDE_WIDTHS = [8, 16, 30, 24, ...GUIDE_FIELD_IDS.map(() => 36), 30, 30];

const text = (value: string, more: Parameters<typeof textCell>[1] = {}) =>
  value === '' ? null : textCell(value, more);

/** One physical row for each unit; what belongs to the matter as a whole is merged down. */
function matterRows(row: Row): SheetRow[] {
  const height = Math.max(1, row.lead.length, row.support.length);
  const whole = [
    row.number,
    row.domain,
    row.matter,
    '',
    '',
    '',
    '',
    row.basis.join('\n'),
    row.askedAs.join('\n'),
  ];
  return Array.from({ length: height }, (_, at): SheetRow => {
    const lead = row.lead[at];
    const support = row.support[at];
    return HEADER.map((_label, column) => {
      if (column === 3) return text(lead?.unit ?? '');
      if (column === 4) return text(lead?.duty ?? '');
      if (column === 5) return text(support?.unit ?? '');
      if (column === 6) return text(support?.duty ?? '');
      // Each matter prints its category: merged over matters, a sorted sheet would lose it.
      const isMerged = height > 1 && (MERGED.includes(column) || column === 1);
      return at === 0 ? text(whole[column] ?? '', isMerged ? { rowSpan: height } : {}) : null;
    });
  });
}

/** One physical row for each unit; all else stands in the first. */
const guideRows = (row: Row): SheetRow[] => {
  const height = Math.max(1, row.lead.length);
  const told = GUIDE_FIELD_IDS.map((field) => row.guide?.[field] ?? '');
  const whole = [
    row.number,
    row.domain,
    row.matter,
    '',
    ...told,
    row.basis.join('\n'),
    row.askedAs.join('\n'),
  ];
  return Array.from({ length: height }, (_, at): SheetRow =>
    GUIDE_HEADER.map((_label, column) => {
      if (column === 3) return text(row.lead[at]?.unit ?? '');
      return at === 0 ? text(whole[column] ?? '', height > 1 ? { rowSpan: height } : {}) : null;
    }),
  );
};

/** Sheet names are unique and without the seven characters that Excel forbids, 31 at most. */
function sheetName(list: List, used: Set<string>): string {
  const base = (list.batch ?? list.scope.township ?? list.scope.townshipClass ?? list.title)
    .replace(/[\\/?*[\]:']/g, ' ')
    .slice(0, 25)
    .trim();
  let name = base || list.id;
  for (let at = 2; used.has(name); at++) name = `${base} ${at}`;
  used.add(name);
  return name;
}

function sheetOf(list: List, rows: Row[]): SheetData {
  const { isGuide } = traitsOf(list.kind);
  const header = isGuide ? GUIDE_HEADER : HEADER;
  const line = (value: string): SheetRow => [
    text(value, { columnSpan: header.length }),
    ...header.slice(1).map(() => null),
  ];
  return [
    line(list.title),
    line([list.issuer, list.documentNumber].filter(Boolean).join(' ')),
    header.map(headCell),
    ...rows.filter((row) => row.listId === list.id).flatMap(isGuide ? guideRows : matterRows),
  ];
}

export async function renderWorkbook(lists: List[], rows: Row[]): Promise<Uint8Array> {
  const used = new Set<string>();
  const sheets = lists.map((list) => ({
    data: sheetOf(list, rows),
    sheet: sheetName(list, used),
    columns: (traitsOf(list.kind).isGuide ? GUIDE_WIDTHS : WIDTHS).map((width) => ({ width })),
  }));
  const { default: writeWorkbook } = await import('write-excel-file/node');
  return new Uint8Array(await writeWorkbook(sheets).toBuffer());
}
