/** What 督办 is asked to look after: a second low rating, and what a caller wants looked after. It has no card of the request. Pure. */
import { send } from '../core/effects.js';
import type { Request, RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { LOW_RATING_STEP } from './moves.js';
import { noticeOccurrence } from './notice-lost.js';
import { orCall } from './phones.js';
import { nextChats, reachOf, type Reach, type Reaching } from './reach.js';
import { toCallers } from './unreached.js';
import { briefOf, saidWith } from './words.js';

/** 督办, else who is on duty there. */
export const reachDesk = (on: Reaching): Reach => reachOf('', on, 'deadline-office');

const NOBODY = '督办没有可以送达的人员,请另行电话联系';

/** Told to 督办; of a low rating the callers learn where nobody of it can be written to (an urge says so in its reply). */
export function deskNotices(event: RequestEvent, on: Reaching): Effect[] {
  const words = wordsOf(event, on.request);
  if (words === null) return [];
  const { chats } = reachDesk(on);
  if (chats.length === 0 && event.kind !== 'urged') return toCallers(nobodyText(on), on);
  return toDesk(event, on, chats);
}

/** After it did not arrive at `chat`, with that in the log: the next way, or the callers learn that there is none. */
export function deskAgain(event: RequestEvent, on: Reaching, chat: string): Effect[] {
  const next = nextChats((then) => reachDesk(then).chats, on, chat);
  return next === null ? toCallers(nobodyText(on), on) : toDesk(event, on, next);
}

const nobodyText = (on: Reaching): string => `${NOBODY}${orCall(on.policy.deadlineOffice, on, false)}`;

/** What the caller hears who asked for 督办, by what comes of it. */
export function askedOfDesk(on: Reaching): string {
  const { way } = reachDesk(on);
  if (way === null) return `已催办;${nobodyText(on)}。`;
  return way === 'duty' ? '已催办;督办人员无法送达,已请值班人员转告督办。' : '已催办,并已请督办过问。';
}

function toDesk(event: RequestEvent, on: Reaching, chats: Reach['chats']): Effect[] {
  const { request, policy } = on;
  const what = briefOf(request, policy, 20);
  const lead = reachDesk(on).way === 'duty' ? '请转告督办:' : '';
  const text = `${lead}${request.number}(${what})${wordsOf(event, request) ?? ''}发送“进度 ${request.number}”查看经过。`;
  const occurrence = noticeOccurrence(request, policy.deadlineOffice, 'desk', event);
  return chats.map((chat) => ({ ...send(chat, { text }), occurrence }) as Effect);
}

function wordsOf(event: RequestEvent, request: Request): string | null {
  const isAsked = event.kind === 'urged' && event.facts?.['to'] === 'deadline-office';
  if (isAsked) return `${event.by?.organization ?? ''}请督办过问${saidWith(request, event)}。`;
  if (event.kind !== 'escalated' || event.facts?.['step'] !== LOW_RATING_STEP) return null;
  const rated = request.events.findLast(({ kind }) => kind === 'rated');
  return `${event.text ?? ''}${rated?.text ? `评价说明:${rated.text}。` : ''}`;
}
