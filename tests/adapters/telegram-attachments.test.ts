/** Pictures and files on Telegram, and what a delivery says it left behind, over telegraf's real client. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CAPTION_MAX,
  DOCUMENT_MAX_BYTES,
  DOWNLOAD_MAX_BYTES,
  PHOTO_MAX_BYTES,
  renderAttachment,
} from '../../src/adapters/telegram/attachments.js';
import { createTelegramAdapter, type TelegramSettings } from '../../src/adapters/telegram/index.js';
import { parseUpdate } from '../../src/adapters/telegram/parse.js';
import { TEXT_MAX } from '../../src/adapters/telegram/render.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import { createLogRecorder } from '../helpers/context.js';
import {
  BOT,
  DIRECT,
  findEntities,
  GROUP,
  messageUpdate,
  startFakeTelegram,
  TOKEN,
  type FakeTelegram,
  type SentFile,
} from '../helpers/fake-telegram.js';
import type { Attachment, Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';

const PHOTO: Attachment = { platform: 'feishu', kind: 'photo', id: 'img_1', messageId: 'om_1' };
const FILE: Attachment = { ...PHOTO, kind: 'file', id: 'file_1', name: '检查 记录.docx' };
const OWN: Attachment = { platform: 'telegram', kind: 'photo', id: 'tg-photo' };
const BYTES = Buffer.from([0, 1, 2, 250, 13, 10]);
const REFUSED = { status: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' };

let fake: FakeTelegram;
let adapters: Adapter[];

beforeEach(async () => {
  fake = await startFakeTelegram();
  adapters = [];
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  await fake.close();
});

function createAdapter(settings: Partial<TelegramSettings> = {}): Adapter {
  const adapter = createTelegramAdapter({
    token: TOKEN,
    apiRoot: fake.apiRoot,
    log: createLogRecorder(),
    ...settings,
  });
  adapters.push(adapter);
  return adapter;
}

function outgoing(reply: Outgoing['reply'], over: Partial<Outgoing> = {}): Outgoing {
  return {
    key: 'telegram:100#0',
    conversation: { platform: 'telegram', chatId: '-100200', isDirect: false },
    reply,
    ...over,
  };
}

async function errorOf(promise: Promise<unknown>): Promise<BotError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BotError);
  return error as BotError;
}

const methods = () => fake.calls.map((call) => call.method);

describe('attachments out', () => {
  it('sends a picture of another platform with its caption, in reply and into the topic', async () => {
    const conversation = { platform: 'telegram', chatId: '-100200', threadId: '9', isDirect: false } as const;
    const message = outgoing({ attachment: PHOTO, text: '人民路<积水>' }, { conversation, replyTo: '11' });
    expect(await createAdapter().deliver(message, BYTES)).toEqual({ messageId: '500' });
    expect(fake.calls).toHaveLength(1);
    const [{ method, payload }] = fake.calls as [(typeof fake.calls)[number]];
    expect(method).toBe('sendPhoto');
    expect(payload).toMatchObject({
      chat_id: '-100200',
      message_thread_id: '9',
      caption: '人民路<积水>',
      photo: { name: 'photo.jpg' },
    });
    expect((payload.photo as SentFile).bytes.equals(BYTES)).toBe(true);
    expect(JSON.parse(String(payload.reply_parameters))).toEqual({
      message_id: 11,
      allow_sending_without_reply: true,
    });
  });

  it('sends a file under its name, and only the bytes of the view it was given', async () => {
    const whole = Buffer.from('before|inside|after');
    await createAdapter().deliver(outgoing({ attachment: FILE, text: '' }), whole.subarray(7, 13));
    const [call] = fake.callsOf('sendDocument');
    expect(call?.payload.document).toEqual({ name: '检查 记录.docx', bytes: Buffer.from('inside') });
    expect(call?.payload).not.toHaveProperty('caption');
  });

  it.each([
    ['a"\r\nx-evil: 1\r\n\r\nb.pdf', 'a___x-evil: 1____b.pdf'],
    ['..\\..//etc/passwd', '.._..__etc_passwd'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(116)}.pdf`],
    ['  ', 'file'],
  ])('lets no file name break out of its header: %j', async (name, sent) => {
    await createAdapter().deliver(outgoing({ attachment: { ...FILE, name }, text: '' }), BYTES);
    const document = fake.callsOf('sendDocument')[0]?.payload.document as SentFile;
    expect(document.name).toBe(sent);
    expect(document.bytes.equals(BYTES)).toBe(true);
  });

  it('sends a text too long for a caption after the picture, in as many messages as it needs', async () => {
    const text = `${'甲'.repeat(TEXT_MAX)}乙`;
    const sent = await createAdapter().deliver(
      outgoing({ attachment: PHOTO, text }, { replyTo: '5' }),
      BYTES,
    );
    expect(sent).toEqual({ messageId: '500' });
    expect(methods()).toEqual(['sendPhoto', 'sendMessage', 'sendMessage']);
    expect(fake.calls[0]?.payload).not.toHaveProperty('caption');
    expect(fake.calls[1]?.payload).not.toHaveProperty('reply_parameters');
    expect(
      fake
        .callsOf('sendMessage')
        .map((call) => call.payload.text)
        .join(''),
    ).toBe(text);
    await createAdapter().deliver(
      outgoing({ attachment: PHOTO, text: '甲'.repeat(CAPTION_MAX) }, { key: 'other' }),
      BYTES,
    );
    expect(fake.callsOf('sendPhoto')[1]?.payload.caption).toBe('甲'.repeat(CAPTION_MAX));
  });

  it('sends a picture as a file when Telegram refuses it as one, and says so in a line when it takes neither', async () => {
    const adapter = createAdapter();
    fake.fail('sendPhoto', REFUSED, REFUSED);
    await adapter.deliver(outgoing({ attachment: PHOTO, text: '说明' }), BYTES);
    expect(methods()).toEqual(['sendPhoto', 'sendDocument']);
    fake.fail('sendDocument', {
      status: 400,
      description: 'Bad Request: not enough rights to send documents',
    });
    const sent = await adapter.deliver(outgoing({ attachment: PHOTO, text: '说明' }, { key: 'b' }), BYTES);
    expect(fake.callsOf('sendMessage').map((call) => call.payload.text)).toEqual([
      '[图片] 未能发送:Telegram 不接收该文件。\n说明',
    ]);
    expect(sent).toEqual({ messageId: '501' });
  });

  it('chooses the form by size: photo, document, line', () => {
    const forms = (attachment: Attachment, size: number) =>
      renderAttachment({ attachment, text: '' }, new Uint8Array(size)).map(([part]) =>
        part && 'method' in part ? part.method : part?.text,
      );
    const refused = '[图片] 未能发送:Telegram 不接收该文件。';
    expect(forms(PHOTO, PHOTO_MAX_BYTES)).toEqual(['sendPhoto', 'sendDocument', refused]);
    expect(forms(PHOTO, PHOTO_MAX_BYTES + 1)).toEqual(['sendDocument', refused]);
    expect(forms(FILE, DOCUMENT_MAX_BYTES)[0]).toBe('sendDocument');
    expect(forms(FILE, DOCUMENT_MAX_BYTES + 1)).toEqual([
      '[文件] 检查 记录.docx 未能发送:文件为 51 MB,超过 Telegram 的 50 MB 上限。',
    ]);
  });

  it('sends its own file by its id when there are no bytes, and a line for one of another platform', async () => {
    const adapter = createAdapter();
    await adapter.deliver(outgoing({ attachment: OWN, text: '说明' }));
    expect(fake.calls[0]).toMatchObject({
      method: 'sendPhoto',
      payload: { chat_id: -100200, photo: 'tg-photo', caption: '说明' },
    });
    await adapter.deliver(outgoing({ attachment: FILE, text: '' }, { key: 'b' }));
    expect(fake.calls[1]?.payload.text).toBe('[文件] 检查 记录.docx 未能发送:原平台已不再提供该文件。');
  });

  it('does not send the picture again when only its text failed', async () => {
    const adapter = createAdapter();
    const message = outgoing({ attachment: PHOTO, text: '甲'.repeat(CAPTION_MAX + 1) });
    fake.fail(
      'sendMessage',
      { status: 429, description: 'Too Many', parameters: { retry_after: 1 } },
      REFUSED,
    );
    expect((await errorOf(adapter.deliver(message, BYTES))).code).toBe('RATE_LIMITED');
    expect((await errorOf(adapter.deliver(message, BYTES))).code).toBe('REJECTED');
    expect(await adapter.deliver(message, BYTES)).toEqual({ messageId: '500' });
    expect(methods()).toEqual(['sendPhoto', 'sendMessage', 'sendMessage', 'sendMessage']);
  });

  it('follows a group that became a supergroup with the picture', async () => {
    fake.fail('sendPhoto', {
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1009 },
    });
    await createAdapter().deliver(outgoing({ attachment: PHOTO, text: '' }, { replyTo: '11' }), BYTES);
    expect(fake.callsOf('sendPhoto').map((call) => call.payload.chat_id)).toEqual(['-100200', '-1009']);
    expect(fake.callsOf('sendPhoto')[1]?.payload).not.toHaveProperty('reply_parameters');
  });

  it('gives up an upload after its own limit, as UNCERTAIN', async () => {
    fake.fail('sendPhoto', { kind: 'hang' });
    const adapter = createAdapter({ transferTimeoutMs: 30 });
    const error = await errorOf(adapter.deliver(outgoing({ attachment: PHOTO, text: '' }), BYTES));
    expect(error).toMatchObject({ code: 'UNCERTAIN', message: expect.stringContaining('within 30 ms') });
  });
});

describe('the message id of a delivery', () => {
  const long = Array.from({ length: 100 }, () => ({ kind: 'text', text: '责任'.repeat(50) }) as const);
  const buttons = [{ id: 'row', label: '详情' }];

  it('is that of the only message, of the first of several texts, and of the part with the buttons', async () => {
    const adapter = createAdapter();
    const send = (reply: Outgoing['reply'], key: string) => adapter.deliver(outgoing(reply, { key }));
    expect(await send({ text: '好' }, 'a')).toEqual({ messageId: '500' });
    expect(await send({ text: '甲'.repeat(TEXT_MAX + 1) }, 'b')).toEqual({ messageId: '501' });
    expect(await send({ card: { title: 't', blocks: long, buttons } }, 'c')).toEqual({ messageId: '505' });
    expect(await send({ card: { title: 't', blocks: long, buttons: [] } }, 'd')).toEqual({
      messageId: '506',
    });
  });

  it('is the edited one, or the new one that an edit had to become', async () => {
    const adapter = createAdapter();
    const edit = (key: string) => adapter.deliver(outgoing({ text: '好' }, { key, editMessageId: '300' }));
    expect(await edit('a')).toEqual({ messageId: '300' });
    fake.fail('editMessageText', { status: 400, description: 'Bad Request: message is not modified' });
    expect(await edit('b')).toEqual({ messageId: '300' });
    fake.fail('editMessageText', { status: 400, description: "Bad Request: message can't be edited" });
    expect(await edit('c')).toEqual({ messageId: '500' });
  });

  it('is the part with the buttons also when an edited card grew over one message', async () => {
    const card = { title: 't', blocks: long, buttons };
    const sent = await createAdapter().deliver(outgoing({ card }, { editMessageId: '300' }));
    expect(methods()).toEqual(['editMessageText', 'sendMessage', 'sendMessage']);
    expect(sent).toEqual({ messageId: '501' });
  });

  it('is the same again when a finished key comes again, and null when Telegram names none', async () => {
    const adapter = createAdapter();
    expect(await adapter.deliver(outgoing({ text: '好' }))).toEqual({ messageId: '500' });
    expect(await adapter.deliver(outgoing({ text: '好' }))).toEqual({ messageId: '500' });
    expect(fake.calls).toHaveLength(1);
    fake.fail('sendMessage', { kind: 'result', result: true });
    expect(await adapter.deliver(outgoing({ text: '好' }, { key: 'b' }))).toEqual({ messageId: null });
  });
});

describe('attachments in', () => {
  const parse = (more: object, chat: object = DIRECT): Heard | null =>
    parseUpdate({ update_id: 1, ...messageUpdate({ chat: chat as typeof DIRECT, more }) }, BOT, 0);

  it('takes the largest size of a photo, in whatever order they come', () => {
    const sizes = [
      { file_id: 's', width: 90, height: 60 },
      { file_id: 'l', width: 1280, height: 853 },
      { file_id: 'm', width: 320, height: 213 },
    ];
    expect(parse({ photo: sizes })).toMatchObject({
      text: '',
      attachments: [{ platform: 'telegram', kind: 'photo', id: 'l' }],
    });
    expect(parse({ photo: [] })).not.toHaveProperty('attachments');
  });

  it('takes a document and a video under their names', () => {
    const file = { file_id: 'd', file_name: '台账.xlsx', mime_type: 'x', file_size: 5 };
    expect(parse({ document: file, caption: '请看' })).toMatchObject({
      text: '请看',
      attachments: [{ platform: 'telegram', kind: 'file', id: 'd', name: '台账.xlsx' }],
    });
    expect(parse({ video: { file_id: 'v' } })).toMatchObject({
      attachments: [{ platform: 'telegram', kind: 'file', id: 'v' }],
    });
  });

  it('makes one message of each picture of an album; only the one with the mention is addressed', () => {
    const caption = `@${BOT.username} 路口积水`;
    const album = [
      { photo: [{ file_id: 'a' }], caption, caption_entities: findEntities(caption), media_group_id: 'g' },
      { photo: [{ file_id: 'b' }], media_group_id: 'g' },
    ];
    expect(album.map((more) => parse(more, GROUP))).toMatchObject([
      { text: '路口积水', isAddressed: true, attachments: [{ id: 'a' }] },
      { text: '', isAddressed: false, attachments: [{ id: 'b' }] },
    ]);
  });

  it('counts a picture that answers the bot as addressed', () => {
    const reply_to_message = { message_id: 5, date: 1, chat: GROUP, from: BOT };
    expect(parse({ photo: [{ file_id: 'a' }], reply_to_message }, GROUP)).toMatchObject({
      text: '',
      isAddressed: true,
    });
  });

  it('survives malformed attachments', () => {
    expect(parse({ photo: 'x', caption: '路灯' })).toMatchObject({ text: '路灯' });
    expect(parse({ document: { name: 1 }, caption: '路灯' })).not.toHaveProperty('attachments');
  });
});

describe('download', () => {
  it('gives the bytes of a file', async () => {
    fake.addFile('tg-photo', 'photos/图 1.jpg', BYTES);
    expect(BYTES.equals(await createAdapter().download(OWN))).toBe(true);
    expect(fake.calls).toMatchObject([
      { method: 'getFile', payload: { file_id: 'tg-photo' } },
      { method: 'file', payload: { path: 'photos/图 1.jpg' } },
    ]);
  });

  it('names the limit of a file that is too large, whoever finds it out', async () => {
    const adapter = createAdapter();
    const message = expect.stringContaining('超过 20 MB') as string;
    fake.addFile('tg-photo', 'a', BYTES, DOWNLOAD_MAX_BYTES + 1);
    expect(await errorOf(adapter.download(OWN))).toMatchObject({ code: 'REJECTED', message });
    fake.fail('getFile', {
      kind: 'result',
      result: { file_path: 'a', file_size: DOWNLOAD_MAX_BYTES + 1 },
    });
    expect(await errorOf(adapter.download(OWN))).toMatchObject({ code: 'REJECTED', message });
    fake.addFile('tg-photo', 'a', Buffer.alloc(DOWNLOAD_MAX_BYTES + 1), 1);
    expect(await errorOf(adapter.download({ ...OWN, name: '现场.mp4' }))).toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('现场.mp4') as string,
    });
    fake.addFile('tg-photo', 'a', Buffer.alloc(DOWNLOAD_MAX_BYTES));
    expect((await adapter.download(OWN)).byteLength).toBe(DOWNLOAD_MAX_BYTES);
  });

  it('says that a file is gone when getFile does not know it or its address is empty', async () => {
    const adapter = createAdapter();
    expect((await errorOf(adapter.download(OWN))).code).toBe('TARGET_GONE');
    fake.fail('getFile', { kind: 'result', result: { file_path: 'gone.jpg' } });
    expect((await errorOf(adapter.download(OWN))).code).toBe('TARGET_GONE');
  });

  it.each([
    ['getFile', { kind: 'reset' }, 'UNAVAILABLE'],
    ['getFile', { status: 502, description: 'Bad Gateway' }, 'UNAVAILABLE'],
    ['getFile', { kind: 'result', result: {} }, 'UNAVAILABLE'],
    ['getFile', { status: 429, description: 'Too Many', parameters: { retry_after: 3 } }, 'RATE_LIMITED'],
    ['file', { kind: 'reset' }, 'UNAVAILABLE'],
    ['file', { kind: 'hang' }, 'UNAVAILABLE'],
    ['file', { kind: 'half' }, 'UNAVAILABLE'],
    ['file', { status: 401, description: 'Unauthorized' }, 'UNAUTHORIZED'],
    ['file', { status: 429, description: 'Too Many' }, 'RATE_LIMITED'],
  ] as const)('can be tried again where that helps: %s %j', async (method, fault, code) => {
    // Only what never ends needs a short limit: a busy machine may take longer for all else.
    const isEndless = 'kind' in fault && (fault.kind === 'hang' || fault.kind === 'half');
    const adapter = createAdapter(isEndless ? { transferTimeoutMs: 60 } : {});
    fake.addFile('tg-photo', 'a', BYTES);
    fake.fail(method, fault);
    expect((await errorOf(adapter.download(OWN))).code).toBe(code);
    expect(BYTES.equals(await createAdapter().download(OWN))).toBe(true);
  });

  it('shows the token in no error', async () => {
    const adapter = createAdapter({ transferTimeoutMs: 60 });
    fake.addFile('tg-photo', `${TOKEN}/a`, BYTES);
    fake.fail('file', { kind: 'reset' }, { kind: 'hang' }, { status: 500, description: TOKEN });
    const errors = [];
    for (let i = 0; i < 3; i += 1) errors.push(await errorOf(adapter.download(OWN)));
    fake.fail('getFile', { status: 400, description: `wrong file_id ${TOKEN}` }, { kind: 'reset' });
    for (let i = 0; i < 2; i += 1) errors.push(await errorOf(adapter.download(OWN)));
    await adapter.stop();
    errors.push(await errorOf(adapter.download(OWN)));
    expect(inspect(errors, { depth: 9, showHidden: true })).not.toContain(TOKEN.split(':')[1]);
    expect(errors.at(-1)?.code).toBe('UNAVAILABLE');
  });

  it('leaves no connection open after a stop', { timeout: 3_000 }, async () => {
    const adapter = createAdapter();
    fake.addFile('tg-photo', 'a', Buffer.alloc(DOWNLOAD_MAX_BYTES + 1), 1);
    await errorOf(adapter.download(OWN));
    await adapter.stop();
    await fake.idle();
    expect(fake.openSockets()).toBe(0);
  });
});

describe('limits', () => {
  it('keep a chat under a message a second and a group under 20 a minute, and edit without end', () => {
    const { pace, editWindowMs } = createAdapter();
    expect(pace.group.burst + Math.floor(60_000 / pace.group.everyMs)).toBeLessThanOrEqual(20);
    expect(pace.direct.everyMs).toBeGreaterThanOrEqual(1_000);
    expect(editWindowMs).toBe(Infinity);
  });
});
