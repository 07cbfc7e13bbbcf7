/** A reminder from a sentence: whom, when, what; what is missing or unclear is asked, nothing is guessed. */
import type { Button } from '../core/card.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import { reminderId, type Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { DAY_MS, formatInstant, fromLocal, isInstant, toLocal } from '../calendar/local.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { readWanted } from '../reminders/parse.js';
import { whyNotRemind } from '../reminders/permissions.js';
import { nextAt } from '../reminders/plan.js';
import { planEffects } from '../reminders/planning.js';
import { isOwn } from '../reminders/schedule.js';
import { reminderCard } from '../reminders/view.js';
import { accountText, actorIn, currentYear, requestWorldOf, sessionOn, tryApply } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import { ReminderFlow } from './shared/flow-shapes.js';
import { AGAIN, flowData } from './shared/flows.js';
import { recipientsOf, whenOfRequest } from './shared/reminder-called.js';
import { remember, selfIn } from './shared/reminders.js';
import { changeOf } from '../reminders/speech.js';
import { onOffered, pickOffered } from '../reminders/offered.js';
import { severalIn } from '../reminders/several.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { cutText } from '../text/cut.js';

const INTENT = 'set_reminder';
const TEXT_MAX = 300;

export function createSetReminder(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const world = reminderWorldOf(deps);
    const { action = '', value = '' } = ctx.match.slots;
    if (mostOf(ctx, world) === 0)
      return [
        replyText('您的账号尚未绑定人员,不能设置提醒。发送“绑定”可查看办理方法。'),
        setSession(sessionOn(ctx, {})),
      ];
    const flow = flowData(ctx, INTENT, ReminderFlow);
    if (action === 'rem-at') {
      if (!flow) return [replyText('这次设置已失效,请重新说一下要提醒什么、什么时候提醒。')];
      return goOn(ctx, world, { ...flow, when: { kind: 'once', at: Number(value) } });
    }
    if (action === AGAIN && flow) return [replyText(againOf(flow, ctx))];
    if (flow && (ctx.match.via === 'flow' || action === 'said'))
      return said(ctx, world, flow, ctx.session?.flow?.asks ?? '');
    const several = severalIn(ctx.raw);
    if (several && action === '') {
      const all = await setAll(ctx, world, several);
      if (all) return all;
    }
    const byRequest = await whenOfRequest(ctx, actorIn(ctx, requestWorldOf(deps)));
    if (byRequest && 'effects' in byRequest) return byRequest.effects;
    const time = byRequest?.time ?? read(ctx, world, ctx.raw);
    const wanted = readWanted(ctx.raw, time);
    const { to, text, problem } = recipientsOf(ctx, world, wanted);
    if (problem !== undefined) return [replyText(problem), setSession(sessionOn(ctx, {}))];
    const data: ReminderFlow = { text: byRequest?.text ?? text, to, when: null, said: '' };
    const refused = whyNotRemind(to, ctx.person, accountText(ctx));
    if (refused) return [replyText(refused), setSession(sessionOn(ctx, {}))];
    return withTime(ctx, world, data, time);
  };
}

/** What is still missing, said once more after something else; the words themselves would look like a reminder that is set. */
function againOf({ text, when }: ReminderFlow, ctx: Context): string {
  const at = when?.kind === 'once' ? `(${formatInstant(when.at, ctx.now)})` : '';
  const asked = when !== null && text === '' ? '请问提醒什么事?' : '请问什么时候提醒?';
  return `刚才的提醒${at}还差一步:${asked}(回复“取消”可放弃)`;
}

/** 明早九点提醒我带合同,周四下午提醒我还车: each of them, where all are clear. */
async function setAll(ctx: Context, world: ReminderWorld, parts: string[]): Promise<Effect[] | null> {
  const effects: Effect[] = [];
  let day: string | null = null;
  for (const raw of parts) {
    const time = readOn(day, ctx, world, raw);
    if (time?.kind === 'instant') day = toLocal(time.at).date;
    const { to, text, problem } = recipientsOf(ctx, world, readWanted(raw, time));
    const isSet = time && time.kind !== 'unclear' && problem === undefined && text.trim() !== '';
    if (!isSet || whyNotRemind(to, ctx.person, accountText(ctx))) return null;
    const made = await withTime({ ...ctx, raw }, world, { text, to, when: null, said: '' }, time);
    if (!made.some(({ kind }) => kind === 'reminder')) return null;
    effects.push(...made);
  }
  const shown = effects.flatMap((it) => (it.kind === 'reminder' ? [it.reminder.id] : []));
  return [
    ...effects.filter(({ kind }) => kind !== 'setSession'),
    setSession(sessionOn(ctx, { reminders: { shown, at: ctx.now } })),
  ];
}

