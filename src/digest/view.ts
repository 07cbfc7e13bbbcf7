/** The morning's one message of a person: what waits, what is due today, what was gathered for it. Pure. */
import { formatDate, formatInstant, toLocal } from '../calendar/local.js';
import type { Card } from '../core/card.js';
import type { Occurrence } from '../core/reminder.js';
import type { Request } from '../core/request.js';
import { shorten } from '../text/shorten.js';

export type DigestParts = {
  /** Requests that the person has to sign or answer. */
  todo: Request[];
  /** Own requests that were answered and wait for a rating. */
  toRate: Request[];
  /** Duties, measures and merged reminders. */
  gathered: Occurrence[];
  /** The person's own reminders later today. */
  later: Occurrence[];
};

/** The reminder that a summary is an occurrence of. */
export const DIGEST = 'digest';

/** Lines of one kind; the rest is counted. */
const SHOWN = 6;
const TEXT_MAX = 30;

export const isEmptyDigest = ({ todo, toRate, gathered }: DigestParts): boolean =>
  todo.length + toRate.length + gathered.length === 0;

export function digestCard({ todo, toRate, gathered, later }: DigestParts, now: number): Card {
  const today = toLocal(now).date;
  const dueOn = (request: Request) => (request.dueAt === null ? '' : toLocal(request.dueAt).date);
  const overdue = todo.filter((it) => it.dueAt !== null && it.dueAt <= now);
  const dueToday = todo.filter((it) => it.dueAt !== null && it.dueAt > now && dueOn(it) === today);
  const counts = [
    todo.length > 0 ? `待办 ${todo.length} 件` : '',
    dueToday.length > 0 ? `今日到期 ${dueToday.length} 件` : '',
    overdue.length > 0 ? `已超过时限 ${overdue.length} 件` : '',
    toRate.length > 0 ? `待评价 ${toRate.length} 件` : '',
    gathered.length > 0 ? `提醒 ${gathered.length} 条` : '',
  ].filter(Boolean);
  const urgentFirst = [...todo].sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity));
  const lines = [
    ...listed(urgentFirst, (it) => {
      const due = it.dueAt === null ? '' : `(时限${formatInstant(it.dueAt, now)})`;
      return `${it.number} ${shorten(it.text, TEXT_MAX)}${due}`;
    }),
    ...listed(toRate, (it) => `${it.number} 已答复,请评价:${shorten(it.text, TEXT_MAX)}`),
    ...listed(gathered, (it) => it.text),
    ...listed(later, (it) => `${formatInstant(it.dueAt, now)} ${shorten(it.text, TEXT_MAX)}`),
  ];
  return {
    title: `今日提要 · ${formatDate(today, now)}`,
    blocks: [
      { kind: 'text', text: `${counts.join('、')}。` },
      ...lines.map((text) => ({ kind: 'text' as const, text })),
    ],
    buttons:
      todo.length > 0
        ? [{ id: 'req-list', label: '待我办理', value: 'todo', style: 'primary' as const }]
        : [],
  };
}

const listed = <T>(items: T[], lineOf: (item: T) => string): string[] => [
  ...items.slice(0, SHOWN).map(lineOf),
  ...(items.length > SHOWN ? [`……另有 ${items.length - SHOWN} 件`] : []),
];
