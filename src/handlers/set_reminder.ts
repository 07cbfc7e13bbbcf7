/** A reminder from a sentence: whom, when, what; what is missing or unclear is asked, nothing is guessed. */
import { replyText, setSession } from '../core/effects.js';
import { reminderId } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { toLocal } from '../calendar/local.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { isBare, readWanted } from '../reminders/parse.js';
import { WHO_MAY, whyNotRemind } from '../reminders/permissions.js';
import { accountText, actorIn, currentYear, requestWorldOf, sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import { ReminderFlow } from './shared/flow-shapes.js';
import { AGAIN, flowData } from './shared/flows.js';
import { ownAlone, recipientsOf } from './shared/reminder-called.js';
import { whenOfRequest } from './shared/reminder-of-request.js';
import { filledIn } from '../nlu/filled.js';
import { fillReminder, isSetAlready, REMINDER_FORM } from './shared/reminder-form.js';
import { selfIn, speakerIn } from './shared/reminders.js';
import { comingOf } from './shared/which-time.js';
import { isTooOften, mostOf, newReminder, planned, tooOften, urgencyOf } from './shared/reminder-planned.js';
import { onOffered, pickOffered } from '../reminders/offered.js';
import { otherPeople } from './shared/reminder-people.js';
import { bothTold, retold } from './shared/reminder-retold.js';
import { severalIn } from '../reminders/several.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { eventLeadIn } from '../reminders/event-lead.js';
import { ask, askWhich, readBack, SET_REMINDER } from './shared/reminder-asks.js';
import { withKnownHalf } from './shared/reminder-half.js';
import { askWhom, refusedFor, stop, whomIn } from './shared/reminder-whom.js';
import {
  againOf,
  hourAsked,
  hourIn,
  onItsDay,
  plainMatter,
  read,
  readAgain,
  readOn,
  readSaid,
  soon,
  saidMatter,
  timeSaid,
  withMatter,
  withoutSlip,
} from './shared/reminder-when.js';
import { isMeetingNotice, noticeIn, recallIn } from '../reminders/notice.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { cutText } from '../text/cut.js';
import { tokenOf } from '../text/token.js';
import { setNotice } from './shared/reminder-notice.js';
import {
  atPlace,
  contentIn,
  GO,
  isBeside,
  isToBeRead,
  noticeOf,
  notSo,
  STOP,
  toldIn,
  WANTS_IT,
  withoutNotice,
} from './shared/reminder-read-back.js';

const TEXT_MAX = 300;

export function createSetReminder(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const world = reminderWorldOf(deps);
    const { action = '', value = '' } = ctx.match.slots;
    if (mostOf(ctx, world) === 0)
      return stop(ctx, '您的账号尚未绑定人员,不能设置提醒。发送“绑定”可查看办理方法。');
    if (action === 'who-may') return [replyText(WHO_MAY)];
    const flow = flowData(ctx, SET_REMINDER, ReminderFlow);
    if (flow?.whom !== undefined && (ctx.match.via === 'flow' || action === 'said' || action === AGAIN)) {
      const whom = whomIn(ctx, world, flow);
      return 'raw' in whom ? start({ ...ctx, raw: whom.raw }, world, deps, undefined) : whom.effects;
    }
    if (action === REMINDER_FORM) return filled(ctx, world, flow);
    if (action === 'rem-at') {
      if (!flow) return [replyText('这次设置已失效,请重新说一下要提醒什么、什么时候提醒。')];
      return goOn(ctx, world, { ...flow, when: { kind: 'once', at: Number(value) } });
    }
    if (action === 'rem-set')
      return flow && value === tokenOf(toldIn(flow)) && ctx.session?.flow?.asks === CONFIRM
        ? goOn(ctx, world, flow, true)
        : [replyText('这次设置已失效,没有设置。请重新说一下要提醒什么、什么时候提醒。')];
    if (action === AGAIN && flow && ctx.session?.flow?.asks === CONFIRM) return readBack(ctx, world, flow);
    if (action === AGAIN && flow) return [replyText(againOf(flow, ctx))];
    if (flow && (ctx.match.via === 'flow' || action === 'said'))
      return said(ctx, world, flow, ctx.session?.flow?.asks ?? '');
    const onDay = await onItsDay({ ...ctx, raw: withoutSlip(ctx, world) }, world);
    const raw = await withKnownHalf({ ...ctx, raw: onDay }, world);
    const recall = recallIn(raw);
    return start({ ...ctx, raw: recall ? recall.rest : raw }, world, deps, recall?.before);
  };
}

