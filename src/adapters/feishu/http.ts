/** The HTTP side under the SDK: time limits, files, and every failure as a BotError that holds no secret. */
import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { defaultHttpInstance, type HttpInstance, type HttpRequestOptions } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { BotError, errorText, type ErrorCode } from '../../core/errors.js';
import {
  actionOf,
  callOf,
  ERROR_CODES,
  QUOTA_GONE,
  remedyOf,
  type Action,
  type FeishuCall,
} from './refusals.js';

export type FeishuHttp = {
  /**
   * For `Client` and `WSClient`. Rejects with BotError, so that the SDK never holds or logs an AxiosError, also where
   * Feishu answers HTTP 200 with a code. A file is read to its end before the SDK gets its stream.
   */
  instance: HttpInstance;
  redact(text: string): string;
  /** Why the last call for a websocket address failed, or null. */
  endpointError(): BotError | null;
  /** Waits for the calls under way, or with `abort` ends them; then closes the kept connections. */
  close(options?: { abort?: boolean }): Promise<void>;
};

/** What Feishu answered, as the `cause` of a BotError. */
export type Failure = { status: number; code: number | undefined; description: string; action: Action };

const REDACTED = '[REDACTED]';
const WS_ENDPOINT = '/callback/ws/endpoint';

/** A group takes 5 messages a second from all its bots (../README.md: Pace); used when the answer names no time. */
const RETRY_AFTER_DEFAULT_MS = 1_000;

/** What one chat had too much of, whatever else the app sends. */
const OF_CHAT = new Set([230020, 11233]);

/** The month's calls are used up; asked again after this time, ms: an operator may have bought more. */
const QUOTA_WAIT_MS = 3_600_000;

/** What axios says of an answer over `maxContentLength`. */
const TOO_LONG = /maxContentLength/;

const bodySchema = z.looseObject({ code: z.number(), msg: z.string().optional() });

const seconds = (fallback: number) => z.number().nonnegative().catch(fallback);
/** All four are needed, else the SDK pings every millisecond (../README.md: Opening the connection); fallbacks are its own. */
const clientConfigSchema = z.object({
  PingInterval: z.number().positive().catch(120),
  ReconnectCount: z.number().catch(-1),
  ReconnectInterval: seconds(120),
  ReconnectNonce: seconds(30),
});
const endpointSchema = z.looseObject({ data: z.looseObject({ URL: z.string() }) });

type Answer = { status: number; body: unknown; headers: Record<string, unknown> };
type Options = HttpRequestOptions<unknown>;

export type HttpOptions = {
  appSecret: string;
  /** Limit of a call from first to last byte, in ms. */
  timeoutMs: number;
  /** The same for a call that carries a file. */
  transferTimeoutMs: number;
  /** A longer answer is refused with the code ANSWER_TOO_LONG. */
  maxFileBytes: number;
  /** At each call that counts against the month's quota. */
  onCall?: (() => void) | undefined;
  /** Of a proxy; own ones by default. */
  agent?: http.Agent | undefined;
};

/** Our own number among those of Feishu: the file is longer than we take. */
export const ANSWER_TOO_LONG = -1;

