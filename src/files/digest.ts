/** One text for one value, and its hash: what the record (台账) vouches for. Pure. */
import { createHash } from 'node:crypto';

/** JSON with sorted keys and nothing between: the same value always gives the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** SHA-256 in hex. */
export const sha256 = (said: string | Uint8Array): string => createHash('sha256').update(said).digest('hex');
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
