/** The operator's daily line: what did not arrive, who was not reached, what was set aside, whether the seal went out. */
import { DAY_MS, formatInstant, fromLocal, toLocal } from '../calendar/local.js';
import { send } from '../core/effects.js';
import type { Recipient } from '../core/reminder.js';
import { isConfidential, type Request } from '../core/request.js';
import type { StoreReader } from '../core/store.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { chatOf, unique } from '../requests/reach.js';
import { SEAL_KIND } from './seal.js';

export const OPERATOR_KIND = 'operator';
/** Before work begins, every day, minutes: what waits in the night is mended before people come. */
const LINE_AT = 8 * 60;
/** People that are named; the rest is counted. */
const NAMED = 3;
/** Requests that are read at once. */
const PAGE = 200;

/** Today's while it is still ahead, else tomorrow's. One timer for all days; `since`: what was said before. */
export function operatorTimer(now: number, since = now): Extract<Effect, { kind: 'schedule' }> {
  const today = fromLocal(toLocal(now).date, LINE_AT);
  const runAt = today > now ? today : today + DAY_MS;
  return { kind: 'schedule', timer: { key: OPERATOR_KIND, runAt, kind: OPERATOR_KIND, payload: { since } } };
}

/** Timer `operator`: nothing is said on a day on which there is nothing to say. */
export function createOperatorTimer({
  knowledge,
  platforms,
}: Pick<HandlerDeps, 'knowledge' | 'platforms'>): TimerHandler {
  return async ({ update, now, read }) => {
    const since = Number(update.timer.payload['since']);
    const { people } = knowledge().directory;
    // Where no administrator can be written to, the office that keeps the lists calls one.
    const [chats = []] = (['administrator', 'list-office'] as const)
      .map((role) =>
        unique(
          people.filter(({ roles }) => roles.includes(role)).flatMap((it) => chatOf(it, platforms) ?? []),
        ),
      )
      .filter((found) => found.length > 0);
    const parts = await partsOf(read, since);
    const text = `运行情况(${formatInstant(now, now)}):${parts.join(';')}。详情请在服务器上运行 npm run undelivered。`;
    return [...(parts.length > 0 ? chats.map((chat) => send(chat, { text })) : []), operatorTimer(now, now)];
  };
}

async function partsOf(read: StoreReader, since: number): Promise<string[]> {
  const undelivered = (await read.listUndelivered()).filter(({ at }) => at >= since);
  const failed = undelivered.filter(({ outcome }) => outcome === 'failed').length;
  const uncertain = undelivered.length - failed;
  const aside = (await read.listSetAside()).filter(({ at }) => at >= since).length;
  const unreached = await unreachedSince(read, since);
  const named = unreached.slice(0, NAMED).join('、');
  const more = unreached.length > NAMED ? `等${unreached.length}处` : '';
  return [
    failed > 0 ? `${failed}条消息没有送达` : '',
    uncertain > 0 ? `${uncertain}条消息是否送达不能确定` : '',
    unreached.length > 0 ? `联系不上的:${named}${more}` : '',
    aside > 0 ? `${aside}条来信没有处理成功` : '',
    await sealTrouble(read, undelivered),
  ].filter(Boolean);
}

/** Reminders that failed in this time were due in it, or as much earlier as one is tried. */
const TRIED_MS = 7 * DAY_MS;

/** Who could not be written to, once each: `水甲(县水利局)`. */
async function unreachedSince(read: StoreReader, since: number): Promise<string[]> {
  const occurrences = await read.findOccurrences({ statuses: ['failed'], from: since - TRIED_MS });
  const found = new Set(
    occurrences.filter(({ changedAt }) => changedAt >= since).map(({ to }) => nameOf(to)),
  );
  for (let offset = 0; ; offset += PAGE) {
    const { requests } = await read.findRequests({}, { offset, limit: PAGE });
    // That somebody complained of enforcement is not for the operator.
    for (const request of requests.filter((it) => !isConfidential(it)))
      for (const event of request.events)
        if (event.kind === 'unreached' && event.at >= since) found.add(whoOf(request, event));
    if (requests.length < PAGE) return [...found];
  }
}

function nameOf(to: Recipient): string {
  if (to.kind === 'group') return '工作群';
  return to.kind === 'person' ? `${to.name}(${to.organization})` : to.organization;
}

function whoOf(
  { assignments, callers }: Request,
  { text = '', assignment, facts }: Request['events'][number],
): string {
  const name = text.replace(/没有送达$/, '');
  const part = assignments.find(({ id }) => id === assignment)?.organization ?? callers[0]?.organization;
  return `${name}(${String(facts?.['unit'] ?? part ?? '')})`;
}

/** The seal is evidence only where a platform keeps it. Nothing while none was due. */
async function sealTrouble(read: StoreReader, undelivered: readonly { key: string }[]): Promise<string> {
  const sentTo = (await read.getTimer(SEAL_KIND))?.payload['sentTo'];
  if (typeof sentTo !== 'number') return '';
  const lost = undelivered.filter(({ key }) => key.startsWith(`timer:${SEAL_KIND}@`)).length;
  if (sentTo === 0) return '台账封签没有可以送达的编办或督办人员';
  return lost === 0 ? '' : lost >= sentTo ? '台账封签没有送达' : `台账封签有${lost}人没有送达(共${sentTo}人)`;
}
