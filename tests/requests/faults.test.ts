/** Cases in a county that fails them: nobody is left without an owner and an instant, and nobody is told what is not so. */
import { expect, it } from 'vitest';
import { isEnded } from '../../src/core/request.js';
import { createDice } from '../../scripts/shared/random.js';
import { createRandom } from '../../src/text/random.js';
import { befall, createCounty } from '../helpers/model/county.js';
import { advance } from '../helpers/model/clock.js';
import { checkQuiet } from '../helpers/model/oracle.js';
import { act, begin, followed, joinUp, stamp, viewsOf, waitOf, type Run } from '../helpers/model/run.js';
import { at, DAY, MINUTE } from '../helpers/requests.js';

/** `MODEL_CASES=20000 MODEL_SEED=7 npx vitest run tests/requests/faults.test.ts`; a failure names its seed. */
const CASES = Number(process.env.MODEL_CASES ?? 25);
const SEED = Number(process.env.MODEL_SEED ?? 20261130);
/** One of so many is lived once more without leaps (`tests/helpers/model/clock.ts`): they must make no difference. */
const EXACT = Number(process.env.MODEL_EXACT ?? 16);
/** Nobody does anything any more. */
const SILENCE = 70 * DAY;

async function live(seed: number, isLeaping: boolean): Promise<Run | null> {
  const dice = createDice(createRandom(seed));
  // Half of them cross a year for which there is no file.
  const startAt =
    at(dice.chance(0.5) ? '2026-12-01 00:00' : '2026-02-01 00:00') + dice.int(34 * 24 * 60) * MINUTE;
  const run = begin(createCounty(dice, startAt), dice, startAt, isLeaping);
  if (!run) return null;
  let since = 0;
  const settle = async (until: number) => {
    await advance(run, until, () => {
      const problems = checkQuiet(run, since);
      const said = run.sent
        .slice(since)
        .map(
          (it) =>
            `${new Date(it.at + 8 * 3600000).toISOString().slice(5, 16)} ${it.hasArrived ? '' : 'NOT '}to ${it.chat}: ${it.text.slice(0, 90)}`,
        );
      since = run.sent.length;
      if (problems.length > 0)
        throw new Error(
          `seed ${seed}, ${stamp(run)}:\n${problems.join('\n')}\n${run.story.join('\n')}\n${decodeURIComponent(said.join('\n'))}`,
        );
    });
  };
  await settle(startAt);
  const steps = 5 + dice.int(15);
  for (let i = 0; i < steps; i++) {
    if (dice.chance(0.12)) joinUp(run, dice);
    else if (dice.chance(0.3)) followed(run, befall(run.county, dice, involved(run)));
    else act(run, dice);
    await settle(run.now);
    // Nothing is said in the same moment in which something else happens; a file of a year is seen within half an hour.
    await settle(run.now + 31 * MINUTE + waitOf(dice));
  }
  for (const end = run.now + SILENCE; run.now < end;) await settle(run.now + 10 * DAY);
  return run;
}

/** Of two requests whose timers are due in the same moment either may ring first. */
const inMoment = (a: { at: number }, b: { at: number }): number =>
  a.at - b.at || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const endOf = (run: Run) => ({
  sent: [...run.sent].sort(inMoment),
  requests: viewsOf(run).map(({ request }) => request),
  timers: [...run.timers.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
});

const involved = (run: Run): string[] =>
  viewsOf(run).flatMap(({ request }) =>
    [...request.assignments, ...request.callers].map(({ organization }) => organization),
  );

/** Of each fault that many cases showed one stays, so that it is not forgotten with the seeds of the day. */
it.each([
  [20261517, 'a transfer was said before it was true'],
  [900807, 'a promise that ran out beside a deadline took the words of the deadline away'],
  [902095, 'a case that was reopened after a withdrawn ruling on the caller was with nobody'],
])('seed %d: %s', async (seed) => {
  expect(await live(seed, true)).not.toBeNull();
});

it(
  `${CASES} cases with faults`,
  async () => {
    const seen = {
      cases: 0,
      ended: 0,
      handedOver: 0,
      unreached: 0,
      again: 0,
      provisional: 0,
      approved: 0,
      unapproved: 0,
      inquiries: 0,
      plannings: 0,
      merged: 0,
      split: 0,
      led: 0,
      corrected: 0,
      failures: [] as string[],
    };
    for (let i = 0; i < CASES; i++) {
      try {
        const run = await live(SEED + i, true);
        if (!run) continue;
        if ((SEED + i) % EXACT === 0) {
          const whole = await live(SEED + i, false);
          expect(endOf(run)).toEqual(whole && endOf(whole));
        }
        const { kind } = run.request;
        const events = viewsOf(run).flatMap(({ request }) => request.events);
        const has = (...kinds: string[]) => Number(events.some((e) => kinds.includes(e.kind)));
        seen.cases++;
        seen.ended += Number(isEnded(run.request));
        seen.handedOver += has('handed-over');
        seen.unreached += has('unreached');
        seen.approved += has('approved');
        seen.unapproved += has('approval-refused');
        seen.inquiries += Number(kind === 'inquiry');
        seen.plannings += Number(kind === 'planning');
        seen.merged += has('merged');
        seen.split += has('split');
        seen.led += has('lead-assigned');
        seen.corrected += has('ruling-corrected', 'ruling-withdrawn');
        seen.again += Number(events.some((e) => String(e.facts?.['step']).startsWith('again-')));
        seen.provisional += Number(run.sent.some(({ text }) => text.includes('暂定')));
      } catch (error) {
        seen.failures.push(
          error instanceof Error
            ? error.message.startsWith('seed')
              ? error.message
              : `seed ${SEED + i}: ${error.stack}`
            : String(error),
        );
        if (seen.failures.length >= 20) break;
      }
    }
    const { failures, ...counts } = seen;
    if (process.env.MODEL_CASES) console.log(counts);
    expect(failures.join('\n\n')).toBe('');
    expect(counts.cases).toBeGreaterThan(CASES * 0.8);
    if (CASES >= 100) for (const count of Object.values(counts)) expect(count).toBeGreaterThan(CASES / 500);
  },
  CASES * 1_500 + 60_000,
);
