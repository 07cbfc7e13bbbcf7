/** What is peculiar to WeCom: its one connection, answers and pushes, cards that can be replaced for a moment, files, refusals. */
import { afterEach, describe, expect, it } from 'vitest';
import { createWecomAdapter } from '../../src/adapters/wecom/index.js';
import { actionOf, KNOWN_CODES } from '../../src/adapters/wecom/refusals.js';
import type { Card } from '../../src/core/card.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import { adapterContract } from '../contracts/adapter.contract.js';
import { createLogRecorder } from '../helpers/context.js';
import * as wecom from '../helpers/fake-wecom.js';
import { GROUP, openWecomWire, PERSON, WECOM_FACTS } from '../helpers/wire-wecom.js';

adapterContract(WECOM_FACTS, openWecomWire);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const DIRECT: Conversation = { platform: 'wecom', chatId: PERSON.id, isDirect: true };
const IN_GROUP: Conversation = { platform: 'wecom', chatId: GROUP.id, isDirect: false };
const button = (n: number) => ({ id: 'row.show', label: `第${n}项`, value: String(n) });
const short = (title: string, buttons = [button(1)]): Card => ({
  title,
  blocks: [
    { kind: 'text', text: '请确认' },
    { kind: 'field', label: '单位', text: '县住建局' },
    { kind: 'source', text: '第36项' },
  ],
  buttons,
});
const long = (title: string, buttons = [button(1)]): Card => ({
  title,
  blocks: [{ kind: 'text', text: '职责很长'.repeat(60) }],
  buttons,
});

async function open(settings: Parameters<typeof openWecomWire>[0] = {}) {
  const wire = await openWecomWire(settings);
  closers.push(() => wire.close());
  let keys = 0;
  const deliver = (reply: Outgoing['reply'], more: Partial<Outgoing> = {}, content?: Uint8Array) =>
    wire.adapter.deliver({ key: `wecom:x#${++keys}`, conversation: DIRECT, reply, ...more }, content);
  const commands = () =>
    wire.fake.calls.map(({ cmd, body }) =>
      `${cmd.replace('aibot_', '')} ${String(body['msgtype'] ?? '')}`.trim(),
    );
  const taskIds = () =>
    wire.fake
      .shown()
      .flatMap(({ body }) => (body['template_card'] as { task_id: string } | undefined)?.task_id ?? []);
  return { ...wire, deliver, commands, taskIds };
}

