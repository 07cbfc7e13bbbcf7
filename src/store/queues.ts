/** Tasks of one key run one after the other, in the order of the calls; different keys run side by side. */

export type Queues = {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
};

export function createQueues(): Queues {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, task) {
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      const tail: Promise<unknown> = result
        .catch(() => undefined)
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
  };
}
