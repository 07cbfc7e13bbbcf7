/** What the app on Feishu needs: one list for the manual, `npm run setup` and `npm run doctor` (a test holds them together). */

/** Without an optional one the rest works: `lost` says what does not. */
export type Need = { id: string; lost?: string };

export const FEISHU_SCOPE_NEEDS: readonly Need[] = [
  { id: 'im:message' },
  { id: 'im:message.p2p_msg:readonly' },
  { id: 'im:message.group_at_msg:readonly' },
  { id: 'im:resource', lost: '照片和文件只显示名称' },
  { id: 'contact:user.id:readonly', lost: '绑定时不能按手机号核对,须由负责人确认' },
  { id: 'im:message.urgent', lost: '紧急呼叫不能应用内加急' },
];
export const FEISHU_SCOPES = FEISHU_SCOPE_NEEDS.map(({ id }) => id);

/** A callback, which no page of an app's version names. */
export const FEISHU_CALLBACKS = ['card.action.trigger'] as const;

export const FEISHU_EVENT_NEEDS: readonly Need[] = [
  { id: 'im.message.receive_v1' },
  { id: 'im.chat.member.bot.added_v1', lost: '进群时不打招呼' },
  { id: 'im.chat.member.bot.deleted_v1', lost: '被移出群时不知道,消息仍发往该群' },
  { id: 'im.chat.disbanded_v1', lost: '群解散时不知道,消息仍发往该群' },
  { id: 'im.chat.access_event.bot_p2p_chat_entered_v1', lost: '首次打开单聊时不打招呼' },
  { id: 'application.bot.menu_v6', lost: '机器人菜单点了没有反应' },
  { id: 'im.message.recalled_v1', lost: '撤回消息时不提醒核对' },
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