describe('connecting', () => {
  const start = async (overrides: object) => {
    const fake = await wecom.startFakeWecom();
    const log = createLogRecorder();
    const adapter = createWecomAdapter({
      ...{ botId: wecom.BOT_ID, secret: wecom.SECRET, wsUrl: fake.wsUrl, log, startTimeoutMs: 2_000 },
      ...overrides,
    });
    closers.push(
      () => fake.close(),
      () => adapter.stop(),
    );
    return { fake, adapter, log };
  };

  it('says that the credentials are refused, without the secret', async () => {
    const secret = 'AnotherSecret0123456789';
    const { adapter, log } = await start({ secret });
    const failed = await adapter.start(() => Promise.resolve()).catch((error: unknown) => error as Error);
    expect(failed).toMatchObject({
      code: 'UNAUTHORIZED',
      message: expect.stringContaining('853000') as string,
    });
    expect(String(failed) + log.lines.join()).not.toContain(secret);
  });

  it('says that nobody is there, in time', async () => {
    const { adapter } = await start({ wsUrl: 'ws://127.0.0.1:9', startTimeoutMs: 200 });
    await expect(adapter.start(() => Promise.resolve())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('connects again after a break, and what is sent meanwhile waits', async () => {
    const { fake, deliver } = await open();
    fake.drop();
    while (fake.isConnected()) await new Promise((resolve) => setImmediate(resolve));
    await expect(deliver({ text: '好' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    while (!fake.isConnected()) await fake.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await deliver({ text: '好' });
    expect(fake.shown()).toHaveLength(1);
  });

  it('opens anew a connection that WeCom has forgotten', async () => {
    const { fake, deliver, log } = await open();
    fake.forget();
    await expect(deliver({ text: '好' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    while (!fake.isConnected()) await fake.next();
    expect(fake.state.connections).toBe(2);
    expect(log.lines.join()).toContain('forgotten');
  });

  it('says that another program took its place, and does not fight for it', async () => {
    const { fake, deliver, log } = await open();
    const other = await start({ wsUrl: fake.wsUrl });
    await other.adapter.start(() => Promise.resolve());
    while (!log.lines.join().includes('another program'))
      await new Promise((resolve) => setImmediate(resolve));
    await expect(deliver({ text: '好' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(fake.state.connections).toBe(2);
  });
});

describe('an answer', () => {
  it('to a message goes by its call, once, with words and buttons as one; what follows is pushed', async () => {
    const { say, heard, deliver, commands } = await open();
    await say('路灯谁管');
    const key = `${heard[0]?.id}#0`;
    await deliver({ card: long('答案') }, { key });
    await deliver({ text: '还有' }, { key: `${heard[0]?.id}#1` });
    expect(commands()).toEqual(['respond_msg stream_with_template_card', 'send_msg markdown']);
  });

  it('that follows from a message elsewhere is pushed there', async () => {
    const { say, heard, deliver, fake } = await open();
    await say('签收');
    await deliver({ text: '已签收' }, { key: `${heard[0]?.id}#0`, conversation: IN_GROUP });
    await deliver({ text: '好' }, { key: `${heard[0]?.id}#1` });
    expect(fake.shown().map(({ cmd, chat }) => [cmd, chat])).toEqual([
      ['aibot_send_msg', GROUP.id],
      ['aibot_respond_msg', PERSON.id],
    ]);
  });

  it.each([846605, 846608])('whose call is over (%i) is pushed', async (code) => {
    const { say, heard, deliver, fake } = await open();
    await say('路灯谁管');
    fake.fail('respond', { code });
    await deliver({ card: short('答案') }, { key: `${heard[0]?.id}#0` });
    expect(fake.shown()).toMatchObject([{ cmd: 'aibot_send_msg', body: { msgtype: 'template_card' } }]);
  });

  it('that wants words asks to be called in a group, and not in a direct chat', async () => {
    const { deliver, shown } = await open();
    await deliver({ text: '请写明地点' }, { asks: true, conversation: IN_GROUP });
    await deliver({ text: '请写明地点' }, { asks: true });
    expect(shown().map(({ text }) => text.includes('@我'))).toEqual([true, false]);
  });

  it('of many words comes in parts, and goes on where it was broken', async () => {
    const { deliver, fake, shown } = await open();
    const text = Array.from({ length: 1_200 }, (_, n) => `第${n}行 职责的内容很长很长`).join('\n');
    const message = { key: 'wecom:y#0' };
    fake.refuse(() => (fake.shown().length === 1 && fake.calls.length === 1 ? { code: -1 } : null));
    await expect(deliver({ text }, message)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await deliver({ text }, message);
    expect(
      shown()
        .map((it) => it.text)
        .join('\n'),
    ).toBe(text);
    for (const { body } of fake.shown())
      expect(Buffer.byteLength(String((body['markdown'] as { content: string }).content))).toBeLessThan(
        20_480,
      );
  });
});

describe('a card', () => {
  const press = async (wire: Awaited<ReturnType<typeof open>>): Promise<string> => {
    await wire.shown().at(-1)?.buttons[0]?.press();
    const [click] = wire.heard.slice(-1);
    return click?.messageId ?? '';
  };

  it('that is short holds all of it, and is replaced where it was pressed', async () => {
    const wire = await open();
    const { messageId } = await wire.deliver({ card: short('请确认') });
    const editMessageId = await press(wire);
    expect(editMessageId).toBe(messageId);
    expect(await wire.deliver({ card: short('已确认', []) }, { editMessageId })).toEqual({ messageId });
    expect(wire.commands()).toEqual(['send_msg template_card', 'respond_update_msg']);
    expect(wire.shown().at(-1)).toMatchObject({ edited: messageId, buttons: [] });
    // The click is used up.
    expect((await wire.deliver({ card: short('再次') }, { editMessageId })).messageId).not.toBe(messageId);
  });

  it('that is long follows, and the one that was pressed has no buttons any more', async () => {
    const wire = await open();
    await wire.deliver({ card: short('请确认') });
    const editMessageId = await press(wire);
    const { messageId } = await wire.deliver({ card: long('办理中') }, { editMessageId });
    expect(messageId).not.toBe(editMessageId);
    expect(wire.commands().slice(1)).toEqual([
      'respond_update_msg',
      'send_msg markdown',
      'send_msg template_card',
    ]);
    expect(wire.shown().at(-2)).toMatchObject({ edited: editMessageId, buttons: [] });
  });

  it('that cannot be replaced any more follows as a new one', async () => {
    const wire = await open();
    await wire.deliver({ card: short('请确认') });
    const editMessageId = await press(wire);
    wire.fake.fail('update', { code: 846605 });
    const { messageId } = await wire.deliver({ card: short('已确认') }, { editMessageId });
    expect(messageId).not.toBe(editMessageId);
    expect(wire.shown().at(-1)?.buttons).toHaveLength(1);
  });

  it('of more than six buttons has them on cards of their own, each of which is the same message', async () => {
    const wire = await open();
    const buttons = Array.from({ length: 14 }, (_, n) => button(n));
    const { messageId } = await wire.deliver({ card: long('清单', buttons) });
    expect(wire.shown()).toHaveLength(1);
    expect(wire.shown()[0]?.buttons.map(({ label }) => label)).toEqual(buttons.map(({ label }) => label));
    expect(new Set(wire.taskIds()).size).toBe(3);
    await wire.shown()[0]?.buttons[13]?.press();
    expect(wire.heard.at(-1)).toMatchObject({ messageId, action: { id: 'row.show', value: '13' } });
  });

  it('that is refused leaves its words, and its choices as words', async () => {
    const { deliver, fake, shown } = await open();
    fake.fail('card', { code: 42045 });
    await deliver({ card: long('答案', [button(1), button(2)]) });
    expect(
      shown()
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/职责很长[^]*第1项、第2项/);
  });

  it('of another chat does nothing when it is pressed', async () => {
    const { deliver, fake, taskIds, heard, say } = await open();
    await deliver({ card: short('请确认') });
    fake.press(GROUP, 'lisi', 'row.show 1', taskIds()[0] ?? '');
    fake.press({ id: 'lisi', isDirect: true }, 'lisi', 'row.show 1', taskIds()[0] ?? '');
    await say('然后');
    expect(heard).toMatchObject([{ kind: 'message', text: '然后' }]);
  });
});

describe('what people send', () => {
  it('in a group is read without the call, with the pictures beside it', async () => {
    const { fake, heard, heardOne, adapter } = await open();
    const bytes = Buffer.from('a picture of a lamp');
    const items = [
      { msgtype: 'text', text: { content: '@清单 路灯坏了' } },
      { msgtype: 'image', image: fake.addFile('lamp.png', bytes) },
    ];
    await heardOne(() => fake.say(GROUP, 'lisi', { msgtype: 'mixed', mixed: { msg_item: items } }));
    expect(heard).toMatchObject([
      { text: '路灯坏了', attachments: [{ kind: 'photo' }], user: { id: 'lisi' } },
    ]);
    const [update] = heard;
    const [photo] = update?.kind === 'message' ? (update.attachments ?? []) : [];
    expect(photo && Buffer.from(await adapter.download(photo))).toEqual(bytes);
  });

  it.each([
    ['@清单 路灯谁管', '路灯谁管'],
    ['路灯谁管 @清单', '路灯谁管'],
    ['@清单\u2005路灯谁管', '路灯谁管'],
    ['@清单', ''],
  ])('in a group calls the bot: %j', async (content, text) => {
    const { fake, heard, heardOne } = await open();
    await heardOne(() => fake.say(GROUP, 'lisi', { msgtype: 'text', text: { content } }));
    expect(heard).toMatchObject([{ text, isAddressed: true, conversation: IN_GROUP }]);
  });

  it('by voice is heard as its words', async () => {
    const { fake, heard, heardOne } = await open();
    await heardOne(() => fake.say(PERSON, PERSON.id, { msgtype: 'voice', voice: { content: '路灯谁管' } }));
    expect(heard).toMatchObject([{ text: '路灯谁管' }]);
  });

  it('as a file that cannot be fetched is heard, and said to be gone when it is wanted; its address stays out of logs', async () => {
    const { fake, heard, heardOne, adapter, log } = await open();
    const url = `${fake.wsUrl.replace('ws:', 'http:')}/file/gone?sign=topsecret`;
    await heardOne(() => fake.say(PERSON, PERSON.id, { msgtype: 'image', image: { url, aeskey: 'AAAA' } }));
    const [update] = heard;
    const [photo] = update?.kind === 'message' ? (update.attachments ?? []) : [];
    expect(photo).toMatchObject({ kind: 'photo' });
    if (photo) await expect(adapter.download(photo)).rejects.toMatchObject({ code: 'TARGET_GONE' });
    expect(log.lines.join()).not.toContain('topsecret');
  });

  it('keeps its order, also behind a file that takes its time', async () => {
    const { fake, heard, heardOne } = await open();
    await heardOne(() => {
      fake.say(PERSON, PERSON.id, {
        msgtype: 'file',
        file: fake.addFile('一.xlsx', Buffer.from('first file')),
      });
      fake.say(PERSON, PERSON.id, { msgtype: 'text', text: { content: '二' } });
    });
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(heard.map((it) => it.kind === 'message' && it.text)).toEqual(['', '二']);
  });

  it('and what cannot be kept is given up with a word to its sender', async () => {
    const { fake, log } = await (async () => {
      const fake = await wecom.startFakeWecom();
      const log = createLogRecorder();
      const adapter = createWecomAdapter({
        ...{ botId: wecom.BOT_ID, secret: wecom.SECRET, wsUrl: fake.wsUrl, log },
        wait: () => Promise.resolve(),
      });
      await adapter.start(() => Promise.reject(new Error('no')));
      closers.push(
        () => fake.close(),
        () => adapter.stop(),
      );
      return { fake, log };
    })();
    fake.say(PERSON, PERSON.id, { msgtype: 'text', text: { content: '路灯谁管' } });
    while (fake.shown().length === 0) await fake.next();
    expect(JSON.stringify(fake.shown())).toContain('请稍后再发一次');
    expect(log.lines.join()).toContain('an update is lost');
  });
});

describe('a file', () => {
  const attachment = { platform: 'feishu' as const, kind: 'photo' as const, id: 'f', name: 'a.jpg' };

  it('that is no picture for WeCom goes as a file, and one that is too large or too small as a line', async () => {
    const { deliver, fake, shown, commands } = await open();
    fake.fail('upload', { code: 40004 });
    await deliver({ attachment, text: '' }, {}, Buffer.alloc(100, 1));
    expect(commands().at(-1)).toBe('send_msg file');
    await deliver(
      { attachment: { ...attachment, kind: 'file' }, text: '' },
      {},
      Buffer.alloc(21 * 1024 * 1024),
    );
    await deliver({ attachment, text: '' }, {}, Buffer.alloc(3));
    expect(
      shown()
        .slice(-2)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('20 MB 上限') as string, expect.stringContaining('空') as string]);
  });

  it('of several pieces arrives whole', async () => {
    const { deliver, shown } = await open();
    const bytes = Buffer.from(Array.from({ length: 1_300_000 }, (_, n) => n % 251));
    await deliver({ attachment: { ...attachment, kind: 'file' }, text: '请看' }, {}, bytes);
    expect(shown().at(-1)?.file?.bytes.equals(bytes)).toBe(true);
  });

  it('that is not accepted in the chat becomes a line, and its words are not sent twice', async () => {
    const { deliver, fake, shown } = await open();
    fake.fail('media', { code: 40007 });
    await deliver({ attachment, text: '请看' }, {}, Buffer.alloc(100, 1));
    expect(shown().map(({ text }) => text)).toEqual(['请看', expect.stringContaining('未能发送') as string]);
  });
});

describe('refusals', () => {
  it.each(KNOWN_CODES)('%i of each call ends in something shown or something said', async (code) => {
    const { deliver, fake, shown, say, heard } = await open();
    await say('路灯谁管');
    for (const [what, act] of [
      ['respond', () => deliver({ text: '答' }, { key: `${heard[0]?.id}#0` })],
      ['words', () => deliver({ text: '好' })],
      ['card', () => deliver({ card: short('请确认') })],
      [
        'media',
        () =>
          deliver(
            { attachment: { platform: 'feishu', kind: 'file', id: 'f' }, text: '' },
            {},
            Buffer.alloc(9),
          ),
      ],
    ] as const) {
      const before = shown().length;
      fake.fail(what, { code });
      const failed = await act().catch((error: unknown) => error);
      const isReopened = actionOf(code) === 'reconnect';
      expect(shown().length > before || failed instanceof Error, `${what} ${code}`).toBe(true);
      if (failed instanceof Error)
        expect(failed).toMatchObject({ name: 'BotError', message: expect.stringMatching(/WeCom/) as string });
      if (isReopened) return;
    }
  });
});
