/** The real assistant, bot and adapter against a Feishu on loopback. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import type { Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { useAssistant } from '../helpers/assistant.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { buttonsOf } from '../helpers/feishu-card.js';
import {
  APP_ID,
  APP_SECRET,
  BOT,
  clickEvent,
  messageEvent,
  startFakeFeishu,
  type Call,
  type FakeFeishu,
} from '../helpers/fake-feishu.js';
import { makeFolder } from '../helpers/folder.js';
import { createSampleBot } from '../helpers/talk.js';
import type { Store } from '../../src/core/store.js';

const assistant = useAssistant();
let fake: FakeFeishu;
let store: Store;
let adapter: Adapter;
let bot: Bot;

beforeEach(async () => {
  fake = await startFakeFeishu();
  store = await openLowdbStore(makeFolder());
  adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: fake.domain,
    log: createLogRecorder(),
  });
  bot = createSampleBot(assistant(), { store, adapters: [adapter], clock: createClock() });
  await adapter.start(bot.accept);
  await fake.listening();
});

afterEach(async () => {
  await bot.idle();
  await adapter.stop();
  await store.close();
  await fake.close();
});

const inGroup = { chatType: 'group' as const, chatId: 'oc_group' };
const mentions = [{ key: '@_user_1', openId: BOT.open_id, name: BOT.app_name }];
const asked = (text: string, messageId: string) =>
  messageEvent(`@_user_1 ${text}`, { ...inGroup, mentions, messageId });
const contentOf = (call: Call) => String(call.body['content']);

describe('feishu, end to end', () => {
  it('answers a mention in a group with the row as a card, in reply to the question', async () => {
    expect(await fake.publish(asked('路灯坏了归谁管', 'om_1'))).toMatchObject([{ code: 200 }]);
    const answer = await fake.nextCall('reply');
    expect(answer.messageId).toBe('om_1');
    expect(answer.body['msg_type']).toBe('interactive');
    for (const part of ['城乡路灯等照明设施管护', '县住房和城乡建设局', '第36项'])
      expect(contentOf(answer)).toContain(part);
    expect(buttonsOf(JSON.parse(contentOf(answer))).map((b) => b.label)).toContain('镇街要做什么');
  });

  it('shows the township part when its button is pressed', async () => {
    await fake.publish(asked('路灯坏了归谁管', 'om_1'));
    const card: unknown = JSON.parse(contentOf(await fake.nextCall('reply')));
    const button = buttonsOf(card).find((b) => b.label === '镇街要做什么');
    await fake.publish(clickEvent(button?.value, { messageId: 'om_sent_1', chatId: 'oc_group' }));
    await bot.idle();
    const township = [...fake.callsOf('reply'), ...fake.callsOf('create')].at(-1) as Call;
    for (const part of ['镇街要做什么', '村内道路', '第36项']) expect(contentOf(township)).toContain(part);
  });

  it('answers once what is delivered twice', async () => {
    const event = asked('路灯坏了归谁管', 'om_1');
    for (let i = 0; i < 2; i++) expect(await fake.publish(event)).toMatchObject([{ code: 200 }]);
    await fake.publish(asked('帮助', 'om_2'));
    await bot.idle();
    expect(fake.callsOf('reply').map((call) => call.messageId)).toEqual(['om_1', 'om_2']);
    expect(fake.callsOf('create')).toEqual([]);
  });

  it('stays silent in a group where nobody speaks to it', async () => {
    await fake.publish(messageEvent('路灯坏了归谁管', { ...inGroup, messageId: 'om_1' }));
    await fake.publish(messageEvent('', { ...inGroup, type: 'image', content: { image_key: 'img_1' } }));
    await fake.publish(asked('帮助', 'om_2'));
    await bot.idle();
    expect(fake.callsOf('reply').map((call) => call.messageId)).toEqual(['om_2']);
  });
});
