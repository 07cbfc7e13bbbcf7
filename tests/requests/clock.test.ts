/** Pauses, extensions, wishes and several callers, against the oracle where time is counted. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { clocksOf, dueAtOf } from '../../src/requests/clock.js';
import { before, endOf } from '../../src/requests/durations.js';
import { dueActs } from '../../src/requests/ladder.js';
import type { Duration } from '../../src/requests/policy.js';
import { dueOf, startsOf2026 } from '../helpers/oracle.js';
import {
  act,
  actOf,
  at,
  CALENDAR,
  DAY,
  DEADLINE_OFFICE,
  EMERGENCY,
  file,
  HOUR,
  MINUTE,
  makeActor,
  MONDAY,
  NEIGHBOUR,
  refusal,
  TOWNSHIP,
  WATER,
  caseAt,
} from '../helpers/requests.js';

const clocks = (request: Request) => clocksOf(caseAt(request));
const dueOfClock = (request: Request, clock: string, assignment = 'A1') =>
  clocks(request).find((c) => c.clock === clock && c.assignment === assignment)?.dueAt;
const show = (ms: number | null | undefined) => (ms ? new Date(ms + 8 * HOUR).toISOString() : String(ms));

/** Every 5th start of the year but its last month, whose deadlines need the next year. */
const STARTS = startsOf2026().filter((start, i) => i % 5 === 0 && start < at('2026-11-15 00:00'));
/** A pause begins so long after the start and lasts so long. */
const PAUSES = [
  [1, 30],
  [90, 26 * 60],
  [25 * 60, 3 * 60],
  [49 * 60 + 13, 75 * 60],
  [97 * 60, 200 * 60],
] as const;

describe('a pause', () => {
  const durations: Duration[] = [
    { minutes: 60 },
    { hours: 24 },
    { workingHours: 2 },
    { workingHours: 4 },
    { workingDays: 1 },
    { workingDays: 5 },
    { workingDays: 10 },
  ];

  it.each(durations)('in %o is not counted', (duration) => {
    const wrong: string[] = [];
    let seen = 0;
    for (const start of STARTS)
      for (const [after, length] of PAUSES) {
        const pause = { from: start + after * MINUTE, to: start + (after + length) * MINUTE };
        // Guarded: nobody pauses what is over.
        if (pause.from >= endOf(duration, start, CALENDAR)) continue;
        seen++;
        const expected = dueOf(duration, start, [pause]);
        const found = endOf(duration, start, CALENDAR, [pause]);
        if (found !== expected)
          wrong.push(`${show(start)}+${after}/${length}: ${show(found)} not ${show(expected)}`);
      }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(seen).toBeGreaterThan(500);
  });

  it('twice counts twice', () => {
    for (const start of STARTS.filter((_, i) => i % 10 === 0)) {
      const pauses = [
        { from: start + 2 * HOUR, to: start + 5 * HOUR },
        { from: start + 26 * HOUR, to: start + 51 * HOUR },
      ];
      for (const duration of [{ workingHours: 16 }, { hours: 36 }, { workingDays: 5 }])
        expect(endOf(duration, start, CALENDAR, pauses), show(start)).toBe(dueOf(duration, start, pauses));
    }
  });

  it('never leaves a deadline that had passed when it ended', () => {
    for (const start of STARTS) {
      let request = act(file('call', {}, start), { kind: 'sign' }, WATER, start + 1);
      const due = dueOfClock(request, 'answer') ?? 0;
      request = act(request, actOf('pause'), WATER, due - 20 * MINUTE);
      // The longest is more than may be paused.
      for (const [, length] of PAUSES.slice(0, -1)) {
        const resumedAt = due + length * MINUTE;
        const resumed = act(request, actOf('resume'), TOWNSHIP, resumedAt);
        expect(dueOfClock(resumed, 'answer'), show(start)).toBeGreaterThan(resumedAt);
      }
    }
  });

  it('stands still, waits for the caller meanwhile, and goes on', () => {
    let request = act(file('call'), { kind: 'sign' }, WATER);
    const due = dueOfClock(request, 'answer');
    const pausedAt = at('2026-03-04 10:00');
    request = act(request, actOf('pause'), WATER, pausedAt);
    expect(clocks(request)).toMatchObject([
      { clock: 'answer', isRunning: false, dueAt: due },
      { clock: 'caller', isRunning: true, dueAt: at('2026-03-06 18:00') },
    ]);
    expect(request.dueAt).toBe(at('2026-03-06 18:00'));
    expect(refusal(request, actOf('pause'), WATER, pausedAt)).toContain('已经暂停');
    expect(refusal(request, actOf('ask-extension'), WATER, pausedAt)).toContain('暂停');
    request = act(request, actOf('resume'), TOWNSHIP, at('2026-03-05 10:00'));
    expect(clocks(request)).toMatchObject([
      { clock: 'answer', isRunning: true, dueAt: at('2026-03-10 18:00') },
    ]);
  });

  it('each evening wins the minutes that it took and no day', () => {
    let request = act(file('call'), { kind: 'sign' }, WATER);
    request = act(request, actOf('pause'), WATER, at('2026-03-03 17:59'));
    request = act(request, actOf('resume'), WATER, at('2026-03-04 08:31'));
    expect(dueOfClock(request, 'answer')).toBe(at('2026-03-10 08:32'));
  });

  it('may be made twice and for five working days altogether; then the clock goes on by itself', () => {
    let request = act(file('call'), { kind: 'sign' }, WATER);
    for (const day of ['03', '04']) {
      request = act(request, actOf('pause'), WATER, at(`2026-03-${day} 10:00`));
      request = act(request, actOf('resume'), TOWNSHIP, at(`2026-03-${day} 11:00`));
    }
    expect(refusal(request, actOf('pause'), WATER, at('2026-03-05 10:00'))).toContain(
      '最多暂停2次、合计5个工作日',
    );
    let long = act(act(file('call'), { kind: 'sign' }, WATER), actOf('pause'), WATER, at('2026-03-03 10:00'));
    const endsAt = at('2026-03-10 10:00');
    expect(dueActs(caseAt(long, endsAt - 1)).map((a) => a.kind)).not.toContain('end-pause');
    expect(dueActs(caseAt(long, endsAt))).toEqual([{ kind: 'end-pause', assignment: 'A1' }]);
    expect(refusal(long, { kind: 'end-pause', assignment: 'A1' }, null, endsAt - 1)).toContain('没有用完');
    // The bot was down: what it finds later counts from the instant at which the allowance ended.
    long = act(long, { kind: 'end-pause', assignment: 'A1' }, null, endsAt + DAY);
    expect(clocks(long)).toMatchObject([{ clock: 'answer', isRunning: true, dueAt: at('2026-03-16 18:00') }]);
    expect(refusal(long, actOf('pause'), WATER, endsAt + DAY)).toContain('暂停的时间已用完');
    const later = act(
      act(act(file('call'), { kind: 'sign' }, WATER), actOf('pause'), WATER, at('2026-03-03 10:00')),
      actOf('resume'),
      TOWNSHIP,
      endsAt + 30 * DAY,
    );
    expect(dueOfClock(later, 'answer')).toBe(at('2026-03-16 18:00'));
  });

  it('ends with the answer', () => {
    let request = act(act(file('call'), { kind: 'sign' }, WATER), actOf('pause'), WATER);
    request = act(request, actOf('answer'), WATER, MONDAY + DAY);
    expect(request.events.map((e) => e.kind)).toEqual(['filed', 'signed', 'paused', 'resumed', 'answered']);
    expect(request.status).toBe('answered');
  });
});

