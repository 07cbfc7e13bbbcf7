/** An urgent reminder that is not read goes on to the next way, where the platform tells. */
import { describe, expect, it } from 'vitest';
import { fromLocal } from '../../src/calendar/local.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder } from '../helpers/adapter.js';
import { useAssistant } from '../helpers/assistant.js';
import { createClock } from '../helpers/clock.js';
import { makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { advanceBy } from '../helpers/stage.js';
import { createSampleBot, replyToText } from '../helpers/talk.js';

const HOUR_MS = 3_600_000;
const assistant = useAssistant();

async function start(isRead: NonNullable<Adapter['isRead']> | null) {
  const clock = createClock(fromLocal('2026-06-03', 10 * 60));
  const store = await openLowdbStore(makeFolder());
  const adapter = createRecorder(isRead ? { isRead } : {});
  const bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
  let count = 0;
  return {
    store,
    /** Who got what since the last look. */
    seen: () =>
      adapter.delivered
        .splice(0)
        .map(({ conversation, reply }) => [conversation.chatId, replyToText(reply)] as const),
    advance: (ms: number) => advanceBy(bot, clock, ms),
    async say(name: string, text: string) {
      const conversation = { platform: 'console' as const, chatId: name, isDirect: true };
      const user = { platform: 'console' as const, id: name, name };
      await bot.accept(
        makeMessage({
          id: `console:${++count}`,
          conversation,
          user,
          at: clock(),
          messageId: `u${count}`,
          text,
        }),
      );
      await bot.idle();
    },
  };
}

describe('an urgent reminder to one person', () => {
  it('that is unread after two hours goes to a colleague, once, and the hop is recorded', async () => {
    const asked: string[] = [];
    const { store, say, seen, advance } = await start((messageId) => {
      asked.push(messageId);
      return Promise.resolve(asked.length > 1);
    });
    await say('袁乙', '下午三点紧急提醒张三防汛值班签到');
    seen();
    await advance(5 * HOUR_MS);
    expect(seen()).toMatchObject([['张三', expect.stringContaining('防汛值班签到')]]);
    await advance(HOUR_MS);
    expect(seen()).toEqual([]);
    await advance(HOUR_MS);
    const [deputy, ...others] = seen();
    expect(others).toEqual([]);
    expect(deputy?.[0]).not.toBe('张三');
    expect(deputy?.[1]).toContain('请转告张三');
    await advance(24 * HOUR_MS);
    expect(seen()).toEqual([]);
    expect(asked).toHaveLength(2);
    const [occurrence] = await store.findOccurrences({ recipient: 'console:张三' });
    expect(occurrence?.status).toBe('sent');
    expect(occurrence?.hops).toMatchObject([
      { to: expect.stringContaining('console:d:'), outcome: 'sent', reason: '两小时未读' },
      { outcome: 'sent' },
    ]);
    await store.close();
  });

  it.each([
    ['is read', () => Promise.resolve(true)],
    ['the platform refuses to tell of', () => Promise.reject(new BotError('REJECTED', 'no right to ask'))],
    ['is on a platform that never tells', null],
  ])('that %s stays with the person', async (_, isRead) => {
    const { store, say, seen, advance } = await start(isRead);
    await say('袁乙', '下午三点紧急提醒张三防汛值班签到');
    await advance(30 * HOUR_MS);
    expect(new Set(seen().map(([who]) => who))).toEqual(new Set(['袁乙', '张三']));
    await store.close();
  });

  it('that was answered is not asked about', async () => {
    const asked: string[] = [];
    const { store, say, seen, advance } = await start((messageId) => {
      asked.push(messageId);
      return Promise.resolve(false);
    });
    await say('袁乙', '下午三点紧急提醒张三防汛值班签到');
    await advance(5 * HOUR_MS);
    await say('张三', '收到提醒');
    await advance(30 * HOUR_MS);
    expect(asked).toEqual([]);
    expect(new Set(seen().map(([who]) => who))).toEqual(new Set(['袁乙', '张三']));
    await store.close();
  });

  it('is asked about again when the platform is away, and within working hours only', async () => {
    const askedAt: number[] = [];
    const { store, say, seen, advance } = await start(() => {
      askedAt.push(1);
      return askedAt.length === 1
        ? Promise.reject(new BotError('UNAVAILABLE', 'away'))
        : Promise.resolve(false);
    });
    await say('袁乙', '晚上九点紧急提醒张三防汛值班签到');
    await advance(11 * HOUR_MS);
    seen();
    // 23:00 is no working time: 08:30 of the next day is.
    await advance(11 * HOUR_MS);
    expect(askedAt).toEqual([]);
    await advance(HOUR_MS);
    expect(askedAt).toHaveLength(2);
    expect(seen().some(([, text]) => text.includes('请转告张三'))).toBe(true);
    await store.close();
  });

  it('to oneself stays one’s own, and an ordinary one is never asked about', async () => {
    const asked: string[] = [];
    const { store, say, seen, advance } = await start((messageId) => {
      asked.push(messageId);
      return Promise.resolve(false);
    });
    await say('张三', '下午三点提醒我防汛值班签到');
    await say('袁乙', '下午三点提醒张三交报表');
    await advance(30 * HOUR_MS);
    expect(asked).toEqual([]);
    expect(new Set(seen().map(([who]) => who))).toEqual(new Set(['袁乙', '张三']));
    await store.close();
  });
});
