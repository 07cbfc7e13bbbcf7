/**
 * Random people do random things to thousands of requests while the clock moves; what must hold, holds after each step.
 * `assert` where it is asked a hundred thousand times: `expect` costs more than what it looks at.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { dueActs, nextStepAt } from '../../src/requests/ladder.js';
import { MOVES } from '../../src/requests/moves.js';
import { workedBetween } from '../helpers/oracle.js';
import { kindFile, replay } from '../helpers/replay.js';
import { apply, at, MINUTE, caseAt } from '../helpers/requests.js';
import { actFrom, chosen, fileWorld, POWERLESS, worldArbitrary, type World } from '../helpers/worlds.js';

const NEXT: Record<string, string[]> = {
  waiting: ['signed', 'answered', 'returned', 'transferred', 'closed'],
  signed: ['answered', 'returned', 'transferred', 'closed'],
};

/** What holds for every request at every moment. */
function checkState(request: Request): void {
  const { status, assignments, callers, events } = request;
  const active = assignments.filter((a) => a.status === 'waiting' || a.status === 'signed');
  const lead = assignments.findLast((a) => a.role === 'lead');
  const isEnded = ['concluded', 'withdrawn', 'refused', 'unsolved'].includes(status);
  assert.ok(callers.length > 0);
  assert.notEqual(lead, undefined);
  if (isEnded || status === 'answered') assert.deepEqual(active, []);
  if (isEnded) assert.equal(request.dueAt, null);
  else assert.notEqual(request.dueAt, null);
  if (status === 'answered') assert.equal(lead?.status, 'answered');
  if (status === 'ruling' || status === 'admission') {
    assert.deepEqual(active, [lead]);
    assert.equal(lead?.organization, '县委编办');
  }
  // Nothing is lost: somebody has to do something, or the caller has to choose.
  if (status === 'open' && lead?.status !== 'returned') assert.ok(active.length > 0);
  const units = active.map((a) => a.organization);
  assert.equal(new Set(units).size, units.length);
  for (const { organization } of callers) assert.ok(!units.includes(organization));
  assert.deepEqual(
    assignments.map((a) => a.id),
    assignments.map((_, i) => `A${i + 1}`),
  );
  assert.deepEqual(
    events.flatMap((e) => e.made ?? []),
    assignments.map((a) => a.id),
  );
  assert.equal(
    events.every((e, i) => e.at >= (events[i - 1]?.at ?? 0)),
    true,
  );
  const once = events
    .filter((e) => ['extension-asked', 'signed', 'answered', 'returned'].includes(e.kind))
    .map((e) => `${e.assignment} ${e.kind}`);
  assert.equal(new Set(once).size, once.length);
  const returns = events.filter(
    (e) => e.kind === 'returned' && assignments.find((a) => a.id === e.assignment)?.role === 'lead',
  );
  if (returns.length >= 2)
    assert.equal(
      events.some((e) => e.kind === 'ruling-asked'),
      true,
    );
}

/** What may change from one moment to the next. */
function checkChange(before: Request, after: Request): void {
  assert.equal(isDeepStrictEqual(after.events.slice(0, before.events.length), before.events), true);
  assert.ok(after.events.length > before.events.length);
  for (const [i, old] of before.assignments.entries()) {
    const now = after.assignments[i];
    assert.equal(`${now?.id} ${now?.organization} ${now?.role}`, `${old.id} ${old.organization} ${old.role}`);
    if (now?.status !== old.status) assert.ok((NEXT[old.status] ?? []).includes(now?.status ?? ''));
  }
  const kept = ({ callers: _c, status: _s, assignments: _a, events: _e, dueAt: _d, ...rest }: Request) =>
    rest;
  assert.equal(isDeepStrictEqual(kept(after), kept(before)), true);
  const { kind } = before;
  const made = after.events.slice(before.events.length);
  for (const event of made) {
    if (event.kind === 'paused') assert.ok(kindFile(kind).moves.includes('pause'));
    if (event.kind === 'transferred') assert.ok(kindFile(kind).moves.includes('transfer'));
  }
}

