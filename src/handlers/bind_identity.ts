/** Who the bot takes this account for; binding itself is the administrator's (people.csv), never a claim made in a chat. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { accountText } from './shared/requests.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const BIND_IDENTITY_REPLIES = ['bound', 'unbound'] as const;

export function createBindIdentity({ intents }: HandlerDeps): Handler {
  const reply = repliesOf(intents, 'bind_identity', BIND_IDENTITY_REPLIES);
  return (ctx) => {
    const { person } = ctx;
    const text = reply(person ? 'bound' : 'unbound');
    const who = person ? [person.organization, person.office, ...person.posts, person.name] : [];
    return [
      replyText(
        text.replace('{account}', accountText(ctx)).replace('{person}', who.filter(Boolean).join(' ')),
      ),
    ];
  };
}
