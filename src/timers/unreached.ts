/** A message of a request did not arrive: the next way is taken within seconds, and who called learns of it. */
import { conversationKey, directChat } from '../core/chat.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import type { TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf } from '../requests/case.js';
import { effectsOfChange } from '../requests/effects.js';
import { isActive } from '../requests/log.js';
import { applyMove } from '../requests/machine.js';

/** Timer `delivered` of what a request sent; reminders have theirs. */
export function createUnreachedTimer(deps: HandlerDeps, ofReminders: TimerHandler): TimerHandler {
  return async (ctx) => {
    const { update, now, read } = ctx;
    const { payload } = update.timer;
    const occurrence = String(payload['occurrence']);
    if (!occurrence.startsWith(REQUEST_OCCURRENCE)) return ofReminders(ctx);
    const [number = '', unit = ''] = occurrence.slice(REQUEST_OCCURRENCE.length).split(':');
    const before = await read.getRequest(number);
    const part = before?.assignments.findLast((a) => a.organization === unit && isActive(a));
    if (!before || !part) return [];
    const chat = String(payload['to']);
    const isKnown = before.events.some((e) => e.kind === 'unreached' && e.facts?.['chat'] === chat);
    if (isKnown) return [];
    const world = requestWorldOf(deps);
    const isOf = (account: string): boolean => {
      const own = directChat(account);
      return own !== null && conversationKey(own) === chat;
    };
    const name = world.directory.people.find(({ accounts }) => accounts.some(isOf))?.name ?? '工作群';
    const act = { kind: 'unreached', assignment: part.id, chat, name } as const;
    const outcome = applyMove(caseOf(before, world, now), act, null);
    return outcome.ok ? effectsOfChange(before, outcome.request, world, now, null) : [];
  };
}
