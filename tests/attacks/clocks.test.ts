/** The wall clock jumps while chats go on (issue 11, part 7). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { give } from '../../scripts/fuzz/give.js';
import type { Stage } from '../../scripts/fuzz/stage.js';
import { bound, isOtherAnswered, openClockStage, told } from '../helpers/attacks.js';

const TEST_MS = 240_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
let stage: Stage;
let clock: Awaited<ReturnType<typeof openClockStage>>;
const setClock = (offsetMs: number): void => clock.setClock(offsetMs);

beforeAll(async () => {
  clock = await openClockStage();
  stage = clock.stage;
}, TEST_MS);
afterAll(() => stage.close());

// A step, and the way back: what was paced or leased before lies in the future then.
it.each([
  ['an hour forward', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a day forward', 24 * HOUR_MS],
  ['a day back', -24 * HOUR_MS],
])(
  'chats go on after %s, and nothing comes twice',
  async (_, offsetMs) => {
    const busy = [bound('telegram'), bound('feishu')];
    for (const place of busy)
      for (const text of ['路灯坏了归谁管', '噪声扰民谁管', '欠薪归谁管']) await give(stage, { place, text });
    for (const offset of [offsetMs, 0]) {
      setClock(offset);
      for (const place of busy)
        expect(await told(stage, { place, text: '农机安全归谁管' }, 10_000)).not.toBeNull();
      for (const platform of ['telegram', 'feishu'] as const) {
        expect(await isOtherAnswered(stage, platform)).toBe(true);
        expect(await isOtherAnswered(stage, platform)).toBe(true);
      }
    }
    for (const place of busy) expect(stage.saidIn(place).length).toBeLessThanOrEqual(5);
  },
  TEST_MS,
);

it(
  'a reminder that was due before the step back is not sent again after it',
  async () => {
    const place = bound('telegram');
    await told(stage, { place, text: '1分钟后提醒我关闸门' });
    await clock.sleepUntil(clock.now() + 2 * MINUTE_MS);
    expect(await stage.hears(place, /关闸门/, 1, 15_000)).not.toBeNull();
    const count = () => stage.saidIn(place).filter(({ content }) => content.includes('关闸门')).length;
    const before = count();
    setClock(-HOUR_MS);
    expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
    setClock(HOUR_MS);
    expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
    setClock(0);
    expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
    expect(count()).toBe(before);
  },
  TEST_MS,
);
