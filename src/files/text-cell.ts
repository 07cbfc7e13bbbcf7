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

export const headCell = (label: string) => textCell(label, { fontWeight: 'bold' });