/** State and clocks are those of the log, recomputed by other means. */
function checkLog(request: Request): void {
  const expected = replay(request);
  const found = clocksOf(caseAt(request))
    .map((c) => `${c.assignment} ${c.clock} ${c.caller ?? ''} ${c.isRunning} ${c.dueAt}`)
    .sort();
  assert.equal(request.status, expected.status);
  assert.deepEqual(
    request.assignments.map((a) => `${a.id} ${a.status}`),
    expected.parts.map((p) => `${p.id} ${p.status}`),
  );
  assert.deepEqual(
    request.callers.map((c) => [c.organization, c.rating !== null]),
    expected.callers.map((c) => [c.organization, c.isRated]),
  );
  assert.deepEqual(found, expected.clocks);
  assert.equal(request.dueAt, expected.dueAt);
  for (const { pauses } of expected.parts) {
    const { count = 0, total = {} } = kindFile(request.kind).pauses ?? {};
    const minutes = pauses.map(({ from, to }) => (to === null ? 0 : workedBetween(from, to)));
    assert.ok(pauses.length <= count);
    assert.ok(minutes.reduce((sum, n) => sum + n, 0) <= (total.workingDays ?? 0) * 450);
  }
  // Quicker than `toStrictEqual`, and as strict: an undefined property is a difference.
  assert.equal(isDeepStrictEqual(JSON.parse(JSON.stringify(request)), request), true);
}

const seen = { requests: 0, allowed: new Map<string, number>(), refused: 0, ticks: 0, ended: 0 };

function tick(request: Request, now: number): Request {
  let current = request;
  for (let acts = dueActs(caseAt(current, now)); acts.length > 0; acts = dueActs(caseAt(current, now)))
    for (const clockAct of acts) {
      const outcome = apply(current, clockAct, null, now);
      if (!outcome.ok) throw new Error(`the clock may not: ${outcome.reason}`);
      current = outcome.request;
      seen.ticks++;
    }
  const next = nextStepAt(caseAt(current, now));
  if (next !== null) assert.ok(next > now);
  return current;
}

function live(world: World): void {
  let now = at('2026-01-05 00:00') + world.startMinutes * MINUTE;
  let request = fileWorld(world, now);
  seen.requests++;
  checkState(request);
  checkLog(request);
  for (const step of world.steps) {
    now += step.wait;
    const before = request;
    const frozen = JSON.stringify(before);
    if (step.move === 'tick') request = tick(before, now);
    else {
      const [actor, move] = chosen(step, step.move, before);
      const outcome = apply(before, actFrom(move, step.params, now), actor, now);
      if (outcome.ok) {
        request = outcome.request;
        assert.equal(POWERLESS.has(actor), false);
        assert.equal(request.events[before.events.length]?.by?.account, actor.account);
        seen.allowed.set(move, (seen.allowed.get(move) ?? 0) + 1);
      } else {
        assert.match(outcome.reason, /[\u4e00-\u9fff]{4}/);
        seen.refused++;
      }
    }
    assert.equal(JSON.stringify(before), frozen);
    if (request === before) continue;
    checkState(request);
    checkChange(before, request);
    checkLog(request);
  }
  if (request.dueAt === null) seen.ended++;
}

describe('thousands of requests', () => {
  // One at a time, so that a busy machine does not run into the time limit of a test.
  it.each(REQUEST_KINDS)('%s: all of them stay lawful', (kind) => {
    const world = worldArbitrary.map((w) => ({ ...w, kind }));
    fc.assert(fc.property(world, live), { numRuns: 430, seed: 20261126 });
  });

  it('and went through everything', () => {
    expect(seen.requests).toBeGreaterThanOrEqual(3_000);
    for (const move of MOVES) expect(seen.allowed.get(move) ?? 0, move).toBeGreaterThan(5);
    expect(seen.refused).toBeGreaterThan(5_000);
    expect(seen.ticks).toBeGreaterThan(500);
    expect(seen.ended).toBeGreaterThan(300);
  });
});
