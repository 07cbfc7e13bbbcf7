/** Every documented refusal on every call: what each person is told, and what the operator reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { KNOWN_CODES } from '../../src/adapters/feishu/refusals.js';
import type { Card } from '../../src/core/card.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import {
  APP_ID,
  APP_SECRET,
  startFakeFeishu,
  type Call,
  type FakeFeishu,
  type Fault,
} from '../helpers/fake-feishu.js';
import { startSender, type Sender } from '../helpers/sender.js';

/**
 * The oracle, written from the pages of Feishu and not from the table: what people have in the end.
 * words: the card's or file's words · card: the whole card, elsewhere in the chat · masked: the words without numbers ·
 * notice: a word that it may not be shown · later: the whole card once it is mended · told: whoever waits is told directly.
 */
type End = 'words' | 'card' | 'masked' | 'notice' | 'later' | 'told';
type Called = 'create' | 'reply' | 'patch' | 'upload';

const CARD_REFUSED = [
  230025, 230099, 200380, 200381, 200621, 200732, 200737, 200550, 200861, 200570, 200914, 200915,
];
const UPLOAD_REFUSED = [234001, 234006, 234010, 234011, 234039];
const WAIT = [230006, 230020, 230027, 230036, 230049, 2200, 99991400, 99991401, 99991403, 99991663, 10014];
const GONE_CHAT = [230002, 230013, 230018, 230035, 230038, 230075, 232009];
const ANSWERED_GONE = [230001, 230011, 230019, 230050, 230054, 230071, 230072, 230110, 230111, 230031];

const CASES: [Called, number, End][] = [
  ...[...CARD_REFUSED, 230001, 230054, 230015].map((code): [Called, number, End] => [
    'create',
    code,
    'words',
  ]),
  ...CARD_REFUSED.map((code): [Called, number, End] => ['reply', code, 'words']),
  ...CARD_REFUSED.map((code): [Called, number, End] => ['patch', code, 'words']),
  ...ANSWERED_GONE.map((code): [Called, number, End] => ['reply', code, 'card']),
  ...[230011, 230031, 230050, 230054, 230110].map((code): [Called, number, End] => ['patch', code, 'card']),
  ...(['create', 'reply', 'patch'] as const).flatMap((call): [Called, number, End][] => [
    ...[...WAIT, 99991672].map((code): [Called, number, End] => [call, code, 'later']),
    ...[...GONE_CHAT, 230029, 230034, 230053].map((code): [Called, number, End] => [call, code, 'told']),
    [call, 230028, 'masked'],
    [call, 230022, 'notice'],
  ]),
  ...[...UPLOAD_REFUSED, 99991672].map((code): [Called, number, End] => ['upload', code, 'words']),
  ...[232096, 234007, 234002, 234041, 234042, 99991400, 99991403].map((code): [Called, number, End] => [
    'upload',
    code,
    'later',
  ]),
];

const PHONE = '13812345678';
const CARD: Card = {
  title: '路灯维护',
  blocks: [{ kind: 'field', label: '县住建局', text: `负责维修,电话 ${PHONE}` }],
  buttons: [{ id: 'row.show', label: '查看' }],
};

let fake: FakeFeishu;
let sender: Sender;
let count = 0;

beforeAll(async () => {
  fake = await startFakeFeishu();
  sender = await startSender((parts) =>
    createFeishuAdapter({ appId: APP_ID, appSecret: APP_SECRET, domain: fake.domain, ...parts }),
  );
});
afterAll(async () => {
  await sender.close();
  await fake.close();
});

/** One message to one fresh chat, whose calls meet the fault until it is mended. */
async function send(
  called: Called,
  fault: Fault,
  isMeant: (call: Call) => boolean,
  isDirect = called === 'create',
) {
  const n = ++count;
  const person = `ou_p${n}`;
  const conversation: Conversation = isDirect
    ? { platform: 'feishu', chatId: person, isDirect }
    : { platform: 'feishu', chatId: `oc_g${n}`, isDirect };
  const message: Outgoing = {
    key: `u${n}#0`,
    conversation,
    reply:
      called === 'upload'
        ? {
            attachment: { platform: 'feishu', kind: 'photo', id: 'x', name: '现场.jpg', content: 'bytes' },
            text: '',
          }
        : { card: CARD },
    owner: `feishu:${person}`,
    ...(!isDirect && (called === 'reply' || called === 'upload') && { replyTo: `om_q${n}` }),
    ...(called === 'patch' && { editMessageId: `om_q${n}` }),
  };
  const from = fake.calls.length;
  const mend = fake.refuse((call) => (isMeant(call) ? fault : null));
  // The second of the message before it is over.
  sender.clock.advance(2_000);
  await sender.store.commit([{ kind: 'outgoing', message, runAt: sender.clock() }]);
  await sender.turn(0);
  return { message, mend, person, calls: () => fake.calls.slice(from) };
}

/** What people have on their screens of these calls. */
const shown = (calls: Call[]) =>
  calls.flatMap(({ method, body, sentId, messageId, isAnswered }) =>
    isAnswered && (method === 'patch' || sentId !== undefined)
      ? [
          {
            to: method === 'create' ? String(body['receive_id']) : String(messageId),
            type: method === 'patch' ? 'interactive' : String(body['msg_type']),
            content: String(body['content']),
          },
        ]
      : [],
  );

const METHODS: Record<Called, Call['method'][]> = {
  create: ['create'],
  reply: ['reply'],
  patch: ['patch'],
  upload: ['image', 'file'],
};

