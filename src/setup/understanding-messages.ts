/** What the main thread and the thread that reads texts say to each other. */
import type { Matcher } from '../core/bot.js';
import type { Intent } from '../nlu/load.js';
import type { IntentModel } from '../nlu/model.js';

export type ThreadData = { intents: Intent[]; model: IntentModel; hasEncoder: boolean };
export type Found = Awaited<ReturnType<Matcher>>;
/** To the thread: one message at a time, and the vectors that it asks for meanwhile. */
export type Ask =
  { kind: 'match'; input: Parameters<Matcher>[0] } | { kind: 'vector'; vector: ArrayLike<number> | null };
export type Told =
  | { kind: 'ready' }
  | { kind: 'embed'; text: string }
  | { kind: 'matched'; found: Found }
  | { kind: 'failed'; reason: string };
