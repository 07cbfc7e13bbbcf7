/** The Feishu adapter over the real SDK and a fake Feishu on loopback. */
import { createHook } from 'node:async_hooks';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter, type FeishuSettings } from '../../src/adapters/feishu/index.js';
import type { Card } from '../../src/core/card.js';
import type { Adapter, Logger } from '../../src/core/ports.js';
import { buttonsOf } from '../helpers/feishu-card.js';
import {
  APP_ID,
  APP_SECRET,
  BOT,
  clickEvent,
  messageEvent,
  startFakeFeishu,
  TENANT_TOKEN,
  type FakeFeishu,
} from '../helpers/fake-feishu.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import { adapterContract } from '../contracts/adapter.contract.js';
import { FEISHU_FACTS, openFeishuWire } from '../helpers/wire-feishu.js';

adapterContract(FEISHU_FACTS, openFeishuWire);

const DIRECT: Conversation = { platform: 'feishu', chatId: 'ou_user', isDirect: true };
const GROUP: Conversation = { platform: 'feishu', chatId: 'oc_group', isDirect: false };
const BOT_MENTION = { key: '@_user_1', openId: BOT.open_id, name: BOT.app_name };

const CARD: Card = {
  title: '路灯 <维护>',
  blocks: [
    { kind: 'text', text: '共 1 项 <at id=all></at>' },
    { kind: 'field', label: '主体责任 *县*', text: '县城管局\n1. 维护 [路灯](http://x)', isOwn: true },
    { kind: 'field', label: '配合责任', text: '各镇街' },
    { kind: 'source', text: '职责清单 2026 版 第 3 项' },
  ],
  buttons: [
    { id: 'row.show', label: '查看', value: '2026/duty/3', style: 'primary' },
    { id: 'list.next', label: '下一页' },
    { id: 'row.wrong', label: '答错了', value: 'a b "引号"' },
    { id: 'ask.office', label: '问编办', value: '2026' },
  ],
};

let fake: FakeFeishu;
const adapters: Adapter[] = [];
let logs: string[];
let updates: Heard[];
const waiters: { has: (line: string) => boolean; resolve: () => void }[] = [];

function write(level: string) {
  return (fields: object, message: string) => {
    const line = `${level} ${message} ${JSON.stringify(fields)}`;
    logs.push(line);
    for (const waiter of waiters.filter((w) => w.has(line))) waiter.resolve();
  };
}

const log: Logger = {
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
};

/** Resolves when such a line is logged from now on. */
function logged(part: string): Promise<void> {
  return new Promise((resolve) => waiters.push({ has: (line) => line.includes(part), resolve }));
}

function create(settings: Partial<FeishuSettings> = {}): Adapter {
  const adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: fake.domain,
    log,
    cardTimeoutMs: 0,
    ...settings,
  });
  adapters.push(adapter);
  return adapter;
}

async function started(
  onUpdate: (update: Heard) => Promise<void> = async (update) => void updates.push(update),
  settings: Partial<FeishuSettings> = {},
): Promise<Adapter> {
  const adapter = create(settings);
  await adapter.start(onUpdate);
  await fake.listening();
  return adapter;
}

function outgoing(over: Partial<Outgoing> = {}): Outgoing {
  return { key: 'feishu:om_1#0', conversation: DIRECT, reply: { text: '好的' }, ...over };
}

function contentOf(call: { body: Record<string, unknown> }): Record<string, unknown> {
  return JSON.parse(String(call.body.content)) as Record<string, unknown>;
}

/** The callback values of all buttons, in order. */
const buttonValues = (card: unknown): Record<string, unknown>[] =>
  buttonsOf(card).map(({ value }) => value.action.value as Record<string, unknown>);

beforeEach(async () => {
  fake = await startFakeFeishu();
  logs = [];
  updates = [];
});

afterEach(async () => {
  await Promise.all(adapters.splice(0).map((adapter) => adapter.stop()));
  await fake.close();
  const printed = logs.join('\n');
  expect(printed).not.toContain(APP_SECRET);
  expect(printed).not.toContain(TENANT_TOKEN);
});

