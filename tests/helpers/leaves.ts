/** What a value holds, leaf by leaf, and the value with one of them changed. */
type Path = (string | number)[];

/** Every text, number and truth within a value, as paths. */
export function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

export function changed<T extends object>(whole: T, path: Path): T {
  const copy = structuredClone(whole);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as never;
  const key = path.at(-1) ?? '';
  const old = at[key];
  at[key] =
    typeof old === 'string' ? `${old}改` : typeof old === 'number' ? old + 1 : old === null ? 'x' : !old;
  return copy;
}
