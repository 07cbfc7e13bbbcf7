/** The daily seal: number and hash of the record's last line, in the chats of 编办 and 督办, where no machine of ours can change it. */
import { DAY_MS, formatDate, fromLocal, toLocal } from '../calendar/local.js';
import { send } from '../core/effects.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { chatOf, unique } from '../requests/reach.js';

export const SEAL_KIND = 'seal';
/** Behind the end of a working day, minutes; in the evening nobody waits for it. */
const SEAL_AT = 18 * 60 + 5;

/** Today's while it is still ahead, else tomorrow's. One timer for all days. */
export function sealTimer(
  now: number,
  /** To how many chats the last one went; absent while there was none. */
  sentTo?: number,
): Extract<Effect, { kind: 'schedule' }> {
  const today = fromLocal(toLocal(now).date, SEAL_AT);
  const runAt = today > now ? today : today + DAY_MS;
  const payload = sentTo === undefined ? {} : { sentTo };
  return { kind: 'schedule', timer: { key: SEAL_KIND, runAt, kind: SEAL_KIND, payload } };
}

/** Timer `seal`; `npm run verify-log -- --seals FILE` holds the messages against the record. */
export function createSealTimer({
  knowledge,
  platforms,
}: Pick<HandlerDeps, 'knowledge' | 'platforms'>): TimerHandler {
  return async ({ now, read }) => {
    const head = await read.getRecordHead();
    const people = knowledge().directory.people.filter(({ roles }) =>
      roles.some((role) => role === 'list-office' || role === 'deadline-office'),
    );
    const chats = unique(people.flatMap((person) => chatOf(person, platforms) ?? []));
    const text =
      head &&
      `台账封签(${formatDate(toLocal(now).date, 0)}):到第${head.seq}号,校验值 ${head.hash}。请保留本消息,核对台账时用。`;
    return text === null
      ? [sealTimer(now)]
      : [...chats.map((chat) => send(chat, { text })), sealTimer(now, chats.length)];
  };
}
