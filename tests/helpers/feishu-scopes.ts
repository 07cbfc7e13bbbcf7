/** Which scopes Feishu wants for each call and event: written from the table 权限要求 of each page, not from our own list. */

/** Any one of them opens the call. */
const CALLS: Record<string, readonly string[]> = {
  create: ['im:message', 'im:message:send_as_bot', 'im:message:send'],
  reply: ['im:message', 'im:message:send_as_bot', 'im:message:send'],
  patch: ['im:message', 'im:message:send_as_bot', 'im:message:update'],
  update: ['im:message', 'im:message:send_as_bot', 'im:message:update'],
  image: ['im:resource', 'im:resource:upload'],
  file: ['im:resource', 'im:resource:upload'],
  resource: ['im:message', 'im:message:readonly', 'im:message.history:readonly'],
  message: ['im:message', 'im:message:readonly'],
  read: ['im:message', 'im:message:readonly', 'im:message:basic'],
  urgent: ['im:message.urgent', 'im:message.urgent:app_send'],
  contact: ['contact:user.id:readonly'],
  app: ['application:application:self_manage', 'admin:app.info:readonly'],
  version: ['application:application:self_manage', 'application:application.app_version:readonly'],
};

const CHAT = ['im:chat', 'im:chat:readonly'];
/** The last is of today's consoles: its page of 2024 says 无. */
const EVENTS: Record<string, readonly string[]> = {
  'im.chat.member.bot.added_v1': ['im:chat.members:bot_access', ...CHAT],
  'im.chat.member.bot.deleted_v1': ['im:chat.members:bot_access', ...CHAT],
  'im.chat.disbanded_v1': ['im:chat:read', ...CHAT],
  'im.message.recalled_v1': ['im:message', 'im:message:readonly'],
  'im.chat.access_event.bot_p2p_chat_entered_v1': ['im:chat.access_event.bot_p2p_chat:read'],
};
const P2P = ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'];
const ALL = ['im:message.group_msg', 'im:message.group_msg:readonly'];
const GROUP = ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', ...ALL];

const holdsOne = (granted: ReadonlySet<string>, any: readonly string[] | undefined): boolean =>
  !any || any.some((it) => granted.has(it));

export const mayCall = (granted: ReadonlySet<string>, method: string): boolean =>
  holdsOne(granted, CALLS[method]);

/** Whether the app is told of it. What in a group names nobody comes here all the same: tests emit it on purpose. */
export function isToldOf(granted: ReadonlySet<string>, event: object): boolean {
  const { header, event: body } = event as {
    header?: { event_type?: string };
    event?: { message?: { chat_type?: string } };
  };
  if (header?.event_type !== 'im.message.receive_v1')
    return holdsOne(granted, EVENTS[header?.event_type ?? '']);
  return holdsOne(granted, body?.message?.chat_type === 'p2p' ? P2P : GROUP);
}
