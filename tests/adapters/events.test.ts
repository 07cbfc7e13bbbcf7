/** What happens to a chat, as each platform tells it; alerts, numbers, menus and the calls of a month. */
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter, type FeishuSettings } from '../../src/adapters/feishu/index.js';
import { CALLS_A_COUNT } from '../../src/adapters/feishu/quota.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { parseUpdate } from '../../src/adapters/telegram/parse.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import { menuOf } from '../../src/setup/commands.js';
import { loadIntents } from '../../src/nlu/load.js';
import { createLogRecorder } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';

const { BOT, GROUP, DIRECT, PERSON, messageUpdate } = telegram;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What the core gets of a message. */
const heardOf = (options: Parameters<typeof messageUpdate>[0]) =>
  parseUpdate({ update_id: 7, ...messageUpdate(options) }, { id: BOT.id, username: BOT.username }, 0);

describe('on Telegram', () => {
  const own = { phone_number: '+8613800001111', first_name: '邓', user_id: PERSON.id };

  it.each<[string, object, object]>([
    ['the own number', { contact: own }, { kind: 'contact', telephone: '+8613800001111', isOwn: true }],
    [
      'that of somebody else',
      { contact: { ...own, user_id: 1 } },
      { kind: 'contact', telephone: '+8613800001111', isOwn: false },
    ],
    [
      'that of nobody on Telegram',
      { contact: { phone_number: '1', first_name: 'x' } },
      { kind: 'contact', telephone: '1', isOwn: false },
    ],
    [
      'the own one passed on',
      { contact: own, forward_origin: { type: 'user', date: 1, sender_user: PERSON } },
      { kind: 'contact', telephone: '+8613800001111', isOwn: false },
    ],
    ['a voice', { voice: { file_id: 'v', duration: 3 } }, { kind: 'unsupported', what: 'voice' }],
    ['a sticker', { sticker: { file_id: 's' } }, { kind: 'unsupported', what: 'other' }],
    ['a poll', { poll: { id: '1' } }, { kind: 'unsupported', what: 'other' }],
    ['a pin', { location: { latitude: 28.1, longitude: 113.2 } }, { kind: 'place' }],
  ])('hears %s', (_, more, event) => {
    expect(heardOf({ chat: DIRECT, more })).toMatchObject({ event, isAddressed: true });
  });

  it('says where a pin and a venue are', () => {
    const location = { latitude: 28.1, longitude: -113.25 };
    expect(heardOf({ chat: DIRECT, more: { location } })).toMatchObject({
      text: '北纬28.100000,西经113.250000',
    });
    const venue = { title: '文化广场', address: '人民路1号', location };
    expect(heardOf({ chat: DIRECT, more: { location, venue } })).toMatchObject({
      text: '文化广场,人民路1号(北纬28.100000,西经113.250000)',
    });
  });

  it.each([
    ['/start', { kind: 'entered' }],
    ['/start u-1z141z3', { kind: 'entered', payload: 'u-1z141z3' }],
  ])('hears %s as the first contact', (text, event) => {
    expect(heardOf({ chat: DIRECT, text })).toMatchObject({ event });
  });

  it('leaves /start in a group, with words and of other forms to the commands', () => {
    for (const text of ['/start 路灯坏了归谁管', '/starter', `/start ${'x'.repeat(65)}`])
      expect(heardOf({ chat: DIRECT, text })).not.toHaveProperty('event');
    expect(heardOf({ chat: GROUP, text: `/start@${BOT.username}` })).not.toHaveProperty('event');
  });

  it('hears an edit only of words that were for the bot', () => {
    const edited = (options: Parameters<typeof messageUpdate>[0]) => {
      const { message } = messageUpdate(options) as { message: object };
      return parseUpdate(
        { update_id: 8, edited_message: message },
        { id: BOT.id, username: BOT.username },
        0,
      );
    };
    expect(edited({ chat: DIRECT, text: '路灯' })).toMatchObject({ text: '', event: { kind: 'edited' } });
    expect(edited({ chat: GROUP, text: '路灯' })).toBeNull();
    expect(edited({ chat: DIRECT, more: { location: { latitude: 1, longitude: 2 } } })).toBeNull();
  });

  it('takes nobody for a person who speaks for a group or a channel', () => {
    const anonymous = {
      from: { id: 1087968824, is_bot: true, first_name: 'Group' },
      sender_chat: { id: GROUP.id },
    };
    const called = `@${BOT.username} 路灯`;
    const entities = [{ type: 'mention', offset: 0, length: BOT.username.length + 1 }];
    expect(heardOf({ chat: GROUP, text: called, more: { ...anonymous, entities } })).toMatchObject({
      text: '',
      event: { kind: 'anonymous' },
    });
    expect(heardOf({ chat: GROUP, text: '路灯', more: anonymous })).toBeNull();
    const post = { ...anonymous, entities, is_automatic_forward: true };
    expect(heardOf({ chat: GROUP, text: called, more: post })).toBeNull();
    // A bot of its own.
    expect(
      heardOf({ chat: DIRECT, text: 'x', more: { from: { id: 5, is_bot: true, first_name: 'b' } } }),
    ).toBeNull();
  });

  it('offers the commands by the scope of the chat, the own number, and links with a payload', async () => {
    const fake = await telegram.startFakeTelegram();
    const commands = menuOf(loadIntents('intents'));
    const adapter = createTelegramAdapter({
      ...{ token: telegram.TOKEN, apiRoot: fake.apiRoot, log: createLogRecorder(), commands },
      wait: () => Promise.resolve(),
    });
    closers.push(
      () => fake.close(),
      () => adapter.stop(),
    );
    expect(adapter.inviteLink?.('u-1')).toBeNull();
    await adapter.start(() => Promise.resolve());
    expect(adapter.inviteLink?.('u-1')).toBe(`https://t.me/${BOT.username}?start=u-1`);
    const offered = [await fake.nextCall('setMyCommands'), await fake.nextCall('setMyCommands')].map(
      ({ payload }) => payload,
    );
    expect(offered.map(({ scope }) => scope)).toEqual([
      { type: 'all_private_chats' },
      { type: 'all_group_chats' },
    ]);
    for (const { command, description } of [...commands.direct, ...commands.group]) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description.length).toBeGreaterThan(0);
    }
    expect(commands.group.length).toBeLessThan(commands.direct.length);
    expect(commands.direct.map(({ command }) => command)).toContain('bind');
    const ask = (chatId: string, isDirect: boolean) =>
      adapter.deliver({
        ...{ key: `u#${chatId}`, conversation: { platform: 'telegram', chatId, isDirect } },
        reply: { text: '请分享', asksContact: true },
      });
    await ask(String(DIRECT.id), true);
    await ask(String(GROUP.id), false);
    const [inDirect, inGroup] = fake
      .callsOf('sendMessage')
      .map(({ payload }) => JSON.stringify(payload['reply_markup'] ?? null));
    expect(inDirect).toContain('"request_contact":true');
    expect(inGroup).toBe('null');
  });
});

