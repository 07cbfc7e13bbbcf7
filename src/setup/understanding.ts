/**
 * Understanding off the event loop, with a limit: whatever a text does to the patterns that read it, the process goes on,
 * and only this text's sender waits for nothing.
 */
import { Worker } from 'node:worker_threads';
import type { Matcher } from '../core/bot.js';
import { BotError, errorText } from '../core/errors.js';
import type { Logger } from '../core/ports.js';
import { threadFile } from './thread-file.js';
import { createTurns } from './turns.js';
import type { Ask, Found, ThreadData, Told } from './understanding-messages.js';

/** An ordinary message takes about a millisecond. */
const LIMIT_MS = 2_000;
const HEAP_MB = 256;
const RESTART_MS = 1_000;

type Task = {
  input: Parameters<Matcher>[0];
  resolve: (found: Found) => void;
  reject: (error: Error) => void;
};

export type Understanding = {
  match: Matcher;
  /** Resolves when the first thread can read, or could not be started. */
  ready: Promise<void>;
  close(): Promise<void>;
};

export function createUnderstanding(options: {
  data: ThreadData;
  embed: (text: string) => Promise<ArrayLike<number> | null>;
  log: Logger;
  limitMs?: number;
  /** The bundled thread. */
  file?: URL;
}): Understanding {
  const { data, embed, log, limitMs = LIMIT_MS } = options;
  const file = options.file ?? threadFile('understanding');
  const waiting = createTurns<Task>(() => performance.now());
  let current: Task | null = null;
  let limit: NodeJS.Timeout | undefined;
  let isReady = false;
  let tellReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (tellReady = resolve));
  let isClosed = false;
  let worker = open();

  /** An error is followed by an exit: one restart for both. */
  const failed = new WeakSet<Worker>();
  function hasFailed(made: Worker): boolean {
    if (failed.has(made)) return true;
    failed.add(made);
    return false;
  }

  function open(): Worker {
    isReady = false;
    const made = new Worker(file, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // The clock of a test or a preload is that of the main thread alone.
      execArgv: [],
    });
    made.on('message', (told: Told) => made === worker && hear(told));
    made.on(
      'error',
      (error) => made === worker && !hasFailed(made) && replace(`the thread failed: ${errorText(error)}`),
    );
    made.on(
      'exit',
      (code) => made === worker && !isClosed && !hasFailed(made) && replace(`the thread ended with ${code}`),
    );
    return made;
  }

  /** The text under way is given up; those behind it go to a new thread. */
  function replace(reason: string): void {
    clearTimeout(limit);
    tellReady();
    const job = current;
    current = null;
    const old = worker;
    failed.add(old);
    if (!isClosed) {
      log.error({ reason, text: job?.input.update.id ?? null }, 'understanding is started anew');
      // One that cannot even start is not tried in a tight loop: what waits, waits in the inbox.
      if (isReady) worker = open();
      else setTimeout(() => !isClosed && worker === old && (worker = open()), RESTART_MS).unref();
    }
    isReady = false;
    void old.terminate();
    job?.reject(new BotError('TOO_LONG', reason));
  }

  function watch(): void {
    clearTimeout(limit);
    limit = setTimeout(() => replace(`not understood within ${limitMs} ms`), limitMs);
  }

  function next(): void {
    if (current || !isReady) return;
    current = waiting.next();
    if (!current) return;
    watch();
    worker.postMessage({ kind: 'match', input: current.input } satisfies Ask);
  }

  function hear(told: Told): void {
    clearTimeout(limit);
    switch (told.kind) {
      case 'ready':
        isReady = true;
        // From now on it must not keep a process alive that has nothing else to do; before, whoever waits for it may have no other.
        worker.unref();
        tellReady();
        break;
      case 'embed':
        return void giveVector(told.text, worker);
      case 'matched':
        current?.resolve(told.found);
        current = null;
        break;
      case 'failed':
        current?.reject(new Error(told.reason));
        current = null;
    }
    next();
  }

  async function giveVector(text: string, to: Worker): Promise<void> {
    const vector = await embed(text).catch(() => null);
    if (to !== worker || isClosed) return;
    watch();
    to.postMessage({ kind: 'vector', vector } satisfies Ask);
  }

  return {
    ready,
    match: (input) =>
      new Promise((resolve, reject) => {
        waiting.add(
          { input, resolve, reject },
          input.update.kind === 'message' ? input.update.text.length : 0,
        );
        next();
      }),
    async close() {
      isClosed = true;
      clearTimeout(limit);
      await worker.terminate();
    },
  };
}
