/** Rows of departments.csv, townships.csv and offices.csv as units. Pure. */
import type { Organization, OrganizationKind } from '../core/domain.js';
import type { TableRow } from '../files/csv/strict-table.js';

export const OFFICE_KINDS: Record<string, OrganizationKind> = {
  内设机构: 'office',
  事业单位: 'institution',
  派驻机构: 'team',
};

const phonesOf = ([telephone = '', dutyDesk = '']: string[]): Pick<
  Organization,
  'telephone' | 'dutyDesk'
> => ({
  ...(telephone && { telephone }),
  ...(dutyDesk && { dutyDesk }),
});

/** `甲|乙` to its values. */
export const splitCell = (cell: string): string[] =>
  cell
    .split('|')
    .map((part) => part.trim())
    .filter(Boolean);

export const organizationsOf = (
  departments: TableRow[],
  townships: TableRow[],
  offices: TableRow[],
): Organization[] => [
  ...departments.map(({ cells: [name = '', aliases = '', , ...phones] }): Organization => ({
    name,
    kind: 'department',
    aliases: splitCell(aliases),
    ...phonesOf(phones),
  })),
  ...townships.map(({ cells: [name = '', aliases = '', townshipClass = '', ...phones] }): Organization => ({
    name,
    kind: 'township',
    aliases: splitCell(aliases),
    townshipClass,
    ...phonesOf(phones),
  })),
  ...offices.map(({ cells: [parent = '', name = '', kind = '', aliases = '', ...phones] }): Organization => ({
    name,
    kind: OFFICE_KINDS[kind] ?? 'office',
    aliases: splitCell(aliases),
    parent,
    ...phonesOf(phones),
  })),
];
