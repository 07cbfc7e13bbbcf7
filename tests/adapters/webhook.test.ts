/** Webhooks: the listener, what is refused, and the same promises as by polling and long connection. */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { secretOf } from '../../src/adapters/telegram/webhook.js';
import type { Heard } from '../../src/core/chat.js';
import { BotError } from '../../src/core/errors.js';
import { adapterContract } from '../contracts/adapter.contract.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';
import { knock, openDoors } from '../helpers/knock.js';
import { FEISHU_FACTS, openFeishuWire } from '../helpers/wire-feishu.js';
import { openTelegramWire, TELEGRAM_FACTS } from '../helpers/wire-telegram.js';

adapterContract(TELEGRAM_FACTS, () => openTelegramWire(true));
adapterContract(FEISHU_FACTS, () => openFeishuWire(true));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const { APP_ID, APP_SECRET, ENCRYPT_KEY, messageEvent, sealed, signed, VERIFICATION_TOKEN } = feishu;
const MAX_BYTES = 64 * 1024;

/** `waits`: the loop waits as it does outside of tests. */
async function openBoth(waits = false) {
  const doors = await openDoors({ maxBytes: MAX_BYTES, bodyTimeoutMs: 150 });
  const [fakeFeishu, fakeTelegram] = [await feishu.startFakeFeishu(), await telegram.startFakeTelegram()];
  const clock = createClock(Date.now());
  const log = createLogRecorder();
  const heard: Heard[] = [];
  const failures: Error[] = [];
  const keep = (update: Heard) => {
    heard.push(update);
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve();
  };
  const adapters = [
    createFeishuAdapter({
      ...{ appId: APP_ID, appSecret: APP_SECRET, domain: fakeFeishu.domain, log, now: clock },
      webhook: {
        door: doors.at('/feishu'),
        encryptKey: ENCRYPT_KEY,
        verificationToken: VERIFICATION_TOKEN,
      },
    }),
    createTelegramAdapter({
      ...{ token: telegram.TOKEN, apiRoot: fakeTelegram.apiRoot, log, now: clock },
      ...(!waits && { wait: () => Promise.resolve() }),
      webhook: { door: doors.at('/telegram'), url: `${doors.url}/telegram` },
    }),
  ];
  for (const adapter of adapters) await adapter.start(keep);
  closers.push(
    () => Promise.all([fakeFeishu.close(), fakeTelegram.close(), doors.close()]),
    () => Promise.all(adapters.map((adapter) => adapter.stop())),
  );
  const at = (path: string) => `${doors.url}${path}`;
  return { doors, at, heard, failures, clock, log, adapters, fakeTelegram, fakeFeishu };
}

const event = () => messageEvent('路灯谁管');
const update = JSON.stringify({ update_id: 9, ...telegram.messageUpdate({ text: '路灯谁管' }) });
const SECRET = { 'x-telegram-bot-api-secret-token': secretOf(telegram.TOKEN) };
const big = (bytes: number) => JSON.stringify({ encrypt: 'A'.repeat(bytes) });
const trial = (token = VERIFICATION_TOKEN) => ({ type: 'url_verification', token, challenge: 'ajls384kdj' });
/** Without what signs it. */
const unsigned = (content: object) => ({ body: sealed(content).body, headers: {} });

type Call = { body: string; headers: Record<string, string> };
type Case = [what: string, status: number, call: () => Call];

const withHeader = (call: Call, name: string, value: string): Call => ({
  ...call,
  headers: { ...call.headers, [name]: value },
});
const replaced = (content: ReturnType<typeof event>, header: object) => ({
  ...content,
  header: { ...content.header, ...header },
});
const plain = (content: object): Call => {
  const body = JSON.stringify(content);
  return { body, headers: signed(body) };
};

