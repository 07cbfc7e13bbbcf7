/** Who is told when: the right instants, working hours, nothing twice, no flood after the bot was down. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { autoConcludeAt, dueActs, dueSteps, newestSteps, nextStepAt } from '../../src/requests/ladder.js';
import { days, startsOf2026 } from '../helpers/oracle.js';
import {
  act,
  actOf,
  at,
  CAST,
  DAY,
  file,
  HOUR,
  MINUTE,
  MONDAY,
  NEIGHBOUR,
  TOWNSHIP,
  unitOf,
  WATER,
  caseAt,
  POLICIES,
} from '../helpers/requests.js';

const next = (request: Request, now: number) => nextStepAt(caseAt(request, now));
const steps = (request: Request, now: number) => dueSteps(caseAt(request, now));
const tick = (request: Request, now: number): Request =>
  dueActs(caseAt(request, now)).reduce((r, clockAct) => act(r, clockAct, null, now), request);

const show = (ms: number) => {
  const text = new Date(ms + 8 * HOUR).toISOString();
  return `${text.substring(5, 10)} ${text.substring(11, 16)}`;
};

/** Lets the timer ring until nothing is left or the ladder only repeats itself: what the clock did, `03-02 14:30 sign-due deputy`. */
function play(request: Request, from: number): { request: Request; said: string[] } {
  let current = request;
  let now = from;
  const said: string[] = [];
  for (let i = 0; i < 60; i++) {
    const at = next(current, now);
    if (at === null) return { request: current, said };
    expect(at).toBeGreaterThan(now);
    now = at;
    if (steps(current, now).some(({ step }) => step.id.startsWith('again-')))
      return { request: current, said };
    for (const { step, assignment } of steps(current, now))
      if (!dueActs(caseAt(current, now)).some((a) => a.kind === 'auto-conclude'))
        said.push(`${show(now)} ${assignment} ${step.id} ${step.to}`);
    current = tick(current, now);
  }
  throw new Error(`the ladder has no end: ${said.join('\n')}`);
}

const isWorkingTime = (ms: number): boolean => {
  const local = new Date(ms + 8 * HOUR).toISOString();
  const [hour = 0, minute = 0] = local.substring(11, 16).split(':').map(Number);
  const minutes = hour * 60 + minute;
  const day = days.find(({ date }) => date === local.substring(0, 10));
  const isIn = (minutes >= 510 && minutes < 720) || (minutes >= 840 && minutes < 1080);
  return day?.isWorkday === true && isIn;
};

describe('a call that nobody takes up', () => {
  it('climbs from the person to the leaders, within working hours', () => {
    expect(play(file('call'), MONDAY).said).toEqual([
      '03-02 14:00 A1 sign-soon person',
      '03-02 15:00 A1 sign-due deputy',
      '03-03 09:30 A1 sign-late head',
      '03-03 09:30 A1 sign-late-told caller',
      '03-04 08:30 A1 sign-late-2 deadline-office',
      '03-09 08:30 A1 answer-soon person',
      '03-09 14:00 A1 answer-today person',
      '03-10 08:30 A1 answer-due head',
      '03-10 08:30 A1 answer-told caller',
      '03-11 08:30 A1 answer-late deadline-office',
      '03-13 08:30 A1 answer-late-2 county-leader',
    ]);
  });

  it('does not sleep for ever: the deadline office hears of it again every five working days', () => {
    let { request } = play(file('call'), MONDAY);
    const heard: string[] = [];
    for (let i = 0, now = at('2026-03-13 09:00'); i < 3; i++) {
      now = next(request, now) ?? 0;
      heard.push(...steps(request, now).map(({ step }) => `${show(now)} ${step.id} ${step.to}`));
      request = tick(request, now);
    }
    expect(heard).toEqual([
      '03-23 08:30 again-1 deadline-office',
      '03-30 08:30 again-2 deadline-office',
      '04-07 08:30 again-3 deadline-office',
    ]);
  });

  it('an urgent one leaves working hours', () => {
    const start = at('2026-03-07 22:00');
    expect(play(file('call', { urgency: 'urgent' }, start), start).said.slice(0, 2)).toEqual([
      '03-07 22:30 A1 sign-due deputy',
      '03-07 22:30 A1 sign-told caller',
    ]);
  });

  it('a dispatch goes by minutes at night though it is not urgent', () => {
    const start = at('2026-02-17 23:50');
    expect(play(file('dispatch', {}, start), start).said).toEqual([
      '02-18 00:00 A1 sign-due person',
      '02-18 00:05 A1 sign-late deputy',
      '02-18 00:05 A1 sign-late-told caller',
      '02-18 00:15 A1 sign-late-2 head',
      '02-18 00:40 A1 answer-soon person',
      '02-18 00:50 A1 answer-due head',
      '02-18 00:50 A1 answer-told caller',
      '02-18 01:20 A1 answer-late deadline-office',
      '02-24 18:00 A1 answer-late-2 county-leader',
    ]);
  });
});

