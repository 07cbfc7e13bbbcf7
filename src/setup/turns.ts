/** Whose turn it is among the texts that wait for a thread: a question is not kept waiting by somebody's page. */

/**
 * Ms that a text stands back for each of its characters, so that nobody's backlog of long texts (80 ms of work each) is felt
 * by those who ask in a line; it is bounded, and who has waited so long goes first.
 */
const STANDS_BACK_MS = 10;

export type Turns<T> = {
  /** `characters`: how long the text is; 0 for what has none. */
  add(task: T, characters: number): void;
  next(): T | null;
};

/** `clock`: monotonic, in ms. */
export function createTurns<T>(clock: () => number): Turns<T> {
  const waiting: { task: T; turnAt: number }[] = [];
  return {
    add: (task, characters) => void waiting.push({ task, turnAt: clock() + characters * STANDS_BACK_MS }),
    next() {
      let first = 0;
      for (const [at, { turnAt }] of waiting.entries())
        if (turnAt < (waiting[first]?.turnAt ?? Infinity)) first = at;
      return waiting.splice(first, 1)[0]?.task ?? null;
    },
  };
}
