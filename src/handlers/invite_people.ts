/** Links for the people of a unit, to open or to scan: they name the unit, and nothing that would have to be kept secret. */
import { replyPicture, replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { qrPicture } from '../files/qr.js';
import { mayConfirm } from '../organizations/bindings.js';
import { repliesOf, type HandlerDeps } from './deps.js';
import { unitToken } from './shared/binding.js';

export const INVITE_PEOPLE_REPLIES = ['link', 'notYours', 'noLink'] as const;

export function createInvitePeople(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'invite_people', INVITE_PEOPLE_REPLIES);
  return ({ person, update }) => {
    if (!person || !mayConfirm(person, person.organization)) return [replyText(reply('notYours'))];
    const links = deps.inviteLinks?.(unitToken(person.organization)) ?? [];
    if (links.length === 0) return [replyText(reply('noLink'))];
    return [
      replyText([reply('link').replace('{unit}', person.organization), ...links].join('\n')),
      // A terminal shows no pictures.
      ...(update.user.platform === 'console'
        ? []
        : links.map((link, i) =>
            replyPicture(update, `邀请${i + 1}.png`, qrPicture(link), `扫码打开:${link}`),
          )),
    ];
  };
}
