/** What is said to a reminder that is read back, as it would be said of one that stands: 改成九点半, 嗯 提前半小时叫我. */
import { personRecipient, type Recipient } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import { namedIn, parseTime } from '../../nlu/dates/parse.js';
import { calledFirst } from '../../organizations/recipients.js';
import { changed } from '../../reminders/change.js';
import type { Changed } from '../../reminders/change-time.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { changeOf, type Change } from '../../reminders/speech.js';
import type { ReminderFlow } from './flow-shapes.js';
import { isHypothesisAsked } from '../../text/frames.js';
import { newReminder } from './reminder-planned.js';
import { atPlace, withoutNotice } from './reminder-read-back.js';

/** `isSettled`: it was also said that it is wanted. */
export type Retold = { data: ReminderFlow; isSettled?: boolean } | { problem: string };

const FIRST_YES = /^(?:嗯+|哦|好的?|行|可以|对|要|是的?|那|不对|不是|错了)(?:啊|吧|的|呀)?[,\uff0c。\s]{1,3}/;
const CALLS = /(?:提醒|叫|喊|通知|说|吱)(?:我|俺|大家|他们|一[声下遍次])/;
/** 提醒我,提前一个小时. */
const CALL_FIRST =
  /^(?:要|得)?(?:提醒|叫|喊|通知)(?:我|俺|一下|一声){0,2}(?:吧)?[,\uff0c\s]{1,2}(?=(?:就|要)?(?:提前|提早|早))/;
const KINDS: ReadonlySet<string> = new Set(['reword', 'retime', 'shift', 'swap', 'append', 'person']);

/** Null: it is none of these. */
export function retold(ctx: Context, data: ReminderFlow, world: ReminderWorld): Retold | null {
  const { when } = data;
  if (when === null) return null;
  // 要是改到下午会不会太晚 is only asked.
  if (isHypothesisAsked(ctx.text)) return { data };
  const heard = ctx.raw.trim().replace(FIRST_YES, '');
  const words = heard.replace(CALL_FIRST, '');
  const options = { now: ctx.now, calendar: world.calendar };
  const read = changeOf(words) ?? hourIn(words, options);
  const isCalled = CALLS.test(heard);
  // So long before what it is about, which stays what was said.
  const change =
    read?.kind === 'shift' && isCalled
      ? { ...read, isLead: read.isLead ?? read.minutes + read.days < 0 }
      : read;
  if (!change || !KINDS.has(change.kind)) return null;
  const lead = change.kind === 'shift' && isCalled ? -change.minutes - change.days * 1440 : 0;
  // Of a notice what is earlier is the call before it begins.
  if (data.notice && lead > 0) return { data: { ...data, notice: { ...data.notice, before: lead } } };
  if (change.kind === 'shift' && change.isAdded) return null;
  const { text, to, said } = data;
  const outcome = changed(
    newReminder({ id: '', text, to, when, said, isUrgent: false }, ctx),
    change,
    options,
  );
  if (outcome.kind === 'problem') return { problem: outcome.message };
  if (outcome.kind === 'person') return toAnother(ctx, data, outcome, world);
  if (outcome.kind !== 'changed' || outcome.when.kind === 'deadline') return null;
  const told = outcome.when.kind === 'once' ? data : withoutNotice(data);
  return {
    data: { ...told, text: outcome.text, when: outcome.when, said: outcome.said },
    // Nobody had said before that it is to come.
    isSettled: data.isBare === true && isCalled,
  };
}

/** 上午十一点,就在我办公室: hour and place of a meeting, each in its clause; null where a clause says neither or one is unclear. */
export function bothTold(ctx: Context, data: ReminderFlow, world: ReminderWorld): ReminderFlow | null {
  const clauses = ctx.raw.split(/[,\uff0c。;\uff1b\s]+/).filter(Boolean);
  if (data.notice?.kind !== 'meeting' || clauses.length < 2) return null;
  let told = data;
  for (const raw of clauses) {
    const said = { ...ctx, raw, text: raw };
    const next = retold(said, told, world);
    if (next && 'problem' in next) return null;
    told = atPlace(raw, told, ctx) ?? next?.data ?? told;
  }
  return told === data ? null : told;
}

/** 九点半吧: the hour alone, of the day that was read back. */
function hourIn(words: string, options: { now: number; calendar: ReminderWorld['calendar'] }): Change | null {
  const time = parseTime(words, { ...options, purpose: 'mention' });
  const { day, clock } = namedIn(words, options);
  const isAlone =
    time !== null && words.replace(time.text, '').replace(/[吧了的就那还是啊呢,\uff0c。\s]/g, '') === '';
  return isAlone && clock && !day ? { kind: 'retime', about: '', time: time.text } : null;
}

/** 不是张三 是李四: the one for the other, of one alone whom it was for. */
function toAnother(
  ctx: Context,
  data: ReminderFlow,
  { words, how, from = '' }: Extract<Changed, { kind: 'person' }>,
  { directory }: ReminderWorld,
): Retold | null {
  const person = calledFirst(words, directory, ctx.person?.organization);
  const next = person && personRecipient(person);
  if (!next || how !== 'instead') return null;
  const isReplaced = (it: Recipient) => it.kind === 'person' && it.name !== '' && from.includes(it.name);
  const staying = data.to.filter((it) => !isReplaced(it));
  if (staying.length === data.to.length && data.to.length > 1) return null;
  return { data: { ...data, to: staying.length === data.to.length ? [next] : [...staying, next] } };
}
