/** A Word document to its tables, each with the lines of text before it. */
import { parseBody } from './docx-body.js';
import { gridRows } from './docx-grid.js';
import { createNumberPrinter, parseNumbering, parseStyles } from './docx-numbering.js';
import type { Container } from '../grid.js';
import { struckThrough, type Problem } from '../problem.js';
import { readContainer, unreadable } from '../unreadable.js';
import { parseXml } from './xml.js';
import { openZip, type Zip } from './zip.js';

/** Tables are named 表1, 表2 … in the order of the document. Links and embedded objects are never followed. */
export const readDocx = (file: string, bytes: Uint8Array): Promise<Container> =>
  readContainer(file, async () => {
    const zip = await openZip(bytes, 'DOCX');
    const main = await mainPart(zip);
    const folder = main.slice(0, main.lastIndexOf('/') + 1);
    const part = async <T>(
      name: string,
      parse: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
      none: T,
    ) => (zip.has(folder + name) ? parse(zip.read(folder + name)) : none);
    const styles = await part('styles.xml', parseStyles, new Map());
    const numbering = await part('numbering.xml', parseNumbering, {
      abstracts: new Map(),
      instances: new Map(),
    });
    const { tables, after } = await parseBody(zip.read(main), styles, createNumberPrinter(numbering, styles));
    if (tables.length === 0) {
      const problem: Problem = {
        ...{ file, row: 0, column: '', message: '文件中没有表格' },
        remedy: '确认这是清单文件;清单须是 Word 表格,不能是图片或用空格排齐的文字',
      };
      return { grids: [], problems: [problem], warnings: [], paragraphs: after };
    }
    const warnings: Problem[] = [];
    const grids = tables.map((table, at) => {
      const { rows, hidden, struck } = gridRows(table);
      const name = `表${at + 1}`;
      for (const cell of struck) warnings.push(struckThrough(file, name, cell.row, cell.column));
      for (const row of hidden)
        warnings.push({
          file,
          row,
          column: '',
          message: `${name}的这一行设为隐藏,没有读取`,
          remedy: '属于清单的,取消隐藏后重新导入',
        });
      return { name, kind: 'table' as const, before: table.before, isHidden: false, rows };
    });
    return { grids, problems: [], warnings, paragraphs: after };
  });

/** Name of the part that the package calls its document (Open Packaging Conventions); word/document.xml by custom. */
async function mainPart(zip: Zip): Promise<string> {
  let target = 'word/document.xml';
  if (zip.has('_rels/.rels'))
    await parseXml(zip.read('_rels/.rels'), {
      open(name, { Type: type = '', Target: path = '', TargetMode: mode }) {
        if (name === 'Relationship' && type.endsWith('/officeDocument') && mode !== 'External')
          target = path.replace(/^\/+/, '');
      },
    });
  if (zip.has('xl/workbook.xml'))
    throw unreadable('文件内容是 Excel 表格,扩展名却是 docx', '把扩展名改为 xlsx 后重新导入');
  if (!zip.has(target))
    throw unreadable('文件内容不是 Word 文档', '用 Word 或 WPS 文字打开,另存为 DOCX 格式后重新导入');
  return target;
}
