/** Whose list a file is: of the county that the directory describes, or of one that has no directory here yet. */
import type { Directory } from '../../organizations/directory.js';
import { normalizeLabel } from './headers.js';

/** Words that end like a county and are none. */
const NO_COUNTY =
  /(城市|社区|辖区|小区|城区|郊区|本县|全县|各县|我县|本市|全市|各市|我市|本区|全区|各区|地区|山区|库区|园区|景区|开发区|功能区|街区|片区|市区|县区|旗县|市县)$/;
const COUNTY =
  /^(?:关于)?(?:印发)?[《“"]*(?:中共|中国共产党)?(?:[\u4e00-\u9fff]{2,7}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}(?:市|州|盟|地区))??([\u4e00-\u9fff]{1,7}?(?:自治县|自治旗|县|市|区|旗))(?=委|人民政府|党委|机构编制|编委|政府|乡镇|镇街|街道|“|"|《|属地|职责|赋权|赋予|下放|县级|县直|基本履职|配合履职|上级|履职|行政执法|各乡|各镇|权责|责任清单|[\u4e00-\u9fff]{1,4}(?:镇|乡|街道))/;

/** Counties named at the beginning of lines; 市 above a county is passed over only where a county follows. */
export function countiesOf(lines: string[]): string[] {
  const found = new Set<string>();
  for (const line of lines) {
    const text = normalizeLabel(line).replace(/^附件?[一二三四五六七八九十\d]*:?/, '');
    const name = COUNTY.exec(text)?.[1];
    if (name && name.length >= 2 && !NO_COUNTY.test(name) && !/^(县|市|区|旗|乡|镇)/.test(name))
      found.add(name);
  }
  return [...found];
}

const TOWNSHIP =
  /^[《“"]*(?:[\u4e00-\u9fff]{1,7}?(?:县|市|区|旗))?([\u4e00-\u9fff]{1,5}?(?:镇|乡|街道))(?!\(|街道|乡|镇)/;

const UNIT_PREFIX =
  /^([\u4e00-\u9fff]{2,4}?(?:自治县|县|市|区|旗))[\u4e00-\u9fff]{2,}(?:局|委员会|法院|检察院|办公室|大队)$/;

/** A third of the units bear the name of one county that is not ours. */
function hasForeignUnits(units: string[], county: string): boolean {
  const counts = new Map<string, number>();
  for (const unit of new Set(units)) {
    const name = UNIT_PREFIX.exec(unit)?.[1];
    if (name && name !== county && !NO_COUNTY.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) * 3 > new Set(units).size;
}

/**
 * True when the lines name this directory's county or one of its townships, or no county at all: then its names bind.
 * @param lines titles, issuers, the cover, the file's name.
 */
export function isOwnCounty(lines: string[], units: string[], directory: Directory): boolean {
  const texts = lines.map(normalizeLabel);
  if (texts.some((text) => text.includes(directory.county))) return true;
  if (countiesOf(lines).length > 0 || hasForeignUnits(units, directory.county)) return false;
  const townships = texts.flatMap((text) => TOWNSHIP.exec(text)?.[1] ?? []);
  const named = townships.filter((name) => !/^(乡|各|全|本|我|城|集|村|小)/.test(name));
  return named.length === 0 || named.some((name) => directory.resolve(name) !== null);
}
