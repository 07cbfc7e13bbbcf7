/** What is said of a reminder that is to come no more: taken back, for one of its recipients, done before its time. */
import type { Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import {
  dueFor,
  inFocus,
  isOnReminders,
  isOwner,
  namedIn,
  reachedBy,
  remindersIn,
  rungLast,
} from '../reminders/concerned.js';
import { contentOf } from '../reminders/naming.js';
import { CANCELS, REMINDER_WORD, type Speech } from '../reminders/speech.js';
import type { Reading, ReadingDeps } from './reading.js';
import { leftAlone, takenOut } from './reminder-recipients.js';
import { partOf } from './reminder-part.js';
import { doneEarly, earlyOf } from './reminder-early.js';
import { timesIn } from './reminder-times.js';
import { sharesPair } from './reminder-forms.js';

/** Named by its words, its time, its number or its list; or the one spoken of a moment ago. */
const CERTAIN = 0.97;
const LIKELY = 0.93;

/** 水位表的例行给停了. */
const ROUTINE = /的例行(?:工作)?(?:就|都|先|也)?(?:给|停|取消|不用|不要|去掉|删)/;
export async function cancelled(
  ctx: Context,
  deps: ReadingDeps,
  { about, which }: Extract<Speech, { kind: 'cancel' }>,
): Promise<Reading | null> {
  const { calendar } = deps;
  const isNamed = REMINDER_WORD.test(ctx.raw) || ROUTINE.test(ctx.raw);
  const mine = await remindersIn(ctx);
  if (mine.length === 0 && !isNamed) return null;
  const focus = (await rungLast(ctx, mine)) ?? inFocus(ctx, mine);
  const isOnList = isOnReminders(ctx);
  const reading = (value: string, probability: number, why: string): Reading => ({
    intent: 'cancel_reminder',
    ...(value && { slots: { value } }),
    probability,
    why,
  });
  const own = focus && isOwner(ctx, focus) ? focus : null;
  const alone = which === 'others' && own ? leftAlone(about, own, deps) : null;
  if (own && alone) return changing(own, alone, 'one of several recipients is left');
  if (which !== 'one') return isNamed || isOnList ? reading('', CERTAIN, `cancel ${which}`) : null;
  const less = own && takenOut(ctx.raw, own, deps);
  if (own && less) return changing(own, less, TAKEN_OUT);
  const [only, second] = own ? [] : mine.filter((it) => isOwner(ctx, it) && takenOut(ctx.raw, it, deps));
  const out = only && !second ? takenOut(ctx.raw, only, deps) : null;
  if (only && out) return changing(only, out, TAKEN_OUT);
  const whole = (await namedIn(ctx, calendar, about, mine)).named;
  // 这周三不用提醒,我去县里培训: the other clauses say why.
  const clause = whole.kind === 'unknown' ? aloneIn(ctx, deps) : null;
  // 17号不用 那天有人替我, of the one spoken of, that comes on that day.
  const [day] = clause === null ? [] : timesIn(clause, ctx, deps);
  if (own && clause !== null && day !== undefined && contentOf(clause.replace(day, ' ')) === '') {
    const once = partOf(day, own, ctx, deps);
    if (once) return changing(own, once, 'one day of the one spoken of is taken back');
  }
  const ofClause = clause === null ? whole : (await namedIn(ctx, calendar, clause, mine)).named;
  const named = ofClause.kind === 'found' && ofClause.by !== 'place' ? ofClause : whole;
  if (named.kind === 'found') {
    const [only, second] = named.reminders;
    if (only && !second) {
      const gone = isOwner(ctx, only) ? takenOut(ctx.raw, only, deps) : null;
      if (gone) return changing(only, gone, TAKEN_OUT);
      const part = partOf(ctx.raw, only, ctx, deps);
      if (part && isOwner(ctx, only))
        return changing(only, part, 'one of several days or hours is taken back');
      return reading(only.id, CERTAIN, `cancel ${only.id} by its ${named.by}`);
    }
    return named.by === 'place' && !isNamed && !isOnList
      ? null
      : reading('', CERTAIN, 'cancel one of several');
  }
  // 取消提醒 points at none of several.
  const isBare = isNamed && mine.length > 1 && !POINTS_AT.test(ctx.raw);
  if (named.kind === 'any' && focus && !isBare) return reading(focus.id, CERTAIN, 'cancel the one spoken of');
  if (named.kind === 'any' && isBare)
    return {
      ...reading('', CERTAIN, 'cancel one of several, none named'),
      slots: { action: 'which' },
    };
  return isNamed ? reading('', LIKELY, 'cancel a reminder that the words do not name') : null;
}

const TAKEN_OUT = 'one of several recipients is taken out';

/** The reminder is changed as `words` say it in the plain form. */
const changing = ({ id }: Reminder, words: string, why: string): Reading => ({
  ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value: id } },
  ...{ text: words, raw: words, probability: CERTAIN, why },
});

