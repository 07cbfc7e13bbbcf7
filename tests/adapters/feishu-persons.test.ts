/** Cards to persons on Feishu, and replies to messages that the adapter does not remember. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter, type FeishuSettings } from '../../src/adapters/feishu/index.js';
import { createOwnMessages, OWN_MESSAGES_MAX } from '../../src/adapters/feishu/own-messages.js';
import type { Card } from '../../src/core/card.js';
import type { Adapter } from '../../src/core/ports.js';
import { createLogRecorder } from '../helpers/context.js';
import {
  APP_ID,
  APP_SECRET,
  clickEvent,
  messageEvent,
  startFakeFeishu,
  type FakeFeishu,
} from '../helpers/fake-feishu.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';

const PERSON: Conversation = { platform: 'feishu', chatId: 'ou_li', isDirect: true };
const CARD: Card = {
  title: '请求',
  blocks: [],
  buttons: [{ id: 'sign', label: '签收', value: 'QS-2026-1' }],
};
const GROUP_REPLY = { chatType: 'group', chatId: 'oc_group', parentId: 'om_old' } as const;

let fake: FakeFeishu;
let adapters: Adapter[];
let updates: Heard[];

beforeEach(async () => {
  fake = await startFakeFeishu();
  adapters = [];
  updates = [];
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  await fake.close();
});

async function started(settings: Partial<FeishuSettings> = {}): Promise<Adapter> {
  const adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: fake.domain,
    log: createLogRecorder(),
    cardTimeoutMs: 0,
    ...settings,
  });
  adapters.push(adapter);
  await adapter.start(async (update) => void updates.push(update));
  await fake.listening();
  return adapter;
}

const outgoing = (over: Partial<Outgoing> = {}): Outgoing => ({
  key: 'timer:1',
  conversation: PERSON,
  reply: { card: CARD },
  ...over,
});

/** The callback value of the only button. */
function buttonOf(content: unknown): unknown {
  const found: unknown[] = [];
  JSON.parse(String(content), (key, value: unknown) => {
    if (key === 'behaviors') found.push((value as { value: unknown }[])[0]?.value);
    return value;
  });
  expect(found).toHaveLength(1);
  return found[0];
}

describe('messages to a person', () => {
  it('are sent to the open_id, texts and cards alike', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing());
    await adapter.deliver(outgoing({ key: 'b', reply: { text: '您有一件待办。' } }));
    for (const call of fake.callsOf('create'))
      expect(call).toMatchObject({
        query: { receive_id_type: 'open_id' },
        body: { receive_id: 'ou_li' },
      });
    expect(fake.callsOf('create')).toHaveLength(2);
  });

  it('carry buttons that count for that person, in the direct chat where they were pressed', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing());
    const value = buttonOf((await fake.nextCall('create')).body['content']);
    expect(value).toEqual({ id: 'sign', value: 'QS-2026-1', to: 'ou_li' });
    await fake.emit(clickEvent(value, { chatId: 'oc_li', operatorId: 'ou_li' }));
    expect(updates).toMatchObject([
      {
        conversation: { platform: 'feishu', chatId: 'ou_li', isDirect: true },
        user: { platform: 'feishu', id: 'ou_li' },
        action: { id: 'sign', value: 'QS-2026-1' },
      },
    ]);
  });

  it('and what the person says there are one conversation, whose messages keep their order', async () => {
    await started();
    await fake.emit(messageEvent('我的请求', { chatId: 'oc_li', senderId: 'ou_li' }));
    await fake.emit(
      clickEvent({ id: 'sign', chat: 'oc_li', direct: true }, { chatId: 'oc_li', operatorId: 'ou_li' }),
    );
    const direct = { platform: 'feishu', chatId: 'ou_li', isDirect: true };
    expect(updates).toMatchObject([{ conversation: direct }, { conversation: direct }]);
  });

  it('do not act for anybody else, though the click is answered', async () => {
    const adapter = await started();
    await adapter.deliver(outgoing());
    const value = buttonOf((await fake.nextCall('create')).body['content']);
    const ack = await fake.emit(clickEvent(value, { chatId: 'oc_group', operatorId: 'ou_other' }));
    expect(ack).toMatchObject({ code: 200, data: { toast: { type: 'info' } } });
    expect(updates).toEqual([]);
  });

  it('keep the person in their buttons when they are replaced', async () => {
    const adapter = await started();
    expect(await adapter.deliver(outgoing({ editMessageId: 'om_card' }))).toEqual({ messageId: 'om_card' });
    expect(buttonOf((await fake.nextCall('patch')).body['content'])).toMatchObject({ to: 'ou_li' });
  });

  it('are gone when the person is out of reach', async () => {
    const adapter = await started();
    fake.fail('create', { code: 230013 });
    await expect(adapter.deliver(outgoing())).rejects.toMatchObject({ code: 'TARGET_GONE' });
  });
});

