/** Bindings that wait: whether the telephone number is the account's, and the end of an application that nobody confirmed. */
import { directChat } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { TimerHandler } from '../core/types.js';
import { askedText, BIND_IDENTITY_REPLIES } from '../handlers/bind_identity.js';
import { repliesOf, type HandlerDeps } from '../handlers/deps.js';
import { applicationOf, askConfirmers, bound, boundText, whoText } from '../handlers/shared/binding.js';
import { peopleWith } from '../organizations/bindings.js';

/** The platform knows who has the number: then nobody needs to confirm. Else somebody is asked. */
export function createBindCheckTimer(deps: HandlerDeps): TimerHandler {
  const reply = repliesOf(deps.intents, 'bind_identity', BIND_IDENTITY_REPLIES);
  return async ({ update, now, accountOf }) => {
    const on = applicationOf(update.timer.payload);
    const chat = on && directChat(on.place);
    if (!on || !chat) return [];
    const { directory } = deps.knowledge();
    const person = directory.people.find((it) => it.organization === on.unit && it.name === on.name);
    const telephone = person?.telephone;
    // A desk that several share proves nothing.
    const isTheirs =
      telephone !== undefined &&
      peopleWith(directory, telephone).length === 1 &&
      (await accountOf(chat.platform, telephone)) === on.place;
    if (isTheirs) return [...bound(on, null, now), send(chat, { text: boundText(whoText(on)) })];
    const { effects, asked } = askConfirmers(on, { directory, platforms: deps.platforms, now });
    return [...effects, send(chat, { text: askedText(on, asked, reply) })];
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
