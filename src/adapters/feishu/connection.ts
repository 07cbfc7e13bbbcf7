/** The long connection: opened once, reconnected by the SDK, and started again where the SDK gives up. */
import type { Agent } from 'node:http';
import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import { BotError } from '../../core/errors.js';
import type { Clock, Logger } from '../../core/ports.js';
import { sdkLogging } from './api.js';
import { CHAT_EVENTS, type ChatEventName } from './events.js';
import type { FeishuHttp } from './http.js';
import { createWebhook, type WebhookSettings } from './webhook.js';

export type ConnectionOptions = {
  appId: string;
  appSecret: string;
  domain: string;
  http: FeishuHttp;
  log: Logger;
  /** First pause before a new start after the SDK gave up, in ms; doubled up to RESTART_DELAY_MAX_MS. */
  restartDelayMs: number;
  /** The socket counts as dead when nothing came within this time (s) after a ping. */
  pingTimeoutS: number;
  /** Limit of one websocket handshake in ms. */
  handshakeTimeoutMs: number;
  /** Of a proxy. */
  agent?: Agent | undefined;
  /** Events come to an address of ours instead. */
  webhook?: WebhookSettings | undefined;
  now: Clock;
  /** Resolves when the message is durable; a rejection makes Feishu send it again. */
  onMessage(data: unknown): Promise<void>;
  /** What happened to a chat. */
  onChat(name: ChatEventName, data: unknown): Promise<void>;
  /** Resolves to the answer of the click, in time and always. */
  onClick(data: unknown): Promise<object>;
};

export type Connection = {
  /** Resolves when the socket is open. Rejects with BotError when Feishu refuses for good; may never settle. */
  open(): Promise<void>;
  close(): void | Promise<void>;
};

const RESTART_DELAY_MAX_MS = 5 * 60_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { appId, appSecret, domain, http, log, onMessage, onClick } = options;
  const logging = sdkLogging(log, http.redact);
  const eventDispatcher = new EventDispatcher(logging).register({
    // The SDK answers the frame when the handler settles, with code 500 when it threw; Feishu then sends again:
    // "需要在 3 秒内处理完成且不抛出异常，否则会触发超时重推机制" (open.feishu.cn, 使用长连接接收事件).
    'im.message.receive_v1': onMessage,
    'card.action.trigger': onClick,
    ...Object.fromEntries(CHAT_EVENTS.map((name) => [name, (data: unknown) => options.onChat(name, data)])),
  });
  if (options.webhook)
    return createWebhook({
      ...{ ...options.webhook, appId, log, now: options.now },
      dispatch: (event) => eventDispatcher.invoke(event, { needCheck: false }),
    });
  let opening: { resolve: () => void; reject: (error: BotError) => void } | null = null;
  let restartTimer: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  const client = new WSClient({
    appId,
    appSecret,
    domain,
    httpInstance: http.instance,
    ...logging,
    wsConfig: { pingTimeout: options.pingTimeoutS },
    handshakeTimeoutMs: options.handshakeTimeoutMs,
    ...(options.agent && { agent: options.agent }),
    onReady() {
      failures = 0;
      if (!opening) log.info({}, 'feishu is connected again');
      opening?.resolve();
      opening = null;
    },
    onReconnecting: () => log.warn({}, 'the connection to feishu is lost, reconnecting'),
    onReconnected() {
      failures = 0;
      log.info({}, 'feishu is connected again');
    },
    onError: giveUpOrRestart,
  });

  /** The SDK stops for good after a refusal or when its tries are used up (../README.md: Reconnecting). */
  function giveUpOrRestart(error: Error): void {
    const reason = http.endpointError() ?? new BotError('UNAVAILABLE', http.redact(error.message));
    if (opening) {
      opening.reject(reason);
      opening = null;
      return;
    }
    if (isClosed) return;
    const delayMs = Math.min(options.restartDelayMs * 2 ** failures, RESTART_DELAY_MAX_MS);
    failures += 1;
    log.error({ error: reason.message, delayMs }, 'feishu ended the connection, starting it again');
    clearTimeout(restartTimer);
    restartTimer = setTimeout(() => void client.start({ eventDispatcher }), delayMs);
  }

  return {
    open() {
      return new Promise((resolve, reject) => {
        opening = { resolve, reject };
        void client.start({ eventDispatcher });
      });
    },
    close() {
      isClosed = true;
      clearTimeout(restartTimer);
      client.close({ force: true });
    },
  };
}
