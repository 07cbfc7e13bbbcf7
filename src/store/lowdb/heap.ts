/** A binary heap whose members are found by key, and what becomes free at an instant: timers, and heads of the outbox. */

export type Entry<T> = { key: string; item: T };

export type Heap<T> = {
  peek(): Entry<T> | undefined;
  size(): number;
  set(key: string, item: T): void;
  delete(key: string): void;
};

/** Every operation costs the logarithm of the size. */
export function createHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const entries: Entry<T>[] = [];
  const places = new Map<string, number>();
  const at = (i: number) => entries[i] as Entry<T>;
  const put = (i: number, entry: Entry<T>): void => {
    entries[i] = entry;
    places.set(entry.key, i);
  };
  const rise = (from: number, entry: Entry<T>): number => {
    let i = from;
    for (; i > 0; i = (i - 1) >> 1) {
      const parent = at((i - 1) >> 1);
      if (!isBefore(entry.item, parent.item)) break;
      put(i, parent);
    }
    put(i, entry);
    return i;
  };
  const sink = (from: number, entry: Entry<T>): void => {
    let i = from;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && isBefore(at(child + 1).item, at(child).item)) child++;
      if (!isBefore(at(child).item, entry.item)) break;
      put(i, at(child));
      i = child;
    }
    put(i, entry);
  };
  const remove = (key: string): void => {
    const place = places.get(key);
    if (place === undefined) return;
    places.delete(key);
    const last = entries.pop() as Entry<T>;
    if (place < entries.length) sink(rise(place, last), last);
  };
  return {
    peek: () => entries[0],
    size: () => entries.length,
    set(key, item) {
      remove(key);
      entries.push({ key, item });
      rise(entries.length - 1, { key, item });
    },
    delete: remove,
  };
}

export type DueQueue<T> = {
  /** Undefined takes it away. */
  set(key: string, item: T | undefined): void;
  /** Up to `limit` that are free at `now`, in their order, without those left out; from the first that is past on, none. */
  due(now: number, limit: number, isLeftOut?: (key: string) => boolean, isPast?: (item: T) => boolean): T[];
};

/**
 * What is not free yet waits in the order of its time, what is free in the order in which it is given out: neither costs
 * more for what is pending behind it.
 */
export function createDueQueue<T>(
  freeAt: (item: T) => number,
  isBefore: (a: T, b: T) => boolean,
): DueQueue<T> {
  const waiting = createHeap<T>((a, b) => freeAt(a) < freeAt(b));
  const ready = createHeap<T>(isBefore);
  return {
    set(key, item) {
      ready.delete(key);
      if (item === undefined) waiting.delete(key);
      else waiting.set(key, item);
    },
    due(now, limit, isLeftOut = () => false, isPast = () => false) {
      for (let next = waiting.peek(); next && freeAt(next.item) <= now; next = waiting.peek()) {
        waiting.delete(next.key);
        ready.set(next.key, next.item);
      }
      const looked: Entry<T>[] = [];
      const found: T[] = [];
      for (let next = ready.peek(); next && found.length < limit; next = ready.peek()) {
        if (freeAt(next.item) <= now && isPast(next.item)) break;
        ready.delete(next.key);
        // Callers give the time, and it may go back.
        if (freeAt(next.item) > now) waiting.set(next.key, next.item);
        else {
          looked.push(next);
          if (!isLeftOut(next.key)) found.push(next.item);
        }
      }
      for (const { key, item } of looked) ready.set(key, item);
      return found;
    },
  };
}
