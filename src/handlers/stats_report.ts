/** An intent whose function comes with a later version: one courteous line that says so. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const COMING_REPLIES = ['coming'] as const;

export function createComing({ intents }: HandlerDeps, id: string): Handler {
  const reply = repliesOf(intents, id, COMING_REPLIES);
  return () => [replyText(reply('coming'))];
}
