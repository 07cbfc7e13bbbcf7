import { describe, expect, it } from 'vitest';
import { createAppPacer } from '../../src/core/app-pace.js';
import { START } from '../helpers/clock.js';

const LIMITS = [
  { count: 50, perMs: 1_000 },
  { count: 1_000, perMs: 60_000 },
];
const open = (processes = 1) =>
  createAppPacer(
    () => LIMITS,
    () => processes,
  );

/** Sends what there is room for, every 50 ms; the instants of the sends. */
function flood(pacer: ReturnType<typeof open>, forMs: number, most = 20): number[] {
  const times: number[] = [];
  for (let now = START; now < START + forMs; now += 50) {
    const { count } = pacer.room('feishu', now, most) ?? { count: 0 };
    pacer.reserve('feishu', count);
    for (let i = 0; i < count; i++) {
      pacer.take('feishu', now, true);
      times.push(now);
    }
  }
  return times;
}

describe('the limits of an app', () => {
  it('hold in every window', () => {
    const times = flood(open(), 130_000);
    for (const { count, perMs } of LIMITS)
      for (const [i, from] of times.entries())
        expect((times[i + count] ?? Infinity) - from).toBeGreaterThanOrEqual(perMs);
    expect(times.length).toBeGreaterThan(1_800);
  });

  it('let nobody wait for a minute that a flood has used up in its first seconds', () => {
    const times = flood(open(), 200_000);
    const silences = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.max(...silences)).toBeLessThanOrEqual(4_000);
    expect(times.filter((time) => time < START + 1_000).length).toBeGreaterThanOrEqual(45);
  });

  it('keep room for answers behind what is urgent, and for that behind broadcasts', () => {
    const pacer = open();
    const ranks: number[] = [];
    for (let i = 0; i < 50; i++) {
      ranks.push(pacer.room('feishu', START, 20)?.rank ?? -1);
      pacer.reserve('feishu', 1);
      pacer.take('feishu', START, true);
    }
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(new Set(ranks)).toEqual(new Set([2, 1, 0]));
    expect(pacer.room('feishu', START, 20)).toBeNull();
  });

  it('are divided among the processes', () => {
    const times = flood(open(2), 60_000);
    expect(times.length).toBeGreaterThan(440);
    expect(times.length).toBeLessThanOrEqual(500);
  });

  it('count what is claimed and has not begun', () => {
    const pacer = open();
    pacer.reserve('feishu', 50);
    expect(pacer.room('feishu', START, 20)).toBeNull();
    pacer.release('feishu', 20);
    expect(pacer.room('feishu', START, 20)?.count).toBeLessThanOrEqual(20);
  });

  it('pause as long as the platform says, then one message is tried before the others', () => {
    const pacer = open();
    pacer.pause('feishu', START + 7_000);
    expect(pacer.room('feishu', START + 6_999, 20)).toBeNull();
    expect(pacer.room('telegram', START, 20)).toMatchObject({ count: 20 });
    expect(pacer.room('feishu', START + 7_000, 20)).toEqual({ rank: 2, count: 1 });
    pacer.reserve('feishu', 1);
    expect(pacer.room('feishu', START + 7_000, 20)).toBeNull();
    pacer.take('feishu', START + 7_000, true);
    pacer.works('feishu');
    expect(pacer.room('feishu', START + 7_000, 20)).toMatchObject({ count: 20 });
  });
});
