/** An intent whose function comes with a later version: one courteous line that says so. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { replyOf, type HandlerDeps } from './deps.js';

export const createComing =
  (deps: HandlerDeps, id: string): Handler =>
  () => [replyText(replyOf(deps.intents, id, 'coming'))];
