/** A column that says of each physical row whether its unit leads: 主体责任, 配合责任, 属地责任 below each other. */
import { normalizeLabel, type Role } from './headers.js';
import type { ListTable } from './table-rows.js';

const LEADS = /^(?:牵头|主办|主责|主管|主体|责任主体)(?:单位|部门|责任|职责)?$/;
const HELPS = /^(?:配合|协办|协同|协助|参与|属地|乡镇|镇街)(?:管理)?(?:单位|部门|责任|职责)?$/;

const roleOf = (text: string): Role | null =>
  LEADS.test(text) ? 'lead' : HELPS.test(text) ? 'support' : null;

export type RoleColumn = { index: number; roles: ReadonlyMap<number, Role> };

/** The role of each physical row, or null where no column holds nothing but roles, of both kinds. */
export function roleColumnOf({ header, mapping, matters }: ListTable): RoleColumn | null {
  const taken = new Set(mapping.parties.flatMap(({ unit, duty, both }) => [unit, duty, both]));
  for (const { index } of header.columns) {
    if (taken.has(index)) continue;
    const roles = new Map<number, Role>();
    const isRoles = matters.every(({ parts }) =>
      parts.every((part) => {
        const role = roleOf(normalizeLabel(part.at(index)?.text ?? ''));
        if (role) roles.set(part.row, role);
        return role !== null;
      }),
    );
    if (isRoles && new Set(roles.values()).size === 2) return { index, roles };
  }
  return null;
}