describe('the steps', () => {
  it('end where the clock ends: signing stops the steps of signing, answering all', () => {
    const signed = act(file('call'), { kind: 'sign' }, WATER, MONDAY + HOUR);
    expect(play(signed, MONDAY + HOUR).said.filter((s) => s.includes('sign'))).toEqual([]);
    const answered = act(signed, actOf('answer'), WATER, MONDAY + 2 * HOUR);
    const { request, said } = play(answered, MONDAY + 2 * HOUR);
    expect(said).toEqual(['03-09 08:30 A1 rate-soon caller']);
    expect(request.status).toBe('concluded');
    expect(request.events.at(-1)).toMatchObject({ kind: 'concluded', by: null, at: at('2026-03-09 18:00') });
  });

  it('begin anew when an extension moves the deadline', () => {
    const asked = act(act(file('call'), { kind: 'sign' }, WATER), actOf('ask-extension'), WATER);
    const warned = tick(asked, at('2026-03-09 10:00'));
    const granted = act(warned, { kind: 'grant-extension' }, TOWNSHIP, at('2026-03-09 11:00'));
    expect(play(granted, at('2026-03-09 11:00')).said.slice(0, 2)).toEqual([
      '03-16 08:30 A1 answer-soon person',
      '03-16 14:00 A1 answer-today person',
    ]);
  });

  it('stand still in a pause, when the caller is reminded instead', () => {
    const paused = act(act(file('call'), { kind: 'sign' }, WATER), actOf('pause'), WATER);
    // After five working days nothing is waited for any more.
    expect(play(paused, MONDAY).said.slice(0, 3)).toEqual([
      '03-05 08:30 A1 caller-due caller',
      '03-09 08:30 A1 caller-late deadline-office',
      '03-13 09:00 A1 answer-soon person',
    ]);
  });

  it('come once for several callers, by the first', () => {
    const joined = act(act(file('call'), { kind: 'sign' }, WATER), actOf('join'), NEIGHBOUR, MONDAY + DAY);
    expect(play(joined, MONDAY + DAY).said.filter((s) => s.includes('answer-due'))).toHaveLength(1);
    const answered = act(joined, actOf('answer'), WATER, MONDAY + DAY);
    expect(play(answered, MONDAY + DAY).request.status).toBe('concluded');
  });

  it('a wish sooner than the reminder leaves the reminder out', () => {
    const soon = file('call', { wantedAt: MONDAY + 2 * HOUR, isEmergency: true });
    expect(play(soon, MONDAY).said.filter((s) => /answer-(soon|today)/.test(s))).toEqual([]);
  });

  it('an ended request has none', () => {
    const ended = act(file('call'), actOf('withdraw'), TOWNSHIP);
    expect(next(ended, MONDAY)).toBeNull();
    expect(dueActs(caseAt(ended, MONDAY + 100 * DAY))).toEqual([]);
    expect(autoConcludeAt(caseAt(ended))).toBeNull();
  });
});