const CLAUSES = /[,\uff0c。;\uff1b\s]+/;

/** What the clause names that takes back, without the verb; null where it is all that was said. */
function aloneIn(ctx: Context, deps: ReadingDeps): string | null {
  const clauses = ctx.text.split(CLAUSES).filter(Boolean);
  const clause = clauses.find((it) => CANCELS.test(it));
  if (clause === undefined || clauses.length < 2) return null;
  // 17号有人替我 那天不用叫: which day stands before.
  const [day] = clauses.filter((it) => it !== clause).flatMap((it) => timesIn(it, ctx, deps));
  return clause.replace(CANCELS, ' ').replace(THAT_DAY, (found) => day ?? found);
}
const THAT_DAY = /(?:那|这)一?[天日](?:的)?/;

const POINTS_AT = /[这那]|刚|它|上面|上一|最后|第/;

export async function reported(
  ctx: Context,
  { calendar }: ReadingDeps,
  { kind, about, isNamed: isOfNamed }: Extract<Speech, { kind: 'done' | 'seen' }>,
): Promise<Reading | null> {
  const isNamed = REMINDER_WORD.test(ctx.raw);
  const due = await dueFor(ctx);
  // 第二个办完了, of those that were set or shown.
  if (
    kind === 'done' &&
    due.length === 0 &&
    isOnReminders(ctx) &&
    /^第?[一二三四五六七八九\d][个条项件]/.test(about)
  ) {
    const { named } = await namedIn(ctx, calendar, about);
    const [only, second] = named.kind === 'found' && named.by === 'place' ? named.reminders : [];
    if (only && !second && isOwner(ctx, only)) return doneEarly(only, ctx.now);
  }
  const words = contentOf(about);
  // 交表的弄完了: named, though something was said since it came.
  const named = async () => (await reachedBy(ctx)).filter(({ text }) => isNamed || sharesPair(words, text));
  const reached = due.length > 0 ? due : isNamed || words.length > 1 ? await named() : [];
  const last = reached.at(-1);
  const fitting = reached.filter(({ text }) => sharesPair(words, text));
  // 疫苗表已经送过去了, of one that has not come yet.
  const early = kind === 'done' && fitting.length === 0 ? await earlyOf(ctx, about) : null;
  if (early || !last || (isOfNamed && fitting.length !== 1)) return early;
  const chosen = fitting.length === 1 ? fitting[0] : due.length > 1 && kind === 'done' ? undefined : last;
  if (!chosen)
    return {
      intent: 'snooze_reminder',
      slots: { action: 'rem-ask' },
      probability: CERTAIN,
      why: 'done, but which of several',
    };
  const action = kind === 'done' ? 'rem-done' : 'rem-seen';
  const probability = due.length > 0 ? CERTAIN : LIKELY;
  return {
    intent: 'snooze_reminder',
    slots: { action, value: chosen.id },
    probability,
    why: `${kind} ${chosen.id}`,
  };
}
