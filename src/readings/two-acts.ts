/** Two acts in one message: `路灯的催一下,机井那个撤了`, `开会那个取消,另外明天十点提醒我接人`. */
import type { Context, Effect } from '../core/types.js';
import { replyText } from '../core/effects.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { parseTime } from '../nlu/dates/parse.js';
import { movesIn } from '../requests/move-words.js';
import { speechesOf } from '../reminders/speech.js';
import { shorten } from '../text/shorten.js';
import type { ReadingDeps } from './reading.js';
import { SETS } from './reminder-dialogues.js';
import { refusedOn, speakersWorld } from './requests-world.js';

const MAX_LENGTH = 80;
const CLAUSE = /[^,\uff0c。;\uff1b\s]+[,\uff0c。;\uff1b\s]*/g;
const ENDS = /[,\uff0c。;\uff1b\s]{1,4}$/;
const ALSO = /^(?:另外|然后|还有|再|同时|顺便|并且?)+(?:[,\uff0c\s]*)/;
/** Each act names its own thing. */
const POINTED = /(?:那|这)(?:个|件|单|张|条|项)|^[^,\uff0c。;\uff1b\s的]{2,8}的(?=.)|^QS-/;

/** The two parts as they were said; null for one act. */
export function splitActs(text: string, hasTime: (text: string) => boolean): [string, string] | null {
  if (text.length > MAX_LENGTH) return null;
  const clauses = text.match(CLAUSE) ?? [];
  for (let at = 1; at < clauses.length; at++) {
    const first = clauses
      .slice(0, at)
      .map((it) => it.replace(ENDS, ''))
      .join(',');
    const second = clauses.slice(at).join('').replace(ALSO, '');
    if (isChange(first) && SETS.test(second) && hasTime(second)) return [first, second];
    if (areMoves(first, clauses[at]?.replace(ALSO, '') ?? '')) return [first, second];
  }
  return null;
}

const isChange = (text: string): boolean =>
  POINTED.test(text) &&
  !SETS.test(text) &&
  speechesOf(text).some((it) => ['cancel', 'retime', 'shift'].includes(it.kind));

function areMoves(first: string, second: string): boolean {
  if (!POINTED.test(first) || !POINTED.test(second)) return false;
  const [one] = movesIn(first).filter(({ isNamed }) => isNamed);
  const [other] = movesIn(second).filter(({ isNamed }) => isNamed);
  return one !== undefined && other !== undefined && one.move !== other.move;
}

/** The message as two, each with what it means by itself; null where it is one. */
export async function twoActs(ctx: Context, deps: ReadingDeps): Promise<Context[] | null> {
  if (!isOneText(ctx)) return null;
  const hasTime = (text: string) =>
    parseTime(text, { now: ctx.now, calendar: deps.calendar, purpose: 'reminder' }) !== null;
  const split = splitActs(ctx.raw, hasTime);
  return split && readEach(split, ctx, deps);
}

/** What is said of the dates of a notice is read together (readings/pasted-notice.ts). */
const isOneText = ({ update, match, session }: Context): boolean =>
  update.kind === 'message' &&
  !update.isForwarded &&
  match.via === 'example' &&
  session?.flow?.intent !== 'pasted_notice';

/** Each text as a message of its own; null where one cannot be read. */
async function readEach(texts: string[], ctx: Context, { match }: ReadingDeps): Promise<Context[] | null> {
  const { update, session } = ctx;
  if (update.kind !== 'message' || !match) return null;
  const parts: Context[] = [];
  for (const text of texts) {
    const of = { ...update, text };
    const found = await match({ update: of, session });
    if (found) parts.push({ ...ctx, update: of, ...found });
  }
  return parts.length === texts.length ? parts : null;
}

/** 两个都收到了, from somebody with just so many to sign. */
const ALL_SIGNED =
  /^(?:好的?|嗯|行)?[,\uff0c\s]*(?:这|那|上面)?(?:(?<count>[两俩二三四五2-5])(?:个|件|条|单|份|张)?)?(?:事|请求|呼叫|单子)?(?:我们?|局里)?(?:都|全都?|全部|一并|一起)(?:先)?(?:收到|收下|签收|签|接|接收|接下|看到|领)(?:了|下了)?[。!\uff01吧]?$/;
const SIGNED_MAX = 5;

/** Each of them, signed by its number; null where they are not as many as was said. */
export async function allSigned(ctx: Context, deps: ReadingDeps): Promise<Context[] | null> {
  const { person, text } = ctx;
  const found = isOneText(ctx) ? ALL_SIGNED.exec(text) : null;
  if (!found || !person) return null;
  const count = found.groups?.['count'];
  const world = await speakersWorld(ctx, person, deps);
  const open = world.requests.filter((it) => refusedOn('sign', it, world, ctx.now) === null);
  const wanted = count === undefined ? open.length : parseNumber(count);
  if (open.length < 2 || open.length > SIGNED_MAX || open.length !== wanted) return null;
  return readEach(
    open.map(({ number }) => `签收 ${number}`),
    ctx,
    deps,
  );
}

const asks = (effects: Effect[]): boolean =>
  effects.some((it) => it.kind === 'setSession' && it.session?.flow !== undefined);

/** One question at a time: an act that would ask beside another is not begun, and that is said. */
export const oneAtATime = ([first = [], second = []]: Effect[][], [, later]: Context[]): Effect[][] =>
  asks(first) && asks(second)
    ? [first, [replyText(`“${shorten(later?.raw ?? '', 20)}”还没有办理,请在这一件之后再说一次。`)]]
    : asks(first)
      ? [second, first]
      : [first, second];
