/** What changes do to the state of the lowdb store; whether they may is looked at before (check-changes.ts). */
import { toldBack } from '../../core/outbox.js';
import type { Request } from '../../core/request.js';
import {
  hasPassed,
  KEEP_CARDS_MS,
  KEEP_OCCURRENCES_MS,
  KEEP_SESSIONS_MS,
  KEEP_SET_ASIDE_MS,
  KEEP_UNDELIVERED,
  KEEP_UPDATES_MS,
  OUTBOX_FULL,
  OUTBOX_MAX,
} from '../keep.js';
import { chainLine, RECORD_START, type RecordHead } from '../record.js';
import { toEntry } from '../request-entry.js';
import type { StoredMessage } from './schema.js';
import { counterOf, recordHead, setRecordHead, type State, type Table } from './state.js';
import { conversationKey, type Heard } from '../../core/chat.js';
import type { Change } from '../../core/store.js';

/** What the journal holds: changes as committed, and what the store itself notes. */
export type JournalChange =
  | Change
  | { kind: 'jobsClaimed'; keys: string[]; lease: string; until: number; at: number }
  | { kind: 'updateKept'; update: Heard; isBound: boolean; runAt: number }
  | { kind: 'updatesClaimed'; ids: string[]; lease: string; until: number; at: number }
  | { kind: 'updateReplayed'; id: string; runAt: number }
  | { kind: 'timersClaimed'; keys: string[]; lease: string; until: number }
  | { kind: 'numberTaken'; series: string; value: number }
  /** The record went on elsewhere: a backup was put back, and its lines are never written again. */
  | { kind: 'recordAdopted'; head: RecordHead };

/** Applies one change. Total: a journal that was written is always replayable. */
export function applyChange(state: State, change: JournalChange): void {
  const { tables } = state;
  const nextSeq = (): number => {
    const seq = (tables.counters.get('seq') ?? 0) + 1;
    tables.counters.set('seq', seq);
    return seq;
  };
  if ('at' in change) moveTime(state, change.at);
  switch (change.kind) {
    case 'session':
      return tables.sessions.set(change.key, change.session ?? undefined);
    case 'request':
      return putRequest(state, { ...change.request, version: change.expectedVersion + 1 });
    case 'ruling':
      return tables.rulings.set(change.ruling.request, change.ruling);
    case 'reminder': {
      const { reminder, expectedVersion } = change;
      return tables.reminders.set(reminder.id, { ...reminder, version: expectedVersion + 1 });
    }
    case 'occurrence': {
      const { occurrence, expectedVersion } = change;
      moveTime(state, occurrence.changedAt);
      return tables.occurrences.set(occurrence.id, { ...occurrence, version: expectedVersion + 1 });
    }
    case 'evaluation': {
      const { evaluation, expectedVersion } = change;
      return tables.evaluations.set(evaluation.id, { ...evaluation, version: expectedVersion + 1 });
    }
    case 'record': {
      const line = chainLine(recordHead(state) ?? RECORD_START, change.entry);
      state.recordLines.push(line);
      moveTime(state, line.at);
      return setRecordHead(state, { seq: line.seq, hash: line.hash });
    }
    case 'recordAdopted':
      return setRecordHead(state, change.head);
    case 'numberTaken':
      return tables.counters.set(counterOf(change.series), change.value);
    case 'note':
      return tables.notes.set(String(nextSeq()), change.note);
    case 'chatMoved':
      return tables.moves.set(`${change.move.platform}:${change.move.from}`, change.move);
    case 'binding':
      return tables.bindings.set(change.binding.place, change.binding);
    case 'updateKept': {
      const { update, isBound, runAt } = change;
      const waiting = { seq: nextSeq(), failures: 0, crashes: 0, runAt, lease: null };
      return tables.inbox.set(update.id, { update, isBound, ...waiting });
    }
    case 'updatesClaimed':
      for (const id of change.ids) {
        const entry = tables.inbox.get(id);
        if (!entry) continue;
        // Whoever held it never said how it ended.
        const crashes = entry.crashes + (entry.lease ? 1 : 0);
        tables.inbox.set(id, { ...entry, crashes, lease: { token: change.lease, until: change.until } });
      }
      return;
    case 'updateRetry': {
      const { id, runAt, hasFailed } = change;
      const entry = tables.inbox.get(id);
      if (!entry) return;
      const failures = entry.failures + (hasFailed ? 1 : 0);
      return tables.inbox.set(id, { ...entry, failures, runAt, lease: null });
    }
    case 'updateDone':
      tables.inbox.set(change.id, undefined);
      return tables.updates.set(change.id, change.at);
    case 'updateSetAside': {
      const { id, at, reason } = change;
      const update = tables.inbox.get(id)?.update;
      tables.inbox.set(id, undefined);
      if (update) tables.setAside.set(id, { update, at, reason });
      return tables.updates.set(id, at);
    }
    case 'updateReplayed': {
      const { id, runAt } = change;
      const update = tables.setAside.get(id)?.update;
      if (!update) return;
      tables.setAside.set(id, undefined);
      tables.updates.set(id, undefined);
      return applyChange(state, { kind: 'updateKept', update, isBound: true, runAt });
    }
    case 'schedule':
      return tables.timers.set(change.timer.key, {
        timer: change.timer,
        seq: nextSeq(),
        attempts: 0,
        lease: null,
      });
    case 'cancel':
    case 'timerDone':
      return tables.timers.set(change.key, undefined);
    case 'timersClaimed':
      for (const key of change.keys) {
        const held = tables.timers.get(key);
        const lease = { token: change.lease, until: change.until };
        if (held) tables.timers.set(key, { ...held, attempts: held.attempts + 1, lease });
      }
      return;
    case 'timerRetry': {
      const held = tables.timers.get(change.key);
      if (!held) return;
      const timer = { ...held.timer, runAt: change.runAt };
      return tables.timers.set(change.key, { ...held, timer, lease: null });
    }
    case 'outgoing': {
      // The key is the message's identity: what waits under it already is this message.
      if (tables.outgoing.get(change.message.key)) return;
      if (state.outbox.size(conversationKey(change.message.conversation)) >= OUTBOX_MAX)
        return refuseMessage(state, change, nextSeq);
      const stored: StoredMessage = {
        message: change.message,
        seq: nextSeq(),
        attempts: 0,
        runAt: change.runAt,
        firstTriedAt: null,
        lease: null,
        isInterrupted: false,
      };
      return tables.outgoing.set(change.message.key, stored);
    }
    case 'jobsClaimed':
      for (const key of change.keys) {
        const stored = tables.outgoing.get(key);
        if (!stored) continue;
        tables.outgoing.set(key, {
          ...stored,
          attempts: stored.attempts + 1,
          isInterrupted: stored.lease !== null,
          firstTriedAt: stored.firstTriedAt ?? change.at,
          lease: { token: change.lease, until: change.until },
        });
      }
      return;
    case 'outgoingDone': {
      const { key, outcome, at, reason = '', shown, isDoubtTold } = change;
      const conversation = conversationOf(tables.outgoing.get(key));
      tables.outgoing.set(key, undefined);
      if (conversation && isDoubtTold) tables.doubts.set(conversation, undefined);
      if (conversation && outcome === 'uncertain') tables.doubts.set(conversation, at);
      if (shown) tables.cards.set(shown.slot, shown.card);
      if (outcome !== 'sent') tables.undelivered.set(String(nextSeq()), { key, outcome, at, reason });
      return;
    }
    case 'outgoingRetry': {
      const stored = tables.outgoing.get(change.key);
      if (stored)
        tables.outgoing.set(change.key, {
          ...stored,
          runAt: change.runAt,
          lease: null,
          isInterrupted: false,
        });
      return;
    }
  }
}

