/** The thread that holds the embedding model; see encoding.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../core/errors.js';
import { loadEncoder } from '../text/encoder.js';
import type { EncodeAsk, EncodeTold, EncoderData } from './encoder-messages.js';

if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
const tell = (what: EncodeTold): void => port.postMessage(what);

const { encoder, reason } = await loadEncoder((workerData as EncoderData).dir);
if (encoder) {
  const { modelHash, dimensions } = encoder;
  port.on('message', ({ id, text }: EncodeAsk) => {
    encoder.embedDocuments([text]).then(
      ([vector = []]) => tell({ kind: 'vector', id, vector }),
      (error: unknown) => tell({ kind: 'failed', id, reason: errorText(error) }),
    );
  });
  tell({ kind: 'loaded', modelHash, dimensions });
} else tell({ kind: 'absent', reason });
