/** Names that stand one after the other in a message: people, offices, villages, units, whatever stands between them. Pure. */
import type { Person } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import { calledFirst } from '../organizations/recipients.js';
import { OF_OWN_UNIT } from './audience.js';
import { nameFirst } from './called-names.js';

/** `names` as the directory knows them; `rest`: what stands behind the last. */
export type NameRun = { names: string[]; index: number; length: number };

const MOST = 20;
const BETWEEN = /^(?:[、,\uff0c\s]|和|跟|与|以及|及|还有|再?加上){0,3}/;
/** 郑九局长, 何甲同志, 何甲那儿. */
const TITLE =
  /^(?:的)?(?:同志|书记|主任|副?[局镇乡所站科股队院]长|支书|会计|老师)?(?:(?:那|这)(?:边|里|儿|头))?(?:(?:他|她)们?)?(?:的)?(?:(?:全体|所有)?(?:同志|人员|干部|人)(?:们)?)?(?:(?:这|那)?[几两俩三四五六七八九十]{1,2}(?:个(?:人|村|单位)?|位|人|家(?:单位)?))?/;
const OWN_UNIT = new RegExp(
  `${OF_OWN_UNIT.source}|^(?:(?:我们|咱们|咱|俺们|本)?(?:镇|乡|街道|局)?的)(?=[\\u4e00-\\u9fff]{2})`,
);
/** What is behind the comma or the space goes on with the list. */
const GOES_ON =
  /^(?:$|[\s、,\uff0c。!\uff01;\uff1b]|和|跟|与|及|同志|的同志|都|也|一个|[几两俩三四五六七八九]{1,2}[个位]|全|务必|请|准时|参加|参会|到会|出席|[来到](?!了)|过来|开会)/;

/** The names with which the words begin, one at least; null where there is none. */
export function namesFirst(text: string, person: Person, directory: Directory): NameRun | null {
  const names: string[] = [];
  let at = 0;
  while (names.length < MOST) {
    const between = names.length === 0 ? '' : (BETWEEN.exec(text.slice(at))?.[0] ?? '');
    const rest = text.slice(at + between.length);
    const whole = nameFirst(rest, person, directory);
    // 局里李四: the unit says whose he is.
    const unit = whole === '' ? (OWN_UNIT.exec(rest)?.[0] ?? '') : '';
    const first = whole || (unit === '' ? '' : nameFirst(rest.slice(unit.length), person, directory));
    if (first === '') break;
    const own = personOf(first, rest.slice(unit.length + first.length), person, directory);
    const name = own?.name ?? first;
    const end = at + between.length + unit.length + first.length + (own?.length ?? 0);
    const title = TITLE.exec(text.slice(end))?.[0] ?? '';
    const isLoose = /[,\uff0c\s]/.test(between);
    if (
      isLoose &&
      !GOES_ON.test(text.slice(end + title.length)) &&
      nameAt(text.slice(end), person, directory) === ''
    )
      break;
    names.push(name);
    at = end + title.length;
  }
  return names.length > 0 ? { names, index: 0, length: at } : null;
}

/** 住建局的郑九局长, 经发办董丁一: the one of it who is named behind it. */
function personOf(
  whole: string,
  behind: string,
  { organization }: Person,
  directory: Directory,
): { name: string; length: number } | null {
  const of = /^的?/.exec(behind)?.[0] ?? '';
  const called = calledFirst(behind.slice(of.length), directory, organization);
  if (!called || directory.people.some(({ name }) => name === whole)) return null;
  const unit = directory.mentions(whole)[0]?.unit ?? organization;
  return called.organization === unit ? { name: called.name, length: of.length + called.name.length } : null;
}

const nameAt = (text: string, person: Person, directory: Directory): string =>
  nameFirst(text.replace(BETWEEN, ''), person, directory);

/** Where a list of names may begin: behind a word that calls, a stop, a blank, an hour. */
const STARTS =
  /(?:^|(?<=[点刻号日](?:半|整|钟)?|[上下]午|[早晚]上|[今明后]天)|(?<=[\s,\uff0c。;\uff1b:\uff1a!\uff01“])|(?<=通知|叫上|叫|喊上|喊|召集|请|让|找|给|发给|转给|提醒|一下|一声|转告|告诉|知会|催|@))/g;

/** All of them in the order of the words; none within another. */
export function nameRuns(text: string, person: Person, directory: Directory): NameRun[] {
  const runs: NameRun[] = [];
  for (const { index } of text.matchAll(STARTS)) {
    const last = runs.at(-1);
    if (last && index < last.index + last.length) continue;
    const run = namesFirst(text.slice(index), person, directory);
    if (run) runs.push({ ...run, index });
  }
  return runs;
}
