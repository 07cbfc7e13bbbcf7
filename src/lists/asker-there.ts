/** As whom the lists are read where a township is named: somebody there has other lists and other officers. */
import type { Knowledge } from './knowledge.js';
import type { Asker } from './row-parts.js';

type Reading = { knowledge: Pick<Knowledge, 'directory'>; asker: Asker };

/** As somebody of another township would ask. */
export function askerIn(township: string | undefined, { knowledge, asker }: Reading): Asker {
  const named = township === undefined ? null : knowledge.directory.townshipNamed(township);
  return named ? { ...asker, township: named.name, townshipClass: named.townshipClass } : asker;
}

/** 我们镇这块是谁, after another township was asked of: one's own again. */
const OF_OWN = /(?:我|咱|俺)们?这?(?:镇|乡|街道|边|儿|里|头)|本(?:镇|乡|街道)/;
export const isOfOwn = (said: string, { township }: Pick<Asker, 'township'>): boolean =>
  township !== undefined && OF_OWN.test(said);

/** A question that names one township is asked as somebody there would ask it. */
export function askerNamed(question: string, reading: Reading): Asker {
  const { directory } = reading.knowledge;
  const [named, ...more] = directory.mentions(question).filter(({ unit }) => directory.townshipNamed(unit));
  return named && more.length === 0 ? askerIn(named.unit, reading) : reading.asker;
}
