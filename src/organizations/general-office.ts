/** 县委办, 县政府办, 党政办: the offices whose work it is to call meetings and to watch deadlines. Pure. */
import type { Person } from '../core/domain.js';

const OF_COUNTY = /[县市区旗](?:委|政府|人民政府)办公室$/;
const OF_TOWNSHIP = /^(?:党政(?:综合)?|综合)办公室$/;

/** Whose units it calls together; null: it is no such office. */
export function callsMeetingsOf({
  organization,
  office = '',
}: Pick<Person, 'organization' | 'office'>): 'county' | 'township' | null {
  if (OF_COUNTY.test(organization)) return 'county';
  return OF_TOWNSHIP.test(office) ? 'township' : null;
}
