/** One small table for each matter, its labels beside their values: all of them become one table under a header. */
import type { Cell, Grid, GridRow } from '../../files/grid.js';
import { guideFieldOf } from './guide-columns.js';
import { countKnownLabels, meaningOf, normalizeLabel } from './headers.js';
import { isTitle } from './lines.js';
import { cleanText } from './units.js';

/** `row`: where it begins. `heading`: the line above it. */
export type Form = { row: number; heading: string; values: Map<string, string> };

const LABEL_MAX = 12;
const labelOf = (text: string): string => normalizeLabel(text).replace(/:$/, '');

export function isFormLabel(text: string): boolean {
  const label = labelOf(text);
  if (label === '' || label.length > LABEL_MAX) return false;
  const meaning = meaningOf(label);
  // 县公安局 is a value, though a column may bear its name.
  if (meaning) return !(meaning.field === 'party' && meaning.headerUnit !== undefined && meaning.isWeak);
  return guideFieldOf(label) !== null || countKnownLabels([label]) > 0;
}

export function isMatterLabel(text: string): boolean {
  const meaning = meaningOf(labelOf(text));
  return meaning?.field === 'matter' && !meaning.isWeak;
}

const isNumberLabel = (text: string): boolean => meaningOf(labelOf(text))?.field === 'number';

/** `1.` or `一、` before a heading. */
const NUMBERED = /^(\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}[.、\uff0e]\s{0,3}(?!\d)/;

/** Labels and values in turn; null where two values stand beside each other. */
function pairsIn(cells: Cell[]): [string, string][] | null {
  const pairs: [string, string][] = [];
  let open: string | null = null;
  for (const { text } of cells) {
    if (isFormLabel(text)) {
      if (open !== null) pairs.push([open, '']);
      open = labelOf(text);
    } else if (open === null) return null;
    else {
      pairs.push([open, text.trim()]);
      open = null;
    }
  }
  if (open !== null) pairs.push([open, '']);
  return pairs;
}

/**
 * A second `配合责任单位 | 县应急管理局 | 配合责任 | …` of one form: its unit below the first, its duty behind its name. False where the
 * row repeats labels in any other way: whose duties are whose is not clear then.
 */
function addParty(form: Form, pairs: [string, string][]): boolean {
  const [unit, duty] = pairs;
  if (!unit || !duty || pairs.length !== 2) return false;
  const [ofUnit, ofDuty] = [meaningOf(unit[0]), meaningOf(duty[0])];
  if (ofUnit?.field !== 'party' || ofDuty?.field !== 'party' || ofUnit.role !== ofDuty.role) return false;
  const [units, duties] = [form.values.get(unit[0]) ?? '', form.values.get(duty[0]) ?? ''];
  const isWhole = [unit[1], duty[1], units, duties].every((text) => text !== '');
  if (ofUnit.content !== 'unit' || ofDuty.content === 'unit' || !isWhole) return false;
  const first = units.includes('\n') ? duties : `${units}：${duties}`;
  form.values.set(unit[0], `${units}\n${unit[1]}`);
  form.values.set(duty[0], `${first}\n${unit[1]}：${duty[1]}`);
  return true;
}

type Reading = { before: string[]; forms: Form[] };

