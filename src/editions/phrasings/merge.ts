/** Lines that another county shared, into the bank: all of them or none. Pure. */
import { createHash } from 'node:crypto';
import { BotError, errorText } from '../../core/errors.js';
import { BankMatter } from '../../lists/bank.js';
import { badWords } from './bad-words.js';
import { sameKey } from './checks.js';

export type Merged = { matters: BankMatter[]; newMatters: number; newPhrasings: number };

const LINE_MAX = 20_000;
const PHRASING_MAX = 60;
/** Of one matter: its vectors are looked at with every question that is near to it. */
const PHRASINGS_MOST = 24;
const SHOWN = 20;

/** @throws BotError 'DATA' naming every line that is not one of the bank. */
export function mergeMatters(own: BankMatter[], name: string, text: string): Merged {
  const problems: string[] = [];
  const read = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at): BankMatter[] => {
      if (line.trim() === '') return [];
      const matter = readLine(line);
      if (typeof matter !== 'string') return [matter];
      problems.push(`${name} 第${at + 1}行:${matter}`);
      return [];
    });
  if (read.length === 0 && problems.length === 0) problems.push(`${name}:没有内容`);
  if (problems.length > 0)
    throw new BotError(
      'DATA',
      [
        ...problems.slice(0, SHOWN),
        ...(problems.length > SHOWN ? [`…另有 ${problems.length - SHOWN} 行有误`] : []),
        '没有并入任何内容。处理办法:请提供方用 npm run phrasings -- share 重新导出,或改正上述各行。',
      ].join('\n'),
    );
  const merged = new Map(own.map((matter) => [sameKey(matter.matter), matter]));
  const ids = new Set(own.map(({ id }) => id));
  const result: Merged = { matters: [], newMatters: 0, newPhrasings: 0 };
  for (const matter of read) {
    const key = sameKey(matter.matter);
    const known = merged.get(key);
    const before = known?.phrasings ?? [];
    const keys = new Set(before.map(sameKey));
    const fresh = matter.phrasings.filter((it) => !keys.has(sameKey(it)) && keys.add(sameKey(it)));
    const phrasings = [...before, ...fresh].slice(0, Math.max(PHRASINGS_MOST, before.length));
    result.newPhrasings += phrasings.length - before.length;
    if (known) {
      merged.set(key, { ...known, phrasings });
      continue;
    }
    result.newMatters++;
    const id = ids.has(matter.id)
      ? `M-${createHash('sha256').update(JSON.stringify(matter)).digest('hex').slice(0, 10)}`
      : matter.id;
    ids.add(id);
    merged.set(key, { ...matter, id, phrasings });
  }
  // Two lines of our own bank may name one matter.
  const own2 = own.map((matter) => {
    const found = merged.get(sameKey(matter.matter));
    return found?.id === matter.id ? found : matter;
  });
  const known = new Set(own.map(({ id }) => id));
  result.matters = [...own2, ...[...merged.values()].filter(({ id }) => !known.has(id))];
  return result;
}

function readLine(line: string): BankMatter | string {
  if (line.length > LINE_MAX) return '过长';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `不是 JSON(${errorText(error)})`;
  }
  const parsed = BankMatter.strict().safeParse(value);
  if (!parsed.success) return '缺少 id、domain、matter、duty、phrasings 中的内容,或多出其他内容';
  for (const text of parsed.data.phrasings) {
    const bad = [...text].length > PHRASING_MAX ? `多于 ${PHRASING_MAX} 个字` : badWords(text);
    if (bad) return `问法“${text.slice(0, 40)}”${bad}`;
  }
  return parsed.data;
}
