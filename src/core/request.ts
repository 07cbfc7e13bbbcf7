/** The words of 乡呼县应: a request, its assignments, the log it is made of. Shapes only; what may happen is in `requests/`. */
import type { Responsibility, RowRef } from './domain.js';
import type { Attachment, Conversation } from './chat.js';

/**
 * call 呼叫 · confer 会商 · dispatch 执法调度 · ruling 裁定 · advice 建议 · task 交办 · consent 征求意见 · assist 帮办代办 ·
 * oversight 执法监督 · planning 规划参与 · inquiry 请编办答复. What each allows is data: `knowledge/requests/*.yaml`.
 */
export const REQUEST_KINDS = [
  ...(['call', 'confer', 'dispatch', 'ruling', 'advice', 'task', 'consent'] as const),
  ...(['assist', 'oversight', 'planning', 'inquiry'] as const),
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export type Urgency = 'normal' | 'urgent';

/**
 * approval: waits for a leader of who calls to agree (同意上报); nobody else has it yet · admission: waits for the 编办 to say whether a 交办 may go out · open: at least one assignment is to be done or chosen ·
 * ruling: waits for the 编办 to say who is responsible · answered: the lead has answered, the caller has not said whether
 * it is solved · the others are ends; unsolved: closed with the reason why it cannot be solved now; merged: goes on as a part of
 * another request of the same matter.
 */
export const REQUEST_STATUSES = [
  'approval',
  'admission',
  'open',
  'ruling',
  'answered',
  'concluded',
  'withdrawn',
  'refused',
  'unsolved',
  'merged',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** waiting: not signed for yet · closed: ended without an answer of its own, because the request went on without it. */
export const ASSIGNMENT_STATUSES = [
  'waiting',
  'signed',
  'answered',
  'returned',
  'transferred',
  'closed',
] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/**
 * Kinds that speak of people: nothing reaches whoever they speak of. 征求意见 is seen and answered by leaders alone, 执法监督 by
 * the office that oversees (`isConfidential`).
 */
const RESTRICTED: ReadonlySet<RequestKind> = new Set(['consent', 'oversight']);
export const isRestricted = ({ kind }: Pick<Request, 'kind'>): boolean => RESTRICTED.has(kind);

/** Kinds that ask whether something is taken up: the lead's answer says so, in a field of its own. */
const ADVISING: ReadonlySet<RequestKind> = new Set(['advice']);
export const wantsAdoption = ({ kind }: Pick<Request, 'kind'>): boolean => ADVISING.has(kind);

/** 采纳 · 部分采纳 · 不采纳. */
export const ADOPTIONS = ['yes', 'partly', 'no'] as const;
export type Adoption = (typeof ADOPTIONS)[number];

/** 执法监督: only who filed it, the office that oversees and whom that office has asked for its part know that there is one. */
export const isConfidential = ({ kind }: Pick<Request, 'kind'>): boolean => kind === 'oversight';

/** 办理单: one organization's part. Its clocks are computed from the events of the request, never kept here. */
export type Assignment = {
  /** `A1`, `A2` … within the request, in the order of their making. */
  id: string;
  organization: string;
  role: 'lead' | 'support';
  status: AssignmentStatus;
};

/** Speed, handling, result, each 1 to 5, and words. */
export type Rating = { speed: number; handling: number; result: number; words: string; at: number };

/** Who calls. Several may join one request: each has its own clock and rating. */
export type Caller = {
  organization: string;
  /** `platform:id` of the person who filed or joined. */
  account: string;
  /** Where it was filed: where the caller's card is. */
  conversation: Conversation;
  joinedAt: number;
  rating: Rating | null;
};

/** The row as it stood when the request was filed: later editions do not change what it was filed under. */
export type Evidence = {
  ref: RowRef;
  title: string;
  documentNumber: string;
  editionLabel: string;
  number: string;
  /** 领域; absent in requests of the time before it was kept. */
  domain?: string;
  matter: string;
  lead: Responsibility[];
  support: Responsibility[];
  basis: string[];
};

/** What people and the clock can do to a request. */
export const EVENT_KINDS = [
  'filed',
  'joined',
  'approved',
  'approval-refused',
  'admitted',
  'admission-refused',
  'signed',
  'answered',
  'returned',
  'transferred',
  'support-added',
  'extension-asked',
  'extension-granted',
  'extension-refused',
  'paused',
  'resumed',
  'urged',
  'ruling-asked',
  'ruled',
  'noted',
  'rated',
  'concluded',
  'closed-unsolved',
  'reopened',
  'withdrawn',
  'escalated',
  'unreached',
  'handed-over',
  'lead-assigned',
  'ruling-corrected',
  'ruling-withdrawn',
  'merged',
  'split',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One line of the request's own log. The first one is `filed`; nothing is ever changed or taken out. */
export type RequestEvent = {
  kind: EventKind;
  at: number;
  /** Who did it; null for the clock. The name is as it was then: people leave. */
  by: { account: string; name: string; organization: string } | null;
  /** The assignment concerned, and for one that makes another (transferred, ruled …) the new one in `made`. */
  assignment?: string;
  made?: string[];
  text?: string;
  attachments?: Attachment[];
  /** Further facts of the kind: extension until (`untilAt`), step of the ladder (`step`), row cited (`row`) … */
  facts?: Record<string, string | number | boolean>;
};

/** 请求(呼叫). `number` is its identity. */
export type Request = {
  /** QS-2026-000123: year of filing, six digits. */
  number: string;
  /** Counts commits; the store refuses one that is based on an older version. */
  version: number;
  kind: RequestKind;
  urgency: Urgency;
  text: string;
  place: string;
  /** By when the caller wants it, ms since the epoch; null where nothing was said. */
  wantedAt: number | null;
  attachments: Attachment[];
  callers: Caller[];
  evidence: Evidence | null;
  status: RequestStatus;
  assignments: Assignment[];
  events: RequestEvent[];
  /** When the earliest clock that still runs ends, ms; null when none runs. Kept for queries, computed from the events. */
  dueAt: number | null;
  /** By which chats each unit was last reached (`conversationKey`): when people leave it is seen who is left without it. */
  held?: Record<string, string[]>;
};

/** 裁定: who is responsible where the lists do not say; later answers cite it. */
export type Ruling = {
  /** The number of the request it decided. */
  request: string;
  at: number;
  matter: string;
  lead: string;
  support: string[];
  text: string;
  /** `platform:id` of who ruled. */
  by: string;
  /** Taken back by the 编办: nothing is decided after it any more. */
  isWithdrawn?: boolean;
};

const ENDS: ReadonlySet<RequestStatus> = new Set(['concluded', 'withdrawn', 'refused', 'unsolved', 'merged']);

export const isEnded = (request: Pick<Request, 'status'>): boolean => ENDS.has(request.status);

/** QS-2026-000123. */
export const requestNumber = (year: number, n: number): string => `QS-${year}-${String(n).padStart(6, '0')}`;

/** The year in a number, or null when it is none. */
export const yearOfNumber = (number: string): number | null => {
  const match = /^QS-(\d{4})-\d{6,}$/.exec(number);
  return match ? Number(match[1]) : null;
};

/** In a line of the record: the hash of the event's words, files and facts; of the request after the last of a change. */
export const SAID = 'saidHash';
export const STATE = 'stateHash';
/** The event of a line of the record that only says how the request is kept. */
export const KEPT = 'kept';

/** Records of the time before all of a request was vouched for left out what is reckoned from the rest. */
export const oldVouchedOf = ({ version: _version, dueAt: _dueAt, held: _held, ...rest }: Request): object =>
  rest;
