/** A PDF with a text layer to its ruled tables, each with the lines of text before it. */
import { fileURLToPath } from 'node:url';
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Container, Grid } from '../grid.js';
import { readOperators, type PageContent, type PdfFont } from './glyphs.js';
import { isContinued, joinParts, type Part } from './join.js';
import { bodyLines, type PageLines } from './margins.js';
import { findTables } from './tables.js';
import { paragraphsOf, titleLines } from './paragraphs.js';
import { linesOf, type Line } from './text.js';
import { turnUpright } from './turn.js';
import type { Problem } from '../problem.js';
import { readContainer, unreadable } from '../unreadable.js';

const MAX_PAGES = 600;
const MAX_GLYPHS = 3_000_000;
/** Fewer signs on a page are a page number or a stamp, not the text of a scan. */
const MIN_GLYPHS_PER_PAGE = 8;
/** Private and undefined codes: the font does not say which characters its glyphs are. */
const UNKNOWN_SIGN = /[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f]/;
const MAX_UNKNOWN = 0.05;

type PdfJs = typeof PdfJsModule;

/**
 * pdf.js is large: it is loaded with the first PDF. Its drawing half wants these names of the browser at once; nothing is
 * drawn here, so that empty ones do and its optional native package may be missing.
 */
async function loadPdfJs(): Promise<PdfJs> {
  const names = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) names[name] ??= function () {};
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

const packageFolder = (name: string): string =>
  fileURLToPath(new URL(`../../${name}/`, import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));

/** Tables are named 表1, 表2 …; a table over several pages is one. Nothing of the file is run, no link is followed. */
export const readPdf = (file: string, bytes: Uint8Array): Promise<Container> =>
  readContainer(file, async () => {
    refuseOtherFormats(bytes);
    const pdfJs = await loadPdfJs();
    const pdf = await openPdf(pdfJs, bytes);
    try {
      const pages = await readPages(pdfJs, pdf);
      const { grids, warnings } = gridsOf(file, pages);
      if (grids.length === 0) {
        const problem: Problem = {
          ...{ file, row: 0, column: '', message: '文件中没有带框线的表格' },
          remedy: '确认这是清单文件;表格没有框线的,请改用 Word 或 Excel 原件,或加上框线后重新生成 PDF',
        };
        const paragraphs = paragraphsOf(bodyLines(pages, 0), pages[0]?.width ?? 0) ?? [];
        return { grids, problems: [problem], warnings, paragraphs };
      }
      return { grids, problems: [], warnings };
    } finally {
      await pdf.loadingTask.destroy();
    }
  });

function refuseOtherFormats(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (bytes.length === 0) throw unreadable('文件是空的', '确认选择了正确的文件');
  if (!start.includes('%PDF-'))
    throw unreadable('文件内容不是 PDF 格式', '重新下载该文件,或改用 Word、Excel 原件');
  // pdf.js repairs a cut file as far as it goes; half a list must not be read as a whole one.
  if (!Buffer.from(bytes.subarray(-2048)).toString('latin1').includes('%%EOF'))
    throw unreadable('文件不完整(缺少结尾),无法读取', '重新下载或复制该文件');
}

async function openPdf({ getDocument, VerbosityLevel }: PdfJs, bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: packageFolder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: packageFolder('standard_fonts'),
    wasmUrl: packageFolder('wasm'),
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    return await task.promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw unreadable('文件设有打开密码,无法读取', '取消密码后重新导入,或改用 Word、Excel 原件');
    throw unreadable('文件不完整或已损坏,无法读取', '重新下载或复制该文件,或改用 Word、Excel 原件', error);
  }
}

type Page = PageLines & { width: number };

