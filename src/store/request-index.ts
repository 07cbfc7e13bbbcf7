/** Secondary indexes over the live requests, in memory, derived on load. */
import type { RequestFilter } from '../core/ports.js';
import { isMatch, type RequestEntry } from './request-entry.js';

type Members = Map<string, RequestEntry>;

/** The conditions that an index answers, and the values of an entry for it. */
const VALUES = {
  assignedTo: (entry) => entry.assignedTo,
  everAssignedTo: (entry) => entry.everAssignedTo,
  calledBy: (entry) => entry.calledBy,
  account: (entry) => entry.accounts,
  row: (entry) => (entry.row === null ? [] : [entry.row]),
  /** Nearly all that live are open: looking at all costs no more. */
  isOpen: (entry) => (entry.isOpen ? [] : ['false']),
} satisfies { [K in keyof RequestFilter]?: (entry: RequestEntry) => string[] };
type Indexed = keyof typeof VALUES;
const INDEXED = Object.keys(VALUES) as Indexed[];

export type RequestIndex = {
  /** Follows the table of the requests. */
  follow(number: string, old: RequestEntry | undefined, entry: RequestEntry | undefined): void;
  /** All that match, newest first. */
  find(filter: RequestFilter): RequestEntry[];
};

export function createRequestIndex(): RequestIndex {
  const all: Members = new Map();
  const indexes = Object.fromEntries(INDEXED.map((name) => [name, new Map<string, Members>()])) as Record<
    Indexed,
    Map<string, Members>
  >;
  return {
    follow(number, old, entry) {
      if (entry) all.set(number, entry);
      else all.delete(number);
      for (const name of INDEXED) {
        const index = indexes[name];
        const values = entry ? VALUES[name](entry) : [];
        for (const value of old ? VALUES[name](old) : []) {
          const members = index.get(value);
          if (!values.includes(value)) members?.delete(number);
          if (members?.size === 0) index.delete(value);
        }
        for (const value of values) {
          const members = index.get(value) ?? new Map<string, RequestEntry>();
          index.set(value, members.set(number, entry as RequestEntry));
        }
      }
    },
    find(filter) {
      let smallest: Members = all;
      for (const name of INDEXED) {
        if (filter[name] === undefined || filter[name] === true) continue;
        const members = indexes[name].get(String(filter[name])) ?? new Map<string, RequestEntry>();
        if (members.size < smallest.size) smallest = members;
      }
      const found: RequestEntry[] = [];
      for (const entry of smallest.values()) if (isMatch(entry, filter)) found.push(entry);
      return found.sort((a, b) => b.order - a.order);
    },
  };
}
