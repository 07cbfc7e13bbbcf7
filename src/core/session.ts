/** What one person and the bot spoke of last, and the dialogue they are in. */
import type { RowRef } from './domain.js';
import type { Reminder } from './reminder.js';
import { conversationKey, type Action, type Heard } from './chat.js';

/** What one person and the bot spoke of last in one conversation; follow-ups and numbered choices read it. */
export type Session = {
  /** In ms since the epoch; older than SESSION_TTL_MS means forgotten. */
  updatedAt: number;
  /** The question the shown rows answer. */
  question?: string;
  /** The row of the last answer. */
  focus?: RowRef;
  /** What was asked before, the last first, with the row of its answer or those that were offered: 回到补课班那个 is of one of them. */
  spoken?: { question: string; rows: RowRef[] }[];
  /** Rows offered by buttons, in the order shown. */
  offered: RowRef[];
  /** Set while the bot waits for a choice among `offered`: the one flow in which plain group talk is heard. */
  isChoosing: boolean;
  /** The last structured listing, so that "下一页" goes on. */
  listing?: { filter: Record<string, string>; page: number };
  /** The request spoken of last, so that "签收" alone means it. */
  request?: string;
  /** The requests shown last in a list; `at` as that of `reminders`: 哪家的 is asked of each. */
  cases?: { shown: string[]; at: number };
  /** The reminder spoken of last. */
  reminder?: string;
  /** The reminders shown last, in their order; `at` is `updatedAt` while nothing else was spoken of since; `from`: of which day. */
  reminders?: { shown: string[]; at: number; from?: number };
  /** What a reminder was before it was changed last, and how often it had been changed then: 改回原来那样. */
  reminderBefore?: Pick<Reminder, 'id' | 'when' | 'said' | 'text' | 'to' | 'edits'> & {
    /** The one that was made of one of its times. */
    made?: string;
  };
  /** A reminder for somebody who may not be reminded: 那就提醒我 is of its time; `at` as that of `reminders`. */
  refusedReminder?: { text: string; time: string; at: number };
  /** Whom to call, said last because of a danger: 就讲现在干啥 asks for it again. */
  danger?: { line: string; at: number; told?: string };
  /** The statistics shown last, as their button names them, and the figure that was asked for; `at` is `updatedAt` while nothing else was spoken of since. */
  statistics?: { shown: string; at: number; figure?: string };
  /** What of the duty roster was asked last: 明晚呢, 电话多少 go on from it; `at` as that of `reminders`. */
  roster?: { units: string[]; day?: string; part?: 'now' | 'day' | 'night'; names: string[]; at: number };
  /** What the bot is asking this person for; the next message of the person is the answer. */
  flow?: Flow;
  /** A draft that was left open for longer than a session lasts; it is offered again once. */
  left?: { flow: Flow; isOffered: boolean };
  /** A late message that would act; it acts when the person confirms. */
  late?: { text: string } | { action: Action['action'] };
};

/** Where everybody sees what was answered: a group, and the one screen of a terminal. Null for a chat with one person. */
export function roomKeyOf({ conversation }: Pick<Heard, 'conversation'>): string | null {
  if (conversation.platform === 'console') return 'console|*';
  return conversation.isDirect ? null : `${conversationKey(conversation)}|*`;
}

/** What a colleague may follow up on: the row that was answered, nothing that was said to one person alone. */
export const shownOf = ({ updatedAt, question, focus }: Session): Session | null =>
  focus === undefined
    ? null
    : { updatedAt, focus, offered: [], isChoosing: false, ...(question !== undefined && { question }) };

/** The button that lets a late message act after all (middleware/late.ts). */
export const LATE_GO = 'late-go';

/**
 * A dialogue of several steps. `intent` hears what the person says next; `data` is its own, as JSON. A draft is work that the
 * person would not want to do again.
 */
type Flow = { intent: string; asks: string; data: Record<string, unknown>; isDraft?: boolean };

const SPOKEN_MAX = 4;
const QUESTION_MAX = 80;
const OFFERED_MAX = 3;

/** A session with what was asked before it, where it speaks of something else. */
export function withSpoken(next: Session, before: Session | null): Session {
  const { question = '', focus, offered = [], spoken = [] } = before ?? {};
  const rows = focus === undefined ? offered.slice(0, OFFERED_MAX) : [focus];
  const isLeft =
    rows.length > 0 && (focus !== next.focus || (focus === undefined && question !== next.question));
  if (!isLeft) return spoken.length > 0 ? { ...next, spoken } : next;
  const left = { question: question.slice(0, QUESTION_MAX), rows };
  const others = spoken.filter((it) => it.rows.join() !== rows.join());
  return { ...next, spoken: [left, ...others].slice(0, SPOKEN_MAX) };
}

/** What outlasts a session: the draft that it held. */
export function leftOf(expired: Session, now: number): Session | null {
  const flow = expired.flow?.isDraft ? expired.flow : undefined;
  const left = flow ? { flow, isOffered: false } : expired.left;
  return left && !left.isOffered ? { updatedAt: now, offered: [], isChoosing: false, left } : null;
}

/** As it would be with no dialogue open. */
export function withoutFlow({ session, now }: { session: Session | null; now: number }): Session {
  const { flow: _flow, ...rest } = session ?? { updatedAt: now, offered: [], isChoosing: false };
  return rest;
}