describe('messages in', () => {
  it('makes an update of a direct message and acknowledges it', async () => {
    await started();
    const ack = await fake.emit(messageEvent('路灯坏了谁管', { messageId: 'om_1' }));
    expect(ack).toEqual({ code: 200 });
    expect(updates).toEqual([
      {
        kind: 'message',
        id: 'feishu:om_1',
        conversation: DIRECT,
        user: { platform: 'feishu', id: 'ou_user' },
        at: 1764000000123,
        messageId: 'om_1',
        text: '路灯坏了谁管',
        isAddressed: true,
      },
    ]);
  });

  it('puts a message together that comes in parts', async () => {
    await started();
    await fake.emit(messageEvent('乡呼县应'.repeat(50)), 3);
    expect(updates[0]).toMatchObject({ text: '乡呼县应'.repeat(50) });
  });

  it('does not count plain group talk as addressed', async () => {
    await started();
    await fake.emit(messageEvent('今天开会', { chatType: 'group', chatId: 'oc_group' }));
    await fake.emit(
      messageEvent('@_user_1 你看呢 @_all', {
        chatType: 'group',
        mentions: [{ key: '@_user_1', openId: 'ou_li', name: '李四' }],
      }),
    );
    expect(updates).toMatchObject([
      { text: '今天开会', isAddressed: false, conversation: GROUP },
      { text: '@李四 你看呢 @所有人', isAddressed: false },
    ]);
  });

  it('takes its own mention out and writes the others as names', async () => {
    await started();
    const mentions = [
      BOT_MENTION,
      { key: '@_user_10', openId: 'ou_wang', name: '王五' },
      { key: '@_user_2', openId: 'ou_li', name: '李四' },
    ];
    await fake.emit(messageEvent('@_user_1 路灯谁管', { chatType: 'group', mentions: [BOT_MENTION] }));
    await fake.emit(messageEvent('请 @_user_1 告诉 @_user_2 和@_user_10', { chatType: 'group', mentions }));
    await fake.emit(messageEvent('@_user_1', { chatType: 'group', mentions: [BOT_MENTION] }));
    expect(updates).toMatchObject([
      { text: '路灯谁管', isAddressed: true },
      { text: '请 告诉 @李四 和@王五', isAddressed: true },
      { text: '', isAddressed: true },
    ]);
  });

  it('hears commands in groups unless they are for another bot', async () => {
    await started();
    const group = { chatType: 'group' as const };
    await fake.emit(messageEvent('/who 路灯', group));
    await fake.emit(messageEvent('/who@清单 路灯', group));
    await fake.emit(messageEvent('@_user_1 /who 路灯', { ...group, mentions: [BOT_MENTION] }));
    await fake.emit(messageEvent('/who@_user_1 路灯', { ...group, mentions: [BOT_MENTION] }));
    await fake.emit(messageEvent('/who@别的 路灯', group));
    expect(updates.map((u) => u.kind === 'message' && [u.text, u.isAddressed])).toEqual([
      ['/who 路灯', true],
      ['/who 路灯', true],
      ['/who 路灯', true],
      ['/who 路灯', true],
      ['/who@别的 路灯', false],
    ]);
  });

  it('counts a reply to its own message as addressed', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ conversation: GROUP }));
    await fake.emit(messageEvent('第二个', { chatType: 'group', parentId: 'om_sent_1' }));
    await fake.emit(messageEvent('不对', { chatType: 'group', parentId: 'om_other' }));
    expect(updates).toMatchObject([{ isAddressed: true }, { isAddressed: false }]);
  });

  it('reads rich text and keeps the thread', async () => {
    await started();
    const content = {
      title: '请教',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '清单' },
          { tag: 'text', text: ' 路灯' },
          { tag: 'a', href: 'http://x', text: '链接' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
        [{ tag: 'text', text: '谁管' }],
      ],
    };
    await fake.emit(
      messageEvent('', {
        type: 'post',
        content,
        chatType: 'group',
        threadId: 'omt_1',
        mentions: [BOT_MENTION],
      }),
    );
    expect(updates).toMatchObject([
      { text: '请教\n 路灯链接\n谁管', isAddressed: true, conversation: { threadId: 'omt_1' } },
    ]);
  });

  it('takes a sticker as an empty message only when it is addressed', async () => {
    await started();
    const sticker = { type: 'sticker', content: { file_key: 'file_1' } };
    await fake.emit(messageEvent('', sticker));
    const ack = await fake.emit(messageEvent('', { ...sticker, chatType: 'group' }));
    expect(ack.code).toBe(200);
    expect(updates).toMatchObject([{ text: '', isAddressed: true }]);
    expect(updates[0]).not.toHaveProperty('attachments');
  });

  it('gives the same id to the same message, however often it comes', async () => {
    await started();
    const event = messageEvent('路灯', { messageId: 'om_same' });
    await fake.emit(event);
    await fake.emit({ ...event, header: { ...event.header, event_id: 'ev_other' } });
    expect(updates.map((u) => u.id)).toEqual(['feishu:om_same', 'feishu:om_same']);
  });

  it('acknowledges only when the update is durable', async () => {
    let store = () => {};
    const seen = new Promise<void>((arrived) => {
      void started(() => {
        arrived();
        return new Promise<void>((resolve) => (store = resolve));
      });
    });
    await fake.listening();
    let isAcked = false;
    const ack = fake.emit(messageEvent('路灯')).finally(() => (isAcked = true));
    await seen;
    expect(isAcked).toBe(false);
    store();
    expect(await ack).toEqual({ code: 200 });
  });

  it('is sent the message again when it could not be stored', async () => {
    let tries = 0;
    await started(async (update) => {
      tries += 1;
      if (tries < 3) throw new Error('disk full');
      updates.push(update);
    });
    const acks = await fake.publish(messageEvent('路灯', { messageId: 'om_again' }));
    expect(acks.map((ack) => ack.code)).toEqual([500, 500, 200]);
    expect(updates).toMatchObject([{ id: 'feishu:om_again' }]);
  });
});

