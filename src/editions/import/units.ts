/** Which pieces of a cell are names of units, and where in a cell the duty of the next unit begins. */
import type { Responsibility } from '../../core/domain.js';
import { isGenericTownship } from '../../organizations/names.js';

/** Names that are known for certain: of the directory, or of columns that hold nothing but units. */
export type IsKnownUnit = (name: string) => boolean;

/** Line breaks become one blank; everything else stays as printed. */
export const cleanText = (text: string): string =>
  text.replace(/\s+/g, (blanks) => (/[\r\n\v\f\u2028\u2029]/.test(blanks) ? ' ' : blanks)).trim();

/** A name that a hand or the page broke has no blank in it. */
export const cleanUnit = (text: string): string =>
  text.replace(/\s+/g, (blanks) => (/[\r\n\v\f\u2028\u2029]/.test(blanks) ? '' : blanks)).trim();

/** `1.`, `(一)`, `①` before an item. */
export const NUMBERING =
  /^\s{0,9}(?:\d{1,2}[.\uff0e、](?!\d)|[(\uff08]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09](?:\s{0,9}[.、])?|[一二三四五六七八九十]{1,3}[、.\uff0e]|[\u2460-\u2473])\s{0,9}/;

const ENDINGS =
  /(?:局|委员会|法院|检察院|大队|支队|中队|总队|分队|派出所|司法所|监管所|管理所|监督所|供电所|财政所|办公室|联合会|工会|团委|妇联|残联|科协|文联|工商联|红十字会|公司|银行|支行|中心|管理站|服务站|工作站|监测站|防疫站|卫生院|党校|档案馆|图书馆|文化馆|博物馆|纪委|监委|党委|工委|党工委|委办|政法委|编办|组织部|宣传部|统战部|社会工作部|武装部|人武部|管委会|政府|总社|供销社|协会|公安处|气象台|林场|执法队|应急队|部门|委员会办公室)$/;
const PREFIXED_ENDINGS = /(?:部|委|办|院|所|站|会|队|社|处|台|机关|集团)$/;
const PREFIX =
  /^(?:县|市|区|旗|州|省|盟|国家|国网|中共|中国|人民|镇|乡|街道|村|社区|自治|[\u4e00-\u9fff]{1,5}(?:县|市|区|旗|镇|乡|街道))/;
/** Words that begin a sentence, or a heading inside a duty, never a name. */
const NO_NAME =
  /^(?:会同|配合|协助|协同|协调|联合|商请?|对|向|由|报|经|督促|指导|组织|负责|将|按|根据|依据|依法|与|和|及|或|并|支持|通知|移送|抄送|移交|告知|以|在|为|把|给|请|从|到|建立|设立|成立|开展|加强|做好|落实|检查|重点|以下|下列|上述|如下|主要|具体|涉及|包括|属于|其中|一是|二是|三是|所需|通过|发现|推动|推进|完善|健全|制定|配备|承担|参与|确定|明确|督导|监督(?!检查?所|管理)|管理(?!局|委|所|中心|站)|执行|保障|审核|受理|公布|列入|纳入)/;
/** Parts that somebody plays, not names. */
export const LABEL =
  /^(?:监管|执法|管理|审批|主管|业务|受理|经办|办理|实施|登记|征收|检测|检验|鉴定|培训|用工|责任|牵头|主责|主体责任|承接|接收|接办|收回|上收|移交|落实|执行|配合|协同|协助|协办|主办|承办|参与|用人|施工|建设|生产|经营|使用|监理|设计|事业|企业|涉事|违法|申请|申报)?(?:单位|部门|机构|机关|主体)$/;
/** 县直有关部门, 其他相关单位: nobody in particular, but printed as a unit. */
export const SHARED =
  /^(?:县|市|区|旗)?(?:直|级)?(?:其他|其它|各)?(?:各?有关|各?相关|行业主管|行业监管|业务主管|行政主管|成员|职能|责任)?(?:部门|单位)$/;

const withoutBrackets = (name: string): string => name.replace(/[(\uff08][^()\uff08\uff09]*[)\uff09]/g, '');

