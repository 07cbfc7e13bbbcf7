/** A file with phrasings: the text of a model's answer, JSON, or a table of any kind that lists are read from. */
import type { Row } from '../../core/domain.js';
import { BotError } from '../../core/errors.js';
import { problemText } from '../../files/problem.js';
import { readGrids } from '../../files/read-grids.js';
import { ANSWER_MAX_CHARACTERS, readAnswers, type ReadAnswers } from './answers.js';
import { readTable } from './table.js';

/** What the bytes of a workbook, a document or a PDF begin with. */
const isOfficeFile = (bytes: Uint8Array): boolean =>
  /^(?:PK|%PDF-|\xd0\xcf\x11\xe0)/.test(Buffer.from(bytes.subarray(0, 8)).toString('latin1'));

/** @throws BotError 'DATA' when it cannot be read at all. */
export async function readPhrasingFile(name: string, bytes: Uint8Array, rows: Row[]): Promise<ReadAnswers> {
  if (!isOfficeFile(bytes) && !/\.csv$/i.test(name)) {
    const text = decode(bytes);
    if (text.length > ANSWER_MAX_CHARACTERS)
      throw new BotError('DATA', `${name}:文字过长,没有读取。处理办法:请分成几个文件导入。`);
    return readAnswers(text, rows);
  }
  const { grids, problems } = await readGrids(name, bytes, () => 0);
  if (grids.length === 0)
    throw new BotError('DATA', problems.map(problemText).join('\n') || `${name}:没有可以读取的表格。`);
  const result: ReadAnswers = { proposals: [], unread: [] };
  for (const grid of grids) {
    const width = Math.max(0, ...grid.rows.flatMap(({ cells }) => cells.map(({ column }) => column + 1)));
    const table = grid.rows.map(({ row, cells }) => {
      const texts = new Array<string>(width).fill('');
      for (const { column, text } of cells) texts[column] = text;
      return { cells: texts, where: `“${grid.name}”第${row}行` };
    });
    const read = readTable(table);
    if (read) result.proposals.push(...read);
    else result.unread.push(`“${grid.name}”没有“序号、事项、问法”三栏`);
    // Answers pasted into a document stand before its tables.
    if (grid.before.length > 0) {
      const before = readAnswers(grid.before.join('\n'), rows);
      result.proposals.push(...before.proposals);
      result.unread.push(...before.unread);
    }
  }
  return result;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
