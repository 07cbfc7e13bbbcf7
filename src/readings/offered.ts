/**
 * A side asked for while rows are offered to choose from: of the one that names the unit ("交警管它哪块"); of the only one;
 * else the choice comes first, and the words are no question of their own ("依据是哪个条例" has no matter).
 */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { decisionOn } from '../lists/decision.js';
import { guideFieldAsked, isBareAsk } from '../lists/guide-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { lexiconOf, scan } from '../lists/structured-words.js';
import { isTownshipUnit } from '../organizations/names.js';
import {
  aspectOf,
  asksOfUnit,
  asksOurPerson,
  asksWhichOfTwo,
  asksWhoOfIt,
  OF_A_PART,
  ORDERS_FILING,
  ownMatter,
} from './follow-up-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { namedUnit, takesPart, townshipIn } from './units-of-row.js';

/** Above a listing of all that the unit does. */
const LIKELY = 0.935;
/** Above what examples alone can say. */
const FIRST_CHOOSE = 0.91;
const LENGTH_MAX = 14;
/** Short enough to be about nothing but what is offered, and surer than what examples say of so few words. */
const BARE_MAX = 8;
const BARE = 0.93;
const OF_ROWS: ReadonlySet<string> = new Set([
  'ask_responsibility',
  'ask_policy',
  'ask_service',
  'list_rows',
  'off_topic',
]);
/** Examples that speak for something else as little as this say nothing of so few words. */
const HARDLY_KNOWN = 0.5;
/** From here on the lists answer from one of the rows offered, whatever else is offered. */
const SURE_AMONG = 0.75;
/** Of its own, beside the unit: more is another question. */
const MATTER_MAX = 3;
const NO_MATTER = 1;

export const offeredReader: Reader = {
  name: 'offered',
  async read(ctx, deps) {
    const { text, session, person, match } = ctx;
    const who = whoOfTownship(ctx, deps);
    if (who) return who;
    if (!session?.isChoosing || session.focus || text.length > LENGTH_MAX || ORDERS_FILING.test(text))
      return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const offered = session.offered
      .flatMap((ref) => knowledge.index.get(ref) ?? [])
      .filter((entry) => knowledge.index.isVisible(entry, asker));
    const about = (slots: Record<string, string>, probability: number, why: string): Reading[] => [
      { intent: 'ask_responsibility', slots, probability, why },
    ];
    for (const entry of offered) {
      const named = namedUnit(text, entry, knowledge.directory);
      if (!named || !takesPart(entry, named.unit)) continue;
      const rest = text.replace(named.alias, ' ').trim();
      if (!(asksOfUnit(rest) || OF_A_PART.test(rest)) || ownMatter(rest).length > MATTER_MAX) continue;
      const slots = { action: 'unit', value: entry.ref, unit: named.unit };
      return about(slots, LIKELY, `${named.unit} in a row that is offered`);
    }
    // 民政要做啥, of which no row that is offered says anything.
    if (asksOfOther(text, knowledge) || asksWhichOfTwo(text))
      return about({ action: 'which' }, FIRST_CHOOSE, 'a unit in none of the rows that are offered');
    if (await isStillOpen(ctx, offered, { knowledge, asker }))
      return about({ action: 'which' }, FIRST_CHOOSE, 'no nearer to one of those offered than to another');
    const aspect = aspectOf(text);
    if (ownMatter(text).length > NO_MATTER && !asksOfGuide(text, offered)) return [];
    // 报到哪, 啥时候开始: too short to be about anything else, and no aspect of a row.
    if (!aspect) return isBare(text, match) ? about({ action: 'which' }, BARE, 'no matter of its own') : [];
    const [only, ...more] = offered;
    return only && more.length === 0
      ? about({ action: aspect, value: only.ref }, LIKELY, `${aspect} of the only row offered`)
      : about({ action: 'which' }, FIRST_CHOOSE, `${aspect} of one that is not chosen yet`);
  },
};

/** 云岭那边是谁负责, 乡里找谁, and no row in focus: of each that is offered, else it must be said of what. */
function whoOfTownship(
  { text, session, around, match }: Context,
  { knowledge }: ReadingDeps,
): Reading[] | null {
  if (text.length > LENGTH_MAX || (session?.focus ?? around?.focus)) return null;
  if (session && (session.request ?? session.listing ?? session.reminder)) return null;
  const mention = townshipIn(text, knowledge().directory);
  const rest = mention && text.replace(mention.alias, '');
  const asks =
    rest === null
      ? asksOurPerson(text)
      : asksWhoOfIt(rest) || (session?.isChoosing && ANOTHER_PLACE.test(rest));
  if (
    !asks ||
    match.via !== 'example' ||
    ownMatter(text.replace(mention?.alias ?? '', '')).length > NO_MATTER
  )
    return null;
  const slots = { action: session?.isChoosing ? 'who' : 'which', ...(mention && { township: mention.unit }) };
  return [
    {
      intent: 'ask_responsibility',
      slots,
      probability: LIKELY,
      why: 'who of a township, and no row in focus',
    },
  ];
}

function asksOfOther(text: string, knowledge: Knowledge): boolean {
  const units = knowledge.directory.mentions(text).filter(({ unit }) => !isTownshipUnit(unit));
  // 派出所管不: an office of the township.
  const offices = scan(text, lexiconOf(knowledge)).filter(({ type }) => type === 'office');
  const [named, ...more] = offices.length > 0 ? offices.map((it) => ({ alias: it.text })) : units;
  const rest = named && text.replace(named.alias, ' ').trim();
  return (
    rest !== undefined &&
    more.length === 0 &&
    asksOfUnit(rest) &&
    ownMatter(rest).length <= NO_MATTER &&
    !COUNTS.test(rest)
  );
}
/** 民政牵头的有几项: of the lists. */
const COUNTS = /几|多少|哪些|牵头|事项|清单/;

/**
 * 一楼那户不同意 这个, while 老旧小区改造 and 加装电梯 are offered: more of the same story, which the lists would answer from one of
 * the two without being sure, and which puts the other next.
 */
async function isStillOpen(
  { text, match, session }: Context,
  offered: readonly IndexedRow[],
  { knowledge, asker }: { knowledge: Knowledge; asker: AskerScope },
): Promise<boolean> {
  if (match.via !== 'example' || match.intent !== 'ask_responsibility') return false;
  const decision = await decisionOn(text, match, knowledge, asker);
  if (decision.kind !== 'answer' || decision.probability >= SURE_AMONG) return false;
  const [next] = decision.others;
  if (![decision.best, next].every((it) => it !== undefined && offered.includes(it.entry))) return false;
  return (await decisionOn(`${session?.question ?? ''} ${text}`, match, knowledge, asker)).kind !== 'answer';
}

/** 那杏花乡呢. */
const ANOTHER_PLACE = /^(?:那么?|换成?|要是|到了?|[\s,\uff0c])*(?:那边|那儿|的)?[呢咧哩嘞][?\uff1f]?$/;

/** 拿啥材料, where a guide is among those offered. */
const asksOfGuide = (text: string, offered: readonly IndexedRow[]): boolean =>
  guideFieldAsked(text) !== null && isBareAsk(text) && offered.some(({ row }) => row.guide !== undefined);

const isBare = (text: string, { intent, via, score }: Context['match']): boolean =>
  via === 'example' &&
  (OF_ROWS.has(intent) || score < HARDLY_KNOWN) &&
  text.length <= BARE_MAX &&
  /[谁哪啥么咋几多怎]|还是|呢$/.test(text);