describe('clicks', () => {
  it('makes an action of a click and answers it with {}', async () => {
    await started();
    const click = clickEvent({ id: 'row.show', value: '3' });
    expect(await fake.emit(click)).toEqual({ code: 200, data: {} });
    expect(updates).toEqual([
      {
        kind: 'action',
        id: `feishu:${click.header.event_id}`,
        conversation: { platform: 'feishu', chatId: 'oc_chat', isDirect: false },
        user: { platform: 'feishu', id: 'ou_user' },
        at: 1764000000456,
        messageId: 'om_card',
        action: { id: 'row.show', value: '3' },
      },
    ]);
  });

  it('tells who clicked that it was not stored: Feishu does not give it again', async () => {
    await started(() => Promise.reject(new Error('disk full')));
    expect(await fake.emit(clickEvent({ id: 'row.show' }))).toEqual({
      code: 200,
      data: { toast: { type: 'error', content: expect.stringContaining('再按一次') as string } },
    });
    expect(logs.join('\n')).toContain('a click is not stored');
  });

  it('answers a click in time when its handling is slow, without claiming that it is done', async () => {
    let finish = () => {};
    await started(() => new Promise<void>((resolve) => (finish = resolve)), { clickTimeoutMs: 20 });
    expect(await fake.emit(clickEvent({ id: 'row.show' }))).toEqual({
      code: 200,
      data: { toast: { type: 'info', content: expect.stringContaining('正在办理') as string } },
    });
    finish();
  });

  it('does nothing on, and says so of, foreign values and cards that were forwarded', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ conversation: GROUP, reply: { card: CARD } }));
    const [value] = buttonValues(contentOf(await fake.nextCall('create')));
    const told = (words: string) => ({
      code: 200,
      data: { toast: { type: 'info', content: expect.stringContaining(words) as string } },
    });
    expect(await fake.emit(clickEvent(value, { chatId: 'oc_elsewhere' }))).toEqual(told('转发来的'));
    expect(await fake.emit(clickEvent('text'))).toEqual(told('已过期'));
    expect(await fake.emit(clickEvent({ other: 1 }))).toEqual(told('已过期'));
    expect(updates).toEqual([]);
  });
});

