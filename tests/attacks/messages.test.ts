/** One message, one button: whoever sends it may hurt nobody else (issue 11, "Why"). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../../scripts/fuzz/stage.js';
import {
  bound,
  expectAliveAfterKill,
  expectHarmless,
  healthy,
  openStage,
  stranger,
  told,
} from '../helpers/attacks.js';

const TEST_MS = 180_000;
const nines = (count: number) => '9'.repeat(count);

let stage: Stage;
beforeAll(async () => void (stage = await openStage()), TEST_MS);
// An attack that works must not be taken for the next one.
afterEach(async () => void (stage = await healthy(stage)), TEST_MS);
afterAll(() => stage.close());

const FREEZING = [
  `每月${nines(60)}年提醒我开会`,
  `每月${'一'.repeat(60)}年提醒我开会`,
  `每月${'十'.repeat(60)}年提醒我开会`,
  `每季度${nines(60)}年提醒我开会`,
  `每月${'二十'.repeat(40)}年提醒我开会`,
  `每月${'1、2和'.repeat(60)}年提醒我开会`,
  `每月${nines(1_900)}号提醒我开会`,
  `每年${'九'.repeat(600)}月提醒我开会`,
];
const THROWING = [
  '9999年除夕提醒我开会',
  `每${nines(24)}天提醒我喝水`,
  '275760年9月14日提醒我开会',
  `${nines(30)}年后提醒我`,
  `每隔${nines(24)}个工作日提醒我喝水`,
  `提前${nines(24)}天提醒我开会`,
  `${nines(18)}小时后叫我`,
];
const FORGED = [
  'rem-at 1e300',
  'rem-pick 1e300',
  'req-list all 1e300',
  'req-list __proto__ 1',
  'page 1e300 constructor',
  'review-next 1e300',
  'township __proto__',
  'draft-set-kind constructor',
  'late-go NaN',
];

describe.each(['telegram', 'feishu'] as const)('on %s', (platform) => {
  it.each([...FREEZING, ...THROWING].map((text) => [text.slice(0, 30), text]))(
    'a stranger says %s…',
    async (_, text) => void (await expectHarmless(stage, { place: stranger(platform), text })),
    TEST_MS,
  );

  it.each(FORGED)(
    'somebody presses %s',
    async (data) => void (await expectHarmless(stage, { place: bound(platform), data })),
    TEST_MS,
  );

  it.each(['1e300', nines(40), '-1e300', '8640000000000001'])(
    'the forged instant %s of an open dialogue hurts nobody, and its sender only once',
    async (instant) => {
      const place = bound(platform);
      expect(await told(stage, { place, text: '提醒我去看河道' })).toContain('什么时候');
      await expectHarmless(stage, { place, data: `rem-at ${instant}` });
      // Whatever the dialogue asks now, it can be left.
      expect(await told(stage, { place, text: '取消' })).not.toBeNull();
      expect(await told(stage, { place, text: '路灯坏了归谁管' })).toContain('住房和城乡建设局');
    },
    TEST_MS,
  );

  it(
    'the freezing sentence does not come again after a kill',
    async () => {
      await told(stage, { place: stranger(platform), text: FREEZING[0] ?? '' }, 1_000);
      await expectAliveAfterKill(stage);
    },
    TEST_MS,
  );
});
