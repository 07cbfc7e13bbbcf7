/** Ids and times as Feishu writes them. Pure. */
import { idText } from '../shapes.js';

/** Prefixes of the platform (../README.md: Events): nothing is ever sent to what is no chat and no person. */
export const chatId = idText.regex(/^oc_/);
export const openId = idText.regex(/^ou_/);

/** Callbacks count in microseconds, messages in milliseconds (../README.md: Clicks). */
export function toMs(time: number): number {
  return time >= 1e14 ? Math.floor(time / 1_000) : time;
}
