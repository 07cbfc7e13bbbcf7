/** What both stores look up of a request, beside the request itself as JSON. Pure. */
import { isEnded, type Request, type RequestKind } from '../core/request.js';
import type { RequestFilter } from '../core/filters.js';

/** Between the searched texts: no word that a person types holds it. */
const BETWEEN = '\u0001';
/** More than one year can number. */
const YEAR_STEP = 1e10;

/**
 * Requests are kept as their JSON: one string instead of some hundred objects leaves the garbage collector nothing to
 * walk through, is written into a snapshot as it is, and each reader gets a copy of its own by parsing it.
 */
export type RequestEntry = {
  number: string;
  version: number;
  /** Year and serial as one number: the order of the filing. */
  order: number;
  kind: RequestKind;
  isOpen: boolean;
  dueAt: number | null;
  filedAt: number;
  /** When the last event happened. */
  lastAt: number;
  assignedTo: string[];
  everAssignedTo: string[];
  calledBy: string[];
  accounts: string[];
  row: string | null;
  /** The searched texts in small letters. */
  words: string;
  json: string;
};

export function orderOf(number: string): number {
  const [, year = '0', serial = '0'] = /^QS-(\d{4})-(\d+)$/.exec(number) ?? [];
  return Number(year) * YEAR_STEP + Number(serial);
}

export function toEntry(request: Request, json: string): RequestEntry {
  const { number, version, kind, dueAt, events, assignments, callers, evidence } = request;
  const open = assignments.filter(({ status }) => status === 'waiting' || status === 'signed');
  return {
    number,
    version,
    order: orderOf(number),
    kind,
    isOpen: !isEnded(request),
    dueAt,
    filedAt: events[0]?.at ?? 0,
    lastAt: events.reduce((last, { at }) => Math.max(last, at), 0),
    assignedTo: unique(open.map((a) => a.organization)),
    everAssignedTo: unique(assignments.map((a) => a.organization)),
    calledBy: unique(callers.map((c) => c.organization)),
    accounts: unique(callers.map((c) => c.account)),
    row: evidence ? evidence.ref.slice(evidence.ref.indexOf('/') + 1) : null,
    words: toWords([request.text, request.place, evidence?.matter ?? '', number].join(BETWEEN)),
    json,
  };
}

const unique = (values: string[]): string[] => (values.length > 1 ? [...new Set(values)] : values);

/** As both stores compare: small letters by the same rules, and without what PostgreSQL cannot hold in a text. */
export const toWords = (text: string): string => text.toLowerCase().replaceAll('\u0000', '');

/** Words as `toWords` gives them. */
export function isMatch(entry: RequestEntry, filter: RequestFilter): boolean {
  const { assignedTo, everAssignedTo, calledBy, account, kind, isOpen, dueUntil, from, to, words, row } =
    filter;
  const { without } = filter;
  return (
    (assignedTo === undefined || entry.assignedTo.includes(assignedTo)) &&
    (everAssignedTo === undefined || entry.everAssignedTo.includes(everAssignedTo)) &&
    (calledBy === undefined || entry.calledBy.includes(calledBy)) &&
    (account === undefined || entry.accounts.includes(account)) &&
    (kind === undefined || entry.kind === kind) &&
    !without?.includes(entry.kind) &&
    (isOpen === undefined || entry.isOpen === isOpen) &&
    (dueUntil === undefined || (entry.dueAt !== null && entry.dueAt <= dueUntil)) &&
    (from === undefined || entry.filedAt >= from) &&
    (to === undefined || entry.filedAt < to) &&
    (row === undefined || entry.row === row) &&
    (words?.every((word) => entry.words.includes(word)) ?? true)
  );
}
