/** 护学岗今天已经看过了,那条划掉吧: of several clauses the one that says what becomes of a reminder; the others say which, or why. */
import type { Context } from '../core/types.js';
import { isOwner, remindersIn } from '../reminders/concerned.js';
import { isNotice } from '../core/reminder.js';
import { plainWords, SETS } from '../reminders/plain-words.js';
import { NOT_YET, speechesOf, type Speech } from '../reminders/speech.js';
import { isQuestion } from '../requests/move-words.js';
import { isHypothesisAsked, isSecondHand, isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import { sharedLength } from './reminder-early.js';

const CLAUSES = /[,\uff0c。;\uff1b\s]+/;
const [MOST, MAX_LENGTH] = [4, 60];
/** What one clause alone says clearly. */
const CLEAR: ReadonlySet<string> = new Set(
  'cancel retime shift reword append workdays skip unskip until rest pause resume add-hour'.split(' '),
);
/** A bare time is an answer, and says nothing of a reminder. */
const MOVES = /改|换|调|挪|移|推|延|顺|提前|提早|往[前后]|[早晚](?=[半一两\d])|放到?/;
/** 改成提醒梁戊,别喊我了: it goes to somebody else. */
const FOR_ANOTHER =
  /(?:改成|换成|改为|转给|交给|让给)(?:提醒|叫|喊|通知)?(?![我俺])[\u4e00-\u9fff]{2,4}$|(?:提醒|叫|通知)(?![我俺咱])[\u4e00-\u9fff]{2,4}$/;
const KEEPS = /别[动改]|先?不[动改]|不用[动改]|照旧|不变|没[动改]|再说/;

/** 放这周五吧 钟点一样 keeps the hour alone. */
const SAME_HOUR = /(?:钟点|点|时间)(?:都|还)?(?:不变|照旧|一样)/g;

export type Clause = { raw: string; speech: Speech; ctx: Context };

/** Null where none or several of them say so, or where it is only supposed, told or asked. */
export async function clauseOf(ctx: Context, raw: string): Promise<Clause | null> {
  const clauses = raw.split(CLAUSES).filter(Boolean);
  if (clauses.length < 2 || clauses.length > MOST || raw.length > MAX_LENGTH) return null;
  const text = normalizeText(raw);
  if (SETS.test(text) || isSupposed(text) || isSecondHand(text) || isHypothesisAsked(text)) return null;
  if (isQuestion(text) || NOT_YET.test(text) || KEEPS.test(text.replace(SAME_HOUR, ' '))) return null;
  const found = clauses.flatMap((clause) => {
    const speech = speechesOf(normalizeText(clause)).find(({ kind }) => CLEAR.has(kind));
    const isClear = speech && (speech.kind !== 'retime' || MOVES.test(plainWords(clause)));
    return isClear ? [{ clause, speech }] : [];
  });
  const [only, second] = found;
  if (!only || second || clauses.some((it) => FOR_ANOTHER.test(it))) return null;
  const rest = clauses.filter((it) => it !== only.clause).join(' ');
  return { raw: only.clause, speech: only.speech, ctx: await toldOf(ctx, rest, only.clause) };
}

/** The one whose words stand in the other clauses is spoken of. */
async function toldOf(ctx: Context, rest: string, clause: string): Promise<Context> {
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && !isNotice(it));
  const [only, second] = mine.filter(({ text }) => sharedLength(rest, text) > 1);
  if (!only || second) return { ...ctx, raw: clause };
  const session = ctx.session ?? { offered: [], isChoosing: false, updatedAt: ctx.now };
  const reminders = { shown: [only.id], at: session.updatedAt };
  return { ...ctx, raw: clause, session: { ...session, reminder: only.id, reminders } };
}
