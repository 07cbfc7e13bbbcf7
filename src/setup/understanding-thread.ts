/** The thread that reads what people write; see understanding.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { createMatcher } from '../nlu/match.js';
import type { Ask, ThreadData, Told } from './understanding-messages.js';

const { intents, model, hasEncoder } = workerData as ThreadData;
if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
const tell = (what: Told): void => port.postMessage(what);

let vectorFor: (vector: ArrayLike<number> | null) => void = () => undefined;
/** The encoder stays in the main thread (src/README.md: Understanding in a thread). */
const embed = (text: string): Promise<ArrayLike<number> | null> => {
  if (!hasEncoder) return Promise.resolve(null);
  tell({ kind: 'embed', text });
  return new Promise((resolve) => (vectorFor = resolve));
};
const match = createMatcher({ intents, model, embed });

port.on('message', (ask: Ask) => {
  if (ask.kind === 'vector') return vectorFor(ask.vector);
  match(ask.input).then(
    (found) => tell({ kind: 'matched', found }),
    (error: unknown) =>
      tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
tell({ kind: 'ready' });