describe('on Feishu', () => {
  it.each<Case>([
    ['with no signature', 401, () => unsigned(event())],
    ['with a signature of another key', 401, () => sealed(event(), { signKey: 'another' })],
    [
      'with the signature of another body',
      401,
      () => ({ ...sealed(event()), headers: sealed(event()).headers }),
    ],
    ['with an empty signature', 401, () => withHeader(sealed(event()), 'x-lark-signature', '')],
    ['with a cut signature', 401, () => withHeader(sealed(event()), 'x-lark-signature', 'ab12')],
    [
      'with another time than was signed',
      401,
      () => withHeader(sealed(event()), 'x-lark-request-timestamp', '1'),
    ],
    [
      'with another nonce than was signed',
      401,
      () => withHeader(sealed(event()), 'x-lark-request-nonce', 'other'),
    ],
    ['signed without a nonce', 401, () => sealed(event(), { nonce: '' })],
    ['of six minutes ago', 401, () => sealed(event(), { at: Date.now() - 6 * 60_000 })],
    ['of yesterday', 401, () => sealed(event(), { at: Date.now() - 24 * 3_600_000 })],
    ['of six minutes ahead', 401, () => sealed(event(), { at: Date.now() + 6 * 60_000 })],
    [
      'encrypted with another key',
      401,
      () => sealed(event(), { encryptKey: 'another', signKey: ENCRYPT_KEY }),
    ],
    ['in plain text, though signed', 401, () => plain(event())],
    ['that is no encryption', 401, () => plain({ encrypt: 'AAAA' })],
    ['whose encryption is cut', 401, () => plain({ encrypt: Buffer.alloc(40).toString('base64') })],
    ['that is not JSON', 401, () => ({ body: '{', headers: signed('{') })],
    ['that is empty', 401, () => ({ body: '', headers: signed('') })],
    ['with another verification token', 401, () => sealed(replaced(event(), { token: 'other' }))],
    ['for another app', 401, () => sealed(replaced(event(), { app_id: 'cli_ffffffffffffffff' }))],
    [
      'of the old form',
      401,
      () => sealed({ uuid: 'u', token: VERIFICATION_TOKEN, event: { type: 'message' } }),
    ],
    ['that tries the address with another token', 401, () => unsigned(trial('other'))],
    ['that tries the address in plain text', 401, () => ({ body: JSON.stringify(trial()), headers: {} })],
    ['over the limit', 413, () => ({ body: big(MAX_BYTES), headers: signed(big(MAX_BYTES)) })],
  ])('refuses a call %s', async (_, status, call) => {
    const { at, heard } = await openBoth();
    const { body, headers } = call();
    expect(await knock(at('/feishu'), body, { headers })).toEqual({ status, text: '' });
    expect(heard).toEqual([]);
  });

  it('takes each call once, also within its five minutes, and clears what is older', async () => {
    const { at, heard, clock } = await openBoth();
    const call = sealed(event());
    const again = () => knock(at('/feishu'), call.body, { headers: call.headers });
    expect((await again()).status).toBe(200);
    expect((await again()).status).toBe(401);
    clock.advance(4 * 60_000);
    expect((await again()).status).toBe(401);
    clock.advance(20 * 60_000);
    expect((await again()).status).toBe(401);
    expect(heard).toHaveLength(1);
  });

  it('takes the same bytes again when they could not be kept', async () => {
    const { at, heard, failures } = await openBoth();
    failures.push(new Error('disk full'));
    const { body, headers } = sealed(event());
    expect((await knock(at('/feishu'), body, { headers })).status).toBe(500);
    expect((await knock(at('/feishu'), body, { headers })).status).toBe(200);
    expect(heard).toHaveLength(2);
    expect(heard[1]).toEqual(heard[0]);
  });

  it('answers the trial of the address', async () => {
    const { at } = await openBoth();
    const answer = await knock(at('/feishu'), unsigned(trial()).body);
    expect(answer).toEqual({ status: 200, text: '{"challenge":"ajls384kdj"}' });
  });

  it('reads a body in pieces, cut inside of characters, and one of exactly the limit', async () => {
    const { at, heard } = await openBoth();
    const { body, headers } = sealed(messageEvent('这条消息很长'.repeat(50)));
    expect((await knock(at('/feishu'), body, { headers, parts: 97 })).status).toBe(200);
    expect(heard).toMatchObject([{ text: '这条消息很长'.repeat(50) }]);
    const short = sealed(event());
    const padded = short.body.padEnd(MAX_BYTES);
    expect((await knock(at('/feishu'), padded, { headers: signed(padded, { nonce: 'n' }) })).status).toBe(
      200,
    );
  });

  it('answers a click with what its person sees', async () => {
    const { at, heard } = await openBoth();
    const value = { id: 'row.show', value: '3', chat: 'oc_chat' };
    const { body, headers } = sealed(feishu.clickEvent(value, { chatId: 'oc_chat' }));
    const answer = await knock(at('/feishu'), body, { headers });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({});
    const forwarded = sealed(feishu.clickEvent(value, { chatId: 'oc_other' }));
    const other = await knock(at('/feishu'), forwarded.body, { headers: forwarded.headers });
    expect(other.text).toContain('转发');
    expect(heard).toMatchObject([{ kind: 'action', action: { id: 'row.show', value: '3' } }]);
  });
});

