/** From snapshot and journals to the state as it was when the process ended. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BotError } from '../../core/errors.js';
import { applyChange, type JournalChange } from './changes.js';
import { readJournal } from './journal.js';
import { RECORD_START } from '../record.js';
import type { RecordFile } from './record-file.js';
import { recordHead, type State } from './state.js';
import type { RecordLine } from '../../core/store.js';

export const segmentFile = (dir: string, n: number): string => join(dir, `journal-${n}.ndjson`);

export const segmentsIn = (dir: string): number[] =>
  readdirSync(dir).flatMap((name) => {
    const [, n] = /^journal-(\d+)\.ndjson$/.exec(name) ?? [];
    return n ? [Number(n)] : [];
  });

export type Loaded = {
  /** Commits read from the journals. */
  lines: number;
  /** Commits in the last segment; null without one. */
  lastCount: number | null;
  /** To be journaled before anything else. */
  changes: JournalChange[];
};

/**
 * Reads the journals into `state`, whose segment is then the first that does not exist, and brings the record up to date.
 * @throws BotError 'STORE' when something is damaged or missing.
 */
export async function loadState(
  dir: string,
  state: State,
  record: RecordFile,
  onProblem: (text: string) => void,
): Promise<Loaded> {
  const made: RecordLine[] = [];
  let lines = 0;
  let before: { file: string; count: number } | null = null;
  for (; existsSync(segmentFile(dir, state.segment)); state.segment++) {
    const file = segmentFile(dir, state.segment);
    const count = await readJournal(file, before, (json) => {
      for (const change of JSON.parse(json) as JournalChange[]) applyChange(state, change);
      for (const line of state.keep()) made.push(line);
    });
    before = { file, count };
    lines += count;
  }
  const later = segmentsIn(dir).filter((n) => n > state.segment);
  if (later.length > 0)
    throw new BotError(
      'STORE',
      `${segmentFile(dir, state.segment)}:日志缺失,其后还有${later.length}个。处理办法:用备份恢复数据目录后再启动。`,
    );
  endLeases(state);
  const changes = continueRecord(state, made, record, onProblem);
  state.keep();
  return { lines, lastCount: before?.count ?? null, changes };
}

/** The folder is ours alone: who held a lease at the last end of the process is gone. */
function endLeases({ tables }: State): void {
  for (const table of [tables.inbox, tables.outgoing, tables.timers]) {
    const { keys, values } = table.copy();
    values.forEach((value, i) => {
      if (value.lease) table.set(keys[i] ?? '', { ...value, lease: { ...value.lease, until: 0 } } as never);
    });
  }
}

/** Writes the lines that a crash kept from the file, each exactly once. */
function continueRecord(
  state: State,
  made: RecordLine[],
  record: RecordFile,
  onProblem: (text: string) => void,
): JournalChange[] {
  const known = recordHead(state) ?? RECORD_START;
  const written = record.head ?? RECORD_START;
  if (written.seq > known.seq) {
    onProblem(
      `台账已写到第${written.seq}号,数据只到第${known.seq}号,可能是恢复了备份或日志被截断。台账不会重写,从第${written.seq}号接着写`,
    );
    const change: JournalChange = { kind: 'recordAdopted', head: written };
    applyChange(state, change);
    return [change];
  }
  const missing = made.filter((line) => line.seq > written.seq);
  const last = missing[0] ? { seq: missing[0].seq - 1, hash: missing[0].prev } : known;
  if (last.seq !== written.seq || last.hash !== written.hash)
    onProblem(
      `台账的末尾(第${written.seq}号)与数据(第${last.seq}号)接不上,文件被删改过。处理办法:运行 npm run verify-log 查明`,
    );
  record.push(missing);
  return [];
}
