/** Pictures and files on Feishu, and what a delivery says it left behind, over the real SDK. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DOWNLOAD_MAX_BYTES,
  FILE_MAX_BYTES,
  IMAGE_MAX_BYTES,
} from '../../src/adapters/feishu/attachments.js';
import { uuidOf } from '../../src/adapters/feishu/deliver.js';
import { createFeishuAdapter, type FeishuSettings } from '../../src/adapters/feishu/index.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import { createLogRecorder } from '../helpers/context.js';
import {
  APP_ID,
  APP_SECRET,
  BOT,
  messageEvent,
  startFakeFeishu,
  TENANT_TOKEN,
  type Call,
  type FakeFeishu,
} from '../helpers/fake-feishu.js';
import type { Attachment, Conversation, Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';

const GROUP: Conversation = { platform: 'feishu', chatId: 'oc_group', isDirect: false };
const PHOTO: Attachment = { platform: 'telegram', kind: 'photo', id: 'tg-photo' };
const FILE: Attachment = { ...PHOTO, kind: 'file', name: '台账.xlsx' };
const BYTES = Buffer.from([0, 1, 2, 250, 13, 10]);
const KEY = 'feishu:om_1#0';

let fake: FakeFeishu;
let adapters: Adapter[];
let updates: Heard[];
let log: ReturnType<typeof createLogRecorder>;

beforeEach(async () => {
  fake = await startFakeFeishu();
  adapters = [];
  updates = [];
  log = createLogRecorder();
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  await fake.close();
});

/** Deliveries and downloads need no long connection. */
function create(settings: Partial<FeishuSettings> = {}): Adapter {
  const adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: fake.domain,
    log,
    ...settings,
  });
  adapters.push(adapter);
  return adapter;
}

function outgoing(reply: Outgoing['reply'], over: Partial<Outgoing> = {}): Outgoing {
  return { key: KEY, conversation: GROUP, reply, ...over };
}

async function errorOf(promise: Promise<unknown>): Promise<BotError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BotError);
  return error as BotError;
}

const methods = () => fake.calls.map((call) => call.method).filter((method) => method !== 'token');
const contentOf = (call: Call | undefined) =>
  JSON.parse(String(call?.body['content'])) as Record<string, string>;

