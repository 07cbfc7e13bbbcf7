/** Who is to hear of a reminder that is set, or no more: 傅丙就不用发了, 综治中心也加上, 以后这个转给郑戊九. */
import type { Recipient, Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { inFocus, isOnReminders, isOwner, remindersIn } from '../reminders/concerned.js';
import { recipientChangeIn, type RecipientChange } from '../reminders/recipient-speech.js';
import { sharedLength } from './reminder-early.js';
import type { Reader, ReadingDeps } from './reading.js';

/** Above what is said of requests and of reminders in general. */
const CERTAIN = 0.987;
/** Above whose card is shown: 把林丙换成黄丙四. */
const OF_TWO = 0.996;
const FORMS = { removed: '不再提醒', added: '也提醒', instead: '改成提醒' } as const;
/** 这条改给韩乙, 以后这个转给郑戊九, 把曾戊五监测表那个转给沈戊. */
const POINTS = /[这那]一?[条个]|它|以后|今后|提醒/;

export const recipientChangesReader: Reader = {
  name: 'who is to hear of a reminder',
  read: async (ctx, deps) => {
    const { text, person, update, match } = ctx;
    if (match.via !== 'example' || !person || !update.conversation.isDirect || text.length > 60) return [];
    const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
    if (mine.length === 0) return [];
    const found = meantBy(ctx, mine, deps);
    if (!found) return [];
    const { reminders, change } = found;
    const names = change.names.join('、');
    const form =
      change.from === undefined ? `${FORMS[change.how]}${names}` : `把${change.from}换成提醒${names}`;
    return [
      {
        ...{
          intent: 'snooze_reminder',
          slots: { action: 'rem-change', value: reminders.map(({ id }) => id).join(',') },
        },
        ...{
          text: form,
          raw: form,
          probability: change.from === undefined ? CERTAIN : OF_TWO,
          why: `${change.how}: ${names}`,
        },
      },
    ];
  },
};

/** The one that is named, the one spoken of, or those of which it may be said. */
function meantBy(
  ctx: Context,
  mine: Reminder[],
  { knowledge }: ReadingDeps,
): { reminders: Reminder[]; change: RecipientChange } | null {
  const { text, person } = ctx;
  if (!person) return null;
  const { directory } = knowledge();
  const able = mine.flatMap((reminder) => {
    const change = recipientChangeIn(text, reminder.to, { person, directory });
    return change && isOther(change, reminder.to) ? [{ reminder, change }] : [];
  });
  const [first] = able;
  if (!first) return null;
  const scored = able.map((it) => ({ ...it, n: scoreOf(text, it.reminder) }));
  const most = Math.max(...scored.map(({ n }) => n));
  const named = most >= 2 ? scored.filter(({ n }) => n === most) : [];
  const [one] = named;
  if (one && named.length === 1) return { reminders: [one.reminder], change: one.change };
  const focus = inFocus(ctx, mine);
  const ofFocus = able.find(({ reminder }) => reminder === focus);
  if (ofFocus) return { reminders: [ofFocus.reminder], change: ofFocus.change };
  const people = able.filter(({ reminder }) => reminder.to.some((it) => it.kind === 'person'));
  const [only, second] = people;
  const isSure = first.change.how === 'removed' || POINTS.test(text);
  if (!only || !isSure || (ctx.session?.request !== undefined && !isOnReminders(ctx))) return null;
  return { reminders: (second ? people : [only]).map(({ reminder }) => reminder), change: only.change };
}

/** Somebody is left, and it is not who it goes to already. */
const isOther = ({ how, names }: RecipientChange, to: readonly Recipient[]): boolean =>
  how !== 'removed' || names.length < to.length;

/** Words of it, and whom it goes to. */
const scoreOf = (text: string, { text: own, to }: Reminder): number =>
  sharedLength(text, own) +
  (to.some(
    (it) => it.kind === 'person' && it.name.split(' ').some((name) => name.length > 1 && text.includes(name)),
  )
    ? 2
    : 0);
