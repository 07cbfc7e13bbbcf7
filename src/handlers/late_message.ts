/** A late message is dropped, or its button was pressed when nothing waits any more. */
import { replyText, setSession } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const LATE_MESSAGE_REPLIES = ['dropped', 'nothing'] as const;

export function createLateMessage({ intents }: HandlerDeps): Handler {
  const reply = repliesOf(intents, 'late_message', LATE_MESSAGE_REPLIES);
  return ({ session, match, now }) => {
    const isDropped = session?.late && match.slots['action'] === 'late-drop';
    if (!isDropped) return [replyText(reply('nothing'))];
    const { late: _late, ...rest } = session;
    return [replyText(reply('dropped')), setSession({ ...rest, updatedAt: now })];
  };
}
