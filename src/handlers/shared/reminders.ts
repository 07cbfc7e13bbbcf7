/** What the handlers of reminders share: whose they are, which one is meant. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Occurrence, Recipient, Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import { DIGEST } from '../../digest/view.js';
import { parseReminderId } from '../../reminders/parse.js';
import { reminderListCard } from '../../reminders/view.js';
import { accountText, currentYear, sessionOn } from './requests.js';
import { conversationKey } from '../../core/chat.js';

/** Who speaks, as a recipient. */
export const selfIn = (ctx: Context): Extract<Recipient, { kind: 'person' }> => ({
  kind: 'person',
  account: accountText(ctx),
  name: ctx.person?.name ?? ctx.update.user.name ?? '',
  organization: ctx.person?.organization ?? '',
});

/** Whoever speaks may have several accounts; all of them are the same person. */
export const accountsIn = (ctx: Context): string[] => [
  ...new Set([accountText(ctx), ...(ctx.person?.accounts ?? [])]),
];

/** What concerns the chat: in a group that group's and nobody's own, in a direct chat one's own. Active, newest first. */
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
    (a, b) => b.createdAt - a.createdAt,
  );
}

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

/** 第二条, 第2个, 2条; not 那三个: that is how many. */
const ORDINAL =
  /第\s{0,3}(\d{1,2}|[一二三四五六七八九])(?:\s{0,3}(?:条|个|项))?|^\s{0,3}(\d{1,2})\s{0,3}条?\s{0,3}$/;
const NUMERALS = '一二三四五六七八九';
/** What is said about any reminder and tells none from another. */
const SAID_OF_ANY =
  /取消|删除|删掉|删|去掉|关掉|关闭|停掉|停止|停用|撤掉|撤销|撤回|撤|作废|终止|移除|清空|不用|不要|不必|不再|不需要|别再|别|以后|请|麻烦|帮我|把|将|给我|我的|我|那个|那条|这个|这条|的|提醒|闹钟|闹铃|定时|关于|了|吧|喊|叫|再|[\s,\uff0c。!\uff01]/g;

/** How many pairs of neighbouring characters of the words stand in what the reminder is about and how its time was said. */
function likeness(words: string, { text, said }: Reminder): number {
  const known = `${text} ${said}`;
  const pairs = [...words].slice(1).map((second, i) => `${[...words][i]}${second}`);
  return new Set(pairs.filter((pair) => known.includes(pair))).size;
}

/** Those that the words fit best; none when they fit none. */
function namedBy(words: string, reminders: Reminder[]): Reminder[] {
  const scored = reminders.map((reminder) => ({ reminder, score: likeness(words, reminder) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ reminder }) => reminder);
}

/** By id, by its place in the list, by words, the one spoken of last, the only one; else the effects that ask. */
export async function findReminder(ctx: Context, words: string): Promise<Reminder | { effects: Effect[] }> {
  const { value = '' } = ctx.match.slots;
  const id = parseReminderId(value || ctx.text, currentYear(ctx.now));
  if (id !== null) {
    const reminder = await ctx.read.getReminder(id);
    return reminder && mayKnow(ctx, reminder) ? reminder : { effects: notFound() };
  }
  const mine = await remindersIn(ctx);
  const found = ORDINAL.exec(words);
  const ordinal = found?.[1] ?? found?.[2];
  if (ordinal) {
    const place = /\d/.test(ordinal) ? Number(ordinal) : NUMERALS.indexOf(ordinal) + 1;
    const chosen = mine[place - 1];
    return chosen ?? { effects: [replyText(`目前只有 ${mine.length} 条提醒,没有第 ${place} 条。`)] };
  }
  const plain = words.replace(SAID_OF_ANY, '');
  const named = namedBy(plain, mine);
  const [onlyNamed] = named;
  if (onlyNamed && named.length === 1) return onlyNamed;
  // Spoken of last, here: in a group that may be one's own as well.
  const last =
    plain === '' && ctx.session?.reminder ? await ctx.read.getReminder(ctx.session.reminder) : null;
  if (last?.status === 'active' && mayKnow(ctx, last)) return last;
  const [only] = mine;
  if (only && mine.length === 1 && plain === '') return only;
  return { effects: [listCardIn(ctx, named.length > 1 ? named : mine)] };
}

export const remember = (ctx: Context, reminder: string): Effect => setSession(sessionOn(ctx, { reminder }));

/** What the person may still answer to: the occurrence of the button, else the last that reached them. */
export async function occurrenceIn(ctx: Context): Promise<Occurrence | null> {
  const { value = '' } = ctx.match.slots;
  if (value.includes('@')) return ctx.read.getOccurrence(value);
  const found = await Promise.all(
    accountsIn(ctx).map((recipient) =>
      ctx.read.findOccurrences({ recipient, statuses: ['claimed', 'sent', 'acknowledged'] }),
    ),
  );
  const reached = found
    .flat()
    .filter((it) => it.digest === undefined && it.hops.length > 0 && it.reminder !== DIGEST)
    .sort((a, b) => a.dueAt - b.dueAt);
  return reached.at(-1) ?? null;
}

/** Whoever set it, from whichever account. */
export const isOwner = (ctx: Context, reminder: Reminder): boolean =>
  accountsIn(ctx).includes(reminder.owner.account);
