/** A Feishu on loopback: HTTP calls with faults on demand, files, and the long connection with its protobuf frames. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import protobuf from 'protobufjs';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../src/core/ports.js';
import { FEISHU_EVENTS, FEISHU_SCOPES } from '../../scripts/shared/feishu-needs.js';
import { Pressed } from './feishu-card.js';
import { problemsOfCard } from './feishu-card-schema.js';
import { isToldOf, mayCall } from './feishu-scopes.js';
import { createLimits } from './limits.js';
import { knock } from './knock.js';

export const APP_ID = 'cli_a0b1c2d3e4f50617';
export const APP_SECRET = 'S3cretOfTheApp0123456789abcdefXY';
export const VERIFICATION_TOKEN = 'verification';
export const ENCRYPT_KEY = 'EncryptKeyOfTheApp0123456789';
export const TENANT_TOKEN = 't-g1040secretTenantToken0123456789';
export const BOT = { open_id: 'ou_bot', app_name: '清单' };

export type Method =
  | 'token'
  | 'endpoint'
  | 'bot'
  | 'create'
  | 'reply'
  | 'patch'
  | 'image'
  | 'file'
  | 'resource'
  | 'message'
  | 'urgent'
  | 'contact'
  | 'read'
  | 'scopes'
  | 'app'
  | 'version'
  /** A card in the answer of a click. */
  | 'answer'
  /** A card by the token of a click. */
  | 'update';

export type Call = {
  method: Method;
  /** The message id of reply, patch, resource and message. */
  messageId?: string;
  /** The key of a resource. */
  fileKey?: string;
  query: Record<string, string>;
  /** A multipart body has strings and, for files, `{ name, bytes }` as values. */
  body: Record<string, unknown>;
  authorization?: string;
  /** Of the message that the call made. */
  sentId?: string;
  /** It was carried out. */
  isAnswered?: true;
};

export type Fault =
  | { status?: number; code: number; msg?: string; headers?: Record<string, string>; noData?: boolean }
  /** An answer that is not JSON. */
  | { status: number; raw: string }
  /** No answer until the client gives up. */
  | { kind: 'hang' }
  /** The connection ends without an answer. */
  | { kind: 'reset' };

/** What the bot answers to one event frame; `data` is the decoded answer of a callback. */
export type Ack = { code: number; data?: unknown };

export type FakeFeishu = Awaited<ReturnType<typeof startFakeFeishu>>;

type Frame = {
  SeqID: number;
  LogID: number;
  service: number;
  method: number;
  headers: { key: string; value: string }[];
  payload?: Uint8Array;
};

/** src/adapters/README.md: Frames. */
const FrameType = protobuf
  .parse(
    `syntax = "proto2"; package pbbp2;
    message Header { required string key = 1; required string value = 2; }
    message Frame {
      required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
      repeated Header headers = 5; optional string payload_encoding = 6; optional string payload_type = 7;
      optional bytes payload = 8; optional string LogIDNew = 9;
    }`,
    { keepCase: true },
  )
  .root.lookupType('pbbp2.Frame');

/** Feishu waits so long for the answer of a click; so long after it the card cannot be replaced. */
const [ANSWER_MS, LOCK_MS] = [3_000, 200];
const LOCKED = 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; code:230099';

const SERVICE = 33554678;
/** All four in seconds; reconnects at once, so that tests need not wait. */
const CLIENT_CONFIG = { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 60 };
/** Feishu sends an event again at most 4 times. */
const REDELIVERIES_MAX = 4;

