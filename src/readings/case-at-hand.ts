/**
 * A question about the case at hand in words that no pattern knows: the lists do not know its matter, and every word of it is of the
 * case or of questions about one (requests/asked-words.ts). How the case went is the answer, and nothing is done.
 */
import { isEnded, type Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { isUnlisted } from '../lists/decide.js';
import { isOnReminders } from '../reminders/concerned.js';
import { asks, isOfCase } from '../requests/asked-words.js';
import { mayAsked } from '../requests/may-asked.js';
import { clearlyMeant } from '../requests/meant.js';
import type { Move } from '../requests/moves.js';
import { maySee } from '../requests/permissions.js';
import { hasPurpose, listsOn } from './case-speech.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { STATUS_INTENT } from './requests-status.js';
import { changedAt, speakersWorld, wasCardedLately, type World } from './requests-world.js';

/** Above what examples alone can say, and what is left to the lists (readings/requests-of-none.ts). */
const PROBABILITY = 0.918;
/** 公安局答的啥: a unit that has the case, and what it does in one, is no listing of rows. */
const OF_PARTY = 0.94;
const DOES = /答|回[复话了的]|签|退|转|催|评|派人|来人|说|讲/;
const MAX_LENGTH = 30;
const NUMBERED = /qs[\s-]?\d/i;

async function read(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { text, person, match, update } = ctx;
  if (match.via !== 'example' || update.kind !== 'message' || update.isForwarded || !person) return [];
  if (text.length > MAX_LENGTH || NUMBERED.test(text) || !asks(text)) return [];
  if (isOnReminders(ctx) || hasPurpose(ctx)) return [];
  const world = await speakersWorld(ctx, person, deps);
  const cases = await atHand(ctx, world);
  const may = mayAsked(text);
  const [one, other] = cases;
  if (may && one && !other) return [mayReading(may, one)];
  if (may && !one) return [{ intent: 'help', probability: MAY_ASKED, why: `how it goes with ${may}` }];
  if (cases.length === 0) return [];
  const asked = withoutPeople(text, deps);
  if (!cases.some((it) => isOfCase(asked, toldIn(it)))) return [];
  if (!isUnlisted(await listsOn(ctx, world))) return [];
  const value = cases.map(({ number }) => number).join(' ');
  return [
    {
      intent: STATUS_INTENT,
      slots: { action: 'aspect', aspect: 'course', value },
      probability: isOfParty(ctx, cases, deps) ? OF_PARTY : PROBABILITY,
      why: `every word of it is of ${value}, or of such a question`,
    },
  ];
}

const MAY_ASKED = 0.986;
const mayReading = (move: Move, { number }: Request): Reading => ({
  intent: STATUS_INTENT,
  slots: { action: 'may', move, value: number },
  probability: MAY_ASKED,
  why: `asks whether ${move} is open`,
});

/** The one that the words name, that was spoken of last or carded lately, the only one; or those of the last list. */
async function atHand(ctx: Context, world: World): Promise<Request[]> {
  const { session, now, text } = ctx;
  const open = world.requests.filter((it) => !isEnded(it));
  const named = clearlyMeant(text, world.requests);
  if (named) return [named.request];
  const last = session?.request ? await ctx.read.getRequest(session.request) : null;
  const lastAt = session?.updatedAt ?? 0;
  const isOnRow = session?.focus !== undefined || session?.listing !== undefined;
  const lately = world.requests.filter(
    (it) => wasCardedLately(it, now) && (!isOnRow || changedAt(it) > lastAt),
  );
  if (!isOnRow) {
    if (last && maySee(world.actor, last)) return [last];
    const shown = session?.cases && session.cases.at === session.updatedAt ? session.cases.shown : [];
    if (shown.length > 0) return world.requests.filter(({ number }) => shown.includes(number));
    const [only] = open;
    if (only && open.length === 1) return [only];
  }
  return lately.length === 1 ? lately : [];
}

function isOfParty({ text }: Context, cases: readonly Request[], { knowledge }: ReadingDeps): boolean {
  const units = knowledge()
    .directory.mentions(text)
    .map(({ unit }) => unit);
  const has = (unit: string) => (it: Request) => it.assignments.some((a) => a.organization === unit);
  return DOES.test(text) && units.length > 0 && units.every((unit) => cases.some(has(unit)));
}

/** 李四说他签过了 是不是: whoever it is. Units by their short names say which case it is (toldIn). */
const withoutPeople = (text: string, { knowledge }: ReadingDeps): string =>
  knowledge().directory.people.reduce(
    (said, { name }) => (name.length > 1 ? said.replaceAll(name, ' ') : said),
    text,
  );

/** All that stands in it. */
const toldIn = ({ text, place, events, assignments, callers }: Request): string =>
  [
    text,
    place,
    ...events.flatMap((event) => [event.text ?? '', event.by?.name ?? '']),
    ...[...assignments, ...callers].map(({ organization }) => organization),
  ].join(' ');

export const caseAtHandReader: Reader = { name: 'case at hand', read };
