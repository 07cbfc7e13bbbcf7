/** Names and aliases of units: which unit does a piece of text mean. */

/** The generic township of the lists (乡镇(街道), 苏木镇 …) or any township by the form of its name. */
export function isTownshipUnit(unit: string): boolean {
  return (
    isGenericTownship(unit) ||
    /(镇|乡|街道|苏木|嘎查村)(办|办事处|街办|党委|党工委|人民政府|政府)?$/.test(withoutOffice(unit))
  );
}

/** 柳林镇(党政办公室): an office in brackets behind the unit that it is a part of. */
const OFFICE_BEHIND =
  /^(.{2,}?)[(\uff08]([^()\uff08\uff09]{1,18}(?:[办室科股站所队委部联会]|中心))[)\uff09]$/;

/** The unit of an office that is told in brackets behind it; any other name as it is. */
export const withoutOffice = (unit: string): string => OFFICE_BEHIND.exec(unit)?.[1] ?? unit;

/** A form that means every township, each for itself: 乡镇(街道), 各苏木镇, 镇街, 属地乡镇政府, 有关镇(街道). */
export function isGenericTownship(unit: string): boolean {
  const bare = withoutOffice(unit).replace(/[()\uff08\uff09、/\s]/g, '');
  return /^(各?(?:有关|相关|涉及|所涉)|各|所在地?|属地|本|辖区)?(乡|镇|街道?|苏木)(乡|镇|街道?|苏木|办事处|办|党委|党工委|人民政府|政府){0,7}$/.test(
    bare,
  );
}

/** The core of a department's name, the same in every county: 奇石县住房和城乡建设局 and 旗住房和城乡建设局 agree. */
export function coreName(unit: string): string {
  const branch = /^(?:.*?市)?(生态环境局|邮政管理局|烟草专卖局|公安局|税务局|消防救援)/.exec(unit);
  if (branch?.[1]) return branch[1];
  return unit.replace(/^(国家税务总局)?[\u4e00-\u9fff]{0,6}?(自治县|县|市|区|旗)(?=[\u4e00-\u9fff]{3,})/, '');
}

export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export type Mention = { unit: string; alias: string; index: number };

/** Finds unit names in text, the longest alias first; each unit once, in order of appearance. */
export function createMentionFinder(aliases: ReadonlyMap<string, string>): (text: string) => Mention[] {
  if (aliases.size === 0) return () => [];
  const sorted = [...aliases.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(sorted.map(escapeRegExp).join('|'), 'g');
  return (text) => {
    const found: Mention[] = [];
    for (const match of text.matchAll(pattern)) {
      const unit = aliases.get(match[0]);
      if (unit && !found.some((m) => m.unit === unit))
        found.push({ unit, alias: match[0], index: match.index });
    }
    return found;
  };
}

/** Its characters two by two, in order. */
export const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));

/** Dice similarity of character pairs, 0 to 1. */
export function nameSimilarity(a: string, b: string): number {
  return dice(new Set(pairsOf(a)), new Set(pairsOf(b)));
}

/** With the characters as well, 0 to 1: one wrong character in a short name leaves hardly a pair (县水力局). */
export const slipSimilarity = (a: string, b: string): number =>
  (nameSimilarity(a, b) + dice(new Set(a), new Set(b))) / 2;

/** Twice what two sets have in common, of both, 0 to 1. */
export function dice(x: ReadonlySet<string>, y: ReadonlySet<string>): number {
  if (x.size + y.size === 0) return 0;
  let common = 0;
  for (const pair of x) if (y.has(pair)) common++;
  return (2 * common) / (x.size + y.size);
}

/** The units of these parts that are no townships. */
export const departmentsIn = (parts: readonly { unit: string }[]): string[] =>
  parts.map(({ unit }) => unit).filter((unit) => !isTownshipUnit(unit));
