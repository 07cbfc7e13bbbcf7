/** 公安局, 邮政管理局 as labels of columns: what stands below each is the part of that department. */
import type { Column } from './mapping.js';
import { isDepartment } from './unit-labels.js';

/** Columns with those that bear the short names of departments, at least two, as columns of their duties. */
export function withDepartments(columns: Column[]): Column[] {
  const isNamed = ({ meaning, label }: Column) => meaning === null && isDepartment(label);
  if (columns.filter(isNamed).length < 2) return columns;
  return columns.map((column) =>
    isNamed(column)
      ? {
          ...column,
          meaning: {
            field: 'party',
            role: 'lead',
            content: 'duty',
            headerUnit: column.label,
            isWeak: true,
          },
        }
      : column,
  );
}
