/** WeCom's long connection on loopback: subscription, messages and clicks, files, and the rules of its pages for what is sent. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../src/core/ports.js';
import { createLimits } from './limits.js';

export const BOT_ID = 'aibQingdan0123456789';
export const SECRET = 'S3cretOfTheBot0123456789abcdefghij';
export const NAME = '清单';

type Json = Record<string, unknown>;
type Frame = { cmd: string; headers: { req_id: string }; body?: Json };

/** What the bot sent. */
export type Call = {
  cmd: string;
  reqId: string;
  body: Json;
  /** Where it is shown; absent of uploads. */
  chat?: string;
  /** 0: carried out. */
  code: number;
  /** Of a file: what was uploaded. */
  file?: { name: string; bytes: Buffer };
};

export type Fault = { code: number; msg?: string } | { kind: 'hang' } | { kind: 'drop' };
/** What can fail: words, a card or a file that is sent anew; an answer; a replaced card; an upload; the subscription. */
export type What = 'words' | 'card' | 'media' | 'respond' | 'update' | 'upload' | 'subscribe';

export type Chat = { id: string; isDirect: boolean };
export type FakeWecom = Awaited<ReturnType<typeof startFakeWecom>>;

/** Into one conversation (src/adapters/README.md: Limits of WeCom). */
const CHAT_LIMITS = [
  { count: 30, perMs: 60_000 },
  { count: 1_000, perMs: 3_600_000 },
];
const WORDS_MAX_BYTES = 20_480;
const CLICK_MS = 5_000;

/** As a chat: whoever there is has spoken to the bot. */
export const EVERYBODY = '*';

