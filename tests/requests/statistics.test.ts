/** Figures over thousands of random cases, against a second count that reads nothing but their logs. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIGURES } from '../../src/core/figures.js';
import { requestNumber, type Request, type RequestEvent } from '../../src/core/request.js';
import { dueActs } from '../../src/requests/ladder.js';
import {
  casesOf,
  domainFigure,
  factsOf,
  medianOf,
  NO_DOMAIN,
  statisticsOf,
  type Section,
} from '../../src/requests/statistics.js';
import { renderStatistics } from '../../src/requests/statistics-book.js';
import { workedBetween } from '../helpers/oracle.js';
import { replay, type Replayed } from '../helpers/replay.js';
import {
  act,
  apply,
  at,
  caseAt,
  file,
  MINUTE,
  MONDAY,
  DAY,
  POLICIES,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';
import { sheetsOf } from '../helpers/workbook.js';
import { actFrom, chosen, fileWorld, worldArbitrary, type World } from '../helpers/worlds.js';

const CASES = 5_000;
/** A busy machine counts as well. */
const BUSY_MS = 300_000;
const SECTIONS: Section[] = [
  { side: 'c', unit: null },
  { side: 'c', unit: '柳林镇' },
  { side: 'c', unit: '白马镇' },
  { side: 'c', unit: '县水利局' },
  { side: 'a', unit: '县水利局' },
  { side: 'a', unit: '县应急管理局' },
  { side: 'a', unit: '柳林镇' },
  { side: 'a', unit: '县委编办' },
  { side: 'a', unit: '县交通运输局' },
];

/** What becomes of a random world, looked at some random time later. */
function lived(world: World, n: number): { request: Request; now: number } {
  let now = at('2026-01-05 00:00') + world.startMinutes * MINUTE;
  let request = { ...fileWorld(world, now), number: requestNumber(2026, n + 1) };
  for (const step of world.steps) {
    now += step.wait;
    if (step.move === 'tick') {
      for (let acts = dueActs(caseAt(request, now)); acts.length > 0; acts = dueActs(caseAt(request, now)))
        for (const it of acts) {
          const outcome = apply(request, it, null, now);
          if (outcome.ok) request = outcome.request;
        }
      continue;
    }
    const [actor, move] = chosen(step, step.move, request);
    const outcome = apply(request, actFrom(move, step.params, now), actor, now);
    if (outcome.ok) request = outcome.request;
  }
  return { request, now: now + (n % 5) * DAY };
}

type Told = { figures: Set<string>; sign: number[]; answer: number[]; ratings: number[][] };
const RANK = ['over', 'late', 'wait', 'ok', 'none'];

/** A clock of a part that runs and has passed, as the log alone gives it. */
const isPast = ({ clocks }: Replayed, part: string, names: string[], instant: number): boolean =>
  clocks.some((line) => {
    const [id = '', clock = '', ...rest] = line.split(' ');
    const [isRunning, due] = rest.slice(-2);
    return id === part && names.includes(clock) && isRunning === 'true' && Number(due) < instant;
  });

