/** One error class with a stable code, one classifier. */

export type ErrorCode =
  /** A setting is missing or malformed: the process must not start (exit code 78, EX_CONFIG of sysexits.h). */
  | 'CONFIG'
  /** Data of the office (a list, the directory, an intent file) is broken; the message names file, line, column. */
  | 'DATA'
  /** Another commit changed the same thing first: run again. */
  | 'CONFLICT'
  /** The store cannot write. */
  | 'STORE'
  /** The store refuses these very values (SQLSTATE classes 22 and 23); others can be stored. */
  | 'INVALID'
  /** Understanding took longer than it may. */
  | 'TOO_LONG'
  /** The platform asks to wait; see `retryAfterMs`. */
  | 'RATE_LIMITED'
  /** The platform refuses our credentials. */
  | 'UNAUTHORIZED'
  /** The platform refuses until an operator mends something (a scope, a quota): `remedy` says what. Nothing was done. */
  | 'BLOCKED'
  /** The chat or message is gone, or the bot was removed. */
  | 'TARGET_GONE'
  /** The platform says that the message itself is not acceptable. */
  | 'REJECTED'
  /** The platform was not reached, or said that it did nothing: trying again cannot double anything. */
  | 'UNAVAILABLE'
  /** The call was under way when it broke (time-out, dropped connection, 5xx): whether it took effect is unknown. */
  | 'UNCERTAIN';

export class BotError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  /** What an operator should do about it. */
  readonly remedy: string | undefined;
  /** RATE_LIMITED: it is one chat that had too much, not the app. */
  readonly isOfChat: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; remedy?: string | undefined; isOfChat?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'BotError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.remedy = options.remedy;
    this.isOfChat = options.isOfChat ?? false;
  }
}

/** The same call may succeed later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof BotError && ['UNAVAILABLE', 'UNCERTAIN', 'RATE_LIMITED'].includes(error.code);

export const isStoreFailure = (error: unknown): boolean =>
  error instanceof BotError && error.code === 'STORE';

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For calls that can be made twice without harm, such as replacing a message or reading: an unknown outcome is tried again. */
export function asRepeatable(error: unknown): unknown {
  const isUnknown = error instanceof BotError && error.code === 'UNCERTAIN';
  return isUnknown ? new BotError('UNAVAILABLE', error.message, { cause: error.cause }) : error;
}
