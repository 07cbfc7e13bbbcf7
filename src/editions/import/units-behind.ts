/** Units that stand behind their duty, or inside its sentence: `培训乡厨。（县市场监管局）`, `由县统计局委托…`. */
import type { Responsibility } from '../../core/domain.js';
import { isGenericTownship } from '../../organizations/names.js';
import { cleanText, isUnitName, splitUnitNames, type IsKnownUnit } from './units.js';

const BEHIND =
  /[(\uff08\u3010\u3014](?:(?:责任|牵头|承办|落实|主管)(?:单位|部门)[:\uff1a])?([^()\uff08\uff09\u3010\u3011\u3014\u3015。]{2,80})[)\uff09\u3011\u3015]([。;\uff1b]?)/g;

/** `检查凭证。（县市场监管局）` for each sentence or line of a cell; null where any text bears no unit behind it. */
export function splitUnitsBehind(text: string, isKnown: IsKnownUnit): Responsibility[] | null {
  const parts: Responsibility[] = [];
  let from = 0;
  for (const match of text.matchAll(BEHIND)) {
    const before = text.slice(from, match.index);
    const end = match.index + match[0].length;
    const isEnded = /[。;\uff1b]\s*$/.test(before) || match[2] !== '' || /^\s*(?:\n|$)/.test(text.slice(end));
    const units = splitUnitNames(match[1] ?? '', isKnown);
    const areUnits = units.length > 0 && units.every((name) => isKnown(name) || isGenericTownship(name));
    if (!isEnded || !areUnits) continue;
    const duty = cleanText(`${before}${match[2] ?? ''}`);
    if (duty === '') return null;
    parts.push(...units.map((unit) => ({ unit, duty })));
    from = end;
  }
  return parts.length > 0 && text.slice(from).trim() === '' ? parts : null;
}

const LONGEST = 24;
/** The name with which a text goes on, the longest that is known. */
function nameAt(text: string, isKnown: IsKnownUnit): string {
  for (let length = Math.min(LONGEST, text.length); length >= 3; length--) {
    const name = text.slice(0, length);
    if (isKnown(name) && isUnitName(name, isKnown)) return name;
  }
  return '';
}

/** `由县统计局委托第三方入户登记`: the one unit by which a sentence has the work done; its duty is the sentence as printed. */
export function doneBy(text: string, isKnown: IsKnownUnit): Responsibility | null {
  const names = new Set([...text.matchAll(/由/g)].map(({ index }) => nameAt(text.slice(index + 1), isKnown)));
  names.delete('');
  const [unit] = names;
  return unit !== undefined && names.size === 1 && cleanText(text).startsWith(`由${unit}`)
    ? { unit, duty: cleanText(text) }
    : null;
}
