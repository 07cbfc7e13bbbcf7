/** What every store promises about processes and their clocks. */
import { describe, expect, it } from 'vitest';
import { claimOf, makeUpdate, updateDone } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import type { Current } from './current.js';

const DAY_MS = 86_400_000;

export function instanceContract(current: Current): void {
  describe('the steady clock of a starting process', () => {
    it('begins with the wall clock where nothing is stored', async () => {
      expect(await current.store().startTime(START)).toBe(START);
    });

    it('begins no earlier than a process before it had come, whatever the wall clock says now', async () => {
      await current.store().beat(new Set(['console']), START + DAY_MS);
      await current.store().keepUpdate(makeUpdate('u'), {
        isBound: true,
        now: START + DAY_MS,
        claim: claimOf('l', START + DAY_MS),
      });
      await current.store().commit([{ ...updateDone('u', 'l'), at: START + DAY_MS } as never]);
      await current.reopen();
      expect(await current.store().startTime(START)).toBeGreaterThanOrEqual(START + DAY_MS);
      expect(await current.store().startTime(START + 9 * DAY_MS)).toBe(START + 9 * DAY_MS);
    });
  });

  it('what living processes run is told to each of them', async () => {
    expect(await current.store().beat(new Set(['telegram', 'console']), START)).toEqual(
      new Map([
        ['telegram', 1],
        ['console', 1],
      ]),
    );
  });
}
