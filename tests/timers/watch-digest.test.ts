/** The morning's summary: for whom, of what, and that it comes each working morning by itself. */
import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/core/domain.js';
import { requestNumber, type Request } from '../../src/core/request.js';
import type { TimerContext } from '../../src/core/types.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { startStanding } from '../../src/setup/standing.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createTimers } from '../../src/timers/index.js';
import { createWatchDigest, WATCH_KIND, watchTimer } from '../../src/timers/watch-digest.js';
import { emptyReader } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { DIRECTORY, textsOf, WORLD } from '../helpers/request-world.js';
import { act, at, file, MINUTE, MONDAY, TOWNSHIP, WATER } from '../helpers/requests.js';

/** A Monday, three weeks on: every clock of a call that was filed on MONDAY is over. */
const MORNING = at('2026-03-23 08:30');

async function ring(requests: Request[], now = MORNING, people: Person[] = DIRECTORY.people) {
  const directory = createDirectory({
    ...{ county: '青山县', organizations: DIRECTORY.organizations, posts: [] },
    people,
  });
  const deps = { ...WORLD, knowledge: () => ({ directory }) } as unknown as HandlerDeps;
  const read = {
    ...emptyReader,
    findRequests: () => Promise.resolve({ requests, total: requests.length }),
  };
  const ctx = { update: { kind: 'timer', id: 't', at: now, timer: watchTimer(now).timer }, now, read };
  const effects = await createWatchDigest(deps)(ctx as unknown as TimerContext);
  const next = effects.flatMap((it) => (it.kind === 'schedule' ? [it.timer.runAt] : []));
  return { texts: textsOf(effects), next };
}

const late = (n = 1): Request => file('call', {}, MONDAY, TOWNSHIP, requestNumber(2026, n));
const climbed = (n = 1): Request =>
  act(
    late(n),
    { kind: 'escalate', step: 'answer-late-2', clock: 'answer', assignment: 'A1' },
    null,
    at('2026-03-13 08:30'),
  );
const only = (...roles: string[]) =>
  DIRECTORY.people.filter((p) => p.roles.some((role) => roles.includes(role)));

describe('the summary of a morning', () => {
  it('comes each working morning while something is late, and names the part', async () => {
    const { texts, next } = await ring([late()]);
    expect(texts).toEqual([
      [
        '督甲: 待督办的请求 1 件:',
        `${requestNumber(2026, 1)} 河堤渗水,请来人查看:县水利局逾期未答复(时限3月9日(周一)18:00);县水利局逾期未签收(时限3月2日(周一)15:00)`,
        '发送“待督办”逐件查看。',
      ].join('\n'),
    ]);
    expect(next).toEqual([at('2026-03-24 08:30')]);
    // Also on a morning on which there is nothing to say, and over a weekend.
    expect(await ring([], at('2026-03-20 08:30'))).toEqual({ texts: [], next: [MORNING] });
    expect((await ring([act(late(), { kind: 'sign' }, WATER)], MONDAY + MINUTE)).texts).toEqual([]);
  });

  it('is said later on the day when the bot was down, never in the evening or on a day off', async () => {
    expect((await ring([late()], at('2026-03-23 15:00'))).texts).toHaveLength(1);
    for (const [now, then] of [
      ['2026-03-23 18:30', '2026-03-24 08:30'],
      ['2026-03-22 10:00', '2026-03-23 08:30'],
      ['2026-03-23 07:00', '2026-03-23 08:30'],
    ] as const)
      expect(await ring([late()], at(now))).toEqual({ texts: [], next: [at(then)] });
  });

  it('tells the county’s leaders what has climbed to them, again each day, and all where 督办 cannot be written to', async () => {
    const { texts } = await ring([late(1), climbed(2)]);
    expect(texts.map((it) => it.split('\n')[0])).toEqual([
      '督甲: 待督办的请求 2 件:',
      '县长: 超过时限、仍在办理的请求 1 件:',
    ]);
    expect((await ring([climbed(2)], at('2026-03-25 08:30'))).texts).toHaveLength(2);
    const leaders = only('county-leader');
    expect((await ring([late(1), climbed(2)], MORNING, leaders)).texts[0]).toMatch(/^县长: .+ 2 件:/);
    expect((await ring([late(1)], MORNING, only('township-cadre'))).texts).toEqual([]);
  });

  it('has thirty lines at most, the longest late first', async () => {
    const many = Array.from({ length: 33 }, (_, i) => late(i + 1));
    const last = file('call', {}, at('2026-02-25 09:00'), TOWNSHIP, requestNumber(2026, 99));
    const { texts } = await ring([...many, last]);
    expect(texts[0]?.split('\n')).toHaveLength(33);
    expect(texts[0]?.split('\n')[1]).toContain(last.number);
    expect(texts[0]).toContain('另有 4 件。');
  });

  it('keeps what is confidential from whom it names, and says nothing of a person', async () => {
    const consent = file('consent', { text: '拟提拔督甲的意见' }, MONDAY);
    expect((await ring([consent])).texts).toEqual([]);
    const other = file('consent', { text: '拟提拔某人的意见' }, MONDAY);
    const { texts } = await ring([other]);
    expect(texts[0]).toContain('征求意见:');
    expect(texts[0]).not.toContain('提拔');
  });
});

it('is set by the first start and goes on by itself; a climb sets nothing of its own', async () => {
  const store = await openLowdbStore(makeFolder());
  await startStanding(store, MONDAY);
  expect(await store.getTimer(WATCH_KIND)).toMatchObject({ kind: WATCH_KIND, runAt: MONDAY });
  await store.commit([watchTimer(MORNING)]);
  await startStanding(store, MONDAY);
  expect(await store.getTimer(WATCH_KIND)).toMatchObject({ runAt: MORNING });
  await store.close();
  const deps = { ...WORLD, knowledge: () => ({ directory: DIRECTORY }) } as unknown as HandlerDeps;
  expect(Object.keys(createTimers(deps))).toContain(WATCH_KIND);
});