describe('messages out', () => {
  it('sends a card of schema 2.0 with escaped texts', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ conversation: GROUP, reply: { card: CARD } }));
    const call = await fake.nextCall('create');
    expect(call).toMatchObject({
      query: { receive_id_type: 'chat_id' },
      body: { receive_id: 'oc_group', msg_type: 'interactive', uuid: 'feishu:om_1#0' },
    });
    const card = contentOf(call);
    expect(card).toMatchObject({
      schema: '2.0',
      config: { update_multi: true },
      header: { title: { tag: 'plain_text', content: '路灯 <维护>' } },
    });
    const { elements } = card.body as { elements: unknown[] };
    expect(elements.slice(0, 4)).toEqual([
      { tag: 'div', text: { tag: 'plain_text', content: '共 1 项 <at id=all></at>' } },
      {
        tag: 'markdown',
        content:
          "<font color='blue'>**主体责任 &#42;县&#42;**</font>\n" +
          '**县城管局**\n**1&#46; 维护 &#91;路灯&#93;&#40;http&#58;//x&#41;**',
      },
      { tag: 'markdown', content: '**配合责任** 各镇街' },
      {
        tag: 'div',
        text: {
          tag: 'plain_text',
          content: '职责清单 2026 版 第 3 项',
          text_size: 'notation',
          text_color: 'grey',
        },
      },
    ]);
    expect(elements).toHaveLength(5);
  });

  it('sends a text whose markup is taken apart', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ reply: { text: '<at user_id="all"></at> [点](http://x) 3<5' } }));
    const call = await fake.nextCall('create');
    expect(call.body.msg_type).toBe('text');
    expect(contentOf(call)).toEqual({ text: '＜at user_id="all">＜/at> [点] (http://x) 3<5' });
  });

  it('keeps a long key within 50 characters, the same for the same key', async () => {
    const adapter = await started();
    const key = `feishu:${'x'.repeat(60)}#0`;
    await adapter.deliver(outgoing({ key }));
    await adapter.deliver(outgoing({ key }));
    await adapter.deliver(outgoing({ key: `${key}1` }));
    const [first, second, third] = fake.callsOf('create').map((call) => String(call.body.uuid));
    expect(first).toMatch(/^[0-9a-f]{50}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('replies to a message, in its thread', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ replyTo: 'om_1' }));
    await adapter.deliver(outgoing({ replyTo: 'om_2', conversation: { ...GROUP, threadId: 'omt_1' } }));
    expect(await fake.nextCall('reply')).toMatchObject({
      messageId: 'om_1',
      body: { uuid: 'feishu:om_1#0' },
    });
    expect(await fake.nextCall('reply')).toMatchObject({
      messageId: 'om_2',
      body: { reply_in_thread: true },
    });
    expect(fake.callsOf('create')).toEqual([]);
  });

  it.each([230011, 230110, 230001])(
    'sends to the chat when the message to answer is gone (%i)',
    async (code) => {
      const adapter = await started();
      fake.fail('reply', { code });
      await adapter.deliver(outgoing({ replyTo: 'om_gone' }));
      expect(await fake.nextCall('create')).toMatchObject({ body: { receive_id: 'ou_user' } });
    },
  );

  it('edits a card in place', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing({ editMessageId: 'om_card', reply: { card: CARD } }));
    await adapter.deliver(outgoing({ editMessageId: 'om_card', reply: { text: '已记录' } }));
    const call = await fake.nextCall('patch');
    expect(call.messageId).toBe('om_card');
    expect(contentOf(call)).toMatchObject({ schema: '2.0', config: { update_multi: true } });
    expect(contentOf(await fake.nextCall('patch'))).toMatchObject({
      config: { update_multi: true },
      body: { elements: [{ tag: 'div', text: { content: '已记录' } }] },
    });
    expect(fake.callsOf('create')).toEqual([]);
  });

  it('does not send anew when an edit may still work later', async () => {
    const adapter = await started();
    fake.fail('patch', { status: 503, raw: 'bad gateway' });
    const edit = adapter.deliver(outgoing({ editMessageId: 'om_old', reply: { card: CARD } }));
    await expect(edit).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(fake.callsOf('create')).toEqual([]);
  });

  it('sends a refused card as text under the same key', async () => {
    const adapter = await started();
    fake.fail('create', { code: 230099, msg: 'Failed to create card content' });
    await adapter.deliver(outgoing({ reply: { card: CARD } }));
    const [, second] = fake.callsOf('create');
    expect(second?.body).toMatchObject({ msg_type: 'text', uuid: 'feishu:om_1#0' });
    expect(String(second?.body.content)).toContain('主体责任');
  });

  it('sends a card that is too large, or has too many elements, as text', async () => {
    const adapter = await started();
    const large: Card = { ...CARD, blocks: [{ kind: 'text', text: '责'.repeat(10_000) }] };
    const many: Card = { ...CARD, blocks: Array.from({ length: 201 }, () => ({ kind: 'text', text: '责' })) };
    await adapter.deliver(outgoing({ reply: { card: large } }));
    await adapter.deliver(outgoing({ reply: { card: many }, editMessageId: 'om_card' }));
    expect(fake.callsOf('create').map((call) => call.body.msg_type)).toEqual(['text', 'text']);
    expect(fake.callsOf('patch')).toEqual([]);
  });
});

