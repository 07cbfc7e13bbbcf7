/** Asks a language model for the phrasings of rows, batch by batch, until each has enough or the calls are used up. */
import type { Row } from '../../core/domain.js';
import { BotError, errorText } from '../../core/errors.js';
import type { EditionContent } from '../diff.js';
import { hasEnough, loadPhrasings } from './accepted.js';
import { readAnswers } from './answers.js';
import { batchesOf, batchText, INSTRUCTIONS } from './batches.js';
import { rowFinder, type Checked, type Proposal } from './checks.js';
import type { TakePhrasings } from './take.js';

/** A row with as many is not asked for again. */
export const ENOUGH = 5;
/** Rows that a first answer left out or got wrong are asked for once more. */
const ROUNDS = 2;
const ATTEMPTS = 3;
const WAIT_MS = 2_000;

export type Ask = (instructions: string, rows: string) => Promise<string>;

export type GenerateOptions = {
  dataDir: string;
  content: EditionContent;
  /** Of the content; those with enough are left out. */
  rows: Row[];
  ask: Ask;
  take: TakePhrasings;
  wait: (ms: number) => Promise<void>;
  /** Calls at most, the failed ones too. */
  budget: number;
  onProgress?: (done: number, total: number) => void;
};

export type Generated = Checked & {
  unread: string[];
  calls: number;
  /** Why calls failed, one line each. */
  failures: string[];
  /** Rows that still have not enough. */
  left: Row[];
};

export const rowsToAsk = (dataDir: string, { lists }: EditionContent, rows: Row[]): Row[] => {
  const stored = loadPhrasings(dataDir);
  return rows.filter((row) => !hasEnough(stored, lists, row, ENOUGH));
};

/** What was accepted is on disk after each batch: a run that is cut off is gone on with by the next. */
export async function generatePhrasings(options: GenerateOptions): Promise<Generated> {
  const { dataDir, content, rows, ask, take, wait, budget, onProgress } = options;
  const result: Generated = { accepted: [], dropped: [], unread: [], calls: 0, failures: [], left: [] };
  const find = rowFinder(content.rows);
  const total = rowsToAsk(dataDir, content, rows).length;

  const askPatiently = async (batch: Row[]): Promise<string | null> => {
    for (let attempt = 1; attempt <= ATTEMPTS && result.calls < budget; attempt++) {
      result.calls++;
      try {
        return await ask(INSTRUCTIONS, batchText(batch));
      } catch (error) {
        result.failures.push(errorText(error));
        // A key that is not accepted will not be accepted the next time.
        if (error instanceof BotError && error.code === 'CONFIG') throw error;
        if (attempt < ATTEMPTS && result.calls < budget) await wait(WAIT_MS * 4 ** (attempt - 1));
      }
    }
    return null;
  };

  for (let round = 1; round <= ROUNDS; round++) {
    for (const batch of batchesOf(rowsToAsk(dataDir, content, rows))) {
      if (result.calls >= budget) break;
      const answer = await askPatiently(batch);
      if (answer === null) continue;
      const { proposals, unread } = readAnswers(answer, content.rows);
      const isOther = (it: Proposal) => {
        const row = find(it);
        return typeof row !== 'string' && !batch.includes(row);
      };
      const { accepted, dropped } = await take(proposals.filter((it) => !isOther(it)));
      result.accepted.push(...accepted);
      result.dropped.push(
        ...dropped,
        ...proposals.filter(isOther).map((proposal) => ({ proposal, reason: '不是这一批所问的事项' })),
      );
      result.unread.push(...unread);
      onProgress?.(total - rowsToAsk(dataDir, content, rows).length, total);
    }
  }
  result.left = rowsToAsk(dataDir, content, rows);
  return result;
}

export function generatedText({ calls, failures, left }: Generated): string[] {
  return [
    `共调用语言模型 ${calls} 次${failures.length > 0 ? `,失败 ${failures.length} 次(${[...new Set(failures)].slice(0, 3).join(';')})` : ''}。`,
    ...(left.length > 0
      ? [`还有 ${left.length} 项问法不足 ${ENOUGH} 条。再次运行会接着做,已采用的不重复生成。`]
      : []),
  ];
}
