import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBot, SESSION_TTL_MS, type BotDeps } from '../../src/core/bot.js';
import { note, replyText, setSession } from '../../src/core/effects.js';
import { BotError } from '../../src/core/errors.js';
import { SET_ASIDE } from '../../src/core/inbox.js';
import type { Handler } from '../../src/core/types.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createRecorder } from '../helpers/adapter.js';
import { claimOf } from '../helpers/changes.js';
import { replyToText } from '../helpers/talk.js';
import type { Session } from '../../src/core/session.js';
import type { Store } from '../../src/core/store.js';

let store: Store;
let clock: MovableClock;
let log: ReturnType<typeof createLogRecorder>;
let adapter: ReturnType<typeof createRecorder>;

beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  log = createLogRecorder();
  adapter = createRecorder();
});
afterEach(() => store.close());

const echo: Handler = (ctx) => [replyText(`re: ${ctx.text}`)];

function makeBot(handler: Handler = echo, overrides: Partial<BotDeps> = {}) {
  let id = 0;
  return createBot({
    store,
    adapters: [adapter],
    match: ({ update }) =>
      Promise.resolve({
        match: makeContext().match,
        text: update.kind === 'message' ? update.text : '',
        raw: '',
      }),
    handlers: { ask_responsibility: handler },
    timers: {},
    middleware: [],
    personOf: () => null,
    editionId: () => 'edition1',
    clock,
    ids: () => `lease-${id++}`,
    log,
    ...overrides,
  });
}

const texts = () => adapter.delivered.map((message) => replyToText(message.reply));

function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('claiming', () => {
  it('handles an update once however often it is delivered', async () => {
    let calls = 0;
    const bot = makeBot(() => [replyText(`call ${++calls}`)]);
    for (let i = 0; i < 3; i++) await bot.accept(makeMessage());
    await bot.idle();
    expect(texts()).toEqual(['call 1']);
  });

  it('confirms an update as soon as it is kept, and takes a redelivery meanwhile for the same', async () => {
    const gate = createGate();
    const bot = makeBot(async () => (await gate.opened, [replyText('done')]));
    await bot.accept(makeMessage());
    await bot.accept(makeMessage());
    expect(texts()).toEqual([]);
    gate.open();
    await bot.idle();
    expect(texts()).toEqual(['done']);
  });

  it('does not confirm what cannot be kept', async () => {
    let fails = true;
    const keepUpdate: Store['keepUpdate'] = (...args) =>
      fails ? Promise.reject(new BotError('STORE', 'disk full')) : store.keepUpdate(...args);
    const bot = makeBot(echo, { store: { ...store, keepUpdate } });
    await expect(bot.accept(makeMessage())).rejects.toMatchObject({ code: 'STORE' });
    fails = false;
    await bot.accept(makeMessage({ text: 'again' }));
    await bot.idle();
    expect(texts()).toEqual(['re: again']);
  });

  it('tries an update that failed once more', async () => {
    let failures = 1;
    const bot = makeBot(() => {
      if (failures-- > 0) throw new Error('broken handler');
      return [replyText('recovered')];
    });
    await bot.accept(makeMessage());
    await bot.idle();
    expect(log.lines.join()).toContain('broken handler');
    expect(texts()).toEqual(['recovered']);
    expect(await store.listSetAside()).toEqual([]);
  });

  it('waits for the store when that is the reason, with nothing delivered and nothing kept', async () => {
    let fails = true;
    const commit: Store['commit'] = (changes, claim) =>
      fails && changes.some(({ kind }) => kind === 'updateDone')
        ? Promise.reject(new BotError('STORE', 'disk full'))
        : store.commit(changes, claim);
    const bot = makeBot((ctx) => [replyText('kept'), note('no-row', ctx.text, [])], {
      store: { ...store, commit },
    });
    await bot.accept(makeMessage());
    for (let i = 0; i < 5; i++) {
      clock.advance(1_000);
      await bot.runDue();
      await bot.idle();
    }
    expect(texts()).toEqual([]);
    expect(await store.listNotes()).toEqual([]);
    fails = false;
    clock.advance(1_000);
    await bot.runDue();
    await bot.idle();
    expect(texts()).toEqual(['kept']);
  });

  it('consumes an update that is not for the bot in silence', async () => {
    let matches = 0;
    const bot = makeBot(echo, { match: () => (matches++, Promise.resolve(null)) });
    await bot.accept(makeMessage());
    await bot.accept(makeMessage());
    await bot.idle();
    expect(matches).toBe(1);
    expect(texts()).toEqual([]);
  });

  it('names an intent without a handler', async () => {
    const bot = makeBot(echo, { handlers: {} });
    await bot.accept(makeMessage());
    await bot.idle();
    expect(log.lines.join()).toMatch(/no handler for intent ask_responsibility/);
  });
});

