/** A file that cannot be read at all: thrown from anywhere inside a reader, one problem at its edge. */
import { BotError } from '../core/errors.js';
import type { Container } from './grid.js';
import type { Problem } from './problem.js';

type Cause = { remedy: string; error?: unknown };

/** @param remedy what the office can do, without a full stop */
export const unreadable = (message: string, remedy: string, error?: unknown): BotError =>
  new BotError('DATA', message, { cause: { remedy, error } satisfies Cause });

const isCause = (cause: unknown): cause is Cause =>
  typeof cause === 'object' && cause !== null && 'remedy' in cause && typeof cause.remedy === 'string';

/** The problem that `unreadable` threw; any other error is a bug and is thrown on. */
export function unreadableProblem(file: string, error: unknown): Problem {
  if (!(error instanceof BotError) || !isCause(error.cause)) throw error;
  return { file, row: 0, column: '', message: error.message, remedy: error.cause.remedy };
}

/** Runs a reader; what it throws by `unreadable` becomes the only problem of an empty container. */
export async function readContainer(file: string, read: () => Promise<Container>): Promise<Container> {
  try {
    return await read();
  } catch (error) {
    return { grids: [], problems: [unreadableProblem(file, error)], warnings: [] };
  }
}