/** The same by another way: state and lateness are replayed from the log, event by event. */
function told(request: Request, now: number, { side, unit }: Section): Told | null {
  const { events } = request;
  const end = replay(request);
  const isCaller = unit === null || end.callers.some((c) => c.organization === unit);
  // What waits for the leave of one's own leaders has not gone out: it is nobody's work and no call yet.
  const gone = end.parts.filter(({ isLeave }) => !isLeave);
  const parts = side === 'a' ? gone.filter((p) => p.organization === unit) : isCaller ? gone : [];
  if (parts.length === 0) return null;
  const figures = new Set<string>(['all', `k:${request.kind}`]);
  const [signs, answers] = [new Set<string>(), new Set<string>()];
  const [sign, answer]: [number[], number[]] = [[], []];
  for (const part of parts) {
    let signState =
      part.status === 'waiting' ? (isPast(end, part.id, ['sign'], now) ? 'over' : 'wait') : 'none';
    let answerState =
      part.status === 'waiting' || part.status === 'signed'
        ? isPast(end, part.id, ['answer'], now)
          ? 'over'
          : 'wait'
        : 'none';
    events.forEach((event, i) => {
      if (event.assignment !== part.id) return;
      const isLate = isPast(
        replay({ ...request, events: events.slice(0, i) }),
        part.id,
        ['sign', 'answer'],
        event.at,
      );
      const worked =
        workedBetween(part.madeAt, event.at) -
        part.pauses.reduce(
          (sum, p) => sum + workedBetween(Math.min(p.from, event.at), Math.min(p.to ?? event.at, event.at)),
          0,
        );
      if (event.kind === 'signed') {
        signState = isLate ? 'late' : 'ok';
        sign.push(worked);
        figures.add('signed');
      }
      // A ruling on what was answered before makes a precedent of it: the part was done by the answer.
      const isAfterAnswer = events
        .slice(0, i)
        .some((it) => it.kind === 'answered' && it.assignment === part.id);
      if (
        ['answered', 'ruled', 'admitted', 'admission-refused'].includes(event.kind) &&
        !(event.kind === 'ruled' && isAfterAnswer)
      )
        answerState = isLate ? 'late' : 'ok';
      if (event.kind === 'answered') {
        answer.push(worked);
        figures.add('answered');
      }
      if (event.kind === 'returned') {
        answerState = isLate ? 'late' : 'none';
        figures.add('returned');
      }
      if (event.kind === 'transferred') figures.add('moved');
      if (event.kind === 'extension-granted') figures.add('extended');
      if (event.kind === 'paused') figures.add('paused');
    });
    signs.add(signState);
    answers.add(answerState);
  }
  const worst = (states: Set<string>) => RANK.find((it) => states.has(it)) ?? 'none';
  const [signed, answered] = [worst(signs), worst(answers)];
  figures.add(`sign-${signed}`).add(`answer-${answered}`);
  if (['over', 'wait'].includes(signed)) figures.add('unsigned');
  if (['over', 'wait'].includes(answered)) figures.add('unanswered');
  if (signed === 'over' || answered === 'over') figures.add('overdue');
  if (['over', 'late'].includes(signed) || ['over', 'late'].includes(answered)) figures.add('late');
  const kinds = new Set(events.map(({ kind }) => kind));
  if (side === 'c' && kinds.has('transferred')) figures.add('moved');
  if (kinds.has('ruling-asked')) figures.add('ruling');
  if (kinds.has('urged')) figures.add('urged');
  if (kinds.has('reopened')) figures.add('reopened');
  for (const [status, name] of [
    ['concluded', 'done'],
    ['unsolved', 'unsolved'],
    ['withdrawn', 'withdrawn'],
    ['merged', 'merged'],
    ['refused', 'refused'],
  ] as const)
    if (end.status === status) figures.add(name);
  if (!['concluded', 'unsolved', 'withdrawn', 'merged', 'refused'].includes(end.status)) figures.add('open');
  const leadAt = (i: number): string | undefined => {
    const made = events.slice(0, i).flatMap((e) => e.made ?? []);
    const lead = made.findLast((id) => request.assignments.some((a) => a.id === id && a.role === 'lead'));
    return request.assignments.find((a) => a.id === lead)?.organization;
  };
  const ratings = events.flatMap((event: RequestEvent, i) => {
    if (event.kind !== 'rated') return [];
    const whose = side === 'c' ? event.by?.organization : leadAt(i);
    if (unit !== null && whose !== unit) return [];
    return [['speed', 'handling', 'result'].map((key) => Number(event.facts?.[key]))];
  });
  if (ratings.length > 0) figures.add('rated');
  if (ratings.some((scores) => Math.min(...scores) <= 2)) figures.add('low');
  figures.add(request.evidence ? domainFigure('水利') : domainFigure(NO_DOMAIN));
  return { figures, sign, answer, ratings };
}

const mean = (values: number[]) => values.reduce((sum, n) => sum + n, 0) / values.length;
const middle = (values: number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  if (half === 0) return null;
  const upper = sorted[Math.floor(half)] ?? NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? NaN) + upper) / 2 : upper;
};

