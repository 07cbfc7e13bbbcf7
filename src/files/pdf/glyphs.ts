/** One page of a PDF as what is seen on it: glyphs with their places, straight lines, images. */
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Points (1/72 inch) from the top left of the page as it is read; `y` is the baseline. */
export type Glyph = { text: string; x: number; y: number; width: number; size: number };
export type Ruling = { isVertical: boolean; at: number; from: number; to: number };
export type PageContent = { glyphs: Glyph[]; rulings: Ruling[]; images: number };

type Matrix = readonly [number, number, number, number, number, number];
type Box = readonly [number, number, number, number];
type PdfGlyph = { unicode: string; width: number; isSpace: boolean; vmetric?: number[] };
/** What pdf.js tells about a font (its own type is `any`). */
export type PdfFont = {
  fontMatrix?: Matrix;
  vertical?: boolean;
  defaultVMetrics?: number[];
  isType3Font?: boolean;
};
type State = {
  matrix: Matrix;
  clip: Box;
  font: PdfFont;
  fontSize: number;
  direction: 1 | -1;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  fill: string;
  stroke: string;
};

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const FONT_MATRIX: Matrix = [0.001, 0, 0, 0.001, 0, 0];
const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];
/** Thicker bars are shading, not lines; shorter lines are parts of drawn signs. */
const MAX_THICKNESS = 3.5;
const MIN_LENGTH = 4;
const INVISIBLE_TEXT = 3;

const multiply = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[2] * b[1],
  a[1] * b[0] + a[3] * b[1],
  a[0] * b[2] + a[2] * b[3],
  a[1] * b[2] + a[3] * b[3],
  a[0] * b[4] + a[2] * b[5] + a[4],
  a[1] * b[4] + a[3] * b[5] + a[5],
];
const apply = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

/** Codes of the operators, which pdf.js numbers anew now and then. */
export type Operators = typeof PdfJsModule.OPS;
const painters = (OPS: Operators) => {
  const both = [OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke];
  return {
    strokes: new Set<number>([OPS.stroke, OPS.closeStroke, ...both]),
    fills: new Set<number>([OPS.fill, OPS.eoFill, ...both]),
    images: new Set<number>([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject]),
  };
};
/** Nobody sees them; some programs lay white lines under a table. */
const isInvisible = (color: string) => color === '#ffffff' || color === 'transparent';

/** Straight subpaths of a path in pdf.js's coding (0 move, 1 line, 2 and 3 curves, 4 close). */
function subpaths(data: ArrayLike<number>, matrix: Matrix): [number, number][][] {
  const paths: [number, number][][] = [];
  let path: [number, number][] = [];
  let isCurved = false;
  const end = () => {
    if (path.length > 1 && !isCurved) paths.push(path);
    path = [];
    isCurved = false;
  };
  for (let i = 0; i < data.length;) {
    const kind = data[i++];
    if (kind === 2 || kind === 3) {
      isCurved = true;
      i += kind === 2 ? 6 : 4;
    } else if (kind === 4) {
      const [first] = path;
      if (first) path.push(first);
    } else {
      if (kind === 0) end();
      path.push(apply(matrix, data[i] ?? 0, data[i + 1] ?? 0));
      i += 2;
    }
  }
  end();
  return paths;
}

const boxOf = (points: [number, number][]): Box => [
  Math.min(...points.map(([x]) => x)),
  Math.min(...points.map(([, y]) => y)),
  Math.max(...points.map(([x]) => x)),
  Math.max(...points.map(([, y]) => y)),
];