export function createHttp(settings: HttpOptions): FeishuHttp {
  const { appSecret } = settings;
  // Own agents: their kept connections can be closed, those of the global ones cannot.
  const agents = {
    httpAgent: settings.agent ?? new http.Agent({ keepAlive: true }),
    httpsAgent: settings.agent ?? new https.Agent({ keepAlive: true }),
    // axios would look for one in the environment, too.
    proxy: false as const,
  };
  const running = new Map<Promise<unknown>, { path: string; abort: AbortController }>();
  let lastEndpointError: BotError | null = null;
  let isClosed = false;

  function redact(text: string): string {
    return text.replaceAll(appSecret, REDACTED).replace(/\b[tau]-[\w.-]{8,}|Bearer\s+\S+/g, REDACTED);
  }

  async function exchange(options: Options, label: string, abort: AbortController): Promise<Answer> {
    let isLate = false;
    const isDownload = options.responseType === 'stream';
    const timeoutMs = isDownload || isUpload(options) ? settings.transferTimeoutMs : settings.timeoutMs;
    const timer = setTimeout(() => {
      isLate = true;
      abort.abort();
    }, timeoutMs);
    try {
      const request = {
        ...(isUpload(options) ? withForm(options) : options),
        ...agents,
        signal: abort.signal,
        $return_headers: true,
        ...(isDownload && { responseType: 'arraybuffer', maxContentLength: settings.maxFileBytes }),
      } as Options;
      const { data, headers } = await defaultHttpInstance.request<
        unknown,
        { data: unknown; headers: Record<string, unknown> }
      >(request);
      return { status: 200, body: data, headers };
    } catch (error) {
      const response = (error as { response?: { status: number; data: unknown; headers: object } }).response;
      if (response)
        return {
          status: response.status,
          body: isDownload ? parseJson(response.data) : response.data,
          headers: { ...response.headers },
        };
      if (isDownload && TOO_LONG.test(errorText(error)))
        return { status: 413, body: { code: ANSWER_TOO_LONG, msg: 'the file is too large' }, headers: {} };
      if (isLate) throw new BotError('UNCERTAIN', `Feishu ${label}: no answer within ${timeoutMs} ms`);
      // Never as the cause: an AxiosError carries app_secret and the tenant token in its config.
      const reason = redact(String((error as { code?: string }).code ?? errorText(error)));
      throw new BotError(NEVER_SENT.has(reason) ? 'UNAVAILABLE' : 'UNCERTAIN', `Feishu ${label}: ${reason}`);
    } finally {
      clearTimeout(timer);
    }
  }

  async function call(options: Options, path: string, abort: AbortController): Promise<unknown> {
    const label = `${(options.method ?? 'get').toUpperCase()} ${path}`;
    // Tokens and the address of the connection are asked for in any case.
    if (path !== WS_ENDPOINT && !path.includes('/auth/v3/')) settings.onCall?.();
    const answer = await exchange(options, label, abort);
    // The failures of a download come with HTTP 400 and above; a file of 200 may be JSON with a code of its own.
    if (options.responseType === 'stream' && answer.status < 400)
      return { data: Readable.from(answer.body as Buffer), headers: answer.headers };
    const body = bodySchema.safeParse(answer.body);
    if (answer.status < 400 && body.data?.code === 0)
      return path === WS_ENDPOINT ? completeEndpoint(body.data) : body.data;
    const error = toBotError(answer, { label, call: callOf(options.method ?? 'get', path) }, redact);
    // The SDK gives up only when it sees the code beside an object `data`; otherwise it loops without a word.
    if (path === WS_ENDPOINT && body.success && body.data.code !== 0 && error.code !== 'RATE_LIMITED') {
      lastEndpointError = error;
      return { code: body.data.code, msg: redact(body.data.msg ?? ''), data: {} };
    }
    throw error;
  }

  async function request(options: Options): Promise<never> {
    const path = pathOf(options.url);
    if (isClosed) throw new BotError('UNAVAILABLE', `Feishu ${path}: the adapter is stopped`);
    const abort = new AbortController();
    const answer = call(options, path, abort).catch((error: unknown) => {
      if (path === WS_ENDPOINT && error instanceof BotError) lastEndpointError = error;
      throw error;
    });
    const settled = answer.catch(() => undefined).finally(() => running.delete(settled));
    running.set(settled, { path, abort });
    return (await answer) as never;
  }

  const bare = (method: string) => (url: string, options?: Options) => request({ ...options, url, method });
  const withBody = (method: string) => (url: string, data?: unknown, options?: Options) =>
    request({ ...options, url, method, data });

  return {
    instance: {
      request,
      get: bare('get'),
      delete: bare('delete'),
      head: bare('head'),
      options: bare('options'),
      post: withBody('post'),
      put: withBody('put'),
      patch: withBody('patch'),
    } as HttpInstance,
    redact,
    endpointError: () => lastEndpointError,
    async close({ abort = false } = {}) {
      isClosed = true;
      for (const entry of running.values()) if (abort || entry.path === WS_ENDPOINT) entry.abort.abort();
      await Promise.all(running.keys());
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

/** What Feishu answered to the call that failed, or null when it gave no answer. */
export function failureOf(error: unknown): Failure | null {
  const cause = error instanceof BotError ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'description' in cause ? (cause as Failure) : null;
}

/** What is to be done about a refusal (./refusals.ts); null for what is none: no answer, or one that may be another later. */
export function actionFor(error: unknown): Action | null {
  const isRefusal = error instanceof BotError && (error.code === 'REJECTED' || error.code === 'TARGET_GONE');
  return (isRefusal && failureOf(error)?.action) || null;
}

/** The SDK only sets the type; axios would send a buffer without the file name that makes it a file. */
function isUpload({ headers }: Options): boolean {
  return headers?.['Content-Type'] === 'multipart/form-data';
}

function withForm(options: Options): Options {
  const form = new FormData();
  const fields = options.data as Record<string, string | Buffer>;
  for (const [name, value] of Object.entries(fields))
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value)]), String(fields.file_name ?? 'image'));
  return { ...options, data: form };
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(data as ArrayBuffer).toString('utf8'));
  } catch {
    return null;
  }
}

function pathOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).pathname : '(no address)';
}

function completeEndpoint(body: object): unknown {
  const answer = endpointSchema.safeParse(body);
  if (!answer.success) throw new BotError('UNAVAILABLE', `Feishu ${WS_ENDPOINT}: the answer has no address`);
  const { data } = answer.data;
  return {
    ...answer.data,
    data: { ...data, ClientConfig: clientConfigSchema.parse(data.ClientConfig ?? {}) },
  };
}

function toBotError(
  { status, body, headers }: Answer,
  { label, call }: { label: string; call: FeishuCall },
  redact: (text: string) => string,
) {
  const parsed = bodySchema.safeParse(body).data;
  const description = redact(parsed ? (parsed.msg ?? '') : 'the answer is not that of an API').slice(0, 500);
  const known = parsed?.code;
  const action = known === undefined ? 'anew' : actionOf(call, known, description);
  const cause: Failure = { status, code: known, description, action };
  const code = classify(status, known, action);
  const waitMs =
    known === QUOTA_GONE ? QUOTA_WAIT_MS : code === 'RATE_LIMITED' ? retryAfterMs(headers) : undefined;
  const remedy = known === undefined ? undefined : remedyOf(known);
  return new BotError(code, `Feishu ${label}: HTTP ${status}, code ${known ?? 'none'}: ${description}`, {
    cause,
    remedy,
    isOfChat: OF_CHAT.has(known ?? 0),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  });
}

/** Header in seconds (../README.md: Pace). */
function retryAfterMs(headers: Record<string, unknown>): number {
  const wait = Number(headers['x-ogw-ratelimit-reset'] ?? headers['retry-after'] ?? NaN);
  return wait > 0 ? wait * 1_000 : RETRY_AFTER_DEFAULT_MS;
}

/** No connection came about: the request cannot have had an effect. */
const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** The code speaks first: the older APIs put every failure under HTTP 400 or 200. */
function classify(status: number, code: number | undefined, action: Action): ErrorCode {
  if (code === QUOTA_GONE) return ERROR_CODES[action];
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500 || status === 408) return 'UNCERTAIN';
  if (status === 401 && action === 'simpler') return 'UNAUTHORIZED';
  if (code === undefined) return status >= 400 ? 'REJECTED' : 'UNAVAILABLE';
  return ERROR_CODES[action];
}
