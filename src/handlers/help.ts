/** What the bot can do. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { replyOf, type HandlerDeps } from './deps.js';

export const createHelp =
  (deps: HandlerDeps): Handler =>
  () => [replyText(replyOf(deps.intents, 'help', 'reply'))];
