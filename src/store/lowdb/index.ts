/** The default store: lowdb holds the state in memory and as a snapshot; every commit is first appended to a journal. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { BotError, errorText } from '../../core/errors.js';
import { yearOfNumber } from '../../core/request.js';
import { makePrivateFolder } from '../../files/private.js';
import { createArchive } from './archive.js';
import {
  claimedMessages,
  claimedTimers,
  claimedUpdates,
  dueTimers,
  firstOnes,
  heldMessages,
  heldTimers,
  heldUpdates,
} from './claims.js';
import { checkChanges } from './check-changes.js';
import { latestAt, prune, type JournalChange } from './changes.js';
import { createCommits } from './commits.js';
import { openJournal, type Journal } from './journal.js';
import { ARCHIVE_AFTER_MS } from '../keep.js';
import { loadState, segmentFile, segmentsIn } from './load.js';
import { lockFolder } from './lock.js';
import { createReads } from './reads.js';
import { openRecordFile } from './record-file.js';
import type { RequestEntry } from '../request-entry.js';
import { createSnapshotFile } from './snapshot.js';
import { counterOf, createState, type State } from './state.js';
import { conversationKey } from '../../core/chat.js';
import type { Store } from '../../core/store.js';

/** A snapshot is written when the journals have this many commits: a restart replays them in about half a second. */
export const SNAPSHOT_EVERY = 10_000;

type Options = { snapshotEvery?: number; recordKey?: string | null };

export type LowdbStore = Store & {
  /** Resolves when everything begun so far has ended: commits, the snapshot in the background, the lines of the record. */
  settled(): Promise<void>;
};

/**
 * Opens `dir` (created when missing) for this process alone. What is pending together shares one write to the disk. When
 * the disk refuses (full, read-only), the commits of that write are rejected and undone: nothing is half-applied, and the
 * store goes on when the disk does.
 * @throws BotError 'STORE' when a file is damaged, of another version, or another process holds the folder.
 */
export async function openLowdbStore(
  dir: string,
  onProblem: (text: string) => void = () => undefined,
  { snapshotEvery = SNAPSHOT_EVERY, recordKey = null }: Options = {},
): Promise<LowdbStore> {
  try {
    makePrivateFolder(dir);
  } catch (error) {
    throw new BotError('STORE', `无法使用数据目录 ${dir}:${errorText(error)}。处理办法:检查目录权限。`);
  }
  const unlock = await lockFolder(dir);
  try {
    return await openLocked(dir, unlock, onProblem, { snapshotEvery, recordKey });
  } catch (error) {
    unlock();
    if (error instanceof BotError) throw error;
    throw new BotError(
      'STORE',
      `无法打开数据目录 ${dir}:${errorText(error)}。处理办法:检查磁盘空间和目录权限。`,
      { cause: error },
    );
  }
}

