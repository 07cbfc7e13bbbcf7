/** What a cell itself says of its units: `县公安局(配合)`, `牵头单位:…`, `承接部门:… 工作方式:…`. */
import type { Role } from './headers.js';
import { withoutLevels } from './sections.js';
import { isGenericTownship } from '../../organizations/names.js';
import { cleanText, isUnitName, NUMBERING, splitUnitNames, type IsKnownUnit } from './units.js';

const LEADS = '牵头|主办|主责|主管|承办|负责';
const HELPS = '配合|协办|协同|协助|参与|联办|属地';
const MARK = new RegExp(
  `[(\uff08](?:(${LEADS}|主体责任?)|(${HELPS}))(?:单位|部门|责任)?[)\uff09](?=\\s{0,9}(?:[:\uff1a、,\uff0c;\uff1b\\n|和及与]|$))`,
  'g',
);

const END = '(?=\\s{0,9}(?:[、,\uff0c;\uff1b\\n|]|$))';
/** 〔牵头〕, 【主办】, [配合]. */
const OTHER_BRACKETS = new RegExp(
  `[\u3014\u3010\uff3b\\[]((?:${LEADS}|${HELPS}|主体责任?)(?:单位|部门|责任)?)[\u3015\u3011\uff3d\\]]`,
  'g',
);
/** 县水利局(主责)县公安局(协同), without anything between them. */
const MARK_ALONE = new RegExp(
  `([(\uff08](?:${LEADS}|${HELPS}|主体责任?)(?:单位|部门|责任)?[)\uff09])(?=[\\u4e00-\\u9fff]{3})`,
  'g',
);
/** ①, [1], * behind a name. */
export const FOOTNOTE = new RegExp(
  `(?:[\u2460-\u2473\u00b9\u00b2\u00b3*\uff0a\u203b]|[\u3014\uff3b\\[]\\d{1,2}[\u3015\uff3d\\]]){1,3}${END}`,
  'g',
);
/** Behind a label, or directly behind a name; not 热线12345, which is a name itself. */
const TELEPHONE = new RegExp(
  `(?:\\s{0,9}(?:联系|值班|服务|咨询|监督|举报)?电话\\s{0,3}[:\uff1a]?|(?<=[局司心所队站办院处委]))\\s{0,9}\\d[\\d\\-\uff0d\u2014]{4,14}${END}`,
  'g',
);
/** （电话:0391-0000003）. */
const TELEPHONE_IN_BRACKETS =
  /[(\uff08]\s{0,3}(?:(?:联系|值班|服务|咨询|监督)?电话\s{0,3}[:\uff1a]?)?\s{0,3}\d[\d\-\uff0d\u2014]{4,14}\s{0,3}[)\uff09]/g;
/** 牵头:县公安局 in a line or clause of its own. */
const ROLE_FIRST = new RegExp(
  `^\\s{0,9}(${LEADS}|${HELPS}|主体责任?)\\s{0,3}[:\uff1a]([^:\uff1a。]{2,120})$`,
);

/** `县公安局*、县商务局` or `★县公安局、县商务局` where that mark leads: those without it take part. */
const withLeadMarks = (text: string, mark: string): string =>
  text.includes(mark)
    ? text
        .split(/([\n、,\uff0c;\uff1b])/)
        .map((piece, at) => {
          if (at % 2 === 1 || piece.trim() === '') return piece;
          return `${piece.replaceAll(mark, '').trim()}${piece.includes(mark) ? '(牵头)' : '(配合)'}`;
        })
        .join('')
    : text;

/** 【牵头】县公安局【配合】县商务局: the roles stand before the names. */
const ROLES_FIRST = new RegExp(
  `^\\s{0,9}[\u3014\u3010\uff3b\\[(\uff08](?:${LEADS}|${HELPS}|主体责任?)(?:单位|部门|责任)?[\u3015\u3011\uff3d\\])\uff09]`,
);
const ROLE_BEFORE = new RegExp(
  `\\s{0,9}[\u3014\u3010\uff3b\\[(\uff08](${LEADS}|${HELPS}|主体责任?)(?:单位|部门|责任)?[\u3015\u3011\uff3d\\])\uff09]\\s{0,3}[:\uff1a]?`,
  'g',
);

/**
 * A cell of units as other lists print it: roles in round brackets behind the names, no footnote marks, no telephones.
 * @param leadMark the mark behind or before a name that, as a note says, makes its unit lead
 */