const ROUTES: [Method, string, RegExp][] = [
  ['token', 'POST', /^\/open-apis\/auth\/v3\/tenant_access_token\/internal$/],
  ['endpoint', 'POST', /^\/callback\/ws\/endpoint$/],
  ['bot', 'GET', /^\/open-apis\/bot\/v3\/info$/],
  ['create', 'POST', /^\/open-apis\/im\/v1\/messages$/],
  ['reply', 'POST', /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/],
  ['patch', 'PATCH', /^\/open-apis\/im\/v1\/messages\/([^/]+)$/],
  ['image', 'POST', /^\/open-apis\/im\/v1\/images$/],
  ['file', 'POST', /^\/open-apis\/im\/v1\/files$/],
  ['resource', 'GET', /^\/open-apis\/im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/],
  ['read', 'GET', /^\/open-apis\/im\/v1\/messages\/([^/]+)\/read_users$/],
  ['scopes', 'GET', /^\/open-apis\/application\/v6\/scopes$/],
  ['app', 'GET', /^\/open-apis\/application\/v6\/applications\/([^/]+)$/],
  ['version', 'GET', /^\/open-apis\/application\/v6\/applications\/([^/]+)\/app_versions\/[^/]+$/],
  ['urgent', 'PATCH', /^\/open-apis\/im\/v1\/messages\/([^/]+)\/urgent_app$/],
  ['contact', 'POST', /^\/open-apis\/contact\/v3\/users\/batch_get_id$/],
  ['update', 'POST', /^\/open-apis\/interactive\/v1\/card\/update$/],
  ['message', 'GET', /^\/open-apis\/im\/v1\/messages\/([^/]+)$/],
];

/** Of each API, of each person and of each group (src/adapters/README.md: Pace). */
const API_LIMITS = [
  { count: 50, perMs: 1_000 },
  { count: 1_000, perMs: 60_000 },
];
const CHAT_LIMITS = [{ count: 5, perMs: 1_000 }];

