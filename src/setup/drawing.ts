/** Pictures of charts, each in a thread that ends with it: drawing takes a second, and its font and code are held only meanwhile. */
import { Worker } from 'node:worker_threads';
import type { Chart } from '../core/chart.js';
import { BotError } from '../core/errors.js';
import { threadFile } from './thread-file.js';

/** Far longer than a picture takes on a busy machine. */
const LIMIT_MS = 20_000;

/** One at a time. */
export function createDrawing(
  /** The bundled thread. */
  file = threadFile('drawing'),
): (charts: readonly Chart[]) => Promise<Uint8Array> {
  let tail: Promise<unknown> = Promise.resolve();
  return (charts) => {
    const drawn = tail.then(() => drawOne(charts, file));
    tail = drawn.catch(() => undefined);
    return drawn;
  };
}

async function drawOne(charts: readonly Chart[], file: URL): Promise<Uint8Array> {
  const worker = new Worker(file, { workerData: charts, execArgv: [] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new BotError('UNAVAILABLE', 'the thread that draws has ended')));
      timer = setTimeout(
        () => reject(new BotError('UNAVAILABLE', `nothing drawn within ${LIMIT_MS} ms`)),
        LIMIT_MS,
      );
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
