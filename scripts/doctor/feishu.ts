/** What Feishu says of the app: credentials, bot, scopes, connection, clock; what is published stands in feishu-version.ts. */
import { z } from 'zod';
import { FEISHU_CALLBACKS, FEISHU_SCOPE_NEEDS } from '../shared/feishu-needs.js';
import { CONSOLE, checkVersion, type Get } from './feishu-version.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer, Call } from './http.js';
import { checkClock, codeSchema, guarded, said, unreachable } from './said.js';

const tokenSchema = z.object({ tenant_access_token: z.string() });
const botSchema = z.object({ bot: z.object({ app_name: z.string().catch('') }) });
const scopesSchema = z.object({
  data: z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })) }),
});
export type FeishuApp = { appId: string; appSecret: string; domain?: string; webhook?: object };

/** With a webhook the long connection is of no account. `people`: open ids of those who are known to use the bot. */
export async function checkFeishu(
  { appId, appSecret, domain = 'https://open.feishu.cn', webhook }: FeishuApp,
  { call, now, people = [] }: { call: Call; now: number; people?: readonly string[] },
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
        guarded('feishu.version', () =>
          checkVersion(get, { appId, isWebhook: webhook !== undefined, people }),
        ),
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
  return FEISHU_SCOPE_NEEDS.map(({ id: scope, lost, instead = [] }) => {
    const id = `feishu.scope.${scope}`;
    const held = [scope, ...instead].find((it) => granted.has(it));
    if (held) return ok(id, `权限 ${held} 已开通`);
    const remedy = `在${CONSOLE}“权限管理”中开通 ${scope},再发布版本`;
    return lost
      ? warning(id, `权限 ${scope} 没有开通:${lost}`, remedy)
      : error(id, `权限 ${scope} 没有开通`, remedy);
  });
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
