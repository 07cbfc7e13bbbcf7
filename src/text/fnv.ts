/** A short hash of a text, not against anybody's will. Pure. */

/** FNV-1a, 32 bit, over UTF-16 units. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Which texts of many, whatever is added before them. */
export const isOneIn = (step: number, text: string): boolean => fnv1a(text) % step === 0;
