/** An evaluation as a workbook to be printed and signed: means, every township's sheet, the appeals. */
import type { Row as SheetRow, SheetData } from 'write-excel-file/node';
import { formatInstant } from '../calendar/local.js';
import type { Evaluation, ScoreRow, Sheet } from '../core/evaluation.js';
import { headCell, numberCell, textCell, wordsCell } from '../files/text-cell.js';
import type { Directory } from '../organizations/directory.js';
import { appealOn, countedRows, departmentOf, rowOf, totalOf } from './machine.js';
import { spanOf } from './view.js';

export async function renderEvaluation(evaluation: Evaluation, directory: Directory): Promise<Uint8Array> {
  const sheets = [
    { sheet: '汇总', data: meansSheet(evaluation, directory) },
    ...evaluation.sheets.map((it) => ({
      sheet: it.township.slice(0, 25),
      data: townshipSheet(evaluation, it),
    })),
    { sheet: '申诉', data: appealsSheet(evaluation) },
  ];
  const columns = [{ width: 30 }, ...Array.from({ length: 7 }, () => ({ width: 16 }))];
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const book = writeWorkbook(sheets.map((it) => ({ ...it, columns })));
  return new Uint8Array(await book.toBuffer());
}

const heading = (value: string): SheetRow => [textCell(value, { fontWeight: 'bold' })];
const signatures = ({ signatures: names }: Evaluation): SheetRow[] => [
  [],
  names.map((name) => textCell(`${name}(签字):`)),
  names.map(() => textCell('日期:')),
];

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** By department, its own scores and those of its stationed teams together, in the order of their names on the forms. */
function meansSheet(evaluation: Evaluation, directory: Directory): SheetData {
  const { dimensions } = evaluation;
  const groups = new Map<string, ScoreRow[]>();
  for (const { row } of countedRows(evaluation)) {
    const name = departmentOf(row.body, directory);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [
    heading(`${evaluation.title} ${spanOf(evaluation)} 汇总`),
    [textCell('只计镇街负责人已确认的评分;申诉成立的不计。')],
    [
      headCell('单位(含派驻机构)'),
      headCell('评分次数'),
      ...dimensions.map(({ name, max }) => headCell(`${name}(满分${max})平均`)),
      headCell('合计平均'),
    ],
    ...[...groups].map(([name, rows]): SheetRow => [
      textCell(name),
      numberCell(rows.length),
      ...dimensions.map(({ id }) => numberCell(meanOf(rows.map(({ values }) => values[id] ?? 0)))),
      numberCell(meanOf(rows.map(totalOf))),
    ]),
    ...signatures(evaluation),
  ];
}

function townshipSheet(evaluation: Evaluation, sheet: Sheet): SheetData {
  const { dimensions } = evaluation;
  const { township, bodies, confirmed } = sheet;
  const state = confirmed ? `${confirmed.by.name} ${formatInstant(confirmed.at, 0)} 确认` : '未确认';
  return [
    heading(`${evaluation.title} ${spanOf(evaluation)} ${township}`),
    [textCell(state)],
    [
      headCell('评价对象'),
      ...dimensions.map(({ name, max }) => headCell(`${name}(满分${max})`)),
      ...['合计', '说明', '打分人', '申诉'].map(headCell),
    ],
    ...bodies.map((body): SheetRow => {
      const row = rowOf(sheet, body);
      const decision = appealOn(evaluation, township, body)?.decision;
      return [
        textCell(body),
        ...dimensions.map(({ id }) => (row ? numberCell(row.values[id] ?? 0) : null)),
        row ? numberCell(totalOf(row)) : null,
        wordsCell(row?.words ?? ''),
        wordsCell(row?.by.name ?? ''),
        wordsCell(
          decision
            ? decision.isUpheld
              ? '成立'
              : '不成立'
            : appealOn(evaluation, township, body)
              ? '待决定'
              : '',
        ),
      ];
    }),
    ...signatures(evaluation),
  ];
}

function appealsSheet({ appeals }: Evaluation): SheetData {
  return [
    ['编号', '镇街', '评价对象', '申诉人', '理由', '决定', '决定理由', '决定人'].map(headCell),
    ...appeals.map(({ id, township, body, by, reason, decision }): SheetRow => [
      ...[id, township, body, `${by.organization} ${by.name}`, reason].map(wordsCell),
      wordsCell(decision ? (decision.isUpheld ? '成立' : '不成立') : '待决定'),
      wordsCell(decision?.reason ?? ''),
      wordsCell(decision?.by.name ?? ''),
    ]),
  ];
}
