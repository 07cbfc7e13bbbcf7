/** Bindings that wait: whether the telephone number is the account's, whose account it is, and the end of an application that nobody confirmed. */
import { directChat } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { TimerHandler } from '../core/types.js';
import { askedText, BIND_IDENTITY_REPLIES } from '../handlers/bind_identity.js';
import { repliesOf, type HandlerDeps } from '../handlers/deps.js';
import { applicationOf, askConfirmers, bound, boundText, whoText } from '../handlers/shared/binding.js';
import { contactsIn } from '../organizations/bindings.js';

/** The platform knows who has the number or the address: then nobody needs to confirm. Else somebody is asked. */
export function createBindCheckTimer(deps: HandlerDeps): TimerHandler {
  const reply = repliesOf(deps.intents, 'bind_identity', BIND_IDENTITY_REPLIES);
  return async ({ update, now, accountsOf }) => {
    const on = applicationOf(update.timer.payload);
    const chat = on && directChat(on.place);
    if (!on || !chat) return [];
    const { directory } = deps.knowledge();
    const person = directory.people.find((it) => it.organization === on.unit && it.name === on.name);
    const own = (person && contactsIn(directory).get(person)) ?? [];
    const accounts = [...(await accountsOf(chat.platform, own, 0)).values()];
    if (accounts.length > 0 && accounts.every((it) => it === on.place))
      return [...bound(on, null, now), send(chat, { text: boundText(whoText(on)) })];
    const { effects, asked } = askConfirmers(on, { directory, platforms: deps.platforms, now });
    return [...effects, send(chat, { text: askedText(on, asked, reply) })];
  };
}

/** A county's numbers are asked for once a day at most. */
const LOOK_MAX_AGE_MS = 24 * 3_600_000;

/** A stranger who is somebody's number or address, and nobody else's: bound before a word is said of it. */
export function createBindLookTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, accountsOf }) => {
    const { place } = update.timer.payload;
    const chat = typeof place === 'string' ? directChat(place) : null;
    const { directory } = deps.knowledge();
    if (!chat || typeof place !== 'string' || directory.people.some((it) => it.accounts.includes(place)))
      return [];
    const contacts = contactsIn(directory);
    const accounts = await accountsOf(chat.platform, [...contacts.values()].flat(), LOOK_MAX_AGE_MS);
    const [only, ...more] = [...contacts].filter(([, own]) => own.some((it) => accounts.get(it) === place));
    if (!only || more.length > 0) return [];
    const [person, own] = only;
    if (own.some((it) => accounts.has(it) && accounts.get(it) !== place)) return [];
    const on = { place, unit: person.organization, name: person.name };
    return [...bound(on, null, now), send(chat, { text: boundText(whoText(on)) })];
  };
}

/** Nobody confirmed it. */
export const createBindExpiryTimer = (): TimerHandler => {
  return ({ update }) => {
    const on = applicationOf(update.timer.payload);
    const chat = on && on.name !== undefined ? directChat(on.place) : null;
    return on && chat
      ? [
          send(chat, {
            text: `绑定申请(${whoText(on)})三天内没有人确认,已作废。请联系本单位负责人后重新发送“绑定”。`,
          }),
        ]
      : [];
  };
};
