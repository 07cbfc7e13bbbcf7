/** Units that stand behind their duty, or inside its sentence: `培训乡厨。（县市场监管局）`, `由县统计局委托…`. */
import type { Responsibility } from '../../core/domain.js';
import { isGenericTownship } from '../../organizations/names.js';
import type { Role } from './headers.js';
import { cleanText, isUnitName, splitUnitNames, type IsKnownUnit } from './units.js';

const BEHIND =
  /[(\uff08\u3010\u3014]([^()\uff08\uff09\u3010\u3011\u3014\u3015。]{2,80})[)\uff09\u3011\u3015]([。;\uff1b]?)/g;
/** 责任单位:县水利局, 配合:县水利局, 县水利局牵头. */
const SAID =
  /^(?:(?:(责任|牵头|承办|落实|主管|主办|主责)|(配合|协同|协助|协办|参与))(?:单位|部门)?[:\uff1a])?(.{2,70}?)(?:(牵头|主办)|(配合|协同|协助|协办|参与))?$/su;

type Behind = Responsibility & { role?: Role };

function unitsIn(inner: string, isKnown: IsKnownUnit): { units: string[]; role?: Role } {
  const [, leads, helps, names = '', lead, help] = SAID.exec(inner.trim()) ?? [];
  const units = splitUnitNames(names, isKnown);
  if (!units.every((name) => isKnown(name) || isGenericTownship(name))) return { units: [] };
  if (helps ?? help) return { units, role: 'support' };
  return (lead ?? (leads === '责任' ? undefined : leads)) ? { units, role: 'lead' } : { units };
}

/** `检查凭证。（县市场监管局）` for each sentence or line of a cell; null where any text bears no unit behind it. */
export function splitUnitsBehind(text: string, isKnown: IsKnownUnit): Behind[] | null {
  const parts: Behind[] = [];
  let from = 0;
  for (const match of text.matchAll(BEHIND)) {
    const before = text.slice(from, match.index);
    const end = match.index + match[0].length;
    const isEnded = /[。;\uff1b]\s*$/.test(before) || match[2] !== '' || /^\s*(?:\n|$)/.test(text.slice(end));
    const { units, role } = unitsIn(match[1] ?? '', isKnown);
    if (!isEnded || units.length === 0) continue;
    const duty = cleanText(`${before}${match[2] ?? ''}`);
    if (duty === '') return null;
    parts.push(...units.map((unit) => ({ unit, duty, ...(role && { role }) })));
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
