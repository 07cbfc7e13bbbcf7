/** Live cards, pace and attachments in the outbox. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBot, type Bot, type BotDeps } from '../../src/core/bot.js';
import { send } from '../../src/core/effects.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import type { Effect } from '../../src/core/types.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder, type Recorder } from '../helpers/adapter.js';
import { createClock, type MovableClock } from '../helpers/clock.js';
import { createLogRecorder, makeContext, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { replyToText } from '../helpers/talk.js';
import type { Reply } from '../../src/core/chat.js';
import type { Store } from '../../src/core/store.js';

const GROUP = { platform: 'console', chatId: 'g', isDirect: false } as const;
const card = (title: string) => ({ card: { title, blocks: [], buttons: [] } });

let store: Store;
let clock: MovableClock;
let log: ReturnType<typeof createLogRecorder>;
let adapter: Recorder;
let count = 0;

beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  clock = createClock();
  log = createLogRecorder();
  adapter = createRecorder();
});
afterEach(() => store.close());

function makeBot(
  adapters: Adapter[] = [adapter],
  draw?: BotDeps['draw'],
): {
  bot: Bot;
  run: (...effects: Effect[]) => Promise<void>;
} {
  let id = 0;
  let now: Effect[] = [];
  const bot = createBot({
    store,
    adapters,
    match: () => Promise.resolve({ match: makeContext().match, text: '', raw: '' }),
    handlers: { ask_responsibility: () => now },
    timers: {},
    middleware: [],
    personOf: () => null,
    editionId: () => 'edition1',
    clock,
    ids: () => `lease-${id++}`,
    log,
    draw,
  });
  return {
    bot,
    async run(...effects) {
      now = effects;
      await bot.accept(makeMessage({ id: `console:u${count++}` }));
      await bot.idle();
    },
  };
}

describe('the live card of a slot', () => {
  it('is replaced where it was shown', async () => {
    const { run } = makeBot();
    await run(send(GROUP, card('一'), 's'));
    await run(send(GROUP, card('二'), 's'), send(GROUP, card('别'), 't'));
    expect(adapter.delivered.map((m) => [replyToText(m.reply), m.editMessageId])).toEqual([
      ['【一】', undefined],
      ['【二】', 'm1'],
      ['【别】', undefined],
    ]);
    expect(await store.getCard('s')).toMatchObject({ messageId: 'm1' });
  });

  it('is sent anew when the platform no longer replaces it, and goes on from there', async () => {
    const { run } = makeBot([(adapter = createRecorder({ editWindowMs: 1_000 }))]);
    await run(send(GROUP, card('一'), 's'));
    clock.advance(999);
    await run(send(GROUP, card('二'), 's'));
    clock.advance(1);
    await run(send(GROUP, card('三'), 's'));
    expect(adapter.delivered.map((m) => m.editMessageId)).toEqual([undefined, 'm1', undefined]);
    await run(send(GROUP, card('四'), 's'));
    expect(adapter.delivered.at(-1)?.editMessageId).toBe('m3');
  });

  it('of another chat is not touched', async () => {
    const { run } = makeBot();
    await run(send(GROUP, card('一'), 's'));
    await run(send({ ...GROUP, chatId: 'h' }, card('二'), 's'));
    expect(adapter.delivered.at(-1)?.editMessageId).toBeUndefined();
  });

  it('survives a restart', async () => {
    const folder = makeFolder();
    await store.close();
    store = await openLowdbStore(folder);
    await makeBot().run(send(GROUP, card('一'), 's'));
    await store.close();
    store = await openLowdbStore(folder);
    await makeBot().run(send(GROUP, card('二'), 's'));
    expect(adapter.delivered.at(-1)?.editMessageId).toBe('m1');
  });
});

describe('the pace of a platform', () => {
  it('holds messages of one chat back, in order, while others go', async () => {
    const pace = { direct: { burst: 2, everyMs: 1_000 }, group: { burst: 2, everyMs: 1_000 } };
    const { bot, run } = makeBot([(adapter = createRecorder({ pace }))]);
    const texts = ['一', '二', '三', '四'].map((text) => send(GROUP, { text }));
    await run(...texts, send({ ...GROUP, chatId: 'h' }, { text: '别' }));
    const shown = () =>
      adapter.delivered.filter((m) => m.conversation.chatId === 'g').map((m) => replyToText(m.reply));
    expect(shown()).toEqual(['一', '二']);
    expect(adapter.delivered).toHaveLength(3);
    for (const expected of [3, 4]) {
      clock.advance(1_000);
      await bot.runDue();
      await bot.idle();
      expect(shown()).toHaveLength(expected);
    }
    expect(shown()).toEqual(['一', '二', '三', '四']);
  });
});

describe('an attachment', () => {
  const photo = { platform: 'telegram', kind: 'photo', id: 'f1' } as const;
  const effect = send(GROUP, { attachment: photo, text: '现场' });
  const source = (download: Adapter['download']) => createRecorder({ name: 'telegram', download });

  it('is fetched where it came from and handed to the other platform', async () => {
    const contents: (Uint8Array | undefined)[] = [];
    adapter = createRecorder({
      deliver: (_, content) => (contents.push(content), Promise.resolve({ messageId: 'm' })),
    });
    const bytes = Uint8Array.of(1, 2, 3);
    await makeBot([adapter, source(() => Promise.resolve(bytes))]).run(effect);
    expect(contents).toEqual([bytes]);
  });

  it('of charts is drawn when it leaves, and said in words where it cannot be', async () => {
    const charts = [{ title: '领域', kind: 'rows' as const, categories: [], series: [] }];
    const reply = {
      attachment: { ...photo, content: JSON.stringify(charts), encoding: 'charts' },
      text: '统计',
    };
    const contents: (Uint8Array | undefined)[] = [];
    adapter = createRecorder({
      deliver: (message, content) => {
        adapter.delivered.push(message);
        contents.push(content);
        return Promise.resolve({ messageId: 'm' });
      },
    });
    let fails = false;
    const draw = (asked: readonly { title: string }[]) =>
      fails ? Promise.reject(new Error('no font')) : Promise.resolve(Buffer.from(asked[0]?.title ?? ''));
    const { run } = makeBot([adapter], draw);
    await run(send(GROUP, reply as Reply));
    fails = true;
    await run(send(GROUP, reply as Reply));
    expect(contents.map((it) => it && Buffer.from(it).toString())).toEqual(['领域', undefined]);
    expect(adapter.delivered[1]?.reply).toEqual({
      text: '(统计图未能生成,请发送“统计”查看数字)\n统计',
    });
  });

  it('that is gone is said, with its caption', async () => {
    const gone = () => Promise.reject(new BotError('TARGET_GONE', 'file is gone'));
    await makeBot([adapter, source(gone)]).run(effect);
    const text = replyToText(adapter.delivered[0]?.reply ?? { text: '' });
    expect(text).toContain('附件未能转发');
    expect(text).toContain('现场');
  });

  it('that cannot be fetched now is tried again, and never counts as sent', async () => {
    let failures = 2;
    const flaky = () =>
      failures-- > 0
        ? Promise.reject(new BotError('UNCERTAIN', 'no answer'))
        : Promise.resolve(Uint8Array.of(7));
    const { bot, run } = makeBot([adapter, source(flaky)]);
    await run(effect);
    expect(adapter.delivered).toEqual([]);
    for (let i = 0; i < 2; i++) {
      clock.advance(60_000);
      await bot.runDue();
      await bot.idle();
    }
    expect(adapter.delivered).toHaveLength(1);
    expect(await store.listUndelivered()).toEqual([]);
  });

  it('of a platform that does not run any more is said', async () => {
    await makeBot().run(effect);
    expect(replyToText(adapter.delivered[0]?.reply ?? { text: '' })).toContain('来源平台已停用');
  });
});
