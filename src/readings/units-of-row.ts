/** Which unit of a row a message names: by its name, an alias, or what is left of its name (住建, 公安, 消防). */
import type { IndexedRow } from '../lists/row-index.js';
import type { Directory } from '../organizations/directory.js';
import { coreName, isTownshipUnit, pairsOf } from '../organizations/names.js';

export const takesPart = ({ row }: IndexedRow, unit: string): boolean =>
  [...row.lead, ...row.support].some((part) => part.unit === unit);

/** Units of the row by what is left of their names: 住建, 公安, 消防. */
export function namedUnit(
  text: string,
  entry: IndexedRow,
  directory: Directory,
): { unit: string; alias: string } | null {
  const [mention] = directory.mentions(text).filter(({ unit }) => !isTownshipUnit(unit));
  if (mention) return mention;
  const stems = [...entry.row.lead, ...entry.row.support]
    .filter(({ unit }) => !isTownshipUnit(unit))
    .flatMap(({ unit }) =>
      [coreName(unit), ...directory.aliasesOf(unit)].map((name) => ({ unit, alias: stemOf(name) })),
    )
    .filter(({ alias }) => alias.length >= 2 && text.includes(alias));
  return stems.sort((a, b) => b.alias.length - a.alias.length)[0] ?? null;
}

const stemOf = (name: string): string =>
  name
    .replace(/^[县市区旗]/, '')
    .replace(
      /(?:管理局|监督管理局|委员会|办公室|事业发展中心|服务中心|救援大队|大队|中心|分局|公司|局|委|办|站|所)$/,
      '',
    );

/** Whether any two characters of the text stand beside each other in the row as well (高铁票难买 and a marriage's do not). */
export function sharesWords(text: string, { row }: IndexedRow): boolean {
  const said = [row.matter, ...row.askedAs, ...[...row.lead, ...row.support].map(({ duty }) => duty)].join(
    ' ',
  );
  return pairsOf(text).some((pair) => said.includes(pair));
}