/** What is said whole. `before`: of a notice, how long before it is recalled. */
async function start(
  given: Context,
  world: ReminderWorld,
  deps: HandlerDeps,
  before: number | undefined,
): Promise<Effect[]> {
  // Of a notice the hour is that of the meeting itself.
  const event = isMeetingNotice(given.raw) ? null : eventLeadIn(given.raw, read(given, world, given.raw));
  const ctx = event ? { ...given, raw: event.kind === 'timed' ? event.raw : event.rest } : given;
  const several = severalIn(ctx.raw);
  if (several && !ctx.match.slots['action']) {
    const all = await setAll(ctx, world, several);
    if (all) return all;
  }
  const byRequest = await whenOfRequest(ctx, actorIn(ctx, requestWorldOf(deps)));
  if (byRequest && 'effects' in byRequest) return byRequest.effects;
  const time = byRequest?.time ?? timeSaid(ctx, world);
  const { to, text, problem, whole, unbound, unknown } = recipientsOf(ctx, world, readWanted(ctx.raw, time));
  if (problem !== undefined) return stop(ctx, problem);
  if (unknown !== undefined) return askWhom(ctx, given.raw, unknown);
  const notice = ctx.update.conversation.isDirect ? noticeIn(ctx.raw, to, accountText(ctx)) : null;
  const isTimed = time !== null;
  const { name, length, day } = event?.kind === 'untimed' ? event : { name: '', length: '', day: '' };
  const data: ReminderFlow = {
    ...{ text: (byRequest?.text ?? saidMatter(text)) || name, to, when: null, said: '' },
    ...(name !== '' && { event: { name, length, day } }),
    ...(whole !== undefined && { whole }),
    ...(unbound && { unbound }),
    ...(ctx.match.via !== 'command' && isBare(given.raw) && { isBare: true }),
    ...(notice && { notice: { ...notice, isTimed, ...(before !== undefined && { before }) } }),
  };
  const refused = whyNotRemind(to, speakerIn(ctx, world));
  if (refused) {
    const own = ownAlone(data, ctx);
    return own
      ? [...(await withTime(ctx, world, own, time)), replyText(`只提醒您本人。${refused}`)]
      : refusedFor(ctx, refused, data.text, time);
  }
  // 紧急通知 without an hour: it is recalled when it is called once more.
  if (notice?.kind === 'urgent' && !time)
    return goOn(ctx, world, { ...data, said: '立即', when: { kind: 'once', at: soon(ctx, world) } });
  return withTime(ctx, world, data, time);
}

/** All of it at once; without a dialogue it is one's own, or the group's. */
async function filled(ctx: Context, world: ReminderWorld, flow: ReminderFlow | null): Promise<Effect[]> {
  const { to } = recipientsOf(ctx, world, readWanted('', null));
  const data: ReminderFlow = flow ?? { text: '', to, when: null, said: '' };
  const read = fillReminder(ctx, data, filledIn(ctx.match), world);
  if ('problem' in read) return ask(ctx, world, data, 'time', read.problem);
  if (flow === null && (await isSetAlready(ctx, read.data)))
    return [replyText('这条提醒已经设好,没有重复设置。')];
  return goOn(ctx, world, read.data);
}

