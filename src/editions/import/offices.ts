/** Offices of the one unit whose list it is: 责任机构 党的建设办公室 in 大王庄镇职责任务清单. */
import type { Directory } from '../../organizations/directory.js';
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { normalizeLabel, OFFICE_COLUMN } from './headers.js';
import type { Column } from './mapping.js';
import type { Entry } from './parties.js';
import { departmentIn, townshipIn } from './titles.js';
import type { ListTable } from './table-rows.js';
import { isUnitName, type IsKnownUnit } from './units.js';

/** `officesOf`: the names of a unit's offices in the directory; of any township where the generic one is asked of. */
export type Owners = { isKnown: IsKnownUnit; officesOf(unit: string): ReadonlySet<string> };

const GENERIC = /乡镇|镇街|镇\(街道\)|镇、街道/;

/** What an office is called that the directory does not know. */
const OFFICE_NAME = /^[\u4e00-\u9fff]{1,14}(?:[办室科股站所队委部联会]|中心)$/;
const OF_COUNTY = /^(?:[\u4e00-\u9fff]{0,4}[县市区旗]|国家|国网|中共|[\u4e00-\u9fff]{2,10}局)/;

/** The unit whose list it is, by its title: 大王庄镇, 县水利局, 乡镇(街道); empty where it is the county's. */
export function ownerOfTitle(titles: string[], isKnown: IsKnownUnit): string {
  for (const printed of titles) {
    const title = normalizeLabel(printed);
    const township = townshipIn(title);
    if (township) return township;
    if (GENERIC.test(title)) return '乡镇(街道)';
    const department = departmentIn(title);
    const name = [department, `县${department}`].find((it) => department !== '' && isKnown(it));
    if (name) return name;
  }
  return '';
}

/** An office bears the name of its unit before its own. A unit that the directory knows by itself stays as it is. */
export function withOffices(entries: Entry[], columns: Column[], owner: string, owners: Owners): Entry[] {
  if (owner === '') return entries;
  const known = owners.officesOf(owner);
  const labelOf = (index: number) => columns.find((column) => column.index === index)?.label ?? '';
  return entries.map((entry): Entry => {
    const { unit: printed, column } = entry;
    const isWhole = printed.startsWith(owner);
    const name = isWhole ? printed.slice(owner.length) : printed;
    if (name === '' || isTownshipUnit(printed)) return entry;
    const isTold = known.has(name);
    const label = labelOf(column).split('/').at(-1) ?? '';
    const isOffice = OFFICE_COLUMN.test(label) && OFFICE_NAME.test(name) && !OF_COUNTY.test(name);
    // 纪委 among the offices of a township is hardly that of the county, which bears the same short name.
    if (owners.isKnown(printed) && !(isOffice && isTownshipUnit(owner))) return entry;
    if (!isTold && !isOffice) return entry;
    return {
      ...entry,
      unit: isWhole ? printed : `${owner}(${name})`,
      isOffice: true,
      ...(!isTold && known.size > 0 && { isNewOffice: true }),
    };
  });
}

/** The owners of a county: its own directory, or none. */
export function ownersOf(directory: Directory | null): Owners {
  const offices = directory?.organizations.filter(({ parent }) => parent !== undefined) ?? [];
  return {
    isKnown: (name) => (directory?.resolve(name) ?? null) !== null,
    officesOf(unit) {
      const parent = directory?.resolve(unit) ?? unit;
      const own = offices.filter((it) => isGenericTownship(unit) || it.parent === parent);
      return new Set(own.flatMap(({ name, aliases }) => [name, ...aliases]));
    },
  };
}

/** 县水利局 of 县水利局权责清单: whose all its rows are, where no column names the unit. */
export function ownerOf(title: string, { mapping }: ListTable, isKnown: IsKnownUnit): string | null {
  const leads = mapping.parties.filter((party) => party.role === 'lead');
  if (leads.length === 0 || leads.some((party) => party.unit !== undefined || party.headerUnit)) return null;
  const name =
    /^(.{2,20}?(?:局|委员会|办公室|中心|大队|(?<!乡)镇|乡|街道)(?:人民政府|办事处)?)(?:行政)?(?:权力|权责|责任|职权)(?:[和与及、]?责任)?(?:事项)?清单/.exec(
      normalizeLabel(title),
    )?.[1];
  // 青山县街道权力清单 is that of all of them.
  return name && !/[县市区旗](?:乡|街道)$/.test(name) && isUnitName(name, isKnown) ? name : null;
}