/** 明天九点提醒我开会 下午三点提醒我交表: an hour alone is of the day that was said before it. */
function readOn(day: string | null, ctx: Context, world: ReminderWorld, raw: string): TimeReading | null {
  const options = { now: ctx.now, calendar: world.calendar };
  const parts = namedIn(raw, options);
  if (day === null || parts.day || !parts.clock) return read(ctx, world, raw);
  const now = Math.max(ctx.now, fromLocal(day, DAY_BEGINS));
  return parseTime(raw, { ...options, now, purpose: 'reminder' });
}
const DAY_BEGINS = 4 * 60;

/** Active reminders that one account may have. */
const mostOf = ({ person }: Context, { rules }: ReminderWorld): number =>
  person ? rules.most : rules.mostUnbound;

const read = (ctx: Context, world: ReminderWorld, text: string): TimeReading | null =>
  parseTime(text, { now: ctx.now, calendar: world.calendar, purpose: 'reminder' });

function withTime(
  ctx: Context,
  world: ReminderWorld,
  data: ReminderFlow,
  time: TimeReading | null,
): Promise<Effect[]> {
  if (!time)
    return Promise.resolve(ask(ctx, data, 'time', '请问什么时候提醒?例如“周五下午三点”“每月25日上午”。'));
  switch (time.kind) {
    case 'unclear': {
      const coming = comingOf(time, ctx.now);
      return coming === null
        ? Promise.resolve(askWhich(ctx, { ...data, said: time.text }, time))
        : goOn(ctx, world, { ...data, said: time.text, when: { kind: 'once', at: coming } });
    }
    case 'range':
      return goOn(ctx, world, { ...data, said: time.text, when: { kind: 'once', at: time.from } });
    case 'instant':
      return goOn(ctx, world, { ...data, said: time.text, when: { kind: 'once', at: time.at } });
    case 'recurrence':
      return goOn(ctx, world, { ...data, said: time.text, when: { kind: 'recurring', rule: time.rule } });
  }
}

/** From so far ahead on, and up to so far, a day that has passed this year is the coming one: nobody means last spring. */
const [COMING_FROM, COMING_TO] = [62 * DAY_MS, 300 * DAY_MS];

function comingOf(
  { reason, candidates }: Extract<TimeReading, { kind: 'unclear' }>,
  now: number,
): number | null {
  const [only, second] = candidates;
  if (reason !== 'past' || !only || second) return null;
  const ahead = only.at - now;
  return ahead > COMING_FROM && ahead < COMING_TO ? only.at : null;
}

function said(ctx: Context, world: ReminderWorld, data: ReminderFlow, asks: string): Promise<Effect[]> {
  if (isCancel(ctx.text))
    return Promise.resolve([replyText('好的,已取消,没有设置提醒。'), setSession(sessionOn(ctx, {}))]);
  const isTime = ctx.match.slots['value'] === 'time';
  if (asks === 'text' && !isTime) return goOn(ctx, world, { ...data, text: contentIn(ctx.raw) });
  const options = { now: ctx.now, calendar: world.calendar, said: data.said };
  const picked = pickOffered(ctx.text, data.offered ?? [], options);
  if (picked !== null) return goOn(ctx, world, { ...data, when: { kind: 'once', at: picked } });
  const time = onOffered(ctx.text, data.offered ?? [], options) ?? read(ctx, world, ctx.raw);
  if (time || data.text !== '') return withTime(ctx, world, data, time);
  // 提醒 → 交党费 → 12月8号上午: what it is about was said before when.
  return withTime(ctx, world, { ...data, text: contentIn(ctx.raw) }, null);
}

/** 提醒的内容是交问卷 says 交问卷. */
function contentIn(raw: string): string {
  const change = changeOf(raw.trim());
  if (change?.kind === 'reword') return change.text;
  return readWanted(raw, null).text || raw;
}

