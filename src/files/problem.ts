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