describe('attachments out', () => {
  it('uploads a picture, then sends its text and the picture, each with a key of its own', async () => {
    const message = outgoing({ attachment: PHOTO, text: '人民路积水' });
    const sent = await create().deliver(message, Buffer.concat([Buffer.from('x'), BYTES]).subarray(1));
    expect(methods()).toEqual(['image', 'create', 'create']);
    const [upload] = fake.callsOf('image');
    expect(upload?.body).toEqual({ image_type: 'message', image: { name: 'image', bytes: BYTES } });
    const [text, picture] = fake.callsOf('create');
    expect(text?.body).toMatchObject({ msg_type: 'text', uuid: `${KEY}/text`, receive_id: 'oc_group' });
    expect(contentOf(text)).toEqual({ text: '人民路积水' });
    expect(picture?.body).toMatchObject({ msg_type: 'image', uuid: KEY });
    expect(contentOf(picture)).toEqual({ image_key: 'img_sent_1' });
    expect(sent).toEqual({ messageId: 'om_sent_3' });
  });

  it.each([
    ['台账.xlsx', 'xls'],
    ['请示.DOCX', 'doc'],
    ['文件.pdf', 'pdf'],
    ['汇报.ppt', 'ppt'],
    ['现场.mp4', 'stream'],
    ['没有后缀', 'stream'],
  ])('uploads a file under its name and type: %s', async (name, type) => {
    await create().deliver(outgoing({ attachment: { ...FILE, name }, text: '' }), BYTES);
    expect(methods()).toEqual(['file', 'create']);
    expect(fake.callsOf('file')[0]?.body).toEqual({
      file_type: type,
      file_name: name,
      file: { name, bytes: BYTES },
    });
    expect(fake.callsOf('create')[0]?.body).toMatchObject({ msg_type: 'file', uuid: KEY });
  });

  it('answers a message with both, also in its thread', async () => {
    const conversation = { ...GROUP, threadId: 'omt_1' };
    const message = outgoing({ attachment: PHOTO, text: '说明' }, { conversation, replyTo: 'om_9' });
    await create().deliver(message, BYTES);
    expect(fake.callsOf('reply').map((call) => [call.messageId, call.body['reply_in_thread']])).toEqual([
      ['om_9', true],
      ['om_9', true],
    ]);
  });

  it('shows nothing twice when a broken delivery is repeated, and uploads again', async () => {
    const adapter = create();
    const message = outgoing({ attachment: PHOTO, text: '说明' });
    fake.fail('image', { kind: 'reset' });
    expect((await errorOf(adapter.deliver(message, BYTES))).code).toBe('UNAVAILABLE');
    expect(fake.callsOf('create')).toEqual([]);
    fake.fail('create', { status: 200, code: 0 }, { status: 429, code: 99991400 });
    expect((await errorOf(adapter.deliver(message, BYTES))).code).toBe('RATE_LIMITED');
    const { messageId } = await adapter.deliver(message, BYTES);
    expect((await adapter.deliver(message, BYTES)).messageId).toBe(messageId);
    expect(new Set(fake.callsOf('create').map((call) => call.body['uuid']))).toEqual(
      new Set([KEY, `${KEY}/text`]),
    );
  });

  it('keeps both keys of a long key apart and within 50 characters', () => {
    const key = `timer:${'x'.repeat(80)}`;
    expect(uuidOf(`${key}/text`)).toHaveLength(50);
    expect(uuidOf(`${key}/text`)).not.toBe(uuidOf(key));
  });

  it.each([234006, 234011, 234039])('sends a picture that Feishu refuses (%i) as a file', async (code) => {
    fake.fail('image', { code });
    await create().deliver(outgoing({ attachment: PHOTO, text: '' }), BYTES);
    expect(methods()).toEqual(['image', 'file', 'create']);
    expect(fake.callsOf('file')[0]?.body).toMatchObject({ file_type: 'stream', file_name: '图片.jpg' });
    expect(fake.callsOf('create')[0]?.body['msg_type']).toBe('file');
  });

  it('says in a line what cannot be sent', async () => {
    const adapter = create();
    const lineOf = async (attachment: Attachment, content?: Uint8Array): Promise<string | undefined> => {
      const before = fake.callsOf('create').length;
      await adapter.deliver(outgoing({ attachment, text: '' }, { key: `k${before}` }), content);
      return contentOf(fake.callsOf('create')[before])['text'];
    };
    expect(await lineOf(FILE)).toBe('[文件] 台账.xlsx 未能发送:原平台已不再提供该文件。');
    expect(await lineOf(PHOTO, Buffer.alloc(0))).toBe('[图片] 未能发送:文件为空。');
    expect(await lineOf(FILE, Buffer.alloc(FILE_MAX_BYTES + 1))).toBe(
      '[文件] 台账.xlsx 未能发送:文件为 31 MB,超过飞书的 30 MB 上限。',
    );
    expect(methods()).not.toContain('file');
    fake.fail('file', { code: 234006 });
    expect(await lineOf(FILE, BYTES)).toBe('[文件] 台账.xlsx 未能发送:飞书不接收该文件。');
    expect(log.lines.join('\n')).toMatch(/warn feishu refuses the attachment.*234006/);
  });

  it('sends a picture over the limit of pictures as a file without trying', async () => {
    await create().deliver(outgoing({ attachment: PHOTO, text: '' }), Buffer.alloc(IMAGE_MAX_BYTES + 1));
    expect(methods()).toEqual(['file', 'create']);
  });

  it('honours the wait that an upload is told', async () => {
    fake.fail('image', { status: 400, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '9' } });
    const error = await errorOf(create().deliver(outgoing({ attachment: PHOTO, text: '' }), BYTES));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 9_000 });
  });

  it('gives up an upload after its own limit', async () => {
    fake.fail('image', { kind: 'hang' });
    const adapter = create({ transferTimeoutMs: 40 });
    const error = await errorOf(adapter.deliver(outgoing({ attachment: PHOTO, text: '' }), BYTES));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('within 40 ms') });
  });
});

