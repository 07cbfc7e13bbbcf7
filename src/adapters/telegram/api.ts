/** The Bot API over telegraf's client: calls and files with a time limit, every failure as a BotError without secrets. */
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import { BotError, errorText } from '../../core/errors.js';
import type { Clock } from '../../core/ports.js';
import { actionOf, ERROR_CODES, waitOf, type Action } from './refusals.js';
import { readUpTo } from '../attachments.js';

export type ApiOptions = {
  token: string;
  /** A Bot API server, `https://api.telegram.org` or a local one. */
  apiRoot: string;
  /** The limit of one call in ms, unless the call names its own. */
  callTimeoutMs: number;
  /** Of a proxy; an own one by default. */
  agent?: http.Agent | undefined;
  now: Clock;
};

export type CallOptions = { timeoutMs?: number; signal?: AbortSignal };

export type TelegramApi = {
  /** Throws BotError; `failureOf` tells what Telegram said. Refuses with UNAVAILABLE after `close`. */
  call<M extends keyof Methods>(method: M, payload: Opts<M>, options?: CallOptions): Promise<unknown>;
  /**
   * The bytes of the file at a path that getFile named; null when there are more than `maxBytes`. Throws BotError:
   * reading changes nothing, so a broken call is UNAVAILABLE.
   */
  readFile(path: string, options: { maxBytes: number; timeoutMs: number }): Promise<Uint8Array | null>;
  /**
   * Waits for the calls under way (each has its limit), then closes the kept connections. Not ours to end: when an
   * answer stalled after its headers, node-fetch 2.7 keeps a timer of 500 s (measured), so the process must exit
   * by `process.exit`.
   */
  close(): Promise<void>;
};

/** What Telegram answered, as the `cause` of a BotError. */
export type Failure = {
  method: string;
  status: number;
  description: string;
  action: Action;
  migrateToChatId?: number;
};

const REDACTED = '[REDACTED]';

/** Telegram allows about one message a second to a chat; used when a 429 names no time. */
const RETRY_AFTER_DEFAULT_MS = 5_000;

/** Two chats that are told to wait within this time (ms): it is the app that has too much. */
const SAME_FLOOD_MS = 1_000;

export function createTelegramApi({ token, apiRoot, callTimeoutMs, ...options }: ApiOptions): TelegramApi {
  if (!URL.canParse(apiRoot))
    throw new BotError('CONFIG', 'the address of the Telegram Bot API server is not a URL');
  const telegram = new Telegram(token, { apiRoot });
  // Telegraf shares one agent over the whole process (https) or uses Node's global one (http): neither can be closed.
  const own = () => new (apiRoot.startsWith('http://') ? http : https).Agent({ keepAlive: true });
  const agent = options.agent ?? own();
  telegram.options.agent = agent;
  const running = new Set<Promise<unknown>>();
  /** The chat that was told last to wait, and when. */
  let limited: { chat: string; at: number } | null = null;
  let isClosed = false;

  function redact(text: string): string {
    return token ? text.replaceAll(token, REDACTED).replaceAll(encodeURIComponent(token), REDACTED) : text;
  }

  async function request<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    options: CallOptions,
  ): Promise<unknown> {
    const { timeoutMs = callTimeoutMs, signal } = options;
    const abort = new AbortController();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      abort.abort();
    }, timeoutMs);
    const stop = () => abort.abort();
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
    try {
      // Telegraf types the signal by the `abort-controller` package; node-fetch takes Node's own as well.
      return await telegram.callApi(method, payload, { signal: abort.signal as never });
    } catch (error) {
      if (isLate) throw new BotError('UNCERTAIN', `Telegram ${method}: no answer within ${timeoutMs} ms`);
      throw toBotError(error, { method, isOfChat: () => isOfChat(payload) }, redact);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      // Telegraf does not read the body of a 5xx: without this its connection stays open.
      abort.abort();
    }
  }

  /**
   * Whether a 429 of a call speaks of its chat (one message a second, 20 a minute to a group) or of the app: Telegram does not
   * say. It is the chat's, until another one is told the same at about the same time.
   */
  function isOfChat(payload: object): boolean {
    if (!('chat_id' in payload)) return false;
    const chat = String(payload.chat_id);
    const before = limited;
    limited = { chat, at: options.now() };
    return !before || before.chat === chat || limited.at - before.at > SAME_FLOOD_MS;
  }

  async function fetchFile(path: string, maxBytes: number, timeoutMs: number): Promise<Uint8Array | null> {
    // Telegraf has no download of its own; node-fetch, which it uses, cannot stop at a size.
    const url = new URL(`./file/bot${token}/${path}`, apiRoot);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const get = url.protocol === 'http:' ? http.get : https.get;
      const call = get(url, { agent, signal: abort.signal });
      // After the answer has begun, an error also reaches its reader; nobody else listens.
      call.on('error', () => undefined);
      const [response] = (await once(call, 'response')) as [http.IncomingMessage];
      if (response.statusCode !== 200) throw fileError(response);
      return await readUpTo(response, maxBytes);
    } catch (error) {
      if (error instanceof BotError) throw error;
      const reason = abort.signal.aborted ? `not complete within ${timeoutMs} ms` : redact(errorText(error));
      throw new BotError('UNAVAILABLE', `Telegram file: ${reason}`);
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  /** Lets `close` wait for it. */
  function run<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (isClosed)
      return Promise.reject(new BotError('UNAVAILABLE', `Telegram ${what}: the adapter is stopped`));
    const answer = work();
    const settled = answer.catch(() => undefined).finally(() => running.delete(settled));
    running.add(settled);
    return answer;
  }

  return {
    call: (method, payload, options = {}) => run(method, () => request(method, payload, options)),
    readFile: (path, { maxBytes, timeoutMs }) => run('file', () => fetchFile(path, maxBytes, timeoutMs)),
    async close() {
      isClosed = true;
      await Promise.all(running);
      agent.destroy();
    },
  };
}

