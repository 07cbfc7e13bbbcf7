/** What Feishu and Telegram say of the app: credentials, scopes, subscriptions, version, connection, privacy, webhook, clock. */
import { z } from 'zod';
import { errorText } from '../../src/core/errors.js';
import {
  FEISHU_CALLBACKS,
  FEISHU_EVENT_NEEDS,
  FEISHU_EVENTS,
  FEISHU_SCOPE_NEEDS,
} from '../shared/feishu-needs.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer, Call } from './http.js';

const CONSOLE = '飞书开发者后台';
/** Deadlines and signatures bear some seconds. */
const CLOCK_MAX_MS = 60_000;

const codeSchema = z.looseObject({ code: z.number(), msg: z.string().catch('') });
const tokenSchema = z.object({ tenant_access_token: z.string() });
const botSchema = z.object({ bot: z.object({ app_name: z.string().catch('') }) });
const scopesSchema = z.object({
  data: z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })) }),
});
const appSchema = z.object({
  data: z.object({ app: z.object({ online_version_id: z.string().catch('') }) }),
});
const versionSchema = z.object({
  data: z.object({
    app_version: z.object({ event_infos: z.array(z.object({ event_type: z.string() })).catch([]) }),
  }),
});

export type FeishuApp = { appId: string; appSecret: string; domain?: string; webhook?: object };

