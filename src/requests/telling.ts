/** What a step of the ladder says, and to whom: with the next way where one fails. Pure. */
import { isWorkingTime } from '../calendar/workdays.js';
import { formatInstant, toLocal, yearOf } from '../calendar/local.js';
import { conversationKey, type Conversation } from '../core/chat.js';
import { send, urgently } from '../core/effects.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import type { RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import type { Level } from '../organizations/recipients.js';
import { shorten } from '../text/shorten.js';
import type { RequestCase } from './case.js';
import type { RequestWorld } from './effects.js';
import { newestSteps, type DueStep } from './ladder.js';
import { isActive, isApproval } from './log.js';
import { callerChats } from './parties.js';
import { orCall } from './phones.js';
import { reachOf, reachText, unique, type Reaching } from './reach.js';
import { wayText } from './unreached.js';

/** A step that was taken, on the request after it. */
type Telling = { step: DueStep; on: RequestCase; world: RequestWorld };

/** Who is reached as the person and as the deputy hears the newest once; of a deadline that is over sooner than of a promise. */
export function tellAll(steps: DueStep[], on: RequestCase, world: RequestWorld): Effect[] {
  const effects = new Map<string, Effect>();
  const isPromise = (step: DueStep) => step.clock.clock === 'promise';
  const due = newestSteps(steps.filter((it) => !isForDigest(on, it)));
  for (const step of [...due.filter(isPromise), ...due.filter((it) => !isPromise(it))])
    for (const effect of tell({ step, on, world })) {
      const key = effect.kind === 'send' ? `${conversationKey(effect.to)} ${step.assignment}` : effect.kind;
      effects.set(key, effect);
    }
  return [...effects.values()];
}

/** The morning's summary names the request anyway; in a year whose days off are not known there is none. */
const isForDigest = ({ request, calendar, now }: RequestCase, { step }: DueStep): boolean =>
  step.via === 'digest' && request.urgency !== 'urgent' && calendar.hasYear(yearOf(toLocal(now).date));

/** One message to each chat that the step reaches; the county's leaders have the morning's summary (timers/watch-digest.ts). */
function tell(telling: Telling): Effect[] {
  return tellChats(telling, chatsOfStep(telling));
}

export function tellChats(telling: Telling, chats: readonly Conversation[]): Effect[] {
  const { step, on } = telling;
  const { request } = on;
  const occurrence = `${REQUEST_OCCURRENCE}${request.number}:${unitOf(telling)}:${step.assignment}:${step.clock.clock}:${step.step.id}`;
  return chats.map((chat) => {
    const effect = { ...send(chat, { text: stepText(telling) }), occurrence } as Effect;
    return request.urgency === 'urgent' ? urgently(effect) : effect;
  });
}

/** How failures of a step are named in the log. */
export const stepKey = ({ step, clock }: DueStep): string => `${clock.clock}/${step.id}/${clock.dueAt}`;

/**
 * Who gets a step's words after they did not get into this chat: the next way, once nobody of the way that was taken is
 * left. By the failures of this step alone: that a card did not arrive there either does not count twice.
 */
export function nextOfStep(telling: Telling, chat: string): { chats: Conversation[]; said: string } | null {
  const { step, on } = telling;
  const key = stepKey(step);
  const { events } = on.request;
  const takenAt = events.findLastIndex(
    ({ kind, facts }) => kind === 'escalated' && facts?.['step'] === step.step.id,
  );
  const without = events.filter(
    ({ kind, facts }, i) => kind !== 'unreached' || i < takenAt || facts?.['step'] === key,
  );
  const withRequest = (list: RequestEvent[]): Telling => ({
    ...telling,
    on: { ...on, request: { ...on.request, events: list } },
  });
  const failed: RequestEvent = { kind: 'unreached', at: on.now, by: null, facts: { chat, step: key } };
  const told = new Set(chatsOfStep(withRequest(without)).map(conversationKey));
  const next = withRequest([...without, failed]);
  const chats = chatsOfStep(next).filter((it) => !told.has(conversationKey(it)));
  if (chats.length === 0 && chatsOfStep(next).length > 0) return null;
  return { chats, said: nextText(next, withRequest([...events, failed])) };
}

/** `whole`: with the failures of cards as well. Where these leave nobody of the unit it is said that nobody has its part any more. */
function nextText(telling: Telling, whole: Telling): string {
  const { to } = telling.step.step;
  if (to === 'caller' || to === 'county-leader') return '';
  const unit = unitOf(telling);
  const { way } = reachOf(unit, reaching(telling), to);
  if (way !== null) return `已送${wayText(way, unit)}`;
  const by = reaching(whole);
  const lost = reachOf(unit, by).way === null ? reachText(unit, by) : null;
  return lost ?? `也没有其他人员可以送达,请电话联系${callText(telling)}`;
}

