/** Which unit of a row a message names: by its name, an alias, or what is left of its name (住建, 公安, 消防). */
import type { Row } from '../core/domain.js';
import { traitsOf } from '../core/list-kinds.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
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
  const stems = stemsIn(text, entry, directory);
  return stems.sort((a, b) => b.alias.length - a.alias.length)[0] ?? null;
}

/** 派出所的呢: what the row says of the police. */
const POLICE = /公安局$/;

function stemsIn(text: string, entry: IndexedRow, directory: Directory): { unit: string; alias: string }[] {
  return [...entry.row.lead, ...entry.row.support]
    .filter(({ unit }) => !isTownshipUnit(unit))
    .flatMap(({ unit }) =>
      [coreName(unit), ...directory.aliasesOf(unit)]
        .map((name) => ({ unit, alias: stemOf(name) }))
        .concat(POLICE.test(unit) ? [{ unit, alias: '派出所' }] : []),
    )
    .filter(({ alias }) => alias.length >= 2 && text.includes(alias) && !isPartOfWord(text, alias, entry));
}

/** `市监跟应急各弄哪截`: two units of the row, and what is asked of either; null where they are only set against each other. */
export function twoUnits(text: string, entry: IndexedRow, directory: Directory) {
  const said = PAIR.exec(text)?.groups;
  const [one, two, rest] = [said?.['one'] ?? '', said?.['two'] ?? '', said?.['rest'] ?? ''];
  const parts = [one, `${two}${rest}`].map((part) => namedUnit(part, entry, directory));
  const [first, second] = parts;
  if (!first || !second || first.unit === second.unit || !one.endsWith(first.alias)) return null;
  if (!parts.every((part) => part && takesPart(entry, part.unit))) return null;
  return [first.unit, second.unit];
}
const PAIR =
  /^(?:那|哦|嗯)?(?<one>[\u4e00-\u9fff]{2,12}?)(?:那边|这边|那头)?[跟和与同、](?<two>[\u4e00-\u9fff]{2,10}?)(?:那边|这边|那头|他们|俩|两家|两个)*(?<rest>(?:各(?:自)?|分别|都|怎么分|咋分|咋个分)(?!.*(?:谁|牵头|主责|罚)).{0,10})$/;

/** 卫生许可, 消防通道: a thing that the duties of the row speak of, and not the unit that its first half would name. */
function isPartOfWord(text: string, stem: string, { row }: IndexedRow): boolean {
  const word = text.slice(text.indexOf(stem)).slice(0, stem.length + 2);
  return (
    word.length === stem.length + 2 && !/机关|部门|单位|[局委站所办]/.test(word) && saidIn(row).includes(word)
  );
}

/** What a row speaks of, without the names of its units. */
export const saidIn = ({ matter, lead, support }: Row): string =>
  [matter, ...[...lead, ...support].map(({ duty }) => duty)].join(' ');

/** Other rows found for the question that are as near to the row are about its matter, or about most of it. */
const BESIDE = 0.65;

/**
 * Where the row names nothing but townships, other rows that were found for the same question say what the county's units
 * have to do (乡级林长履职 beside 林木采伐许可与盗伐滥伐查处). Empty for a row that names departments.
 */
export function rowsBeside(
  entry: IndexedRow,
  offered: readonly string[],
  { index }: Pick<Knowledge, 'index'>,
  asker: AskerScope,
): IndexedRow[] {
  const { lead, support } = entry.row;
  if ([...lead, ...support].some(({ unit }) => !isTownshipUnit(unit))) return [];
  const at = index.positionOf(entry.ref);
  return offered
    .flatMap((ref) => index.get(ref) ?? [])
    .filter(
      (other) =>
        other.ref !== entry.ref &&
        traitsOf(other.list.kind).dividesWork &&
        index.isVisible(other, asker) &&
        index.rowSimilarity(at, index.positionOf(other.ref)) >= BESIDE,
    );
}

/** A township by its name, or by that of its place alone where it begins the message and is asked of: 石桥找谁, 那石桥是. */
export function townshipIn(text: string, directory: Directory): { unit: string; alias: string } | null {
  const mention = directory.mentions(text).find(({ unit }) => directory.townshipNamed(unit));
  if (mention) return mention;
  const said = text.replace(/^(?:那么?|哦|嗯|换成?|要是|,|\s)+/, '');
  for (const { name, kind } of directory.organizations) {
    const place = name.replace(/(?:镇|乡|街道)$/, '');
    if (
      kind === 'township' &&
      place.length >= 2 &&
      said.startsWith(place) &&
      ASKED_OF.test(said.slice(place.length))
    )
      return { unit: name, alias: place };
  }
  return null;
}
const ASKED_OF =
  /^(?:那边|那儿|那里|那头|这边|上|里)?(?:的)?(?:[呢咧哩]|(?:要是|要|如果|万一)?(?:碰|遇)[上到见]|也?有(?:没有)?[这同一]|也(?:有|是|一样|这样|这么|(?:收|取消|停|赋|放|给|下)(?:权|回|掉|走|上去)?)|是?(?:谁|哪[个位])|是[?\uff1f]?$|[找问联跟归]|能|可以|谁|哪|咋|怎么|要|该|[?\uff1f]?$)/;

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
