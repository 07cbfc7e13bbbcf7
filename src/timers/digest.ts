/** 今日提要: one message a morning for each person for whom something waits. */
import { endOfWork } from '../calendar/workdays.js';
import { DAY_MS, fromLocal, toLocal, yearOf, type LocalDate } from '../calendar/local.js';
import { cardToText } from '../core/card.js';
import { remind } from '../core/effects.js';
import { occurrenceId, type Occurrence, type Recipient } from '../core/reminder.js';
import { isRestricted, type Request } from '../core/request.js';
import type { Effect, TimerHandler } from '../core/types.js';
import { DIGEST, digestCard, isEmptyDigest, type DigestParts } from '../digest/view.js';
import { saveOccurrence } from '../reminders/planning.js';
import { become, withHop } from '../reminders/ledger.js';
import { isQuiet } from '../reminders/plan.js';
import { userOf, waysTo } from '../reminders/reach.js';
import { plannedOccurrence } from '../reminders/schedule.js';
import { reminderWorldOf, type HandlerDeps } from '../handlers/deps.js';
import { conversationKey } from '../core/chat.js';
import type { StoreReader } from '../core/store.js';
import { knownMorning, morningTimer } from '../digest/morning.js';
import { recipientsOf } from '../organizations/recipients.js';
import { hintsOf } from '../requests/routing.js';

/** Requests of a unit that a summary looks through. */
const LOOKED_THROUGH = 200;
/** Own reminders of the evening are told in the morning as well, ms after the end of work. */
const EVENING_MS = 6 * 3_600_000;

/** Timer `digest`: one person's morning. */
export function createDigestTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = reminderWorldOf(deps);
    const account = String(update.timer.payload['account']);
    const user = userOf(account);
    const person = user && world.directory.personOf(user);
    if (!user) return [];
    const { date } = toLocal(now);
    // Which day is a working day is not known: looked at again tomorrow.
    if (!world.calendar.hasYear(yearOf(date))) return [morningTimer(account, now + DAY_MS)];
    // The bot was down in the morning: nobody is told at night or on a day off.
    if (!world.calendar.day(date).isWorkday || isQuiet(toLocal(now).minutes, world.rules))
      return [morningTimer(account, knownMorning(world.calendar, now) ?? now + DAY_MS)];
    const tomorrow = knownMorning(world.calendar, fromLocal(date, 24 * 60) - 1) ?? now + DAY_MS;
    // A late one and today's are one.
    if (await hadOne(account, date, read, now)) return [morningTimer(account, tomorrow)];
    const all = await partsOf(account, deps, read, now);
    // Of whom was bound when it was planned and is not any more, it is known what they were.
    const was = all.gathered.flatMap(({ to: it }) => (it.kind === 'person' ? [it] : []))[0];
    const { name, organization } = person ?? was ?? { name: '', organization: '' };
    const to: Recipient = { kind: 'person', account, name, organization };
    const [way] = waysTo(to, world.directory, world.platforms);
    const isOwn = way?.conversation.isDirect === true && way.forWhom === undefined;
    const parts = isOwn ? all : withoutRestricted(all);
    if (isEmptyDigest(parts)) return [];
    const card = digestCard(parts, now);
    const occurrence = become(
      {
        ...plannedOccurrence(
          { id: DIGEST, text: cardToText({ ...card, buttons: [] }), isUrgent: false },
          { to, n: '0' },
          now,
          now,
        ),
        id: occurrenceId(DIGEST, now, account),
      },
      'claimed',
      now,
    );
    const sent = way
      ? [
          ...parts.gathered.flatMap((it) =>
            saveOccurrence(become(it, 'sent', now, { reason: gatheredIn(date) })),
          ),
          ...saveOccurrence(withHop(occurrence, conversationKey(way.conversation), now)),
          remind(way.conversation, { card }, occurrence.id),
        ]
      : [
          ...parts.gathered.flatMap((it) =>
            saveOccurrence(become(it, 'skipped', now, { reason: DIGEST_FAILED })),
          ),
          ...saveOccurrence(become(occurrence, 'failed', now, { reason: '找不到可以送达的账号' })),
        ];
    const goesOn = parts.todo.length + parts.toRate.length > 0;
    return [...sent, ...(goesOn ? [morningTimer(account, tomorrow)] : [])];
  };
}

/** What speaks of a person is for nobody who stands in. */
const withoutRestricted = (parts: DigestParts): DigestParts => ({
  ...parts,
  todo: parts.todo.filter((it) => !isRestricted(it)),
  toRate: parts.toRate.filter((it) => !isRestricted(it)),
});

async function hadOne(account: string, date: LocalDate, read: StoreReader, now: number): Promise<boolean> {
  const today = await read.findOccurrences({ recipient: account, from: fromLocal(date), to: now + 1 });
  return today.some(({ reminder }) => reminder === DIGEST);
}

const gatheredIn = (date: string): string => `已并入${date}早间汇总`;
const DIGEST_FAILED = '早间汇总没有送达';

/** What the summary had gathered did not come either; the ledger does not call it sent. */
export async function lostWith(digest: Occurrence, read: StoreReader, now: number): Promise<Effect[]> {
  if (digest.to.kind !== 'person') return [];
  const sent = await read.findOccurrences({ recipient: digest.to.account, statuses: ['sent'] });
  return sent
    .filter(({ reason }) => reason === gatheredIn(toLocal(digest.dueAt).date))
    .flatMap((it) => saveOccurrence(become(it, 'skipped', now, { reason: DIGEST_FAILED })));
}

async function partsOf(
  account: string,
  deps: HandlerDeps,
  read: StoreReader,
  now: number,
): Promise<DigestParts> {
  const world = reminderWorldOf(deps);
  const { date } = toLocal(now);
  const mine = await read.findOccurrences({ recipient: account, statuses: ['claimed', 'planned'] });
  const gathered = mine.filter(
    (it) => it.status === 'claimed' && it.digest !== undefined && it.digest <= date,
  );
  const later = mine.filter(
    (it) =>
      it.status === 'planned' && it.dueAt > now && it.dueAt <= endOfWork(world.calendar, date) + EVENING_MS,
  );
  const user = userOf(account);
  const person = user && world.directory.personOf(user);
  if (!person) return { todo: [], toRate: [], gathered, later };
  const unit = world.directory.unitOf(person);
  const page = { offset: 0, limit: LOOKED_THROUGH };
  const assigned = await read.findRequests({ assignedTo: unit, isOpen: true }, page);
  const filed = await read.findRequests({ account, isOpen: true }, page);
  return {
    todo: assigned.requests.filter((request) => isFor(person.name, unit, request, deps)),
    toRate: filed.requests.filter(
      (it) =>
        it.status === 'answered' &&
        it.callers.some(
          (c) => c.account === account && c.organization === person.organization && c.rating === null,
        ),
    ),
    gathered,
    later,
  };
}

/** Whoever signed, else those who are asked first. */
const isFor = (name: string, unit: string, request: Request, deps: HandlerDeps): boolean =>
  recipientsOf(
    unit,
    deps.knowledge().directory,
    'person',
    hintsOf(request, unit, deps.policies[request.kind]),
  ).some((it) => it.name === name);
