/** Whether the running bot listens for webhooks, with the keys that are set now. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../../src/config.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer, Call } from './http.js';

const NOT_RUNNING =
  '启动机器人(npm start)后再查;反向代理须把 /feishu、/telegram 转到 WEBHOOK_LISTEN 所填的地址';
const challengeSchema = z.object({ challenge: z.string() });

/** `call` goes directly: the listener stands on this machine. */
export async function checkWebhook(
  { webhook, feishu, telegram }: Pick<Config, 'webhook' | 'feishu' | 'telegram'>,
  call: Call,
): Promise<Finding[]> {
  if (!webhook) return [];
  const host = ['0.0.0.0', '::'].includes(webhook.host) ? '127.0.0.1' : webhook.host;
  const at = `http://${host.includes(':') ? `[${host}]` : host}:${webhook.port}`;
  const knock = (path: string, body: object): Promise<Answer | null> =>
    call(`${at}${path}`, { method: 'POST', body }).catch(() => null);
  return [
    ...(feishu?.webhook ? [await checkFeishuDoor(feishu.webhook, knock)] : []),
    ...(telegram?.webhookUrl === undefined ? [] : [await checkTelegramDoor(knock)]),
  ];
}

type KnockAt = (path: string, body: object) => Promise<Answer | null>;
type FeishuKeys = { encryptKey: string; verificationToken: string };

/** As Feishu tries an address: the bot must answer with the same text, so it has the same keys. */
async function checkFeishuDoor(keys: FeishuKeys, knock: KnockAt): Promise<Finding> {
  const id = 'feishu.webhook';
  const challenge = randomBytes(8).toString('hex');
  const trial = { type: 'url_verification', token: keys.verificationToken, challenge };
  const answer = await knock('/feishu', { encrypt: seal(JSON.stringify(trial), keys.encryptKey) });
  if (!answer) return warning(id, '飞书的请求地址没有在监听', NOT_RUNNING);
  if (challengeSchema.safeParse(answer.body).data?.challenge === challenge)
    return ok(id, '飞书的请求地址能应答(后台的订阅方式须为“将事件/回调发送至开发者服务器”)');
  return answer.status === 401
    ? error(id, '运行中的机器人用的是别的 Encrypt Key 或 Verification Token', '改好 .env 后重新启动机器人')
    : notOurs(id, answer);
}

async function checkTelegramDoor(knock: KnockAt): Promise<Finding> {
  const id = 'telegram.listening';
  const answer = await knock('/telegram', {});
  if (!answer) return warning(id, 'Telegram 的 webhook 没有在监听', NOT_RUNNING);
  // Without the secret it must be refused.
  return answer.status === 401 ? ok(id, 'Telegram 的 webhook 在监听') : notOurs(id, answer);
}

const notOurs = (id: string, { status }: Answer): Finding =>
  status === 503
    ? warning(id, '机器人在运行,但这个平台还没有连上', '看日志;稍后再运行一次')
    : error(id, `WEBHOOK_LISTEN 的端口上不是机器人(HTTP ${status})`, '换一个端口,或停掉占用它的程序');

function seal(text: string, encryptKey: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
}