/** What Telegram answered to the call that failed, or null when it gave no answer. */
export function failureOf(error: unknown): Failure | null {
  const cause = error instanceof BotError ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'description' in cause ? (cause as Failure) : null;
}

/**
 * The original error is never the cause: node-fetch writes the URL, and so the token, into message and stack
 * (telegraf redacts only the message, and not that of an unreadable answer), and a TelegramError holds the payload.
 */
function toBotError(
  error: unknown,
  { method, isOfChat }: { method: string; isOfChat: () => boolean },
  redact: (text: string) => string,
): BotError {
  if (!(error instanceof TelegramError) || typeof error.code !== 'number')
    return new BotError(
      wasNeverSent(error) ? 'UNAVAILABLE' : 'UNCERTAIN',
      `Telegram ${method}: ${redact(errorText(error))}`,
    );
  const description = redact(String(error.description));
  const action = actionOf(error.code, description);
  const cause: Failure = { method, status: error.code, description, action };
  if (error.parameters?.migrate_to_chat_id !== undefined)
    cause.migrateToChatId = error.parameters.migrate_to_chat_id;
  const code = ERROR_CODES[action];
  const retryAfter = error.parameters?.retry_after;
  const waitMs = retryAfter === undefined ? waitOf(description) : retryAfter * 1_000;
  return new BotError(code, `Telegram ${method}: ${error.code} ${description}`, {
    cause,
    ...(code === 'RATE_LIMITED' && {
      retryAfterMs: waitMs ?? RETRY_AFTER_DEFAULT_MS,
      // Slow mode is a setting of the group.
      isOfChat: error.code !== 429 || isOfChat(),
    }),
  });
}

/** The file server answers with a status only. */
function fileError({ statusCode = 0, headers }: http.IncomingMessage): BotError {
  const what = `Telegram file: HTTP ${statusCode}`;
  if (statusCode === 401) return new BotError('UNAUTHORIZED', what);
  if ([400, 403, 404, 410].includes(statusCode)) return new BotError('TARGET_GONE', what);
  if (statusCode !== 429) return new BotError('UNAVAILABLE', what);
  const seconds = Number(headers['retry-after']);
  return new BotError('RATE_LIMITED', what, {
    retryAfterMs: seconds > 0 ? seconds * 1_000 : RETRY_AFTER_DEFAULT_MS,
  });
}

/** No connection came about: the request cannot have had an effect. */
function wasNeverSent(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code)
  );
}