/** 明早九点提醒我带合同,周四下午提醒我还车: each of them, where all are clear. */
async function setAll(ctx: Context, world: ReminderWorld, parts: string[]): Promise<Effect[] | null> {
  const effects: Effect[] = [];
  let day: string | null = null;
  for (const raw of parts) {
    const time = readOn(day, ctx, world, raw);
    if (time?.kind === 'instant') day = toLocal(time.at).date;
    const { to, text, problem, unknown } = recipientsOf({ ...ctx, raw }, world, readWanted(raw, time));
    const isSet = time && time.kind !== 'unclear' && (problem ?? unknown) === undefined && text.trim() !== '';
    if (!isSet || whyNotRemind(to, speakerIn(ctx, world))) return null;
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

function withTime(
  ctx: Context,
  world: ReminderWorld,
  data: ReminderFlow,
  time: TimeReading | null,
): Promise<Effect[]> {
  if (data.event) return Promise.resolve(ask(ctx, world, data, 'time', hourAsked(data.event)));
  if (!time)
    return Promise.resolve(
      ask(ctx, world, data, 'time', '请问什么时候提醒?例如“周五下午三点”“每月25日上午”。'),
    );
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
      return goOn(ctx, world, {
        ...withoutNotice(data),
        said: time.text,
        when: { kind: 'recurring', rule: time.rule },
      });
  }
}

function said(ctx: Context, world: ReminderWorld, data: ReminderFlow, asks: string): Promise<Effect[]> {
  if (isCancel(ctx.text) && !(asks === CONFIRM && notSo(ctx)))
    return Promise.resolve(stop(ctx, '好的,已取消,没有设置提醒。'));
  if (asks === CONFIRM) return Promise.resolve(confirmed(ctx, world, data));
  if (data.event) {
    const { event, ...rest } = data;
    const time = hourIn(ctx, world, event);
    return withTime(ctx, world, time ? rest : data, time);
  }
  const isTime = ctx.match.slots['value'] === 'time';
  if (asks === 'text' && !isTime) return goOn(ctx, world, withMatter(ctx, world, data));
  const options = { now: ctx.now, calendar: world.calendar, said: data.said };
  const picked = pickOffered(ctx.text, data.offered ?? [], options);
  if (picked !== null) return goOn(ctx, world, { ...data, when: { kind: 'once', at: picked } });
  const time = onOffered(ctx.text, data.offered ?? [], options) ?? readSaid(ctx, world, data.said);
  // 提醒 → 12月9号上午九点,盖章; 提醒 → 交党费 → 12月8号上午: what it is about is said beside when, or before.
  const matter = time ? recipientsOf(ctx, world, readWanted(ctx.raw, time)).text : '';
  const text = data.text || plainMatter(matter);
  if (time || text !== '') return withTime(ctx, world, { ...data, text }, time);
  return withTime(ctx, world, { ...data, text: contentIn(ctx.raw) }, null);
}

/** What is said to what was read back: yes, no, another time, somebody less or more. */
function confirmed(ctx: Context, world: ReminderWorld, data: ReminderFlow): Promise<Effect[]> | Effect[] {
  if (isYes(ctx.text) || GO.test(ctx.text) || (data.isBare && WANTS_IT.test(ctx.text)))
    return goOn(ctx, world, data, true);
  // 陈丙不用,她交过了 is said of one of them; what stands stays.
  const others = otherPeople(ctx.raw, data, world);
  if (others) {
    const refused = whyNotRemind(others, speakerIn(ctx, world));
    const next = readBack(ctx, world, refused ? data : { ...data, to: others });
    return refused ? [replyText(refused), ...next] : next;
  }
  const so = notSo(ctx);
  if (so) return confirmed(so, world, data);
  if (isNo(ctx.text) || STOP.test(ctx.text))
    return [replyText('好的,没有设置,也没有通知任何人。'), setSession(sessionOn(ctx, {}))];
  const placed = atPlace(ctx.raw, data, ctx) ?? bothTold(ctx, data, world);
  if (placed) return readBack(ctx, world, placed);
  const told = retold(ctx, data, world);
  if (told && 'problem' in told) return [replyText(told.problem), ...readBack(ctx, world, data)];
  if (told) return told.isSettled ? goOn(ctx, world, told.data, true) : readBack(ctx, world, told.data);
  const time = data.isBare && isBeside(ctx.raw) ? null : readAgain(ctx, world, data);
  return time ? withTime(ctx, world, data, time) : readBack(ctx, world, data);
}

/** With all that is needed the reminder is made; else the next thing is asked. */
async function goOn(
  ctx: Context,
  world: ReminderWorld,
  data: ReminderFlow,
  isConfirmed = false,
): Promise<Effect[]> {
  if (data.when === null) return ask(ctx, world, data, 'time', '请问什么时候提醒?');
  if (!ReminderFlow.shape.when.safeParse(data.when).success)
    return ask(ctx, world, { ...data, when: null }, 'time', '这个时间太远了,设不了。请换一个时间。');
  if (data.text.trim() === '') return ask(ctx, world, data, 'text', '请问提醒什么事?');
  if (isTooOften(data, ctx, world)) return ask(ctx, world, data, 'time', tooOften(data, ctx, world));
  if (data.when.kind === 'once' && data.when.at <= ctx.now)
    return ask(ctx, world, data, 'time', '这个时间已经过去了。请重新说一下什么时候提醒。');
  const owner = selfIn(ctx);
  const own = await ctx.read.findReminders({ owner: owner.account, isActive: true });
  if (own.length >= mostOf(ctx, world))
    return stop(ctx, `您已有 ${own.length} 条提醒,请先发送“我的提醒”取消不用的。`);
  if (!isConfirmed && isToBeRead(data, speakerIn(ctx, world))) return readBack(ctx, world, data);
  const id = reminderId(currentYear(ctx.now), await ctx.takeNumber(`reminder:${currentYear(ctx.now)}`));
  const text = cutText(data.text.trim(), TEXT_MAX);
  const isUrgent = urgencyOf(data, ctx, world) === 'urgent';
  const reminder = newReminder({ id, text, to: data.to, when: data.when, said: data.said, isUrgent }, ctx);
  const notice = noticeOf(data);
  return notice ? setNotice(ctx, world, reminder, notice) : planned(ctx, world, reminder, '已设提醒');
}
