/** What becomes of a message whose delivery did not simply succeed. Pure. */
import { BotError, errorText, type ErrorCode } from './errors.js';
import { conversationKey } from './chat.js';
import type { Change, ClaimedMessage, SendOutcome, Outgoing } from './store.js';

/** Waits before the next try, in ms; the last one repeats. Not longer: the whole chat waits behind. */
const RETRY_MS = [1_000, 5_000, 30_000, 60_000, 120_000];
/** A message that could not leave for so long is of no use any more. */
export const GIVE_UP_MS = 24 * 3_600_000;

export type NextStep =
  | { kind: 'retry'; runAt: number; reason: string }
  | { kind: 'end'; outcome: Exclude<SendOutcome, 'sent'>; reason: string };

/**
 * A send that certainly did nothing is tried again for a day, and so is the replacing of a message, which repeats
 * harmlessly: adapters report it as UNAVAILABLE. A send whose outcome is unknown is tried again only while the platform
 * drops a repeated key (`dedupeWindowMs` from the first try); else it is reported as uncertain, never repeated blindly.
 */
export function nextStep(
  claimed: Pick<ClaimedMessage, 'attempts' | 'firstTriedAt' | 'message'>,
  error: unknown,
  now: number,
  dedupeWindowMs: number,
): NextStep {
  const code = error instanceof BotError ? error.code : 'REJECTED';
  const reason = errorText(error);
  const wait = spread(
    claimed,
    Math.max(
      RETRY_MS[Math.min(Math.max(claimed.attempts, 1), RETRY_MS.length) - 1] ?? 0,
      error instanceof BotError ? (error.retryAfterMs ?? 0) : 0,
    ),
    code,
  );
  const runAt = now + wait;
  const triedFor = runAt - (claimed.firstTriedAt ?? now);
  switch (code) {
    case 'RATE_LIMITED':
    case 'UNAVAILABLE':
    case 'UNAUTHORIZED':
    case 'BLOCKED':
      return triedFor < GIVE_UP_MS
        ? { kind: 'retry', runAt, reason }
        : { kind: 'end', outcome: 'failed', reason };
    case 'UNCERTAIN':
      return triedFor < dedupeWindowMs
        ? { kind: 'retry', runAt, reason }
        : { kind: 'end', outcome: 'uncertain', reason };
    default:
      return { kind: 'end', outcome: 'failed', reason };
  }
}

/** The first wait of a 429 differs by this at most, ms: it is a promise of the platform, and people wait. */
const FIRST_SPREAD_MS = 1_000;

/**
 * Waits after the first, and the first after a 429, differ by message by up to a fifth: what an outage or a limit held back does
 * not return at one instant.
 */
function spread(
  { attempts, message }: Pick<ClaimedMessage, 'attempts' | 'message'>,
  waitMs: number,
  code: ErrorCode,
): number {
  if (attempts < 2 && code !== 'RATE_LIMITED') return waitMs;
  let hash = 0;
  for (let i = 0; i < message.key.length; i++) hash = (hash * 31 + message.key.charCodeAt(i)) % 1_000;
  const most = attempts < 2 ? Math.min(waitMs / 5, FIRST_SPREAD_MS) : waitMs / 5;
  return waitMs + Math.floor((most * hash) / 1_000);
}

/** What a request sends is told back only where it did not arrive: another way is sought for it. */
export const REQUEST_OCCURRENCE = 'request:';
export const isToldBack = (occurrence: string | undefined, outcome: SendOutcome): occurrence is string =>
  occurrence !== undefined && (!occurrence.startsWith(REQUEST_OCCURRENCE) || outcome === 'failed');

/** Whoever keeps the ledger of reminders learns of the end by a timer: the one path, durable and in the same commit. */
export const toldBack = (
  { key, conversation }: Outgoing,
  occurrence: string,
  outcome: SendOutcome,
  at: number,
  { reason = '', seenAs }: { reason?: string | undefined; seenAs?: string | undefined },
): Change => ({
  kind: 'schedule',
  timer: {
    key: `delivered:${key}`,
    runAt: at,
    kind: 'delivered',
    payload: {
      occurrence,
      to: conversationKey(conversation),
      outcome,
      reason,
      ...(seenAs !== undefined && { messageId: seenAs }),
    },
  },
});
