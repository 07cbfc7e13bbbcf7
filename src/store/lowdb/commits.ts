/** Group commit: what is pending together is applied one after the other and shares one write to the disk. */
import { BotError, errorText } from '../../core/errors.js';
import { applyChange, type JournalChange } from './changes.js';
import type { Journal } from './journal.js';
import type { State } from './state.js';
import type { RecordLine } from '../../core/store.js';

/** One write holds no more, so that applying a flood of commits does not hold up everything else. */
const BATCH = 256;

/** One line of the journal to be: what to change, found when its turn comes. */
type Pending = {
  /** Throws CONFLICT when a condition does not hold; nothing is changed then. */
  prepare: () => JournalChange[];
  resolve: () => void;
  reject: (error: unknown) => void;
};

export type Commits = {
  /** Durable when it resolves. */
  add(prepare: Pending['prepare']): Promise<void>;
  /** Resolves when all that was accepted so far is durable or refused. */
  settled(): Promise<void>;
  /** Nothing more is accepted; resolves when all that was is done. */
  close(): Promise<void>;
};

export function createCommits(deps: {
  dir: string;
  state: () => State;
  journal: () => Journal;
  /** So many more lines of the journal are durable, and the lines of the record that they made. */
  onDurable: (count: number, lines: RecordLine[]) => void;
}): Commits {
  let pending: Pending[] = [];
  let running: Promise<void> = Promise.resolve();
  let isFlushing = false;
  let isClosed = false;

  /** Applies what may be done and rejects the rest. */
  const applyBatch = (state: State, batch: Pending[]): { entry: Pending; json: string }[] => {
    const applied: { entry: Pending; json: string }[] = [];
    for (const entry of batch)
      try {
        const changes = entry.prepare();
        // What is stored is what the journal says, not an object that the caller still holds.
        const json = JSON.stringify(changes);
        for (const change of JSON.parse(json) as JournalChange[]) applyChange(state, change);
        applied.push({ entry, json });
      } catch (error) {
        entry.reject(error);
      }
    return applied;
  };

  const flush = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch = pending.slice(0, BATCH);
      pending = pending.slice(BATCH);
      const state = deps.state();
      state.keep();
      const applied = applyBatch(state, batch);
      const lines = applied.map(({ json }) => json).filter((json) => json !== '[]');
      try {
        if (lines.length > 0) await deps.journal().append(lines);
        const made = state.keep();
        for (const { entry } of applied) entry.resolve();
        deps.onDurable(lines.length, made);
      } catch (error) {
        state.undo();
        const failure = new BotError(
          'STORE',
          `数据无法写入磁盘(${deps.dir}):${errorText(error)}。本次改动没有保存。处理办法:检查磁盘空间和目录权限。`,
          { cause: error },
        );
        for (const { entry } of applied) entry.reject(failure);
      }
    }
    // In the same turn as the last look at `pending`: what is pushed later starts the next flush.
    isFlushing = false;
  };

  return {
    add(prepare) {
      if (isClosed) return Promise.reject(new BotError('STORE', '数据存储已关闭'));
      return new Promise((resolve, reject) => {
        pending.push({ prepare, resolve, reject });
        if (isFlushing) return;
        isFlushing = true;
        // Not at once: commits of the same turn share one write.
        running = Promise.resolve().then(flush);
      });
    },
    settled: () => running,
    close() {
      isClosed = true;
      return running;
    },
  };
}
