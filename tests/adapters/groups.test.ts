/** The life of a group: albums, being taken in and out, on both platforms. */
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { joinAlbums } from '../../src/adapters/telegram/albums.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import type { Heard } from '../../src/core/chat.js';
import { createLogRecorder } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';

const { BOT, GROUP, messageUpdate, PERSON } = telegram;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function onTelegram() {
  const fake = await telegram.startFakeTelegram();
  const log = createLogRecorder();
  const heard: Heard[] = [];
  const adapter = createTelegramAdapter({
    ...{ token: telegram.TOKEN, apiRoot: fake.apiRoot, log, wait: () => Promise.resolve() },
  });
  await adapter.start((update) => Promise.resolve(void heard.push(update)));
  closers.push(
    () => fake.close(),
    () => adapter.stop(),
  );
  const settled = async (): Promise<void> => {
    do await fake.nextCall('getUpdates');
    while (fake.pending().length > 0);
  };
  return { fake, log, heard, settled, adapter };
}

const picture = (id: string, more: object = {}) =>
  messageUpdate({
    chat: GROUP,
    more: { media_group_id: 'album', photo: [{ file_id: id, width: 9, height: 9 }], ...more },
  });
const name = `@${BOT.username}`;
const caption = {
  caption: `${name} 路灯坏了`,
  caption_entities: [{ type: 'mention', offset: 0, length: name.length }],
};

describe('an album on Telegram', () => {
  it('is one update with all its pictures, wherever its words stand', async () => {
    const { fake, heard, settled } = await onTelegram();
    fake.push(picture('a'), picture('b', caption), picture('c'));
    await settled();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ text: '路灯坏了', isAddressed: true });
    expect(heard[0]?.kind === 'message' && heard[0].attachments?.map(({ id }) => id)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('is one also when its pictures come one after the other', async () => {
    const { fake, heard, settled } = await onTelegram();
    fake.push(picture('a', caption));
    await fake.nextCall('getUpdates');
    fake.push(picture('b'));
    await settled();
    expect(heard.flatMap((it) => (it.kind === 'message' ? (it.attachments ?? []) : [])).length).toBe(2);
  });

  it('leaves what stands beside it as it is', () => {
    const other = { update_id: 4, ...messageUpdate({ text: '别的' }) };
    const batch = [{ update_id: 1, ...picture('a') }, other, { update_id: 9, ...picture('b') }, 'x', null];
    const joined = joinAlbums(batch);
    expect(joined.slice(1)).toEqual([other, { update_id: 9 }, 'x', null]);
    expect(joinAlbums([batch[0], other])).toEqual([batch[0], other]);
  });
});

describe('a group that takes the bot in', () => {
  const change = (before: string, after: string, chat: object = GROUP) => ({
    my_chat_member: {
      ...{ chat, from: PERSON, date: 1_790_000_000 },
      old_chat_member: { status: before, user: BOT },
      new_chat_member: { status: after, user: BOT },
    },
  });

  it('is told what it can do, once', async () => {
    const { fake, heard, settled, adapter } = await onTelegram();
    fake.push(change('left', 'member'), change('member', 'administrator'));
    await settled();
    expect(heard).toMatchObject([
      {
        event: { kind: 'joined' },
        isAddressed: true,
        conversation: { chatId: String(GROUP.id), isDirect: false },
      },
    ]);
    const [welcome] = heard;
    if (!welcome) throw new Error('nothing heard');
    const { conversation, messageId } = welcome;
    await adapter.deliver({ key: 'u#0', conversation, reply: { text: '好' }, replyTo: messageId });
    expect(fake.callsOf('sendMessage')[0]?.payload).not.toHaveProperty('reply_parameters');
  });

  it('and out again: the operator reads it, and it is heard', async () => {
    const { fake, heard, settled, log } = await onTelegram();
    fake.push(change('member', 'kicked'), change('member', 'kicked', telegram.DIRECT), { my_chat_member: 7 });
    await settled();
    expect(heard.map((it) => it.kind === 'message' && it.event)).toEqual([
      { kind: 'left', why: 'removed' },
      { kind: 'left', why: 'blocked' },
    ]);
    const lines = log.lines.filter((line) => line.startsWith('error the bot was taken out'));
    expect(lines).toHaveLength(2);
  });

  it('the same on Feishu', async () => {
    const fake = await feishu.startFakeFeishu();
    const log = createLogRecorder();
    const heard: Heard[] = [];
    const adapter = createFeishuAdapter({
      ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain, log },
    });
    await adapter.start((update) => Promise.resolve(void heard.push(update)));
    closers.push(
      () => fake.close(),
      () => adapter.stop(),
    );
    await fake.listening();
    const event = (event_type: string) => ({
      schema: '2.0',
      header: { event_id: `ev_${event_type}`, event_type, create_time: '1764000000000' },
      event: { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, external: false, name: '群' },
    });
    await fake.publish(event('im.chat.member.bot.added_v1'));
    await fake.publish(event('im.chat.member.bot.deleted_v1'));
    await fake.publish(event('im.chat.disbanded_v1'));
    const place = { conversation: { chatId: 'oc_1' }, user: { id: 'ou_1' } };
    expect(heard).toMatchObject([
      { event: { kind: 'joined' }, ...place },
      { event: { kind: 'left', why: 'removed' }, ...place },
      { event: { kind: 'left', why: 'disbanded' }, ...place },
    ]);
    const [welcome] = heard;
    if (!welcome) throw new Error('nothing heard');
    const { conversation, messageId } = welcome;
    await adapter.deliver({ key: 'u#0', conversation, reply: { text: '好' }, replyTo: messageId });
    expect(fake.callsOf('reply')).toEqual([]);
    expect(log.lines.filter((line) => line.startsWith('error the bot was taken out'))).toHaveLength(2);
  });
});
