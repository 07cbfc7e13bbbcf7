/** A cell of a workbook that we write: text, whatever it looks like. */
import { neutralCell } from './formula.js';

type More = Partial<{ rowSpan: number; columnSpan: number; fontWeight: 'bold' }>;

export const textCell = (value: string, more: More = {}) => ({
  value: neutralCell(value),
  type: String,
  wrap: true,
  alignVertical: 'top' as const,
  format: '@',
  ...more,
});

/** With at most two decimals. */
export const numberCell = (value: number) => ({
  value: Math.round(value * 100) / 100,
  type: Number,
  alignVertical: 'top' as const,
});

/** Empty where nothing is to be said. */
export const wordsCell = (value: string) => (value === '' ? null : textCell(value));

export const headCell = (label: string) => textCell(label, { fontWeight: 'bold' });
