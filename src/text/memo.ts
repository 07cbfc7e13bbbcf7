/** What was made for a key is made once, as long as it is kept. */

/** Keeps the last `size` values asked for first; what failed is made anew. */
export function createMemo<T>(size: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known) return known;
    const made = make();
    const [oldest] = kept.keys();
    if (kept.size >= size && oldest !== undefined) kept.delete(oldest);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
}
