/** What the payloads of all platforms are looked at with. */
import { z } from 'zod';

/** An id or a name of something: short, and without what no store or address takes. */
export const idText = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);

/** Null for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