describe('an update that cannot be handled', () => {
  const inChat = (id: string, chatId: string, more: object = {}) =>
    makeMessage({ id, text: id, conversation: { platform: 'console', chatId, isDirect: true }, ...more });
  const broken: Handler = (ctx) => {
    throw new RangeError(`Invalid time value in ${ctx.text}`);
  };

  it.each([
    new RangeError('Invalid time value'),
    new TypeError('x'),
    new BotError('INVALID', '22021'),
    new BotError('TOO_LONG', '2 s'),
  ])('is set aside after two tries, with a word to its sender: %s', async (failure) => {
    let tries = 0;
    const bot = makeBot((ctx) => {
      if (ctx.text !== 'bad') return echo(ctx);
      tries++;
      throw failure;
    });
    await bot.accept(inChat('bad', 'a'));
    await bot.accept(inChat('good', 'a'));
    await bot.idle();
    expect(tries).toBe(2);
    expect(texts()).toEqual([SET_ASIDE, 're: good']);
    expect(await store.listSetAside()).toMatchObject([{ update: { id: 'bad' }, reason: failure.message }]);
    expect(log.lines.filter((line) => line.includes('is set aside'))).toHaveLength(1);
    await bot.accept(inChat('bad', 'a'));
    await bot.idle();
    expect(tries).toBe(2);
  });

  it('says nothing where nobody spoke to the bot', async () => {
    const bot = makeBot(broken);
    await bot.accept(
      inChat('bad', 'g', {
        isAddressed: false,
        conversation: { platform: 'console', chatId: 'g', isDirect: false },
      }),
    );
    await bot.idle();
    expect(texts()).toEqual([]);
    expect(await store.listSetAside()).toHaveLength(1);
  });

  it('is handled again when the operator wants it', async () => {
    let isMended = false;
    const bot = makeBot((ctx) => (isMended ? echo(ctx) : broken(ctx)));
    await bot.accept(inChat('bad', 'a'));
    await bot.idle();
    isMended = true;
    expect(await store.replayUpdate('bad', clock())).toBe(true);
    await bot.runDue();
    await bot.idle();
    expect(texts()).toEqual([SET_ASIDE, 're: bad']);
  });

  it('is set aside without another try when the process ended twice while it was handled', async () => {
    const claim = () => claimOf('dead', clock());
    await store.keepUpdate(inChat('bad', 'a'), { isBound: true, now: clock(), claim: claim() });
    clock.advance(60_000);
    await store.claimDueUpdates(claim(), 9);
    clock.advance(60_000);
    let tries = 0;
    const bot = makeBot((ctx) => (tries++, echo(ctx)));
    await bot.runDue();
    await bot.idle();
    expect(tries).toBe(0);
    expect(texts()).toEqual([SET_ASIDE]);
  });

  it('leaves those alone that were held beside it when the process ended again', async () => {
    const claim = () => claimOf('dead', clock());
    for (const id of ['bad', 'good'])
      await store.keepUpdate(inChat(id, id), { isBound: true, now: clock(), claim: claim() });
    clock.advance(60_000);
    // The next process ends while it handles the first of them.
    const never = makeBot((ctx) => (ctx.text === 'bad' ? new Promise(() => undefined) : echo(ctx)));
    void never.runDue();
    await vi.waitFor(async () => {
      const [free] = await store.claimDueUpdates(claimOf('look', clock() + 1_000, 1), 9);
      expect(free).toMatchObject({ update: { id: 'good' }, crashes: 1 });
    });
    await store.commit([
      { kind: 'updateRetry', id: 'good', lease: 'look', runAt: clock(), hasFailed: false },
    ]);
    clock.advance(60_000);
    const bot = makeBot();
    await bot.runDue();
    await bot.idle();
    expect((await store.listSetAside()).map(({ update }) => update.id)).toEqual(['bad']);
    expect(texts()).toContain('re: good');
  });

  it('that was cut off once is handled one at a time, the others beside it', async () => {
    const claim = () => claimOf('dead', clock());
    for (const id of ['s1', 's2'])
      await store.keepUpdate(inChat(id, id), { isBound: true, now: clock(), claim: claim() });
    clock.advance(60_000);
    const gate = createGate();
    const begun: string[] = [];
    const bot = makeBot(async (ctx) => {
      begun.push(ctx.text);
      if (ctx.text === 's1') await gate.opened;
      return echo(ctx);
    });
    const running = bot.runDue();
    await bot.accept(inChat('free', 'other'));
    await running;
    await vi.waitFor(() => expect(begun.toSorted()).toEqual(['free', 's1']));
    gate.open();
    await bot.idle();
    clock.advance(1_000);
    await bot.runDue();
    await bot.idle();
    expect(begun.toSorted()).toEqual(['free', 's1', 's2']);
  });
});