/** A thin box is a line; null for anything else, and for what the clip hides. */
function rulingOf([left, top, right, bottom]: Box, clip: Box): Ruling | null {
  const [x1, x2] = [Math.max(left, clip[0] - 1), Math.min(right, clip[2] + 1)];
  const [y1, y2] = [Math.max(top, clip[1] - 1), Math.min(bottom, clip[3] + 1)];
  if (x2 - x1 >= MIN_LENGTH && bottom - top <= MAX_THICKNESS && y1 <= y2)
    return { isVertical: false, at: (top + bottom) / 2, from: x1, to: x2 };
  if (y2 - y1 >= MIN_LENGTH && right - left <= MAX_THICKNESS && x1 <= x2)
    return { isVertical: true, at: (left + right) / 2, from: y1, to: y2 };
  return null;
}

/**
 * @param OPS of the pdf.js that made the operators
 * @param view from the page's space to points from its top left (pdf.js: `viewport.transform`)
 * @param fontOf the font of a name in the operator list
 */
export function readOperators(
  OPS: Operators,
  operators: { fnArray: number[]; argsArray: unknown[] },
  view: Matrix,
  fontOf: (name: string) => PdfFont,
): PageContent & { angles: number[] } {
  const { strokes, fills, images: pictures } = painters(OPS);
  const glyphs: Glyph[] = [];
  const rulings: Ruling[] = [];
  /** Direction of each glyph in quarter turns. */
  const angles: number[] = [];
  let images = 0;
  let state: State = {
    ...{
      matrix: view,
      clip: EVERYWHERE,
      font: {},
      fontSize: 0,
      direction: 1,
      charSpacing: 0,
      wordSpacing: 0,
    },
    ...{ scale: 1, leading: 0, rise: 0, mode: 0, fill: '#000000', stroke: '#000000' },
  };
  const stack: State[] = [];
  let textMatrix = IDENTITY;
  let [x, y, lineX, lineY] = [0, 0, 0, 0];
  let isClipPending = false;

  function moveText(dx: number, dy: number): void {
    x = lineX += dx;
    y = lineY += dy;
  }

  function showText(items: (PdfGlyph | number | null)[]): void {
    const { font, fontSize, direction } = state;
    const fontMatrix = font.fontMatrix ?? FONT_MATRIX;
    const scale = state.scale * direction;
    const matrix = multiply(state.matrix, textMatrix);
    for (const item of items) {
      if (item === null) continue;
      if (typeof item === 'number') {
        const gap = (item * fontSize) / 1000;
        if (font.vertical) y -= gap;
        else x -= gap * scale;
        continue;
      }
      const spacing = (item.isSpace ? state.wordSpacing : 0) + state.charSpacing;
      const metric = font.vertical ? (item.vmetric ?? font.defaultVMetrics) : undefined;
      const advance = metric
        ? -(metric[0] ?? 0) * fontSize * fontMatrix[0] - spacing * direction
        : item.width * fontSize * fontMatrix[0] + spacing * (font.isType3Font ? 1 : direction);
      addGlyph(item, matrix, metric ? fontSize : item.width * fontSize * fontMatrix[0] * state.scale);
      if (metric) y -= advance;
      else x += advance * scale;
    }
  }

  function addGlyph({ unicode }: PdfGlyph, matrix: Matrix, width: number): void {
    if (state.mode === INVISIBLE_TEXT || !unicode) return;
    const [left, base] = apply(matrix, x, y + state.rise);
    const [dx, dy] = [matrix[0], matrix[1]];
    const size = Math.abs(state.fontSize) * Math.hypot(matrix[2], matrix[3]);
    const wide = width * Math.hypot(dx, dy);
    const center = [left + (wide / 2) * Math.sign(dx || 0), base - size / 3] as const;
    const [x1, y1, x2, y2] = state.clip;
    const slack = size / 5;
    if (center[0] < x1 - slack || center[0] > x2 + slack) return;
    if (center[1] < y1 - slack || center[1] > y2 + slack) return;
    glyphs.push({ text: unicode, x: left, y: base, width: wide, size });
    angles.push((Math.round(Math.atan2(dy, dx) / (Math.PI / 2)) + 4) % 4);
  }

  function drawPath(operator: number, data: ArrayLike<number>): void {
    const paths = subpaths(data, state.matrix);
    if (isClipPending) {
      isClipPending = false;
      const [left, top, right, bottom] = paths.length > 0 ? boxOf(paths.flat()) : EVERYWHERE;
      const [x1, y1, x2, y2] = state.clip;
      state.clip = [Math.max(left, x1), Math.max(top, y1), Math.min(right, x2), Math.min(bottom, y2)];
    }
    const boxes: Box[] = [];
    if (fills.has(operator) && !isInvisible(state.fill)) boxes.push(...paths.map(boxOf));
    if (strokes.has(operator) && !isInvisible(state.stroke))
      for (const path of paths) {
        const ends = operator === OPS.closeStroke && path[0] ? [...path, path[0]] : path;
        for (const [at, point] of ends.entries()) boxes.push(boxOf([ends[at - 1] ?? point, point]));
      }
    for (const box of boxes) {
      const ruling = rulingOf(box, state.clip);
      if (ruling) rulings.push(ruling);
    }
  }

  const numbers = (args: unknown) => args as number[];
  const actions: Record<number, (args: unknown[]) => void> = {
    [OPS.save]: () => void stack.push({ ...state }),
    [OPS.restore]: () => void (state = stack.pop() ?? state),
    [OPS.transform]: (args) => void (state.matrix = multiply(state.matrix, args as unknown as Matrix)),
    [OPS.paintFormXObjectBegin]: ([matrix]) => {
      stack.push({ ...state });
      if (matrix) state.matrix = multiply(state.matrix, matrix as Matrix);
    },
    [OPS.paintFormXObjectEnd]: () => void (state = stack.pop() ?? state),
    [OPS.beginText]: () => {
      textMatrix = IDENTITY;
      x = y = lineX = lineY = 0;
    },
    [OPS.setTextMatrix]: ([matrix]) => {
      textMatrix = matrix as Matrix;
      x = y = lineX = lineY = 0;
    },
    [OPS.moveText]: (args) => moveText(numbers(args)[0] ?? 0, numbers(args)[1] ?? 0),
    [OPS.setLeadingMoveText]: (args) => {
      state.leading = numbers(args)[1] ?? 0;
      moveText(numbers(args)[0] ?? 0, state.leading);
    },
    [OPS.nextLine]: () => moveText(0, state.leading),
    [OPS.setLeading]: (args) => void (state.leading = -(numbers(args)[0] ?? 0)),
    [OPS.setCharSpacing]: (args) => void (state.charSpacing = numbers(args)[0] ?? 0),
    [OPS.setWordSpacing]: (args) => void (state.wordSpacing = numbers(args)[0] ?? 0),
    [OPS.setHScale]: (args) => void (state.scale = (numbers(args)[0] ?? 100) / 100),
    [OPS.setTextRise]: (args) => void (state.rise = numbers(args)[0] ?? 0),
    [OPS.setTextRenderingMode]: (args) => void (state.mode = numbers(args)[0] ?? 0),
    [OPS.setFont]: ([name, size]) => {
      state.font = fontOf(name as string);
      state.fontSize = Math.abs(size as number);
      state.direction = (size as number) < 0 ? -1 : 1;
    },
    [OPS.showText]: ([items]) => showText(items as (PdfGlyph | number | null)[]),
    [OPS.setFillRGBColor]: ([color]) => void (state.fill = String(color)),
    [OPS.setStrokeRGBColor]: ([color]) => void (state.stroke = String(color)),
    [OPS.clip]: () => void (isClipPending = true),
    [OPS.eoClip]: () => void (isClipPending = true),
    [OPS.constructPath]: ([operator, data]) => {
      const [path] = (data ?? []) as [ArrayLike<number>?];
      drawPath(operator as number, path ?? []);
    },
  };
  for (const [at, operator] of operators.fnArray.entries()) {
    if (pictures.has(operator)) images++;
    else actions[operator]?.((operators.argsArray[at] ?? []) as unknown[]);
  }
  return { glyphs, rulings, images, angles };
}