describe('on Telegram', () => {
  it.each<Case>([
    ['without the secret', 401, () => ({ body: update, headers: {} })],
    [
      'with an empty secret',
      401,
      () => ({ body: update, headers: { 'x-telegram-bot-api-secret-token': '' } }),
    ],
    [
      'with the beginning of the secret',
      401,
      () =>
        withHeader(
          { body: update, headers: SECRET },
          'x-telegram-bot-api-secret-token',
          secretOf(telegram.TOKEN).slice(0, -1),
        ),
    ],
    [
      'with the secret of another bot',
      401,
      () =>
        withHeader(
          { body: update, headers: SECRET },
          'x-telegram-bot-api-secret-token',
          secretOf('7001:other'),
        ),
    ],
    [
      'with the token for a secret',
      401,
      () => withHeader({ body: update, headers: {} }, 'x-telegram-bot-api-secret-token', telegram.TOKEN),
    ],
    ['that is not JSON', 400, () => ({ body: '{', headers: SECRET })],
    ['that is no update', 400, () => ({ body: '[]', headers: SECRET })],
    ['whose number is none', 400, () => ({ body: '{"update_id":"9"}', headers: SECRET })],
    ['over the limit', 413, () => ({ body: big(MAX_BYTES), headers: SECRET })],
  ])('refuses a call %s', async (_, status, call) => {
    const { at, heard } = await openBoth();
    const { body, headers } = call();
    expect(await knock(at('/telegram'), body, { headers })).toEqual({ status, text: '' });
    expect(heard).toEqual([]);
  });

  it('gives its address, its secret and what it wants, drops nothing, and polls not', async () => {
    const { fakeTelegram, doors } = await openBoth();
    const [set] = fakeTelegram.callsOf('setWebhook');
    expect(set?.payload).toMatchObject({
      url: `${doors.url}/telegram`,
      secret_token: expect.stringMatching(/^[\w-]{32,256}$/) as string,
      drop_pending_updates: false,
    });
    expect(JSON.stringify(set?.payload)).not.toContain(telegram.TOKEN);
    expect(fakeTelegram.callsOf('getUpdates')).toEqual([]);
    expect(fakeTelegram.callsOf('deleteWebhook')).toEqual([]);
  });

  it('answers when an update is kept, and a second call of the same with the first', async () => {
    const { at, heard } = await openBoth();
    const calls = [
      knock(at('/telegram'), update, { headers: SECRET, parts: 9 }),
      knock(at('/telegram'), update, { headers: SECRET }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
  });

  it('makes one update of an album that comes in calls of its own', async () => {
    const { fakeTelegram, heard } = await openBoth(true);
    const picture = (messageId: number) =>
      telegram.messageUpdate({
        messageId,
        more: {
          media_group_id: 'a',
          photo: [{ file_id: `f${messageId}`, file_unique_id: 'u', width: 9, height: 9 }],
        },
      });
    fakeTelegram.push(picture(1), picture(2), picture(3));
    await fakeTelegram.delivered();
    expect(heard).toMatchObject([{ attachments: [{ id: 'f1' }, { id: 'f2' }, { id: 'f3' }] }]);
  });

  it('lets what was not kept come again after a stop', async () => {
    const { at, failures, adapters } = await openBoth();
    failures.push(...Array.from({ length: 10_000 }, () => new BotError('STORE', 'disk full')));
    const held = knock(at('/telegram'), update, { headers: SECRET });
    await new Promise((resolve) => setImmediate(resolve));
    await adapters[1]?.stop();
    expect((await held).status).toBe(503);
  });
});

describe('the listener', () => {
  it.each([
    ['an unknown path', '/', 404, {}],
    ['a path below', '/feishu/x', 404, {}],
    ['another method', '/feishu', 405, { method: 'GET' }],
    ['a form', '/feishu', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['a packed body', '/feishu', 415, { headers: { 'content-encoding': 'gzip' } }],
    [
      'a body that says it is too long',
      '/feishu',
      413,
      { headers: { 'content-length': 10_000_000 }, isCut: true },
    ],
    ['a body that is too long and does not say so', '/feishu', 413, { parts: 4 }],
    ['a body that does not end', '/feishu', 408, { isCut: true, parts: 2 }],
  ])('refuses %s', async (what, path, status, options) => {
    const { at, heard } = await openBoth();
    const body = what.includes('does not say so') ? big(MAX_BYTES) : update;
    expect((await knock(at(path), body, options)).status).toBe(status);
    expect(heard).toEqual([]);
  });

  it('bears connections that end in the middle, and hears what comes after them', async () => {
    const { at, doors, heard } = await openBoth();
    const { port } = new URL(doors.url);
    for (const text of ['', 'POST /feishu HT', 'POST /feishu HTTP/1.1\r\ncontent-length: 9\r\n\r\n{']) {
      const socket = connect(Number(port), '127.0.0.1');
      await new Promise<void>((resolve) => socket.write(`${text} `, () => resolve()));
      socket.destroy();
    }
    const { body, headers } = sealed(event());
    expect((await knock(`${at('/feishu')}?from=proxy`, body, { headers })).status).toBe(200);
    expect(heard).toHaveLength(1);
  });

  it('writes no line for each of many refusals, and no secret', async () => {
    const { at, doors, log } = await openBoth();
    for (let i = 0; i < 30; i++) await knock(at('/telegram'), update);
    expect(doors.log.lines).toHaveLength(1);
    const written = [...doors.log.lines, ...log.lines].join('\n');
    for (const secret of [ENCRYPT_KEY, VERIFICATION_TOKEN, secretOf(telegram.TOKEN), APP_SECRET])
      expect(written).not.toContain(secret);
  });

  it('says where it cannot listen, and lets a platform that is stopped go', async () => {
    const { doors, at, adapters } = await openBoth();
    await adapters[0]?.stop();
    expect((await knock(at('/feishu'), update)).status).toBe(503);
    const other = await openDoors();
    closers.push(() => other.close());
    const { createDoors } = await import('../../src/adapters/webhook.js');
    const taken = createDoors({
      host: '127.0.0.1',
      port: Number(new URL(doors.url).port),
      log: createLogRecorder(),
    });
    await expect(taken.at('/x').open(() => Promise.resolve({ status: 200 }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('EADDRINUSE') as string,
    });
  });
});
