/** The query side of the lowdb store: copies of what is in memory. */
import type { Request } from '../../core/request.js';
import type { Archive } from './archive.js';
import type { RecordFile } from './record-file.js';
import { findOccurrences, findReminders } from './reminder-index.js';
import { inOrder, recordHead, type State } from './state.js';
import { orderOf } from '../request-entry.js';
import type { Store } from '../../core/store.js';

type Reads = Pick<
  Store,
  | 'getSession'
  | 'getRequest'
  | 'findRequests'
  | 'listFiled'
  | 'listRulings'
  | 'getEvaluation'
  | 'listEvaluations'
  | 'getReminder'
  | 'findReminders'
  | 'getOccurrence'
  | 'findOccurrences'
  | 'getCard'
  | 'getTimer'
  | 'listRecord'
  | 'getRecordHead'
  | 'listNotes'
  | 'listMoves'
  | 'listBindings'
  | 'listOutgoing'
  | 'listUndelivered'
  | 'listSetAside'
>;

const parse = (json: string): Request => JSON.parse(json) as Request;
const inOrderOfFiling = (a: Request, b: Request): number => orderOf(a.number) - orderOf(b.number);

export function createReads(state: () => State, archive: Archive, record: RecordFile): Reads {
  const read = <T>(value: T): Promise<T> => Promise.resolve(structuredClone(value));
  const tables = () => state().tables;
  return {
    getSession: (key) => read(tables().sessions.get(key) ?? null),
    async getRequest(number) {
      // A live one wins: it came back to life after it was archived.
      const json = tables().requests.get(number)?.json ?? (await archive.get(number));
      return json === null ? null : parse(json);
    },
    findRequests(filter, { offset, limit }) {
      const found = state().requests.find(filter);
      const requests = found.slice(offset, offset + limit).map(({ json }) => parse(json));
      return Promise.resolve({ requests, total: found.length });
    },
    async listFiled(from, to) {
      // One that leaves for the archive while that is read, or comes back, is found once: what lives wins.
      const live = () => state().requests.find({ from, to });
      const before = live();
      const found = new Map((await archive.filed(from, to)).map((it) => [it.number, it]));
      for (const { number, json } of [...before, ...live()]) found.set(number, parse(json));
      return [...found.values()].sort(inOrderOfFiling);
    },
    listRulings: () =>
      read(
        tables()
          .rulings.copy()
          .values.sort((a, b) => a.at - b.at || (a.request < b.request ? -1 : 1)),
      ),
    getEvaluation: (id) => read(tables().evaluations.get(id) ?? null),
    listEvaluations: () =>
      read(
        tables()
          .evaluations.copy()
          .values.sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1)),
      ),
    getReminder: (id) => read(tables().reminders.get(id) ?? null),
    findReminders: (filter) => read(findReminders(state().reminders, filter)),
    getOccurrence: (id) => read(tables().occurrences.get(id) ?? null),
    findOccurrences: (filter) => read(findOccurrences(state().occurrences, filter)),
    getCard: (slot) => read(tables().cards.get(slot) ?? null),
    getTimer: (key) => read(tables().timers.get(key)?.timer ?? null),
    getRecordHead: () => read(recordHead(state()) ?? null),
    listRecord: (request) => record.linesOf(request),
    listMoves: (platform) => read([...tables().moves.values()].filter((move) => move.platform === platform)),
    listNotes: () => read(inOrder(tables().notes)),
    listBindings: () => read([...tables().bindings.values()]),
    listOutgoing() {
      const messages = tables()
        .outgoing.copy()
        .values.sort((a, b) => a.seq - b.seq);
      return read(
        messages.map(({ message, attempts, runAt, firstTriedAt }) => ({
          message,
          attempts,
          runAt,
          firstTriedAt,
        })),
      );
    },
    listUndelivered: () => read(inOrder(tables().undelivered)),
    listSetAside: () =>
      read(
        tables()
          .setAside.copy()
          .values.sort((a, b) => a.at - b.at),
      ),
  };
}
