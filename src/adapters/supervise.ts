/** One platform that is down holds up no other: it is tried until it can be reached, while the others serve. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BotError, errorText } from '../core/errors.js';
import type { Adapter, Logger } from '../core/ports.js';
import type { Outgoing } from '../core/store.js';

export type SuperviseOptions = {
  log: Logger;
  /** There is no other platform: refused credentials end the start, so that whoever started it sees them. */
  isAlone: boolean;
  /** `start` resolves after this time (ms) at the latest; the platform may come later. */
  patienceMs?: number;
  /** Pause (ms) before the second try; doubled up to a minute. Refused credentials are tried every five minutes. */
  retryMs?: number;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};

const RETRY_MAX_MS = 60_000;
const REFUSED_RETRY_MS = 5 * 60_000;

/** An adapter is started once, so each try has a new one. What is to be sent meanwhile fails and waits in the outbox. */
export function superviseAdapter(create: () => Adapter, options: SuperviseOptions): Adapter {
  const { log, isAlone, patienceMs = 4_000, retryMs = 1_000 } = options;
  const { wait = (ms, signal) => sleep(ms, undefined, { signal }) } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let current = create();
  let trying: Promise<void> = Promise.resolve();
  const { name, dedupeWindowMs, pace, appPace, editWindowMs } = current;

  async function tryAgain(onUpdate: Parameters<Adapter['start']>[0], first: unknown): Promise<void> {
    let error = first;
    for (let delay = retryMs; !signal.aborted; delay = Math.min(delay * 2, RETRY_MAX_MS)) {
      const isRefused = error instanceof BotError && error.code === 'UNAUTHORIZED';
      const waitMs = isRefused ? REFUSED_RETRY_MS : delay;
      log.error(
        { platform: name, error: errorText(error), waitMs },
        'a platform cannot be reached, trying again',
      );
      await wait(waitMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      await current.stop().catch(() => undefined);
      current = create();
      try {
        await current.start(onUpdate);
        return log.info({ platform: name }, 'the platform is there again');
      } catch (again) {
        error = again;
      }
    }
  }

  return {
    ...{ name, dedupeWindowMs, pace, appPace, editWindowMs },
    ...(current.isRead && {
      isRead: (messageId: string) => current.isRead?.(messageId) ?? Promise.resolve(false),
    }),
    ...(current.accountsOf && {
      accountsOf: (contacts: readonly string[], maxAgeMs: number) =>
        current.accountsOf?.(contacts, maxAgeMs) ?? Promise.resolve(new Map()),
    }),
    ...(current.inviteLink && { inviteLink: (payload: string) => current.inviteLink?.(payload) ?? null }),
    deliver: (message, content, onCall) => current.deliver(message, content, onCall),
    ...(current.callsOf && { callsOf: (message: Outgoing) => current.callsOf?.(message) ?? 1 }),
    download: (attachment) => current.download(attachment),
    async start(onUpdate) {
      const first = current.start(onUpdate);
      const done = first.then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<'late'>(
        (resolve) => (timer = setTimeout(() => resolve('late'), patienceMs)),
      );
      const outcome = await Promise.race([done, patience]);
      clearTimeout(timer);
      if (outcome === undefined) return;
      if (outcome !== 'late' && (isAlone || isConfig(outcome.error)) && !isPassing(outcome.error))
        throw outcome.error;
      trying = done.then((failed) =>
        failed && !signal.aborted ? tryAgain(onUpdate, failed.error) : undefined,
      );
    },
    async stop() {
      stopping.abort();
      await current.stop();
      await trying;
    },
  };
}

const isConfig = (error: unknown): boolean => error instanceof BotError && error.code === 'CONFIG';
const isPassing = (error: unknown): boolean => error instanceof BotError && error.code === 'UNAVAILABLE';