describe('figures over 5,000 random cases', () => {
  let cases: { request: Request; now: number }[] = [];
  beforeAll(() => {
    cases = fc.sample(worldArbitrary, { numRuns: CASES, seed: 20261130 }).map(lived);
  }, BUSY_MS);

  it.each(SECTIONS)(
    'are those of the logs: $side $unit',
    (section) => {
      const facts = cases.flatMap(({ request, now }) => {
        const domain = request.evidence ? '水利' : NO_DOMAIN;
        return factsOf(caseAt(request, now), section, domain) ?? [];
      });
      const expected = cases.flatMap(({ request, now }) => {
        const it = told(request, now, section);
        return it ? [{ number: request.number, ...it }] : [];
      });
      expect(facts.map(({ request }) => request.number)).toEqual(expected.map(({ number }) => number));
      const wrong = facts.flatMap(({ figures, request }, i) => {
        const [mine, theirs] = [figures, expected[i]?.figures ?? new Set()].map((it) =>
          [...it].sort().join(' '),
        );
        return mine === theirs ? [] : [`${request.number}: ${mine} | ${theirs}`];
      });
      expect(wrong).toEqual([]);

      const found = statisticsOf(facts);
      const names = new Set([...Object.keys(FIGURES), ...expected.flatMap(({ figures }) => [...figures])]);
      for (const name of names) {
        const numbers = expected.filter(({ figures }) => figures.has(name)).map(({ number }) => number);
        expect(found.counts.get(name) ?? 0, name).toBe(numbers.length);
        // What a figure opens is what it counts.
        expect(
          casesOf(facts, name).map(({ request }) => request.number),
          name,
        ).toEqual(numbers);
      }
      const hours = (minutes: number[]) => {
        const it = middle(minutes);
        return it === null ? null : it / 60;
      };
      expect(found.signHours).toBe(hours(expected.flatMap(({ sign }) => sign)));
      expect(found.answerHours).toBe(hours(expected.flatMap(({ answer }) => answer)));
      const ratings = expected.flatMap((it) => it.ratings);
      if (ratings.length === 0) expect(found.rating).toBeNull();
      else
        expect(found.rating).toEqual({
          ratings: ratings.length,
          speed: mean(ratings.map(([n = 0]) => n)),
          handling: mean(ratings.map(([, n = 0]) => n)),
          result: mean(ratings.map(([, , n = 0]) => n)),
        });
      for (const { domain, count } of found.domains)
        expect(casesOf(facts, domainFigure(domain)), domain).toHaveLength(count);
    },
    BUSY_MS,
  );

  it(
    'sort each case into one state of signing and of answering, and every figure is met',
    () => {
      const facts = cases.flatMap(
        ({ request, now }) => factsOf(caseAt(request, now), { side: 'c', unit: null }, '') ?? [],
      );
      const gone = cases.filter(({ request }) =>
        replay(request).parts.some(({ isLeave }) => !isLeave),
      ).length;
      expect(gone).toBeGreaterThan(CASES * 0.9);
      expect(facts).toHaveLength(gone);
      const { counts } = statisticsOf(facts);
      for (const what of ['sign', 'answer'])
        expect(
          ['over', 'late', 'wait', 'ok', 'none'].reduce(
            (sum, it) => sum + (counts.get(`${what}-${it}`) ?? 0),
            0,
          ),
        ).toBe(gone);
      // Two cases make one only where 督办 says so (`merging.test.ts`).
      const rare = Object.keys(FIGURES).filter((name) => (counts.get(name) ?? 0) < 5);
      expect(rare).toEqual(['merged']);
    },
    BUSY_MS,
  );
});

describe('the workbook', () => {
  it('says the same figures, and marks in each case the ones that count it', async () => {
    const section = { side: 'c', unit: null } as const;
    const requests = fc.sample(worldArbitrary, { numRuns: 40, seed: 7 }).map(lived);
    const cases = requests.flatMap(
      ({ request, now }) => factsOf(caseAt(request, now), section, '水利') ?? [],
    );
    const statistics = statisticsOf(cases);
    const bytes = await renderStatistics({
      scope: { period: { from: '2026-01-01', to: '2027-01-01' }, unit: null, topic: '' },
      whose: '青山县',
      sections: [{ section, statistics, cases }],
      units: [{ unit: '县水利局', assigned: statistics, called: null }],
      policies: POLICIES,
      now: MONDAY,
    });
    const sheets = await sheetsOf(bytes);
    const lines = (sheets['汇总'] ?? '').split('\n');
    const [head = '', ...rows] = (sheets['提出明细'] ?? '').split('\n');
    expect(rows).toHaveLength(cases.length);
    expect(head).toContain('按时签收');
    for (const [name, label] of Object.entries(FIGURES))
      expect(lines, name).toContain(`${label}|${statistics.counts.get(name) ?? 0}`);
    const marks = cases.map(
      ({ figures }) => Object.keys(FIGURES).filter((it) => it !== 'all' && figures.has(it)).length,
    );
    expect(rows.map((row) => row.split('|').filter((it) => it === '√').length)).toEqual(marks);
    expect(sheets['分单位']).toContain(`县水利局|${cases.length}|`);
  });
});

describe('one case', () => {
  it('counts for who called and for who had to do it, with the working time that it took', () => {
    const filed = file('call');
    const signed = act(filed, { kind: 'sign' }, WATER, MONDAY + 60 * MINUTE);
    const done = act(signed, { kind: 'answer', text: '已堵好' }, WATER, MONDAY + DAY);
    const rated = act(
      done,
      { kind: 'rate', speed: 5, handling: 4, result: 2, words: '还在渗' },
      TOWNSHIP,
      MONDAY + DAY,
    );
    for (const section of [
      { side: 'c', unit: '柳林镇' },
      { side: 'a', unit: '县水利局' },
    ] as const) {
      const facts = factsOf(caseAt(rated, MONDAY + DAY), section, '水利');
      expect(facts).toMatchObject({ domain: '水利', signMinutes: [60] });
      expect(facts?.ratings).toEqual([{ speed: 5, handling: 4, result: 2 }]);
      expect([...(facts?.figures ?? [])]).toEqual(
        expect.arrayContaining(['low', 'reopened', 'sign-wait', 'answer-wait', 'open']),
      );
    }
    expect(factsOf(caseAt(rated), { side: 'a', unit: '县审计局' }, '')).toBeNull();
  });

  it('the median lies between the two in the middle', () => {
    expect([[], [3], [4, 1], [9, 1, 2]].map(medianOf)).toEqual([null, 3, 2.5, 2]);
  });
});