async function openLocked(
  dir: string,
  unlock: () => void,
  onProblem: (text: string) => void,
  { snapshotEvery, recordKey }: Required<Options>,
): Promise<LowdbStore> {
  const archive = createArchive(join(dir, 'archive'), onProblem);
  const record = await openRecordFile(join(dir, 'record'), onProblem, { key: recordKey });
  let leaving: RequestEntry[] = [];
  const file = createSnapshotFile(join(dir, 'state.json'), async () => {
    // First what the new snapshot leaves out: the old one and the journals can be gone after it.
    await record.sync();
    await archive.append(leaving);
  });
  const db = new Low<State>(file, createState());
  await db.read();
  const loaded = await loadState(dir, db.data, record, onProblem);
  let journal: Journal = openJournal(segmentFile(dir, db.data.segment), loaded.lastCount);
  if (loaded.changes.length > 0) await journal.append([JSON.stringify(loaded.changes)]);
  /** Commits that a restart would read from the journals. */
  let behind = loaded.lines;
  let snapshotting: Promise<void> | null = null;

  /** Live requests that nobody will touch again. */
  const listLeaving = (): RequestEntry[] => {
    const oldest = latestAt(db.data) - ARCHIVE_AFTER_MS;
    return db.data.requests
      .find({ isOpen: false })
      .filter(({ number, lastAt }) => lastAt < oldest && yearOfNumber(number) !== null);
  };

  /**
   * Later commits go to the next segment whether or not the snapshot succeeds: the old snapshot and all segments since
   * are as good. So a failure loses nothing and is only reported. Called between two writes of the journal.
   */
  const snapshot = async (): Promise<void> => {
    const state = db.data;
    behind = 0;
    try {
      prune(state);
      state.keep();
      const next = openJournal(segmentFile(dir, state.segment + 1), journal.count());
      journal.close();
      journal = next;
      state.segment++;
      leaving = listLeaving();
      state.leaving = new Set(leaving.map(({ number }) => number));
      await db.write();
      // One that came back to life in the meantime stays.
      for (const entry of leaving)
        if (state.tables.requests.get(entry.number) === entry)
          state.tables.requests.set(entry.number, undefined);
      const oldest = file.oldestSegment();
      for (const n of segmentsIn(dir)) if (n < oldest) unlinkSync(segmentFile(dir, n));
    } catch (error) {
      onProblem(`数据快照没有写成(${dir}):${errorText(error)}。数据仍在日志中,稍后再试`);
    }
  };
  const startSnapshot = (): void => {
    snapshotting ??= snapshot().finally(() => (snapshotting = null));
  };

  const end = async (): Promise<void> => {
    await commits.close();
    try {
      await snapshotting;
      if (behind > 0) await snapshot();
      // The journal holds what the disk refuses here; the next start writes it.
      await record.close().catch((error: unknown) => onProblem(`台账没有写完(${dir}):${errorText(error)}`));
    } finally {
      journal.close();
      unlock();
    }
  };
  let closing: Promise<void> | undefined;

  const commits = createCommits({
    dir,
    state: () => db.data,
    journal: () => journal,
    onDurable(count, lines) {
      behind += count;
      record.push(lines);
      if (behind >= snapshotEvery) startSnapshot();
    },
  });

  return {
    ...createReads(() => db.data, archive, record),
    async keepUpdate(update, { isBound, now, claim }) {
      let isKnown = false;
      await commits.add(() => {
        const { updates, inbox } = db.data.tables;
        isKnown = updates.get(update.id) !== undefined || inbox.get(update.id) !== undefined;
        if (isKnown) return [];
        const kept: JournalChange = { kind: 'updateKept', update, isBound, runAt: now };
        if (!claim || db.data.inbox.size(conversationKey(update.conversation)) > 0) return [kept];
        return [kept, claimedUpdates([update.id], claim)];
      });
      if (isKnown) return 'known';
      return claim ? (heldUpdates(db.data, [update.id], claim.lease)[0] ?? 'kept') : 'kept';
    },
    async claimDueUpdates(claim, limit) {
      const due = () => db.data.inbox.claimable(claim, limit).map(({ update }) => update.id);
      if (due().length === 0) return [];
      let ids: string[] = [];
      await commits.add(() => {
        ids = due();
        return ids.length > 0 ? [claimedUpdates(ids, claim)] : [];
      });
      return heldUpdates(db.data, ids, claim.lease);
    },
    async replayUpdate(id, now) {
      let isThere = false;
      await commits.add(() => {
        isThere = db.data.tables.setAside.get(id) !== undefined;
        return isThere ? [{ kind: 'updateReplayed', id, runAt: now }] : [];
      });
      return isThere;
    },
    async commit(changes, claim) {
      for (const change of changes) if (change.kind === 'request') await archive.open(change.request.number);
      let keys: string[] = [];
      await commits.add(() => {
        checkChanges(db.data, changes, archive.versionOf);
        keys = claim ? firstOnes(db.data, changes, claim) : [];
        return claim && keys.length > 0 ? [...changes, claimedMessages(keys, claim)] : changes;
      });
      return claim ? heldMessages(db.data, keys, claim.lease) : [];
    },
    async claimDueMessages(claim, limit) {
      const due = () => db.data.outbox.claimable(claim, limit).map((stored) => stored.message.key);
      if (due().length === 0) return [];
      let keys: string[] = [];
      await commits.add(() => {
        keys = due();
        return keys.length > 0 ? [claimedMessages(keys, claim)] : [];
      });
      return heldMessages(db.data, keys, claim.lease);
    },
    async claimDueTimers(due, claim, limit) {
      const find = () => dueTimers(db.data, due, claim, limit);
      if (find().length === 0) return [];
      let keys: string[] = [];
      await commits.add(() => {
        keys = find();
        return keys.length > 0 ? [claimedTimers(keys, claim)] : [];
      });
      return heldTimers(db.data, keys, claim.lease);
    },
    /** In memory only: a restart frees whatever was held. */
    renewLeases(holds, until) {
      const { inbox, outgoing, timers } = db.data.tables;
      for (const { kind, key, lease } of holds) {
        const entry = kind === 'update' ? inbox.get(key) : undefined;
        if (entry?.lease?.token === lease) inbox.set(key, { ...entry, lease: { token: lease, until } });
        const stored = kind === 'message' ? outgoing.get(key) : undefined;
        if (stored?.lease?.token === lease) outgoing.set(key, { ...stored, lease: { token: lease, until } });
        const timer = kind === 'timer' ? timers.get(key) : undefined;
        if (timer?.lease?.token === lease) timers.set(key, { ...timer, lease: { token: lease, until } });
      }
      return Promise.resolve();
    },
    async takeNumber(series) {
      let value = 0;
      await commits.add(() => {
        value = (db.data.tables.counters.get(counterOf(series)) ?? 0) + 1;
        return [{ kind: 'numberTaken', series, value }];
      });
      return value;
    },
    startTime: (wall) => Promise.resolve(Math.max(wall, latestAt(db.data))),
    /** The folder is held by this process alone. */
    beat: (platforms) => Promise.resolve(new Map([...platforms].map((it) => [it, 1]))),
    pause: () => Promise.resolve(),
    listPauses: () => Promise.resolve(new Map()),
    async settled() {
      await commits.settled();
      await snapshotting;
      await record.sync();
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}
