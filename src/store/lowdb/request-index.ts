/** Secondary indexes over the live requests, in memory, derived on load. */
import { isMatch, toWords, type RequestEntry } from '../request-entry.js';
import type { RequestFilter } from '../../core/filters.js';

type Members = Map<string, RequestEntry>;

/** Under which values an entry stands in an index, and which of them a filter asks for. */
type Index = {
  valuesOf: (entry: RequestEntry) => string[];
  wanted: (filter: RequestFilter) => string | undefined;
  members: Map<string, Members>;
};

const NONE: Members = new Map();

export type RequestIndex = {
  /** Follows the table of the requests. */
  follow(number: string, old: RequestEntry | undefined, entry: RequestEntry | undefined): void;
  /** All that match, newest first. */
  find(filter: RequestFilter): RequestEntry[];
};

/** Few indexes: each costs at every start, and what they leave over is looked through quickly. */
const createIndexes = (): Index[] => [
  // One for both: who has an open assignment also has an assignment.
  {
    valuesOf: (entry) => entry.everAssignedTo,
    wanted: (filter) => filter.assignedTo ?? filter.everAssignedTo,
    members: new Map(),
  },
  { valuesOf: (entry) => entry.calledBy, wanted: (filter) => filter.calledBy, members: new Map() },
  { valuesOf: (entry) => entry.accounts, wanted: (filter) => filter.account, members: new Map() },
  {
    valuesOf: (entry) => (entry.row === null ? [] : [entry.row]),
    wanted: (filter) => filter.row,
    members: new Map(),
  },
  // Only the ended ones: nearly all that live are open.
  {
    valuesOf: (entry) => (entry.isOpen ? [] : ['ended']),
    wanted: (filter) => (filter.isOpen === false ? 'ended' : undefined),
    members: new Map(),
  },
];

/** `all` gives every live request. */
export function createRequestIndex(all: () => Iterable<RequestEntry>): RequestIndex {
  const indexes = createIndexes();
  return {
    follow(number, old, entry) {
      for (const { valuesOf, members } of indexes) {
        if (old)
          for (const value of valuesOf(old)) {
            const group = members.get(value);
            group?.delete(number);
            if (group?.size === 0) members.delete(value);
          }
        if (entry)
          for (const value of valuesOf(entry)) {
            const group = members.get(value);
            if (group) group.set(number, entry);
            else members.set(value, new Map([[number, entry]]));
          }
      }
    },
    find(filter) {
      let smallest: Members | null = null;
      for (const { wanted, members } of indexes) {
        const value = wanted(filter);
        if (value === undefined) continue;
        const group = members.get(value) ?? NONE;
        if (!smallest || group.size < smallest.size) smallest = group;
      }
      const asked = filter.words ? { ...filter, words: filter.words.map(toWords) } : filter;
      const found: RequestEntry[] = [];
      for (const entry of smallest?.values() ?? all()) if (isMatch(entry, asked)) found.push(entry);
      return found.sort((a, b) => b.order - a.order);
    },
  };
}
