/** What is published of the app on Feishu: the version, its subscriptions and callbacks, who may use it. */
import { z } from 'zod';
import { FEISHU_CALLBACKS, FEISHU_EVENT_NEEDS, FEISHU_EVENTS, SELF_MANAGE } from '../shared/feishu-needs.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer } from './http.js';
import { said } from './said.js';

export const CONSOLE = '飞书开发者后台';

export type Get = (path: string) => Promise<Answer>;

const ids = z.array(z.string()).catch([]);
const listSchema = z
  .object({ open_ids: ids, department_ids: ids, group_ids: ids })
  .catch({ open_ids: [], department_ids: [], group_ids: [] });

/** `event` and `callback` are in the SDK's types of the call, not on its page: looked at where they come. */
const appSchema = z.object({
  data: z.object({
    app: z.object({
      online_version_id: z.string().catch(''),
      event: z
        .object({ subscription_type: z.string().catch('') })
        .optional()
        .catch(undefined),
      callback: z
        .object({ callback_type: z.string().catch(''), subscribed_callbacks: ids })
        .optional()
        .catch(undefined),
    }),
  }),
});
const visibilitySchema = z.object({
  is_all: z.boolean().catch(false),
  visible_list: listSchema,
  invisible_list: listSchema,
});
const versionSchema = z.object({
  data: z.object({
    app_version: z.object({
      event_infos: z.array(z.object({ event_type: z.string() })).catch([]),
      remark: z
        .object({ visibility: visibilitySchema.optional().catch(undefined) })
        .optional()
        .catch(undefined),
    }),
  }),
});
type Visibility = z.infer<typeof visibilitySchema>;
type App = z.infer<typeof appSchema>['data']['app'];

export type Published = {
  appId: string;
  isWebhook: boolean;
  /** Open ids of those who are known to use the bot. */
  people: readonly string[];
};

const WAYS = { websocket: '长连接', webhook: '发送至开发者服务器' } as const;

/** Pages application/get and app_version/get; both want `application:application:self_manage`. */
export async function checkVersion(get: Get, { appId, isWebhook, people }: Published): Promise<Finding[]> {
  const found = await get(`/open-apis/application/v6/applications/${appId}?lang=zh_cn`);
  const app = appSchema.safeParse(found.body).data?.data.app;
  const byHand = `在${CONSOLE}“事件与回调”中人工核对:${FEISHU_EVENTS.join('、')},并核对“版本管理与发布”中的可用范围;或开通 ${SELF_MANAGE} 后重试`;
  if (!app) return [warning('feishu.version', `查不到已发布的版本和订阅的事件:${said(found)}`, byHand)];
  const version = app.online_version_id;
  if (!version)
    return [error('feishu.version', '应用没有已发布的版本', `在${CONSOLE}“版本管理与发布”中创建版本并发布`)];
  const answer = await get(
    `/open-apis/application/v6/applications/${appId}/app_versions/${encodeURIComponent(version)}?lang=zh_cn`,
  );
  const published = versionSchema.safeParse(answer.body).data?.data.app_version;
  if (!published) return [warning('feishu.events', `查不到订阅的事件:${said(answer)}`, byHand)];
  const way = isWebhook ? 'webhook' : 'websocket';
  return [
    ok('feishu.version', '应用有已发布的版本'),
    ...eventFindings(new Set(published.event_infos.map((it) => it.event_type)), WAYS[way]),
    ...callbackFindings(app, WAYS[way]),
    ...wayFindings(app, way),
    rangeFinding(published.remark?.visibility, people),
  ];
}

const eventFindings = (known: ReadonlySet<string>, way: string): Finding[] =>
  FEISHU_EVENT_NEEDS.map(({ id: event, lost, scopes }) => {
    const id = `feishu.event.${event}`;
    if (known.has(event)) return ok(id, `事件 ${event} 已订阅`);
    const first = scopes ? `先开通 ${scopes[0]},` : '';
    const remedy = `${first}在${CONSOLE}“事件与回调”中添加 ${event}(订阅方式:${way}),再发布版本`;
    return lost
      ? warning(id, `事件 ${event} 没有订阅:${lost}`, remedy)
      : error(id, `事件 ${event} 没有订阅`, remedy);
  });

const callbackFindings = ({ callback }: App, way: string): Finding[] =>
  FEISHU_CALLBACKS.map((it) => {
    const id = `feishu.callback.${it}`;
    if (!callback) return ok(id, `平台没有列出回调;按钮点了没有反应时,核对是否添加了 ${it}`);
    return callback.subscribed_callbacks.includes(it)
      ? ok(id, `回调 ${it} 已添加`)
      : error(
          id,
          `回调 ${it} 没有添加,按钮点了没有反应`,
          `在${CONSOLE}“事件与回调”的“回调配置”中添加 ${it}(订阅方式:${way}),再发布版本`,
        );
  });

/** Only where the platform says the other way in so many words. */
function wayFindings({ event, callback }: App, way: keyof typeof WAYS): Finding[] {
  const other = way === 'webhook' ? 'websocket' : 'webhook';
  const wrong = [
    ...(event?.subscription_type === other ? ['事件'] : []),
    ...(callback?.callback_type === other ? ['回调'] : []),
  ];
  const what = wrong.join('和');
  return wrong.length === 0
    ? []
    : [
        error(
          'feishu.way',
          `${what}的订阅方式是“${WAYS[other]}”,机器人收不到`,
          `在${CONSOLE}“事件与回调”中把${what}的订阅方式改为“${WAYS[way]}”,再发布版本`,
        ),
      ];
}

/** Whoever is outside of it cannot be written to (230013). It is empty where nobody edited it: then the office's own setting holds. */
function rangeFinding(range: Visibility | undefined, people: readonly string[]): Finding {
  const id = 'feishu.range';
  const remedy = `在${CONSOLE}“版本管理与发布”创建版本,可用范围含全部使用人员,发布;或请管理员在管理后台调整应用可用范围`;
  if (!range) return ok(id, '版本没有写明可用范围,以管理后台的设置为准');
  const { open_ids, department_ids, group_ids } = range.visible_list;
  const barred = people.filter((it) => range.invisible_list.open_ids.includes(it));
  if (barred.length > 0)
    return warning(id, `可用范围的禁用名单里有 ${barred.length} 个已登记的账号,联系不到他们`, remedy);
  if (range.is_all) return ok(id, '可用范围:全部成员');
  const size = open_ids.length + department_ids.length + group_ids.length;
  if (size === 0) return error(id, '可用范围是空的,谁也不能使用', remedy);
  // Who belongs to a department or group is not told.
  const isList = department_ids.length + group_ids.length === 0;
  const outside = isList ? people.filter((it) => !open_ids.includes(it)) : [];
  return outside.length > 0
    ? warning(id, `有 ${outside.length} 个已登记的账号不在可用范围内,联系不到他们`, remedy)
    : ok(
        id,
        `可用范围:${open_ids.length} 人、${department_ids.length} 个部门、${group_ids.length} 个用户组;没有列入的人不能使用`,
      );
}
