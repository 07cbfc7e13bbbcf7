/** The exact lists to enter in the consoles of the platforms. Pure. */
import {
  FEISHU_CALLBACKS,
  FEISHU_EVENT_NEEDS,
  FEISHU_MENU,
  FEISHU_SCOPE_NEEDS,
  FEISHU_SCOPES,
  type Need,
} from '../shared/feishu-needs.js';

const line = ({ id, lost }: Need): string => `  ${id}${lost ? `(可选;没有时:${lost})` : ''}`;

export const pasteList = (): string =>
  [
    '【飞书】开发者后台 open.feishu.cn/app,企业自建应用。也可以运行 npm run setup -- feishu,打开链接一次配好。',
    '1. “添加应用能力”:机器人。',
    '2. “权限管理”→“批量导入/导出权限”,粘贴:',
    JSON.stringify({ scopes: { tenant: FEISHU_SCOPES, user: [] } }),
    ...FEISHU_SCOPE_NEEDS.map(line),
    '3. “事件与回调”→“事件配置”,订阅方式选“使用长连接接收事件”,添加:',
    ...FEISHU_EVENT_NEEDS.map(line),
    '4. “事件与回调”→“回调配置”,订阅方式选“使用长连接接收回调”,添加:',
    ...FEISHU_CALLBACKS.map((id) => `  ${id}`),
    '5. (可选)“机器人”→“机器人自定义菜单”,响应动作选“推送事件”,事件标识照填:',
    ...FEISHU_MENU.map(([name, key]) => `  ${name}:${key}`),
    '6. “版本管理与发布”:创建版本,可用范围含全部使用人员,发布。',
    '7. “凭证与基础信息”:App ID、App Secret 填入 .env 的 FEISHU_APP_ID、FEISHU_APP_SECRET。',
    '',
    '【Telegram】向 @BotFather 发送:',
    '1. /newbot,得到令牌;运行 npm run setup -- telegram 粘贴,或填入 .env 的 TELEGRAM_BOT_TOKEN。',
    '2. /setjoingroups,选 Enable。',
    '3. /setprivacy:Enable(默认)时群内只收到命令、@ 和回复,机器人提问会引导回复;Disable 后须把机器人移出群再拉进来。',
    '4. 命令菜单由机器人启动时自动设置(单聊、群聊各一份),不用手填。',
    '',
    '【企业微信】管理后台“安全与管理 > 管理工具 > 智能机器人”:',
    '1. 创建机器人,名称不含空格(群里靠 @名称 认出对它说的话);可见范围含全部使用人员。',
    '2. 选“API 模式”,连接方式选“使用长连接”。',
    '3. Bot ID、Secret:运行 npm run setup -- wecom 粘贴,或填入 .env 的 WECOM_BOT_ID、WECOM_BOT_SECRET。',
    '4. 每人先给机器人发一句话,每个群先 @ 它一次,它才能主动发消息。',
    '5. 同一个机器人只能有一个程序连接,后连接的会断开先连接的。',
    '',
    '最后运行 npm run doctor 逐项检查。',
  ].join('\n');