/** Knows one bot; with a clock it enforces the limit of a conversation. */
export async function startFakeWecom(options: { clock?: Clock; onCall?: (call: Call) => void } = {}) {
  const limit = options.clock && createLimits(options.clock);
  const calls: Call[] = [];
  const faults = new Map<What, Fault[]>();
  const rules: ((what: What, chat: string | undefined) => Fault | null | undefined)[] = [];
  const opened = new Set<string>();
  const blocked = new Set<string>();
  /** Calls of people that may be answered: of messages once, of clicks for five seconds. */
  const said = new Map<string, { chat: string; isAnswered: boolean }>();
  const pressed = new Map<string, { chat: string; taskId: string; until: number }>();
  const cards = new Map<string, string>();
  const files = new Map<string, { bytes: Buffer; name: string }>();
  const uploads = new Map<string, { name: string; kind: string; parts: Buffer[] }>();
  const media = new Map<string, { name: string; bytes: Buffer }>();
  const waiters: (() => void)[] = [];
  const state = { secret: SECRET, connections: 0, pings: 0, isSilent: false };
  let current: WebSocket | null = null;
  let nextId = 1;

  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (!file) return void response.writeHead(403).end();
    const name = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
    response.writeHead(200, { 'content-disposition': name }).end(file.bytes);
  });
  const wss = new WebSocketServer({ server });
  wss.on('connection', (ws) => {
    state.connections += 1;
    ws.on('message', (data: Buffer) => receive(ws, JSON.parse(data.toString()) as Frame));
    ws.on('close', () => {
      if (current === ws) current = null;
    });
  });

  function receive(ws: WebSocket, { cmd, headers, body = {} }: Frame): void {
    const reply = (errcode: number, errmsg = 'ok', more: Json = {}) =>
      ws.send(
        JSON.stringify({ headers, errcode, errmsg, ...(Object.keys(more).length > 0 && { body: more }) }),
      );
    if (cmd === 'ping') {
      state.pings += 1;
      return state.isSilent ? undefined : reply(0);
    }
    if (cmd === 'aibot_subscribe') return subscribe(ws, body, reply);
    const call: Call = { cmd, reqId: headers.req_id, body, code: 0, ...chatOf(cmd, headers.req_id, body) };
    const what = whatOf(cmd, body);
    const fault = faults.get(what)?.shift() ?? rules.map((rule) => rule(what, call.chat)).find(Boolean);
    const outcome =
      fault ?? (ws === current ? carryOut(call) : { code: 846609, msg: 'aibot websocket not subscribed' });
    if (outcome && 'kind' in outcome) {
      call.code = -2;
      calls.push(call);
      if (outcome.kind === 'drop') ws.terminate();
      return;
    }
    const code = outcome && 'code' in outcome ? outcome.code : 0;
    call.code = code;
    calls.push(call);
    options.onCall?.(call);
    for (const wake of waiters.splice(0)) wake();
    if (code !== 0) return reply(code, outcome && 'msg' in outcome ? outcome.msg : 'refused');
    reply(0, 'ok', outcome && 'body' in outcome ? outcome.body : {});
  }

  function subscribe(ws: WebSocket, body: Json, reply: (code: number, msg?: string) => void): void {
    const fault = faults.get('subscribe')?.shift();
    if (fault && 'code' in fault) return reply(fault.code, fault.msg ?? 'refused');
    if (body['bot_id'] !== BOT_ID || body['secret'] !== state.secret)
      return reply(853000, 'invalid bot_id or secret');
    if (current && current !== ws) {
      event(current, { eventtype: 'disconnected_event' }, { id: 'nobody', isDirect: true }, 'nobody');
      current.close();
    }
    current = ws;
    reply(0);
    for (const wake of waiters.splice(0)) wake();
  }

  function chatOf(cmd: string, reqId: string, body: Json): { chat?: string } {
    const chat =
      cmd === 'aibot_send_msg' ? String(body['chatid']) : (said.get(reqId)?.chat ?? pressed.get(reqId)?.chat);
    return chat === undefined ? {} : { chat };
  }

  type Outcome = { code: number; msg?: string } | { body: Json } | null;

  function carryOut(call: Call): Outcome {
    const { cmd, body, chat } = call;
    if (cmd.startsWith('aibot_upload_media_')) return upload(cmd, body);
    if (cmd === 'aibot_respond_update_msg') return update(call);
    if (cmd === 'aibot_respond_msg') {
      const answered = said.get(call.reqId);
      if (!answered || answered.isAnswered) return { code: 846605, msg: 'invalid req_id' };
      answered.isAnswered = true;
    } else if (cmd !== 'aibot_send_msg') return { code: 40008, msg: 'unknown command' };
    else if (!(opened.has(String(chat)) || opened.has(EVERYBODY)) || blocked.has(String(chat)))
      return { code: 93006, msg: 'invalid chatid' };
    else if (![1, 2].includes(Number(body['chat_type']))) return { code: 40058, msg: 'invalid chat_type' };
    if (limit && limit(String(chat), CHAT_LIMITS) > 0)
      return { code: 45009, msg: 'reach max api daily quota limit' };
    const problem = contentProblem(call, cmd === 'aibot_respond_msg');
    if (problem) return problem;
    const { task_id: taskId } = (body['template_card'] ?? {}) as Json;
    if (taskId !== undefined) cards.set(String(taskId), String(chat));
    const { media_id: mediaId } = (body[String(body['msgtype'])] ?? {}) as Json;
    const file = media.get(String(mediaId));
    if (file) call.file = file;
    return null;
  }

  function contentProblem({ body }: Call, isAnswer: boolean): Outcome {
    const type = String(body['msgtype']);
    const kinds = isAnswer
      ? ['stream', 'template_card', 'stream_with_template_card', 'image', 'file']
      : ['markdown', 'template_card', 'image', 'file'];
    if (!kinds.includes(type)) return { code: 40008, msg: 'invalid message type' };
    if (type === 'image' || type === 'file')
      return media.has(String((body[type] as Json)['media_id']))
        ? null
        : { code: 40007, msg: 'invalid media_id' };
    const words = (body['markdown'] ?? body['stream']) as Json | undefined;
    if (words) {
      const content = String(words['content']);
      if (content.trim() === '') return { code: 44004, msg: 'empty content' };
      if (Buffer.byteLength(content) > WORDS_MAX_BYTES)
        return { code: 45002, msg: 'content size out of limit' };
      if (body['stream'] && words['finish'] !== true) return { code: 40058, msg: 'nobody finishes it' };
    }
    const card = body['template_card'] as Json | undefined;
    if (!card) return type.includes('card') ? { code: 42031, msg: 'no card' } : null;
    if (cards.has(String(card['task_id']))) return { code: 42014, msg: 'task_id is taken' };
    return cardProblem(card);
  }

  function update({ reqId, body }: Call): Outcome {
    const click = pressed.get(reqId);
    pressed.delete(reqId);
    if (!click || click.until < performance.now()) return { code: 846605, msg: 'invalid req_id' };
    if (body['response_type'] !== 'update_template_card')
      return { code: 93050, msg: 'invalid response_type' };
    const card = body['template_card'] as Json;
    return card['task_id'] === click.taskId ? cardProblem(card) : { code: 42016, msg: 'task_id not exist' };
  }

  function upload(cmd: string, body: Json): Outcome {
    const id = String(body['upload_id']);
    if (cmd.endsWith('init')) {
      const upload_id = `upload_${nextId++}`;
      uploads.set(upload_id, { name: String(body['filename']), kind: String(body['type']), parts: [] });
      return { body: { upload_id } };
    }
    const held = uploads.get(id);
    if (!held) return { code: 40058, msg: 'invalid upload_id' };
    if (cmd.endsWith('chunk')) {
      held.parts[Number(body['chunk_index'])] = Buffer.from(String(body['base64_data']), 'base64');
      return null;
    }
    const media_id = `media_${nextId++}`;
    media.set(media_id, { name: held.name, bytes: Buffer.concat(held.parts.filter(Boolean)) });
    return { body: { type: held.kind, media_id, created_at: '1700000000' } };
  }

  function event(ws: WebSocket, content: Json, chat: Chat, userid: string, msgid = `ev_${nextId++}`): string {
    const req_id = `req_${nextId++}`;
    const body = {
      ...{
        msgid,
        aibotid: BOT_ID,
        create_time: Math.floor((options.clock?.() ?? 1_790_000_000_000) / 1_000),
        msgtype: 'event',
        from: { userid },
        event: content,
      },
      ...placeOf(chat),
    };
    ws.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id }, body }));
    return req_id;
  }

  const placeOf = ({ id, isDirect }: Chat): Json =>
    isDirect ? { chattype: 'single' } : { chattype: 'group', chatid: id };

  const connected = (): WebSocket => {
    if (!current) throw new Error('no bot is connected with the fake WeCom');
    return current;
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    ...{ calls, state, wsUrl: `ws://127.0.0.1:${port}` },
    /** What people see: all that was carried out, uploads left out. */
    shown: () => calls.filter(({ cmd, code }) => code === 0 && !cmd.includes('upload')),
    /** A frame as it is. */
    emit: (frame: object) => connected().send(JSON.stringify(frame)),
    /** Somebody speaks to the bot; `content` is what follows msgtype. */
    say(chat: Chat, userid: string, content: Json, more: Json = {}): void {
      opened.add(chat.id);
      const req_id = `req_${nextId++}`;
      said.set(req_id, { chat: chat.id, isAnswered: false });
      const body = {
        msgid: `msg_${nextId++}`,
        aibotid: BOT_ID,
        from: { userid },
        ...placeOf(chat),
        ...content,
        ...more,
      };
      connected().send(JSON.stringify({ cmd: 'aibot_msg_callback', headers: { req_id }, body }));
    },
    /** Somebody presses a button of a card. */
    press(chat: Chat, userid: string, event_key: string, task_id: string): void {
      const data = { card_type: 'button_interaction', event_key, task_id };
      const content = { eventtype: 'template_card_event', template_card_event: data };
      const reqId = event(connected(), content, chat, userid);
      pressed.set(reqId, { chat: chat.id, taskId: task_id, until: performance.now() + CLICK_MS });
    },
    event: (content: Json, chat: Chat, userid: string) => event(connected(), content, chat, userid),
    /** Somebody has spoken to the bot there. */
    open: (chat: string) => void opened.add(chat),
    /** The person has stopped the bot, or it is out of the group. */
    block: (chat: string) => void blocked.add(chat),
    /** A file as people send it: encrypted, given out at an address. */
    addFile(name: string, bytes: Buffer): { url: string; aeskey: string } {
      const key = randomBytes(32);
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      // PKCS#7 up to a multiple of 32.
      const padding = 32 - (bytes.length % 32);
      const padded = Buffer.concat([bytes, Buffer.alloc(padding, padding)]);
      const path = `/file/${nextId++}/${createHash('sha256').update(name).digest('hex')}?sign=secret`;
      files.set(path, { name, bytes: Buffer.concat([cipher.update(padded), cipher.final()]) });
      return { url: `http://127.0.0.1:${port}${path}`, aeskey: key.toString('base64') };
    },
    /** The next calls of this kind fail so, one after the other. */
    fail: (what: What, ...next: Fault[]) => void faults.set(what, [...(faults.get(what) ?? []), ...next]),
    refuse(rule: (what: What, chat: string | undefined) => Fault | null | undefined): () => void {
      rules.push(rule);
      return () => void rules.splice(rules.indexOf(rule), 1);
    },
    /** Resolves at the next call or subscription. */
    next: () => new Promise<void>((resolve) => waiters.push(resolve)),
    isConnected: () => current !== null,
    /** Ends the connection as a broken network does. */
    drop: () => current?.terminate(),
    /** Forgets the bot, though its connection stays open. */
    forget: () => void (current = null),
    async close(): Promise<void> {
      for (const ws of wss.clients) ws.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function whatOf(cmd: string, body: Json): What {
  if (cmd === 'aibot_respond_msg') return 'respond';
  if (cmd === 'aibot_respond_update_msg') return 'update';
  if (cmd.includes('upload')) return 'upload';
  if (body['msgtype'] === 'markdown') return 'words';
  return body['msgtype'] === 'template_card' ? 'card' : 'media';
}

const CARD_KEYS = [
  ...['card_type', 'source', 'action_menu', 'main_title', 'quote_area', 'sub_title_text', 'task_id'],
  ...['horizontal_content_list', 'card_action', 'button_list', 'feedback'],
];

/** 模板卡片类型, of the two types that are used: what is missing, too many or of another kind, and its code. */
export function cardProblem(card: Json): { code: number; msg: string } | null {
  const no = (code: number, msg: string) => ({ code, msg });
  const unknown = Object.keys(card).filter((key) => !CARD_KEYS.includes(key));
  if (unknown.length > 0) return no(40058, `unknown ${unknown.join()}`);
  const { title = '', desc = '' } = (card['main_title'] ?? {}) as { title?: string; desc?: string };
  if (title === '' && !card['sub_title_text']) return no(42033, 'neither title nor text');
  if ([...title].length > 26 || [...desc].length > 30) return no(45002, 'title is too long');
  if ([...String(card['sub_title_text'] ?? '')].length > 112) return no(45002, 'text is too long');
  const rows = (card['horizontal_content_list'] ?? []) as { keyname?: string; value?: string }[];
  if (rows.length > 6) return no(42035, 'too many rows');
  if (rows.some(({ keyname }) => !keyname)) return no(42027, 'a row without a name');
  if (!/^[\w@-]{1,128}$/.test(String(card['task_id']))) return no(42014, 'task_id');
  const menu = ((card['action_menu'] as Json | undefined)?.['action_list'] ?? []) as {
    text: string;
    key: string;
  }[];
  if (card['action_menu'] && (menu.length < 1 || menu.length > 3))
    return no(42042, 'the menu has one to three');
  const action = card['card_action'] as { type: number; url?: string } | undefined;
  if (card['card_type'] === 'text_notice')
    return action?.type === 1 && action.url ? null : no(42045, 'a notice leads somewhere');
  if (card['card_type'] !== 'button_interaction') return no(42031, 'card_type');
  const buttons = (card['button_list'] ?? []) as { text?: string; key?: string; style?: number }[];
  if (buttons.length < 1 || buttons.length > 6) return no(42038, 'one to six buttons');
  const all = [...buttons, ...menu];
  if (all.some(({ text }) => !text)) return no(42038, 'a button without a text');
  if (all.some(({ key = '' }) => key === '' || Buffer.byteLength(key) > 1_024)) return no(42039, 'a key');
  return new Set(all.map(({ key }) => key)).size < all.length ? no(42051, 'a key comes twice') : null;
}
