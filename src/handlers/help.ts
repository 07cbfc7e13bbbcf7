/** What the bot can do. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const HELP_REPLIES = ['reply'] as const;

export function createHelp({ intents }: HandlerDeps): Handler {
  const reply = repliesOf(intents, 'help', HELP_REPLIES);
  return () => [replyText(reply('reply'))];
}
