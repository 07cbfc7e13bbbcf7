/** 提醒 (reminder): a rule that yields occurrences, and the ledger of those. */
import type { Conversation } from './chat.js';
import type { Person } from './domain.js';

/** Where a day off falls: 遇节假日顺延 `next`, 提前 `previous`, 除外 `skip`. */
export type WorkdayShift = 'none' | 'next' | 'previous' | 'skip';

/**
 * Days that RFC 5545 has no words for. They replace the days of `rrule`, which stays the nearest standard rule for
 * other programs; its BYMONTH, INTERVAL, COUNT and UNTIL hold for them as well.
 */
export type SpecialDays =
  /** Every working day by the State Council's calendar, 调休 weekends among them. */
  | { kind: 'workdays' }
  /** The nth working day of each month, week or year (FREQ); below zero from its end. */
  | { kind: 'nth-workday'; n: number }
  /** A festival, or `any` holiday with days off; `before` and `after`: the working day next to its days off. */
  | { kind: 'festival'; name: string; side: 'on' | 'before' | 'after' }
  /** A day of the lunar calendar; month null: of every lunar month. */
  | { kind: 'lunar'; month: number | null; day: number }
  /** The 29th to 31st are the last day of a shorter month: SKIP=BACKWARD of RFC 7529. */
  | { kind: 'last-if-short' };

export type Recurrence = {
  /** RFC 5545 RRULE value without DTSTART and times of day: `FREQ=MONTHLY;BYMONTHDAY=25`. */
  rrule: string;
  /** The first day of the rule (DTSTART), YYYY-MM-DD: INTERVAL and COUNT count from it. */
  from: string;
  /** Minutes since midnight, ascending. FREQ=HOURLY and MINUTELY count from the first one. */
  times: readonly number[];
  special?: SpecialDays;
  /** Applied to each day; `none` when absent. */
  shift?: WorkdayShift;
  /** The occurrence is so long before the day (after its shift). */
  lead?: { days?: number; workdays?: number };
  /** Days on which it does not come, YYYY-MM-DD, ascending: 这周五的不用提醒. */
  except?: readonly string[];
};

/** Before a deadline, on its day, and from the next day on by a rule, until somebody ends it. */
export type Deadline = {
  kind: 'deadline';
  /** YYYY-MM-DD; on a day off its own instant comes on the working day before. */
  date: string;
  /** So many working days before it, each one an instant. */
  workdaysBefore: number[];
  /** Minutes since midnight. */
  minutes: number;
  overdue: Recurrence;
};

/** `at` in ms since the epoch. */
export type When = { kind: 'once'; at: number } | { kind: 'recurring'; rule: Recurrence } | Deadline;

/**
 * Whom a reminder reaches; a unit is reached in its group or through those who do its work. First of these comes
 * `person`, by name, then who carries one of `rows` (`list/number`).
 */
export type Recipient =
  | { kind: 'person'; account: string; name: string; organization: string }
  | { kind: 'group'; conversation: Conversation }
  | { kind: 'unit'; organization: string; person?: string; rows?: string[] };
export type PersonRecipient = Extract<Recipient, { kind: 'person' }>;

/** Somebody by their first account; null where nobody has bound one. */
export function personRecipient({
  name,
  organization,
  accounts: [account],
}: Pick<Person, 'name' | 'organization' | 'accounts'>): PersonRecipient | null {
  return account === undefined ? null : { kind: 'person', account, name, organization };
}

/** own: set in a chat · duty: a recurring duty (职责) of the lists · measure: a rectification measure (整改措施). */
export type ReminderSource = 'own' | 'duty' | 'measure';

/** What happens to an occurrence whose time has passed while the bot was down. */
export type LatePolicy = 'send' | 'merge' | 'skip';

/** What has been reported about a measure; `by` says unit and name. */
export type Progress = { at: number; by: string; text: string };

/** 整改措施, of a reminder that was made from one: its number is the `reference`, its deadline `when`. */
export type Measure = {
  /** 方面: the heading under which the table has it. */
  aspect: string;
  text: string;
  /** Oldest first. */
  progress: Progress[];
  /** Null while it is open. */
  doneAt: number | null;
};

