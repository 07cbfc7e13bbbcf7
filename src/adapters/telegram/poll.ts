/** Long polling that confirms an update only after it is kept. */
import { BotError, errorText, isStoreFailure } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import { endsInAlbum, joinAlbums } from './albums.js';
import { parseUpdateId } from './parse.js';
import { conversationKey, type Heard } from '../../core/chat.js';

export type Poll = {
  /** All updates from `offset` on; waits for one when there is none. A call with offset N confirms all before N. */
  fetch(offset: number): Promise<unknown>;
  /** Confirms all before `offset` without waiting for new ones. */
  confirm(offset: number): Promise<unknown>;
  /** Looks once more whether the bot may poll; runs after Telegram refused it (401, 409). */
  connect(): Promise<void>;
  /** Sees every raw update once, before it is kept; one that it cannot read is logged and passed over. */
  receive(raw: unknown): Heard | null;
  /** Resolves when the update is kept; what becomes of it is not telegram's affair any more. */
  accept(update: Heard): Promise<void>;
  /** Failures to keep it after which an update is given up. */
  maxFailures: number;
  /** Resolves after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
  log: Logger;
};

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
/** The pictures of an album come one after the other, within about this time (ms); looked at again so often. */
const ALBUM_MS = 400;
const ALBUM_LOOKS = 5;
/** While an update is held back, those of other conversations wait no longer than this. */
const HOLD_MAX_MS = 10_000;

/**
 * Runs until the signal aborts and the updates under way are settled. Never rejects.
 *
 * Telegraf's own polling confirms a whole batch whatever became of it, and ends for good on 401 and 409
 * (telegraf 4.16.3, core/network/polling.js), therefore this loop. Conversations run side by side, the
 * updates of one conversation in their order; one that cannot be kept is fetched and tried again before its successors.
 */
export async function pollUpdates(poll: Poll): Promise<void> {
  const { signal, log } = poll;
  const held = new Map<number, Held>();
  let offset = 0;
  let confirmed = 0;
  let failures = 0;
  let isRefused = false;

  async function pause(ms: number): Promise<void> {
    await poll.wait(ms, signal).catch(() => undefined);
  }

  /** Returns the next offset: the first update that is not settled, or the one after the last. */
  async function handleBatch(batch: unknown[]): Promise<number> {
    const queues = new Map<string, Held[]>();
    const ids: number[] = [];
    for (const raw of batch) {
      const id = parseUpdateId(raw);
      if (id === null) continue;
      ids.push(id);
      const known = held.get(id);
      const entry = known ?? { update: receive(id, raw), tries: 0, blamed: 0, isSettled: false };
      held.set(id, entry);
      if (!entry.update) entry.isSettled = true;
      if (entry.isSettled || !entry.update) continue;
      const key = conversationKey(entry.update.conversation);
      queues.set(key, [...(queues.get(key) ?? []), entry]);
    }
    await Promise.all([...queues.values()].map(handleQueue));
    const first = ids.find((id) => !held.get(id)?.isSettled);
    // The numbers start anew at random after a quiet week (Bot API, Update), so the offset is set, never raised.
    if (first === undefined) held.clear();
    else for (const id of ids.slice(0, ids.indexOf(first))) held.delete(id);
    return first ?? (ids.length > 0 ? (ids.at(-1) ?? 0) + 1 : offset);
  }

  function receive(id: number, raw: unknown): Heard | null {
    try {
      return poll.receive(raw);
    } catch (error) {
      log.error({ id, error: errorText(error) }, 'a telegram update cannot be read and is passed over');
      return null;
    }
  }

  async function handleQueue(queue: Held[]): Promise<void> {
    for (const entry of queue) {
      if (signal.aborted || !entry.update) return;
      await attempt(entry, entry.update);
      if (!entry.isSettled) return;
    }
  }

  async function attempt(entry: Held, update: Heard): Promise<void> {
    try {
      await poll.accept(update);
      Object.assign(entry, { isSettled: true, tries: 0 });
    } catch (error) {
      entry.tries += 1;
      // A store that cannot write fails every update alike: giving them up would lose them for no fault of theirs.
      if (!isStoreFailure(error)) entry.blamed += 1;
      const fields = { id: update.id, tries: entry.tries, error: errorText(error) };
      if (entry.blamed < poll.maxFailures)
        return log.warn(fields, 'an update failed, telegram gives it again');
      log.error(fields, 'an update failed too often and is given up');
      Object.assign(entry, { isSettled: true, tries: 0 });
    }
  }

  while (!signal.aborted) {
    let batch: unknown[];
    try {
      if (isRefused) await poll.connect();
      isRefused = false;
      batch = asList(await poll.fetch(offset));
      // Asked again from the same offset nothing is confirmed, and what has come meanwhile is there as well.
      for (let i = 0; i < ALBUM_LOOKS && endsInAlbum(batch); i++) {
        const before = batch.length;
        await pause(ALBUM_MS);
        if (signal.aborted) break;
        batch = asList(await poll.fetch(offset));
        if (batch.length === before) break;
      }
      batch = joinAlbums(batch);
      confirmed = offset;
      if (failures > 0) log.info({ failures }, 'telegram polling works again');
      failures = 0;
    } catch (error) {
      if (signal.aborted) break;
      failures += 1;
      isRefused = isRefused || isRefusal(error);
      const waitMs = retryAfterOf(error) ?? backoffMs(failures, BACKOFF_MAX_MS);
      const fields = { error: errorText(error), failures, waitMs };
      if (isRefused) log.error(fields, 'telegram refuses to give updates');
      else log.warn(fields, 'telegram polling failed');
      await pause(waitMs);
      continue;
    }
    offset = await handleBatch(batch);
    const worst = Math.max(0, ...[...held.values()].map((entry) => entry.tries));
    if (worst > 0) await pause(backoffMs(worst, HOLD_MAX_MS));
  }
  if (offset !== confirmed)
    await poll.confirm(offset).catch((error: unknown) => {
      log.warn({ error: errorText(error) }, 'the last telegram updates will come again');
    });
}

/** An update that Telegram gave and that is not confirmed yet. */
type Held = {
  update: Heard | null;
  tries: number;
  /** Failures that count against the update itself. */
  blamed: number;
  isSettled: boolean;
};

/** 401: the token was revoked. 409: another process polls with it (or left a poll open), or a webhook was set. */
function isRefusal(error: unknown): boolean {
  return error instanceof BotError && (error.code === 'UNAUTHORIZED' || error.code === 'REJECTED');
}

function retryAfterOf(error: unknown): number | undefined {
  return error instanceof BotError ? error.retryAfterMs : undefined;
}

function asList(value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new BotError('UNAVAILABLE', 'Telegram getUpdates: the answer is not a list');
  return value;
}

function backoffMs(failures: number, maxMs: number): number {
  return Math.min(maxMs, BACKOFF_FIRST_MS * 2 ** (failures - 1));
}
