/** Which unit or township a message asks of the row in focus. */
import { lexiconOf } from '../lists/structured-words.js';
import { isTownshipUnit, pairsOf } from '../organizations/names.js';
import {
  asksOfUnit,
  asksWhoOfIt,
  aspectOf,
  LEFT_OUT,
  OF_A_PART,
  ownMatter,
  POINTS_BACK,
} from './follow-up-words.js';
import { about, ANSWERS_ITSELF, isOf, LIKELY, SURE, type Asked } from './row-asked.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Reading } from './reading.js';
import { namedUnit, takesPart, townshipIn } from './units-of-row.js';

export const OWN_UNIT =
  /(?:我们?|咱们?|俺们?|本)(?:局|分局|支队|单位|部门|大队|中心|公司|委|办(?=在|里|要|该|呢|管|负责))|(?:我们|咱们?|俺们)(?=(?:到底|具体|究竟|要|得|该|是|来|去)*(?:干|做|管|担|配合|负责)(?:些|的是|的)?(?:啥|什么|哪))/;

/** What is said of one unit's part beside its name is short. */
const PART_MAX = 10;
/** `应急局呢`, `公安那头干啥`, `我们局担哪块`. */
export async function onUnit(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { directory } = asked.knowledge;
  const { text, person } = asked.ctx;
  const own = person && !directory.townshipOf(person) && OWN_UNIT.test(text) ? person.organization : null;
  const named = namedUnit(text, entry, directory) ?? shortUnit(asked);
  const unit = named?.unit ?? own;
  if (!unit || isTownshipUnit(unit)) return null;
  const rest = text.replace(named?.alias ?? OWN_UNIT, ' ');
  const takingPart = [entry, ...asked.alike(), ...asked.beside()].find((of) => takesPart(of, unit));
  if (LEFT_OUT.test(text)) return takingPart ? about(takingPart, 'support', SURE, `all but ${unit}`) : null;
  if (named && takingPart && asksWhoOfIt(rest))
    return about(takingPart, 'contact', SURE, `who of ${unit}`, { unit });
  // 退役军人局联系哪个, of a row that does not name it: the directory knows who is there.
  if (named && !takingPart && asksWhoOfIt(rest) && CONTACTS.test(rest)) return null;
  const isFrame = asksOfUnit(rest.trim()) && (await isOf(asked, ownMatter(rest)));
  // 水那件 卫健局担哪截: no other unit's part of the row, whatever the row says of it.
  const isPart = takingPart
    ? ofOneKind(rest) || (await speaksOfPart(asked, rest)) || (await asksWhether(asked, rest))
    : named && OF_WHICH_PART.test(rest);
  if (!isFrame && !isPart) return null;
  // A unit that the row does not name may begin a question of its own (公安局管什么).
  if (takesPart(entry, unit)) return about(entry, 'unit', SURE, unit, { unit });
  const other = takingPart ?? (named ? await rowOfUnit(asked, unit) : null);
  return other
    ? about(other, 'unit', LIKELY, `${unit}, in another list's row of the matter`, { unit })
    : about(entry, 'unit', LIKELY, unit, { unit });
}

/** The question again with the unit in it: a row that gives it a part may be what was meant (水管子出黄汤, and 卫健局). */
async function rowOfUnit(
  { ctx: { text, session }, decide }: Asked,
  unit: string,
): Promise<IndexedRow | null> {
  const question = session?.question ?? '';
  const pieces = question.split(' ');
  const pointed = pieces.filter(
    (piece) => pieces.length > 1 && piece.includes(POINTS_AT.exec(text)?.groups?.['name'] ?? ' '),
  );
  // What names it now may do it better than the words in which it was told.
  const [named = ''] = pieces;
  for (const way of [...pointed, named, question]) {
    const again = way === '' ? null : await decide(`${way} ${text.replace(POINTS_AT, '').trim()}`);
    if (again?.kind === 'answer' && takesPart(again.best.entry, unit)) return again.best.entry;
  }
  return null;
}
const POINTS_AT = /^(?<name>[^\s,\uff0c]{1,6}?)(?:那|这)(?:个|条|件|桩|事)/;

