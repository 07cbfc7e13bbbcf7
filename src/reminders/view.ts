/** Reminders in words and cards. Pure. */
import { formatInstant } from '../calendar/local.js';
import { recurrenceWords } from '../nlu/dates/words.js';
import type { Button, Card } from '../core/card.js';
import type { Notice, Occurrence, Recipient, Reminder } from '../core/reminder.js';
import { answerButtons, noticeFields, noticeText, titleOf } from './notice-view.js';
import type { Way } from './reach.js';
import type { Reply } from '../core/chat.js';

export const REMINDER_ACTIONS = {
  done: 'rem-done',
  hour: 'rem-hour',
  morning: 'rem-morning',
  other: 'rem-other',
  stop: 'rem-stop',
  edit: 'rem-edit',
  cancel: 'rem-cancel',
} as const;

export function whenText(
  { when, said, pausedAt }: Pick<Reminder, 'when' | 'said' | 'pausedAt'>,
  now: number,
): string {
  const paused = pausedAt === undefined ? '' : '(已暂停)';
  if (when.kind === 'once') return `${formatInstant(when.at, now)}${paused}`;
  return `${when.kind === 'recurring' ? recurrenceWords(when.rule, now) : said}${paused}`;
}

/** `group`: what the group is called where it is spoken of. */
export function recipientText(to: Recipient, account?: string, group = '本群'): string {
  switch (to.kind) {
    case 'person':
      return to.account === account ? '您本人' : `${to.organization} ${to.name}`;
    case 'group':
      return group;
    case 'unit':
      return to.organization;
  }
}

const SHOWN_RECIPIENTS = 4;
export function recipientsText(to: readonly Recipient[], account?: string, group?: string): string {
  const shown = to.slice(0, SHOWN_RECIPIENTS).map((it) => recipientText(it, account, group));
  const count = to.every((it) => it.kind === 'person') ? '人' : '个单位';
  return shown.join('、') + (to.length > shown.length ? `等 ${to.length} ${count}` : '');
}

/** What a person or group gets at the instant. */
export function occurrenceReply(
  occurrence: Occurrence,
  owner: Reminder['owner'] | null,
  way: Way,
  { isRecurring, lateFor, why }: { isRecurring: boolean; lateFor: number | null; why: string },
  now: number,
): Reply {
  const { to, text, dueAt, id, reason } = occurrence;
  const isOwners = to.kind === 'person' && to.account === owner?.account;
  const by = owner && !isOwners ? `由${owner.organization} ${owner.name} 设置` : '';
  const late = lateFor === null ? '' : `迟到:原定${formatInstant(dueAt, now)}`;
  const notes = [late, reason ? `${reason},顺延至今` : '', why, by].filter(Boolean).join(';');
  const forWhom = way.forWhom ? `(请转告${way.forWhom})` : '';
  // A group is not asked to report back: no buttons, no 接龙. Nor may a deputy answer for the person.
  if (to.kind === 'group' || !way.conversation.isDirect || way.forWhom)
    return {
      text: [`提醒${forWhom}:${text}`, notes && `(${notes})`].filter(Boolean).join('\n'),
      ...(way.mention && { mention: way.mention }),
    };
  const card: Card = {
    title: lateFor === null ? '提醒' : '提醒(迟到)',
    blocks: [{ kind: 'text', text }, ...(notes ? [{ kind: 'source' as const, text: notes }] : [])],
    buttons: [
      { id: REMINDER_ACTIONS.done, label: '完成', value: id, style: 'primary' },
      { id: REMINDER_ACTIONS.hour, label: '1小时后', value: id },
      { id: REMINDER_ACTIONS.morning, label: '下个工作日早上', value: id },
      { id: REMINDER_ACTIONS.other, label: '改时间', value: id },
      ...(isRecurring ? [{ id: REMINDER_ACTIONS.stop, label: '不再提醒', value: id }] : []),
    ],
  };
  return { card };
}

