/** What the clock does to requests: climbs the ladder, concludes what nobody rates, gathers the leaders' morning digest. */
import { addWorkingDays, isWorkingTime, startOfWork, workdayFrom } from '../calendar/workdays.js';
import { formatInstant, toLocal } from '../calendar/local.js';
import { send, urgently } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { Effect, TimerHandler } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { dueAtOf } from '../requests/clock.js';
import { effectsOfChange, timerOf, type RequestWorld } from '../requests/effects.js';
import { applyMove } from '../requests/machine.js';
import type { ClockAct } from '../requests/moves.js';
import { dueActs, dueSteps, newestSteps, type DueStep } from '../requests/ladder.js';
import { callerChats } from '../requests/parties.js';
import { chatOf, reachOf, unique } from '../requests/reach.js';
import { watchesOf, watchLine } from '../requests/watching.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { conversationKey, type Conversation } from '../core/chat.js';
import { shorten } from '../text/shorten.js';

const DIGEST_KIND = 'county-digest';
/** Lines of a digest; the rest is counted. */
const DIGEST_MAX = 30;

/** Timer `request`: one for each open request, at the next thing that the clock has to do. */
export function createRequestTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const number = String(update.timer.payload['number']);
    const before = await read.getRequest(number);
    if (!before) return [];
    const world = requestWorldOf(deps);
    const on = caseOf(before, world, now);
    let after = before;
    const steps: DueStep[] = [];
    for (let acts = dueActs(on); acts.length > 0; acts = dueActs(caseOf(after, world, now))) {
      steps.push(...dueSteps(caseOf(after, world, now)));
      for (const act of acts) after = applied(after, act, world, now);
    }
    // A year's days off are known by now: the end that was provisional is reckoned anew.
    const dueAt = dueAtOf(caseOf(after, world, now));
    if (after === before && dueAt !== before.dueAt) after = { ...before, dueAt };
    // Too early, or looked again for a calendar that is not there yet: nobody's card changes.
    if (after === before) return [timerOf(on)];
    const isConcluded = after.status === 'concluded' && before.status !== 'concluded';
    return [
      ...effectsOfChange(before, after, world, now, null),
      ...(isConcluded ? [] : tellAll(before, steps, world, now)),
    ];
  };
}

function applied(request: Request, act: ClockAct, world: RequestWorld, now: number): Request {
  const outcome = applyMove(caseOf(request, world, now), act, null);
  // The ladder offered it a moment ago: a refusal is a mistake of ours.
  if (!outcome.ok) throw new Error(`${request.number}: the clock may not ${act.kind}: ${outcome.reason}`);
  return outcome.request;
}

/** Who is reached as the person and as the deputy hears the newest once. */
function tellAll(request: Request, steps: DueStep[], world: RequestWorld, now: number): Effect[] {
  const effects = new Map<string, Effect>();
  for (const step of newestSteps(steps.filter((it) => !isForDigest(request, it))))
    for (const effect of tell(request, step, world, now)) {
      const key = effect.kind === 'send' ? `${conversationKey(effect.to)} ${step.assignment}` : effect.kind;
      effects.set(key, effect);
    }
  return [...effects.values()];
}

/** The morning's summary names the request anyway. */
const isForDigest = (request: Request, { step }: DueStep): boolean =>
  step.via === 'digest' && request.urgency !== 'urgent';

/** One message to each chat that the step reaches; the leaders' steps and some of the persons' wait for a digest. */
function tell(request: Request, step: DueStep, world: RequestWorld, now: number): Effect[] {
  if (step.step.to === 'county-leader') return [digestEffect(world, now)];
  const reply = { text: stepText(request, step, world, now) };
  return chatsOfStep(request, step, world).map((chat) => {
    const effect = send(chat, reply);
    return request.urgency === 'urgent' ? urgently(effect) : effect;
  });
}

function chatsOfStep(request: Request, { step, assignment }: DueStep, world: RequestWorld): Conversation[] {
  const policy = world.policies[request.kind];
  const { directory, platforms } = world;
  if (step.to === 'caller')
    return unique(request.callers.flatMap((it) => callerChats(it, request, policy, directory, platforms)));
  const organization = request.assignments.find((a) => a.id === assignment)?.organization ?? '';
  if (step.to === 'county-leader') return [];
  const on = { request, policy, directory, platforms };
  const chats = reachOf(organization, on, step.to).chats;
  // A head hears of it beside the unit's group, which sees that somebody does.
  const groups = step.to === 'head' ? reachOf(organization, on).chats.filter((chat) => !chat.isDirect) : [];
  return unique([...chats, ...groups]);
}

