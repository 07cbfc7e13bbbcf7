import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBot, type Bot } from '../../src/core/bot.js';
import { replyText } from '../../src/core/effects.js';
import { BotError } from '../../src/core/errors.js';
import { LEASE_MS } from '../../src/core/leases.js';
import type { Adapter } from '../../src/core/ports.js';
import { digestOf } from '../../src/files/digest.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { claimOf } from '../helpers/changes.js';
import { createRecorder } from '../helpers/adapter.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import type { Outgoing, RecordEntry, Store } from '../../src/core/store.js';

let store: Store;
let clock: MovableClock;
let log: ReturnType<typeof createLogRecorder>;
/** What becomes of the next tries, one each; then they succeed. */
let failures: Error[];
let tried: Outgoing[];
/** Keys stored as messages at the moment of each try. */
let storedThen: string[][];

beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  log = createLogRecorder();
  failures = [];
  tried = [];
  storedThen = [];
});
afterEach(() => store.close());

const adapter: Adapter = createRecorder({
  async deliver(message) {
    tried.push(message);
    storedThen.push(await waiting());
    const failure = failures.shift();
    if (failure) throw failure;
    return { messageId: `m${tried.length}` };
  },
});

function makeBot(count = 1, by: Adapter = adapter): Bot {
  let id = 0;
  return createBot({
    store,
    adapters: [by],
    digest: digestOf,
    match: () => Promise.resolve({ match: makeContext().match, text: '', raw: '' }),
    handlers: {
      ask_responsibility: () => Array.from({ length: count }, (_, i) => replyText(`part ${i}`)),
    },
    timers: {},
    middleware: [],
    personOf: () => null,
    editionId: () => '',
    clock,
    ids: () => `lease-${id++}`,
    log,
  });
}

const waiting = async () => (await store.listOutgoing()).map(({ message }) => message.key);
const keys = () => tried.map((message) => message.key);

async function handled(bot: Bot, id = 'u1'): Promise<void> {
  await bot.accept(makeMessage({ id }));
  await bot.idle();
}

async function dueAfter(bot: Bot, ms: number): Promise<void> {
  clock.advance(ms);
  await bot.runDue();
  await bot.idle();
}