describe('an extension', () => {
  const signed = (start: number) => act(file('call', {}, start), { kind: 'sign' }, WATER, start + 1);

  it('is counted from the deadline it moves', () => {
    for (const start of STARTS.filter((s) => s < at('2026-11-01 00:00'))) {
      const request = signed(start);
      const due = dueOf({ workingDays: 5 }, start) ?? 0;
      const asked = act(request, actOf('ask-extension'), WATER, due - MINUTE);
      expect(dueOfClock(asked, 'answer')).toBe(due);
      const granted = act(asked, { kind: 'grant-extension' }, TOWNSHIP, due + HOUR);
      expect(dueOfClock(granted, 'answer'), show(start)).toBe(dueOf({ workingDays: 5 }, due));
      const refused = act(asked, actOf('refuse-extension'), DEADLINE_OFFICE, due - 1);
      expect(dueOfClock(refused, 'answer')).toBe(due);
    }
  });

  it('goes no further than what was asked for, and may not ask for more than the kind gives', () => {
    const request = signed(MONDAY);
    const ask = (untilAt: number) => ({ kind: 'ask-extension' as const, reason: '等待检测', untilAt });
    expect(refusal(request, ask(at('2026-03-09 18:00')), WATER)).toContain('应晚于现在的期限');
    expect(refusal(request, ask(at('2026-03-17 09:00')), WATER)).toContain('最多可以延至3月16日(周一)18:00');
    const asked = act(request, ask(at('2026-03-11 12:00')), WATER);
    const granted = act(asked, { kind: 'grant-extension' }, TOWNSHIP);
    expect(dueOfClock(granted, 'answer')).toBe(at('2026-03-11 12:00'));
  });

  it('is asked for once, before the deadline, after signing, and never by the unit itself granted', () => {
    const request = signed(MONDAY);
    const due = dueOfClock(request, 'answer') ?? 0;
    expect(refusal(file('call'), actOf('ask-extension'), WATER)).toContain('先签收');
    expect(refusal(request, actOf('ask-extension'), WATER, due)).toContain('到期前');
    expect(refusal(request, { kind: 'grant-extension' }, TOWNSHIP)).toContain('没有待答复的延期申请');
    const asked = act(request, actOf('ask-extension'), WATER, due - 1);
    expect(refusal(asked, actOf('ask-extension'), WATER, due - 1)).toContain('一次');
    expect(refusal(asked, { kind: 'grant-extension' }, WATER)).toContain('请求单位');
    const refused = act(asked, actOf('refuse-extension'), TOWNSHIP, due - 1);
    expect(refusal(refused, actOf('ask-extension'), WATER, due - 1)).toContain('一次');
    expect(refusal(refused, { kind: 'grant-extension' }, TOWNSHIP, due - 1)).toContain('没有待答复');
  });
});

