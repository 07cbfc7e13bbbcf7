/** The app of Feishu by the SDK's own flow: a link that an administrator opens or scans, with our scopes, events and callbacks in it. */
import type { Agent } from 'node:http';
import type { registerApp } from '@larksuiteoapi/node-sdk';
import { qrText } from '../../src/files/qr.js';
import { FEISHU_CALLBACKS, FEISHU_EVENT_NEEDS, FEISHU_SCOPES } from '../shared/feishu-needs.js';

export type FeishuSetup = {
  register: typeof registerApp;
  /** Of an app that is there: it is completed instead of a new one being made. */
  appId: string | undefined;
  /** FEISHU_DOMAIN; Feishu's own by default. */
  domain: string | undefined;
  say: (text: string) => void;
  keep: (values: Record<string, string>) => Promise<void> | void;
};

export const ADDONS = {
  scopes: { tenant: FEISHU_SCOPES },
  events: { items: { tenant: FEISHU_EVENT_NEEDS.map(({ id }) => id) } },
  callbacks: { items: [...FEISHU_CALLBACKS] },
};

/** Rejects when the link ran out or was refused. */
export async function setupFeishu({ register, appId, domain, say, keep }: FeishuSetup): Promise<void> {
  const { client_id, client_secret, user_info } = await register({
    source: 'qingdan',
    ...(domain && { domain: accountsHost(domain) }),
    ...(appId ? { appId } : { appPreset: { name: '清单' } }),
    addons: ADDONS,
    onQRCodeReady: ({ url, expireIn }) => {
      say(
        `请管理员在 ${Math.floor(expireIn / 60)} 分钟内用飞书扫下面的二维码,或用浏览器打开链接,核对后确认:`,
      );
      say(qrText(url));
      say(url);
    },
  });
  const isLark = user_info?.tenant_brand === 'lark' && !domain;
  await keep({
    ...{ FEISHU_APP_ID: client_id, FEISHU_APP_SECRET: client_secret },
    ...(isLark && { FEISHU_DOMAIN: LARK }),
  });
}

const LARK = 'https://open.larksuite.com';

/** Apps are registered at another host than the one they call: `accounts.` for `open.`, with the port where there is one. */
const accountsHost = (domain: string): string => new URL(domain).host.replace(/^open\./, 'accounts.');

/** `register` has no agent of its own: the SDK's HTTP client, which it uses, goes through the proxy. */
export function goThrough({ defaults }: { defaults: object }, agent: Agent): void {
  // axios would look for a proxy in the environment, too.
  Object.assign(defaults, { httpAgent: agent, httpsAgent: agent, proxy: false });
}
