/** What a store is asked for: conditions that must all hold. */
import type { OccurrenceStatus, ReminderSource } from './reminder.js';
import type { RequestKind } from './request.js';

/** Conditions that must all hold; without any, every request that is not archived. Newest first. */
export type RequestFilter = {
  /** Organization with an assignment that is waiting or signed. */
  assignedTo?: string;
  /** Organization with an assignment of any status. */
  everAssignedTo?: string;
  /** Organization among the callers. */
  calledBy?: string;
  /** `platform:id` among the callers. */
  account?: string;
  kind?: RequestKind;
  /** None of these kinds: they are not even counted. */
  without?: readonly RequestKind[];
  /** False: only ended ones that are not archived yet. */
  isOpen?: boolean;
  /** `dueAt` at or before this instant. */
  dueUntil?: number;
  /** Filed at or after, before. */
  from?: number;
  to?: number;
  /** Each of these stands in the text, the place, the matter or the number. */
  words?: string[];
  /** `list/number` of the evidence, of whatever edition. */
  row?: string;
};

/** Conditions that must all hold. Newest first. */
export type ReminderFilter = {
  /** `platform:id` of who set it. */
  owner?: string;
  /** One of the recipients: an account, a conversation key or a unit. */
  recipient?: string;
  source?: ReminderSource;
  reference?: string;
  isActive?: boolean;
};

/** Conditions that must all hold. By their due instants. */
export type OccurrenceFilter = {
  reminder?: string;
  /** An account, a conversation key or a unit. */
  recipient?: string;
  statuses?: OccurrenceStatus[];
  /** Due at or after, before. */
  from?: number;
  to?: number;
};
