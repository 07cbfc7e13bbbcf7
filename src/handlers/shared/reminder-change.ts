/** A reminder changed in everyday words: which one, what becomes of it, and what is asked where that is not certain. */
import { isDeepStrictEqual } from 'node:util';
import { calleesIn, isSameRecipient } from '../../reminders/callees.js';
import { formatInstant } from '../../calendar/local.js';
import { replyCard, replyText, setSession } from '../../core/effects.js';
import { isNotice, reminderId, type Recipient, type Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import { changed } from '../../reminders/change.js';
import type { Changed } from '../../reminders/change-time.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { cancelEffects, dropLater } from '../../reminders/planning.js';
import { changeNotice } from './reminder-notice.js';
import {
  answeredForm,
  askAgain,
  askWhom,
  askWhoGoes,
  formOf,
  goingFrom,
  keepsAll,
} from './reminder-person.js';
import { recipientsTitle, toldOfNotice } from './reminder-who.js';
import { namedRecipients } from '../../reminders/recipient-names.js';
import { whyNotRemind } from '../../reminders/permissions.js';
import { asksWhether } from '../../reminders/ask-words.js';
import { changeOf, type Change } from '../../reminders/speech.js';
import { recipientText, whenText } from '../../reminders/view.js';
import { planned } from './reminder-planned.js';
import { currentYear, sessionOn } from './requests.js';
import { chosenBy, isOwner } from '../../reminders/concerned.js';
import { pause, resume } from './reminder-pause.js';
import { listed, notFound, selfIn, speakerIn } from './reminders.js';

const INTENT = 'snooze_reminder';

/** Of several that fit, the one that is meant is asked for; what was said is kept. */
export function askWhich(ctx: Context, change: string, reminders: Reminder[]): Effect[] {
  const lines = reminders.map((it, i) => `${i + 1}. ${whenText(it, ctx.now)} ${it.text}`);
  return [
    replyCard({
      title: '请问改哪一条提醒',
      blocks: [
        { kind: 'text', text: lines.join('\n') },
        { kind: 'text', text: '请点选,或回复序号、提醒的内容。(回复“取消”可放弃)' },
      ],
      buttons: reminders.map((it, i) => ({ id: 'rem-which', label: `第${i + 1}条`, value: it.id })),
    }),
    setSession(
      sessionOn(ctx, {
        reminders: { shown: reminders.map(({ id }) => id), at: ctx.now },
        flow: { intent: INTENT, asks: 'which', data: { change, ids: reminders.map(({ id }) => id) } },
      }),
    ),
  ];
}

/** The answer to which of them; other words ask again. */
export async function chosen(
  ctx: Context,
  world: ReminderWorld,
  { change, ids }: { change: string; ids: string[] },
  words: string,
): Promise<Effect[]> {
  const found = await Promise.all(ids.map((id) => ctx.read.getReminder(id)));
  const open = found.flatMap((it) => (it?.status === 'active' && isOwner(ctx, it) ? [it] : []));
  const options = { now: ctx.now, calendar: world.calendar, shown: ids };
  // 报表的没动吧 asks, and chooses none.
  if (asksWhether(words)) return askWhich(ctx, change, open);
  const meant = chosenBy(ctx, words, open, options);
  const [only, second] = meant.kind === 'found' ? meant.reminders : [];
  return only && !second ? changeReminder(ctx, world, only, change) : askWhich(ctx, change, open);
}

/** `words`: what was said of it. */
export async function changeReminder(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  words: string,
): Promise<Effect[]> {
  if (!isOwner(ctx, reminder) || reminder.source !== 'own') return notFound();
  if (reminder.status !== 'active')
    return [replyText('这条提醒已结束,请重新设置。'), setSession(sessionOn(ctx, {}))];
  const change = changeOf(words);
  const outcome = change && changed(asTold(reminder), change, { now: ctx.now, calendar: world.calendar });
  if (!change || !outcome || outcome.kind === 'none') return unclear(ctx, reminder);
  if (outcome.kind === 'problem') return say(ctx, reminder, outcome.message);
  if (outcome.kind === 'paused')
    return outcome.isPaused ? pause(ctx, reminder) : resume(ctx, world, reminder);
  if (outcome.kind === 'person') return undoable(await toAnother(ctx, world, reminder, outcome), reminder);
  if (outcome.kind === 'moved-once') return undoable(await moveOnce(ctx, world, reminder, outcome), reminder);
  const done = undoable(await carryOut(ctx, world, reminder, change, outcome), reminder);
  const then = change.kind === 'retime' && change.then?.isAdded ? change.then : null;
  return then ? [...done, ...(await addedTo(ctx, world, { ...reminder, ...outcome }, then))] : done;
}

/** What it was is kept beside what was said of it: 改回原来那样. */
function undoable(effects: Effect[], { id, when, said, text, to }: Reminder): Effect[] {
  const made = effects.find((it) => it.kind === 'reminder' && it.reminder.id === id);
  if (made?.kind !== 'reminder') return effects;
  const other = effects.find((it) => it.kind === 'reminder' && it.reminder.id !== id);
  const reminderBefore = {
    ...{ id, when, said, text, to, edits: made.reminder.edits },
    ...(other?.kind === 'reminder' && { made: other.reminder.id }),
  };
  return effects.map((it) =>
    it.kind === 'setSession' && it.session ? { ...it, session: { ...it.session, reminderBefore } } : it,
  );
}

/** 不 还是改回原来那样: as it was before the last change. */
export async function undo(ctx: Context, world: ReminderWorld, id: string): Promise<Effect[]> {
  const reminder = await ctx.read.getReminder(id);
  const before = ctx.session?.reminderBefore;
  if (!reminder || before?.id !== id || !isOwner(ctx, reminder) || reminder.status !== 'active')
    return notFound();
  const { when } = before;
  if (isDeepStrictEqual([when, before.text, before.to], [reminder.when, reminder.text, reminder.to]))
    return say(ctx, reminder, `“${reminder.text}”已经是改之前的样子,没有再动。`);
  if (when.kind === 'once' && when.at <= ctx.now)
    return say(
      ctx,
      reminder,
      `原来的${formatInstant(when.at, ctx.now)}已经过去了,没有改动。请说一个以后的时间。`,
    );
  const open = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  const { made, ...was } = before;
  const next: Reminder = { ...reminder, ...was, edits: reminder.edits + 1 };
  const dropped = [
    ...dropLater(open, '已改期', reminder, world, ctx.now),
    ...(made === undefined ? [] : await withoutMade(ctx, made)),
  ];
  // Said once more it does nothing: the change is not made again.
  return undoable(planned(ctx, world, next, '已改回原来的', dropped), next);
}

/** What one of its times became is no more. */
async function withoutMade(ctx: Context, id: string): Promise<Effect[]> {
  const one = await ctx.read.getReminder(id);
  if (one?.status !== 'active' || !isOwner(ctx, one)) return [];
  const open = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  return cancelEffects(one, open, '已取消', ctx.now).effects;
}

/** Of a notice the hour that was said is that at which it begins. */
const asTold = (reminder: Reminder): Reminder =>
  reminder.notice?.startsAt
    ? { ...reminder, when: { kind: 'once', at: reminder.notice.startsAt } }
    : reminder;

/** The name, where it was awaited. */
export async function toNamed(
  ctx: Context,
  world: ReminderWorld,
  { change, ids: [id = ''] }: { change: string; ids: string[] },
): Promise<Effect[]> {
  const reminder = await ctx.read.getReminder(id);
  if (!reminder) return notFound();
  if (keepsAll(ctx.raw, reminder.to)) return say(ctx, reminder, `好的,“${reminder.text}”没有改动。`);
  const form = answeredForm(ctx, world, reminder, change);
  return form === null ? askAgain(ctx, reminder, change) : changeReminder(ctx, world, reminder, form);
}

const say = (ctx: Context, { id }: Reminder, message: string): Effect[] => [
  replyText(message),
  setSession(sessionOn(ctx, { reminder: id, reminders: { shown: [id], at: ctx.now } })),
];

const unclear = (ctx: Context, reminder: Reminder): Effect[] => [
  replyText(
    `没有看懂“${reminder.text}”要改成什么,没有改动。可以说“改到周五下午三点”“推迟半小时”“内容改成…”。`,
  ),
  ...listed(ctx, [reminder]),
];

/** One more beside the one that stands. */
async function addedAt(ctx: Context, world: ReminderWorld, reminder: Reminder): Promise<Effect[]> {
  const number = await ctx.takeNumber(`reminder:${currentYear(ctx.now)}`);
  const id = reminderId(currentYear(ctx.now), number);
  const added = { ...reminder, id, version: 0, edits: 0, createdAt: ctx.now };
  return planned(ctx, world, added, '已另设提醒(原来的不变)');
}

/** 改到下午一点,另外提前一刻钟也响一下. */
async function addedTo(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  then: Change,
): Promise<Effect[]> {
  const outcome = changed(reminder, then, { now: ctx.now, calendar: world.calendar });
  if (outcome.kind === 'problem') return [replyText(outcome.message)];
  if (outcome.kind !== 'changed') return [];
  const effects = await addedAt(ctx, world, { ...reminder, when: outcome.when });
  return effects.filter(({ kind }) => kind !== 'setSession');
}

async function carryOut(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  change: Change,
  { when, text, said }: Extract<Changed, { kind: 'changed' }>,
): Promise<Effect[]> {
  if (change.kind === 'shift' && change.isAdded)
    return addedAt(ctx, world, { ...reminder, when, text, said });
  if (isNotice(reminder) && when.kind === 'once')
    return changeNotice(ctx, world, reminder, { startsAt: when.at, text });
  const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
  const next: Reminder = { ...reminder, when, text, said, edits: reminder.edits + 1 };
  return planned(ctx, world, next, '已改提醒', dropLater(open, '已改期', reminder, world, ctx.now));
}

/** The rule goes on without the one time; that one is a reminder of its own. */
async function moveOnce(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  { when, once }: Extract<Changed, { kind: 'moved-once' }>,
): Promise<Effect[]> {
  const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
  const rest: Reminder = { ...reminder, when, edits: reminder.edits + 1 };
  const dropped = dropLater(open, '已改期', reminder, world, ctx.now);
  const kept = planned(ctx, world, rest, '其余各次照常', dropped);
  if (!kept.some(({ kind }) => kind === 'reminder')) return kept;
  const number = await ctx.takeNumber(`reminder:${currentYear(ctx.now)}`);
  const id = reminderId(currentYear(ctx.now), number);
  const said = once.kind === 'once' ? formatInstant(once.at, ctx.now) : reminder.said;
  const one: Reminder = { ...reminder, id, version: 0, edits: 0, createdAt: ctx.now, when: once, said };
  return [...kept.filter(({ kind }) => kind !== 'setSession'), ...planned(ctx, world, one, '只改了这一次')];
}

/** 说错了,是唐甲六去: it goes to somebody else, who must be named in full and bound. */
async function toAnother(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  { words, how, from = '' }: Extract<Changed, { kind: 'person' }>,
): Promise<Effect[]> {
  const { directory } = world;
  const own = how === 'instead' && /^[我俺]/.test(words) ? selfIn(ctx) : null;
  const named = ctx.person ? calleesIn(words, ctx.person, directory) : { to: [], unbound: [] };
  const called: Recipient[] = own ? [own] : named.to;
  if (!ctx.person && !own && how !== 'removed') {
    const anybody = { kind: 'person' as const, account: '', name: '', organization: '' };
    return say(ctx, reminder, `${whyNotRemind([anybody], speakerIn(ctx, world)) ?? ''}没有改动。`);
  }
  if (called.length === 0 && how !== 'removed' && named.unbound.length > 0)
    return say(ctx, reminder, `${named.unbound.join('、')}还没有绑定账号,收不到提醒,没有改动。`);
  // 不再提醒何乙、林丙: each who is named.
  const gone = how === 'removed' ? namedRecipients(reminder.to, words).map((it) => it.recipient) : [];
  if (called.length === 0 && gone.length === 0) return askWhom(ctx, reminder, formOf(how, from), words);
  const units = how === 'removed' ? directory.mentions(words).map((it) => it.unit) : [];
  const isGone = (it: Recipient) =>
    gone.includes(it) ||
    called.some((other) => isSameRecipient(it, other)) ||
    (it.kind === 'unit' && units.includes(it.organization));
  const others = reminder.to.filter((it) => !isGone(it));
  // 沈乙不去了,换成曾乙二: the others stay.
  const isOneOfSeveral = how === 'instead' && from !== '' && reminder.to.length > 1;
  const going = isOneOfSeveral ? goingFrom(reminder, from, others) : [];
  if (isOneOfSeveral && going.length === 0)
    return askWhoGoes(
      ctx,
      reminder,
      called.map((it) => (it.kind === 'person' ? it.name : recipientText(it))).join('、'),
    );
  const staying = isOneOfSeveral ? others.filter((it) => !going.includes(it)) : [];
  const to = how === 'removed' ? others : [...(how === 'instead' ? staying : others), ...called];
  if (to.length === 0 || (how === 'removed' && others.length === reminder.to.length))
    return say(ctx, reminder, '没有改动:这条提醒没有发给这位,或只发给这一位。不要了可以说“取消”。');
  const refused = whyNotRemind(to, speakerIn(ctx, world));
  if (refused) return say(ctx, reminder, refused);
  const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
  const next: Reminder = { ...reminder, to, edits: reminder.edits + 1 };
  const dropped = dropLater(open, '已改收件人', reminder, world, ctx.now);
  const changes = planned(ctx, world, next, recipientsTitle(reminder, to), dropped);
  return [...changes, ...toldOfNotice(reminder, next, world, ctx.now)];
}
