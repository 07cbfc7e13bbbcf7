/** Refusals of the calls of Feishu beside sending: cards by a click's token, alerts, downloads. Nobody is left without a word. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import {
  APP_ID,
  APP_SECRET,
  clickEvent,
  startFakeFeishu,
  type Call,
  type FakeFeishu,
} from '../helpers/fake-feishu.js';
import { DELAYED_CODES, DOWNLOAD_CODES, SENDING_CODES, URGENT_CODES } from '../helpers/feishu-codes.js';
import { startSender, type Sender } from '../helpers/sender.js';

let fake: FakeFeishu;
let sender: Sender;
let count = 0;

beforeAll(async () => {
  fake = await startFakeFeishu();
  sender = await startSender((parts) =>
    createFeishuAdapter({ appId: APP_ID, appSecret: APP_SECRET, domain: fake.domain, ...parts }),
  );
  await fake.listening();
});
afterAll(async () => {
  await sender.close();
  await fake.close();
});

const CARD = {
  title: '路灯维护',
  blocks: [{ kind: 'text' as const, text: '县住建局负责' }],
  buttons: [{ id: 'row.show', label: '查看' }],
};
const HOUR_MS = 3_600_000;

/** What people see of these calls. */
const shown = (calls: Call[]) =>
  calls.filter(({ method, isAnswered }) => isAnswered && /create|reply|patch|update|answer/.test(method));

/** One message while the rule holds; then it is mended. */
async function send(message: Omit<Outgoing, 'key'>, fault: (call: Call) => { code: number } | null) {
  const from = fake.calls.length;
  const before = sender.log.lines.length;
  const mend = fake.refuse(fault);
  sender.clock.advance(2_000);
  const key = `r${++count}#0`;
  await sender.store.commit([{ kind: 'outgoing', message: { key, ...message }, runAt: sender.clock() }]);
  await sender.turn(0);
  const lines = () => sender.log.lines.slice(before);
  return { mend, lines, calls: () => fake.calls.slice(from) };
}
const group = (): Conversation => ({ platform: 'feishu', chatId: `oc_g${count}`, isDirect: false });

describe('a card that neither can be patched nor goes by the token of its click', () => {
  it.each(DELAYED_CODES)('%i comes as a new message', async (code) => {
    const messageId = `om_clicked_${code}`;
    const conversation: Conversation = { platform: 'feishu', chatId: `oc_c${code}`, isDirect: false };
    await fake.emit(
      clickEvent({ a: 'row.show', c: conversation.chatId }, { messageId, chatId: conversation.chatId }),
    );
    // 230031: over 14 days, where the token would still do.
    const { mend, lines, calls } = await send(
      { conversation, reply: { card: CARD }, editMessageId: messageId },
      ({ method }) => (method === 'patch' ? { code: 230031 } : method === 'update' ? { code } : null),
    );
    await sender.turn(0);
    mend();
    await sender.turn(HOUR_MS);
    expect(shown(calls())).toHaveLength(1);
    expect(JSON.stringify(shown(calls())[0]?.body)).toContain('县住建局负责');
    expect(lines().some((line) => line.includes('230031'))).toBe(true);
    expect(await sender.store.listOutgoing()).toEqual([]);
  });
});

describe('an alert that is refused', () => {
  it.each(URGENT_CODES)(
    '%i leaves the message, writes to the person of a group directly, and is said',
    async (code) => {
      const { mend, lines, calls } = await send(
        { conversation: group(), reply: { card: CARD }, buzz: [`feishu:ou_b${code}`] },
        ({ method }) => (method === 'urgent' ? { code } : null),
      );
      await expect.poll(() => shown(calls()).length).toBe(2);
      const receivers = shown(calls()).map(({ body }) => body['receive_id']);
      expect(receivers).toEqual([expect.stringMatching(/^oc_/), `ou_b${code}`]);
      expect(JSON.stringify(shown(calls())[1]?.body)).toContain('县住建局负责');
      await expect
        .poll(() => lines().filter((line) => line.includes(`code ${code}`)).length)
        .toBeGreaterThan(0);
      if ([99991672, 99991403, 230006].includes(code))
        expect(lines().some((line) => line.startsWith('error') && line.includes('remedy'))).toBe(true);
      mend();
      expect(await sender.store.listOutgoing()).toEqual([]);
    },
  );
});

describe('a file that is not given out', () => {
  it.each(DOWNLOAD_CODES)('%i is said to whoever waits for it, or comes later', async (code) => {
    const attachment = {
      platform: 'feishu',
      kind: 'photo',
      id: `img_${code}`,
      messageId: `om_${code}`,
    } as const;
    fake.addResource(attachment.messageId, attachment.id, Buffer.from('jpeg'));
    const { mend, lines, calls } = await send(
      { conversation: group(), reply: { attachment, text: '现场照片' } },
      ({ method }) => (method === 'resource' ? { code } : null),
    );
    await sender.turn(0);
    const isWaiting = (await sender.store.listOutgoing()).length > 0;
    expect(shown(calls()).length > 0 || isWaiting).toBe(true);
    mend();
    await sender.turn(HOUR_MS);
    const words = shown(calls()).map(({ body }) => String(body['content']));
    expect(words.join()).toContain('现场照片');
    expect(words.some((it) => it.includes(isWaiting ? 'image_key' : '附件未能转发'))).toBe(true);
    expect(lines().some((line) => line.includes(`code ${code}`))).toBe(true);
    expect(await sender.store.listOutgoing()).toEqual([]);
  });
});

/** Also those of the pages that our table does not know. */
describe('what the pages list of sending', () => {
  it.each(
    SENDING_CODES.flatMap((code) => (['create', 'reply', 'patch'] as const).map((c) => [c, code] as const)),
  )('%s %i is no silent loss', async (called, code) => {
    const conversation = { ...group(), chatId: `oc_s${++count}` };
    const { mend, lines, calls } = await send(
      {
        ...{ conversation, reply: { card: CARD }, owner: `feishu:ou_s${count}` },
        ...(called === 'reply' && { replyTo: `om_q${count}` }),
        ...(called === 'patch' && { editMessageId: `om_q${count}` }),
      },
      ({ method, body }) =>
        method === called && !String(body['receive_id']).startsWith('ou_') ? { code } : null,
    );
    await sender.turn(0);
    mend();
    await sender.turn(HOUR_MS);
    expect(shown(calls())).toHaveLength(1);
    expect(lines().some((line) => line.includes(`code ${code}`))).toBe(true);
  });
});