/** Knows one app; with a clock it enforces the platform's limits. `clientConfig` replaces what the ws endpoint answers, `onAnswered` hears each call that succeeded. */
export async function startFakeFeishu(
  options: { clientConfig?: object; onAnswered?: (call: Call) => void; clock?: Clock; port?: number } = {},
) {
  const limit = options.clock && createLimits(options.clock);
  const calls: Call[] = [];
  const taken = new Map<Method, number>();
  const callWaiters: { method: Method; resolve: (call: Call) => void }[] = [];
  const faults = new Map<Method, Fault[]>();
  const rules: ((call: Call) => Fault | null | undefined)[] = [];
  const sentByUuid = new Map<string, string>();
  /** Sender ids by message id; the app itself for what was sent through create and reply. */
  const senders = new Map<string, string>();
  /** What was passed on together, by the message that it became. */
  const merged = new Map<string, object[]>();
  /** Where each message was sent. */
  const chats = new Map<string, string>();
  /** Open ids by the id of the message that they have read. */
  const readers = new Map<string, string>();
  const resources = new Map<string, { bytes: Buffer; type: string }>();
  const clients = new Set<WebSocket>();
  const listening = new Set<WebSocket>();
  const connectionWaiters: (() => void)[] = [];
  const acks = new Map<string, (ack: Ack) => void>();
  /** The cards that are being clicked, by frame; until when each card is locked, by the clock of the process. */
  const clicked = new Map<string, string>();
  const locks = new Map<string, number>();
  const buzzes = new Map<string, number>();
  const sockets = new Set<object>();
  const idleWaiters: (() => void)[] = [];
  const state = {
    ...{ token: TENANT_TOKEN, connections: 0, pings: 0 },
    /** What the app may and what it is told (as the manual says), and its published version. */
    ...{ scopes: new Set(FEISHU_SCOPES), events: new Set(FEISHU_EVENTS), version: 'oav_1' },
    /** How events and callbacks come, and who may use the app. */
    ways: { event: { subscription_type: 'websocket' }, callback: { callback_type: 'websocket' } },
    range: { is_all: true } as object | undefined,
    /** Where events go instead of the long connection. */
    webhook: '',
    /** The clock with which webhook calls are signed. */
    now: Date.now as Clock,
    /** Who is in a group, where it matters; else everybody is. */
    members: new Map<string, Set<string>>(),
    /** Open ids by mobile number and by e-mail address. */
    contacts: new Map<string, string>(),
    /** What is against the documents in cards that came. */
    badCards: [] as string[],
  };
  let nextId = 1;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void route(request, Buffer.concat(chunks), response));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const resolve of idleWaiters.splice(0)) resolve();
    });
  });
  const wss = new WebSocketServer({ server, path: '/ws' });
  wss.on('connection', (ws) => {
    state.connections += 1;
    clients.add(ws);
    ws.on('message', (data: Buffer) => receive(ws, data));
    ws.on('close', () => {
      clients.delete(ws);
      listening.delete(ws);
    });
  });

  async function route(request: IncomingMessage, raw: Buffer, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    for (const [method, verb, pattern] of ROUTES) {
      const match = pattern.exec(url.pathname);
      if (request.method !== verb || !match) continue;
      const call: Call = {
        method,
        query: Object.fromEntries(url.searchParams),
        body: await readBody(request.headers['content-type'] ?? '', raw),
        ...(match[1] && { messageId: decodeURIComponent(match[1]) }),
        ...(match[2] && { fileKey: decodeURIComponent(match[2]) }),
        ...(request.headers.authorization && { authorization: request.headers.authorization }),
      };
      record(call);
      return answer(call, response);
    }
    response.writeHead(404).end('404 page not found');
  }

  function record(call: Call): void {
    calls.push(call);
    const waiter = callWaiters.findIndex((w) => w.method === call.method);
    if (waiter < 0) return;
    taken.set(call.method, (taken.get(call.method) ?? 0) + 1);
    callWaiters.splice(waiter, 1)[0]?.resolve(call);
  }

  function answer(call: Call, response: ServerResponse): void {
    const fault =
      faults.get(call.method)?.shift() ?? rules.map((rule) => rule(call)).find(Boolean) ?? overLimit(call);
    if (fault && 'kind' in fault) {
      if (fault.kind === 'reset') response.socket?.destroy();
      return;
    }
    if (fault && 'raw' in fault) return void response.writeHead(fault.status).end(fault.raw);
    if (fault) {
      const { status = 400, code, msg = 'refused', headers = {}, noData } = fault;
      const body = { code, msg, ...(!noData && { data: {} }) };
      return void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    }
    const problems = cardProblems(call);
    // Not only refused: no card of ours may be one that Feishu refuses.
    if (problems.length > 0) {
      state.badCards.push(...problems);
      const body = { code: 230099, msg: `Failed to create card content, ext=${problems.join('; ')}` };
      return void response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...body, data: {} }));
    }
    const resource = call.method === 'resource' && resources.get(`${call.messageId}/${call.fileKey}`);
    if (resource && call.authorization === `Bearer ${state.token}`)
      return void response.writeHead(200, { 'content-type': resource.type }).end(resource.bytes);
    const [status, body] = succeed(call);
    if (status === 200) call.isAnswered = true;
    if (status === 200) response.once('finish', () => options.onAnswered?.(call));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  function overLimit({ method, body, messageId }: Call): Fault | null {
    if (!limit || !['create', 'reply', 'patch'].includes(method)) return null;
    const headers = (waitMs: number) => ({ 'x-ogw-ratelimit-reset': String(Math.ceil(waitMs / 1_000)) });
    const waitMs = limit(method, API_LIMITS);
    if (waitMs > 0) return { status: 429, code: 99991400, headers: headers(waitMs) };
    const chatMs = limit(String(body.receive_id ?? messageId), CHAT_LIMITS);
    return chatMs > 0 ? { code: 230020, headers: headers(chatMs) } : null;
  }

  /** The platform waits so long for the answer of a click; a bot that died in between holds no card for ever. */
  const lock = (messageId: string): unknown => locks.set(messageId, performance.now() + ANSWER_MS);
  /** From the click until a moment after its answer. */
  const isLocked = (messageId: string): boolean => (locks.get(messageId) ?? 0) > performance.now();

  function showAnswer(clicked: string | undefined, { data }: Ack): void {
    if (clicked === undefined) return;
    locks.set(clicked, performance.now() + LOCK_MS);
    const { card } = (data ?? {}) as { card?: { type: string; data: object } };
    if (card?.type !== 'raw') return;
    const body = { content: JSON.stringify(card.data) };
    state.badCards.push(...problemsOfCard(body.content));
    const call: Call = { method: 'answer', messageId: clicked, query: {}, body, isAnswered: true };
    calls.push(call);
    options.onAnswered?.(call);
  }

  function succeed(call: Call): [number, object] {
    const { body } = call;
    if (call.method === 'token')
      return body.app_id === APP_ID && body.app_secret === APP_SECRET
        ? [200, { code: 0, msg: 'ok', tenant_access_token: state.token, expire: 7200 }]
        : [200, { code: 10014, msg: 'app secret invalid' }];
    if (call.method === 'endpoint') {
      if (body.AppID !== APP_ID || body.AppSecret !== APP_SECRET)
        return [200, { code: 514, msg: 'auth failed' }];
      const URL = `ws://127.0.0.1:${port()}/ws?device_id=1&service_id=${SERVICE}`;
      return [
        200,
        { code: 0, msg: 'ok', data: { URL, ClientConfig: options.clientConfig ?? CLIENT_CONFIG } },
      ];
    }
    if (call.authorization !== `Bearer ${state.token}`)
      return [400, { code: 99991663, msg: 'Invalid access token for authorization' }];
    if (!mayCall(state.scopes, call.method))
      return [400, { code: 99991672, msg: 'Access denied. One of the scopes is required' }];
    if (call.method === 'scopes') {
      const scopes = [...state.scopes].map((scope_name) => ({ scope_name, grant_status: 1 }));
      return [
        200,
        { code: 0, data: { scopes: [...scopes, { scope_name: 'im:chat.announcement', grant_status: 2 }] } },
      ];
    }
    if (call.method === 'app') {
      const subscribed_callbacks = [...state.events].filter((it) => it.startsWith('card.'));
      const app = { app_id: APP_ID, online_version_id: state.version, ...state.ways };
      const callback = { ...state.ways.callback, subscribed_callbacks };
      return [200, { code: 0, data: { app: { ...app, callback } } }];
    }
    if (call.method === 'version') {
      const told = [...state.events].filter((it) => !it.startsWith('card.'));
      const event_infos = told.map((event_type) => ({ event_type }));
      return [200, { code: 0, data: { app_version: { event_infos, remark: { visibility: state.range } } } }];
    }
    if (call.method === 'urgent') {
      // Only messages of its own; everybody has room for 200 of them.
      if (senders.get(call.messageId ?? '') !== APP_ID)
        return [400, { code: 230012, msg: 'Bot is NOT the sender of the message.' }];
      const people = body.user_id_list as string[];
      const members = state.members.get(chats.get(call.messageId ?? '') ?? '');
      const invalid_user_id_list = members ? people.filter((it) => !members.has(it)) : [];
      if (invalid_user_id_list.length === people.length)
        return [400, { code: 230001, msg: 'Your request contains an invalid request parameter.' }];
      for (const person of people.filter((it) => !invalid_user_id_list.includes(it))) {
        const unread = (buzzes.get(person) ?? 0) + 1;
        if (unread > 200)
          return [400, { code: 230023, msg: 'The user has too many unread urgent messages.' }];
        buzzes.set(person, unread);
      }
      return [200, { code: 0, msg: 'success', data: { invalid_user_id_list } }];
    }
    if (call.method === 'contact') {
      const [mobiles, emails] = [body.mobiles, body.emails].map((it) => (it ?? []) as string[]);
      const entry = (kind: 'mobile' | 'email') => (contact: string) => ({
        [kind]: contact,
        ...(state.contacts.has(contact) && { user_id: state.contacts.get(contact) }),
      });
      const user_list = [...(mobiles ?? []).map(entry('mobile')), ...(emails ?? []).map(entry('email'))];
      return Math.max(mobiles?.length ?? 0, emails?.length ?? 0) > 50
        ? [400, { code: 40001, msg: 'invalid param' }]
        : [200, { code: 0, msg: 'success', data: { user_list } }];
    }
    if (call.method === 'bot') return [200, { code: 0, msg: 'ok', bot: BOT }];
    if (call.method === 'patch' && isLocked(call.messageId ?? ''))
      return [400, { code: 230099, msg: LOCKED }];
    if (call.method === 'update') return [200, { code: 0, msg: 'success' }];
    if (call.method === 'patch') return [200, { code: 0, msg: 'success', data: {} }];
    if (call.method === 'image')
      return [200, { code: 0, msg: 'success', data: { image_key: `img_sent_${nextId++}` } }];
    if (call.method === 'file')
      return [200, { code: 0, msg: 'success', data: { file_key: `file_sent_${nextId++}` } }];
    if (call.method === 'resource') return [400, { code: 234003, msg: 'File not in msg.' }];
    if (call.method === 'read') {
      const reader = readers.get(call.messageId ?? '');
      const items = reader ? [{ user_id_type: 'open_id', user_id: reader, timestamp: '1609484183000' }] : [];
      return [200, { code: 0, msg: 'success', data: { items, has_more: false } }];
    }
    if (call.method === 'message') {
      const id = senders.get(call.messageId ?? '');
      if (id === undefined) return [400, { code: 230110, msg: 'the message has been deleted' }];
      const isApp = id.startsWith('cli_');
      const sender = {
        id,
        id_type: isApp ? 'app_id' : 'open_id',
        sender_type: isApp ? 'app' : 'user',
        tenant_key: 'tenant',
      };
      const items = [{ message_id: call.messageId, sender }, ...(merged.get(call.messageId ?? '') ?? [])];
      return [200, { code: 0, msg: 'success', data: { items } }];
    }
    const uuid = String(body.uuid);
    const message_id = sentByUuid.get(uuid) ?? `om_sent_${nextId++}`;
    sentByUuid.set(uuid, message_id);
    senders.set(message_id, APP_ID);
    if (body.receive_id !== undefined) chats.set(message_id, String(body.receive_id));
    call.sentId = message_id;
    return [200, { code: 0, msg: 'success', data: { message_id } }];
  }

  function receive(ws: WebSocket, data: Buffer): void {
    const frame = FrameType.toObject(FrameType.decode(data)) as Frame;
    const headers = Object.fromEntries(frame.headers.map((h) => [h.key, h.value]));
    if (frame.method === 0 && headers.type === 'ping') {
      state.pings += 1;
      const pong = { ...frame, headers: [{ key: 'type', value: 'pong' }] };
      ws.send(FrameType.encode(pong).finish());
      // Only now the client listens: what is sent inside the connection callback would be lost (src/adapters/README.md: Frames).
      listening.add(ws);
      for (const resolve of connectionWaiters.splice(0)) resolve();
    }
    if (frame.method !== 1) return;
    const { code, data: base64 } = JSON.parse(Buffer.from(frame.payload ?? []).toString('utf8')) as {
      code: number;
      data?: string;
    };
    const ack: Ack = { code };
    if (base64) ack.data = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    const messageId = headers.message_id ?? '';
    showAnswer(clicked.get(messageId), ack);
    acks.get(messageId)?.(ack);
    acks.delete(messageId);
  }

  function port(): number {
    return (server.address() as AddressInfo).port;
  }

  /** To the address of a webhook: signed and encrypted. */
  async function send(url: string, event: object): Promise<Ack> {
    const known = { token: VERIFICATION_TOKEN, app_id: APP_ID };
    const header = { ...known, ...(event as { header?: object }).header };
    const { body, headers } = sealed({ ...event, header }, { at: state.now() });
    const { status, text } = await knock(url, body, { headers });
    return { code: status, ...(text !== '' && { data: JSON.parse(text) as unknown }) };
  }

  /** One frame, or several when `parts` > 1; resolves to the acknowledgement. */
  async function emit(event: object, parts = 1): Promise<Ack> {
    if (!isToldOf(state.scopes, event)) throw new Error('the app has no scope for this event');
    if (state.webhook !== '') {
      const card = cardOf(event);
      if (card !== undefined) lock(card);
      const ack = await send(state.webhook, event);
      showAnswer(card, ack);
      return ack;
    }
    const ws = [...listening][0];
    if (!ws) throw new Error('the fake Feishu has no client that listens');
    const message_id = `frame_${nextId++}`;
    const card = cardOf(event);
    if (card !== undefined) {
      clicked.set(message_id, card);
      lock(card);
    }
    const payload = Buffer.from(JSON.stringify(event));
    const size = Math.ceil(payload.length / parts);
    return new Promise((resolve) => {
      acks.set(message_id, resolve);
      for (let seq = 0; seq < parts; seq += 1) {
        const headers = Object.entries({
          type: 'event',
          message_id,
          sum: String(parts),
          seq: String(seq),
          trace_id: 'trace',
        }).map(([key, value]) => ({ key, value }));
        const part = payload.subarray(seq * size, (seq + 1) * size);
        const frame = { SeqID: 1, LogID: 2, service: SERVICE, method: 1, headers, payload: part };
        ws.send(FrameType.encode(frame).finish());
      }
    });
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    domain: `http://127.0.0.1:${port()}`,
    calls,
    state,
    emit,

    /** As the platform does it: sent again (at once, not after 15 s) until it is acknowledged with 200. */
    async publish(event: object): Promise<Ack[]> {
      const answers: Ack[] = [];
      do answers.push(await emit(event));
      while (answers.at(-1)?.code !== 200 && answers.length <= REDELIVERIES_MAX);
      return answers;
    },

    /** The next call of the method that no one has asked for yet. */
    nextCall(method: Method): Promise<Call> {
      const seen = taken.get(method) ?? 0;
      const call = calls.filter((c) => c.method === method)[seen];
      if (!call) return new Promise((resolve) => callWaiters.push({ method, resolve }));
      taken.set(method, seen + 1);
      return Promise.resolve(call);
    },

    callsOf: (method: Method) => calls.filter((c) => c.method === method),

    /** The next call of the method (then the one after it …) gets this answer. */
    fail(method: Method, ...next: Fault[]): void {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },

    /** Calls are answered with what the rule says, until it is taken back. */
    refuse(rule: (call: Call) => Fault | null | undefined): () => void {
      rules.push(rule);
      return () => void rules.splice(rules.indexOf(rule), 1);
    },

    /** A picture or file that `resource` gives out. */
    addResource(messageId: string, key: string, bytes: Buffer, type = 'application/octet-stream'): void {
      resources.set(`${messageId}/${key}`, { bytes, type });
    },

    /** Who sent the message: the app id for the app's own. */
    addMessage(messageId: string, senderId: string): void {
      senders.set(messageId, senderId);
    },

    /** Somebody passed these on together; a content is that of its kind. */
    addMerged(messageId: string, senderId: string, parts: { type: string; content: object }[]): void {
      senders.set(messageId, senderId);
      const items = parts.map(({ type, content }, i) => ({
        ...{ message_id: `${messageId}_${i}`, msg_type: type, upper_message_id: messageId },
        body: { content: JSON.stringify(content) },
      }));
      merged.set(messageId, items);
    },

    /** The person reads a message of the bot. */
    markRead(messageId: string, openId: string): void {
      readers.set(messageId, openId);
    },

    /** Resolves when a client listens. */
    listening(): Promise<void> {
      return listening.size > 0 || state.webhook !== ''
        ? Promise.resolve()
        : new Promise((resolve) => connectionWaiters.push(resolve));
    },

    /** Ends the websockets as a broken network does. */
    drop(): void {
      listening.clear();
      for (const ws of clients) ws.terminate();
    },

    /** Resolves when the client has no connection open any more. */
    idle(): Promise<void> {
      return sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve));
    },

    async close(): Promise<void> {
      for (const ws of clients) ws.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Of a call that brings a card. */
function cardProblems({ method, body }: Call): string[] {
  const isCard = method === 'patch' || body.msg_type === 'interactive';
  if (isCard && typeof body.content === 'string') return problemsOfCard(body.content);
  return method === 'update' && body.card ? problemsOfCard(JSON.stringify(body.card)) : [];
}

async function readBody(type: string, raw: Buffer): Promise<Record<string, unknown>> {
  if (raw.length === 0) return {};
  if (!type.startsWith('multipart/')) return JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const body: Record<string, unknown> = {};
  for (const [name, value] of form)
    body[name] =
      typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  return body;
}

/** The card that a click is on. */
const cardOf = (event: object): string | undefined =>
  (event as { event?: { context?: { open_message_id?: string } } }).event?.context?.open_message_id;

/** An event as it comes to a webhook; each part can be another than Feishu's. */
export function sealed(
  content: object,
  options: { encryptKey?: string; signKey?: string; at?: number; nonce?: string } = {},
) {
  const { encryptKey = ENCRYPT_KEY, nonce = randomBytes(8).toString('hex') } = options;
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  const secret = Buffer.concat([iv, cipher.update(JSON.stringify(content)), cipher.final()]);
  // Spaces that writing it anew would lose: the signature is over these bytes.
  const body = `{ "encrypt":  "${secret.toString('base64')}" }`;
  return { body, headers: signed(body, { signKey: encryptKey, ...options, nonce }) };
}

export function signed(body: string, options: { signKey?: string; at?: number; nonce?: string } = {}) {
  const { signKey = ENCRYPT_KEY, at = Date.now(), nonce = 'once' } = options;
  const timestamp = String(Math.floor(at / 1_000));
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': createHash('sha256').update(`${timestamp}${nonce}${signKey}${body}`).digest('hex'),
  };
}