describe('delivery', () => {
  it('stores a message before it is delivered and removes it after', async () => {
    await handled(makeBot());
    expect(storedThen).toEqual([['u1#0']]);
    expect(await waiting()).toEqual([]);
  });

  it('leaves the hash of what was said in the record, as it left', async () => {
    const entries: RecordEntry['data'][] = [];
    const commit = store.commit.bind(store);
    vi.spyOn(store, 'commit').mockImplementation((changes, claim) => {
      entries.push(...changes.flatMap((it) => (it.kind === 'record' ? [it.entry.data] : [])));
      return commit(changes, claim);
    });
    failures = [new BotError('TARGET_GONE', 'left')];
    await handled(makeBot(2));
    const sent = entries.filter((data) => 'outcome' in data);
    expect(sent).toHaveLength(2);
    expect(sent[0]).not.toHaveProperty('saidHash');
    expect(sent[1]).toMatchObject({ outcome: 'sent', saidHash: digestOf(tried[1]?.reply) });
    expect(digestOf(tried[1]?.reply)).not.toBe(digestOf(tried[0]?.reply));
  });

  it('delivers several replies in order, each with its own key', async () => {
    await handled(makeBot(3));
    expect(keys()).toEqual(['u1#0', 'u1#1', 'u1#2']);
  });

  it('keeps a retryable failure and sends it again with the same key after the wait', async () => {
    failures = [new BotError('UNAVAILABLE', 'no network')];
    const bot = makeBot();
    await handled(bot);
    expect(await waiting()).toEqual(['u1#0']);
    await dueAfter(bot, 999);
    expect(keys()).toEqual(['u1#0']);
    await dueAfter(bot, 1);
    expect(keys()).toEqual(['u1#0', 'u1#0']);
    expect(await waiting()).toEqual([]);
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('waits as long as the platform asks', async () => {
    failures = [new BotError('RATE_LIMITED', 'slow down', { retryAfterMs: 45_000 })];
    const bot = makeBot();
    await handled(bot);
    await dueAfter(bot, 44_999);
    expect(tried).toHaveLength(1);
    // And up to a second more, by the message: all do not return at one instant.
    await dueAfter(bot, 1_001);
    expect(tried).toHaveLength(2);
  });

  it.each(['REJECTED', 'TARGET_GONE'] as const)('gives up %s at once and logs it', async (code) => {
    failures = [new BotError(code, 'no')];
    const bot = makeBot();
    await handled(bot);
    expect(await waiting()).toEqual([]);
    expect(log.lines.filter((line) => /error .*delivery failed.*u1#0/.test(line))).toHaveLength(1);
    await dueAfter(bot, 3_600_000);
    expect(tried).toHaveLength(1);
  });

  it('waits longer each time and gives up in the end, with a line in the log', async () => {
    failures = Array.from({ length: 1_000 }, () => new BotError('UNAVAILABLE', 'down'));
    const bot = makeBot();
    await handled(bot);
    const waits: number[] = [];
    for (let last = clock(); (await waiting()).length > 0; last = clock()) {
      const [waiting] = await store.listOutgoing();
      waits.push((waiting?.runAt ?? 0) - last);
      await dueAfter(bot, (waiting?.runAt ?? 0) - last);
    }
    expect(waits.length).toBeGreaterThan(2);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(tried).toHaveLength(waits.length + 1);
    expect(log.lines.at(-1)).toMatch(/error .*delivery failed/);
    expect(await store.listUndelivered()).toMatchObject([{ key: 'u1#0', outcome: 'failed', reason: 'down' }]);
  });

  it('sends after a restart what was not delivered before it', async () => {
    failures = [new BotError('UNAVAILABLE', 'no network')];
    await handled(makeBot());
    await dueAfter(makeBot(), 1_000);
    expect(keys()).toEqual(['u1#0', 'u1#0']);
    expect(await waiting()).toEqual([]);
  });

  it('reports a send of unknown outcome as uncertain and does not repeat it blindly', async () => {
    failures = [new BotError('UNCERTAIN', 'no answer')];
    const bot = makeBot();
    await handled(bot);
    await dueAfter(bot, 3_600_000);
    expect(tried).toHaveLength(1);
    expect(await store.listUndelivered()).toMatchObject([{ key: 'u1#0', outcome: 'uncertain' }]);
    expect(log.lines.filter((line) => /error .*delivery uncertain.*u1#0/.test(line))).toHaveLength(1);
  });

  it('repeats it with the same key inside the dedupe window of the platform, and reports it after', async () => {
    failures = Array.from({ length: 50 }, () => new BotError('UNCERTAIN', 'no answer'));
    const bot = makeBot(1, { ...adapter, dedupeWindowMs: 60_000 });
    await handled(bot);
    for (let i = 0; i < 20; i++) await dueAfter(bot, 30_000);
    expect(new Set(keys())).toEqual(new Set(['u1#0']));
    expect(tried).toHaveLength(3);
    expect(await store.listUndelivered()).toMatchObject([{ outcome: 'uncertain' }]);
  });

  it('keeps later messages of a chat behind one that waits', async () => {
    failures = [new BotError('RATE_LIMITED', 'slow down', { retryAfterMs: 45_000 })];
    const bot = makeBot();
    await handled(bot, 'u1');
    await handled(bot, 'u2');
    expect(keys()).toEqual(['u1#0']);
    await dueAfter(bot, 46_000);
    expect(keys()).toEqual(['u1#0', 'u1#0', 'u2#0']);
  });

  it('takes a send that a crash cut off for one of unknown outcome', async () => {
    const message = { key: 'k', conversation: makeMessage().conversation, reply: { text: 'x' } };
    await store.commit([{ kind: 'outgoing', message, runAt: clock() }]);
    await store.claimDueMessages(claimOf('dead', clock(), 1_000), 1);
    await dueAfter(makeBot(), 1_000);
    expect(tried).toEqual([]);
    expect(await store.listUndelivered()).toMatchObject([{ key: 'k', outcome: 'uncertain' }]);
  });

  /** Sends end when they are let go. */
  function makeSlow() {
    let letGo: () => void = () => undefined;
    const gate = new Promise<{ messageId: null }>((resolve) => (letGo = () => resolve({ messageId: null })));
    const begun: string[] = [];
    const deliver = (message: Outgoing) => {
      begun.push(message.key);
      return gate;
    };
    return { begun, letGo, slow: { ...adapter, deliver } };
  }

  it('never tries a message twice at a time', async () => {
    const { begun, letGo, slow } = makeSlow();
    const bot = makeBot(1, slow);
    await bot.accept(makeMessage());
    const due = [bot.runDue(), bot.runDue()];
    letGo();
    await Promise.all(due);
    await bot.idle();
    await bot.runDue();
    expect(begun).toHaveLength(1);
  });

  it('holds a message for as long as its send takes, while the process lives', async () => {
    const { begun, letGo, slow } = makeSlow();
    const bot = makeBot(1, slow);
    await bot.accept(makeMessage());
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    const due: Promise<void>[] = [];
    for (let i = 0; i < 40; i++) {
      clock.advance(5_000);
      due.push(bot.runDue());
      await store.listOutgoing();
    }
    expect(begun).toHaveLength(1);
    letGo();
    await Promise.all(due);
    expect(await waiting()).toEqual([]);
    expect(await store.listUndelivered()).toEqual([]);
  });

  it('is soon sent by another process when the first one is dead', async () => {
    const { begun, slow } = makeSlow();
    await makeBot(1, { ...slow, dedupeWindowMs: 60_000 }).accept(makeMessage());
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    const other = makeBot(1, { ...adapter, dedupeWindowMs: 60_000 });
    await dueAfter(other, LEASE_MS - 1);
    expect(tried).toEqual([]);
    for (const wait of [1, 1_000]) await dueAfter(other, wait);
    expect(tried).toHaveLength(1);
  });

  it('does not fail the update when a delivery fails', async () => {
    failures = [new Error('a bug in the adapter')];
    await expect(handled(makeBot())).resolves.toBeUndefined();
    expect(log.lines.join()).toContain('a bug in the adapter');
  });
});
