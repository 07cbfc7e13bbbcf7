/** What callers are told of those who cannot be written to, and of what is done instead. Pure. */
import { conversationKey, directChat } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { shorten } from '../text/shorten.js';
import { isActive } from './log.js';
import { callerChats } from './parties.js';
import { reachOf, reachText, unique, WAY_WORDS, type Reaching, type Way } from './reach.js';
import { briefOf } from './words.js';

export const toCallers = (text: string, on: Reaching): Effect[] => {
  const { request } = on;
  return unique(request.callers.flatMap((caller) => callerChats(caller, on))).map((chat) =>
    send(chat, { text: `${request.number}(${shorten(request.text, 20)}) ${text}。` }),
  );
};

/** To whoever did it, in their own chat. */
export function toActor({ by }: RequestEvent, text: string, on: Reaching): Effect[] {
  const { request, policy, platforms } = on;
  const own = by && directChat(by.account);
  if (!own || !platforms.has(own.platform)) return [];
  return [send(own, { text: `${request.number}(${briefOf(request, policy, 20)}) ${text}。` })];
}

/** Who files learns at once of a unit that cannot be written to, and where its part went instead. */
export function unreachedAtOnce(on: Reaching): Effect[] {
  const units = new Set(on.request.assignments.filter(isActive).map(({ organization }) => organization));
  return [...units].flatMap((unit) => {
    const text = reachText(unit, on);
    return text === null ? [] : toCallers(text, on);
  });
}

/** Somebody could not be written to: the callers learn what is done instead, where that is another way. */
export function unreachedNotices(event: RequestEvent, on: Reaching): Effect[] {
  // Of a notice its own next way speaks (to-desk.ts, ruling-told.ts).
  if (event.kind !== 'unreached' || event.facts?.['notice'] !== undefined) return [];
  const { request } = on;
  const name = (event.text ?? '').replace(/没有送达$/, '');
  const part = request.assignments.find(({ id }) => id === event.assignment);
  // The caller's own: the colleagues who get it now learn why.
  if (!part) return toCallers(`${name}没有送达,改由贵单位接收进展`, on);
  const others = alsoLost(event, part.organization, on);
  const { unit, step, next } = event.facts ?? {};
  const who = `${String(unit ?? part.organization)}${name}没有送达`;
  // Of a step of the ladder that others of its level have got as well nothing is to be said.
  if (step !== undefined) return next === undefined ? [] : toCallers(`${who},${String(next)}`, on);
  return [...others, ...toCallers(reachText(part.organization, on) ?? `${who},已送该单位其他人员`, on)];
}

/** Other units that were reached by the same chat, such as 督办's for two units of which nobody is there. */
function alsoLost({ facts }: RequestEvent, unit: string, on: Reaching): Effect[] {
  const { request } = on;
  const before = { ...request, events: request.events.filter((e) => e.facts?.['chat'] !== facts?.['chat']) };
  const others = new Set(request.assignments.filter(isActive).map(({ organization }) => organization));
  others.delete(unit);
  return [...others].flatMap((other) => {
    const had = reachOf(other, { ...on, request: before }).chats.map(conversationKey);
    const text = had.includes(String(facts?.['chat'])) ? reachText(other, on) : null;
    return text === null ? [] : toCallers(text, on);
  });
}

/** `督办`, `县水利局负责人`. */
export const wayText = (way: Way, unit: string): string =>
  `${way === 'deadline-office' || way === 'duty' ? '' : unit}${WAY_WORDS[way]}`;