/** Where a code is about the form, only that form is refused; where it is about the chat or the words, all of them are. */
function isMeantBy(called: Called, end: End): (call: Call) => boolean {
  if (end === 'told')
    return ({ method, body }) =>
      (!isUpload(method) && !String(body['receive_id']).startsWith('ou_p')) ||
      (called === 'create' && method === 'create');
  if (end === 'masked') return ({ body }) => String(body['content']).includes(PHONE);
  if (end === 'notice') return ({ body }) => String(body['content']).includes('路灯维护');
  if (end === 'words' && called !== 'upload')
    return ({ method, body }) => METHODS[called].includes(method) && body['msg_type'] !== 'text';
  return ({ method }) => METHODS[called].includes(method);
}
const isUpload = (method: Call['method']): boolean =>
  method === 'image' || method === 'file' || method === 'token';

const WAIT_MS = 3_600_000;

describe('every documented refusal of Feishu', () => {
  it.each(CASES)('%s %i ends in: %s', async (called, code, end) => {
    const status = code === 99991400 || code === 99991403 ? 429 : 400;
    const before = sender.log.lines.length;
    const { message, mend, person, calls } = await send(
      called,
      { status, code, msg: `the words of ${code}` },
      isMeantBy(called, end),
    );
    if (end === 'later') {
      expect(shown(calls())).toEqual([]);
      expect((await sender.store.listOutgoing()).map(({ message: it }) => it.key)).toContain(message.key);
      mend();
      await sender.turn(WAIT_MS);
      const [it, ...more] = shown(calls());
      expect(more).toEqual([]);
      expect(it?.type).toBe(called === 'upload' ? 'image' : 'interactive');
    } else if (end === 'told' && called === 'create') {
      // Nobody can be told on a platform that does not reach them: the operator is.
      expect(shown(calls())).toEqual([]);
      expect((await sender.store.listUndelivered()).at(-1)?.key).toBe(message.key);
    } else {
      await sender.turn(0);
      const all = shown(calls());
      expect(all).toHaveLength(1);
      const [it] = all;
      if (end === 'told') expect(it).toMatchObject({ to: person, type: 'interactive' });
      if (end === 'told') expect(it?.content).toContain('没能在群内答复');
      if (end === 'card') expect(it).toMatchObject({ to: message.conversation.chatId, type: 'interactive' });
      if (end === 'words' || end === 'masked' || end === 'notice') expect(it?.type).toBe('text');
      if (end === 'words') expect(it?.content).toContain(called === 'upload' ? '现场.jpg' : PHONE);
      if (end === 'masked') expect(it?.content).toContain('县住建局');
      if (end === 'notice') expect(it?.content).toContain('内容审查');
    }
    mend();
    expect(await sender.store.listOutgoing()).toEqual([]);
    // A line that names the code, loud where a person has to do something.
    const lines = sender.log.lines.slice(before).filter((line) => line.includes(`code ${code}`));
    expect(lines.length).toBeGreaterThan(0);
    const isLoud = lines.some((line) => line.startsWith('error'));
    if (['told', 'masked', 'notice'].includes(end)) expect(isLoud).toBe(true);
    // The fake's clock has moved an hour since the last time: said anew for each.
    if ([99991672, 99991403, 230006, 99991401, 234007].includes(code))
      expect(lines.some((line) => line.startsWith('error') && line.includes('remedy'))).toBe(true);
  });

  it('the lock of a card that is being clicked is waited out, never shown as words', async () => {
    const msg = 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; code:230099';
    const { mend, calls } = await send('patch', { code: 230099, msg }, ({ method }) => method === 'patch');
    expect(shown(calls())).toEqual([]);
    mend();
    await sender.turn(1_000);
    expect(shown(calls())).toMatchObject([{ type: 'interactive' }]);
    expect(calls().filter(({ method }) => method === 'create')).toEqual([]);
  });

  it('says to whoever acted that a notice to others did not arrive', async () => {
    const n = ++count;
    const to: Conversation = { platform: 'feishu', chatId: `oc_g${n}`, isDirect: false };
    const mend = fake.refuse(({ body }) => (body['receive_id'] === to.chatId ? { code: 230002 } : null));
    const from = fake.calls.length;
    const message = { key: `u${n}#0`, conversation: to, reply: { card: CARD }, owner: `feishu:ou_p${n}` };
    await sender.store.commit([{ kind: 'outgoing', message, runAt: sender.clock() }]);
    await sender.turn(0);
    await sender.turn(0);
    mend();
    const [it] = shown(fake.calls.slice(from));
    expect(it).toMatchObject({ to: `ou_p${n}`, type: 'text' });
    expect(it?.content).toContain('“路灯维护”');
  });

  it.each(
    KNOWN_CODES.flatMap((code) =>
      (['create', 'reply', 'patch', 'upload'] as const).map((c) => [c, code] as const),
    ),
  )('nothing is lost in silence: %s %i', async (called, code) => {
    const before = sender.log.lines.length;
    const isMeant = ({ method, body }: Call) =>
      METHODS[called].includes(method) && !String(body['receive_id']).startsWith('ou_');
    const { mend, calls } = await send(called, { code, msg: '' }, isMeant, false);
    await sender.turn(0);
    const isWaiting = (await sender.store.listOutgoing()).length > 0;
    expect(shown(calls()).length > 0 || isWaiting).toBe(true);
    mend();
    await sender.turn(WAIT_MS);
    expect(shown(calls())).toHaveLength(1);
    expect(await sender.store.listOutgoing()).toEqual([]);
    expect(sender.log.lines.slice(before).some((line) => line.includes(`code ${code}`))).toBe(true);
  });
});
