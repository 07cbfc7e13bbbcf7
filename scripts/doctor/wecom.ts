/** What can be looked at of WeCom without its one connection, which a running bot holds: the shape of the credentials and the host. */
import { connect as plain } from 'node:net';
import { connect as secure } from 'node:tls';
import type { Config } from '../../src/config.js';
import { errorText } from '../../src/core/errors.js';
import { error, ok, warning, type Finding } from './findings.js';

/** The SDK's own. */
const WECOM_HOST = 'wss://openws.work.weixin.qq.com';
const LIMIT_MS = 10_000;
/** No page says how they look: what has blanks or signs in it, or is short, is a copy that went wrong. */
const COPIED = /^[\w-]{8,}$/;

const CONSOLE = '企业微信管理后台“安全与管理 > 管理工具 > 智能机器人”';

/** `reaches` resolves when a connection came about, and is let go of at once. */
export async function checkWecom(
  { botId, secret, wsUrl = WECOM_HOST }: NonNullable<Config['wecom']>,
  reaches: (url: URL) => Promise<void> = reach,
): Promise<Finding[]> {
  const url = new URL(wsUrl);
  const wrong = [
    ...(COPIED.test(botId) ? [] : ['WECOM_BOT_ID']),
    ...(COPIED.test(secret) ? [] : ['WECOM_BOT_SECRET']),
  ];
  return [
    wrong.length === 0
      ? ok('wecom.settings', '企业微信凭证格式正确;启动时验证,结果见日志')
      : warning(
          'wecom.settings',
          `${wrong.join('、')} 的格式不像企业微信的`,
          `在${CONSOLE}的“API 模式”核对后重新复制`,
        ),
    await networkFinding(url, reaches),
    ok('wecom.first', '每人先给机器人发一句话、每个群先 @ 它一次,它才能主动发消息'),
  ];
}

async function networkFinding(url: URL, reaches: (url: URL) => Promise<void>): Promise<Finding> {
  try {
    await reaches(url);
    return ok('wecom.network', `可以连接 ${url.host}`);
  } catch (reason) {
    return error(
      'wecom.network',
      `连不上 ${url.host}:${errorText(reason)}`,
      '检查网络和防火墙(出口须放行这个地址的 443 端口);私有部署的,核对 WECOM_WS_URL',
    );
  }
}

/** Only as far as the host: a subscription would end that of the running bot. */
function reach({ protocol, hostname, port }: URL): Promise<void> {
  const isSecure = protocol === 'wss:';
  const at = { host: hostname, port: Number(port || (isSecure ? 443 : 80)) };
  return new Promise((resolve, reject) => {
    const socket = isSecure ? secure({ ...at, servername: hostname }) : plain(at);
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`${LIMIT_MS / 1_000} 秒没有应答`)));
    socket.once('error', reject);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
