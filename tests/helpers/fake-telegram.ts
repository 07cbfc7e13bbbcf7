/** A Bot API server on loopback: queue of updates with an offset, files, record of calls, faults on demand. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/core/ports.js';
import { createLimits } from './limits.js';
import { knock } from './knock.js';

/**
 * A multipart body has strings and SentFile as values. The fetching of a file has the method 'file' and its path as
 * payload.
 */
export type Call = {
  method: string;
  payload: Record<string, unknown>;
  /** Of the message that the call made. */
  sentId?: number;
  /** It was carried out. */
  isAnswered?: true;
};

export type SentFile = { name: string; bytes: Buffer };

/** So often an update is sent to a webhook that does not take it. */
const REDELIVERIES_MAX = 8;

/** Above it getFile refuses. */
const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024;

export type Fault =
  /** An answer of Telegram's form. */
  | { status: number; description: string; parameters?: Record<string, number> }
  /** HTTP 200 that is not JSON. */
  | { kind: 'garbage' }
  /** No answer until the client gives up. */
  | { kind: 'hang' }
  /** The connection ends without an answer. */
  | { kind: 'reset' }
  /** A 502 whose body never ends. */
  | { kind: 'half' }
  /** A successful answer with this result. */
  | { kind: 'result'; result: unknown };

export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>;

export const BOT = { id: 7000, is_bot: true, first_name: '清单', username: 'qingdan_bot' };
export const TOKEN = '7000:AAsecret-token_of_the-fake0123456789';

type Poll = { offset: number; limit: number; answer: (result: unknown) => void };

/** In all, and in a group (src/adapters/README.md: Limits). */
const BOT_LIMITS = [{ count: 30, perMs: 1_000 }];
const GROUP_LIMITS = [{ count: 20, perMs: 60_000 }];

