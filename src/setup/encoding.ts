/** The embedding model in a thread of its own: a message is embedded while others are heard, looked up and answered. */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { BotError, errorText } from '../core/errors.js';
import { createEncoder, type LoadedEncoder } from '../text/encoder.js';
import type { EncodeAsk, EncodeTold, EncoderData } from './encoder-messages.js';
import { PREPARED_MODEL, threadFile } from './thread-file.js';
import { createTurns } from './turns.js';

type Task = { text: string; resolve: (vector: number[]) => void; reject: (error: Error) => void };

export type Encoding = {
  /** Resolves when the model can be asked, or could not be loaded. */
  opening: Promise<LoadedEncoder>;
  /**
   * Resolves when the thread has ended. A process that exits while the runtime is at work in another thread is aborted
   * (measured: exit code 134 in one of seven stops shortly after the start).
   */
  close(): Promise<void>;
};

/** Texts in the hands of a thread: one to work at, and one so that it never waits for the main thread. */
const IN_HAND = 2;

/** Longer than any text takes; then the process exits all the same. */
const CLOSE_MAX_MS = 2_000;

/** A thread that ends by itself is started anew; what it was asked fails with 'UNAVAILABLE', so that it is tried again. */
export function openEncoderThread(
  dir: string,
  /** The bundled thread. */
  file = threadFile('encoder'),
  inHand = IN_HAND,
): Encoding {
  const waiting = createTurns<Task>(() => performance.now());
  const asked = new Map<number, Task>();
  let last = 0;
  let worker: Worker;
  let isClosing = false;
  let tellEnded: () => void;
  const hasEnded = new Promise<void>((resolve) => (tellEnded = resolve));
  let tellLoaded: (loaded: LoadedEncoder) => void;
  const isLoaded = new Promise<LoadedEncoder>((resolve) => (tellLoaded = resolve));

  const embed = (text: string): Promise<number[]> =>
    new Promise((resolve, reject) => {
      waiting.add({ text, resolve, reject }, text.length);
      // Nothing else may be left to do, as while the first index is built before any platform is connected.
      worker.ref();
      give();
    });

  function give(): void {
    while (asked.size < inHand) {
      const task = waiting.next();
      if (!task) return;
      const id = ++last;
      asked.set(id, task);
      worker.postMessage({ id, text: task.text } satisfies EncodeAsk);
    }
  }

  function hear(told: EncodeTold): void {
    switch (told.kind) {
      case 'loaded':
        // From now on it must not keep a process alive that has nothing else to do.
        worker.unref();
        return tellLoaded({ encoder: createEncoder(embed, told.modelHash, told.dimensions), reason: null });
      case 'absent':
        return tellLoaded({ encoder: null, reason: told.reason });
      case 'vector':
        asked.get(told.id)?.resolve(told.vector);
        break;
      case 'failed':
        asked.get(told.id)?.reject(new Error(told.reason));
    }
    asked.delete(told.id);
    if (!isClosing) give();
    if (asked.size === 0 && !isClosing) worker.unref();
  }

  function open(): void {
    worker = new Worker(file, {
      workerData: { dir, prepared: PREPARED_MODEL } satisfies EncoderData,
      execArgv: [],
    });
    let reason = 'ended';
    worker.on('message', hear);
    worker.on('error', (error) => (reason = errorText(error)));
    worker.on('exit', () => {
      tellLoaded({ encoder: null, reason: `语义模型不可用(${dir}):${reason}` });
      const wasAsked = asked.size > 0;
      for (let task = waiting.next(); task; task = waiting.next()) asked.set(++last, task);
      for (const { reject } of asked.values())
        reject(new BotError('UNAVAILABLE', `the encoder's thread: ${reason}`));
      asked.clear();
      if (wasAsked && !isClosing) open();
      else tellEnded();
    });
  }
  open();
  return {
    opening: isLoaded,
    async close() {
      await isLoaded;
      isClosing = true;
      worker.ref();
      worker.postMessage('end' satisfies EncodeAsk);
      await Promise.race([hasEnded, sleep(CLOSE_MAX_MS, undefined, { ref: false })]);
    },
  };
}

/** Each holds the model (some 100 MB); more hardly help, since the main thread has work of its own to do beside them. */
const POOL_MAX = 4;

export const poolThreads = (): number => Math.min(POOL_MAX, availableParallelism());

/** Some tenths of a second of work. */
const TEXTS_A_THREAD = 16;

/**
 * The model several times over, for work that nobody waits beside: each text goes to the thread that has the least to do,
 * and comes back as the same vector as from one thread.
 */
export function openEncoderPool(dir: string, threads: number, file?: URL): Encoding {
  const all = Array.from({ length: Math.max(1, threads) }, () =>
    openEncoderThread(dir, file, TEXTS_A_THREAD),
  );
  const opening = Promise.all(all.map((encoding) => encoding.opening)).then((loaded): LoadedEncoder => {
    const encoders = loaded.flatMap(({ encoder }) => encoder ?? []);
    const [first] = encoders;
    if (!first) return loaded[0] ?? { encoder: null, reason: '' };
    const waiting = encoders.map(() => 0);
    const embed = async (text: string): Promise<number[]> => {
      const at = waiting.indexOf(Math.min(...waiting));
      waiting[at] = (waiting[at] ?? 0) + 1;
      try {
        const [vector = []] = (await encoders[at]?.embedDocuments([text])) ?? [];
        return vector;
      } finally {
        waiting[at] = (waiting[at] ?? 1) - 1;
      }
    };
    // More than threads: none waits for the next text while the main thread is at something else.
    const lanes = encoders.length * TEXTS_A_THREAD;
    return { encoder: createEncoder(embed, first.modelHash, first.dimensions, lanes), reason: null };
  });
  return {
    opening,
    async close() {
      await Promise.all(all.map((encoding) => encoding.close()));
    },
  };
}
