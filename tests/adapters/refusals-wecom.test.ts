/** Every refusal of WeCom that is known, on every call: what each person is told in the end, and what the operator reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWecomAdapter } from '../../src/adapters/wecom/index.js';
import { actionOf, KNOWN_CODES } from '../../src/adapters/wecom/refusals.js';
import type { Outgoing } from '../../src/core/store.js';
import * as wecom from '../helpers/fake-wecom.js';
import { startSender, type Sender } from '../helpers/sender.js';
import { readCall } from '../helpers/wire-wecom.js';

/**
 * The oracle, from 全局错误码 and what people met, not from the table. words: without its card or file · card: all of it ·
 * later: once it is mended · told: whoever waits is told directly.
 */
type End = 'words' | 'card' | 'later' | 'told';
const CASES: [wecom.What, number, End][] = [
  ...[42031, 42033, 42038, 45002, 40058].map((code): [wecom.What, number, End] => ['card', code, 'words']),
  ...[40004, 40006, 40007, 40009].map((code): [wecom.What, number, End] => ['media', code, 'words']),
  ...(['words', 'card', 'media'] as const).flatMap((what): [wecom.What, number, End][] => [
    ...[93000, 93006, 93008, 60011, 81013].map((code): [wecom.What, number, End] => [what, code, 'told']),
    ...[45009, 48002, 60020, -1, 6000, 853000].map((code): [wecom.What, number, End] => [
      what,
      code,
      'later',
    ]),
  ]),
];

const CARD = {
  title: '路灯维护',
  blocks: [{ kind: 'field' as const, label: '单位', text: '县住建局负责' }],
  buttons: [{ id: 'row.show', label: '查看' }],
};
/** Too long for a card: its words go before the buttons. */
const LONG = { ...CARD, blocks: [{ kind: 'text' as const, text: '县住建局负责。'.repeat(60) }] };
const HOUR_MS = 3_600_000;

let fake: wecom.FakeWecom;
let sender: Sender;
let count = 0;

beforeAll(async () => {
  fake = await wecom.startFakeWecom();
  sender = await startSender((parts) =>
    createWecomAdapter({
      botId: wecom.BOT_ID,
      secret: wecom.SECRET,
      wsUrl: fake.wsUrl,
      wait: () => Promise.resolve(),
      ...parts,
    }),
  );
  fake.open(wecom.EVERYBODY);
});
afterAll(async () => {
  await sender.close();
  await fake.close();
});

const replyOf = (what: wecom.What): Outgoing['reply'] => {
  const attachment = {
    platform: 'feishu',
    kind: 'file',
    id: 'f',
    name: '台账.xlsx',
    content: '012345678',
  } as const;
  if (what === 'media' || what === 'upload') return { attachment, text: '' };
  return what === 'card' ? { card: CARD } : { card: LONG };
};

/** One message to one fresh group, whose calls meet the code until it is mended. */
async function send(what: wecom.What, code: number) {
  const n = ++count;
  const [group, person] = [`wr${n}`, `p${n}`];
  const message: Outgoing = {
    ...{ key: `u${n}#0`, reply: replyOf(what), owner: `wecom:${person}` },
    conversation: { platform: 'wecom', chatId: group, isDirect: false },
  };
  const before = sender.log.lines.length;
  const mend = fake.refuse((it, chat) =>
    it === what && (chat === group || it === 'upload') ? { code, msg: `words of ${code}` } : null,
  );
  sender.clock.advance(2_000);
  await sender.store.commit([{ kind: 'outgoing', message, runAt: sender.clock() }]);
  await sender.turn(0);
  await sender.turn(0);
  const seen = () =>
    fake
      .shown()
      .filter(({ chat }) => chat === group || chat === person)
      .map((call) => ({ chat: call.chat, ...readCall(call) }));
  return { mend, seen, group, person, lines: () => sender.log.lines.slice(before) };
}

describe('every refusal of WeCom that is known', () => {
  it.each(CASES)('%s %i ends in: %s', async (what, code, end) => {
    const { mend, seen, group, person, lines } = await send(what, code);
    if (end === 'later') {
      expect(seen().filter(({ buttons, file }) => what !== 'words' || buttons.length > 0 || file)).toEqual(
        [],
      );
      expect(await sender.store.listOutgoing()).toHaveLength(1);
      mend();
      await sender.turn(HOUR_MS);
    }
    mend();
    expect(await sender.store.listOutgoing()).toEqual([]);
    const all = seen();
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map(({ chat }) => chat))).toEqual(new Set([end === 'told' ? person : group]));
    const text = all.map((it) => it.text).join('\n');
    if (end === 'told') expect(text).toContain('没有送达');
    else expect(text).toContain(what === 'media' ? '台账.xlsx' : '路灯维护');
    if (end === 'words') expect(all.every(({ buttons, file }) => buttons.length === 0 && !file)).toBe(true);
    if (end === 'later' && what === 'media') expect(all.some(({ file }) => file)).toBe(true);
    const named = lines().filter((line) => line.includes(String(code)));
    expect(named.length).toBeGreaterThan(0);
    if (end === 'told' || [48002, 60020, 853000].includes(code))
      expect(named.some((line) => line.startsWith('error'))).toBe(true);
  });

  it.each(
    KNOWN_CODES.filter((code) => actionOf(code) !== 'reconnect').flatMap((code) =>
      (['words', 'card', 'media', 'upload'] as const).map((what) => [what, code] as const),
    ),
  )('nothing is lost in silence: %s %i', async (what, code) => {
    const { mend, seen, lines } = await send(what, code);
    const isWaiting = (await sender.store.listOutgoing()).length > 0;
    expect(seen().length > 0 || isWaiting).toBe(true);
    mend();
    await sender.turn(HOUR_MS);
    expect(seen().length).toBeGreaterThan(0);
    expect(await sender.store.listOutgoing()).toEqual([]);
    expect(lines().some((line) => line.includes(String(code)))).toBe(true);
  });
});