describe('whether a message was read', () => {
  it('is asked by its id: somebody, nobody, or refused', async () => {
    const adapter = await started();
    const { messageId } = await adapter.deliver(outgoing());
    const id = messageId ?? '';
    expect(await adapter.isRead?.(id)).toBe(false);
    fake.markRead(id, 'ou_reader');
    expect(await adapter.isRead?.(id)).toBe(true);
    expect(fake.callsOf('read')[0]).toMatchObject({ messageId: id, query: { user_id_type: 'open_id' } });
    fake.fail('read', { code: 99991672, msg: 'no permission' });
    await expect(adapter.isRead?.(id)).rejects.toMatchObject({ name: 'BotError' });
  });
});

describe('failures of a delivery', () => {
  it('gives up a call after its limit', async () => {
    const adapter = await started(undefined, { callTimeoutMs: 100 });
    fake.fail('create', { kind: 'hang' });
    await expect(adapter.deliver(outgoing())).rejects.toMatchObject({
      code: 'UNCERTAIN',
      message: expect.stringContaining('no answer within 100 ms') as string,
    });
  });

  it('takes a new tenant token when the old one is refused', async () => {
    const adapter = await started();
    fake.state.token = 't-another-tenant-token';
    await adapter.deliver(outgoing());
    expect(fake.callsOf('token')).toHaveLength(2);
    expect(fake.callsOf('create').map((call) => call.authorization)).toEqual([
      `Bearer ${TENANT_TOKEN}`,
      'Bearer t-another-tenant-token',
    ]);
  });

  it('shows no secret in errors, not even one that Feishu repeats', async () => {
    const adapter = await started();
    fake.fail('create', { code: 230001, msg: `bad ${APP_SECRET} Bearer ${TENANT_TOKEN}` }, { kind: 'reset' });
    for (let i = 0; i < 2; i += 1) {
      const error: unknown = await adapter.deliver(outgoing()).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      const shown = inspect(error, { depth: 10, showHidden: true });
      expect(shown).not.toContain(APP_SECRET);
      expect(shown).not.toContain(TENANT_TOKEN);
    }
  });
});