let nextEvent = 1;

type MessageOptions = {
  messageId?: string;
  type?: string;
  /** Replaces the content made of `text`. */
  content?: unknown;
  chatType?: 'p2p' | 'group';
  chatId?: string;
  threadId?: string;
  parentId?: string;
  mentions?: { key: string; openId: string; name: string }[];
  senderType?: string;
  senderId?: string;
};

/** An `im.message.receive_v1` event as it comes in a frame. */
export function messageEvent(text: string, options: MessageOptions = {}) {
  const { messageId = `om_in_${nextEvent}`, type = 'text', chatType = 'p2p', chatId = 'oc_chat' } = options;
  return {
    schema: '2.0',
    header: {
      event_id: `ev_${nextEvent++}`,
      event_type: 'im.message.receive_v1',
      create_time: '1764000000000',
      token: VERIFICATION_TOKEN,
      app_id: APP_ID,
      tenant_key: 'tenant',
    },
    event: {
      sender: {
        sender_id: { open_id: options.senderId ?? 'ou_user', union_id: 'on_user', user_id: null },
        sender_type: options.senderType ?? 'user',
        tenant_key: 'tenant',
      },
      message: {
        message_id: messageId,
        create_time: '1764000000123',
        update_time: '1764000000123',
        chat_id: chatId,
        chat_type: chatType,
        message_type: type,
        content: JSON.stringify(options.content ?? { text }),
        ...(options.threadId && { thread_id: options.threadId }),
        ...(options.parentId && { parent_id: options.parentId, root_id: options.parentId }),
        ...(options.mentions && {
          mentions: options.mentions.map(({ key, openId, name }) => ({
            key,
            id: { open_id: openId, union_id: 'on_x', user_id: null },
            name,
            tenant_key: 'tenant',
          })),
        }),
      },
    },
  };
}

/** A `card.action.trigger` event; its header counts in microseconds. */
export function clickEvent(
  value: unknown,
  options: { messageId?: string; chatId?: string; operatorId?: string } = {},
) {
  return {
    schema: '2.0',
    header: {
      event_id: `ev_${nextEvent++}`,
      event_type: 'card.action.trigger',
      create_time: '1764000000456789',
      token: VERIFICATION_TOKEN,
      app_id: APP_ID,
      tenant_key: 'tenant',
    },
    event: {
      operator: {
        open_id: options.operatorId ?? 'ou_user',
        union_id: 'on_user',
        user_id: null,
        tenant_key: 'tenant',
      },
      token: 'c-card-token',
      action: value instanceof Pressed ? value.action : { value, tag: 'button' },
      host: 'im_message',
      context: {
        open_message_id: options.messageId ?? 'om_card',
        open_chat_id: options.chatId ?? 'oc_chat',
      },
    },
  };
}
