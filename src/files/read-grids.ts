/** Any file of the office to its grids: what it is is seen from its bytes, never from its name. */
import type { Container } from './grid.js';
import { readCsvGrid, type CountLabels } from './csv/read.js';
import { readContainer, unreadable } from './unreadable.js';

// Each with packages of its own, of which a file needs one.
const readDocx = async (file: string, bytes: Uint8Array): Promise<Container> =>
  (await import('./office/docx.js')).readDocx(file, bytes);
const readXlsx = async (file: string, bytes: Uint8Array): Promise<Container> =>
  (await import('./office/xlsx.js')).readXlsx(file, bytes);
const readPdf = async (file: string, bytes: Uint8Array): Promise<Container> =>
  (await import('./pdf/read.js')).readPdf(file, bytes);

const startsWith = (bytes: Uint8Array, signature: number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);
const ZIP = [0x50, 0x4b];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];
const PICTURES = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
  [0x49, 0x49, 0x2a, 0x00],
];

/**
 * Reads a workbook, a document, a PDF or a CSV file; whatever it is not able to read is one problem. `countLabels`: what
 * the caller looks for in the file.
 */
export async function readGrids(
  file: string,
  bytes: Uint8Array,
  countLabels: CountLabels,
): Promise<Container> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (message: string, remedy: string) =>
    readContainer(file, () => Promise.reject(unreadable(message, remedy)));
  if (buffer.length === 0) return fail('文件是空的', '确认选择了正确的文件');
  if (buffer.subarray(0, 1024).includes('%PDF-')) return readPdf(file, bytes);
  if (startsWith(buffer, ZIP)) {
    const { openZip } = await import('./office/zip.js');
    const names = await openZip(bytes, 'XLSX').then(
      (zip) => zip.names,
      () => null,
    );
    if (names ? names.some((name) => name.startsWith('word/')) : isDocumentName(file))
      return readDocx(file, bytes);
    if (names?.includes('META-INF/manifest.xml'))
      return fail('文件是 ODS 或 ODT 格式,无法读取', '用 WPS 或 LibreOffice 打开,另存为 XLSX 格式后重新导入');
    if (names?.includes('xl/workbook.bin'))
      return fail('文件是 XLSB 格式,无法读取', '用 Excel 打开,另存为 XLSX 格式后重新导入');
    if (names && !names.some((name) => name.startsWith('xl/')))
      return fail('文件是压缩包,不是表格', '解压后选择其中的 XLSX、DOCX、PDF 或 CSV 文件');
    return readXlsx(file, bytes);
  }
  if (startsWith(buffer, COMPOUND_FILE)) return readCompound(buffer, file, bytes, fail);
  if (PICTURES.some((signature) => startsWith(buffer, signature)))
    return fail('文件是图片,不是表格', '请提供 XLSX、DOCX 或 CSV 文件;只有扫描件的,先录入为表格');
  const head = buffer.subarray(0, 4096).toString('latin1');
  if (/^\s*\{\\rtf/.test(head))
    return fail('文件是 RTF 格式,无法读取', '用 Word 或 WPS 文字打开,另存为 DOCX 格式后重新导入');
  if (/<(html|table|\?xml|!doctype)/i.test(head))
    return fail(
      '文件内容是网页(HTML 或 XML),不是表格文件',
      '用 Excel 或 WPS 表格打开,另存为 XLSX 格式后重新导入(只改扩展名不行)',
    );
  const isUtf16 = startsWith(buffer, [0xff, 0xfe]) || startsWith(buffer, [0xfe, 0xff]);
  if (!isUtf16 && buffer.subarray(0, 65_536).includes(0))
    return fail('文件不是表格或文字文件,无法辨认', '请提供 XLSX、DOCX、PDF 或 CSV 文件');
  return readCsvGrid(file, bytes, countLabels);
}

const isDocumentName = (file: string): boolean => /\.docx?$/i.test(file);

type Fail = (message: string, remedy: string) => Promise<Container>;

/** Old Office files and new ones with a password are both compound files. */
function readCompound(buffer: Buffer, file: string, bytes: Uint8Array, fail: Fail): Promise<Container> {
  const isDocument = buffer.includes(Buffer.from('WordDocument', 'utf16le'));
  if (isDocument && !buffer.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    return fail('文件是旧格式(DOC),无法读取', '用 Word 或 WPS 文字打开,另存为 DOCX 格式后重新导入');
  return isDocumentName(file) ? readDocx(file, bytes) : readXlsx(file, bytes);
}