export function tidyUnits(printed: string, isKnown: IsKnownUnit, leadMark = ''): string {
  const marked = leadMark === '' ? printed : withLeadMarks(printed, leadMark);
  const text = withoutLevels(
    ROLES_FIRST.test(marked) ? marked.replace(ROLE_BEFORE, '\n$1:').trim() : marked,
    isKnown,
  );
  const plain = text
    .replace(OTHER_BRACKETS, '($1)')
    .replace(MARK_ALONE, '$1、')
    .replace(FOOTNOTE, '')
    .replace(TELEPHONE_IN_BRACKETS, '')
    .replace(TELEPHONE, '');
  const lines = plain.split(/[\n;\uff1b]/).filter((line) => line.trim() !== '');
  const turned = lines.map((line) =>
    line.replace(ROLE_FIRST, (_, role: string, names: string) => `${names.trim()}(${role})`),
  );
  return lines.length > 0 && turned.every((line, at) => line !== lines[at]) ? turned.join('\n') : plain;
}

export const hasMarks = (text: string): boolean => text.search(MARK) >= 0;
export const withoutMarks = (text: string): string => text.replace(MARK, '');

const ACTING = new RegExp(
  `^(?:由|以)?(.{2,120}?)(?:(${LEADS}|总牵头|牵头负责)|(${HELPS}))(?:负责|落实|实施|办理|组织实施|推进)?$`,
);
const CARRYING_OUT = /^(?:由|以)?(.{2,120}?)(?:具体|负责)?(?:落实|实施|承办|抓好落实)$/;
/** 会同县公安局办理, behind who leads. */
const BESIDE =
  /^(?:会同|联合|商)(.{2,120}?)(?:共同|具体)?(?:(?:组织)?(?:办理|负责|落实|实施|开展|推进|处理|处置|查处|整治|做好))?$/;
/** 按职责分工负责: all of them alike. */
const ALIKE = /(?:按照?(?:各自)?职责(?:分工)?|分别|共同|分工)(?:负责|落实|抓好落实|配合落实)$/;

/**
 * `县公安局牵头,县商务局、县财政局配合` with the marks that other lists print, `县公安局(牵头)`; any other text as it is.
 * @param isUnits whether a text is nothing but names of units
 */
export function markActing(text: string, isUnits: (names: string) => boolean): string {
  const plain = text.replace(/[(\uff08](?:街道|社区|园区)[)\uff09]/g, '');
  if (!/牵头|主办|主责|负责|落实|配合|协办|协同|协助|参与/.test(text) || /[:\uff1a(\uff08]/.test(plain))
    return text;
  let isSure = true;
  const clauses = text.split(/([,\uff0c;\uff1b。\n])/).map((clause, at) => {
    const plain = clause.trim();
    if (at % 2 === 1 || plain === '' || isUnits(plain)) return clause;
    const alike = plain.replace(ALIKE, '');
    if (alike !== plain && isUnits(alike)) return alike;
    // 县医保局牵头,县卫健局落实: who carries out beside who leads takes part.
    const [, doers = ''] = /牵头/.test(text) && !/牵头/.test(plain) ? (CARRYING_OUT.exec(plain) ?? []) : [];
    if (doers !== '' && isUnits(doers)) return `${doers}(配合)`;
    const beside = /牵头/.test(text) ? (BESIDE.exec(plain)?.[1] ?? '') : '';
    if (beside !== '' && isUnits(beside)) return `${beside}(配合)`;
    const [, names = '', leads] = ACTING.exec(plain) ?? [];
    if (names !== '' && isUnits(names)) return `${names}(${leads ? '牵头' : '配合'})`;
    isSure = false;
    return clause;
  });
  return isSure ? clauses.join('').replace(/[。;\uff1b,\uff0c\s]{1,9}$/, '') : text;
}

/**
 * The role of each unit of a cell whose text marks some of them: a mark also holds for the units named before it
 * (`甲局、乙局(配合)`), and those behind the last mark of a leader take part.
 * @param impliesSupport not where the column says that all of its units lead (对应上级部门)
 * @param units as they stand in the cell without marks, in order
 */
export function markedRoles(text: string, units: string[], impliesSupport = true): (Role | null)[] {
  // A mark at the end of a line ends there.
  const compact = text.replace(/([)\uff09])\s{0,9}\n/g, '$1|').replace(/\s/g, '');
  const marks: { at: number; role: Role }[] = [];
  let bare = '';
  let done = 0;
  for (const match of compact.matchAll(MARK)) {
    bare += compact.slice(done, match.index);
    marks.push({ at: bare.length, role: match[1] === undefined ? 'support' : 'lead' });
    done = match.index + match[0].length;
  }
  bare += compact.slice(done);
  let from = 0;
  const roles = units.map((unit): { role: Role | null; isOwn: boolean } => {
    const name = unit.replace(/\s/g, '');
    const found = bare.indexOf(name, from);
    const end = (found < 0 ? from : found) + name.length;
    from = end;
    const next = marks.find(({ at }) => at >= end);
    if (next?.at === end) return { role: next.role, isOwn: true };
    if (next && !/[:\uff1a。;\uff1b]/.test(bare.slice(end, next.at)))
      return { role: next.role === 'support' ? 'support' : null, isOwn: false };
    const isBehind = impliesSupport && marks.some(({ at, role }) => role === 'lead' && at < end);
    return { role: isBehind ? 'support' : null, isOwn: false };
  });
  // 甲局、乙局(配合): where nobody else would lead, the mark is that of its own unit.
  const isLeaderless = roles.every(({ role }) => role === 'support');
  return roles.map(({ role, isOwn }) => (isLeaderless && !isOwn ? null : role));
}