const unitOf = ({ step, on }: Pick<Telling, 'step' | 'on'>): string =>
  on.request.assignments.find((a) => a.id === step.assignment)?.organization ?? '';

const callText = (telling: Telling): string => orCall(unitOf(telling), reaching(telling), true);

const reaching = ({ on, world }: Telling): Reaching => ({ ...on, ...world });

function chatsOfStep(telling: Telling): Conversation[] {
  const { step, on } = telling;
  const { to } = step.step;
  const by = reaching(telling);
  const callers = () => unique(on.request.callers.flatMap((it) => callerChats(it, by)));
  if (to === 'caller') return callers();
  if (to === 'county-leader') return [];
  const unit = unitOf(telling);
  const chats = reachOf(unit, by, to).chats;
  // A head hears of it beside the unit's group, which sees that somebody does.
  const groups = to === 'head' ? reachOf(unit, by).chats.filter((chat) => !chat.isDirect) : [];
  const found = unique([...chats, ...groups]);
  // Nobody on that level or behind it: whoever of the unit can be written to, else who called.
  return found.length > 0 ? found : [...reachOf(unit, by).chats, ...callers()];
}

const CLOCK_WORDS: Record<DueStep['clock']['clock'], string> = {
  sign: '签收',
  answer: '答复',
  rate: '评价',
  caller: '请求单位选择或补充',
  review: '督办核查',
  promise: '办好',
};

function stepText(telling: Telling): string {
  const { step: due, on } = telling;
  const { clock, step } = due;
  const { request, policy, now, calendar } = on;
  if (clock.clock === 'promise') return promiseText(telling);
  const unit = unitOf(telling);
  const isLeave = request.assignments.some((a) => a.id === due.assignment && isApproval(request, a));
  const what = isLeave ? '同意上报' : CLOCK_WORDS[clock.clock];
  const dueText = formatInstant(clock.dueAt, now);
  const head = `${policy.name} ${request.number}(${shorten(request.text, 24)})`;
  const state = clock.dueAt > now ? `应于${dueText}前${what}` : `${what}时限为${dueText},现已超过`;
  if (step.to === 'caller' && clock.clock !== 'caller' && clock.clock !== 'rate')
    return `${head}${unit}${what}时限为${dueText},已经超过;${doneAbout(telling)}您可以“催办 ${request.number}”。`;
  const who =
    step.to === 'person' || step.to === 'deputy' || step.to === 'caller'
      ? ''
      : `${isLeave ? '请求' : '承办'}单位:${unit}。`;
  const why = isWorkingTime(calendar, now) ? '' : policy.texts.why;
  return `提醒:${head}${state}。${who}${why}`;
}

/** Whom the ladder has reached about this clock by now, in truth: by the way that was taken, not by the level's name. */
function doneAbout(telling: Telling): string {
  const { step, on } = telling;
  const { events } = on.request;
  const levels = events.flatMap(({ kind, assignment, facts }): Level[] =>
    kind === 'escalated' && assignment === step.assignment && facts?.['dueAt'] === step.clock.dueAt
      ? [String(facts['to']) as Level]
      : [],
  );
  const level = (['deadline-office', 'head', 'deputy', 'person'] as const).find((it) => levels.includes(it));
  if (level === undefined) return '';
  const { way } = reachOf(unitOf(telling), reaching(telling), level);
  if (way === null) return `承办单位和督办均无法送达,请电话联系${callText(telling)}。`;
  if (way === 'deadline-office' || way === 'duty') return `已提醒${wayText(way, '')}。`;
  return `已再次提醒${wayText(way, '该单位')},仍不办理的转督办。`;
}

/** What somebody said would be done by now is asked about, and its caller told that it was. */
function promiseText(telling: Telling): string {
  const { step: due, on } = telling;
  const { request, now } = on;
  const unit = unitOf(telling);
  const said = formatInstant(due.clock.dueAt, now);
  const head = `${request.number}(${shorten(request.text, 24)})`;
  const isAsked = request.assignments.some((a) => a.id === due.assignment && isActive(a));
  return due.step.to === 'caller' && isAsked
    ? `${head} ${unit}曾说${said}前办好,目前还没有答复,已再次询问。可以“催办 ${request.number}”。`
    : `${head} 贵单位曾说${said}前办好。已办好的请答复“答复 ${request.number} …”;没有办好的,请说明进展和新的时间。`;
}
