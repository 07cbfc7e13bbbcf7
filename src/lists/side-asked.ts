/** 县级由谁核灾, 镇里要做些啥: a question for one side is not answered by a row that only the other side stands in. Pure. */
import { isTownshipUnit } from '../organizations/names.js';
import { BEHIND_AT_MOST } from './decide.js';
import type { Candidate, IndexedRow, RowIndex } from './row-index.js';

const WHO = '(?:谁|哪(?:一?[个家些]|几[个家])?(?:县直|主管|责任|牵头|职能)?(?:局|部门|单位|口子?|委|办)?)';
const COUNTY_WORD = '县(?:级|里|上|直|一级)(?:头|边|面|这[块边头]|层面|[,\uff0c\\s])*';
const LINK = '(?:是|归|由|找|该|应|对口|对接|牵头|主管|负责|管|推荐|组织|部门|单位|的|到底|去|跟|和)*';
const COUNTY = new RegExp(
  `${COUNTY_WORD}${LINK}${WHO}|哪(?:一?[个家些]|几[个家])?县(?:直|级|里)?的?(?:局|部门|单位)`,
);
const TOWN =
  /(?:乡镇|镇街|街道|(?:镇|乡)(?:里|上|级|政府)?|咱们?|我们)(?:这[头块边]|自己|本身|该|要|得|需|应|能|的|都|主要|具体)*(?:做|干|管|负责|承担|办|担)(?:些|哪些)?(?:啥|什么|哪些|哪块|哪一?[截段样])/;

/** 县里由哪个部门. */
const hasCountyLead = ({ row }: IndexedRow): boolean => row.lead.some(({ unit }) => !isTownshipUnit(unit));
const hasTownship = ({ row }: IndexedRow): boolean =>
  [...row.lead, ...row.support].some(({ unit }) => isTownshipUnit(unit));

/** So near behind the best a row is as plausible; farther behind where it is nearly of the same matter (sample lists: 0.82 and the like). */
const AS_NEAR = 0.06;
const NEARLY_SAME = 0.8;

/** The candidates of the side that is asked for, where one of them is as plausible as the best and of its work. */
export function sideFirst(text: string, found: Candidate[], index: RowIndex): Candidate[] {
  const isOfSide = COUNTY.test(text) ? hasCountyLead : TOWN.test(text) ? hasTownship : null;
  const [best] = found;
  if (!best || !isOfSide || isOfSide(best.entry)) return found;
  const at = index.positionOf(best.entry.ref);
  const isPlausible = ({ entry, score }: Candidate): boolean =>
    isOfSide(entry) &&
    (best.score - score <= AS_NEAR ||
      (best.score - score <= BEHIND_AT_MOST &&
        index.rowSimilarity(at, index.positionOf(entry.ref)) >= NEARLY_SAME));
  return found.some(isPlausible) ? found.filter(({ entry }) => isOfSide(entry)) : found;
}
