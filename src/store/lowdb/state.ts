/** The state of the lowdb store in memory: tables whose values are replaced, never altered, and can be set back. */
import type { Occurrence, Reminder } from '../../core/reminder.js';
import { createDueQueue, type DueQueue } from './heap.js';
import { createInbox, createOutbox, type ConversationQueue } from './conversation-queue.js';
import type { RecordHead } from '../record.js';
import type { RequestEntry } from '../request-entry.js';
import { createRequestIndex, type RequestIndex } from './request-index.js';
import { createIndex, occurrenceValues, reminderValues, type Index } from './reminder-index.js';
import type { Entry, StoredMessage, StoredTimer, VALUES } from './schema.js';
import type { z } from 'zod';
import type { RecordLine } from '../../core/store.js';

export type Values = { [K in keyof typeof VALUES]: z.infer<(typeof VALUES)[K]> } & { requests: RequestEntry };

export type Table<V> = {
  get(key: string): V | undefined;
  /** Undefined takes it away. */
  set(key: string, value: V | undefined): void;
  /** To be read through at once. */
  values(): Iterable<V>;
  /** Keys and values at this moment; what is set later does not show in them. */
  copy(): { keys: string[]; values: V[] };
};

export type Tables = { [K in keyof Values]: Table<Values[K]> };

export type State = {
  /** Journal segments below this number are contained in the tables. */
  segment: number;
  tables: Tables;
  outbox: ConversationQueue<StoredMessage>;
  inbox: ConversationQueue<Entry>;
  timers: DueQueue<StoredTimer>;
  requests: RequestIndex;
  reminders: Index<Reminder>;
  occurrences: Index<Occurrence>;
  /** Lines of the record made since the last `keep`. */
  recordLines: RecordLine[];
  /** Requests that the snapshot leaves out, because they are in the archive. */
  leaving: ReadonlySet<string>;
  /** Makes what was set since the last `keep` or `undo` final. */
  keep(): RecordLine[];
  /** Sets it back. */
  undo(): void;
};

type Follow<V> = (key: string, old: V | undefined, value: V | undefined) => void;

export function createState(): State {
  /** What sets back each change since the last `keep`, in their order. */
  let undos: (() => void)[] = [];
  const createTable = <V>(follow: Follow<V> = () => undefined): Table<V> => {
    const rows = new Map<string, V>();
    const set = (key: string, value: V | undefined): void => {
      const old = rows.get(key);
      if (value === undefined) rows.delete(key);
      else rows.set(key, value);
      follow(key, old, value);
    };
    return {
      get: (key) => rows.get(key),
      set(key, value) {
        const old = rows.get(key);
        undos.push(() => set(key, old));
        set(key, value);
      },
      values: () => rows.values(),
      copy: () => ({ keys: [...rows.keys()], values: [...rows.values()] }),
    };
  };
  const outbox = createOutbox();
  const inbox = createInbox();
  const requests = createRequestIndex(() => state.tables.requests.values());
  const reminders = createIndex(reminderValues);
  const occurrences = createIndex(occurrenceValues);
  const timers = createDueQueue<StoredTimer>(
    ({ timer, lease }) => Math.max(timer.runAt, lease?.until ?? 0),
    (a, b) => (a.timer.runAt - b.timer.runAt || a.seq - b.seq) < 0,
  );
  const state: State = {
    segment: 0,
    tables: {
      sessions: createTable(),
      notes: createTable(),
      updates: createTable(),
      outgoing: createTable(outbox.follow),
      undelivered: createTable(),
      inbox: createTable(inbox.follow),
      setAside: createTable(),
      doubts: createTable(),
      moves: createTable(),
      bindings: createTable(),
      requests: createTable(requests.follow),
      rulings: createTable(),
      reminders: createTable(reminders.follow),
      occurrences: createTable(occurrences.follow),
      evaluations: createTable(),
      cards: createTable(),
      timers: createTable((key, _old, timer) => timers.set(key, timer)),
      counters: createTable(),
      record: createTable(),
    },
    outbox,
    inbox,
    timers,
    requests,
    reminders,
    occurrences,
    recordLines: [],
    leaving: new Set(),
    keep() {
      undos = [];
      return state.recordLines.splice(0);
    },
    undo() {
      for (const undo of undos.reverse()) undo();
      undos = [];
      state.recordLines = [];
    },
  };
  return state;
}

/** The key of the one row of the table `record`. */
const HEAD = 'head';

export const recordHead = (state: State): RecordHead | undefined => state.tables.record.get(HEAD);
export const setRecordHead = (state: State, head: RecordHead): void => state.tables.record.set(HEAD, head);

/** The values in the order in which they were stored; their keys are numbers. */
export function inOrder<V>(table: Table<V>): V[] {
  const { keys, values } = table.copy();
  return values
    .map((value, i) => ({ value, seq: Number(keys[i]) }))
    .sort((a, b) => a.seq - b.seq)
    .map(({ value }) => value);
}

/** The counter of a series of numbers. */
export const counterOf = (series: string): string => `number:${series}`;