/** comes 参加 · leave 请假 · sends 派人 · seen 收到. */
export const NOTICE_ANSWERS = ['comes', 'leave', 'sends', 'seen'] as const;
export type NoticeAnswer = (typeof NOTICE_ANSWERS)[number];

/** 会议通知, 紧急通知: it goes out at once, and those it goes to answer it. Nothing else asks for receipts. */
export type Notice = {
  kind: 'meeting' | 'urgent';
  place: string;
  /** When the meeting begins, ms; null where nothing begins. */
  startsAt: number | null;
  /** 提前一小时再提醒: so many minutes before it; as the rules say when absent. */
  before?: number;
  /** The last word of each account. `text`: why not, or who comes instead. */
  answers: { account: string; name: string; answer: NoticeAnswer; text: string; at: number }[];
  /** When those who had not answered were called once more, ms; null before. */
  calledAt: number | null;
};

export type Reminder = {
  /** TX-2026-000001. */
  id: string;
  /** Counts commits; the store refuses one that is based on an older version. */
  version: number;
  source: ReminderSource;
  /** Id of the duty or number of the measure it was made from. */
  reference?: string;
  measure?: Measure;
  notice?: Notice;
  text: string;
  owner: { account: string; name: string; organization: string };
  to: Recipient[];
  when: When;
  /** The time as it was said: 每月25日, 周五下午三点. */
  said: string;
  late: LatePolicy;
  /** It may come outside working days and in quiet hours: its words say why. */
  isUrgent: boolean;
  /** message: at its instant · digest: in the morning's summary of that day. */
  channel: 'message' | 'digest';
  status: 'active' | 'ended' | 'cancelled';
  /** How often time or text were changed; occurrences planned before keep what they were. */
  edits: number;
  /** When it comes next, ms; null when nothing is planned. */
  nextAt: number | null;
  /** Since when it is paused, ms: nothing is planned until somebody resumes it. */
  pausedAt?: number;
  /** The instant of the rule from which `nextAt` was moved; the same where it was not. */
  ruleAt: number | null;
  createdAt: number;
};

export type NoticeReminder = Reminder & { notice: Notice };
export const isNotice = (reminder: Reminder): reminder is NoticeReminder => reminder.notice !== undefined;

/** Those who have not said anything. */
export const unanswered = ({ to, notice }: Pick<NoticeReminder, 'to' | 'notice'>): PersonRecipient[] =>
  to.flatMap((it) =>
    it.kind === 'person' && !notice.answers.some(({ account }) => account === it.account) ? [it] : [],
  );

export const OCCURRENCE_STATUSES = [
  'planned',
  'claimed',
  'sent',
  'acknowledged',
  'done',
  'snoozed',
  'skipped',
  'uncertain',
  'failed',
] as const;
export type OccurrenceStatus = (typeof OCCURRENCE_STATUSES)[number];

/** One attempt to reach somebody: `to` is a conversation key. */
export type Hop = {
  at: number;
  to: string;
  outcome: 'pending' | 'sent' | 'failed' | 'uncertain';
  reason?: string;
};

/** One due instant for one recipient. */
export type Occurrence = {
  /** `reminder@dueAt/n`: the same occurrence has the same id however often it is planned. */
  id: string;
  version: number;
  reminder: string;
  /** As it was planned: edits touch later occurrences only. */
  text: string;
  /** In ms since the epoch. */
  dueAt: number;
  to: Recipient;
  status: OccurrenceStatus;
  /** Why it was skipped, moved or failed. */
  reason?: string;
  /** Set when it is in the summary of that morning instead of a message of its own, YYYY-MM-DD. */
  digest?: string;
  isUrgent: boolean;
  hops: Hop[];
  /** When the status changed last, ms. */
  changedAt: number;
};

/** Nothing happens to these any more. */
const ENDS: ReadonlySet<OccurrenceStatus> = new Set(['done', 'snoozed', 'skipped', 'uncertain', 'failed']);
export const isOver = ({ status }: Pick<Occurrence, 'status'>): boolean => ENDS.has(status);

/** `n` says which recipient; with an `s` the person has put it off. */
export const occurrenceId = (reminder: string, dueAt: number, n: string): string =>
  `${reminder}@${dueAt}/${n}`;
export const reminderId = (year: number, n: number): string => `TX-${year}-${String(n).padStart(6, '0')}`;