describe('replies to a message that the adapter does not remember', () => {
  it('are addressed when it was the app that sent it, and asked for once', async () => {
    fake.addMessage('om_old', APP_ID);
    await started();
    await fake.emit(messageEvent('签收', GROUP_REPLY));
    await fake.emit(messageEvent('已到现场', GROUP_REPLY));
    expect(updates).toMatchObject([
      { text: '签收', isAddressed: true },
      { text: '已到现场', isAddressed: true },
    ]);
    expect(fake.callsOf('message').map((call) => call.messageId)).toEqual(['om_old']);
  });

  it('are not addressed when a person or another app sent it, and asked for once', async () => {
    fake.addMessage('om_old', 'ou_other');
    fake.addMessage('om_bot', 'cli_ffffffffffffffff');
    await started();
    for (let i = 0; i < 2; i += 1) await fake.emit(messageEvent('好', GROUP_REPLY));
    await fake.emit(messageEvent('好', { ...GROUP_REPLY, parentId: 'om_bot' }));
    expect(updates.map((u) => u.kind === 'message' && u.isAddressed)).toEqual([false, false, false]);
    expect(fake.callsOf('message')).toHaveLength(2);
  });

  it('are not asked for when they are addressed anyway, remembered, or no replies', async () => {
    const adapter = await started();
    const { messageId } = await adapter.deliver(outgoing());
    await fake.emit(messageEvent('签收', { parentId: 'om_old' }));
    await fake.emit(messageEvent('/help', GROUP_REPLY));
    await fake.emit(messageEvent('签收', { ...GROUP_REPLY, parentId: messageId ?? '' }));
    await fake.emit(messageEvent('今天开会', { chatType: 'group', chatId: 'oc_group' }));
    expect(updates.map((u) => u.kind === 'message' && u.isAddressed)).toEqual([true, true, true, false]);
    expect(fake.callsOf('message')).toEqual([]);
  });

  it.each([
    { kind: 'hang' },
    { kind: 'reset' },
    { code: 99991672, msg: 'no scope' },
    { status: 502, raw: '<html>' },
  ] as const)('are heard unaddressed when Feishu does not say: %j', async (fault) => {
    await started({ lookupTimeoutMs: 40, callTimeoutMs: 200 });
    fake.addMessage('om_old', APP_ID);
    fake.fail('message', fault);
    expect(await fake.emit(messageEvent('签收', GROUP_REPLY))).toEqual({ code: 200 });
    expect(updates).toMatchObject([{ text: '签收', isAddressed: false }]);
  });

  it('are asked for again only when that can help', async () => {
    await started();
    fake.addMessage('om_old', APP_ID);
    fake.fail('message', { code: 99991400 });
    await fake.emit(messageEvent('一', GROUP_REPLY));
    await fake.emit(messageEvent('二', GROUP_REPLY));
    for (let i = 0; i < 2; i += 1)
      await fake.emit(messageEvent('三', { ...GROUP_REPLY, parentId: 'om_gone' }));
    expect(updates.map((u) => u.kind === 'message' && u.isAddressed)).toEqual([false, true, false, false]);
    expect(fake.callsOf('message').map((call) => call.messageId)).toEqual(['om_old', 'om_old', 'om_gone']);
  });

  it('are not overtaken by what comes after them in the chat, and hold up no other chat', async () => {
    fake.addMessage('om_old', APP_ID);
    await started({ lookupTimeoutMs: 80, callTimeoutMs: 200 });
    fake.fail('message', { kind: 'hang' });
    const first = fake.emit(messageEvent('一', GROUP_REPLY));
    await fake.nextCall('message');
    const second = fake.emit(messageEvent('二', { chatType: 'group', chatId: 'oc_group' }));
    await fake.emit(messageEvent('别处', { chatId: 'oc_other' }));
    await Promise.all([first, second]);
    expect(updates.map((u) => u.kind === 'message' && u.text)).toEqual(['别处', '一', '二']);
  });
});

describe('own messages', () => {
  const options = { appId: APP_ID, lookupTimeoutMs: 1_000, log: createLogRecorder() };

  it('are asked for once also when two replies come at the same time', async () => {
    const asked: string[] = [];
    const api = { getSender: async (id: string) => (asked.push(id), APP_ID) };
    const own = createOwnMessages({ ...options, api });
    await Promise.all([own.resolve('om_1'), own.resolve('om_1')]);
    expect(own.has('om_1')).toBe(true);
    expect(asked).toEqual(['om_1']);
  });

  it('forget the oldest, so that memory has an end', () => {
    const own = createOwnMessages({ ...options, api: { getSender: () => Promise.resolve('') } });
    for (let i = 0; i <= OWN_MESSAGES_MAX; i += 1) own.add(`om_${i}`);
    expect(own.isUnknown('om_0')).toBe(true);
    expect(own.has('om_1')).toBe(true);
    expect(own.has(`om_${OWN_MESSAGES_MAX}`)).toBe(true);
  });
});