async function readPages(pdfJs: PdfJs, pdf: PDFDocumentProxy): Promise<Page[]> {
  if (pdf.numPages > MAX_PAGES)
    throw unreadable(`文件有 ${pdf.numPages} 页,超过 ${MAX_PAGES} 页`, '把清单分成几个文件后重新导入');
  const pages: Page[] = [];
  const scanned: number[] = [];
  let glyphs = 0;
  let unknown = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const content = await readPage(pdfJs, pdf, number);
    glyphs += content.glyphs.length;
    unknown += content.glyphs.filter(({ text }) => UNKNOWN_SIGN.test(text)).length;
    if (glyphs > MAX_GLYPHS)
      throw unreadable('文件内容过多,为安全起见不予读取', '把清单分成几个文件后重新导入');
    if (content.images > 0 && content.glyphs.length < MIN_GLYPHS_PER_PAGE) scanned.push(number);
    const { tables, outside } = findTables(content.rulings, content.glyphs);
    pages.push({ width: content.width, height: content.height, tables, lines: linesOf(outside) });
  }
  const remedy = '改用 Word、Excel 原件;没有原件的,用文字识别(OCR)软件转成 Word 表格,核对后导入';
  if (scanned.length > 0 && scanned.length === pdf.numPages)
    throw unreadable('这是扫描件(只有图片,没有文字),无法读取', remedy);
  if (scanned.length > 0)
    throw unreadable(`第${scanned.join('、')}页是扫描的图片,没有文字,无法完整读取`, remedy);
  if (glyphs === 0) throw unreadable('文件中没有文字', remedy);
  if (unknown > glyphs * MAX_UNKNOWN) throw unreadable('文件中的文字没有编码信息,读出来是乱码', remedy);
  return pages;
}

async function readPage(
  { OPS }: PdfJs,
  pdf: PDFDocumentProxy,
  number: number,
): Promise<PageContent & { width: number; height: number }> {
  try {
    const page = await pdf.getPage(number);
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const operators = await page.getOperatorList({ annotationMode: 0 });
    const fontOf = (name: string) => page.commonObjs.get(name) as PdfFont;
    const [a, b, c, d, e, f] = transform as [number, number, number, number, number, number];
    const content = readOperators(OPS, operators, [a, b, c, d, e, f], fontOf);
    page.cleanup();
    return turnUpright(content, width, height);
  } catch (error) {
    throw unreadable(`第${number}页已损坏,无法读取`, '重新下载或复制该文件,或改用 Word、Excel 原件', error);
  }
}

/** Size of the text in the tables, in points: half of their glyphs are smaller. */
function tableTextSize(pages: Page[]): number {
  const sizes = pages.flatMap(({ tables }) =>
    tables.flatMap(({ regions }) => regions.flatMap(({ glyphs }) => glyphs.map(({ size }) => size))),
  );
  return sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
}

function gridsOf(file: string, pages: Page[]): { grids: Grid[]; warnings: Problem[] } {
  const textSize = tableTextSize(pages);
  const bodies = bodyLines(pages, textSize);
  const found: { before: Line[]; parts: Part[] }[] = [];
  let between: Line[] = [];
  for (const [at, { tables }] of pages.entries()) {
    const lines = [...(bodies[at] ?? [])];
    for (const table of tables) {
      const top = table.ys[0] ?? 0;
      while (lines[0] && lines[0].y < top) between.push(...lines.splice(0, 1));
      const last = found.at(-1);
      const lastPart = last?.parts.at(-1);
      const isNextPage = lastPart?.page === at;
      if (last && lastPart && isNextPage && between.length === 0 && isContinued(lastPart.table, table))
        last.parts.push({ page: at + 1, table });
      else found.push({ before: between, parts: [{ page: at + 1, table }] });
      between = [];
    }
    between.push(...lines);
  }
  const warnings: Problem[] = [];
  const grids = found.map(({ before, parts }, at): Grid => {
    const name = `表${at + 1}`;
    const { rows, unsure } = joinParts(parts);
    for (const { page, row } of unsure)
      warnings.push({
        file,
        row,
        column: '',
        message: `${name}的这一行在第${page}页页首,看不出是上一行的续文还是新的一行`,
        remedy: '对照原件核对这一行和上一行;读错的,改用 Word、Excel 原件',
      });
    return { name, kind: 'table', before: titleLines(before, textSize), isHidden: false, rows };
  });
  return { grids, warnings };
}
