/**
 * One side of a case that is asked for in everyday words (requests/questions.ts): of the one that the words name, that was spoken of
 * last, that is the only one, or of those of the last list. With none at hand it is asked which one is meant.
 */
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { parseChoice } from '../nlu/match.js';
import { isEnded } from '../core/request.js';
import { maySee } from '../requests/permissions.js';
import { caseQuestion, isOfCaseAlone, type CaseQuestion } from '../requests/questions.js';
import { ruleAsked } from '../requests/rules-asked.js';
import { isOnReminders } from '../reminders/concerned.js';
import type { Reading } from './reading.js';
import { STATUS_INTENT } from './requests-status.js';
import { referenceOf, type World } from './requests-world.js';

/** Every word is of such a question, or of a case that is there. */
const CERTAIN = 0.9985;

/** What the words of a message ask of a case; null where they are of something else. */
export async function questionOf(ctx: Context, getWorld: () => Promise<World>): Promise<Reading | null> {
  const question = caseQuestion(ctx.text);
  if (!question || (question.rest === '' && isOnReminders(ctx))) return null;
  const world = await getWorld();
  const { aspect, rest } = question;
  const named = rest === '' ? [] : namedBy(rest, ctx, world);
  // What was said in a case is asked of the one at hand, whatever it speaks of.
  const isOfHand = rest === '' || (aspect === 'told' && named.length === 0);
  const asked = isOfHand ? await atHand(ctx, world, question) : named;
  if (asked.length === 0 && !(isOfCaseAlone(question) && spokeOfNothing(ctx))) return null;
  return {
    intent: STATUS_INTENT,
    slots: { action: 'aspect', aspect, value: asked.join(' ') },
    probability: CERTAIN,
    why: `asks ${aspect} of ${asked.join(', ') || 'no case that is at hand'}`,
  };
}

/** 第一个展开看看, of the cases that were listed, or of the one spoken of last. */
export function openedOf({ text, session }: Context): Reading | null {
  const nth = parseChoice(OPENS.exec(text)?.groups?.['nth'] ?? '');
  if (nth === null || !session || session.listing || session.isChoosing) return null;
  const { cases, request, updatedAt } = session;
  const shown = cases && cases.at === updatedAt ? cases.shown : request && !session.focus ? [request] : [];
  const number = shown[nth - 1];
  return number === undefined
    ? null
    : {
        ...{ intent: STATUS_INTENT, slots: { action: 'req-show', value: number } },
        ...{ probability: CERTAIN, why: `opens ${number} of the list` },
      };
}
const OPENS =
  /^(?:把|那|就|再|看看?|打开|点开|展开|[,\uff0c\s]){0,3}(?<nth>第[一二三四五六七八九1-9](?:个|件|条)|头[一]?[个件]|[1-9])(?:给我|再|也|都)?(?:打开|点开|展开|详细|具体|[说讲看]){1,2}(?:[说讲看]|一下|一看|看看|说说|讲讲)?(?:吧|呢)?[。!\uff01]?$/;

/** No row, list or reminder of which the same could be asked. */
const spokeOfNothing = ({ session }: Context): boolean =>
  !session?.focus && !session?.listing && !session?.reminder && (session?.offered.length ?? 0) === 0;

/** Who may do a move, and what terms mean: of no case, and answered by the rules (handlers/help.ts). */
export const ruleOf = ({ text }: Context): Reading | null =>
  ruleAsked(text) === null ? null : { intent: 'help', probability: CERTAIN, why: 'asks how the rules go' };

/** The case spoken of last, those of the last list, or the only one that goes on. */
async function atHand(ctx: Context, world: World, { aspect }: CaseQuestion): Promise<string[]> {
  const { session, read } = ctx;
  // 哪家的 behind a row is asked of the row.
  if (aspect === 'unit' && session?.focus) return [];
  const last = session?.request ? await read.getRequest(session.request) : null;
  if (last && maySee(world.actor, last)) return [last.number];
  if (session?.cases && session.cases.at === session.updatedAt && session.cases.shown.length > 0)
    return session.cases.shown;
  const open = world.requests.filter((it) => !isEnded(it));
  return aspect === 'unit' || session?.focus || open.length !== 1 ? [] : numbers(open);
}

/** What is left beside the question names one case, or several of which one was spoken of last. */
function namedBy(rest: string, ctx: Context, world: World): string[] {
  const text = `${rest.split(/\s+/).join('的')}那个`;
  const { basis, matches } = referenceOf(null, { text, now: ctx.now }, world);
  if (basis !== 'named') return [];
  const last = matches.filter(({ number }) => number === ctx.session?.request);
  return numbers(last.length > 0 ? last : matches);
}

const numbers = (requests: readonly Request[]): string[] => requests.map(({ number }) => number);
