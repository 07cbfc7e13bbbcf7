/** The default store: lowdb holds the state in memory and as a snapshot; every commit is first appended to a journal. */
import { existsSync, mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { BotError, errorText } from '../core/errors.js';
import type { Change, ClaimResult, Store } from '../core/ports.js';
import { openJournal, readJournal, truncateJournal, type Journal } from './journal.js';
import { lockFolder } from './lock.js';
import { createQueues } from './queues.js';
import { applyChange, claimableJobs, emptyState, type JournalChange, type State } from './schema.js';
import { createSnapshotFile } from './snapshot.js';

/** A snapshot is written when the journal has this many lines, so that a restart replays a bounded number. */
const SNAPSHOT_EVERY = 20_000;
/** Feishu delivers an event again for up to about 8 hours (PLATFORMS.md, A2); consumed ids are kept longer. */
const KEEP_UPDATES_MS = 3 * 24 * 3_600_000;
/** Sessions only serve follow-up questions. */
const KEEP_SESSIONS_MS = 24 * 3_600_000;

/** One entry of the journal to be: what to change, found when its turn comes. */
type Pending = {
  /** Throws CONFLICT when a condition does not hold; nothing is changed then. */
  prepare: (state: State) => JournalChange[];
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * Opens `dir` (created when missing) for this process alone. What is pending together shares one write to the disk. When
 * the disk refuses (full, read-only), the commits of that write are rejected and the state is read anew from the files:
 * nothing is half-applied, and the store goes on when the disk does.
 * @throws BotError 'STORE' when a file is damaged, of another version, or another process holds the folder.
 */
export async function openLowdbStore(
  dir: string,
  onProblem: (text: string) => void = () => undefined,
): Promise<Store> {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new BotError('STORE', `无法使用数据目录 ${dir}:${errorText(error)}。处理办法:检查目录权限。`);
  }
  const unlock = lockFolder(dir);
  const file = createSnapshotFile(join(dir, 'state.json'));
  const segmentFile = (n: number) => join(dir, `journal-${n}.ndjson`);
  let db: Low<State>;
  let journal: Journal;
  /** Lines since the last snapshot. */
  let lines = 0;

  /** Snapshot and journal to memory; the segment to write is the first that does not exist. */
  const load = async (): Promise<void> => {
    db = new Low<State>(file, emptyState());
    await db.read();
    lines = 0;
    for (; existsSync(segmentFile(db.data.segment)); db.data.segment++) {
      const segment = segmentFile(db.data.segment);
      const read = readJournal(segment);
      for (const json of read.lines)
        for (const change of JSON.parse(json) as JournalChange[]) applyChange(db.data, change);
      lines += read.lines.length;
      truncateJournal(segment, read.wholeBytes);
    }
    journal = openJournal(segmentFile(db.data.segment));
  };
  /** The folder is ours alone: who held a lease at the last end of the process is gone. */
  const endLeases = (): void => {
    for (const job of Object.values(db.data.outgoing)) if (job.lease) job.lease.until = 0;
  };
  try {
    await load();
    endLeases();
  } catch (error) {
    unlock();
    throw error;
  }

  const claims = new Map<string, { lease: string; until: number }>();
  const conversations = createQueues();
  let pending: Pending[] = [];
  let running: Promise<void> = Promise.resolve();
  let isFlushing = false;
  let isClosed = false;
  /** Set when the state could not even be read again: nothing more is accepted. */
  let broken: BotError | null = null;

  const check = (state: State, changes: Change[]): void => {
    for (const change of changes) {
      const isHeld =
        change.kind === 'updateDone'
          ? claims.get(change.id)?.lease === change.lease && state.updates[change.id] === undefined
          : change.kind === 'outgoingDone' || change.kind === 'outgoingRetry'
            ? state.outgoing[change.key]?.lease?.token === change.lease
            : true;
      if (!isHeld) throw new BotError('CONFLICT', `${change.kind}: not held by this lease`);
    }
  };

  const flush = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      const written: { entry: Pending; json: string }[] = [];
      for (const entry of batch) {
        try {
          const changes = entry.prepare(db.data);
          const json = JSON.stringify(changes);
          // What is stored is what the journal says, not an object that the caller still holds.
          for (const change of JSON.parse(json) as JournalChange[]) applyChange(db.data, change);
          written.push({ entry, json });
        } catch (error) {
          entry.reject(error);
        }
      }
      if (written.length === 0) continue;
      try {
        await journal.append(written.map(({ json }) => json));
        lines += written.length;
        for (const { entry } of written) entry.resolve();
        if (lines >= SNAPSHOT_EVERY) await snapshot();
      } catch (error) {
        const failure = new BotError(
          'STORE',
          `数据无法写入磁盘(${dir}):${errorText(error)}。本次改动没有保存。处理办法:检查磁盘空间和目录权限。`,
          { cause: error },
        );
        for (const { entry } of written) entry.reject(failure);
        try {
          journal.close();
          await load();
        } catch (again) {
          broken = failure;
          for (const entry of pending.splice(0)) entry.reject(again);
        }
      }
    }
    // In the same turn as the last look at `pending`: what is pushed later starts the next flush.
    isFlushing = false;
  };

  const enqueue = (prepare: Pending['prepare']): Promise<void> => {
    if (isClosed) return Promise.reject(new BotError('STORE', '数据存储已关闭'));
    if (broken) return Promise.reject(broken);
    return new Promise((resolve, reject) => {
      pending.push({ prepare, resolve, reject });
      if (isFlushing) return;
      isFlushing = true;
      // Not at once: commits of the same turn share one write.
      running = Promise.resolve().then(flush);
    });
  };

  /**
   * Later commits go to the next segment whether or not the snapshot succeeds: the old snapshot and all segments since
   * are as good. So a failure loses nothing and is only reported.
   */
  const snapshot = async (): Promise<void> => {
    prune(db.data);
    const next = db.data.segment + 1;
    const nextJournal = openJournal(segmentFile(next));
    journal.close();
    journal = nextJournal;
    db.data.segment = next;
    lines = 0;
    try {
      await db.write();
      const oldest = file.oldestSegment();
      for (const name of readdirSync(dir)) {
        const n = Number(/^journal-(\d+)\.ndjson$/.exec(name)?.[1] ?? NaN);
        if (n < oldest) unlinkSync(join(dir, name));
      }
    } catch (error) {
      onProblem(`数据快照没有写成(${dir}):${errorText(error)}。数据仍在日志中,稍后再试`);
    }
  };

  return {
    getSession: (key) => Promise.resolve(structuredClone(db.data.sessions[key] ?? null)),
    listNotes: () => Promise.resolve(structuredClone(db.data.notes)),
    listOutgoing: () =>
      Promise.resolve(
        structuredClone(
          Object.values(db.data.outgoing)
            .sort((a, b) => a.seq - b.seq)
            .map(({ message, attempts, runAt, firstTriedAt }) => ({
              message,
              attempts,
              runAt,
              firstTriedAt,
            })),
        ),
      ),
    listUndelivered: () => Promise.resolve(structuredClone(db.data.undelivered)),
    withConversation: (key, task) => conversations.run(key, task),
    claimUpdate(id, lease, now, leaseMs): Promise<ClaimResult> {
      if (db.data.updates[id] !== undefined) return Promise.resolve('done');
      const held = claims.get(id);
      if (held && held.until > now) return Promise.resolve('in-flight');
      claims.set(id, { lease, until: now + leaseMs });
      return Promise.resolve('claimed');
    },
    releaseUpdate(id, lease) {
      if (claims.get(id)?.lease === lease) claims.delete(id);
      return Promise.resolve();
    },
    async commit(changes) {
      await enqueue((state) => {
        check(state, changes);
        return changes;
      });
      for (const change of changes) if (change.kind === 'updateDone') claims.delete(change.id);
    },
    async claimDueJobs(now, lease, leaseMs, limit) {
      if (claimableJobs(db.data, now, 1).length === 0) return [];
      let keys: string[] = [];
      await enqueue((state) => {
        keys = claimableJobs(state, now, limit).map((job) => job.message.key);
        return [{ kind: 'jobsClaimed', keys, lease, until: now + leaseMs, at: now }];
      });
      return keys.flatMap((key) => {
        const job = db.data.outgoing[key];
        if (!job) return [];
        const { message, attempts, runAt, firstTriedAt, isInterrupted } = job;
        return [structuredClone({ message, attempts, runAt, firstTriedAt, isInterrupted, lease })];
      });
    },
    async close() {
      isClosed = true;
      await running;
      try {
        if (lines > 0) await snapshot();
        journal.close();
      } finally {
        unlock();
      }
    },
  };
}

function prune(state: State): void {
  const newest = Object.values(state.updates).reduce((a, b) => Math.max(a, b), 0);
  for (const [id, at] of Object.entries(state.updates))
    if (at < newest - KEEP_UPDATES_MS) delete state.updates[id];
  for (const [key, session] of Object.entries(state.sessions))
    if (session.updatedAt < newest - KEEP_SESSIONS_MS) delete state.sessions[key];
}
