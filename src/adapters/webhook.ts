/** The one HTTP listener at which platforms knock: paths, sizes and times. Whether it is the platform, each adapter checks. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { BotError, errorText } from '../core/errors.js';
import type { Logger } from '../core/ports.js';

/** A complete POST of JSON: the very bytes, over which platforms sign. */
export type Knock = { headers: IncomingHttpHeaders; body: Buffer };

/** Without a body only the status goes. */
export type Answer = { status: number; body?: object };

export type Door = {
  /** Resolves when the platform can knock. Throws BotError UNAVAILABLE when the port cannot be had. */
  open(handle: (knock: Knock) => Promise<Answer>): Promise<void>;
  /** Whoever knocks from now on gets 503; resolves when the port is free, where nobody else needs it. */
  close(): Promise<void>;
};

export type DoorsOptions = {
  host: string;
  /** 0: any. */
  port: number;
  log: Logger;
  /** A longer body is refused with 413 as soon as that is known. */
  maxBytes?: number;
  /** A body that is not complete within this time (ms) is refused with 408. */
  bodyTimeoutMs?: number;
};

/** Updates of both platforms have some KB, a long message with its entities not 200; files do not come this way. */
const MAX_BYTES = 1024 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than a proxy in front keeps its connections, so that it never sends into one that is just closed. */
const KEEP_ALIVE_MS = 75_000;
const CONNECTIONS_MAX = 500;
/** A line about refused knocks comes so often at most (ms): whoever floods the port does not flood the log. */
const REFUSALS_LOGGED_EVERY_MS = 10_000;

/** One listener for all platforms that want it, by path; it listens while a door is open. TLS is the affair of a proxy in front. */
export function createDoors(options: DoorsOptions) {
  const { host, port, log, maxBytes = MAX_BYTES, bodyTimeoutMs = 10_000 } = options;
  const handlers = new Map<string, (knock: Knock) => Promise<Answer>>();
  const known = new Set<string>();
  let refusals = { count: 0, loggedAt: -Infinity };
  let listening: Promise<void> | null = null;

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      log.error({ error: errorText(error) }, 'a webhook call failed');
      if (!response.headersSent) send(request, response, { status: 500 });
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = HEADERS_TIMEOUT_MS + bodyTimeoutMs;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = CONNECTIONS_MAX;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const status = refusalOf(request, path);
    const body = status ?? (await read(request, maxBytes, bodyTimeoutMs));
    if (body === null) return;
    if (typeof body === 'number') {
      noteRefusal(path, body);
      return send(request, response, { status: body });
    }
    const handle = handlers.get(path);
    const answer: Answer = handle ? await handle({ headers: request.headers, body }) : { status: 503 };
    if (answer.status >= 400 && answer.status < 500) noteRefusal(path, answer.status);
    send(request, response, answer);
  }

  /** What is wrong before a byte of the body is read. */
  function refusalOf({ method, headers }: IncomingMessage, path: string): number | null {
    if (!known.has(path)) return 404;
    if (method !== 'POST') return 405;
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return 415;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 415;
    return Number(headers['content-length'] ?? 0) > maxBytes ? 413 : null;
  }

  function noteRefusal(path: string, status: number): void {
    refusals.count += 1;
    const now = performance.now();
    if (now - refusals.loggedAt < REFUSALS_LOGGED_EVERY_MS) return;
    log.warn({ path: path.slice(0, 64), status, count: refusals.count }, 'webhook calls are refused');
    refusals = { count: 0, loggedAt: now };
  }

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => {
        listening = null;
        reject(
          new BotError('UNAVAILABLE', `cannot listen at ${host}:${port}: ${error.code ?? error.message}`),
        );
      };
      server.once('error', failed);
      server.listen(port, host, () => {
        server.off('error', failed);
        resolve();
      });
    });

  return {
    at(path: string): Door {
      known.add(path);
      return {
        async open(handle) {
          handlers.set(path, handle);
          try {
            await (listening ??= listen());
          } catch (error) {
            handlers.delete(path);
            throw error;
          }
        },
        async close() {
          handlers.delete(path);
          if (handlers.size > 0 || !listening) return;
          listening = null;
          await new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeIdleConnections();
          });
        },
      };
    },
    /** Where it listens; null while it does not. */
    address: () => {
      const at = server.address();
      return typeof at === 'object' && at ? { host: at.address, port: at.port } : null;
    },
  };
}

/** The bytes; the status of a refusal; null when nobody waits for an answer any more. */
function read(
  request: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<Buffer | number | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle(408), timeoutMs);
    const settle = (outcome: Buffer | number | null): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      resolve(outcome);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return settle(413);
      chunks.push(chunk);
    });
    request.once('end', () => settle(Buffer.concat(chunks)));
    request.once('error', () => settle(null));
    request.once('close', () => settle(null));
  });
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  const text = body ? JSON.stringify(body) : '';
  const isRead = request.complete;
  response.writeHead(status, {
    'content-length': Buffer.byteLength(text),
    ...(text !== '' && { 'content-type': 'application/json; charset=utf-8' }),
    ...(!isRead && { connection: 'close' }),
  });
  response.end(text);
  // What is still being sent is not waited for.
  if (!isRead) response.once('finish', () => request.socket.destroySoon());
}

/** Whether two texts are the same, in a time that tells nothing of where they differ; also where their lengths do. */
export function isSameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
