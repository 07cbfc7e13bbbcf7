/** The bot of Telegram: its token looked at before it is kept, and what its settings mean. */
import { z } from 'zod';
import type { Call } from '../doctor/http.js';

export type TelegramSetup = {
  token: string;
  apiRoot: string | undefined;
  call: Call;
  say: (text: string) => void;
  keep: (values: Record<string, string>) => Promise<void> | void;
};

const meSchema = z.object({
  ok: z.literal(true),
  result: z.looseObject({
    username: z.string(),
    can_read_all_group_messages: z.boolean().catch(false),
    can_join_groups: z.boolean().catch(true),
  }),
});

/** Whether the token works. Nothing of it is shown. */
export async function setupTelegram({ token, apiRoot, call, say, keep }: TelegramSetup): Promise<boolean> {
  if (!/^\d+:[\w-]{20,}$/.test(token)) {
    say('令牌格式不对:应为“数字:字母数字”,请从 BotFather 重新复制。');
    return false;
  }
  const root = (apiRoot || 'https://api.telegram.org').replace(/\/{1,9}$/, '');
  const answer = await call(`${root}/bot${token}/getMe`, { method: 'POST', body: {} }).catch(() => null);
  if (!answer) {
    say(`连不上 ${new URL(root).host}。检查网络;经代理上网的,先填写 PROXY_URL。`);
    return false;
  }
  const me = meSchema.safeParse(answer.body).data?.result;
  if (!me) {
    say(`Telegram 不接受这个令牌(HTTP ${answer.status})。向 BotFather 发送 /token 重新复制。`);
    return false;
  }
  await keep({ TELEGRAM_BOT_TOKEN: token });
  say(`机器人 @${me.username} 可以使用。`);
  if (!me.can_join_groups) say('它不能加入群:向 BotFather 发送 /setjoingroups,选 Enable。');
  say(
    me.can_read_all_group_messages
      ? '隐私模式已关闭:群内消息都能收到。'
      : '隐私模式已开启:群内只收到命令、@ 和回复,机器人提问会引导回复。要关闭,向 BotFather 发送 /setprivacy,再把机器人重新拉进群。',
  );
  say('命令菜单由机器人启动时设置。');
  return true;
}