/** With all that is needed the reminder is made; else the next thing is asked. */
async function goOn(ctx: Context, world: ReminderWorld, data: ReminderFlow): Promise<Effect[]> {
  if (data.when === null) return ask(ctx, data, 'time', '请问什么时候提醒?');
  if (!ReminderFlow.shape.when.safeParse(data.when).success)
    return ask(ctx, { ...data, when: null }, 'time', '这个时间太远了,设不了。请换一个时间。');
  if (data.text.trim() === '') return ask(ctx, data, 'text', '请问提醒什么事?');
  if (isTooOften(data, ctx, world)) return ask(ctx, data, 'time', tooOften(data, ctx, world));
  if (data.when.kind === 'once' && data.when.at <= ctx.now)
    return ask(ctx, data, 'time', '这个时间已经过去了。请重新说一下什么时候提醒。');
  const owner = selfIn(ctx);
  const own = await ctx.read.findReminders({ owner: owner.account, isActive: true });
  if (own.length >= mostOf(ctx, world))
    return [
      replyText(`您已有 ${own.length} 条提醒,请先发送“我的提醒”取消不用的。`),
      setSession(sessionOn(ctx, {})),
    ];
  const id = reminderId(currentYear(ctx.now), await ctx.takeNumber(`reminder:${currentYear(ctx.now)}`));
  const text = cutText(data.text.trim(), TEXT_MAX);
  const reminder: Reminder = {
    id,
    version: 0,
    source: 'own',
    text,
    owner: { account: owner.account, name: owner.name, organization: owner.organization },
    to: data.to,
    when: data.when,
    said: data.said,
    late: 'send',
    isUrgent: world.rules.urgentWords.some((word) => ctx.raw.includes(word) || text.includes(word)),
    channel: 'message',
    status: 'active',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt: ctx.now,
  };
  return planned(ctx, world, reminder, '已设提醒');
}

/** The shortest interval, in minutes. */
const leastMinutes = ({ to }: ReminderFlow, ctx: Context, { rules }: ReminderWorld): number =>
  isOwn({ to, owner: selfIn(ctx) }) ? rules.everyMinutes : rules.othersEveryMinutes;

/** Nobody is called every few minutes, whatever the reason. */
function isTooOften(data: ReminderFlow, ctx: Context, world: ReminderWorld): boolean {
  const { when } = data;
  if (when?.kind !== 'recurring') return false;
  if (!/FREQ=(MINUTELY|HOURLY)/.test(when.rule.rrule) && when.rule.times.length < 2) return false;
  const first = nextAt(when, ctx.now, world.calendar);
  const second = first === null ? null : nextAt(when, first, world.calendar);
  return first !== null && second !== null && second - first < leastMinutes(data, ctx, world) * 60_000;
}

const tooOften = (data: ReminderFlow, ctx: Context, world: ReminderWorld): string =>
  `提醒的间隔不能少于${leastMinutes(data, ctx, world)}分钟。请重新说一下什么时候提醒。`;

/** Plans and says what was understood; also for a new time of an old one. */
export function planned(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  title: string,
  before: Effect[] = [],
): Effect[] {
  const outcome = tryApply(() => ({ ok: true as const, ...planEffects(reminder, ctx.now, world, ctx.now) }));
  if (!outcome.ok) return [replyText(outcome.reason), setSession(sessionOn(ctx, {}))];
  const { nextAt, ruleAt } = outcome.reminder;
  if (nextAt === null)
    return [
      replyText('这个时间以后没有可提醒的日子,没有设置。请换一个时间。'),
      setSession(sessionOn(ctx, {})),
    ];
  const notes = isOwn(reminder) || reminder.isUrgent ? [] : sparing(reminder, nextAt !== ruleAt);
  return [
    ...before,
    ...outcome.effects,
    replyCard(reminderCard(outcome.reminder, title, notes, ctx.now)),
    remember(ctx, reminder.id),
  ];
}

function sparing({ when }: Reminder, isMoved: boolean): string[] {
  if (isMoved) return ['原定时间在勿扰时段或节假日,已顺延;确需按原时间的,请在内容中写明“值班”或“含节假日”。'];
  return when.kind === 'recurring' ? ['只在工作日提醒;节假日也要提醒的,请在内容中写明“含节假日”。'] : [];
}

const flowEffect = (ctx: Context, data: ReminderFlow, asks: string): Effect =>
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks, data } }));

const ask = (ctx: Context, data: ReminderFlow, asks: string, question: string): Effect[] => [
  replyText(`${question}(回复“取消”可放弃)`),
  flowEffect(ctx, data, asks),
];

/** Past, impossible or ambiguous: what may have been meant stands on buttons. */
function askWhich(
  ctx: Context,
  data: ReminderFlow,
  time: Extract<TimeReading, { kind: 'unclear' }>,
): Effect[] {
  const possible = time.candidates.filter(({ at }) => isInstant(at));
  const buttons: Button[] = possible.map(({ label, at }) => ({
    id: 'rem-at',
    label,
    value: String(at),
  }));
  return [
    replyCard({
      title: '请确认时间',
      blocks: [{ kind: 'text', text: `${time.message}(也可以直接回复时间,回复“取消”可放弃)` }],
      buttons,
      picker: { id: 'rem-at', label: '选择其他时间' },
    }),
    flowEffect(ctx, { ...data, offered: possible.map(({ at }) => at) }, 'time'),
  ];
}
