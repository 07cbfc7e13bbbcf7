/** A cell that is divided by labels: `部门职责:… 镇街职责:…`, `县级部门:… 镇(街道):…`, `【主体责任】…【配合责任】…`. */
import { isGenericTownship } from '../../organizations/names.js';
import { normalizeLabel, type Role } from './headers.js';
import { isUnitName, splitUnitNames, type IsKnownUnit } from './units.js';

/** `isLevel`: it says where its units stand, not what they do; townships among them take part. */
export type Section = { role: Role; unit: string; text: string; isLevel: boolean };
type Label = Omit<Section, 'text'> & { start: number; end: number; isBracketed: boolean };

const TOWNSHIPS = '(?:乡镇|镇街|街道|镇村|属地|镇|乡|苏木|乡镇\\(街道\\)|乡镇街道|镇\\(街道\\)|镇、街道)';
const SAID_LEAD =
  /^(?:(?:县|区|市|旗)?(?:级|直)?(?:各?有关|各?相关|主管|职能|行业主管|牵头|责任)?部门(?:主要)?(?:职责|责任)|主体责任)$/;
const SAID_TOWNSHIPS = new RegExp(`^(?:各)?${TOWNSHIPS}(?:级|属地)?(?:配合|管理)?(?:职责|责任)$`);
const SAID_HELP = /^(?:(?:配合|协同|协助|协办)责任|(?:配合|协同|协助|协办)部门(?:职责|责任))$/;
const ROLE_LEAD =
  /^(?:牵头|主办|主责|主体|主体责任|责任主体|承办|责任)(?:单位|部门|责任|职责)?(?:[及和与](?:职责|责任))?$/;
const ROLE_HELP =
  /^(?:配合|协办|协同|协助|参与|联办|配合责任|协助责任)(?:单位|部门|责任|职责)?(?:[及和与](?:职责|责任))?$/;
const LEVEL_COUNTY =
  /^(?:行业|业务|主管|监管|牵头|职能|责任|行业主管)?部门$|^(?:省|市|县|区|旗|中央|上级)(?:级|直)?(?:各|有关|相关|主管|责任|牵头|职能|行业|业务){0,2}(?:部门|单位|层面)?$/;
const LEVEL_TOWNSHIPS = new RegExp(
  `^(?:各|所在|属地|辖区)?${TOWNSHIPS}(?:级|层面)?(?:人民政府|政府|办事处)?$`,
);
const LEVEL_VILLAGES = /^(?:行政)?(?:村|社区|村\(社区\)|村居|村社)(?:级|组织|两委)?$/;
const LEVEL_OTHER = /^(?:中直|中省直|驻[\u4e00-\u9fff]{1,3}(?:单位|机构)?|企业|条管单位|垂管单位)$/;

const PLAIN = (before: string): RegExp =>
  new RegExp(
    `(^|[${before}])\\s{0,9}(?:[(\uff08]?[一二三四1-4][)\uff09.、]\\s{0,3})?([^\\s:\uff1a。;\uff1b\u3010\u3014\uff3b\\[<\uff1c\u3008\u2014]{2,16})\\s{0,3}(?:[:\uff1a]|\u2014{1,2})`,
    'g',
  );
const BEGINS = PLAIN('\\n。;\uff1b');
const BEGINS_LOOSELY = PLAIN('\\s。;\uff1b');
const BRACKETED =
  /(^|[\s。;\uff1b])\s{0,9}[\u3010\u3014\uff3b[(\uff08<\uff1c\u3008]([^\u3011\u3015\uff3d\])\uff09>\uff1e\u3009\s:\uff1a]{2,14})[\u3011\u3015\uff3d\])\uff09>\uff1e\u3009]\s{0,3}[:\uff1a]?/g;

