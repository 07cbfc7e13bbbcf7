/** The thread that holds the embedding model; see encoding.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../core/errors.js';
import { loadEncoder } from '../text/encoder.js';
import type { EncodeAsk, EncodeTold, EncoderData } from './encoder-messages.js';

if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
const tell = (what: EncodeTold): void => port.postMessage(what);

const { dir, prepared } = workerData as EncoderData;
const { encoder, reason } = await loadEncoder(dir, { prepared });
if (encoder) {
  const { modelHash, dimensions } = encoder;
  let tail: Promise<void> = Promise.resolve();
  const embed = async (id: number, text: string): Promise<void> => {
    try {
      const [vector = []] = await encoder.embedDocuments([text]);
      tell({ kind: 'vector', id, vector });
    } catch (error) {
      tell({ kind: 'failed', id, reason: errorText(error) });
    }
  };
  port.on('message', (ask: EncodeAsk) => {
    tail = tail.then(() => (ask === 'end' ? port.close() : embed(ask.id, ask.text)));
  });
  tell({ kind: 'loaded', modelHash, dimensions });
} else tell({ kind: 'absent', reason });
