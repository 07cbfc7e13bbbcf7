/** What is read from a message, and what the rules hand to each other on the way. */
import type { Calendar } from '../../calendar/calendar.js';
import type { LocalDate } from '../../calendar/local.js';
import type { Recurrence } from '../../core/reminder.js';

/** `text` and `index`: the piece of the message it was read from. */
export type Place = { text: string; index: number };

export type Candidate = { label: string; at: number };
/** What is said of a time outside the years that are reckoned with. */
export const tooFar = (why: string): string => `${why},设置不了。请重新说一下时间。`;
export type UnclearReason = 'past' | 'impossible' | 'ambiguous' | 'no-calendar';

export type TimeReading =
  | ({ kind: 'instant'; at: number; isDeadline: boolean; isDateOnly: boolean } & Place)
  | ({ kind: 'range'; from: number; to: number } & Place)
  /** `at`: the next occurrence after now. `bounds`: what says from and until when, where it stands apart. */
  | ({ kind: 'recurrence'; rule: Recurrence; at: number; isDeadline: boolean; bounds?: Place[] } & Place)
  /** `message`: what is unclear, for the person who wrote it. */
  | ({ kind: 'unclear'; reason: UnclearReason; candidates: Candidate[]; message: string } & Place);

export type TimeOptions = { now: number; calendar: Calendar; purpose?: 'deadline' | 'reminder' | 'mention' };

/** `isMention`: nothing is to be set by it, so that a day that has passed is simply the coming one of its name. */
export type Scope = TimeOptions & { today: LocalDate; isMention: boolean };

/** Why a day cannot be told, with the days that may have been meant. */
export type DayProblem = { reason: UnclearReason; dates: LocalDate[]; message: string };

export type Day = {
  /** The day to be reminded on. */
  date: LocalDate;
  /** The day a deadline falls on: the last one of a period. */
  until: LocalDate;
  /** The same words one step further on (next week, month, year). */
  later: LocalDate[];
  /** What happens when it is past: `ask`, or `move` to `later[0]`; `move-unless-today` asks on the day itself. */
  past: 'ask' | 'move' | 'move-unless-today';
  /** Named without its year. */
  isYearly?: boolean;
  /** A bare 周三 said on a Wednesday means today only with a time of day. */
  isWeekday?: boolean;
  /** Time of day that the words bring along: 今晚, 明早. */
  minutes?: number;
  /** 内 is part of the words, or implied. */
  isDeadline?: boolean;
  /** The last day of "X前" where that is not the day itself: working days before a holiday. */
  before?: () => LocalDate;
  /** The days that "X前" may mean where a wrong guess would cost weeks: 12月前. */
  beforeProblem?: LocalDate[];
  /** The first day of "X后" where that is not the next day. */
  after?: () => LocalDate;
  /** Why `before` or `after` cannot be told: the year's holidays are not published. */
  beforeUnknown?: DayProblem | undefined;
  afterUnknown?: DayProblem | undefined;
  problem?: DayProblem;
};

/** A time of day, in minutes since midnight; more than 1440 is in the next night. */
export type Clock = {
  minutes: number;
  /** Bare "3点": the other reading, twelve hours on. */
  orElse?: number;
  /** Only a part of the day was named: where a deadline at it ends. */
  until?: number;
  /** 上午, 下午 …: what a second time without one inherits in a range. */
  part?: string;
  /** Too vague to set a time by: 凌晨. */
  isVague?: boolean;
};

/** A rule found at one place of the text. */
export type Hit<T> = { index: number; end: number; value: T };
