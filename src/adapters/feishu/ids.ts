/** Ids and times as Feishu writes them. Pure. */
import { z } from 'zod';

/** An id or a name of something: short, and without what no store or address takes. */
export const text = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);

/** Prefixes of the platform (../README.md: Events): nothing is ever sent to what is no chat and no person. */
export const chatId = text.regex(/^oc_/);
export const openId = text.regex(/^ou_/);

/** Callbacks count in microseconds, messages in milliseconds (../README.md: Clicks). */
export function toMs(time: number): number {
  return time >= 1e14 ? Math.floor(time / 1_000) : time;
}
