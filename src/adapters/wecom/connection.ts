/** The long connection: opened once, reconnected by the SDK, and started again where the SDK gives up. */
import type { Agent } from 'node:http';
import { WSClient, type WsFrame } from '@wecom/aibot-node-sdk';
import { errorText, type BotError } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import { refusalError } from './api.js';

export type ConnectionOptions = {
  botId: string;
  secret: string;
  /** Another server than WeCom's own: a private deployment. */
  wsUrl?: string | undefined;
  agent?: Agent | undefined;
  log: Logger;
  redact: (text: string) => string;
  /** First pause (ms) before a new start when WeCom refuses later on; doubled up to RESTART_DELAY_MAX_MS. */
  restartDelayMs: number;
  heartbeatMs: number;
  onMessage(frame: WsFrame): void;
  onEvent(frame: WsFrame): void;
};

export type Connection = {
  client: WSClient;
  /** Resolves when WeCom has accepted the bot. Rejects with BotError when it refuses; may never settle. */
  open(): Promise<void>;
  isReady(): boolean;
  /** Opens anew what is open but no longer known to WeCom. */
  renew(): void;
  close(): void;
};

const RESTART_DELAY_MAX_MS = 5 * 60_000;
const HANDSHAKE_MS = 10_000;
/** The SDK takes the end of the old socket, which comes a little later, for that of a new one that is opened at once. */
const SETTLE_MS = 100;
/** Another connection of the same bot ends ours: it is tried again after this time (ms), then twice as long, and so on. */
const TAKEN_OVER_MS = 60_000;
const TAKEN_OVER_MAX_MS = 30 * 60_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { log, redact } = options;
  const to =
    (level: 'debug' | 'warn') =>
    (message: unknown): void =>
      // Only the first text: what follows are whole frames.
      log[level]({ sdk: redact(String(message)).slice(0, 300) }, 'wecom sdk');
  const client = new WSClient({
    botId: options.botId,
    secret: options.secret,
    ...(options.wsUrl !== undefined && { wsUrl: options.wsUrl }),
    wsOptions: { handshakeTimeout: HANDSHAKE_MS, ...(options.agent && { agent: options.agent }) },
    maxReconnectAttempts: -1,
    // What is refused is ours to decide: the SDK would not say which code it was.
    maxAuthFailureAttempts: 0,
    heartbeatInterval: options.heartbeatMs,
    // From info on it writes whole frames.
    logger: { debug: () => undefined, info: () => undefined, warn: to('debug'), error: to('warn') },
  });
  let opening: { resolve: () => void; reject: (error: BotError) => void } | null = null;
  let restartTimer: NodeJS.Timeout | undefined;
  let isReady = false;
  let isClosed = false;
  let failures = 0;
  let takeovers = 0;

  client.on('authenticated', () => {
    isReady = true;
    failures = 0;
    if (!opening) log.info({}, 'wecom is connected again');
    opening?.resolve();
    opening = null;
  });
  client.on('disconnected', () => {
    if (isReady) log.warn({}, 'the connection to wecom is lost, reconnecting');
    isReady = false;
  });
  client.on('error', (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return;
    if (opening) {
      opening.reject(refusal);
      opening = null;
      return client.disconnect();
    }
    const delayMs = Math.min(options.restartDelayMs * 2 ** failures++, RESTART_DELAY_MAX_MS);
    log.error({ error: refusal.message, delayMs }, 'wecom refuses the connection, starting it again');
    restart(delayMs);
  });
  client.on('event.disconnected_event', () => {
    const delayMs = Math.min(TAKEN_OVER_MS * 2 ** takeovers++, TAKEN_OVER_MAX_MS);
    log.error({ delayMs }, 'another program has connected with the same wecom bot: only one can');
    restart(delayMs);
  });
  client.on('message', options.onMessage);
  client.on('event', options.onEvent);

  /** Authentication failed: errmsg (code: 853000) */
  function refusalOf(error: Error): BotError | null {
    const [, text = '', code] =
      /^Authentication failed: (.*) \(code: (-?\d+)\)$/s.exec(errorText(error)) ?? [];
    return code === undefined ? null : refusalError(Number(code), redact(text), 'subscribe');
  }

  function restart(delayMs: number): void {
    clearTimeout(restartTimer);
    if (isClosed) return;
    restartTimer = setTimeout(() => {
      client.disconnect();
      restartTimer = setTimeout(() => client.connect(), SETTLE_MS);
    }, delayMs);
  }

  return {
    client,
    open: () =>
      new Promise((resolve, reject) => {
        opening = { resolve, reject };
        client.connect();
      }),
    isReady: () => isReady,
    renew() {
      if (!isReady || isClosed) return;
      isReady = false;
      log.warn({}, 'wecom has forgotten the connection, opening it anew');
      restart(0);
    },
    close() {
      isClosed = true;
      isReady = false;
      clearTimeout(restartTimer);
      client.disconnect();
    },
  };
}
