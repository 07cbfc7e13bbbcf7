/** Who may use the bot at all: `ALLOWED_CHATS` names its groups, `UNBOUND=refuse` turns strangers away. */
import type { Person } from '../core/domain.js';
import { replyText } from '../core/effects.js';
import type { Effect } from '../core/types.js';
import type { Heard } from '../core/chat.js';

export type Access = {
  /** `platform:id` of groups; null: any. */
  allowedChats: ReadonlySet<string> | null;
  unbound: 'answer' | 'refuse';
};

/** Null lets the update pass. */
export function createGate({ allowedChats, unbound }: Access) {
  return (update: Heard, person: Person | null): Effect[] | null => {
    const { conversation, user } = update;
    const { platform, chatId, isDirect } = conversation;
    const event = update.kind === 'message' ? update.event?.kind : undefined;
    // Nobody is there any more who could be told.
    if (platform === 'console' || event === 'left') return null;
    if (!isDirect && allowedChats && !allowedChats.has(`${platform}:${chatId}`))
      return [replyText('本群尚未启用清单助手。如需使用,请联系管理员。')];
    // What the platform vouches for may make a bound person of a stranger.
    if (person || unbound === 'answer' || event === 'contact') return null;
    return [
      replyText(`您的账号 ${user.platform}:${user.id} 尚未绑定人员,暂不能使用。请把这一行发给管理员登记。`),
    ];
  };
}