/** Whether a piece of text can be the name of a unit, by its form. */
export function isUnitName(text: string, isKnown: IsKnownUnit): boolean {
  const name = cleanUnit(text);
  if (isKnown(name)) return true;
  if (isGenericTownship(name)) return true;
  const bare = withoutBrackets(name);
  if (bare.length < 2 || bare.length > 26) return false;
  if (isGenericTownship(bare)) return true;
  if (!/^[\u4e00-\u9fffA-Za-z“”"·()\uff08\uff09]+$/.test(bare) || NO_NAME.test(bare) || LABEL.test(bare))
    return false;
  if (/(?:城市|农村|中小|大型|重点|[他各])(?:单位|场所|区域)$/.test(bare)) return false;
  if (/^各?[\u4e00-\u9fff]{1,5}(?:镇|乡|街道)(?:办事处|党委|党工委|人民政府|政府)?$/.test(bare))
    return !/(?:城镇|城乡|下乡|返乡|家乡|老乡|回乡|入乡|集镇|村镇|小镇)$/.test(bare);
  if (/^(?:村|社区|村\(社区\)|村委会|居委会|村民委员会|居民委员会|行政村)$/.test(bare)) return true;
  if (SHARED.test(bare)) return /有关|相关|主管|监管|成员|职能/.test(bare) || /^(?:县|市|区|旗)/.test(bare);
  if (ENDINGS.test(bare)) return true;
  return PREFIX.test(bare) && PREFIXED_ENDINGS.test(bare);
}

const MARKS = /[|;\uff1b、,\uff0c/](?![^(\uff08]{0,200}[)\uff09])/;
const LINES = /\n(?![^(\uff08]{0,200}[)\uff09])/;
const JOINERS = /(?:和|及|与|以及|暨)(?![^(\uff08]{0,200}[)\uff09])/g;

/** 县公安局和县水利局 is two units; 县住房和城乡建设局 is one. */
function splitJoined(text: string, isKnown: IsKnownUnit): string[] {
  if (isKnown(text)) return [text];
  for (const match of text.matchAll(JOINERS)) {
    const left = text.slice(0, match.index);
    const right = text.slice(match.index + match[0].length);
    if (isUnitName(left, isKnown) && isUnitName(right, isKnown))
      return [left, ...splitJoined(right, isKnown)];
  }
  return [text];
}

/** 青山县分局, (人防办) on a line of its own: the end of the name above it, whole as that is. */
const TAIL = /^(?:(?:[\u4e00-\u9fff]{1,5}[县市区旗])?分局$|[(\uff08])/;
const MAX_BROKEN = 4;

/** Lines of a cell to names: lines that are no names by themselves, but one together, are a name that the page broke. */
function joinBroken(printed: string[], isKnown: IsKnownUnit): string[] {
  const lines = printed.map((line) => ({ name: cleanUnit(line.replace(NUMBERING, '')), line }));
  const names: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    let joined = lines[at]?.name ?? '';
    const own = joined;
    for (let end = at + 1; joined !== '' && end < Math.min(lines.length, at + MAX_BROKEN); end++) {
      const { name = '', line = '' } = lines[end] ?? {};
      if (name === '' || NUMBERING.test(line)) break;
      joined += name;
      const isPart = TAIL.test(name) || !isUnitName(own, isKnown);
      const isOne = isKnown(joined)
        ? !(isKnown(own) && isKnown(name))
        : isPart && isUnitName(joined, isKnown);
      if (!isOne) continue;
      names.push(joined);
      at = end;
      joined = '';
    }
    if (joined !== '') names.push(own);
  }
  return names;
}

/** The units of a cell or of the head before a colon, as printed, without numbering. */
export function splitUnitNames(text: string, isKnown: IsKnownUnit): string[] {
  const joined = cleanUnit(text);
  if (isKnown(joined) || text.length > MAX_UNITS_CELL) return joined ? [joined] : [];
  const parts = text
    .split(MARKS)
    .flatMap((part) => joinBroken(part.split(LINES), isKnown))
    .filter((part) => part !== '' && part !== '等');
  const names = parts
    .flatMap((part) => splitBlanks(part, isKnown))
    .flatMap((part) => splitJoined(part, isKnown))
    .map((part) => {
      const bare = part.replace(/等(?:相关|有关|多个|成员|责任)?(?:部门|单位)?$/, '');
      return bare !== part && !isKnown(part) && isUnitName(bare, isKnown) ? bare : part;
    });
  // 各乡镇、街道 are all of them, once.
  const all = names.findIndex(isGenericTownship);
  return names.filter((name, at) => at <= all || !isGenericTownship(name));
}

/** `县公安局 县交通运输局`, where each piece is a name. */
function splitBlanks(part: string, isKnown: IsKnownUnit): string[] {
  const pieces = part.split(/[\s\u3000]+/).filter(Boolean);
  // 县 水 利 局: spaced out over the width of its cell.
  if (pieces.length > 1 && pieces.every((piece) => piece.length <= 2) && isUnitName(pieces.join(''), isKnown))
    return [pieces.join('')];
  const isSplit =
    pieces.length > 1 && !isKnown(pieces.join('')) && pieces.every((piece) => isUnitName(piece, isKnown));
  return isSplit ? pieces : [part];
}

type Head = { start: number; end: number; units: string[] };

/** Units before a colon, in characters; longer pieces are sentences. Bounds the work on hostile cells. */
const MAX_HEAD = 200;
/** A cell of units; the longest seen names some forty. */
const MAX_UNITS_CELL = 1000;

/** Before a unit stands the end of a sentence or of an item, or nothing. */
const BOUNDARY = /[。;\uff1b!\uff01\n|]/;

/** Where the sentence, item or line begins in which `end` stands. */
function startBefore(text: string, end: number, colon: number): number {
  const first = Math.max(0, colon - MAX_HEAD);
  let start = end;
  while (start > first && !BOUNDARY.test(text[start - 1] ?? '')) start--;
  return start;
}

/** `县市场监督⏎管理局:`: a known name that begins in the line above; `offset` is where in the whole text. */
function brokenHead(
  text: string,
  start: number,
  colon: number,
  isKnown: IsKnownUnit,
): { offset: number; units: string[] } | null {
  const offset = startBefore(text, start - 1, colon);
  const head = text.slice(offset, colon).replace(NUMBERING, '');
  const units = splitUnitNames(head, isKnown);
  return units.length === 1 && units.every(isKnown) ? { offset, units } : null;
}

/** Every `单位:` or `单位、单位:` of a cell that begins a duty. A colon inside a duty begins none. */
function findHeads(text: string, isKnown: IsKnownUnit, isStrict: boolean): Head[] {
  const heads: Head[] = [];
  for (const match of text.matchAll(/[:\uff1a]/g)) {
    const start = startBefore(text, match.index, match.index);
    const own = headIn(text.slice(start, match.index), isKnown, isStrict);
    const isSure = own?.units.every(isKnown) === true;
    const broken = isSure || text[start - 1] !== '\n' ? null : brokenHead(text, start, match.index, isKnown);
    const found = broken ?? own;
    if (!found) continue;
    const before = heads.at(-1);
    const at = broken ? broken.offset : start + found.offset;
    if (before && at < before.end) continue;
    heads.push({ start: at, end: match.index + 1, units: found.units });
  }
  return heads;
}

/** Units that a piece of text before a colon consists of; a blank may stand before them where lines were joined. */
function headIn(
  piece: string,
  isKnown: IsKnownUnit,
  isStrict: boolean,
): { offset: number; units: string[] } | null {
  const tryAt = (offset: number, isSure: (name: string) => boolean) => {
    const text = piece.slice(offset).replace(NUMBERING, '');
    if (text.trim() === '' || text.length > MAX_HEAD) return null;
    const units = splitUnitNames(text, isKnown);
    return units.length > 0 && units.every(isSure) ? { offset, units } : null;
  };
  const whole = tryAt(0, (name) => (isStrict ? isKnown(name) : isUnitName(name, isKnown)));
  if (whole) return whole;
  for (const blank of piece.matchAll(/[\s\u3000]+/g)) {
    const found = tryAt(
      blank.index + blank[0].length,
      (name) => isKnown(name) || (!isStrict && isGenericTownship(name)),
    );
    if (found) return found;
  }
  return null;
}

export type NamedDuties = {
  /** Text before the first unit: it belongs to none of them. */
  before: string;
  parts: Responsibility[];
};

const ACTS =
  /总?牵头|主办|主管|负责|承担|履行|依法|组织(?!部)|统筹(?!办|局)|制定|指导(?!中心)|监督(?!管理|检验|所|站|局)|开展|做好|加强|落实|查处|协助|配合|参与|按照|会同|对/g;

/** The units with which a sentence begins, and where they end; 县市场监督管理局 has a verb in its name. */
export function unitsBefore(
  sentence: string,
  isKnown: IsKnownUnit,
  isUnit: (name: string) => boolean,
): { units: string[]; end: number } | null {
  for (const { index } of sentence.slice(0, MAX_HEAD).matchAll(ACTS)) {
    const units = index < 2 ? [] : splitUnitNames(sentence.slice(0, index).trim(), isKnown);
    if (units.length > 0 && units.every(isUnit)) return { units, end: index };
  }
  return null;
}

/** 县…局 at the head of a sentence is a unit, known or not: its duty is never another's. */
const OF_COUNTY = /^(?:县|市|区|旗)[\u4e00-\u9fff]{2,}/;

/** `县林业局牵头巡护,县公安局配合查处`: another unit that begins to act behind a comma begins a part of its own. */
function splitActing(sentence: string, isKnown: IsKnownUnit, isUnit: (name: string) => boolean): string[] {
  const pieces: string[] = [];
  for (const piece of sentence.split(/(?<=[,\uff0c])/)) {
    const found = unitsBefore(piece, isKnown, isUnit);
    const acts = found && /^(?:总?牵头|负责|配合|协助|协同|参与)/.test(piece.slice(found.end));
    if (pieces.length === 0 || acts) pieces.push(piece);
    else pieces.push(`${pieces.pop() ?? ''}${piece}`);
  }
  return pieces;
}

/**
 * `县林业局负责巡护;县公安局负责查处。` without a colon; null where some clause names nobody.
 * The clause that follows one of a unit and names none goes on with its duty.
 */
export function splitSentences(text: string, isKnown: IsKnownUnit): Responsibility[] | null {
  const parts: Responsibility[] = [];
  const isUnit = (unit: string) =>
    isKnown(unit) || isGenericTownship(unit) || (OF_COUNTY.test(unit) && isUnitName(unit, isKnown));
  const clauses = text
    .split(/(?<=[。;\uff1b\n])/)
    .flatMap((sentence) => splitActing(sentence, isKnown, isUnit));
  for (const clause of clauses) {
    const plain = clause.replace(NUMBERING, '').trim();
    if (plain === '') continue;
    const named = unitsBefore(plain, isKnown, isUnit);
    const duty = cleanText(plain.slice(named?.end ?? 0)).replace(/[;,\uff1b\uff0c]$/, '');
    const last = parts.at(-1);
    if (named) parts.push(...named.units.map((unit) => ({ unit, duty })));
    else if (last) last.duty = `${last.duty}${/[。;\uff1b]$/.test(last.duty) ? '' : '；'}${duty}`;
    else return null;
  }
  return parts.length > 0 ? parts : null;
}

/** What divides two duties goes: a bar, or a semicolon with nothing but the next unit behind it on its line. */
const withoutSeparator = (duty: string): string =>
  /\n\s{0,9}$/.test(duty) ? duty : duty.replace(/[;\uff1b|\s]{1,20}$/, '');

const BRACKETED_HEAD =
  /(^|[。;\uff1b\n|])(\s{0,9})[\u3010\u3014\uff3b[]([^\u3010\u3011\u3014\u3015[\]\n]{2,120})[\u3011\u3015\uff3d\]]\s{0,3}[:\uff1a]?/g;

/** `【县民政局】站内救助` as other lists print it, `县民政局:站内救助`. */
export const withPlainHeads = (text: string, isKnown: IsKnownUnit): string =>
  text.replace(BRACKETED_HEAD, (whole, before: string, blank: string, names: string) => {
    const units = splitUnitNames(names, isKnown);
    const areUnits = units.length > 0 && units.every((name) => isUnitName(name, isKnown));
    return areUnits ? `${before}${blank}${names}:` : whole;
  });

/**
 * `县农业农村局:1.……;2.……。县公安局:……` to one duty a unit; several units before one duty share it.
 * @param isStrict only units that are known count, whatever else looks like one.
 */
export function splitNamedDuties(printed: string, isKnown: IsKnownUnit, isStrict = false): NamedDuties {
  const text = withPlainHeads(printed, isKnown);
  const heads = findHeads(text, isKnown, isStrict);
  const parts = heads.flatMap(({ end, units }, at) => {
    const next = heads[at + 1];
    const raw = text.slice(end, next?.start ?? text.length);
    const duty = cleanText(next ? withoutSeparator(raw) : raw);
    return units.map((unit) => ({ unit, duty }));
  });
  return { before: cleanText(text.slice(0, heads[0]?.start ?? text.length)), parts };
}