describe('the message id of a delivery', () => {
  const card = { title: '请求', blocks: [], buttons: [{ id: 'sign', label: '签收' }] };

  it('is that of the card, of the edited card, or of the new one an edit had to become', async () => {
    const adapter = create();
    expect(await adapter.deliver(outgoing({ card }))).toEqual({ messageId: 'om_sent_1' });
    const edit = outgoing({ card }, { editMessageId: 'om_card', key: 'b' });
    expect(await adapter.deliver(edit)).toEqual({ messageId: 'om_card' });
    fake.fail('patch', { code: 230031 });
    expect(await adapter.deliver(edit)).toEqual({ messageId: 'om_sent_2' });
  });

  it('is null when Feishu names none', async () => {
    fake.fail('create', { status: 200, code: 0 });
    expect(await create().deliver(outgoing({ text: '好' }))).toEqual({ messageId: null });
  });
});

describe('attachments in', () => {
  async function heard(type: string, content: unknown, over: object = {}): Promise<Heard | undefined> {
    const adapter = create();
    await adapter.start(async (update) => void updates.push(update));
    await fake.listening();
    await fake.emit(messageEvent('', { type, content, messageId: 'om_in', ...over }));
    return updates[0];
  }
  const inGroup = { chatType: 'group', chatId: 'oc_group' };

  it('takes a picture, in a group also when nobody addressed it', async () => {
    const photo = { platform: 'feishu', kind: 'photo', id: 'img_1', messageId: 'om_in' };
    expect(await heard('image', { image_key: 'img_1' }, inGroup)).toMatchObject({
      text: '',
      isAddressed: false,
      attachments: [photo],
      conversation: GROUP,
    });
  });

  it('takes a file and a video under their names', async () => {
    expect(await heard('file', { file_key: 'file_1', file_name: '台账.xlsx' })).toMatchObject({
      isAddressed: true,
      attachments: [
        { platform: 'feishu', kind: 'file', id: 'file_1', messageId: 'om_in', name: '台账.xlsx' },
      ],
    });
    await fake.emit(
      messageEvent('', {
        type: 'media',
        content: { file_key: 'file_2', image_key: 'img_cover', file_name: '现场.mp4', duration: 2_000 },
      }),
    );
    expect(updates[1]).toMatchObject({ attachments: [{ kind: 'file', id: 'file_2', name: '现场.mp4' }] });
  });

  it('takes the pictures of a post with its text', async () => {
    const content = {
      title: '',
      content: [
        [{ tag: 'at', user_id: '@_user_1' }],
        [
          { tag: 'text', text: '呼叫住建局' },
          { tag: 'img', image_key: 'img_1' },
        ],
        [{ tag: 'img', image_key: 'img_2' }, { tag: 'media', file_key: 'file_1' }, { tag: 'emotion' }],
      ],
    };
    const mentions = [{ key: '@_user_1', openId: BOT.open_id, name: BOT.app_name }];
    expect(await heard('post', content, { ...inGroup, mentions })).toMatchObject({
      text: '呼叫住建局',
      isAddressed: true,
      attachments: [
        { kind: 'photo', id: 'img_1', messageId: 'om_in' },
        { kind: 'photo', id: 'img_2', messageId: 'om_in' },
        { kind: 'file', id: 'file_1', messageId: 'om_in' },
      ],
    });
  });

  it('survives a picture without a key', async () => {
    const update = await heard('image', { other: 1 });
    expect(update).toMatchObject({ text: '' });
    expect(update).not.toHaveProperty('attachments');
  });
});

