/** What is said of reminders that exist, of one that has just come, and of one in the making. */
import type { Occurrence, Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import {
  dueFor,
  inFocus,
  isOnReminders,
  isOwner,
  lately,
  namedIn,
  remindersIn,
  rungLast,
} from '../reminders/concerned.js';
import {
  anewOf,
  CAN_IT,
  heldOf,
  leftOf,
  plainOf,
  restored,
  sharesPair,
  undoneOf,
  voidedOf,
  withoutKept,
} from './reminder-forms.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { intervalAgain, ringsAgain } from './reminder-interval.js';
import { regretted } from './reminder-regretted.js';
import { clauseOf } from './reminder-clauses.js';
import { asked, pointedOf, whetherOf } from './reminder-asked.js';
import { cancelled, reported } from './reminder-taken-back.js';
import { parseTime } from '../nlu/dates/parse.js';
import { changed } from '../reminders/change.js';
import { contentOf } from '../reminders/naming.js';
import { namedRecipients } from '../reminders/recipient-names.js';
import { mendReminderWords } from '../nlu/dates/slips.js';
import { mendedSlip } from '../reminders/slips.js';
import { withoutReason } from '../reminders/reasons.js';
import { changeOf, REMINDER_WORD, speechesOf, type Change, type Speech } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';

/** Named by its words, its time, its number or its list; or the one spoken of a moment ago. */
const CERTAIN = 0.97;
const LIKELY = 0.93;
/** 报到1月底就不报了, of the one spoken of: above what declines to file a request. */
const SURE = 0.987;

/** 周五 三点 这破输入法: vented behind. */
const VENTED =
  /(?<=.{3})[,\uff0c。\s]{1,2}(?:这(?:个)?破?(?:输入法|手机|键盘)[^,\uff0c\s]{0,6}|[气烦]死(?:我|人|俺)了?|真是的|真服了|无语了?)[。!\uff01]?$/;

export const reminderReader: Reader = {
  name: 'reminders',
  read: async (ctx, deps) => {
    const whole = ctx.update.kind === 'message' ? ctx.update.text.trim() : '';
    const said = mendReminderWords(whole.replace(VENTED, ''));
    const raw = mendedSlip(withoutKept(said), { now: ctx.now, calendar: deps.calendar });
    const text = normalizeText(raw);
    if (CAN_IT.test(text) && ctx.match.via === 'example')
      return [{ intent: 'help', probability: CERTAIN, why: 'asks whether there are reminders at all' }];
    const undone =
      (await undoneOf(ctx, text)) ??
      (await leftOf(ctx, text)) ??
      (await voidedOf(ctx, text)) ??
      (await regretted(ctx, text, deps.calendar));
    if (undone) return [undone];
    const whether = (await whetherOf(ctx, deps, text)) ?? (await pointedOf(ctx, deps, text));
    if (whether) return [whether];
    const bare =
      (await bareTime(ctx, deps, text)) ??
      (await intervalAgain(ctx, text)) ??
      (await ringsAgain(ctx, text, deps.calendar));
    if (bare) return [bare];
    const held = await heldOf(ctx, text);
    if (held) return [held];
    const anew = await anewOf(ctx, text, deps.calendar);
    if (anew) return [anew];
    const plain = await plainOf(ctx, text, deps.calendar);
    if (plain !== null) return readingsOf(ctx, deps, plain, plain);
    return readingsOf(ctx, deps, text, raw);
  },
};

async function readingsOf(ctx: Context, deps: ReadingDeps, text: string, raw: string): Promise<Reading[]> {
  let none: Reading[] = [];
  for (const speech of speechesOf(text)) {
    const found = await readingOf({ ...ctx, raw }, deps, speech);
    if (found && !isNobody(found)) return [{ text, raw, ...found }];
    if (found && none.length === 0) none = [{ text, raw, ...found }];
  }
  const clause = ctx.match.via === 'example' ? await clauseOf(ctx, raw) : null;
  const found = clause && (await readingOf(clause.ctx, deps, clause.speech));
  return found && clause && !isNobody(found)
    ? [{ text: normalizeText(clause.raw), raw: clause.raw, ...found }]
    : none;
}

/** 提前一刻钟也响一下 made two of it: all of them, where there are no others. */
const allOfOne = (ctx: Context, mine: Reminder[]): Reminder[] =>
  ctx.session?.request === undefined && mine.every(({ text }) => text === mine[0]?.text) ? mine : [];

/** None was found that the words name. */
const isNobody = ({ intent, slots, probability }: Reading): boolean =>
  slots?.['action'] === 'rem-none' ||
  (intent === 'cancel_reminder' && !slots?.['value'] && !slots?.['action'] && probability === LIKELY);

function readingOf(ctx: Context, deps: ReadingDeps, speech: Speech): Promise<Reading | null> {
  switch (speech.kind) {
    case 'restore':
      return restored(ctx);
    case 'cancel':
      return cancelled(ctx, deps, speech);
    case 'ask':
      return asked(ctx, deps, speech);
    case 'done':
    case 'seen':
      return reported(ctx, deps, speech);
    default:
      return moved(ctx, deps, speech);
  }
}

/** Said of a reminder though something else was said between. */
const isClear = (change: Change, said: string): boolean =>
  change.kind === 'retime'
    ? /改|换|调|挪|移|推|延|提前|提早|放到/.test(said)
    : !['person', 'swap', 'once', 'drop', 'from'].includes(change.kind);

const OF_ITS_RULE: ReadonlySet<string> = new Set([
  ...['until', 'from', 'rest', 'pause', 'workdays', 'shift-off', 'drop', 'add-hour'],
]);

/** The words fit one of one's own, and what is said of it can be done; several are asked about. */
async function moved(ctx: Context, deps: ReadingDeps, change: Change): Promise<Reading | null> {
  const { calendar, knowledge } = deps;
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
  const due = await dueFor(ctx);
  if (mine.length === 0) return cameAs(change, due);
  // 改成到9号就结束, of what has just come.
  const near = inFocus(ctx, mine) ?? (OF_ITS_RULE.has(change.kind) ? await rungLast(ctx, mine) : null);
  const focus = near ?? (isClear(change, ctx.raw) ? lately(ctx, mine) : null);
  const options = { now: ctx.now, calendar };
  // 推迟半小时 after one has come puts that one off; snooze_reminder does.
  if (due.length > 0 && change.kind === 'shift' && !change.isAdded && contentOf(change.about) === '')
    return snoozed(due.at(-1));
  // 就这一次 以后不用了, of one that has just come.
  if (
    change.kind === 'once' &&
    change.time === '' &&
    focus &&
    due.some(({ reminder }) => reminder === focus.id)
  )
    return {
      ...{ intent: 'cancel_reminder', slots: { value: focus.id }, probability: CERTAIN },
      why: 'it has come, and is to come no more',
    };
  const { named } = await namedIn(ctx, calendar, change.about, mine);
  const plain = named.kind === 'unknown' ? withoutReason(ctx.raw) : null;
  const told = plain === null ? null : changeOf(normalizeText(plain));
  if (plain !== null && told) {
    const found = await moved({ ...ctx, raw: plain }, deps, told);
    return found && { text: normalizeText(plain), raw: plain, ...found };
  }
  const came = named.kind === 'unknown' ? cameAs(change, due) : null;
  if (came) return came;
  const ones =
    focus && isOneTimeOf(focus, change, options)
      ? [focus]
      : mine.filter((it) => isOneTimeOf(it, change, options));
  const paused = change.kind === 'resume' ? mine.filter(({ pausedAt }) => pausedAt !== undefined) : [];
  const meant =
    named.kind === 'any' && paused.length > 0
      ? paused
      : named.kind === 'found'
        ? named.reminders
        : ones.length > 0
          ? ones
          : focus && isAboutFocus(change, named.kind)
            ? [focus]
            : named.kind === 'any' && change.kind === 'shift' && isClear(change, ctx.raw)
              ? allOfOne(ctx, mine)
              : [];
  const { people, mentions } = knowledge().directory;
  // A unit is somebody whom a request goes to; 只提醒一次 names nobody.
  if (
    change.kind === 'person' &&
    (change.isHandedOn || change.isOnly) &&
    !people.some(({ name }) => change.words.startsWith(name)) &&
    !(change.isOnly && mentions(change.words)[0]?.index === 0) &&
    !(change.how === 'removed' && mine.some(({ to }) => namedRecipients(to, change.words).length > 0)) &&
    !(change.isOnly && /^[我俺](?:自己)?$/.test(change.words))
  )
    return null;
  const isNamed = REMINDER_WORD.test(ctx.raw);
  // 都推迟一天: of several it is asked which.
  const isOfAll =
    mine.length > 1 &&
    /^(?:把)?(?:它们|[这那]?(?:两个|俩|两条|三个|仨|三条|几个|些)|所有|全部)?(?:提醒)?(?:都|全)/.test(
      ctx.raw,
    );
  const open = isOfAll ? mine : meant.length === 0 && named.kind === 'any' && isNamed ? mine : meant;
  const able = open.filter((it) => isAble(it, change, options));
  if (able.length === 0) {
    const isAboutOne = isNamed || focus !== null;
    return named.kind === 'unknown' && isAboutOne && NAMES_ONE.test(change.about)
      ? {
          intent: 'snooze_reminder',
          slots: { action: 'rem-none', value: contentOf(change.about) },
          probability: LIKELY,
          why: `${change.kind} of one that is not there`,
        }
      : null;
  }
  return {
    intent: 'snooze_reminder',
    slots: { action: 'rem-change', value: able.map(({ id }) => id).join(',') },
    probability: near && change.kind === 'until' ? SURE : near || named.kind === 'found' ? CERTAIN : LIKELY,
    why: `${change.kind} of ${able.map(({ id }) => id).join(', ')}`,
  };
}

/** 开会那个推到十点: the one of those that have just come which the words name is put off. */
function cameAs(change: Change, due: Occurrence[]): Reading | null {
  if (change.kind !== 'retime' && change.kind !== 'shift') return null;
  const words = contentOf(change.about);
  const fitting = words.length < 2 ? [] : due.filter(({ text }) => sharesPair(words, text));
  const [only, second] = fitting;
  const found = only && !second ? snoozed(only) : null;
  return found && change.kind === 'retime' ? { ...found, text: change.time, raw: change.time } : found;
}

/** 下午两点那会儿, said right after a reminder was set: its hour. */
async function bareTime(ctx: Context, { calendar }: ReadingDeps, text: string): Promise<Reading | null> {
  if (text.length > 16 || !/[点时:]/.test(text) || ctx.match.via !== 'example' || !isOnReminders(ctx))
    return null;
  const time = parseTime(text, { now: ctx.now, calendar, purpose: 'mention' });
  if (!time || text.replace(time.text, '').replace(AROUND, '').trim() !== '') return null;
  // 下周一那次改成九点: the day names which, the hour what becomes of it.
  if (MOVES_IT.test(text)) return null;
  const focus = inFocus(ctx, await remindersIn(ctx));
  if (!focus || focus.id !== ctx.session?.reminders?.shown[0] || !isOwner(ctx, focus)) return null;
  const change: Change = { kind: 'retime', about: '', time: time.text };
  if (!isAble(focus, change, { now: ctx.now, calendar })) return null;
  return {
    ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value: focus.id } },
    ...{ text: `改到${time.text}`, raw: `改到${time.text}`, probability: CERTAIN },
    why: 'a time alone, of the one set just now',
  };
}
const MOVES_IT = /.{2}(?:改|换|调|挪|推|移|提前|延)/;
const AROUND = /那会儿|那阵儿?|那时候?|的时候|左右|前后|吧|就行|就好|好了|,|\uff0c|。/g;

/** 体检那个, 开会的提醒: one of several is pointed at. */
const NAMES_ONE = /(?:那|这)(?:个|条|件|次|项)|的(?:提醒|闹钟)?\s*$|提醒\s*$/;

/** Words that fit no reminder speak of something else, but for a new place of what was set a moment ago. */
const isAboutFocus = (change: Change, named: 'unknown' | 'any'): boolean =>
  named === 'any' ||
  (change.kind === 'retime' && contentOf(change.about).length <= 2 && !NAMES_ONE.test(change.about));

/** 12月那次提前到28号: one of the times of the one spoken of. */
const isOneTimeOf = (focus: Reminder, change: Change, options: Options): boolean =>
  (change.kind === 'retime' || change.kind === 'shift') &&
  changed(focus, change, options).kind === 'moved-once';

type Options = { now: number; calendar: ReadingDeps['calendar'] };
const isAble = (reminder: Reminder, change: Change, options: Options) =>
  changed(reminder, change, options).kind !== 'none';

const snoozed = (occurrence: Occurrence | undefined): Reading | null =>
  occurrence
    ? {
        intent: 'snooze_reminder',
        slots: { value: occurrence.id },
        probability: CERTAIN,
        why: `put off ${occurrence.id}`,
      }
    : null;
