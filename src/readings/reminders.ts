/** What is said of reminders that exist, of one that has just come, and of one in the making. */
import type { Occurrence, Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import {
  dueFor,
  inFocus,
  isOnReminders,
  isOwner,
  namedIn,
  remindersIn,
  rungLast,
} from '../reminders/concerned.js';
import {
  anewOf,
  CAN_IT,
  heldOf,
  plainOf,
  restored,
  sharesPair,
  undoneOf,
  withoutKept,
} from './reminder-forms.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { cancelled, reported } from './reminder-taken-back.js';
import { parseTime } from '../nlu/dates/parse.js';
import { changed } from '../reminders/change.js';
import { contentOf } from '../reminders/naming.js';
import { namedRecipients } from '../reminders/recipient-names.js';
import { mendedSlip } from '../reminders/slips.js';
import { withoutReason } from '../reminders/reasons.js';
import { changeOf, REMINDER_WORD, speechesOf, type Change, type Speech } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';

/** Named by its words, its time, its number or its list; or the one spoken of a moment ago. */
const CERTAIN = 0.97;
const LIKELY = 0.93;
/** Above whose name stands in it. */
const WHOLE = 0.985;

export const reminderReader: Reader = {
  name: 'reminders',
  read: async (ctx, deps) => {
    const whole = ctx.update.kind === 'message' ? ctx.update.text.trim() : '';
    const raw = mendedSlip(withoutKept(whole), { now: ctx.now, calendar: deps.calendar });
    const text = normalizeText(raw);
    if (CAN_IT.test(text) && ctx.match.via === 'example')
      return [{ intent: 'help', probability: CERTAIN, why: 'asks whether there are reminders at all' }];
    const bare = await bareTime(ctx, deps, text);
    if (bare) return [bare];
    const undone = await undoneOf(ctx, text);
    if (undone) return [undone];
    const held = await heldOf(ctx, text);
    if (held) return [held];
    const anew = await anewOf(ctx, text, deps.calendar);
    if (anew) return [anew];
    const plain = await plainOf(ctx, text);
    if (plain !== null) return readingsOf(ctx, deps, plain, plain);
    return readingsOf(ctx, deps, text, raw);
  },
};

async function readingsOf(ctx: Context, deps: ReadingDeps, text: string, raw: string): Promise<Reading[]> {
  for (const speech of speechesOf(text)) {
    const found = await readingOf({ ...ctx, raw }, deps, speech);
    if (found) return [{ text, raw, ...found }];
  }
  return [];
}

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
      return reported(ctx, speech);
    default:
      return moved(ctx, deps, speech);
  }
}

const OF_ITS_RULE: ReadonlySet<string> = new Set(['until', 'from', 'rest', 'pause', 'workdays', 'shift-off']);

