/** Who the bot takes this account for; binding itself is the administrator's (people.csv), never a claim made in a chat. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { accountText } from './shared/requests.js';
import { replyOf, type HandlerDeps } from './deps.js';

export function createBindIdentity(deps: HandlerDeps): Handler {
  return (ctx) => {
    const { person } = ctx;
    const text = replyOf(deps.intents, 'bind_identity', person ? 'bound' : 'unbound');
    const who = person ? [person.organization, person.office, ...person.posts, person.name] : [];
    return [
      replyText(
        text.replace('{account}', accountText(ctx)).replace('{person}', who.filter(Boolean).join(' ')),
      ),
    ];
  };
}
