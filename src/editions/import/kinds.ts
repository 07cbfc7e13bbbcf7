/** Which of the six kinds a list is, from its title, else from its columns. */
import type { ListKind } from '../../core/domain.js';
import type { Header, Mapping } from './columns.js';
import { normalizeLabel } from './headers.js';

/** The kind that a title says, or null. */
export function kindOfTitle(title: string): ListKind | null {
  const text = normalizeLabel(title);
  if (/赋权|赋予|下放|行政执法事项|执法权限|执法事项/.test(text)) return 'delegated';
  if (/收回|上收|上交|剥离/.test(text)) return 'reclaimed';
  if (/配合履职/.test(text)) return 'cooperative';
  if (/基本履职/.test(text)) return 'basic';
  if (/属地管理|主体责任|配合责任|属地责任/.test(text)) return 'territorial';
  if (/职责任务|职责清单|职责事项/.test(text)) return 'duty';
  return null;
}

export function kindOfColumns({ columns }: Header, { parties }: Mapping): ListKind {
  const labels = columns.map((column) => column.label).join('|');
  if (/原[^|]{0,60}(主体|部门|单位|机关)|赋权(范围|乡镇)/.test(labels)) return 'delegated';
  if (/承接|收回|上收|接收(部门|单位)/.test(labels)) return 'reclaimed';
  if (/配合履职|上级部门/.test(labels)) return 'cooperative';
  if (/基本履职/.test(labels)) return 'basic';
  if (parties.some((party) => party.role === 'lead')) return 'territorial';
  return /履职/.test(labels) ? 'basic' : 'duty';
}
