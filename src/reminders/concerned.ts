/** Whose reminders they are, which of them concern a chat, and which have come: what readers and handlers share. */
import type { Calendar } from '../calendar/calendar.js';
import { conversationKey } from '../core/chat.js';
import { isNotice, type NoticeReminder, type Occurrence, type Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { DIGEST } from '../digest/view.js';
import { named, type Named, type NamingOptions } from './naming.js';

const accountText = ({ update }: Context): string => `${update.user.platform}:${update.user.id}`;

/** Whoever speaks may have several accounts; all of them are the same person. */
export const accountsIn = (ctx: Context): string[] => [
  ...new Set([accountText(ctx), ...(ctx.person?.accounts ?? [])]),
];

/** What concerns the chat: in a group that group's and nobody's own, in a direct chat one's own. Active, the next to come first. */
export async function remindersIn(ctx: Context): Promise<Reminder[]> {
  const { conversation } = ctx.update;
  const accounts = conversation.isDirect ? accountsIn(ctx) : [];
  const units = ctx.person ? [ctx.person.organization] : [];
  const keys = conversation.isDirect ? [...accounts, ...units] : [conversationKey(conversation)];
  const found = await Promise.all([
    ...accounts.map((owner) => ctx.read.findReminders({ owner, isActive: true })),
    ...keys.map((recipient) => ctx.read.findReminders({ recipient, isActive: true })),
  ]);
  return [...new Map(found.flat().map((it) => [it.id, it])).values()].sort(
    (a, b) => (a.nextAt ?? Infinity) - (b.nextAt ?? Infinity) || b.createdAt - a.createdAt,
  );
}

/** The notices that the person has sent, newest first. */
export async function noticesSentBy(ctx: Context): Promise<NoticeReminder[]> {
  const found = await Promise.all(accountsIn(ctx).map((owner) => ctx.read.findReminders({ owner })));
  return found
    .flat()
    .filter(isNotice)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** What may be meant by the words: those that are there, with what was shown last. */
export async function namedIn(
  ctx: Context,
  calendar: Calendar,
  words: string,
  reminders?: Reminder[],
): Promise<{ named: Named; mine: Reminder[] }> {
  const mine = reminders ?? (await remindersIn(ctx));
  const shown = ctx.session?.reminders?.shown;
  return { named: named(words, mine, { now: ctx.now, calendar, ...(shown && { shown }) }), mine };
}

/** The answer to which of them, as it was typed before as it was mended: 西渠的 is no slip for 洗车的. */
export function chosenBy(
  { update }: Context,
  words: string,
  reminders: Reminder[],
  options: NamingOptions,
): Named {
  const typed = update.kind === 'message' ? named(update.text, reminders, options) : null;
  return typed?.kind === 'found' ? typed : named(words, reminders, options);
}

/** The reminder spoken of last where nothing was spoken of since. */
export function inFocus(ctx: Context, reminders: Reminder[]): Reminder | null {
  const { reminders: last, updatedAt, reminder } = ctx.session ?? {};
  if (!last || last.at !== updatedAt) return null;
  const [only, second] = last.shown;
  const id = second === undefined ? only : reminder;
  return reminders.find((it) => it.id === id) ?? null;
}

/** The one spoken of before something was said beside it, where no request has been spoken of. */
export function lately(ctx: Context, reminders: Reminder[]): Reminder | null {
  const { reminders: last, reminder, request, flow } = ctx.session ?? {};
  if (request !== undefined || flow) return null;
  const [only, second] = last?.shown ?? [];
  const id = second === undefined ? only : reminder;
  return reminders.find((it) => it.id === id) ?? (reminders.length === 1 ? (reminders[0] ?? null) : null);
}

/** Nothing was spoken of since reminders were shown. */
export const isOnReminders = ({ session }: Context): boolean =>
  session?.reminders !== undefined && session.reminders.at === session.updatedAt;

/** How long after it came an answer to a reminder may be meant for it. */
const ANSWERED_MS = 3 * 3_600_000;

/** What came since something was said last, and what came today where the words speak of it. */
export async function dueFor(ctx: Context): Promise<Occurrence[]> {
  const since = Math.max(ctx.session?.updatedAt ?? 0, ctx.now - ANSWERED_MS);
  return (await reachedBy(ctx)).filter((it) => (it.hops.at(-1)?.at ?? 0) >= since);
}

/** The only one of `reminders` that came since something was said last: 这个以后别再提醒了. */
export async function rungLast(ctx: Context, reminders: Reminder[]): Promise<Reminder | null> {
  const ids = new Set((await dueFor(ctx)).map(({ reminder }) => reminder));
  const [only, second] = reminders.filter(({ id }) => ids.has(id));
  return only && !second ? only : null;
}

/** What reached the person and waits for an answer, oldest first. */
export async function reachedBy(ctx: Context): Promise<Occurrence[]> {
  const found = await Promise.all(
    accountsIn(ctx).map((recipient) =>
      ctx.read.findOccurrences({ recipient, statuses: ['claimed', 'sent', 'acknowledged'] }),
    ),
  );
  return found
    .flat()
    .filter((it) => it.digest === undefined && it.hops.length > 0 && it.reminder !== DIGEST)
    .sort((a, b) => a.dueAt - b.dueAt);
}

/** Whoever set it, from whichever account. */
export const isOwner = (ctx: Context, reminder: Reminder): boolean =>
  accountsIn(ctx).includes(reminder.owner.account);
