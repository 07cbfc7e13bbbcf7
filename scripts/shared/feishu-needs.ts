/** What the app on Feishu needs: one list for the manual, `npm run setup` and `npm run doctor` (a test holds them together). */

export type Need = {
  id: string;
  /** Without an optional one the rest works: what does not. */
  lost?: string;
  /** Any one of these does as well. */
  instead?: readonly string[];
};

/** An event comes only where one of these scopes is granted, too (the page of each event, 权限要求). */
export type EventNeed = Need & { scopes?: readonly string[] };

export const SELF_MANAGE = 'application:application:self_manage';

export const FEISHU_SCOPE_NEEDS: readonly Need[] = [
  { id: 'im:message' },
  { id: 'im:message.p2p_msg:readonly' },
  { id: 'im:message.group_at_msg:readonly' },
  { id: 'im:resource', lost: '照片和文件只显示名称' },
  {
    id: 'im:chat.members:bot_access',
    lost: '收不到进群、被移出群的事件',
    instead: ['im:chat', 'im:chat:readonly'],
  },
  { id: 'im:chat:read', lost: '收不到群解散的事件', instead: ['im:chat', 'im:chat:readonly'] },
  { id: 'im:chat.access_event.bot_p2p_chat:read', lost: '收不到首次打开单聊的事件' },
  { id: 'contact:user.id:readonly', lost: '绑定时不能按手机号、邮箱核对,须由负责人确认' },
  { id: 'im:message.urgent', lost: '紧急呼叫不能应用内加急', instead: ['im:message.urgent:app_send'] },
  { id: SELF_MANAGE, lost: '体检看不到版本、订阅和可用范围', instead: ['admin:app.info:readonly'] },
];
export const FEISHU_SCOPES = FEISHU_SCOPE_NEEDS.map(({ id }) => id);

export const FEISHU_CALLBACKS = ['card.action.trigger'] as const;

const CHAT = ['im:chat', 'im:chat:readonly'];
export const FEISHU_EVENT_NEEDS: readonly EventNeed[] = [
  {
    id: 'im.message.receive_v1',
    scopes: ['im:message.p2p_msg:readonly', 'im:message.group_at_msg:readonly'],
  },
  {
    id: 'im.chat.member.bot.added_v1',
    lost: '进群时不打招呼',
    scopes: ['im:chat.members:bot_access', ...CHAT],
  },
  {
    id: 'im.chat.member.bot.deleted_v1',
    lost: '被移出群时不知道,消息仍发往该群',
    scopes: ['im:chat.members:bot_access', ...CHAT],
  },
  { id: 'im.chat.disbanded_v1', lost: '群解散时不知道,消息仍发往该群', scopes: ['im:chat:read', ...CHAT] },
  {
    id: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    lost: '首次打开单聊时不打招呼',
    // Its page of 2024 names none; the consoles of 2025 ask for this one.
    scopes: ['im:chat.access_event.bot_p2p_chat:read'],
  },
  { id: 'application.bot.menu_v6', lost: '机器人菜单点了没有反应' },
  { id: 'im.message.recalled_v1', lost: '撤回消息时不提醒核对', scopes: ['im:message'] },
];
export const FEISHU_EVENTS = [...FEISHU_EVENT_NEEDS.map(({ id }) => id), ...FEISHU_CALLBACKS];

/** Of the menu that the operator may lay out: name, and the key that the event brings. */
export const FEISHU_MENU: readonly [string, string][] = [
  ['帮助', '帮助'],
  ['待我办理', '待办'],
  ['我的请求', '我的请求'],
  ['我的提醒', '我的提醒'],
  ['绑定账号', '绑定'],
];