describe('the connection', () => {
  it('refuses a malformed app id and an empty secret', () => {
    expect(() => create({ appId: 'cli_short' })).toThrow(
      expect.objectContaining({ code: 'CONFIG' }) as Error,
    );
    expect(() => create({ appSecret: '' })).toThrow(expect.objectContaining({ code: 'CONFIG' }) as Error);
  });

  it('rejects a wrong secret at start, without naming it', async () => {
    const appSecret = 'wrongSecret0123456789';
    const start = create({ appSecret }).start(async () => {});
    const error = await start.catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'UNAUTHORIZED',
      message: expect.stringContaining('10014') as string,
    });
    expect(String(error) + logs.join('\n')).not.toContain(appSecret);
    await fake.idle();
  });

  it('rejects at start when the app has no bot', async () => {
    fake.fail('bot', { code: 11205, msg: 'app do not have bot' });
    await expect(create().start(async () => {})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('rejects at start when nothing answers', async () => {
    const start = create({ domain: 'http://127.0.0.1:1' }).start(async () => {});
    await expect(start).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('127.0.0.1:1') as string,
    });
  });

  it.each([true, false])(
    'rejects at start when the long connection is refused (without data: %s)',
    async (noData) => {
      fake.fail('endpoint', { status: 200, code: 514, msg: 'auth failed', noData });
      await expect(create().start(async () => {})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      await fake.idle();
    },
  );

  it('rejects at the deadline and says why', async () => {
    // Also when it is asked again: on a busy machine a second try would connect before the deadline is looked at.
    fake.fail('endpoint', ...Array.from({ length: 20 }, () => ({ status: 503, raw: 'busy' })));
    await expect(create({ startTimeoutMs: 150 }).start(async () => {})).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/within 150 ms.*HTTP 503/) as string,
    });
    await fake.idle();
  });

  it('rejects at the deadline when a call hangs', async () => {
    fake.fail('bot', { kind: 'hang' });
    const start = create({ startTimeoutMs: 100 }).start(async () => {});
    await expect(start).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await fake.idle();
  });

  it('is connected again after the socket was lost', async () => {
    await started();
    const again = logged('feishu is connected again');
    fake.drop();
    await again;
    await fake.listening();
    await fake.emit(messageEvent('还在吗'));
    expect(updates).toMatchObject([{ text: '还在吗' }]);
    expect(fake.state.connections).toBe(2);
  });

  it('starts again after Feishu refused the connection for good', async () => {
    await started(undefined, { restartDelayMs: 5 });
    const ended = logged('feishu ended the connection');
    fake.fail(
      'endpoint',
      { status: 200, code: 1000040350, msg: 'too many connections' },
      { status: 200, code: 403 },
    );
    fake.drop();
    await ended;
    await fake.listening();
    await fake.emit(messageEvent('还在吗'));
    expect(updates).toMatchObject([{ text: '还在吗' }]);
    expect(logs.filter((line) => line.includes('feishu ended the connection'))).toHaveLength(2);
  });

  it('does not ping in a storm when Feishu sends no intervals', async () => {
    await fake.close();
    fake = await startFakeFeishu({ clientConfig: {} });
    await started();
    for (let i = 0; i < 20; i += 1) await fake.emit(messageEvent(`${i}`));
    expect(fake.state.pings).toBe(1);
  });
});

describe('stop', () => {
  const timers = new Set<{ _destroyed: boolean }>();
  /** Sees the timers that the adapter, the SDK and its HTTP client start; vitest has its own. */
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      const { stack = '' } = new Error();
      if (type === 'Timeout' && /adapters\/feishu\/|larksuiteoapi|axios/.test(stack))
        timers.add(resource as { _destroyed: boolean });
    },
  });
  const runningTimers = () => [...timers].filter((timer) => !timer._destroyed).length;

  beforeEach(() => {
    timers.clear();
    hook.enable();
    return () => hook.disable();
  });

  it('leaves no timer and no socket', async () => {
    const adapter = await started();
    expect(runningTimers()).toBeGreaterThan(0);
    await adapter.deliver(outgoing({ reply: { card: CARD } }));
    await fake.emit(clickEvent({ id: 'x' }));
    await adapter.stop();
    await fake.idle();
    expect(runningTimers()).toBe(0);
    expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap');
  });

  it('waits for an update under way and acknowledges it', async () => {
    let store = () => {};
    let arrived = () => {};
    const seen = new Promise<void>((resolve) => (arrived = resolve));
    const adapter = await started(() => {
      arrived();
      return new Promise<void>((resolve) => (store = resolve));
    });
    const ack = fake.emit(messageEvent('路灯'));
    await seen;
    const stopped = adapter.stop();
    const late = await fake.emit(messageEvent('太晚了'));
    expect(late.code).toBe(500);
    store();
    expect(await ack).toEqual({ code: 200 });
    await stopped;
  });

  it('lets a call under way finish and refuses later ones', async () => {
    const adapter = await started();
    const sent = adapter.deliver(outgoing());
    await fake.nextCall('create');
    await adapter.stop();
    await sent;
    await expect(adapter.deliver(outgoing())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('ends a start that is under way, and a wait for a new start', async () => {
    fake.fail('bot', { kind: 'hang' });
    const adapter = create();
    const start = adapter.start(async () => {}).catch((error: unknown) => error);
    await fake.nextCall('bot');
    await adapter.stop();
    expect(await start).toMatchObject({ code: 'UNAVAILABLE' });

    const other = await started(undefined, { restartDelayMs: 60_000 });
    const ended = logged('feishu ended the connection');
    fake.fail('endpoint', { status: 200, code: 403 });
    fake.drop();
    await ended;
    await other.stop();
    expect(runningTimers()).toBe(0);
  });
});
