/** 再次升级 by 督办: the heads of those who have a part still, each of their own unit alone. Pure. */
import { send } from '../core/effects.js';
import type { RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { isActive } from './log.js';
import { reachOf, type Reaching } from './reach.js';
import { briefOf, saidWith } from './words.js';

export function headNotices(event: RequestEvent, on: Reaching): Effect[] {
  if (event.kind !== 'urged' || event.facts?.['to'] !== 'head') return [];
  const { request, policy } = on;
  const what = briefOf(request, policy, 20);
  const units = new Set(request.assignments.filter(isActive).map(({ organization }) => organization));
  return [...units].flatMap((unit) => {
    const { way, chats } = reachOf(unit, on, 'head');
    if (way !== 'head') return [];
    const text = `${request.number}(${what})督办再次升级,请${unit}负责人督促办理${saidWith(request, event)}。`;
    return chats.map((chat) => send(chat, { text }));
  });
}
