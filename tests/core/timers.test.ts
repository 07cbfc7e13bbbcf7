/** Due timers on the one path: carried out once, retried for ever, rescheduled in the commit of their effects. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBot, type Bot } from '../../src/core/bot.js';
import { replyText, send } from '../../src/core/effects.js';
import type { TimerHandler } from '../../src/core/types.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder, type Recorder } from '../helpers/adapter.js';
import { createClock, START, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { replyToText } from '../helpers/talk.js';
import type { Store, Timer } from '../../src/core/store.js';

const CHAT = { platform: 'console', chatId: 'c', isDirect: true } as const;

let store: Store;
let clock: MovableClock;
let log: ReturnType<typeof createLogRecorder>;
let adapter: Recorder;

beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  log = createLogRecorder();
  adapter = createRecorder();
});
afterEach(() => store.close());

function makeBot(handler: TimerHandler): Bot {
  let id = 0;
  return createBot({
    store,
    adapters: [adapter],
    match: () => Promise.resolve(null),
    handlers: {},
    timers: { remind: handler },
    middleware: [],
    personOf: () => null,
    editionId: () => 'edition1',
    clock,
    ids: () => `lease-${id++}`,
    log,
  });
}

const timer = (key: string, runAt: number): Timer => ({ key, runAt, kind: 'remind', payload: { text: key } });
const schedule = (...timers: Timer[]) => store.commit(timers.map((t) => ({ kind: 'schedule', timer: t })));
const say: TimerHandler = ({ update }) => [send(CHAT, { text: String(update.timer.payload['text']) })];
const texts = () => adapter.delivered.map((message) => replyToText(message.reply));

async function due(bot: Bot, ms = 0): Promise<void> {
  clock.advance(ms);
  await bot.runDue();
  await bot.idle();
}

describe('a due timer', () => {
  it('waits for its time, then is carried out once', async () => {
    const bot = makeBot(say);
    await schedule(timer('a', START + 1_000));
    await due(bot, 999);
    expect(texts()).toEqual([]);
    await due(bot, 1);
    await due(bot, 60_000);
    expect(texts()).toEqual(['a']);
    expect(await store.getTimer('a')).toBeNull();
  });

  it('is carried out once however many look for it at the same time', async () => {
    const bots = [makeBot(say), makeBot(say), makeBot(say)];
    await schedule(...Array.from({ length: 120 }, (_, i) => timer(`t${i}`, START)));
    await Promise.all(bots.map((bot) => due(bot)));
    expect(texts().sort()).toEqual(Array.from({ length: 120 }, (_, i) => `t${i}`).sort());
  });

  it('can set itself anew in the commit of its effects', async () => {
    const bot = makeBot((ctx) => [
      ...(say(ctx) as ReturnType<typeof replyText>[]),
      { kind: 'schedule', timer: timer('a', ctx.now + 1_000) },
    ]);
    await schedule(timer('a', START));
    for (let i = 0; i < 3; i++) await due(bot, i === 0 ? 0 : 1_000);
    expect(texts()).toEqual(['a', 'a', 'a']);
    expect((await store.getTimer('a'))?.runAt).toBe(START + 3_000);
  });

  it('whose handler throws is tried again with growing pauses, and is logged', async () => {
    let failures = 3;
    const bot = makeBot((ctx) => {
      if (failures-- > 0) throw new Error('broken handler');
      return say(ctx);
    });
    await schedule(timer('a', START));
    await due(bot);
    await due(bot, 999);
    expect(failures).toBe(2);
    await due(bot, 1);
    await due(bot, 10_000);
    expect(texts()).toEqual([]);
    await due(bot, 60_000);
    expect(texts()).toEqual(['a']);
    expect(log.lines.filter((line) => line.includes('timer failed'))).toHaveLength(3);
  });

  it('of an unknown kind is kept and reported, not dropped', async () => {
    const bot = makeBot(say);
    await schedule({ ...timer('a', START), kind: 'nobody' });
    await due(bot);
    expect(log.lines.join()).toContain('no handler for timers of the kind nobody');
    expect(await store.getTimer('a')).not.toBeNull();
  });

  it('that somebody sets anew while it is carried out goes by the new time only', async () => {
    const bot = makeBot(async (ctx) => {
      await schedule(timer('a', START + 5_000));
      return say(ctx);
    });
    await schedule(timer('a', START));
    await due(bot);
    expect(texts()).toEqual([]);
    expect((await store.getTimer('a'))?.runAt).toBe(START + 5_000);
  });

  it('that is taken away is not carried out', async () => {
    const bot = makeBot(say);
    await schedule(timer('a', START), timer('b', START));
    await store.commit([{ kind: 'cancel', key: 'a' }]);
    await due(bot);
    expect(texts()).toEqual(['b']);
  });

  it('has nobody to reply to: a handler that tries is a mistake that is reported', async () => {
    const bot = makeBot(() => [replyText('an wen?')]);
    await schedule(timer('a', START));
    await due(bot);
    expect(texts()).toEqual([]);
    expect(log.lines.join()).toContain('a timer has nobody');
  });
});