/** 【归口】县水利局:…: the role, the units, what they do. */
const ROLE_CLAUSE =
  /^[\u3010\u3014[](?:(牵头|主办|主责|主抓|归口|责任|主管)|配合|协同|协办|协助|参与|会办|从责)(?:单位|部门)?[\u3011\u3015\]]\s{0,3}([^:\uff1a。]{2,80})[:\uff1a](.+)$/su;
export function roleClause(
  line: string,
  isKnown: IsKnownUnit,
): { names: string; isLead: boolean; duty: string } | null {
  const [, leads, names = '', duty = ''] = ROLE_CLAUSE.exec(line) ?? [];
  const units = names === '' ? [] : splitUnitNames(names, isKnown);
  const areUnits =
    units.length > 0 && units.every((unit) => isUnitName(unit, isKnown) || isGenericTownship(unit));
  return areUnits ? { names: units.join('、'), isLead: leads !== undefined, duty: duty.trim() } : null;
}

const UNIT_LABEL = new RegExp(
  `(?:^|[\\s。;\uff1b,\uff0c])(?:\\d{1,2}[.、\uff0e]\\s{0,3})?((?:承接|接收|接办|收回|上收|主体|责任|实施|执行|${LEADS}|${HELPS})(?:单位|部门|机构|主体|机关))\\s{0,3}[:\uff1a]`,
  'g',
);
const DUTY_LABEL =
  /(?:^|[\s。;\uff1b,\uff0c])(?:\d{1,2}[.、\uff0e]\s{0,3})?((?:收回后|承接后|后续)?的?(?:工作|履职|承接|监管|管理|办理|落实|服务)?(?:方式|举措|措施|职责|内容|要求)|具体职责|主要职责)\s{0,3}[:\uff1a]/g;

export type Labelled = { unit: string; duty: string; role: Role | null };

/** A cell whose parts bear labels; null for any other. What stands before the first label belongs to none of them. */
export function splitLabelled(text: string, isKnown: IsKnownUnit): Labelled[] | null {
  const labels = [
    ...[...text.matchAll(UNIT_LABEL)].map((match) => ({ match, isUnit: true })),
    ...[...text.matchAll(DUTY_LABEL)].map((match) => ({ match, isUnit: false })),
  ].sort((a, b) => a.match.index - b.match.index);
  const first = labels[0];
  if (!first?.isUnit || text.slice(0, first.match.index).replace(NUMBERING, '').trim() !== '') return null;
  const entries: Labelled[] = [];
  let open: Labelled[] = [];
  for (const [at, { match, isUnit }] of labels.entries()) {
    const end = labels[at + 1]?.match.index ?? text.length;
    const value = text.slice(match.index + match[0].length, end);
    if (isUnit) {
      const label = match[1] ?? '';
      const role = new RegExp(`^(${HELPS})`).test(label) ? 'support' : 'lead';
      // A sentence behind the names is their duty: 承接部门:县公安局。由县公安局……
      const trimmed = value.trim();
      const stop = trimmed.search(/[。;\uff1b]/);
      const names = stop < 0 ? trimmed : trimmed.slice(0, stop);
      const sentence = stop < 0 ? '' : trimmed.slice(stop + 1);
      open = splitUnitNames(names, isKnown).map((unit) => ({ unit, duty: cleanText(sentence), role }));
      entries.push(...open);
    } else for (const entry of open) entry.duty = cleanText(`${entry.duty} ${value.trim()}`);
  }
  return entries.length > 0 ? entries : null;
}
