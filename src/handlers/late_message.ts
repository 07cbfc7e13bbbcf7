/** A late message is dropped, or its button was pressed when nothing waits any more. */
import { replyText, setSession } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { replyOf, type HandlerDeps } from './deps.js';

export function createLateMessage(deps: HandlerDeps): Handler {
  return ({ session, match, now }) => {
    const isDropped = session?.late && match.slots['action'] === 'late-drop';
    if (!isDropped) return [replyText(replyOf(deps.intents, 'late_message', 'nothing'))];
    const { late: _late, ...rest } = session;
    return [
      replyText(replyOf(deps.intents, 'late_message', 'dropped')),
      setSession({ ...rest, updatedAt: now }),
    ];
  };
}
