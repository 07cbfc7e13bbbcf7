/** A message that may not have arrived is mentioned in the next thing said in its chat; a full outbox takes no more. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBot } from '../../src/core/bot.js';
import { replyCard, replyText } from '../../src/core/effects.js';
import { BotError } from '../../src/core/errors.js';
import type { Handler } from '../../src/core/types.js';
import { OUTBOX_MAX } from '../../src/store/keep.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder } from '../helpers/adapter.js';
import { outgoing } from '../helpers/changes.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { replyToText } from '../helpers/talk.js';
import type { Store } from '../../src/core/store.js';

let store: Store;
let clock: MovableClock;
let failures: Error[];
beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  failures = [];
});
afterEach(() => store.close());

const inner = createRecorder();
const adapter = createRecorder({
  deliver(message) {
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : inner.deliver(message);
  },
});
const lost = () => new BotError('UNCERTAIN', 'HTTP 502');

async function say(handler: Handler, id: string, chatId = 'a'): Promise<string[]> {
  let lease = 0;
  const bot = createBot({
    ...{ store, clock, adapters: [adapter], timers: {}, middleware: [], personOf: () => null },
    match: () => Promise.resolve({ match: makeContext().match, text: '', raw: '' }),
    handlers: { ask_responsibility: handler },
    editionId: () => 'e',
    ids: () => `${id}/${lease++}`,
    log: createLogRecorder(),
  });
  const before = inner.delivered.length;
  await bot.accept(makeMessage({ id, conversation: { platform: 'console', chatId, isDirect: true } }));
  await bot.idle();
  return inner.delivered.slice(before).map(({ reply }) => replyToText(reply));
}

const DOUBT = /此前有一条消息可能没有送达/;

describe('a send of unknown outcome', () => {
  it.each([
    ['text', () => [replyText('好')]],
    ['card', () => [replyCard({ title: '好', blocks: [], buttons: [] })]],
  ] as const)('is mentioned once by the next %s in that chat, and in no other', async (_, next) => {
    failures = [lost()];
    expect(await say(() => [replyText('没了')], 'u1')).toEqual([]);
    expect((await say(next, 'u2', 'b'))[0]).not.toMatch(DOUBT);
    expect((await say(next, 'u3'))[0]).toMatch(DOUBT);
    expect((await say(next, 'u4'))[0]).not.toMatch(DOUBT);
  });

  it('is mentioned again when the one that would have said so is lost as well', async () => {
    failures = [lost(), lost()];
    await say(() => [replyText('一')], 'u1');
    await say(() => [replyText('二')], 'u2');
    expect((await say(() => [replyText('三')], 'u3'))[0]).toMatch(DOUBT);
  });
});

describe('an outbox that is full', () => {
  it('takes no more for that chat, and says so to the operator and to the occurrence', async () => {
    await store.commit(Array.from({ length: OUTBOX_MAX }, (_, i) => outgoing(`c#${i}`)));
    const more = outgoing('c#more');
    if (more.kind === 'outgoing') more.message.occurrence = 'TX-1@1/0';
    await store.commit([more, outgoing('other#0')]);
    expect(await store.listOutgoing()).toHaveLength(OUTBOX_MAX + 1);
    expect(await store.listUndelivered()).toMatchObject([{ key: 'c#more', outcome: 'failed' }]);
    expect(await store.getTimer('delivered:c#more')).toMatchObject({
      payload: { occurrence: 'TX-1@1/0', outcome: 'failed' },
    });
  });
});

describe('a text that no platform takes', () => {
  it('leaves without half characters and NUL', async () => {
    const said = await say(() => [replyText('半\ud83d 零\u0000 整😀')], 'u1');
    expect(said).toEqual(['半\ufffd 零 整😀']);
    const card = { title: '题\udc00', blocks: [], buttons: [{ id: 'a', label: '好\u0000' }] };
    expect((await say(() => [replyCard(card)], 'u2'))[0]).toMatch(/题\ufffd.*\n.*好$/);
  });
});