const OF_WHICH_PART =
  /(?:担|管|负责|做|干|出|弄|办)(?:的是|着|的)?(?:哪|啥|什么)(?:一)?(?:[截块段份摊些样家个]|力|活|事|责)?[呢的?\uff1f]?$/;
const CONTACTS = /联系|对接|联络/;
const WHAT_IT_DOES =
  /^(?:那边|那头|这边|上|口)?(?:(?:都|又|要|该|得|平时|具体)*(?:管|干|做|负责|担|看|查|出)(?:着|的|些|点)*(?:是)?(?:什么|啥|哪)|[呢咧哩][?\uff1f]?$)/;
/** 国土管什么, of a row that does not name it: by what is left of its name, where nothing but what it does is asked. */
function shortUnit({ ctx: { text }, knowledge }: Asked): { unit: string; alias: string } | null {
  const said = text.replace(/^(?:那么?|哦|嗯|[\s,\uff0c])+/, '');
  const { names } = lexiconOf(knowledge);
  for (const length of [4, 3, 2]) {
    const alias = said.slice(0, length);
    const name = names.get(alias);
    if (name?.type === 'unit' && name.isShort && WHAT_IT_DOES.test(said.slice(length)))
      return { unit: name.value, alias };
  }
  return null;
}

/** `公安办哪一段`, `消防到他店里看啥`: short, of a part of what stands open, and no question that the lists answer by itself. */
async function speaksOfPart({ alone }: Asked, rest: string): Promise<boolean> {
  if (rest.trim().length > PART_MAX || !OF_A_PART.test(rest)) return false;
  if (POINTS_BACK.test(rest)) return true;
  const { kind, probability } = await alone();
  return kind !== 'answer' || probability < ANSWERS_ITSELF;
}

/** 财政局掏钱不, 公安去人没: whether that unit does some little thing, which no row is called by or asked by. */
async function asksWhether({ alone }: Asked, rest: string): Promise<boolean> {
  const said = rest.trim();
  const own = ownMatter(said);
  if (!WHETHER.test(said) || own.length > WHETHER_OWN) return false;
  const found = await alone();
  if (found.kind !== 'answer') return true;
  const { matter, askedAs } = found.best.entry.row;
  return found.probability < ANSWERS_ITSELF && ![matter, ...askedAs].some((it) => it.includes(own));
}
const WHETHER = /^(?!.*(?:牵头|主责|主办|负责|归|是不是|编))[\u4e00-\u9fff]{2,7}[不吗么嘛没][?\uff1f]?$/;
const WHETHER_OWN = 2;

/** 林子里头的 林业局管不管: one kind of what stands open, without a word for it, and whether that unit sees to it. */
const ofOneKind = (rest: string): boolean => OF_ONE_KIND.test(rest.trim());
const OF_ONE_KIND =
  /^(?:那|要是|如果)?[^\s,\uff0c谁哪啥]{2,7}的[\s,\uff0c]+(?:那边|那头)?(?:(?:([管查办修罚])不\1|归不归|要不要|该不该|用不用)(?:他们?|管|去|来)?|[管查办修罚](?:得着)?[吗么不])[呢啊]?[?\uff1f]?$/;

