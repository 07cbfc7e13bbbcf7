/** A short name of a text, for buttons (64 bytes hold no Chinese sentence): FNV-1a in base 36. */
export function tokenOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const c of text) hash = Math.imul(hash ^ (c.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