describe('on Feishu', () => {
  async function open(settings: Partial<FeishuSettings> = {}) {
    const fake = await feishu.startFakeFeishu();
    const log = createLogRecorder();
    const heard: Heard[] = [];
    const adapter = createFeishuAdapter({
      ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain, log },
      ...settings,
    });
    await adapter.start((update) => Promise.resolve(void heard.push(update)));
    closers.push(
      () => fake.close(),
      () => adapter.stop(),
    );
    await fake.listening();
    const tell = async (event_type: string, event: object) => {
      const header = {
        event_id: `ev_${event_type}_${heard.length}`,
        event_type,
        create_time: '1764000000000',
      };
      expect(await fake.publish({ schema: '2.0', header, event })).toMatchObject([{ code: 200 }]);
    };
    return { fake, log, heard, adapter, tell };
  }
  const operator_id = { open_id: 'ou_1', union_id: 'on_1' };

  it('hears the first opening of a chat, not the later ones', async () => {
    const { heard, tell } = await open();
    const entered = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    await tell(entered, { chat_id: 'oc_1', operator_id, last_message_id: 'om_1' });
    await tell(entered, { chat_id: 'oc_1', operator_id });
    expect(heard).toMatchObject([
      { event: { kind: 'entered' }, conversation: { chatId: 'ou_1', isDirect: true }, user: { id: 'ou_1' } },
    ]);
  });

  it('hears an entry of the menu as its command', async () => {
    const { heard, tell } = await open();
    await tell('application.bot.menu_v6', { operator: { operator_id }, event_key: '我的提醒', timestamp: 1 });
    await tell('application.bot.menu_v6', { operator: { operator_id }, event_key: 'a b <x>', timestamp: 1 });
    expect(heard).toMatchObject([{ text: '我的提醒', conversation: { chatId: 'ou_1' } }]);
    expect(heard[0]).not.toHaveProperty('event');
  });

  it.each<[string, string[], string]>([
    ['few words', ['桥面破了', '这个归谁修'], '桥面破了\n这个归谁修'],
    ['a long talk', ['一', '二', '三', '四', '五', '六'], ''],
    ['a very long message', ['长'.repeat(301)], ''],
  ])('reads %s that were passed on together in a direct chat', async (_, said, text) => {
    const { fake, heard } = await open();
    const parts = said.map((it) => ({ type: 'text', content: { text: it } }));
    fake.addMerged('om_merged', 'ou_user', [...parts, { type: 'sticker', content: { file_key: 'f' } }]);
    const merged = { type: 'merge_forward', content: 'Merged and Forwarded Message' };
    const first = fake.publish(feishu.messageEvent('', { ...merged, messageId: 'om_merged' }));
    // What comes after it does not overtake it.
    await Promise.all([first, fake.publish(feishu.messageEvent('谢谢', { messageId: 'om_next' }))]);
    expect(heard).toMatchObject([{ text, isForwarded: true, isAddressed: true }, { text: '谢谢' }]);
  });

  it('leaves what was passed on unread where Feishu does not tell it', async () => {
    const { fake, heard } = await open();
    fake.fail('message', { code: 230110, msg: 'deleted' });
    const merged = { type: 'merge_forward', content: 'Merged and Forwarded Message' };
    await fake.publish(feishu.messageEvent('', { ...merged, messageId: 'om_merged' }));
    expect(heard).toMatchObject([{ text: '', isForwarded: true }]);
  });

  it('hears a recall by who wrote the message, and of no other', async () => {
    const { fake, heard, tell } = await open();
    await fake.publish(feishu.messageEvent('路灯', { messageId: 'om_said' }));
    await tell('im.message.recalled_v1', { message_id: 'om_said', chat_id: 'oc_chat', recall_time: '1' });
    await tell('im.message.recalled_v1', { message_id: 'om_unknown', chat_id: 'oc_chat', recall_time: '1' });
    expect(heard.slice(1)).toMatchObject([{ event: { kind: 'recalled' }, user: { id: 'ou_user' } }]);
  });

  it.each<[string, object, object]>([
    ['audio', { file_key: 'f', duration: 3 }, { event: { kind: 'unsupported', what: 'voice' } }],
    ['sticker', { file_key: 'f' }, { event: { kind: 'unsupported', what: 'other' } }],
    [
      'location',
      { name: '文化广场', longitude: '113.2', latitude: '28.1' },
      { event: { kind: 'place' }, text: '文化广场(北纬28.100000,东经113.200000)' },
    ],
  ])('hears the kind %s', async (type, content, expected) => {
    const { fake, heard } = await open();
    await fake.publish(feishu.messageEvent('', { type, content }));
    expect(heard).toMatchObject([expected]);
  });

  it('knows whose mobile number it is, as far as it may', async () => {
    const { fake, adapter } = await open();
    fake.state.contacts.set('13800001111', 'ou_1');
    expect(await adapter.accountsOf?.(['13800001111', '13800002222'], 0)).toEqual(
      new Map([['13800001111', 'ou_1']]),
    );
    fake.fail('contact', { code: 99991672, msg: 'scope' });
    await expect(adapter.accountsOf?.(['13800001111'], 0)).rejects.toMatchObject({ code: 'BLOCKED' });
    expect(adapter.inviteLink?.('u-1')).toBe(
      `https://applink.feishu.cn/client/bot/open?appId=${feishu.APP_ID}`,
    );
  });

  it('alerts a person of a message that is to buzz; one that cannot be alerted has it all the same', async () => {
    const { fake, adapter, log } = await open();
    const to = (chatId: string, ...people: string[]) => {
      const buzz = people.length > 0 && people.map((it) => `feishu:${it}`);
      const conversation: Conversation = { platform: 'feishu', chatId, isDirect: chatId.startsWith('ou_') };
      return adapter.deliver({
        key: `u#${chatId}${people.join('')}`,
        conversation,
        reply: { text: '险情' },
        ...(buzz && { buzz }),
      });
    };
    const { messageId } = await to('ou_1', 'ou_1');
    const call = await fake.nextCall('urgent');
    expect(call).toMatchObject({
      messageId,
      query: { user_id_type: 'open_id' },
      body: { user_id_list: ['ou_1'] },
    });
    await to('ou_1');
    await to('oc_group');
    fake.fail('urgent', { code: 230024, msg: 'Reach the upper limit of urgent message.' });
    expect((await to('ou_2', 'ou_2')).messageId).toMatch(/^om_/);
    await fake.nextCall('urgent');
    await expect.poll(() => log.lines.some((line) => line.includes('people are not alerted'))).toBe(true);
    expect(fake.callsOf('urgent')).toHaveLength(2);
    expect(fake.callsOf('create')).toHaveLength(4);
  });

  it('alerts the people of a group by one call, and writes to whom the group cannot alert', async () => {
    const { fake, adapter, log } = await open();
    fake.state.members.set('oc_unit', new Set(['ou_1', 'ou_2']));
    const conversation: Conversation = { platform: 'feishu', chatId: 'oc_unit', isDirect: false };
    const send = (key: string, ...people: string[]) =>
      adapter.deliver({
        ...{ key, conversation, reply: { text: '堤坝渗水' } },
        buzz: ['telegram:7', ...people.map((it) => `feishu:${it}`)],
      });
    await send('a#0', 'ou_1', 'ou_2', 'ou_3');
    expect((await fake.nextCall('urgent')).body).toEqual({ user_id_list: ['ou_1', 'ou_2', 'ou_3'] });
    // ou_3 is not in the group.
    expect((await fake.nextCall('urgent')).body).toEqual({ user_id_list: ['ou_3'] });
    expect(fake.callsOf('create').at(-1)?.body).toMatchObject({
      receive_id: 'ou_3',
      content: expect.stringContaining('堤坝渗水') as string,
    });
    const before = fake.callsOf('create').length;
    // 仅群主和管理员可加急: nobody of the group can be.
    fake.fail('urgent', { code: 230052, msg: 'Can not urgent this message.' });
    await send('b#0', 'ou_1', 'ou_2');
    for (let i = 0; i < 3; i += 1) await fake.nextCall('urgent');
    expect(
      fake
        .callsOf('create')
        .slice(before)
        .map(({ body }) => body.receive_id),
    ).toEqual(['oc_unit', 'ou_1', 'ou_2']);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    fake.state.scopes.delete('im:message.urgent');
    await send('c#0', 'ou_1');
    await expect
      .poll(() => log.lines.some((line) => /^error .*not alerted|not alerted.*error/.test(line)))
      .toBe(true);
  });

  it.each([
    [232009, 'disbanded'],
    [230002, 'removed'],
  ])('hears by the refusal %i that a group is lost, once', async (code, why) => {
    const { fake, adapter, heard } = await open();
    fake.refuse(({ method, body }) =>
      method === 'create' && body.receive_id === 'oc_lost' ? { code } : null,
    );
    const conversation: Conversation = { platform: 'feishu', chatId: 'oc_lost', isDirect: false };
    for (const key of ['a#0', 'b#0'])
      await expect(adapter.deliver({ key, conversation, reply: { text: '好' } })).rejects.toMatchObject({
        code: 'TARGET_GONE',
      });
    expect(heard).toMatchObject([
      { event: { kind: 'left', why }, conversation: { chatId: 'oc_lost' } },
      { event: { kind: 'left', why } },
    ]);
    // The inbox keeps one of them.
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
  });

  it('names the calls of the month at 80 %, once, and counts them over restarts', async () => {
    let stored = 0;
    const limit = 5 * CALLS_A_COUNT;
    const { adapter, log } = await open({
      quota: {
        limit,
        count: (series) => Promise.resolve(series.startsWith('feishu-calls-20') ? ++stored : -1),
      },
    });
    const told = () => log.lines.filter((line) => line.includes('达到额度的'));
    const send = async (from: number, to: number) => {
      for (let i = from; i < to; i += 1)
        await adapter.deliver({
          key: `q${i}`,
          conversation: { platform: 'feishu', chatId: 'ou_1', isDirect: true },
          reply: { text: '好' },
        });
    };
    await send(0, 4 * CALLS_A_COUNT - 20);
    expect(told()).toEqual([]);
    await send(4 * CALLS_A_COUNT - 20, 5 * CALLS_A_COUNT + 10);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/^error .*80%.*remedy/);
    expect(stored).toBe(5);
  });
});
