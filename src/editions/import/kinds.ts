/** Which of the kinds a list is, from its title, else from its columns. */
import { kindBy, type ListKind } from '../../core/list-kinds.js';
import type { Header } from './columns.js';
import type { Mapping } from './mapping.js';
import { normalizeLabel } from './headers.js';

/** The kind that a title says, or null. */
export const kindOfTitle = (title: string): ListKind | null => kindBy('titled', normalizeLabel(title));

export function kindOfColumns({ columns }: Header, { parties, guide, matrix }: Mapping): ListKind {
  if (guide) return 'service';
  const labels = columns.map((column) => column.label).join('|');
  const headed = kindBy('headed', labels);
  if (headed) return headed;
  if (matrix || parties.some((party) => party.role === 'lead')) return 'territorial';
  return /履职/.test(labels) ? 'basic' : 'duty';
}
