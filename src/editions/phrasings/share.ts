/** What a county gives to others of its phrasings: matters as lines of the bank, without names of persons and places. Pure. */
import { createHash } from 'node:crypto';
import type { Row } from '../../core/domain.js';
import type { BankMatter } from '../../lists/bank.js';
import { ownPhrasings } from '../../lists/row-text.js';
import type { Directory } from '../../organizations/directory.js';
import { createMask } from '../../organizations/mask.js';
import type { EditionContent } from '../diff.js';
import { badWords } from './bad-words.js';
import { sameKey } from './checks.js';

export type Shared = { matters: BankMatter[]; left: string[] };

/** 王家庄, 柳林镇; 我们村, 各乡镇 name no place. */
const PLACE = /([\u4e00-\u9fff])(?:村民委员会|村委会|村|庄|屯|寨|社区|小区|家园|花园|镇|乡|街道)/g;
/** Before such a word: no name. */
const NO_NAME =
  '们我你他她俺咱本全各邻壁某农山乡镇村县市省街进出回到在驻包的了里是同哪这那一二两三四五六七八九十几个多整空心然政中外下上住去来给让找向对跟和与及或城由属地该每跨过有无老旧新困态设辖景信支美好生示范满串半得着都也就还再才能会可想要看见说问管查收办开把被从比像帮请等靠归部起为';
const STREET =
  /(?:人民|建设|解放|中山|新华|胜利|和平|文化|青年|光明|振兴|迎宾)[东南西北中]?(?:路|大?街|大道)/;

/** Of the lists that everybody sees and of the others alike: phrasings say nothing of a township by themselves. */
export function shareMatters({ lists, rows }: EditionContent, directory: Directory): Shared {
  const places = placesOf(
    lists.map(({ scope }) => scope.county),
    directory,
  );
  const mask = createMask(directory.everybody);
  const namesPlace = (text: string): boolean =>
    STREET.test(text) ||
    places.some(({ stem }) => text.includes(stem)) ||
    [...text.matchAll(PLACE)].some(([, before = '']) => !NO_NAME.includes(before));
  const result: Shared = { matters: [], left: [] };
  const byMatter = new Map<string, Row[]>();
  for (const row of rows)
    byMatter.set(sameKey(row.matter), [...(byMatter.get(sameKey(row.matter)) ?? []), row]);
  for (const same of byMatter.values()) {
    const [row] = same;
    if (!row) continue;
    const all = [...new Set(same.flatMap(ownPhrasings))];
    if (all.length === 0) continue;
    const duty = mask(withoutPlaces(dutyOf(row), places));
    const matter = withoutPlaces(row.matter, places);
    const isNamed = places.some(({ stem }) => (matter + duty).includes(stem));
    const phrasings = all.filter((text) => {
      const isKept = !isNamed && mask(text) === text && !namesPlace(text) && badWords(text) === null;
      if (!isKept) result.left.push(`${row.matter}:“${text}”`);
      return isKept;
    });
    if (phrasings.length === 0) continue;
    const id = `S-${createHash('sha256').update(`${matter}\n${duty}`).digest('hex').slice(0, 10)}`;
    result.matters.push({ id, domain: withoutPlaces(row.domain, places), matter, duty, phrasings });
  }
  return result;
}

const dutyOf = (row: Row): string =>
  [...row.lead, ...row.support].map(({ unit, duty }) => `${unit}${duty}`).join(';');

type Place = { name: string; stem: string; word: string };

/** The county and what is in it, with what stands instead. */
function placesOf(counties: string[], directory: Directory): Place[] {
  const named = [
    ...new Set([
      ...counties,
      directory.county,
      ...directory.organizations.filter(({ kind }) => kind === 'township').map(({ name }) => name),
    ]),
  ].filter((name) => name.length >= 2);
  return named
    .map((name) => {
      const [, stem = name, word = ''] = /^(.{2,}?)(自治县|县|市|区|旗|镇|乡|街道|苏木)$/.exec(name) ?? [];
      return { name, stem, word };
    })
    .sort((a, b) => b.name.length - a.name.length);
}

const withoutPlaces = (text: string, places: Place[]): string =>
  places.reduce((rest, { name, word }) => rest.replaceAll(name, word || '本地'), text);
