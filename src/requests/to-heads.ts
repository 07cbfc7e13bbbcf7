/** 再次升级 by 督办: the heads of those who have a part still, each of their own unit alone. Pure. */
import type { Conversation } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { isActive } from './log.js';
import { noticeOccurrence } from './notice-lost.js';
import { orCall } from './phones.js';
import { nextChats, reachOf, type Reaching } from './reach.js';
import { toActor } from './unreached.js';
import { briefOf, saidWith } from './words.js';

export function headNotices(event: RequestEvent, on: Reaching): Effect[] {
  if (event.kind !== 'urged' || event.facts?.['to'] !== 'head') return [];
  const units = new Set(on.request.assignments.filter(isActive).map(({ organization }) => organization));
  return [...units].flatMap((unit) => {
    const chats = headsOf(unit, on);
    return chats.length > 0 ? toHeads(event, unit, on, chats) : lostText(event, unit, on);
  });
}

/** After it did not arrive at `chat`, with that in the log: another head, or 督办 learns that it reached none. */
export function headAgain(event: RequestEvent, unit: string, on: Reaching, chat: string): Effect[] {
  const next = nextChats((then) => headsOf(unit, then), on, chat);
  return next === null ? lostText(event, unit, on) : toHeads(event, unit, on, next);
}

function headsOf(unit: string, on: Reaching): readonly Conversation[] {
  const { way, chats } = reachOf(unit, on, 'head');
  return way === 'head' ? chats : [];
}

const lostText = (event: RequestEvent, unit: string, on: Reaching): Effect[] =>
  toActor(event, `${unit}负责人没有送达,请另行电话联系${orCall(unit, on, false)}`, on);

function toHeads(event: RequestEvent, unit: string, on: Reaching, chats: readonly Conversation[]): Effect[] {
  const { request, policy } = on;
  const what = briefOf(request, policy, 20);
  const text = `${request.number}(${what})督办再次升级,请${unit}负责人督促办理${saidWith(request, event)}。`;
  const occurrence = noticeOccurrence(request, unit, 'head', event);
  return chats.map((chat) => ({ ...send(chat, { text }), occurrence }) as Effect);
}