describe('after a week without the bot', () => {
  const now = MONDAY + 10 * DAY;
  it('everything is logged once, and each level is told the newest only', () => {
    const request = file('call', { support: ['县应急管理局'] });
    const due = steps(request, now);
    expect(due.filter((s) => s.assignment === 'A1').length).toBeGreaterThan(6);
    const told = newestSteps(due).map(({ step, assignment }) => `${assignment} ${step.id} ${step.to}`);
    expect(told.sort()).toEqual(
      ['A1', 'A2'].flatMap((id) => [
        `${id} answer-due head`,
        `${id} answer-late deadline-office`,
        `${id} answer-today person`,
        `${id} answer-told caller`,
        `${id} sign-due deputy`,
      ]),
    );
    const after = tick(request, now);
    expect(after.events.length).toBe(1 + due.length);
    expect(steps(after, now)).toEqual([]);
    expect(next(after, now)).toBeGreaterThan(now);
  });

  it('an answered request that nobody rated is concluded without a word about rating', () => {
    const answered = act(file('call'), actOf('answer'), WATER);
    expect(dueActs(caseAt(answered, now))).toEqual([{ kind: 'auto-conclude' }]);
  });
});

describe('every start of the year', () => {
  const starts = startsOf2026().filter((start, i) => i % 61 === 0 && start < at('2026-11-15 00:00'));

  it.each(REQUEST_KINDS)(
    '%s: in order, once, in working hours unless it may leave them, and to its end',
    (kind) => {
      const file_ = parse(readFileSync(`knowledge/requests/${kind}.yaml`, 'utf8')) as { outOfHours: string };
      const support = POLICIES[kind].answeredBy === 'list-office' ? [] : [unitOf(CAST[kind].support)];
      for (const start of starts)
        for (const urgency of ['normal', 'urgent'] as const) {
          const request = file(kind, { urgency, support }, start);
          const { request: last, said } = play(request, start);
          const escalated = last.events.filter((e) => e.kind === 'escalated');
          expect(escalated).toHaveLength(said.length);
          const keys = escalated.map((e) => `${e.assignment} ${e.facts?.['step']} ${e.facts?.['dueAt']}`);
          expect(new Set(keys).size).toBe(keys.length);
          if (urgency === 'normal' && file_.outOfHours === 'urgent')
            for (const { at: when } of escalated) expect(isWorkingTime(when), show(when)).toBe(true);
        }
    },
  );

  it('nextStepAt is the first instant at which something is due', () => {
    for (const start of starts) {
      const request = act(file('call', {}, start), { kind: 'sign' }, WATER, start);
      const when = next(request, start) ?? 0;
      expect(steps(request, when - 1)).toEqual([]);
      expect(steps(request, when).length).toBeGreaterThan(0);
    }
  });
});

describe('the last days of the year, without the next calendar', () => {
  const start = at('2026-12-24 10:00');
  const request = file('call', {}, start);

  it('every step comes, and the clock looks whether the file is there', () => {
    expect(request.dueAt).toBe(at('2026-12-24 16:00'));
    let current = request;
    let now = start;
    const said: string[] = [];
    while (now < at('2027-01-10 09:00')) {
      const isSure = clocksOf(caseAt(current, now)).every((clock) => !clock.isProvisional);
      const due = steps(current, now);
      said.push(...due.map(({ step }) => step.id));
      current = tick(current, now);
      const at = next(current, now);
      if (at === null) break;
      expect(at).toBeGreaterThan(now);
      expect(at).toBeLessThanOrEqual(isSure ? Infinity : now + 30 * MINUTE);
      now = at;
    }
    expect(said).toEqual([
      'sign-soon',
      'sign-due',
      'sign-late',
      'sign-late-told',
      'sign-late-2',
      'answer-soon',
      'answer-today',
      'answer-due',
      'answer-told',
      'answer-late',
      'answer-late-2',
    ]);
  });
});