/** A notice, or its recall; who has answered is not asked again. */
export function noticeReply(
  occurrence: Occurrence,
  reminder: Reminder & { notice: Notice },
  way: Way,
  now: number,
): Reply {
  const { notice, owner, when } = reminder;
  const { to, id, dueAt, text } = occurrence;
  const isRecall = when.kind === 'once' && when.at === dueAt;
  const title = isRecall && notice.kind === 'meeting' ? '会前提醒' : titleOf(notice);
  const by = `由${owner.organization} ${owner.name} 通知`;
  if (!way.conversation.isDirect || way.forWhom)
    return {
      text: `${title}${way.forWhom ? `(请转告${way.forWhom})` : ''}:${noticeText({ text, notice }, now)}\n(${by})`,
      ...(way.mention && { mention: way.mention }),
    };
  const isAnswered = to.kind === 'person' && notice.answers.some(({ account }) => account === to.account);
  const blocks: Card['blocks'] = [...noticeFields({ text, notice }, now), { kind: 'source', text: by }];
  return { card: { title, blocks, buttons: isAnswered ? [] : answerButtons(notice, id) } };
}

/** The answer to what was set or changed. */
export function reminderCard(reminder: Reminder, title: string, notes: string[], now: number): Card {
  const { when, nextAt, to, owner, text, id } = reminder;
  return {
    title,
    blocks: [
      { kind: 'field', label: '内容', text },
      { kind: 'field', label: '时间', text: whenText(reminder, now) },
      ...(when.kind === 'recurring' && nextAt !== null
        ? [{ kind: 'field' as const, label: '下次', text: formatInstant(nextAt, now) }]
        : []),
      { kind: 'field', label: '提醒', text: recipientsText(to, owner.account) },
      ...notes.map((note) => ({ kind: 'text' as const, text: note })),
      { kind: 'source', text: id },
    ],
    buttons: [
      { id: REMINDER_ACTIONS.edit, label: '改时间', value: id },
      { id: REMINDER_ACTIONS.cancel, label: '取消提醒', value: id },
    ],
  };
}

/** Of a meeting when it begins, and when it is recalled. */
function listedWhen(reminder: Reminder, now: number): string {
  const { notice, when } = reminder;
  if (!notice?.startsAt || when.kind !== 'once') return whenText(reminder, now);
  const recall = when.at < notice.startsAt ? `(${formatInstant(when.at, now)}再提醒)` : '';
  return `${formatInstant(notice.startsAt, now)}${notice.place && `,${notice.place}`}${recall}`;
}

/** When what comes again comes next. */
const nextText = ({ when, nextAt }: Reminder, now: number): string =>
  when.kind === 'recurring' && nextAt !== null ? `,下次${formatInstant(nextAt, now)}` : '';

const PER_LIST = 8;
/** Active reminders, each with a button to take it back. In a group only what comes to that group is listed. */
export function reminderListCard(
  reminders: Reminder[],
  account: string,
  now: number,
  { isGroup = false } = {},
): Card {
  const shown = reminders.slice(0, PER_LIST);
  const cancel = (reminder: Reminder, i: number): Button => ({
    id: REMINDER_ACTIONS.cancel,
    label: `取消第${i + 1}条`,
    value: reminder.id,
  });
  return {
    title: `${isGroup ? '本群的提醒' : '我的提醒'} · ${reminders.length} 条`,
    blocks: [
      ...shown.map((it, i) => ({
        kind: 'text' as const,
        text: `${i + 1}. ${listedWhen(it, now)}${nextText(it, now)} ${it.text}(${recipientsText(it.to, account, isGroup ? '本群' : '群里')};${it.id})`,
      })),
      ...(reminders.length === 0
        ? [{ kind: 'text' as const, text: '目前没有提醒。可以直接说,例如“周五下午三点提醒我交低保报表”。' }]
        : []),
      ...(reminders.length > shown.length
        ? [
            {
              kind: 'text' as const,
              text: `另有 ${reminders.length - shown.length} 条,可发送“导出日历”查看全部。`,
            },
          ]
        : []),
      ...(isGroup
        ? [{ kind: 'source' as const, text: '您自己的提醒请在与机器人的私聊中发送“我的提醒”查看。' }]
        : []),
    ],
    buttons: [
      ...shown.flatMap((it, i) => (it.owner.account === account ? [cancel(it, i)] : [])),
      ...(reminders.length > 0 ? [{ id: 'rem-ics', label: '导出日历' }] : []),
    ],
  };
}
