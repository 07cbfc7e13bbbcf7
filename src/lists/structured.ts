/** "住建局牵头的有哪些": filters over rows, complete and counted, never the nearest few. */
import { kindBy, traitsOf, type ListKind } from '../core/list-kinds.js';
import type { Row } from '../core/domain.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Directory } from '../organizations/directory.js';
import type { IndexedRow } from './row-index.js';

/** All values are strings, so that a session can keep the filter. `township` as a unit means the township side of a row. */
export type RowFilter = {
  lead?: string;
  support?: string;
  /** Unit in either role. */
  unit?: string;
  domain?: string;
  kind?: ListKind;
  /** 第一批 … */
  batch?: string;
};

const TOWNSHIP = '乡镇(街道)';

const LEAD_WORDS = /牵头|主责|主体责任|主办|负责|主管|承担|承接/;
const SUPPORT_WORDS = /配合|协助|协同|协办/;
const OWN_TOWNSHIP = /(我们?|咱们?|俺们?|本)(镇|乡|街道)|镇里|镇上|乡里|镇街|乡镇|街道/;

export type ParsedListing = {
  filter: RowFilter;
  /** The township whose lists are meant, when one is named. */
  township: string | null;
};

/** A question that a filter would answer wrongly: it turns the meaning round or asks which units, not which rows. */
const NOT_A_FILTER = /(不|没有?|未)(用|再)?(牵头|负责|配合|主责|承担)|哪些(部门|单位|局)(牵头|配合|负责)/;
const EVERYTHING = /(清单|事项).{0,4}(一共|总共|共|总数)|(一共|总共).{0,4}(清单|事项|多少项|几项)/;
const OWN_UNIT = /(我们?|咱们?|本)(局|单位|部门|委|办)/;

/**
 * Null when nothing in the text narrows the rows, or when a filter would not say what was asked: then the bot asks
 * instead of printing something confident. `ownUnit` is the department of the asker, for "我们局".
 */
export function parseListing(
  text: string,
  directory: Directory,
  domains: string[],
  ownUnit: string | null = null,
): ParsedListing | null {
  if (NOT_A_FILTER.test(text)) return null;
  const filter: RowFilter = {};
  const kind = kindBy('asked', text);
  if (kind) filter.kind = kind;
  const batch = /第[一二三四五六七八九十]{1,4}批/.exec(text)?.[0];
  if (batch) filter.batch = batch;
  const isTownship = (unit: string) =>
    directory.organizations.some((o) => o.name === unit && o.kind === 'township');
  const mentions = directory.mentions(text);
  const township = mentions.find((m) => isTownship(m.unit))?.unit ?? null;
  const named = mentions.filter((m) => !isTownship(m.unit));
  // "民政领域" means the domain although 民政 is also what the bureau is called.
  const spoken = [...text.matchAll(/([\u4e00-\u9fff]{1,20}?)(?:领域|方面|这一块|这块|类)/g)].map(
    (m) => m[1] ?? '',
  );
  const isDomainWord = (alias: string) =>
    spoken.some((word) => word.endsWith(alias)) && findDomain(alias, domains) !== null;
  const departments = named.filter((m) => !isDomainWord(m.alias));
  if (departments.length === 0 && ownUnit && OWN_UNIT.test(text))
    departments.push({ unit: ownUnit, alias: '', index: 0 });
  // One filter holds one department a role: with more it would drop one silently.
  if (departments.length > 1) return null;
  const [first] = departments;
  // A department's name may hold a domain (生态环境局): what is left after its name decides the domain.
  const rest = first ? text.replace(first.alias, ' ') : text;
  const domain = findDomain(rest, domains);
  if (domain) filter.domain = domain;
  const isTownshipNamed = township !== null || OWN_TOWNSHIP.test(rest);
  const supportAt = kind === 'cooperative' ? -1 : text.search(SUPPORT_WORDS);
  const asksTownship = /(要|需|需要|请|让|叫)(我们?|咱们?|本)?(镇|乡|街道|镇街|乡镇)/.test(text);
  if (first && supportAt >= 0 && (first.index > supportAt || asksTownship)) {
    filter.lead = first.unit;
    filter.support = TOWNSHIP;
  } else if (first && supportAt >= 0) filter.support = first.unit;
  else if (first && LEAD_WORDS.test(rest)) filter.lead = first.unit;
  else if (first) filter.unit = first.unit;
  else if (supportAt >= 0 && (isTownshipNamed || !kind)) filter.support = TOWNSHIP;
  else if (isTownshipNamed && LEAD_WORDS.test(rest) && !kind) filter.lead = TOWNSHIP;
  const isNarrowed = Object.keys(filter).length > 0;
  return isNarrowed || EVERYTHING.test(text) ? { filter, township } : null;
}

/** What people call domains besides the parts of their names. */
const DOMAIN_NICKNAMES: Record<string, string[]> = {
  生态环境: ['生态环保', '环保', '环境保护'],
  教育体育: ['教育', '体育'],
  人力资源和社会保障: ['人社', '劳动保障'],
  应急管理: ['应急', '安全'],
};

/** The domain named in full, or by a part of a composed name (安全生产与应急管理). */
function findDomain(text: string, domains: string[]): string | null {
  const names = domains.flatMap((domain) => [
    { domain, name: domain },
    ...(DOMAIN_NICKNAMES[domain] ?? []).map((name) => ({ domain, name })),
    ...domain.split(/[与和、]/).map((name) => ({ domain, name })),
  ]);
  const found = names
    .filter(({ name }) => name.length >= 2 && text.includes(name))
    .sort(
      (a, b) => b.name.length - a.name.length || Number(b.name === b.domain) - Number(a.name === a.domain),
    )[0];
  return found?.domain ?? null;
}

const plays = (parts: Row['lead'], unit: string): boolean =>
  parts.some((part) => (unit === TOWNSHIP ? isTownshipUnit(part.unit) : part.unit === unit));

/** By kind of list, then as printed. The units of a delegated list enforced before: they lead nothing there any more. */
export function filterRows(entries: IndexedRow[], filter: RowFilter): IndexedRow[] {
  const isRole = filter.lead !== undefined || filter.support !== undefined;
  const found = entries.filter(
    ({ row, list }) =>
      (filter.kind ? list.kind === filter.kind : !(isRole && list.kind === 'delegated')) &&
      (!filter.domain || row.domain === filter.domain) &&
      (!filter.batch || list.batch === filter.batch) &&
      (!filter.lead || plays(row.lead, filter.lead)) &&
      (!filter.support || plays(row.support, filter.support)) &&
      (!filter.unit || plays(row.lead, filter.unit) || plays(row.support, filter.unit)),
  );
  const order = (entry: IndexedRow) => traitsOf(entry.list.kind).order;
  return found.sort((a, b) => order(a) - order(b));
}

/** The filter in words, for the title of the listing. */
export function describeFilter(filter: RowFilter): string {
  return [
    filter.batch,
    filter.kind && traitsOf(filter.kind).title,
    filter.domain && `${filter.domain}领域`,
    filter.lead && `${filter.lead}牵头`,
    filter.support && `${filter.support}配合`,
    filter.unit && `涉及${filter.unit}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
