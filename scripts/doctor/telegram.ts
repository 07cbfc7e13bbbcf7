/** What Telegram says of the bot: token, privacy, groups, webhook, backlog, clock. */
import { z } from 'zod';
import { errorText } from '../../src/core/errors.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer, Call } from './http.js';
import { checkClock, unreachable } from './said.js';

const okSchema = z.object({ ok: z.literal(true), result: z.looseObject({}) });
const meSchema = z.looseObject({
  username: z.string(),
  can_read_all_group_messages: z.boolean().catch(false),
  can_join_groups: z.boolean().catch(true),
});
const hookSchema = z.looseObject({
  url: z.string().catch(''),
  pending_update_count: z.number().catch(0),
  /** When and why Telegram could not deliver last, in s. */
  last_error_date: z.number().catch(0),
  last_error_message: z.string().catch(''),
});
/** A failed delivery of this time (ms) is worth a word. */
const HOOK_ERROR_MS = 3_600_000;
/** A bot that ran would have fetched them. */
const PENDING_MAX = 100;

export async function checkTelegram(
  {
    token,
    apiRoot = 'https://api.telegram.org',
    webhookUrl = '',
  }: { token: string; apiRoot?: string; webhookUrl?: string },
  { call, now }: { call: Call; now: number },
): Promise<Finding[]> {
  const api = apiRoot.replace(/\/{1,9}$/, '');
  const ask = (method: string) => call(`${api}/bot${token}/${method}`, { method: 'POST', body: {} });
  const hide = (text: string): string => text.replaceAll(token, '[REDACTED]');
  let answer: Answer;
  try {
    answer = await ask('getMe');
  } catch (reason) {
    return [unreachable('telegram', api, hide(errorText(reason)))];
  }
  const me = meSchema.safeParse(okSchema.safeParse(answer.body).data?.result).data;
  if (!me)
    return [
      error(
        'telegram.token',
        `Telegram 不接受机器人令牌(HTTP ${answer.status})`,
        '向 BotFather 发送 /token,重新填写 TELEGRAM_BOT_TOKEN',
      ),
    ];
  const hook = hookSchema.safeParse(okSchema.safeParse((await ask('getWebhookInfo')).body).data?.result).data;
  return [
    ok('telegram.token', `Telegram 令牌有效:@${me.username}`),
    ...checkClock('telegram', answer, now),
    ok(
      'telegram.privacy',
      me.can_read_all_group_messages
        ? '隐私模式已关闭:群内消息都能收到'
        : '隐私模式已开启:群内只收到命令、@和回复(提问时会引导回复)',
    ),
    me.can_join_groups
      ? ok('telegram.groups', '可以加入群')
      : error('telegram.groups', '不能加入群', '向 BotFather 发送 /setjoingroups,选 Enable'),
    hookFinding(hook, webhookUrl, now),
    (hook?.pending_update_count ?? 0) <= PENDING_MAX
      ? ok('telegram.pending', '没有积压的消息')
      : warning(
          'telegram.pending',
          `有 ${hook?.pending_update_count} 条消息没有取走`,
          '确认机器人正在运行;多个程序不能共用一个令牌',
        ),
  ];
}

/** `wanted`: the address that is set; empty: polling. */
function hookFinding(hook: z.infer<typeof hookSchema> | undefined, wanted: string, now: number): Finding {
  const id = 'telegram.webhook';
  const url = hook?.url ?? '';
  if (wanted === '')
    return url === ''
      ? ok(id, '没有设置 webhook,按轮询接收')
      : warning(id, '设置了 webhook,启动时会被取消', '确认没有别的程序使用同一个令牌');
  if (url !== wanted)
    return warning(
      id,
      url === '' ? 'Telegram 还没有登记 webhook 地址' : 'Telegram 登记的是别的 webhook 地址',
      '启动机器人即会登记;仍不对的,确认没有别的程序使用同一个令牌',
    );
  return hook && hook.last_error_message !== '' && now - hook.last_error_date * 1_000 < HOOK_ERROR_MS
    ? warning(
        id,
        `Telegram 送不到 webhook:${hook.last_error_message.slice(0, 200)}`,
        '核对公网地址、证书和反向代理:TELEGRAM_WEBHOOK_URL 须转到 WEBHOOK_LISTEN 的 /telegram',
      )
    : ok(id, 'Telegram 按 webhook 送达');
}
