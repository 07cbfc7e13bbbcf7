import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/core/pace.js';
import { START } from '../helpers/clock.js';

const GROUP = { burst: 3, everyMs: 1_000 };

describe('the pace of a chat', () => {
  it('lets a burst through and then one message in each interval', () => {
    const pacer = createPacer();
    let sent = 0;
    for (let now = START; now <= START + 10_000; now += 100)
      if (!pacer.waiting(now).has('c')) {
        pacer.take('c', GROUP, now);
        sent += 1;
      }
    // Three at once, then one a second for ten seconds.
    expect(sent).toBe(3 + 10);
  });

  it('never lets more than the burst and the interval allow into any window', () => {
    const pacer = createPacer();
    const times: number[] = [];
    for (let now = START; now < START + 60_000; now += 250)
      if (!pacer.waiting(now).has('c')) {
        pacer.take('c', GROUP, now);
        times.push(now);
      }
    for (const [i, from] of times.entries()) {
      const within = times.slice(i).filter((at) => at < from + 10_000).length;
      expect(within).toBeLessThanOrEqual(GROUP.burst + 10);
    }
  });

  it('is each chat’s own, and a rested chat has its burst again', () => {
    const pacer = createPacer();
    for (let i = 0; i < 3; i++) pacer.take('c', GROUP, START);
    expect(pacer.waiting(START)).toEqual(new Set(['c']));
    pacer.take('d', GROUP, START);
    expect(pacer.waiting(START)).toEqual(new Set(['c']));
    expect(pacer.waiting(START + 1_000)).toEqual(new Set());
    for (let i = 0; i < 3; i++) {
      expect(pacer.waiting(START + 3_000)).toEqual(new Set());
      pacer.take('c', GROUP, START + 3_000);
    }
    expect(pacer.waiting(START + 3_000)).toEqual(new Set(['c']));
  });
});
