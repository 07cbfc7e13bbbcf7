import { describe, expect, it } from 'vitest';
import type { Effect, TimerContext } from '../../src/core/types.js';
import type { DraftProgress, EditionService } from '../../src/editions/editions.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createEditionProgressTimer } from '../../src/timers/edition-progress.js';

const NOW = 1_000_000;

/** What the timer does while the draft `isPending`, with a message of it shown already or not. */
async function look(progress: DraftProgress | null, isPending = true, isShown = false): Promise<Effect[]> {
  const editions = { progressOf: () => progress } as unknown as EditionService;
  const handler = createEditionProgressTimer({ editions } as HandlerDeps);
  const timer = {
    key: 'edition-progress:u1',
    runAt: NOW,
    kind: 'edition-progress',
    payload: { file: 'f1', of: 'edition:u1', to: { platform: 'console', chatId: 'c', isDirect: true } },
  };
  return handler({
    update: { kind: 'timer', id: 't', at: NOW, timer },
    now: NOW,
    read: {
      getTimer: () => Promise.resolve(isPending ? timer : null),
      getCard: () => Promise.resolve(isShown ? {} : null),
    },
  } as unknown as TimerContext);
}

const textsOf = (effects: Effect[]): string[] =>
  effects.flatMap((it) => (it.kind === 'send' && 'card' in it.reply ? JSON.stringify(it.reply.card) : []));
const isSetAgain = (effects: Effect[]): boolean =>
  effects.some((it) => it.kind === 'schedule' && it.timer.runAt > NOW);

describe('while a draft is made', () => {
  it('says how far it is and about how long it takes yet, in one message', async () => {
    const effects = await look({ what: '计算语义', done: 170, total: 680, begunAt: NOW - 10_000 });
    expect(textsOf(effects).join()).toContain('计算语义 170/680,大约还需 30 秒');
    expect(textsOf(effects).join()).toContain('■■■□□□□□□□□□ 25%');
    expect(effects[0]).toMatchObject({ slot: expect.stringContaining('edition-progress:f1') as string });
    expect(isSetAgain(effects)).toBe(true);
  });

  it('gives minutes for what takes long, and no guess from the first few or about questions', async () => {
    const long = await look({ what: '计算语义', done: 1_000, total: 27_000, begunAt: NOW - 10_000 });
    expect(textsOf(long).join()).toContain('大约还需 5 分钟');
    const begun = await look({ what: '计算语义', done: 3, total: 27_000, begunAt: NOW - 10_000 });
    expect(textsOf(begun).join()).toContain('3/27000。');
    expect(textsOf(await look({ what: '重问已存问题', done: 5, total: 9 })).join()).toContain('5/9。');
  });

  it('waits in silence while another process makes it, or it has not begun', async () => {
    const effects = await look(null);
    expect(textsOf(effects)).toEqual([]);
    expect(isSetAgain(effects)).toBe(true);
  });

  it('ends with the draft, and says so only where something was said', async () => {
    expect(await look(null, false)).toEqual([]);
    const effects = await look(null, false, true);
    expect(textsOf(effects).join()).toContain('已处理完毕');
    expect(isSetAgain(effects)).toBe(false);
  });
});