/** The forms of a grid, or null where something in it is none. */
function formsOf(grid: Grid): Reading | null {
  const before = [...grid.before];
  const forms: Form[] = [];
  let heading = before.at(-1) ?? '';
  let begin: ((text: string) => boolean) | null = null;
  for (const row of grid.rows) {
    const cells = row.cells.filter(({ text }) => text.trim() !== '');
    const [first] = cells;
    if (!first) continue;
    if (cells.length === 1 && !isFormLabel(first.text)) {
      if (forms.length > 0 && !NUMBERED.test(first.text.trim())) return null;
      heading = first.text.trim();
      if (forms.length === 0) before.push(heading);
      continue;
    }
    const pairs = pairsIn(cells);
    if (!pairs) return null;
    // `序号 | 1 | 事项类别 | …` above the matter: then each form begins with its number.
    begin ??= isNumberLabel(first.text) ? isNumberLabel : isMatterLabel;
    if (begin(first.text)) forms.push({ row: row.row, heading, values: new Map() });
    const form = forms.at(-1);
    if (!form) return null;
    if (!pairs.some(([label]) => form.values.has(label)))
      for (const [label, value] of pairs) form.values.set(label, value);
    else if (!addParty(form, pairs)) return null;
    heading = '';
  }
  const isForm = (form: Form) => form.values.size >= LEAST_LABELS && matterOf(form) !== '';
  return forms.length > 0 && forms.every(isForm) && grid.rows.length > forms.length
    ? { before, forms }
    : null;
}
const LEAST_LABELS = 3;

const matterOf = ({ values }: Form): string => [...values].find(([label]) => isMatterLabel(label))?.[1] ?? '';
const namesMatter = (line: string, forms: Form[]): boolean =>
  forms.some((form) => matterOf(form) !== '' && line.includes(matterOf(form)));

/** 残疾人证换领办事指南 above the form of that matter is its heading, and no title of the whole where another line is. */
function isHeadingOf(line: string, forms: Form[], before: string[]): boolean {
  const isOwn = namesMatter(line, forms);
  if (isOwn && before.some((other) => isTitle(other) && !namesMatter(other, forms))) return true;
  const isHeading = forms.some(({ heading }) => heading === line);
  return isHeading && !isTitle(line) && (isOwn || NUMBERED.test(line));
}

/** Forms as rows under the labels of all of them. */
export function gridOfForms(name: string, before: string[], forms: Form[]): Grid {
  const numbers = forms.map(({ heading }) => NUMBERED.exec(heading)?.[1] ?? '');
  const isNumbered = numbers.every((number) => number !== '');
  const labels = [...new Set(forms.flatMap(({ values }) => [...values.keys()]))];
  const hasOwn = labels.some((label) => /^(序号|编号)$/.test(label));
  const columns = isNumbered && !hasOwn ? ['序号', ...labels] : labels;
  const cellsOf = (texts: string[]): Cell[] =>
    texts.map((text, column) => ({ text, column, colSpan: 1, rowSpan: 1 }));
  const rows: GridRow[] = [{ row: 0, cells: cellsOf(columns) }];
  for (const [at, { row, values }] of forms.entries())
    rows.push({
      row,
      cells: cellsOf(
        columns.map((label) => values.get(label) ?? (label === '序号' ? (numbers[at] ?? '') : '')),
      ),
    });
  const lines = before.filter((line) => !isHeadingOf(line, forms, before));
  return { name, kind: 'table', before: lines.map(cleanText), isHidden: false, rows };
}

/** Grids with those that are forms brought together; a title above a form begins another list. */
export function joinForms(grids: Grid[]): Grid[] {
  const joined: Grid[] = [];
  let open: { name: string; before: string[]; forms: Form[] } | null = null;
  const close = () => {
    if (open) joined.push(gridOfForms(open.name, open.before, open.forms));
    open = null;
  };
  for (const grid of grids) {
    const found = formsOf(grid);
    if (!found) {
      close();
      joined.push(grid);
      continue;
    }
    const startsList = found.before.some(
      (line) => isTitle(line) && !NUMBERED.test(line) && !namesMatter(line, found.forms),
    );
    if (!open || startsList) {
      close();
      open = { name: grid.name, before: found.before, forms: found.forms };
    } else {
      // Several tables: the place is which of them.
      const at = open.forms.length;
      open.name = `${open.name.split('至')[0]}至${grid.name}`;
      if (at === 1) open.forms = open.forms.map((form, i) => ({ ...form, row: i + 1 }));
      open.forms.push(...found.forms.map((form, i) => ({ ...form, row: at + i + 1 })));
    }
  }
  close();
  return joined;
}