describe('order', () => {
  const inChat = (id: string, chatId: string) =>
    makeMessage({ id, text: id, conversation: { platform: 'console', chatId, isDirect: true } });

  it('keeps one conversation in order and runs two in parallel', async () => {
    const gate = createGate();
    const started: string[] = [];
    const bot = makeBot(async (ctx) => {
      started.push(ctx.text);
      if (ctx.text === 'a1') await gate.opened;
      return [replyText(ctx.text)];
    });
    for (const [id, chat] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await bot.accept(inChat(id, chat));
    await vi.waitFor(() => expect(texts()).toEqual(['b1']));
    expect(started).toEqual(['a1', 'b1']);
    gate.open();
    await bot.idle();
    expect(started).toEqual(['a1', 'b1', 'a2']);
    expect(texts()).toEqual(['b1', 'a1', 'a2']);
  });

  it('goes on with a conversation after one of its updates failed', async () => {
    const bot = makeBot((ctx) => {
      if (ctx.text === 'a1') throw new Error('broken');
      return [replyText(ctx.text)];
    });
    await bot.accept(inChat('a1', 'a'));
    await bot.accept(inChat('a2', 'a'));
    await bot.idle();
    expect(texts()).toEqual([SET_ASIDE, 'a2']);
  });

  it('tells the two groups of a forum and a direct chat apart', async () => {
    const gate = createGate();
    const bot = makeBot(async (ctx) => (ctx.text === '1' && (await gate.opened), [replyText(ctx.text)]));
    const at = (id: string, more: object) =>
      makeMessage({
        id,
        text: id,
        conversation: { platform: 'console', chatId: 'x', isDirect: false, ...more },
      });
    await bot.accept(at('1', { threadId: 't1' }));
    await bot.accept(at('2', { threadId: 't2' }));
    await bot.accept(at('3', { isDirect: true }));
    await vi.waitFor(() => expect(texts().sort()).toEqual(['2', '3']));
    gate.open();
    await bot.idle();
    expect(texts().sort()).toEqual(['1', '2', '3']);
  });
});

describe('conflicts', () => {
  const conflicting = (times: number): Store => ({
    ...store,
    commit: (changes, claim) =>
      changes.some((c) => c.kind === 'updateDone') && times-- > 0
        ? Promise.reject(new BotError('CONFLICT', 'another commit was first'))
        : store.commit(changes, claim),
  });

  it('runs the handler again on what is stored then, and replies once', async () => {
    let runs = 0;
    const bot = makeBot((ctx) => (runs++, echo(ctx)), { store: conflicting(2) });
    await bot.accept(makeMessage({ text: 'hello' }));
    await bot.idle();
    expect(runs).toBe(3);
    expect(texts()).toEqual(['re: hello']);
  });

  it('sets an update aside whose conflict does not end', async () => {
    const bot = makeBot(echo, { store: conflicting(100) });
    await bot.accept(makeMessage());
    await bot.idle();
    expect(texts()).toEqual([SET_ASIDE]);
  });
});

describe('sessions and notes', () => {
  const session = (updatedAt: number): Session => ({ updatedAt, offered: ['a'], isChoosing: true });

  it('shows the session of this person until it is forgotten', async () => {
    const seen: (Session | null)[] = [];
    const bot = makeBot((ctx) => (seen.push(ctx.session), [setSession(session(ctx.now))]));
    const say = async (id: string, user = '张三') => {
      await bot.accept(makeMessage({ id, user: { platform: 'console', id: user } }));
      await bot.idle();
    };
    await say('1');
    clock.advance(SESSION_TTL_MS);
    await say('2');
    await say('3', '李四');
    clock.advance(SESSION_TTL_MS + 1);
    await say('4');
    expect(seen.map((s) => s !== null)).toEqual([false, true, false, false]);
  });

  it('stamps notes with the time and the edition in force', async () => {
    const bot = makeBot(() => [note('wrong-answer', '路灯 ⇒ 错了', ['r1'])]);
    await bot.accept(makeMessage());
    await bot.idle();
    expect(await store.listNotes()).toEqual([
      { at: clock(), topic: 'wrong-answer', text: '路灯 ⇒ 错了', rows: ['r1'], edition: 'edition1' },
    ]);
  });
});

describe('addressing', () => {
  it('answers the message itself in a group and plainly in a direct chat', async () => {
    const bot = makeBot();
    const conversation = { platform: 'console' as const, chatId: 'g', isDirect: false };
    await bot.accept(makeMessage({ id: 'u1', messageId: 'm1', conversation }));
    await bot.accept(makeMessage({ id: 'u2', messageId: 'm2' }));
    await bot.idle();
    expect(adapter.delivered.map(({ key, replyTo }) => ({ key, replyTo }))).toEqual([
      { key: 'u1#0', replyTo: 'm1' },
      { key: 'u2#0', replyTo: undefined },
    ]);
  });
});