const conversationOf = (stored: StoredMessage | undefined): string | null =>
  stored ? conversationKey(stored.message.conversation) : null;

/** A full outbox takes no more: the message counts as failed, and whoever waits for its end is told. */
function refuseMessage(
  state: State,
  { message, runAt }: Extract<Change, { kind: 'outgoing' }>,
  nextSeq: () => number,
): void {
  const entry = { key: message.key, outcome: 'failed' as const, at: runAt, reason: OUTBOX_FULL };
  state.tables.undelivered.set(String(nextSeq()), entry);
  if (message.occurrence !== undefined)
    applyChange(state, toldBack(message, message.occurrence, 'failed', runAt, { reason: OUTBOX_FULL }));
}

export function putRequest(state: State, request: Request): void {
  const entry = toEntry(request, JSON.stringify(request));
  state.tables.requests.set(entry.number, entry);
  moveTime(state, entry.lastAt);
}

/** The newest instant that was ever stored; what is old is measured from it. */
export const latestAt = (state: State): number => state.tables.counters.get('latestAt') ?? 0;

function moveTime(state: State, at: number): void {
  if (at > latestAt(state)) state.tables.counters.set('latestAt', at);
}

/** Takes away what has served its time. Only in memory: a snapshot follows, and until then the journal says the same. */
export function prune(state: State): void {
  const { sessions, updates, cards, undelivered, setAside, doubts, occurrences } = state.tables;
  const now = latestAt(state);
  const drop = <V>(table: Table<V>, isOld: (value: V) => boolean): void => {
    const { keys, values } = table.copy();
    values.forEach((value, i) => isOld(value) && table.set(keys[i] ?? '', undefined));
  };
  drop(updates, (at) => at < now - KEEP_UPDATES_MS);
  drop(sessions, (session) => session.updatedAt < now - KEEP_SESSIONS_MS);
  drop(cards, (card) => card.sentAt < now - KEEP_CARDS_MS);
  drop(setAside, ({ at }) => at < now - KEEP_SET_ASIDE_MS);
  drop(doubts, (at) => at < now - KEEP_SESSIONS_MS);
  drop(occurrences, (it) => hasPassed(it) && it.changedAt < now - KEEP_OCCURRENCES_MS);
  const { keys } = undelivered.copy();
  const oldest = keys.map(Number).sort((a, b) => a - b);
  for (const key of oldest.slice(0, -KEEP_UNDELIVERED)) undelivered.set(String(key), undefined);
}