/** Answers only to TOKEN; with a clock it enforces the platform's limits. `close` ends all connections; `onAnswered` hears each call that succeeded. */
export async function startFakeTelegram(options: { onAnswered?: (call: Call) => void; clock?: Clock } = {}) {
  const limit = options.clock && createLimits(options.clock);
  const calls: Call[] = [];
  const taken = new Map<string, number>();
  const waiters: { method: string; resolve: (call: Call) => void }[] = [];
  const faults = new Map<string, Fault[]>();
  const rules: ((call: Call) => Fault | null | undefined)[] = [];
  const sockets = new Set<object>();
  const blocked = new Set<string>();
  const idleWaiters: (() => void)[] = [];
  let updates: { update_id: number }[] = [];
  let poll: Poll | null = null;
  /** Where updates go instead, and what are on their way there. */
  let hook: { url: string; secret: string } | null = null;
  const underway = new Set<Promise<void>>();
  /** What getFile and the file address know, by file id. */
  const files = new Map<string, { path: string; bytes: Buffer; size: number }>();
  let nextUpdateId = 100;
  let nextMessageId = 500;

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = request.url ?? '';
      const [, fileToken, path] = /^\/file\/bot([^/]+)\/(.+)$/.exec(url) ?? [];
      if (path !== undefined)
        return answer('file', { path: decodeURIComponent(path) }, fileToken === TOKEN, response);
      const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url) ?? [];
      const type = request.headers['content-type'] ?? '';
      void readPayload(type, Buffer.concat(chunks)).then((payload) =>
        answer(method, payload, token === TOKEN, response),
      );
    });
  });
  // Never closes an idle connection by itself: what stays open, the client has left open.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const resolve of idleWaiters.splice(0)) resolve();
    });
  });

  function answer(
    method: string,
    payload: Record<string, unknown>,
    isKnown: boolean,
    response: http.ServerResponse,
  ): void {
    const call: Call = { method, payload };
    const send = (status: number, body: unknown) => {
      if (status === 200) call.isAnswered = true;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const fault =
      faults.get(method)?.shift() ?? rules.map((rule) => rule(call)).find(Boolean) ?? overLimit(call);
    record(call);
    response.once('finish', () => {
      if (response.statusCode === 200) options.onAnswered?.(call);
    });
    if (!isKnown) return send(401, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (fault && 'status' in fault) {
      const { status, ...rest } = fault;
      return send(status, { ok: false, error_code: status, ...rest });
    }
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void response.destroy();
    if (fault?.kind === 'garbage') return void response.end('<html>captive portal</html>');
    if (fault?.kind === 'half') return void response.writeHead(502).write('<html>');
    if (fault?.kind === 'result') return send(200, { ok: true, result: fault.result });
    if (method.startsWith('send') && blocked.has(String(payload.chat_id)))
      return send(403, {
        ok: false,
        error_code: 403,
        description: "Forbidden: bot can't initiate conversation with a user",
      });
    if (method === 'getMe') return send(200, { ok: true, result: BOT });
    if (['sendMessage', 'sendPhoto', 'sendDocument'].includes(method))
      return send(200, { ok: true, result: { message_id: (call.sentId = nextMessageId++) } });
    if (method === 'getFile') {
      const file = files.get(String(payload.file_id));
      const refuse = (reason: string) =>
        send(400, { ok: false, error_code: 400, description: `Bad Request: ${reason}` });
      if (!file) return refuse('wrong file_id or the file is temporarily unavailable');
      if (file.size > DOWNLOAD_MAX_BYTES) return refuse('file is too big');
      const { path: file_path, size: file_size } = file;
      return send(200, { ok: true, result: { file_id: payload.file_id, file_path, file_size } });
    }
    if (method === 'file') {
      const file = [...files.values()].find(({ path }) => path === payload.path);
      if (!file) return send(404, { ok: false, error_code: 404, description: 'Not Found' });
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
    }
    if (method === 'setWebhook') hook = { url: String(payload.url), secret: String(payload.secret_token) };
    if (method === 'deleteWebhook') hook = null;
    if (method !== 'getUpdates') return send(200, { ok: true, result: true });
    if (hook)
      return send(409, {
        ...{ ok: false, error_code: 409 },
        description: "Conflict: can't use getUpdates method while webhook is active",
      });
    const offset = Number(payload.offset ?? 0);
    // Offset N confirms all updates before N.
    updates = updates.filter((update) => update.update_id >= offset);
    const own: Poll = {
      offset,
      limit: Number(payload.limit ?? 100),
      answer: (result) => send(200, { ok: true, result }),
    };
    if (updates.length > 0 || payload.timeout === 0) return own.answer(updates.slice(0, own.limit));
    poll = own;
    response.on('close', () => {
      if (poll === own) poll = null;
    });
  }

  /** As the platform does it: sent again (at once) until it is answered with 2xx. */
  async function deliver(update: { update_id: number }): Promise<void> {
    for (let i = 0; hook && i < REDELIVERIES_MAX; i++) {
      const headers = { 'x-telegram-bot-api-secret-token': hook.secret };
      const { status } = await knock(hook.url, JSON.stringify(update), { headers });
      if (status !== 200) continue;
      updates = updates.filter((it) => it !== update);
      return;
    }
  }

  function overLimit({ method, payload }: Call): Fault | null {
    if (!limit || !/^(send|edit)/.test(method)) return null;
    const chat = String(payload.chat_id);
    const waitMs = Math.max(limit('', BOT_LIMITS), chat.startsWith('-') ? limit(chat, GROUP_LIMITS) : 0);
    if (waitMs === 0) return null;
    const retry_after = Math.ceil(waitMs / 1_000);
    return {
      ...{ status: 429, description: `Too Many Requests: retry after ${retry_after}` },
      parameters: { retry_after },
    };
  }

  function record(call: Call): void {
    calls.push(call);
    const index = waiters.findIndex((waiter) => waiter.method === call.method);
    if (index < 0) return;
    const [waiter] = waiters.splice(index, 1);
    taken.set(call.method, (taken.get(call.method) ?? 0) + 1);
    waiter?.resolve(call);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    calls,
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    /** The first call of this method that no earlier `nextCall` returned, past or future. */
    nextCall(method: string): Promise<Call> {
      const seen = taken.get(method) ?? 0;
      const call = calls.filter((each) => each.method === method)[seen];
      if (!call) return new Promise((resolve) => waiters.push({ method, resolve }));
      taken.set(method, seen + 1);
      return Promise.resolve(call);
    },
    /** Queues updates together (one batch); each gets the next update_id unless it has one. */
    push(...contents: object[]): number[] {
      const added = contents.map((content) => ({ update_id: nextUpdateId++, ...content }));
      updates.push(...added);
      if (hook)
        for (const update of added) {
          const delivery = deliver(update).finally(() => underway.delete(delivery));
          underway.add(delivery);
        }
      const waiting = poll;
      poll = null;
      waiting?.answer(updates.filter((update) => update.update_id >= waiting.offset).slice(0, waiting.limit));
      return added.map((update) => update.update_id);
    },
    /** With a webhook: resolves when all that was pushed was taken, or refused too often. */
    async delivered(): Promise<void> {
      while (underway.size > 0) await Promise.all(underway);
    },
    /** The updates that nobody confirmed yet. */
    pending: () => updates.map((update) => update.update_id),
    /** Forgets all updates that nobody confirmed yet. */
    forget(): void {
      updates = [];
    },
    /** The next calls of `method` fail so, one after the other. */
    fail(method: string, ...next: Fault[]): void {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },
    /** Calls are answered with what the rule says, until it is taken back. */
    refuse(rule: (call: Call) => Fault | null | undefined): () => void {
      rules.push(rule);
      return () => void rules.splice(rules.indexOf(rule), 1);
    },
    /** This person never pressed Start: nothing can be sent to them. */
    block(chatId: string): void {
      blocked.add(chatId);
    },
    /** `size` is what getFile says, where it is another than the length of the bytes. */
    addFile(id: string, path: string, bytes: Buffer, size = bytes.length): void {
      files.set(id, { path, bytes, size });
    },
    openSockets: () => sockets.size,
    /** Resolves when no connection is open. */
    idle: () => (sockets.size === 0 ? Promise.resolve() : new Promise<void>((r) => idleWaiters.push(r))),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readPayload(type: string, body: Buffer): Promise<Record<string, unknown>> {
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const payload: Record<string, unknown> = {};
  for (const [name, value] of form)
    payload[name] =
      typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  return payload;
}

type MessageOptions = {
  text?: string;
  chat?: { id: number; type: string };
  messageId?: number;
  from?: object;
  entities?: object[];
  /** Any further fields of the message. */
  more?: object;
};

export const PERSON = { id: 42, is_bot: false, first_name: '小', last_name: '王' };
export const GROUP = { id: -100200, type: 'supergroup' };
export const DIRECT = { id: 42, type: 'private' };

/** An update with a message; entities for `@names` and `/commands` are found as Telegram finds them. */
export function messageUpdate(options: MessageOptions = {}): object {
  const { text, chat = DIRECT, messageId = 11, from = PERSON, more = {} } = options;
  const entities = options.entities ?? (text === undefined ? [] : findEntities(text));
  return {
    message: {
      message_id: messageId,
      date: 1_790_000_000,
      chat,
      from,
      ...(text !== undefined && { text }),
      ...(entities.length > 0 && { entities }),
      ...more,
    },
  };
}

export function findEntities(text: string): object[] {
  return [...text.matchAll(/(?<!\w)\/\w+(?:@\w+)?|(?<![\w/])@\w+/g)].map((match) => ({
    type: match[0].startsWith('/') ? 'bot_command' : 'mention',
    offset: match.index,
    length: match[0].length,
  }));
}

/** An update with a click on a button of message 300. */
export function clickUpdate(data: string, options: { chat?: object; more?: object } = {}): object {
  const { chat = GROUP, more = {} } = options;
  return {
    callback_query: {
      id: `query-${data}`,
      from: PERSON,
      chat_instance: '1',
      data,
      message: { message_id: 300, date: 0, chat, ...more },
    },
  };
}