describe('download', () => {
  const photo: Attachment = { platform: 'feishu', kind: 'photo', id: 'img_1', messageId: 'om_1' };
  const file: Attachment = { ...photo, kind: 'file', id: 'file_1', name: '台账.xlsx' };

  it('gives the bytes, asking for the type', async () => {
    fake.addResource('om_1', 'img_1', BYTES, 'image/jpeg');
    fake.addResource('om_1', 'file_1', Buffer.from('{"code":1}'), 'application/json');
    const adapter = create();
    expect(BYTES.equals(await adapter.download(photo))).toBe(true);
    expect(Buffer.from(await adapter.download(file)).toString()).toBe('{"code":1}');
    expect(
      fake.callsOf('resource').map((call) => [call.messageId, call.fileKey, call.query['type']]),
    ).toEqual([
      ['om_1', 'img_1', 'image'],
      ['om_1', 'file_1', 'file'],
    ]);
  });

  it('gives an empty file as no bytes', async () => {
    fake.addResource('om_1', 'file_1', Buffer.alloc(0));
    expect((await create().download(file)).byteLength).toBe(0);
  });

  it.each([
    [{ code: 234003 }, 'TARGET_GONE'],
    [{ code: 234004 }, 'TARGET_GONE'],
    [{ code: 230110 }, 'TARGET_GONE'],
    [{ code: 234038 }, 'TARGET_GONE'],
    [{ code: 234037 }, 'REJECTED'],
    [{ code: 234019 }, 'UNAVAILABLE'],
    [{ code: 99991400, headers: { 'x-ogw-ratelimit-reset': '4' } }, 'RATE_LIMITED'],
    [{ status: 502, raw: '<html>' }, 'UNAVAILABLE'],
    [{ kind: 'reset' }, 'UNAVAILABLE'],
    [{ kind: 'hang' }, 'UNAVAILABLE'],
  ] as const)('maps %j to %s', async (fault, code) => {
    fake.fail('resource', fault);
    const isEndless = 'kind' in fault && fault.kind === 'hang';
    const error = await errorOf(create(isEndless ? { transferTimeoutMs: 60 } : {}).download(photo));
    expect(error.code).toBe(code);
    if (code === 'RATE_LIMITED') expect(error.retryAfterMs).toBe(4_000);
  });

  it('names the limit of a file that is too large', async () => {
    fake.addResource('om_1', 'file_1', Buffer.alloc(DOWNLOAD_MAX_BYTES + 1));
    expect(await errorOf(create().download(file))).toMatchObject({
      code: 'REJECTED',
      message: expect.stringMatching(/台账\.xlsx 超过 50 MB.*处理办法/) as string,
    });
  });

  it('cannot give a file whose message is not known', async () => {
    const lost: Attachment = { platform: 'feishu', kind: 'photo', id: 'img_1' };
    expect((await errorOf(create().download(lost))).code).toBe('TARGET_GONE');
    expect(fake.calls).toEqual([]);
  });

  it('takes a new tenant token when the old one is refused', async () => {
    fake.addResource('om_1', 'img_1', BYTES);
    const adapter = create();
    await adapter.download(photo);
    fake.state.token = 't-another-tenant-token';
    expect(BYTES.equals(await adapter.download(photo))).toBe(true);
  });

  it('shows no secret in errors', async () => {
    fake.fail('resource', { code: 234003, msg: `Bearer ${TENANT_TOKEN} ${APP_SECRET}` }, { kind: 'reset' });
    const adapter = create();
    const errors = [await errorOf(adapter.download(photo)), await errorOf(adapter.download(photo))];
    const shown = inspect(errors, { depth: 10, showHidden: true });
    expect(shown).not.toContain(APP_SECRET);
    expect(shown).not.toContain(TENANT_TOKEN);
  });
});

describe('limits', () => {
  it('keep under 5 messages a second, and edits under 14 days', () => {
    const { pace, editWindowMs } = create();
    for (const { burst, everyMs } of [pace.direct, pace.group])
      expect(burst + Math.floor(1_000 / everyMs)).toBeLessThan(5);
    expect(editWindowMs).toBeLessThan(14 * 24 * 3_600_000);
    expect(editWindowMs).toBeGreaterThan(13 * 24 * 3_600_000);
  });
});
