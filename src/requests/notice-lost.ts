/** Notices of a request that are no card: how the end of each is told back, and found again. Pure. */
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import type { Request, RequestEvent } from '../core/request.js';

/** desk: to 督办 (to-desk.ts) · head: to heads, from 督办 (to-heads.ts) · ruled: to a unit that a ruling names (ruling-told.ts). */
export const NOTICES = ['desk', 'head', 'ruled'] as const;
export type Notice = (typeof NOTICES)[number];

/** Nothing of an event is ever taken out: its place in the log is its name. */
export const noticeOccurrence = (
  { number, events }: Request,
  unit: string,
  notice: Notice,
  event: RequestEvent,
): string => `${REQUEST_OCCURRENCE}${number}:${unit}:::${notice} ${events.indexOf(event)}`;

/** `id` is the last part of an occurrence; null where it is none of a notice. */
export function noticeIn(id: string, { events }: Request): { notice: Notice; event: RequestEvent } | null {
  const [name, at = ''] = id.split(' ');
  const notice = NOTICES.find((it) => it === name);
  const event = /^\d+$/.test(at) ? events[Number(at)] : undefined;
  return notice && event ? { notice, event } : null;
}
