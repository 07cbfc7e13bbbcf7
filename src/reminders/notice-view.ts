/** Notices in words and cards. Pure. */
import { formatInstant } from '../calendar/local.js';
import type { Button, Card } from '../core/card.js';
import {
  unanswered,
  type Notice,
  type NoticeReminder,
  type Recipient,
  type Reminder,
} from '../core/reminder.js';

export const NOTICE_ACTIONS = {
  comes: 'notice-comes',
  leave: 'notice-leave',
  sends: 'notice-sends',
  seen: 'notice-seen',
  who: 'notice-who',
  again: 'notice-again',
} as const;

export const titleOf = ({ kind }: Pick<Notice, 'kind'>): string =>
  kind === 'meeting' ? '会议通知' : '紧急通知';

type Told = Pick<Reminder, 'text'> & { notice: Notice };

/** 开碰头会(12月3日(周四)15:00,二楼会议室). */
export function noticeText({ text, notice: { startsAt, place } }: Told, now: number): string {
  const facts = [startsAt === null ? '' : formatInstant(startsAt, now), place].filter(Boolean).join(',');
  return `“${text}”${facts && `(${facts})`}`;
}

export const noticeFields = ({ text, notice: { startsAt, place } }: Told, now: number): Card['blocks'] => [
  { kind: 'field', label: '内容', text },
  ...(startsAt === null
    ? []
    : [{ kind: 'field' as const, label: '时间', text: formatInstant(startsAt, now) }]),
  ...(place ? [{ kind: 'field' as const, label: '地点', text: place }] : []),
];

/** What may be answered to it, as buttons of its occurrence. */
export const answerButtons = ({ kind }: Notice, occurrence: string): Button[] =>
  kind === 'urgent'
    ? [{ id: NOTICE_ACTIONS.seen, label: '收到', value: occurrence, style: 'primary' }]
    : [
        { id: NOTICE_ACTIONS.comes, label: '参加', value: occurrence, style: 'primary' },
        { id: NOTICE_ACTIONS.leave, label: '请假', value: occurrence },
        { id: NOTICE_ACTIONS.sends, label: '派人', value: occurrence },
      ];

/** All of them: several of one unit under its name. */
export function namesText(to: readonly Recipient[], own: string): string {
  const units = new Map<string, string[]>();
  for (const it of to) {
    const unit = it.kind === 'person' && it.organization !== own ? it.organization : '';
    const name = it.kind === 'person' ? it.name : it.kind === 'unit' ? it.organization : '本群';
    units.set(unit, [...(units.get(unit) ?? []), name]);
  }
  const lists = [...units].map(([unit, names]) => (unit ? `${unit} ${names.join('、')}` : names.join('、')));
  const count = to.every((it) => it.kind === 'person') ? '人' : '个';
  return `${lists.join(';')}${to.length > 1 ? `(共 ${to.length} ${count})` : ''}`;
}

const LABELS: readonly [Notice['answers'][number]['answer'], string][] = [
  ['comes', '参加'],
  ['sends', '派人'],
  ['leave', '请假'],
  ['seen', '已收到'],
];

/** For who sent it: what came back, and who has said nothing. */
export function receiptCard(reminder: NoticeReminder, now: number): Card {
  const { notice, to, id, owner } = reminder;
  const left = unanswered(reminder);
  const said = LABELS.flatMap(([answer, label]) => {
    const those = notice.answers.filter((it) => it.answer === answer);
    const names = those.map(({ name, text }) => (text ? `${name}(${text})` : name));
    return those.length > 0
      ? [{ kind: 'field' as const, label, text: `${those.length} 人:${names.join('、')}` }]
      : [];
  });
  const isOpen = notice.startsAt === null || now < notice.startsAt;
  const canCall = left.length > 0 && notice.calledAt === null && isOpen && reminder.status !== 'cancelled';
  return {
    title: `${titleOf(notice)} · 已回复 ${to.length - left.length}/${to.length}`,
    blocks: [
      ...noticeFields(reminder, now),
      ...said,
      {
        kind: 'field',
        label: '未回复',
        text: left.length === 0 ? '没有' : namesText(left, owner.organization),
      },
      ...(left.length > 0 && notice.calledAt !== null
        ? [{ kind: 'text' as const, text: '未回复的已再通知过一次,不再重复通知,可直接电话联系。' }]
        : []),
      { kind: 'source', text: id },
    ],
    buttons: canCall ? [{ id: NOTICE_ACTIONS.again, label: '再通知未回复的', value: id }] : [],
  };
}
