/** Two processes, a store that refuses, an answer that got lost (issue 11, parts 2, 5 and 8). */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { give } from '../../scripts/fuzz/give.js';
import type { Stage, StageOptions } from '../../scripts/fuzz/stage.js';
import { bound, expectHarmless, isOtherAnswered, openStage, told } from '../helpers/attacks.js';
import { hasPostgres } from '../helpers/postgres.js';

const TEST_MS = 240_000;
const REMINDERS = 40;
const opened: Stage[] = [];
let isPostgresThere = false;
beforeAll(async () => void (isPostgresThere = await hasPostgres()));
// The last one has borrowed the data of the first.
afterEach(async () => {
  for (const stage of opened.splice(0).reverse()) await stage.close();
}, TEST_MS);

async function open(options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage(options);
  opened.push(stage);
  return stage;
}

it(
  'on PostgreSQL a page that no integer holds stops nobody',
  async (test) => {
    if (!isPostgresThere) return test.skip();
    const stage = await open({ store: 'postgres' });
    for (const data of [
      'req-list all 1e300',
      'req-list all -1',
      'req-list mine NaN',
      'req-show \u0000',
      'req-show \ud800',
    ])
      await expectHarmless(stage, { place: bound('telegram'), data });
    await stage.stop('SIGKILL');
    expect(await stage.start()).toBe(true);
    expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
  },
  TEST_MS,
);

it(
  'a process without Telegram claims nothing that is due there',
  async (test) => {
    if (!isPostgresThere) return test.skip();
    const one = await open({ store: 'postgres', platforms: ['telegram'] });
    const two = await open({ store: 'postgres', platforms: ['feishu'], data: one.data });
    const people = Array.from({ length: REMINDERS }, () => bound('telegram'));
    for (const place of people)
      expect(await told(one, { place, text: '1分钟后提醒我关闸门' })).toMatch(/TX-/);
    const heard = await Promise.all(people.map((place) => one.hears(place, /关闸门/, 1, 100_000)));
    expect(heard.filter((said) => said === null)).toEqual([]);
    expect([one, two].map(({ errors }) => errors.get('delivery failed') ?? 0)).toEqual([0, 0]);
  },
  TEST_MS,
);

it(
  'after a 502 on a send the chat hears that one message may not have arrived',
  async () => {
    const stage = await open();
    const place = bound('telegram');
    stage.telegram.fail('sendMessage', { status: 502, description: 'Bad Gateway' });
    await give(stage, { place, text: '路灯坏了归谁管' });
    expect(await stage.hears(place, /可能没有|可能未|未送达/, 0, 3_000)).toBeNull();
    const next = await told(stage, { place, text: '河道采砂归谁管' });
    const all = stage
      .saidIn(place)
      .map(({ content }) => content)
      .join('\n');
    expect(next).toContain('河道');
    expect(all).toMatch(/(可能|或许).*(没有|未).*(送达|发出|收到)/s);
    expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
  },
  TEST_MS,
);
