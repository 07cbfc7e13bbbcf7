/** What people call the domains of all lists: one map, for a domain has another name in nearly every list. */
import type { Row } from '../core/domain.js';

/** The words of one field of work, whichever list names it. */
const FAMILIES: readonly (readonly string[])[] = [
  ['党的建设', '党建'],
  ['经济发展', '经济'],
  ['民生服务', '民生'],
  ['平安法治', '平安建设'],
  ['乡村振兴'],
  ['生态环境', '生态环保', '环保', '环境保护', '生态'],
  ['城乡建设', '住房城乡建设', '住房和城乡建设', '住建', '城建', '村镇建设'],
  ['城市管理', '城管', '市容'],
  ['自然资源', '规划', '国土', '自规'],
  ['安全生产', '应急管理', '应急', '安监', '安全'],
  ['消防安全', '消防救援', '消防'],
  ['交通运输', '交通'],
  ['水利', '水务'],
  ['农业农村', '农业', '三农'],
  ['林业', '林草'],
  ['市场监管', '市场监督管理', '市监'],
  ['卫生健康', '医疗卫生', '卫健', '卫生'],
  ['民政'],
  ['教育体育', '教育', '体育', '教体'],
  ['人力资源', '社会保障', '劳动保障', '人社', '社保'],
  ['公安', '社会治安', '治安'],
  ['文化旅游', '文化', '旅游', '文旅'],
  ['综合政务', '政务'],
];

/** 安全生产与应急管理 → 安全生产, 应急管理. */
export const partsOf = (domain: string): string[] =>
  [domain, ...domain.split(/[与和及、]/)].filter((part) => part.length >= 2);

/** Every word that means a domain of these rows. */
export function domainWords(domains: readonly string[]): string[] {
  const words = domains.flatMap((domain) => partsOf(domain));
  const families = FAMILIES.filter((family) => family.some((word) => words.includes(word)));
  return [...new Set([...words, ...families.flat()])];
}

/** The domains that a word may mean besides the one that is called so: of its family, or with it as a part. */
function relatedDomains(word: string, domains: readonly string[]): string[] {
  const own = domains.filter((domain) => partsOf(domain).includes(word));
  const family = FAMILIES.filter(
    (words) => words.includes(word) || words.some((it) => partsOf(word).includes(it)),
  );
  const words = family.flat();
  const related = domains.filter((domain) => partsOf(domain).some((part) => words.includes(part)));
  return [...new Set([...own, ...related])];
}

export type DomainMeant = {
  meant: string[];
  /** Called otherwise in other lists: told beside the count. */
  related: string[];
};

/**
 * The domain that is called exactly so stands alone; then those that have the word as a part of their name; then the family.
 * `isWide`: 消防口, 环保系统 mean every domain of the field, whatever each list calls it.
 * `rows` are those that everything else in the question leaves.
 */
export function domainsMeant(
  word: string,
  rows: readonly Pick<Row, 'domain'>[],
  isWide = false,
): DomainMeant {
  const domains = [...new Set(rows.map(({ domain }) => domain))];
  const all = relatedDomains(word, domains);
  const exact = domains.filter((domain) => domain === word);
  const parts = domains.filter((domain) => partsOf(domain).includes(word));
  const meant = isWide ? all : exact.length > 0 ? exact : parts.length > 0 ? parts : all;
  return { meant, related: all.filter((domain) => !meant.includes(domain)) };
}

/** Words of the same field: 环保 → 生态环境, 生态环保 … */
export const sameField = (word: string): string[] => [
  ...new Set([word, ...FAMILIES.filter((words) => words.includes(word)).flat()]),
];
