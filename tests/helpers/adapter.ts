/** An adapter that keeps what it is given; whatever else a test needs of one is overridden. */
import type { Adapter } from '../../src/core/ports.js';
import type { Outgoing } from '../../src/core/store.js';

export type Recorder = Adapter & { delivered: Outgoing[] };

/** So wide that no test is slowed by it. */
const FREE = { burst: 1_000_000, everyMs: 1 };

export function createRecorder(overrides: Partial<Adapter> = {}): Recorder {
  const delivered: Outgoing[] = [];
  return {
    name: 'console',
    dedupeWindowMs: 0,
    appPace: [],
    pace: { direct: FREE, group: FREE },
    editWindowMs: Number.POSITIVE_INFINITY,
    delivered,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    deliver(message, _content, onCall) {
      onCall?.();
      delivered.push(message);
      return Promise.resolve({ messageId: message.editMessageId ?? `m${delivered.length}` });
    },
    download: () => Promise.reject(new Error('nothing to download')),
    ...overrides,
  };
}