const CLOCK_WORDS: Record<DueStep['clock']['clock'], string> = {
  sign: '签收',
  answer: '答复',
  rate: '评价',
  caller: '请求单位选择或补充',
  review: '督办核查',
  promise: '办好',
};

function stepText(request: Request, { clock, step }: DueStep, world: RequestWorld, now: number): string {
  const policy = world.policies[request.kind];
  if (clock.clock === 'promise') return promiseText(request, { clock, step }, now);
  const unit = request.assignments.find((a) => a.id === clock.assignment)?.organization;
  const what = CLOCK_WORDS[clock.clock];
  const due = formatInstant(clock.dueAt, now);
  const state = clock.dueAt > now ? `应于${due}前${what}` : `${what}时限为${due},现已超过`;
  if (step.to === 'caller' && clock.clock !== 'caller' && clock.clock !== 'rate')
    return `${policy.name} ${request.number}(${shorten(request.text, 24)})${unit ?? ''}${what}时限为${due},已经超过;已提醒其负责人,仍不办理的转督办。您可以“催办 ${request.number}”。`;
  const who =
    step.to === 'person' || step.to === 'deputy' || step.to === 'caller' ? '' : `承办单位:${unit ?? ''}。`;
  const why = isWorkingTime(world.calendar, now) ? '' : policy.texts.why;
  return `提醒:${policy.name} ${request.number}(${shorten(request.text, 24)})${state}。${who}${why}`;
}

/** What somebody said would be done by now is asked about, and its caller told that it was. */
function promiseText(
  request: Request,
  { clock, step }: Pick<DueStep, 'clock' | 'step'>,
  now: number,
): string {
  const unit = request.assignments.find((a) => a.id === clock.assignment)?.organization ?? '';
  const due = formatInstant(clock.dueAt, now);
  const head = `${request.number}(${shorten(request.text, 24)})`;
  return step.to === 'caller'
    ? `${head} ${unit}曾说${due}前办好,目前还没有答复,已再次询问。可以“催办 ${request.number}”。`
    : `${head} 贵单位曾说${due}前办好。已办好的请答复“答复 ${request.number} …”;没有办好的,请说明进展和新的时间。`;
}

/** One timer for all requests that reach the leaders before the next working morning. */
function digestEffect(world: RequestWorld, now: number): Effect {
  const { date } = toLocal(now);
  const today = workdayFrom(world.calendar, date);
  const isAhead = startOfWork(world.calendar, today) > now;
  const morning = isAhead ? today : addWorkingDays(world.calendar, date, 1).date;
  const key = `${DIGEST_KIND}:${morning}`;
  return {
    kind: 'schedule',
    timer: { key, runAt: startOfWork(world.calendar, morning), kind: DIGEST_KIND, payload: {} },
  };
}

/** Timer `county-digest`: what has climbed to the county's leaders and is still open, in one message. */
export function createCountyDigest(deps: HandlerDeps): TimerHandler {
  return async ({ now, read }) => {
    const world = requestWorldOf(deps);
    const { requests } = await read.findRequests(
      { isOpen: true, dueUntil: now },
      { offset: 0, limit: 1_000 },
    );
    const climbed = requests.filter((request) => {
      const leaderSteps = world.policies[request.kind].ladder.filter((s) => s.to === 'county-leader');
      return request.events.some(
        ({ kind, facts }) => kind === 'escalated' && leaderSteps.some((s) => s.id === facts?.['step']),
      );
    });
    const leaders = world.directory.people.filter(({ roles }) => roles.includes('county-leader'));
    const chats = unique(leaders.flatMap((person) => chatOf(person, world.platforms) ?? []));
    if (climbed.length === 0) return [];
    const lines = climbed.slice(0, DIGEST_MAX).map((r) =>
      // The part that is late is named, not whoever has the last one.
      watchLine(caseOf(r, world, now), watchesOf(caseOf(r, world, now))),
    );
    const more =
      climbed.length > DIGEST_MAX ? [`另有 ${climbed.length - DIGEST_MAX} 件,可发送“逾期”查看。`] : [];
    const text = [`超过时限、仍在办理的请求 ${climbed.length} 件:`, ...lines, ...more].join('\n');
    return chats.map((chat) => send(chat, { text }));
  };
}