/** What a label says: whose part begins, or null where it is none. A role alone is a label only in brackets. */
function meaningOf(text: string, isBracketed: boolean): Omit<Section, 'text'> | null {
  const label = normalizeLabel(text);
  if (SAID_LEAD.test(label)) return { role: 'lead', unit: '', isLevel: false };
  if (SAID_TOWNSHIPS.test(label)) return { role: 'support', unit: '乡镇(街道)', isLevel: false };
  if (SAID_HELP.test(label)) return { role: 'support', unit: '', isLevel: false };
  if (LEVEL_COUNTY.test(label) && label.length > 1) return { role: 'lead', unit: '', isLevel: true };
  if (LEVEL_TOWNSHIPS.test(label)) return { role: 'support', unit: '乡镇(街道)', isLevel: true };
  if (/^[\u4e00-\u9fff]{1,5}(?:镇|乡|街道)$/.test(label))
    return { role: 'support', unit: label, isLevel: true };
  if (LEVEL_VILLAGES.test(label)) return { role: 'support', unit: '村(社区)', isLevel: true };
  if (!isBracketed) return null;
  if (ROLE_LEAD.test(label)) return { role: 'lead', unit: '', isLevel: false };
  return ROLE_HELP.test(label) ? { role: 'support', unit: '', isLevel: false } : null;
}

function labelsIn(text: string, begins: RegExp): Label[] {
  const found = (pattern: RegExp, isBracketed: boolean): Label[] =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const meaning = meaningOf(match[2] ?? '', isBracketed);
      const [start, end] = [match.index + (match[1] ?? '').length, match.index + match[0].length];
      return meaning ? [{ ...meaning, start, end, isBracketed }] : [];
    });
  return [...found(begins, false), ...found(BRACKETED, true)].sort((a, b) => a.start - b.start);
}

/** Null where a cell has no such labels, or something stands before the first. */
export function splitSections(text: string): Section[] | null {
  const all = labelsIn(text, BEGINS);
  // 镇(街道):… beside 县农业农村局:… is a unit like the others; beside 县级部门:… it is the other side.
  const areSides = new Set(all.filter((it) => it.isLevel).map(({ role }) => role)).size === 2;
  // 【牵头】县交通运输局:… 【属地】各乡镇:… are labels of one kind.
  const areRoles = all.some(({ isBracketed, isLevel }) => isBracketed && !isLevel);
  const labels = all.filter(({ isLevel, isBracketed }) => !isLevel || areSides || (isBracketed && areRoles));
  const [first] = labels;
  if (!first || text.slice(0, first.start).trim() !== '') return null;
  return labels.map(({ role, unit, isLevel, end }, at) => ({
    ...{ role, unit, isLevel },
    text: text.slice(end, labels[at + 1]?.start ?? text.length).trim(),
  }));
}

const UNIT_ROLE = /^(?:牵头|主办|主责|责任|配合|协办|协同|协助|参与)(?:单位|部门)$/;

/** A label of one side that still stands in what was read as the duty of one unit, or an empty string. */
export function labelLeftIn(duty: string): string {
  const [label] = labelsIn(duty, BEGINS_LOOSELY);
  if (label) return duty.slice(label.start, label.end).trim();
  const roles = [...duty.matchAll(BEGINS_LOOSELY)].map((match) => match[2] ?? '');
  return roles.find((role) => UNIT_ROLE.test(normalizeLabel(role))) ?? '';
}

const isLevelName = (text: string): boolean => {
  const label = normalizeLabel(text);
  return (
    (LEVEL_COUNTY.test(label) && label.length > 1) ||
    LEVEL_TOWNSHIPS.test(label) ||
    LEVEL_VILLAGES.test(label) ||
    LEVEL_OTHER.test(label)
  );
};
const LEVEL_BEFORE =
  /(^|[\s、,\uff0c;\uff1b。])[\u3010\u3014\uff3b[(\uff08]?([^\s、,\uff0c;\uff1b。:\uff1a\u3010\u3014\uff3b[\u3011\u3015\uff3d\]]{1,12})(?:[\u3011\u3015\uff3d\])\uff09]\s{0,3}[:\uff1a]?|\s{0,3}[:\uff1a])/g;

/** `县级:县财政局 镇级:柳林镇` to the names alone; any other cell, and one whose labels stand before duties, as it is. */
export function withoutLevels(text: string, isKnown: IsKnownUnit): string {
  let isAny = false;
  const plain = text.replace(LEVEL_BEFORE, (whole, before: string, label: string) => {
    if (!isLevelName(label)) return whole;
    isAny = true;
    return before.trim() === '' ? before : `${before}\n`;
  });
  if (!isAny) return text;
  const names = splitUnitNames(plain.replace(/[。\s]{1,9}$/, ''), isKnown);
  const areUnits =
    names.length > 0 && names.every((name) => isGenericTownship(name) || isUnitName(name, isKnown));
  return areUnits ? plain : text;
}
