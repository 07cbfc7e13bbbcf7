/** Something wrong in a file of the office: where it is and what to do. */

export type Problem = {
  file: string;
  /** Name of the sheet, or of the table in a document; absent where the whole file is meant. */
  sheet?: string;
  /** Physical row of the sheet, file or table, 1-based; 0 when the whole file is meant. */
  row: number;
  /** Column letter, or an empty string when the whole row is meant. */
  column: string;
  message: string;
  remedy: string;
  /** A warning that somebody has to confirm before anything is made of the file. */
  mustConfirm?: true;
};

export const columnLetter = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);

export function problemText(p: Problem): string {
  const sheet = p.sheet ? ` “${p.sheet}”` : '';
  const where = p.row > 0 ? ` 第${p.row}行${p.column ? ` ${p.column}列` : ''}` : '';
  return `${p.file}${sheet}${where}:${p.message}。处理办法:${p.remedy}。`;
}

/** What a line goes through is deleted by whoever drew it: it is not read, and said so. `column` 0-based. */
export const struckThrough = (file: string, sheet: string, row: number, column: number): Problem => ({
  ...{ file, sheet, row, column: columnLetter(column) },
  message: '这一格有加了删除线的文字,没有读取',
  remedy: '仍属于清单的,取消删除线后重新导入',
});