describe('a wish', () => {
  it('of a leader or where people are in danger counts when it is earlier, and a pause moves it by its working time', () => {
    const wish = at('2026-03-03 17:00');
    expect(dueOfClock(file('call', { wantedAt: wish }), 'answer')).toBe(at('2026-03-09 18:00'));
    const leader = makeActor('柳林镇', 'township-leader');
    expect(dueOfClock(file('call', { wantedAt: wish }, MONDAY, leader), 'answer')).toBe(wish);
    const request = file('call', { wantedAt: wish, isEmergency: true });
    expect(dueOfClock(request, 'answer')).toBe(wish);
    expect(dueOfClock(file('call', { wantedAt: at('2026-04-01 09:00') }), 'answer')).toBe(
      at('2026-03-09 18:00'),
    );
    let paused = act(act(request, { kind: 'sign' }, WATER), actOf('pause'), WATER, MONDAY + HOUR);
    paused = act(paused, actOf('resume'), TOWNSHIP, MONDAY + 4 * HOUR);
    // 10:00 to 13:00 on Monday: two hours of work; 17:00 on Tuesday and one hour, and one on Wednesday.
    expect(dueOfClock(paused, 'answer')).toBe(at('2026-03-04 09:30'));
  });
});

describe('what comes late', () => {
  it('is marked: a signature, an answer, and a return as well', () => {
    const late = (request: Request) => request.events.filter((e) => e.facts?.['isLate']).map((e) => e.kind);
    const signed = act(file('call'), { kind: 'sign' }, WATER, at('2026-03-02 15:01'));
    expect(late(signed)).toEqual(['signed']);
    expect(late(act(file('call'), { kind: 'sign' }, WATER, at('2026-03-02 15:00')))).toEqual([]);
    expect(late(act(signed, actOf('return'), WATER, at('2026-03-09 17:59')))).toEqual(['signed']);
    expect(late(act(signed, actOf('return'), WATER, at('2026-03-09 18:01')))).toEqual(['signed', 'returned']);
    expect(late(act(signed, actOf('answer'), WATER, at('2026-03-09 18:01')))).toEqual(['signed', 'answered']);
  });
});

describe('several callers', () => {
  it('have a clock each, which begins when they join', () => {
    const joinedAt = at('2026-03-04 09:00');
    const request = act(file('call'), actOf('join'), NEIGHBOUR, joinedAt);
    expect(clocks(request).filter((c) => c.clock === 'answer')).toMatchObject([
      { caller: '柳林镇', dueAt: at('2026-03-09 18:00') },
      { caller: '白马镇', dueAt: at('2026-03-11 18:00') },
    ]);
    const left = act(request, actOf('withdraw'), TOWNSHIP, joinedAt);
    expect(left.status).toBe('open');
    expect(dueOfClock(left, 'answer')).toBe(at('2026-03-11 18:00'));
    expect(act(left, actOf('withdraw'), NEIGHBOUR, joinedAt).status).toBe('withdrawn');
  });

  it('co-operating units have one clock of their own', () => {
    const request = act(file('call', { support: ['县应急管理局'] }), actOf('join'), NEIGHBOUR, MONDAY + DAY);
    expect(
      clocks(request)
        .filter((c) => c.assignment === 'A2')
        .map((c) => c.clock),
    ).toEqual(['sign', 'answer']);
    const signed = act(request, { kind: 'sign' }, EMERGENCY);
    expect(
      clocks(signed)
        .filter((c) => c.assignment === 'A2')
        .map((c) => c.clock),
    ).toEqual(['answer']);
  });
});

it('is kept for queries as the earliest end', () => {
  const request = file('call', { support: ['县应急管理局'] });
  expect(request.dueAt).toBe(at('2026-03-02 15:00'));
  expect(dueAtOf(caseAt(request))).toBe(request.dueAt);
  const withdrawn = act(request, actOf('withdraw'), TOWNSHIP);
  expect(withdrawn.dueAt).toBeNull();
  expect(clocks(withdrawn)).toEqual([]);
});

it('backwards: the same working time lies between', () => {
  for (const start of STARTS) {
    for (const hours of [1, 2, 4]) {
      const end = endOf({ workingHours: hours }, start, CALENDAR);
      const back = before({ workingHours: hours }, end, CALENDAR);
      expect(endOf({ workingHours: hours }, back, CALENDAR), show(start)).toBe(end);
    }
    const end = endOf({ workingDays: 5 }, start, CALENDAR);
    expect(endOf({ workingDays: 2 }, before({ workingDays: 2 }, end, CALENDAR), CALENDAR)).toBe(end);
  }
});
