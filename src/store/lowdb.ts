/** The default store: lowdb holds the state in memory and as a snapshot; every commit is first appended to a journal. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { BotError, errorText } from '../core/errors.js';
import type { ClaimResult, Store } from '../core/ports.js';
import { yearOfNumber } from '../core/request.js';
import { makePrivateFolder } from '../private-files.js';
import { createArchive } from './archive.js';
import { checkChanges, latestAt, prune } from './changes.js';
import { createCommits } from './commits.js';
import { openJournal, type Journal } from './journal.js';
import { ARCHIVE_AFTER_MS } from './keep.js';
import { loadState, segmentFile, segmentsIn } from './load.js';
import { lockFolder } from './lock.js';
import { createQueues } from './queues.js';
import { createReads } from './reads.js';
import { openRecordFile } from './record-file.js';
import type { RequestEntry } from './request-entry.js';
import { createSnapshotFile } from './snapshot.js';
import { createState, type State } from './state.js';

/** A snapshot is written when the journals have this many commits: a restart replays them in about half a second. */
export const SNAPSHOT_EVERY = 10_000;

type Options = { snapshotEvery?: number };

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
  { snapshotEvery = SNAPSHOT_EVERY }: Options = {},
): Promise<LowdbStore> {
  try {
    makePrivateFolder(dir);
  } catch (error) {
    throw new BotError('STORE', `无法使用数据目录 ${dir}:${errorText(error)}。处理办法:检查目录权限。`);
  }
  const unlock = await lockFolder(dir);
  try {
    return await openLocked(dir, unlock, onProblem, snapshotEvery);
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
  snapshotEvery: number,
): Promise<LowdbStore> {
  const archive = createArchive(join(dir, 'archive'), onProblem);
  const record = await openRecordFile(join(dir, 'record'), onProblem);
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

  const claims = new Map<string, { lease: string; until: number }>();
  const conversations = createQueues();

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
    withConversation: (key, task) => conversations.run(key, task),
    async claimUpdate(id, lease, now, leaseMs): Promise<ClaimResult> {
      const isConsumed = () => db.data.tables.updates.get(id) !== undefined;
      // The commit that consumes it may still be on its way to the disk, and fail there: waits for what came before.
      if (isConsumed()) await commits.add(() => []);
      if (isConsumed()) return 'done';
      const held = claims.get(id);
      if (held && held.until > now) return 'in-flight';
      claims.set(id, { lease, until: now + leaseMs });
      return 'claimed';
    },
    releaseUpdate(id, lease) {
      if (claims.get(id)?.lease === lease) claims.delete(id);
      return Promise.resolve();
    },
    async commit(changes) {
      for (const change of changes) if (change.kind === 'request') await archive.open(change.request.number);
      await commits.add(() => {
        checkChanges(db.data, changes, (id) => claims.get(id)?.lease, archive.versionOf);
        return changes;
      });
      for (const change of changes) if (change.kind === 'updateDone') claims.delete(change.id);
    },
    async claimDueJobs(now, lease, leaseMs, limit, except) {
      const due = () => db.data.outbox.claimable(now, limit, except).map((job) => job.message.key);
      if (due().length === 0) return [];
      let keys: string[] = [];
      await commits.add(() => {
        keys = due();
        return keys.length > 0 ? [{ kind: 'jobsClaimed', keys, lease, until: now + leaseMs, at: now }] : [];
      });
      return keys.flatMap((key) => {
        const job = db.data.tables.outgoing.get(key);
        if (job?.lease?.token !== lease) return [];
        const { message, attempts, runAt, firstTriedAt, isInterrupted } = job;
        return [structuredClone({ message, attempts, runAt, firstTriedAt, isInterrupted, lease })];
      });
    },
    async claimDueTimers(now, lease, leaseMs, limit) {
      const due = () => db.data.timers.due(now, limit).map(({ timer }) => timer.key);
      if (due().length === 0) return [];
      let keys: string[] = [];
      await commits.add(() => {
        keys = due();
        return keys.length > 0 ? [{ kind: 'timersClaimed', keys, lease, until: now + leaseMs }] : [];
      });
      return keys.flatMap((key) => {
        const held = db.data.tables.timers.get(key);
        // Moved or taken away by a commit that was durable first.
        if (held?.lease?.token !== lease) return [];
        return [structuredClone({ timer: held.timer, attempts: held.attempts, lease })];
      });
    },
    /** In memory only: a restart frees whatever was held. */
    renewLeases(holds, until) {
      const { outgoing, timers } = db.data.tables;
      for (const { kind, key, lease } of holds) {
        const claim = kind === 'update' ? claims.get(key) : undefined;
        if (claim?.lease === lease) claim.until = until;
        const job = kind === 'message' ? outgoing.get(key) : undefined;
        if (job?.lease?.token === lease) outgoing.set(key, { ...job, lease: { token: lease, until } });
        const timer = kind === 'timer' ? timers.get(key) : undefined;
        if (timer?.lease?.token === lease) timers.set(key, { ...timer, lease: { token: lease, until } });
      }
      return Promise.resolve();
    },
    async takeNumber(series) {
      let value = 0;
      await commits.add(() => {
        value = (db.data.tables.counters.get(`number:${series}`) ?? 0) + 1;
        return [{ kind: 'numberTaken', series, value }];
      });
      return value;
    },
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