/** The words fit one of one's own, and what is said of it can be done; several are asked about. */
async function moved(ctx: Context, deps: ReadingDeps, change: Change): Promise<Reading | null> {
  const { calendar, knowledge } = deps;
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
  const due = await dueFor(ctx);
  if (mine.length === 0) return cameAs(change, due);
  // 改成到9号就结束, of what has just come.
  const focus = inFocus(ctx, mine) ?? (OF_ITS_RULE.has(change.kind) ? await rungLast(ctx, mine) : null);
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
    probability: CERTAIN,
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

/** 重复的那些给我看看. */
const OF_A_KIND = /^(?:就|只)?(?:要|看)?(?:重复|周期|每[天周月年]|只响一次|一次性|单次)的/;
/** 周四下午有没有事: of one's day, and nothing that is to be set. */
const OF_THE_DAY =
  /(?:有没有|有无|还有|有)(?:什么|啥|哪些|其他|别的)?(?:事情?|安排|会议?|活动|空|任务|别的事)(?:了)?(?:没有?|吗|么|吧)?$|(?:忙|空|闲)(?:着)?(?:不(?:忙|空|闲)|吗|么)$|(?:没有?|没)(?:什么|啥|其他|别的)?(?:事情?|安排|会)(?:了)?(?:吧|吗)$/;
/** 我现在设的是啥样的, 我给郑戊九设了个啥来着: what there is, though nobody says 提醒. */
const WHAT_IS_SET =
  /(?:设|定|改)(?:的|了|过|好|完|成){0,2}(?:那?一?个|那?条|些)?(?:是|都|现在){0,2}(?:些|个)?(?:什么|啥|哪些|哪个|几点|几号|哪天|咋样|怎么样)(?:样)?(?:的|子|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$|^(?:那|它|这条|那条|这个|那个)?(?:现在|目前|这会儿?)(?:是)?(?:啥样|什么样|咋设|怎么设|咋定|怎么定|几点|什么时候|啥时候)(?:子)?(?:的|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$/;
const HOW_OFTEN =
  /^(?:那|它|这个|那个)?(?:一共|总共)?(?:还)?(?:要|得|会|能)?(?:响|提醒|叫|喊)(?:我)?(?:几|多少)[次回遍]/;
const ASKS_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|一?级|些)(?:部门|单位|局)?)(?:来)?(?:管|负责|牵头|处理)|找谁|该谁|找哪/;
const ABOUT_ONE = /几点|哪天|哪一天|几号|什么时候|啥时候|何时|多久|设(?:了|过|好|上)?(?:没|吧)|还在/;

async function asked(
  ctx: Context,
  { calendar }: ReadingDeps,
  { about, isFollowUp }: Extract<Speech, { kind: 'ask' }>,
): Promise<Reading | null> {
  const isNamed = REMINDER_WORD.test(ctx.raw);
  const isOfOne = ABOUT_ONE.test(ctx.raw);
  const reading = (probability: number, why: string): Reading => ({
    intent: 'list_reminders',
    slots: { action: isOfOne ? 'about-one' : 'asked' },
    probability,
    why,
  });
  if ((isFollowUp || OF_A_KIND.test(ctx.text)) && isOnReminders(ctx))
    return reading(CERTAIN, 'a follow-up on the reminders shown');
  // The answer says when it comes next, and the card how often.
  if (HOW_OFTEN.test(ctx.text) && isOnReminders(ctx))
    return {
      ...reading(CERTAIN, 'how often it comes yet'),
      ...{ slots: { action: 'about-one' }, text: '下一次', raw: '下一次' },
    };
  if (WHAT_IS_SET.test(ctx.text)) {
    const mine = await remindersIn(ctx);
    const isTheirs = isOnReminders(ctx) || (/我|俺|咱/.test(ctx.text) && mine.length > 0);
    // 我都给谁设了啥 names nobody.
    const rest = /给(?:谁|哪)/.test(ctx.text)
      ? ctx.text
      : ctx.text.replace(WHAT_IS_SET, ' ').trim() || '我的提醒';
    if (isTheirs)
      return { ...reading(WHOLE, 'asks what is set'), slots: { action: 'asked' }, text: rest, raw: rest };
  }
  // 群众提醒好几回了 归谁管 asks the lists.
  if (isNamed && ASKS_THE_LISTS.test(ctx.raw)) return null;
  if (isNamed)
    return /提醒(?:牌|标|标识|标志|函|单)/.test(ctx.raw) ? null : reading(LIKELY, 'asks about reminders');
  const time =
    OF_THE_DAY.test(ctx.text) && parseTime(ctx.text, { now: ctx.now, calendar, purpose: 'mention' });
  if (time && contentOf(about.replace(time.text, ' ').replace(OF_THE_DAY, ' ')).length <= 2)
    return reading(CERTAIN, 'asks what there is at a time');
  if (!isOfOne) return null;
  const { named } = await namedIn(ctx, calendar, about);
  return named.kind === 'found' && named.by === 'words' && contentOf(about).length > 1
    ? reading(LIKELY, 'asks when a reminder comes that the words name')
    : null;
}
