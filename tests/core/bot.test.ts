import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBot, SESSION_TTL_MS, type BotDeps } from '../../src/core/bot.js';
import { note, replyText, setSession } from '../../src/core/effects.js';
import { BotError } from '../../src/core/errors.js';
import type { Store } from '../../src/core/ports.js';
import type { Handler, Session } from '../../src/core/types.js';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createRecorder } from '../helpers/adapter.js';
import { replyToText } from '../helpers/talk.js';

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
    for (let i = 0; i < 3; i++) await bot.handle(makeMessage());
    await bot.idle();
    expect(texts()).toEqual(['call 1']);
  });

  it('refuses a redelivery while the first is under way, so that the platform comes again', async () => {
    const gate = createGate();
    const bot = makeBot(async () => (await gate.opened, [replyText('done')]));
    const first = bot.handle(makeMessage());
    await expect(bot.handle(makeMessage())).rejects.toMatchObject({ code: 'CONFLICT' });
    gate.open();
    await first;
    await bot.handle(makeMessage());
    await bot.idle();
    expect(texts()).toEqual(['done']);
  });

  it('releases the claim when the handler throws, so that the next delivery is handled', async () => {
    let fails = true;
    const bot = makeBot(() => {
      if (fails) throw new Error('broken handler');
      return [replyText('recovered')];
    });
    await expect(bot.handle(makeMessage())).rejects.toThrow('broken handler');
    expect(log.lines.join()).toContain('broken handler');
    fails = false;
    await bot.handle(makeMessage());
    await bot.idle();
    expect(texts()).toEqual(['recovered']);
  });

  it('releases the claim when the commit fails, with nothing delivered and nothing kept', async () => {
    let fails = true;
    const commit: Store['commit'] = (changes) =>
      fails ? Promise.reject(new BotError('STORE', 'disk full')) : store.commit(changes);
    const bot = makeBot((ctx) => [replyText('kept'), note('no-row', ctx.text, [])], {
      store: { ...store, commit },
    });
    await expect(bot.handle(makeMessage())).rejects.toMatchObject({ code: 'STORE' });
    await bot.idle();
    expect(texts()).toEqual([]);
    expect(await store.listNotes()).toEqual([]);
    fails = false;
    await bot.handle(makeMessage());
    await bot.idle();
    expect(texts()).toEqual(['kept']);
  });

  it('consumes an update that is not for the bot in silence', async () => {
    let matches = 0;
    const bot = makeBot(echo, { match: () => (matches++, Promise.resolve(null)) });
    await bot.handle(makeMessage());
    await bot.handle(makeMessage());
    await bot.idle();
    expect(matches).toBe(1);
    expect(texts()).toEqual([]);
  });

  it('rejects an intent without a handler by its name', async () => {
    await expect(makeBot(echo, { handlers: {} }).handle(makeMessage())).rejects.toThrow(/ask_responsibility/);
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
    const waiting = [bot.handle(inChat('a1', 'a')), bot.handle(inChat('a2', 'a'))];
    await bot.handle(inChat('b1', 'b'));
    expect(started).toEqual(['a1', 'b1']);
    gate.open();
    await Promise.all(waiting);
    await bot.idle();
    expect(started).toEqual(['a1', 'b1', 'a2']);
    expect(texts()).toEqual(['b1', 'a1', 'a2']);
  });

  it('goes on with a conversation after one of its updates failed', async () => {
    const bot = makeBot((ctx) => {
      if (ctx.text === 'a1') throw new Error('broken');
      return [replyText(ctx.text)];
    });
    const results = await Promise.allSettled([bot.handle(inChat('a1', 'a')), bot.handle(inChat('a2', 'a'))]);
    await bot.idle();
    expect(results.map((r) => r.status)).toEqual(['rejected', 'fulfilled']);
    expect(texts()).toEqual(['a2']);
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
    const first = bot.handle(at('1', { threadId: 't1' }));
    await bot.handle(at('2', { threadId: 't2' }));
    await bot.handle(at('3', { isDirect: true }));
    gate.open();
    await first;
    await bot.idle();
    expect(texts().sort()).toEqual(['1', '2', '3']);
  });
});

describe('conflicts', () => {
  const conflicting = (times: number): Store => ({
    ...store,
    commit: (changes) =>
      changes.some((c) => c.kind === 'updateDone') && times-- > 0
        ? Promise.reject(new BotError('CONFLICT', 'another commit was first'))
        : store.commit(changes),
  });

  it('runs the handler again on what is stored then, and replies once', async () => {
    let runs = 0;
    const bot = makeBot((ctx) => (runs++, echo(ctx)), { store: conflicting(2) });
    await bot.handle(makeMessage({ text: 'hello' }));
    await bot.idle();
    expect(runs).toBe(3);
    expect(texts()).toEqual(['re: hello']);
  });

  it('gives up a conflict that does not end and leaves the update to the platform', async () => {
    const bot = makeBot(echo, { store: conflicting(100) });
    await expect(bot.handle(makeMessage())).rejects.toMatchObject({ code: 'CONFLICT' });
    await makeBot().handle(makeMessage());
    expect(await store.claimUpdate('console:1', 'x', clock(), 1)).toBe('done');
  });
});

describe('sessions and notes', () => {
  const session = (updatedAt: number): Session => ({ updatedAt, offered: ['a'], isChoosing: true });

  it('shows the session of this person until it is forgotten', async () => {
    const seen: (Session | null)[] = [];
    const bot = makeBot((ctx) => (seen.push(ctx.session), [setSession(session(ctx.now))]));
    const say = (id: string, user = '张三') =>
      bot.handle(makeMessage({ id, user: { platform: 'console', id: user } }));
    await say('1');
    clock.advance(SESSION_TTL_MS);
    await say('2');
    await say('3', '李四');
    clock.advance(SESSION_TTL_MS + 1);
    await say('4');
    expect(seen.map((s) => s !== null)).toEqual([false, true, false, false]);
  });

  it('stamps notes with the time and the edition in force', async () => {
    await makeBot(() => [note('wrong-answer', '路灯 ⇒ 错了', ['r1'])]).handle(makeMessage());
    expect(await store.listNotes()).toEqual([
      { at: clock(), topic: 'wrong-answer', text: '路灯 ⇒ 错了', rows: ['r1'], edition: 'edition1' },
    ]);
  });
});

describe('addressing', () => {
  it('answers the message itself in a group and plainly in a direct chat', async () => {
    const bot = makeBot();
    const conversation = { platform: 'console' as const, chatId: 'g', isDirect: false };
    await bot.handle(makeMessage({ id: 'u1', messageId: 'm1', conversation }));
    await bot.handle(makeMessage({ id: 'u2', messageId: 'm2' }));
    await bot.idle();
    expect(adapter.delivered.map(({ key, replyTo }) => ({ key, replyTo }))).toEqual([
      { key: 'u1#0', replyTo: 'm1' },
      { key: 'u2#0', replyTo: undefined },
    ]);
  });
});
