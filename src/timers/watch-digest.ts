/**
 * The morning's summary of what is late, each working morning while anything is: for 督办 all that it has to look after, for the
 * county's leaders what has climbed to them or what nobody acts on.
 */
import { endOfWork, nextStartOfWork, startOfWork } from '../calendar/workdays.js';
import { toLocal } from '../calendar/local.js';
import { conversationKey } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { Person } from '../core/domain.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf, type RequestCase } from '../requests/case.js';
import { hasClimbed } from '../requests/ladder.js';
import { isHiddenFrom } from '../requests/permissions.js';
import { chatOf } from '../requests/reach.js';
import { actorOf } from '../requests/routing.js';
import { watchesOf, watchLine, type Watch } from '../requests/watching.js';
import { openRequests } from './open-requests.js';

export const WATCH_KIND = 'watch-digest';
/** Lines of one summary; the rest is counted. */
const LINES_MAX = 30;

/** One timer for all mornings. */
export const watchTimer = (runAt: number): Extract<Effect, { kind: 'schedule' }> => ({
  kind: 'schedule',
  timer: { key: WATCH_KIND, runAt, kind: WATCH_KIND, payload: {} },
});

type Watched = { on: RequestCase; watches: Watch[] };

/** Timer `watch-digest`. After a morning without the bot it is said later on that day; in the evening and on days off nothing is. */
export function createWatchDigest(deps: HandlerDeps): TimerHandler {
  return async ({ now, read }) => {
    const world = requestWorldOf(deps);
    const { calendar, directory, platforms } = world;
    const { date } = toLocal(now);
    const isAtWork = calendar.day(date).isWorkday && now >= startOfWork(calendar, date);
    if (!isAtWork || now >= endOfWork(calendar, date)) return [watchTimer(nextStartOfWork(calendar, now))];
    const watched = (await openRequests(read)).flatMap((request): Watched[] => {
      const on = caseOf(request, world, now);
      const watches = watchesOf(on);
      return watches.length > 0 ? [{ on, watches }] : [];
    });
    const sent = new Map<string, Effect>();
    const has = (person: Person, role: 'deadline-office' | 'county-leader') => person.roles.includes(role);
    const tell = (people: readonly Person[], title: string, of: readonly Watched[]) => {
      for (const person of people) {
        const chat = chatOf(person, platforms);
        const [account = ''] = person.accounts;
        const reader = actorOf(person, account, directory);
        const seen = of.filter(({ on }) => !isHiddenFrom(reader, on.request));
        // Who watches and leads at once has one of them.
        if (chat && seen.length > 0 && !sent.has(conversationKey(chat)))
          sent.set(conversationKey(chat), send(chat, { text: summaryOf(title, seen) }));
      }
      return people.some((person) => chatOf(person, platforms) !== null);
    };
    const { people } = directory;
    const isWatching = tell(
      people.filter((it) => has(it, 'deadline-office')),
      '待督办的请求',
      watched,
    );
    tell(
      people.filter((it) => has(it, 'county-leader')),
      '超过时限、仍在办理的请求',
      // Where nobody of 督办 can be written to the leaders hear of all of it.
      isWatching ? watched.filter(({ on }) => hasClimbed(on.request, on.policy)) : watched,
    );
    return [...sent.values(), watchTimer(nextStartOfWork(calendar, now))];
  };
}

/** Longest late first; the part that is late is named, not whoever has the last one. */
function summaryOf(title: string, watched: readonly Watched[]): string {
  const lateSince = ({ watches }: Watched) => Math.min(...watches.map(({ dueAt }) => dueAt ?? Infinity));
  const lines = [...watched]
    .sort((a, b) => {
      const [one, other] = [lateSince(a), lateSince(b)];
      return one === other ? 0 : one - other;
    })
    .slice(0, LINES_MAX)
    .map(({ on, watches }) => watchLine(on, watches));
  const more = watched.length > LINES_MAX ? [`另有 ${watched.length - LINES_MAX} 件。`] : [];
  return [`${title} ${watched.length} 件:`, ...lines, ...more, '发送“待督办”逐件查看。'].join('\n');
}
