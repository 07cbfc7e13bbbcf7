/** What the handlers of reminders share: whose they are, which one is meant. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Occurrence, PersonRecipient, Recipient, Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import { parseReminderId } from '../../reminders/parse.js';
import { reminderListCard } from '../../reminders/view.js';
import { accountText, currentYear, sessionOn } from './requests.js';
import { conversationKey } from '../../core/chat.js';
import type { Calendar } from '../../calendar/calendar.js';
import { accountsIn, isOwner, namedIn, reachedBy } from '../../reminders/concerned.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import type { Speaker } from '../../reminders/permissions.js';
import { cutText } from '../../text/cut.js';

/** Who speaks, as a recipient. */
export const selfIn = (ctx: Context): PersonRecipient => ({
  kind: 'person',
  account: accountText(ctx),
  name: ctx.person?.name ?? ctx.update.user.name ?? '',
  organization: ctx.person?.organization ?? '',
});

/** Who speaks, as whose rights are looked at. */
export const speakerIn = (ctx: Context, { directory }: ReminderWorld): Speaker => ({
  ...{ person: ctx.person, account: accountText(ctx), directory },
});

/** The list of the chat as a card. */
export const listCardIn = (ctx: Context, reminders: Reminder[]): Effect =>
  replyCard(
    reminderListCard(reminders, accountText(ctx), ctx.now, { isGroup: !ctx.update.conversation.isDirect }),
  );

/** Said of what is not there and of what is somebody else's alike: ids can be guessed, and nobody learns by them. */
export const NOT_FOUND = '没有找到这条提醒,或您不能操作。可发送“我的提醒”查看。';
export const notFound = (): Effect[] => [replyText(NOT_FOUND)];

/** Whether the person gets it: by the account, by the group that is spoken in, by the unit that the account is bound to. */
export function isForSpeaker(ctx: Context, to: Recipient): boolean {
  switch (to.kind) {
    case 'person':
      return accountsIn(ctx).includes(to.account);
    case 'group':
      return conversationKey(to.conversation) === conversationKey(ctx.update.conversation);
    case 'unit':
      return to.organization === ctx.person?.organization;
  }
}

/** Whoever set it, and whom it reaches. */
export const mayKnow = (ctx: Context, reminder: Reminder): boolean =>
  isOwner(ctx, reminder) || reminder.to.some((to) => isForSpeaker(ctx, to));

/** By id, by its place in the list, by words or time, the one spoken of last, the only one; else the effects that ask. */
export async function findReminder(
  ctx: Context,
  calendar: Calendar,
  words: string,
): Promise<Reminder | { effects: Effect[]; among?: Reminder[] }> {
  const { value = '' } = ctx.match.slots;
  const id = parseReminderId(value || words, currentYear(ctx.now));
  if (id !== null) {
    const reminder = await ctx.read.getReminder(id);
    return reminder && mayKnow(ctx, reminder) ? reminder : { effects: notFound() };
  }
  const { named: found, mine } = await namedIn(ctx, calendar, words);
  if (found.kind === 'found') {
    const [only, second] = found.reminders;
    if (only && !second) return only;
    if (found.by === 'place')
      return { effects: [replyText(`目前只有 ${mine.length} 条提醒,没有第 ${found.place ?? ''} 条。`)] };
    return { effects: whichOf(ctx, found.reminders), among: found.reminders };
  }
  if (found.kind === 'unknown') return { effects: noneCalled(ctx, found.words, mine) };
  // Spoken of last, here: in a group that may be one's own as well.
  const last = ctx.session?.reminder ? await ctx.read.getReminder(ctx.session.reminder) : null;
  if (last?.status === 'active' && mayKnow(ctx, last)) return last;
  const [only] = mine;
  return only && mine.length === 1
    ? only
    : { effects: whichOf(ctx, mine), ...(mine.length > 1 && { among: mine }) };
}

/** The list, and which of it is meant. */
export const whichOf = (ctx: Context, reminders: Reminder[]): Effect[] => [
  ...(reminders.length > 1 ? [replyText(`有 ${reminders.length} 条提醒可能是您说的,请问是哪一条?`)] : []),
  ...listed(ctx, reminders),
];

export const noneCalled = (ctx: Context, words: string, mine: Reminder[]): Effect[] => [
  replyText(`没有找到关于“${cutText(words, WORDS_MAX)}”的提醒。`),
  ...(mine.length > 0 ? listed(ctx, mine) : []),
];
const WORDS_MAX = 20;

/** The card, and that it was shown. */
export const listed = (ctx: Context, reminders: Reminder[]): Effect[] => [
  listCardIn(ctx, reminders),
  setSession(sessionOn(ctx, { reminders: { shown: reminders.map(({ id }) => id), at: ctx.now } })),
];

export const remember = (ctx: Context, reminder: string): Effect =>
  setSession(sessionOn(ctx, { reminder, reminders: { shown: [reminder], at: ctx.now } }));

/** What the person may still answer to: the occurrence of the button, else the last that reached them. */
export async function occurrenceIn(ctx: Context): Promise<Occurrence | null> {
  const { value = '' } = ctx.match.slots;
  if (value.includes('@')) return ctx.read.getOccurrence(value);
  return (await reachedBy(ctx)).at(-1) ?? null;
}
