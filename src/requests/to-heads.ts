/** 再次升级 by 督办: the heads of those who have a part still, each of their own unit alone. Pure. */
import { send } from '../core/effects.js';
import { isRestricted, type RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { shorten } from '../text/shorten.js';
import { isActive } from './log.js';
import { reachOf, type Reaching } from './reach.js';

export function headNotices(event: RequestEvent, on: Reaching): Effect[] {
  if (event.kind !== 'urged' || event.facts?.['to'] !== 'head') return [];
  const { request, policy } = on;
  const isHidden = isRestricted(request);
  const what = isHidden ? policy.name : shorten(request.text, 20);
  // Of a person nothing is said but the kind.
  const words = event.text === undefined || isHidden ? '' : `:${event.text}`;
  const units = new Set(request.assignments.filter(isActive).map(({ organization }) => organization));
  return [...units].flatMap((unit) => {
    const { way, chats } = reachOf(unit, on, 'head');
    if (way !== 'head') return [];
    const text = `${request.number}(${what})督办再次升级,请${unit}负责人督促办理${words}。`;
    return chats.map((chat) => send(chat, { text }));
  });
}
