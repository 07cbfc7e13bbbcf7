/** What the platforms say of words that were passed on or quoted. */
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../src/adapters/feishu/parse.js';
import { parseUpdate } from '../../src/adapters/telegram/parse.js';
import { BOT, DIRECT, GROUP, messageUpdate } from '../helpers/fake-telegram.js';

const read = (text: string, more: object = {}, chat: object = DIRECT, entities?: object[]) =>
  parseUpdate(
    {
      update_id: 1,
      ...messageUpdate({ text, chat: chat as typeof DIRECT, more, ...(entities && { entities }) }),
    },
    BOT,
    0,
  );
const quote = (offset: number, length: number, type = 'blockquote') => ({ type, offset, length });

describe('on Telegram', () => {
  it.each([
    ['a user', { forward_origin: { type: 'user', date: 1, sender_user: { id: 5 } } }],
    ['a hidden user', { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: '某' } }],
    ['a chat', { forward_origin: { type: 'chat', date: 1, sender_chat: { id: -1 } } }],
    ['a channel', { forward_origin: { type: 'channel', date: 1, message_id: 3 } }],
    ['an older server', { forward_date: 1, forward_from: { id: 5 } }],
    ['an older server, hidden', { forward_date: 1, forward_sender_name: '某' }],
    ['an older server, a channel', { forward_date: 1, forward_from_chat: { id: -1 } }],
  ])('a message of %s that was passed on', (_, more) => {
    expect(read('签收 QS-2026-000001', more)).toMatchObject({
      text: '签收 QS-2026-000001',
      isForwarded: true,
      isAddressed: true,
    });
    // Whoever passes on a mention or a command calls nobody.
    for (const text of [`@${BOT.username} 签收`, '/sign QS-2026-000001'])
      expect(read(text, more, GROUP)).toMatchObject({ isForwarded: true, isAddressed: false });
  });

  it('a picture that was passed on', () => {
    const more = { forward_origin: { type: 'user' }, photo: [{ file_id: 'p' }], caption: '签收' };
    const update = parseUpdate({ update_id: 1, ...messageUpdate({ more }) }, BOT, 0);
    expect(update).toMatchObject({ isForwarded: true, text: '签收' });
  });

  it.each(['blockquote', 'expandable_blockquote'])('a %s is left out of what is said', (type) => {
    const text = '签收 QS-2026-000001\n这是什么意思';
    expect(read(text, {}, DIRECT, [quote(0, 17, type)])).toMatchObject({ text: '这是什么意思' });
    expect(read(text, {}, DIRECT, [quote(0, 17, type)])).not.toHaveProperty('isForwarded');
  });

  it('nothing but a quote is a quote', () => {
    expect(read('签收 QS-2026-000001', {}, DIRECT, [quote(0, 17)])).toMatchObject({
      text: '签收 QS-2026-000001',
      isForwarded: true,
    });
  });

  it('a mention inside a quote calls nobody, one beside it does', () => {
    const name = `@${BOT.username}`;
    const text = `${name} 签收\n好的 ${name}`;
    const mention = (offset: number) => ({ type: 'mention', offset, length: name.length });
    const end = text.lastIndexOf(name);
    const entities = [quote(0, name.length + 3), mention(0)];
    expect(read(text.slice(0, end), {}, GROUP, entities)).toMatchObject({ isAddressed: false, text: '好的' });
    expect(read(text, {}, GROUP, [...entities, mention(end)])).toMatchObject({
      isAddressed: true,
      text: '好的',
    });
  });

  it('a reply that quotes a part of another message is the own text', () => {
    const more = { quote: { text: '签收', position: 0 }, reply_to_message: { from: { id: 9 } } };
    expect(read('这是谁管的', more)).toMatchObject({ text: '这是谁管的' });
    expect(read('这是谁管的', more)).not.toHaveProperty('isForwarded');
  });
});

describe('on Feishu', () => {
  const merged = (chat_type: string) =>
    parseMessage(
      {
        sender: { sender_id: { open_id: 'ou_1' }, sender_type: 'user' },
        message: {
          ...{ message_id: 'om_1', create_time: '1790000000000', chat_id: 'oc_1', chat_type },
          ...{ message_type: 'merge_forward', content: 'Merged and Forwarded Message' },
        },
      },
      { bot: { openId: 'ou_bot', name: '清单' }, isOwnMessage: () => false },
    );

  it('several messages passed on as one have no words', () => {
    expect(merged('p2p')).toMatchObject({ text: '', isForwarded: true, isAddressed: true });
    expect(merged('group')).toBeNull();
  });
});
