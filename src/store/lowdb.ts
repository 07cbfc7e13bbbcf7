/** The default store: lowdb holds the state in memory and as a snapshot; every commit is first appended to a journal. */
import {
  closeSync,
  existsSync,
  fdatasync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  write,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Low } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import { BotError, errorText } from '../core/errors.js';
import type { Change, ClaimResult, Store } from '../core/ports.js';
import { applyChange, emptyState, parseState, type State } from './schema.js';

/** A snapshot is written when the journal has this many lines, so a restart replays a bounded number. */
const SNAPSHOT_EVERY = 5_000;
/** Feishu delivers an event again for up to about 8 hours (PLATFORMS.md, A2); consumed ids are kept longer. */
const KEEP_UPDATES_MS = 3 * 24 * 3_600_000;
/** Sessions only serve follow-up questions. */
const KEEP_SESSIONS_MS = 24 * 3_600_000;

const writeAsync = promisify(write) as (fd: number, data: string) => Promise<unknown>;
const syncAsync = promisify(fdatasync);

type Pending = { changes: Change[]; resolve: () => void; reject: (error: unknown) => void };

/**
 * Opens `dir` (created when missing). A commit resolves after its journal line is on disk (fdatasync); concurrent
 * commits share one sync. Reads see committed data only.
 * @throws BotError 'STORE' when a file is damaged or of another version.
 */
export async function openLowdbStore(dir: string): Promise<Store> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'state.json');
  const db = new Low<State>(snapshotFile(file), emptyState());
  await db.read();
  const state = db.data;
  const segmentFile = (n: number) => join(dir, `journal-${n}.ndjson`);
  let lines = 0;
  while (existsSync(segmentFile(state.segment))) {
    lines += replay(segmentFile(state.segment), state);
    state.segment++;
  }
  let fd = openSync(segmentFile(state.segment), 'a');
  const claims = new Map<string, { lease: string; until: number }>();
  const pending: Pending[] = [];
  let running: Promise<void> = Promise.resolve();
  let isFlushing = false;
  let isClosed = false;

  /** `consumed` are the updates that earlier commits of the same batch consume. */
  const check = (changes: Change[], consumed: Set<string>): void => {
    for (const change of changes) {
      if (change.kind !== 'updateDone') continue;
      const isHeld = claims.get(change.id)?.lease === change.lease;
      if (!isHeld || consumed.has(change.id) || state.updates[change.id] !== undefined)
        throw new BotError('CONFLICT', `update ${change.id} is not held by this lease`);
      consumed.add(change.id);
    }
  };

  const flush = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch: Pending[] = [];
      const consumed = new Set<string>();
      for (const commit of pending.splice(0)) {
        try {
          check(commit.changes, consumed);
          batch.push(commit);
        } catch (error) {
          commit.reject(error);
        }
      }
      if (batch.length === 0) continue;
      try {
        await writeAsync(fd, batch.map((commit) => `${JSON.stringify(commit.changes)}\n`).join(''));
        await syncAsync(fd);
      } catch (error) {
        const failure = new BotError('STORE', `数据无法写入磁盘(${dir}):${errorText(error)}`, {
          cause: error,
        });
        for (const commit of batch) commit.reject(failure);
        continue;
      }
      for (const commit of batch) {
        for (const change of commit.changes) {
          applyChange(state, change);
          if (change.kind === 'updateDone') claims.delete(change.id);
        }
        commit.resolve();
      }
      lines += batch.length;
      if (lines >= SNAPSHOT_EVERY) await snapshot();
    }
    // In the same turn as the last look at `pending`: what is pushed later starts the next flush.
    isFlushing = false;
  };

  const snapshot = async (): Promise<void> => {
    prune(state);
    const covered = state.segment;
    state.segment++;
    await db.write();
    closeSync(fd);
    fd = openSync(segmentFile(state.segment), 'a');
    for (let n = covered; n >= 0 && existsSync(segmentFile(n)); n--) unlinkSync(segmentFile(n));
    lines = 0;
  };

  return {
    getSession: (key) => Promise.resolve(structuredClone(state.sessions[key] ?? null)),
    listNotes: () => Promise.resolve(structuredClone(state.notes)),
    claimUpdate(id, lease, now, leaseMs): Promise<ClaimResult> {
      if (state.updates[id] !== undefined) return Promise.resolve('done');
      const held = claims.get(id);
      if (held && held.until > now) return Promise.resolve('in-flight');
      claims.set(id, { lease, until: now + leaseMs });
      return Promise.resolve('claimed');
    },
    releaseUpdate(id, lease) {
      if (claims.get(id)?.lease === lease) claims.delete(id);
      return Promise.resolve();
    },
    commit(changes) {
      if (isClosed) return Promise.reject(new BotError('STORE', '数据存储已关闭'));
      return new Promise((resolve, reject) => {
        pending.push({ changes: structuredClone(changes), resolve, reject });
        if (isFlushing) return;
        isFlushing = true;
        // Not at once: commits of the same turn share one write and one sync.
        running = Promise.resolve().then(flush);
      });
    },
    dueOutgoing: (now) =>
      Promise.resolve(
        structuredClone(
          Object.values(state.outgoing)
            .filter((job) => job.runAt <= now)
            .sort((a, b) => a.runAt - b.runAt),
        ),
      ),
    async close() {
      isClosed = true;
      await running;
      if (lines > 0) await snapshot();
      closeSync(fd);
    },
  };
}

/** lowdb's adapter: atomic rename with fsync of the file and of its folder (lowdb's own JSONFile syncs neither). */
function snapshotFile(file: string) {
  return {
    read(): Promise<State | null> {
      if (!existsSync(file)) return Promise.resolve(null);
      let value: unknown;
      try {
        value = JSON.parse(readFileSync(file, 'utf8'));
      } catch (cause) {
        throw new BotError('STORE', `${file}:数据文件已损坏,无法读取。处理办法:用备份恢复该文件后再启动。`, {
          cause,
        });
      }
      return Promise.resolve(parseState(file, value));
    },
    async write(state: State): Promise<void> {
      await writeFileAtomic(file, JSON.stringify(state));
      const folder = await open(join(file, '..'));
      await folder.sync();
      await folder.close();
    },
  };
}

/** Applies a journal segment; a torn last line (the process died while writing it) was never acknowledged and is dropped. */
function replay(file: string, state: State): number {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  for (const [i, line] of whole.entries()) {
    let changes: Change[];
    try {
      changes = JSON.parse(line) as Change[];
    } catch (cause) {
      throw new BotError('STORE', `${file} 第${i + 1}行:日志已损坏。处理办法:用备份恢复数据目录后再启动。`, {
        cause,
      });
    }
    for (const change of changes) applyChange(state, change);
  }
  return whole.length;
}

function prune(state: State): void {
  const newest = Math.max(0, ...Object.values(state.updates));
  for (const [id, at] of Object.entries(state.updates))
    if (at < newest - KEEP_UPDATES_MS) delete state.updates[id];
  for (const [key, session] of Object.entries(state.sessions))
    if (session.updatedAt < newest - KEEP_SESSIONS_MS) delete state.sessions[key];
}