/** With a webhook the long connection is of no account. */
export async function checkFeishu(
  { appId, appSecret, domain = 'https://open.feishu.cn', webhook }: FeishuApp,
  { call, now }: { call: Call; now: number },
): Promise<Finding[]> {
  const api = domain.replace(/\/{1,9}$/, '');
  let answer: Answer;
  try {
    const body = { app_id: appId, app_secret: appSecret };
    answer = await call(`${api}/open-apis/auth/v3/tenant_access_token/internal`, { method: 'POST', body });
  } catch (reason) {
    return [unreachable('feishu', api, reason)];
  }
  const token = tokenSchema.safeParse(answer.body).data?.tenant_access_token;
  if (!token)
    return [
      error(
        'feishu.token',
        `飞书不接受应用凭证:${said(answer)}`,
        `在${CONSOLE}“凭证与基础信息”核对 FEISHU_APP_ID 和 FEISHU_APP_SECRET`,
      ),
    ];
  const get = (path: string): Promise<Answer> =>
    call(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return [
    ok('feishu.token', '飞书应用凭证有效'),
    ...checkClock('feishu', answer, now),
    ...(
      await Promise.all([
        guarded('feishu.bot', () => checkBot(get)),
        guarded('feishu.scopes', () => checkScopes(get)),
        guarded('feishu.version', () => checkVersion(get, appId, webhook ? '发送至开发者服务器' : '长连接')),
        ...(webhook
          ? []
          : [
              guarded('feishu.connection', () =>
                checkConnection(call, api, { AppID: appId, AppSecret: appSecret }),
              ),
            ]),
      ])
    ).flat(),
  ];
}

type Get = (path: string) => Promise<Answer>;

async function checkBot(get: Get): Promise<Finding[]> {
  const answer = await get('/open-apis/bot/v3/info');
  const bot = botSchema.safeParse(answer.body).data;
  return bot
    ? [ok('feishu.bot', `机器人能力已启用:${bot.bot.app_name}`)]
    : [
        error(
          'feishu.bot',
          `没有机器人能力:${said(answer)}`,
          `在${CONSOLE}“添加应用能力”中启用机器人,并发布版本`,
        ),
      ];
}

/** Needs no scope itself. */
async function checkScopes(get: Get): Promise<Finding[]> {
  const answer = await get('/open-apis/application/v6/scopes');
  const scopes = scopesSchema.safeParse(answer.body).data?.data.scopes;
  if (!scopes)
    return [
      warning('feishu.scopes', `查不到已开通的权限:${said(answer)}`, `在${CONSOLE}“权限管理”中人工核对`),
    ];
  const granted = new Set(scopes.filter((it) => it.grant_status === 1).map((it) => it.scope_name));
  return FEISHU_SCOPE_NEEDS.map(({ id: scope, lost }) => {
    const id = `feishu.scope.${scope}`;
    if (granted.has(scope)) return ok(id, `权限 ${scope} 已开通`);
    const remedy = `在${CONSOLE}“权限管理”中开通 ${scope},再发布版本`;
    return lost
      ? warning(id, `权限 ${scope} 没有开通:${lost}`, remedy)
      : error(id, `权限 ${scope} 没有开通`, remedy);
  });
}

async function checkVersion(get: Get, appId: string, way: string): Promise<Finding[]> {
  const app = await get(`/open-apis/application/v6/applications/${appId}?lang=zh_cn`);
  const found = appSchema.safeParse(app.body).data?.data.app;
  const byHand = `在${CONSOLE}“事件与回调”中人工核对:${FEISHU_EVENTS.join('、')};或开通 application:application:self_manage 后重试`;
  if (!found) return [warning('feishu.version', `查不到已发布的版本和订阅的事件:${said(app)}`, byHand)];
  const version = found.online_version_id;
  if (!version)
    return [error('feishu.version', '应用没有已发布的版本', `在${CONSOLE}“版本管理与发布”中创建版本并发布`)];
  const answer = await get(
    `/open-apis/application/v6/applications/${appId}/app_versions/${encodeURIComponent(version)}?lang=zh_cn`,
  );
  const events = versionSchema.safeParse(answer.body).data?.data.app_version.event_infos;
  if (!events) return [warning('feishu.events', `查不到订阅的事件:${said(answer)}`, byHand)];
  const known = new Set(events.map((it) => it.event_type));
  return [
    ok('feishu.version', '应用有已发布的版本'),
    ...FEISHU_EVENT_NEEDS.map(({ id: event, lost }) => {
      const id = `feishu.event.${event}`;
      if (known.has(event)) return ok(id, `事件 ${event} 已订阅`);
      const remedy = `在${CONSOLE}“事件与回调”中添加 ${event}(订阅方式:${way}),再发布版本`;
      return lost
        ? warning(id, `事件 ${event} 没有订阅:${lost}`, remedy)
        : error(id, `事件 ${event} 没有订阅`, remedy);
    }),
  ];
}

async function checkConnection(call: Call, api: string, body: object): Promise<Finding[]> {
  const answer = await call(`${api}/callback/ws/endpoint`, { method: 'POST', body });
  const code = codeSchema.safeParse(answer.body).data?.code;
  return code === 0
    ? [ok('feishu.connection', '长连接可以建立')]
    : [
        error(
          'feishu.connection',
          `长连接不能建立:${said(answer)}`,
          `在${CONSOLE}“事件与回调”中把事件和回调(含 ${FEISHU_CALLBACKS.join('、')})的订阅方式都设为长连接;同时运行的程序不超过 50 个`,
        ),
      ];
}

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

function checkClock(platform: string, { date }: Answer, now: number): Finding[] {
  if (date === null) return [];
  const seconds = Math.round((now - date) / 1_000);
  return Math.abs(seconds) * 1_000 <= CLOCK_MAX_MS
    ? [ok(`${platform}.clock`, '本机时钟准确')]
    : [
        error(
          `${platform}.clock`,
          `本机时钟与平台相差 ${seconds} 秒`,
          '开启时间同步(如 timedatectl set-ntp true)',
        ),
      ];
}

async function guarded(id: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (reason) {
    return [warning(id, `没有查成:${errorText(reason)}`, '稍后再运行一次')];
  }
}

const unreachable = (platform: string, api: string, reason: unknown): Finding =>
  error(
    `${platform}.network`,
    `连不上 ${new URL(api).host}:${typeof reason === 'string' ? reason : errorText(reason)}`,
    '检查网络和防火墙;经代理上网的,填写 PROXY_URL',
  );

/** What the platform answered, without what was sent. */
function said({ status, body }: Answer): string {
  const known = codeSchema.safeParse(body).data;
  return known ? `${known.code} ${known.msg.slice(0, 200)}` : `HTTP ${status}`;
}