/** `石桥镇呢`: that township's own officer and part, never the asker's. */
export async function onTownship(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { text } = asked.ctx;
  const mention = townshipIn(text, asked.knowledge.directory);
  const rest = text
    .replace(mention?.alias ?? ' ', ' ')
    .trim()
    .replace(IF_THERE, '');
  if (mention && (SAME_THERE.test(rest) || (LIKEWISE.test(rest) && hasOwnList(asked))))
    return about(entry, 'source', SURE, `where it stands for ${mention.unit}`, { township: mention.unit });
  if (mention && asksWhoOfIt(rest))
    return about(entry, 'contact', SURE, `who of ${mention.unit}`, { township: mention.unit });
  if (!mention || !(isSameThing(rest, asked) || (await isOf(asked, ownMatter(rest))))) return null;
  const aspect = aspectOf(rest) === 'penalty' ? 'penalty' : 'township';
  return about(entry, aspect, SURE, mention.unit, { township: mention.unit });
}

/** 要是厂房在西岭街道呢: the thing that was asked about, somewhere else. */
function isSameThing(rest: string, { ctx: { session }, entry }: Asked): boolean {
  const thing = ELSEWHERE.exec(rest)?.groups?.['thing'];
  return (
    thing !== undefined &&
    pairsOf(thing).every((pair) => `${session?.question} ${entry.row.matter}`.includes(pair))
  );
}
const ELSEWHERE =
  /^(?:那么?|哦|嗯)?(?:要是|要|如果|假如|若是|万一|换成|换作)?(?:这|那)?(?:个|家|块|处|座|条|片|户)?(?<thing>[\u4e00-\u9fff]{0,6}?)(?:是|就|也)?(?:[在到]|出在|落在|搬到|换到|位于)[\s]+(?:那边|那头|境内|地界|那儿)?(?:上|里)?的?(?:话)?[呢咧?\uff1f]*$/;

/** 石桥要碰上这事 他们镇找哪个. */
const IF_THERE =
  /^(?:那边|那儿)?(?:要是|要|如果|万一)?(?:碰|遇)[上到见](?:了)?[这那](?:个|种|样|号)?(?:事儿?|情况)?[\s,\uff0c]*(?:他们|人家)?(?:镇|乡|街道)?(?:上|里)?/;
/** 石桥也有这条吧 第几: the row of the same matter in its list. */
const SAME_THERE =
  /^(?:那边|那儿|那份|的清单)?(?:里)?(?:也|是不是也)?(?:有没有|有)(?:这|同样|一样)(?:一)?(?:的)?(?:条|项|个|件|桩)?(?:吧|不|吗|没|么)?[\s,\uff0c]*(?:(?:是|排|在)?第几(?:项|条|个)?|几号|排几)?[呢啊?\uff1f]*$/;

/** 石桥也收了吗, 双河也这样吗, of a list that holds for one township: whether the list of that one says it too. */
const LIKEWISE =
  /^(?:那边|那儿)?(?:也|是不是也)(?:是|一样|这样|这么(?:办|定|写)?|(?:收|取消|停|下放)(?:权|回|掉|走|上去)?)(?:了|的|过)*(?:吧|不|吗|没(?:有)?|么|呢)?[?\uff1f]?$/;
const hasOwnList = ({ entry }: Asked): boolean => entry.list.scope.township !== undefined;

/** Sides that a unit of the row has as well, where the message names it. */
export const OF_A_UNIT: ReadonlySet<string> = new Set(['penalty', 'township', 'ours', 'support', 'whole']);

export function unitOfRow({ ctx: { text }, entry, knowledge: { directory } }: Asked): string | null {
  const unit = namedUnit(text, entry, directory)?.unit;
  return unit && takesPart(entry, unit) ? unit : null;
}

/** 石桥 of somebody from 石桥镇. */
export const ownPlace = ({ asker }: Asked): string => (asker.township ?? '').replace(/(?:街道|镇|乡)$/, '');

/** What is left of it without the units that shift it to each other. */
export const pairless = (text: string, { directory }: Asked['knowledge']): string =>
  ownMatter(directory.mentions(text).reduce((left, { alias }) => left.replaceAll(alias, ''), text)).replace(
    /说|讲|推|让|叫|踢|皮球|扯皮|互相|认|究竟/g,
    '',
  );
