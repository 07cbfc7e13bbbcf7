/** The timer of the morning's summary: when it is, whose it is, what it counts of requests. */
import { describe, expect, it } from 'vitest';
import type { Request, RequestStatus } from '../../src/core/request.js';
import { loadPolicies } from '../../src/requests/policy.js';
import { morningsOf } from '../../src/requests/morning.js';
import { makeRequest } from '../../scripts/bench/requests.js';
import { startReminderBot, type ReminderBot } from '../helpers/reminder-bot.js';
import { at, calendar, directory } from '../helpers/reminders.js';
import type { Change } from '../../src/core/store.js';
import { knownMorning, nextMorning } from '../../src/digest/morning.js';

describe('the next morning', () => {
  it.each([
    ['2026-03-02 08:00', '2026-03-02 08:31'],
    ['2026-03-02 08:30', '2026-03-02 08:31'],
    ['2026-03-02 08:31', '2026-03-03 08:31'],
    ['2026-03-06 12:00', '2026-03-09 08:31'],
    ['2026-05-08 12:00', '2026-05-09 08:31'],
    ['2026-09-30 12:00', '2026-10-08 08:31'],
    ['2026-02-21 12:00', '2026-02-24 08:31'],
  ])('after %s is %s', (now, then) => expect(nextMorning(calendar, at(now))).toBe(at(then)));

  it('is not guessed in a year without a calendar', () => {
    expect(() => nextMorning(calendar, at('2026-12-31 09:00'))).toThrow('缺少2027年');
    expect(knownMorning(calendar, at('2026-12-31 09:00'))).toBeNull();
    expect(knownMorning(calendar, at('2026-12-31 08:00'))).toBe(at('2026-12-31 08:31'));
  });
});

const NOW = at('2026-03-02 10:00');
const HOUSING = '县住房和城乡建设局';
const call = loadPolicies('knowledge/requests').call;

function requestOf(n: number, parts: Partial<Request> = {}): Request {
  const [lead] = makeRequest(n).assignments;
  if (!lead) throw new Error('no sample');
  return {
    ...makeRequest(n),
    evidence: null,
    events: makeRequest(n, { at: NOW }).events.slice(0, 1),
    assignments: [{ ...lead, organization: HOUSING, status: 'waiting' }],
    callers: [
      {
        organization: '柳林镇',
        account: 'console:张三',
        conversation: { platform: 'console', chatId: '张三', isDirect: true },
        joinedAt: NOW,
        rating: null,
      },
    ],
    dueAt: null,
    version: 0,
    ...parts,
  };
}
const accountsOf = (request: Request, now = NOW) =>
  morningsOf({ request, policy: call, calendar, now }, directory).map((it) =>
    it.kind === 'schedule' ? it.timer.payload['account'] : it.kind,
  );

describe('whose morning', () => {
  it('is that of those who have to do it', () => {
    expect(accountsOf(requestOf(1))).toEqual(['console:李四']);
  });
  it('is that of three at most', () => {
    const [part] = requestOf(1).assignments;
    const request = requestOf(1, { assignments: part ? [{ ...part, organization: '柳林镇' }] : [] });
    expect(accountsOf(request)).toEqual(['console:张三', 'console:沈乙', 'console:傅乙']);
  });
  it('is also that of who has to rate', () => {
    expect(accountsOf(requestOf(1, { status: 'answered' }))).toContain('console:张三');
  });
  it.each<RequestStatus>(['concluded', 'withdrawn', 'refused'])('is nobody’s when it is %s', (status) => {
    expect(accountsOf(requestOf(1, { status }))).toEqual([]);
  });
  it('is nobody’s rather than a mistake when the next year is not on file', () => {
    expect(accountsOf(requestOf(1), at('2026-12-31 10:00'))).toEqual([]);
  });
});

describe('the summary itself', () => {
  const file = async (bot: ReminderBot, ...requests: Request[]): Promise<void> => {
    const changes = requests.flatMap((request): Change[] => [
      { kind: 'request', request, expectedVersion: 0 },
      ...morningsOf({ request, policy: call, calendar, now: bot.clock() }, directory).flatMap(
        (it): Change[] => (it.kind === 'schedule' ? [it] : []),
      ),
    ]);
    await bot.store.commit(changes);
  };

  it('counts what is to be done, due today, overdue, once a morning, as long as there is something', async () => {
    const bot = await startReminderBot({ start: NOW });
    await file(
      bot,
      requestOf(1),
      requestOf(2, { dueAt: at('2026-03-03 18:00') }),
      requestOf(3, { dueAt: at('2026-03-02 18:00') }),
    );
    expect(await bot.jump(at('2026-03-03 08:31'))).toContain('待办 3 件、今日到期 1 件、已超过时限 1 件。');
    expect(await bot.jump(at('2026-03-03 20:00'))).toBe('');
    expect(await bot.jump(at('2026-03-04 08:31'))).toContain('待办 3 件、已超过时限 2 件。');
    const ended = [1, 2, 3].map((n): Change => {
      const request = requestOf(n, { version: 1, status: 'concluded' });
      return { kind: 'request', request, expectedVersion: 1 };
    });
    await bot.store.commit(ended);
    expect(await bot.jump(at('2026-03-05 08:31'))).toBe('');
    expect(await bot.store.getTimer('digest:console:李四@2026-03-06')).toBeNull();
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to))).toEqual(['console:d:李四', 'console:d:李四']);
  });

  it('that is due is not moved to the next day by what happens meanwhile', async () => {
    const bot = await startReminderBot({ start: NOW });
    await file(bot, requestOf(1));
    // The bot was down in the morning, and a message comes before it has looked what is due.
    bot.clock.advance(at('2026-03-03 09:00') - bot.clock());
    await file(bot, requestOf(2));
    expect(await bot.pass(60_000)).toContain('待办 2 件');
    expect(await bot.jump(at('2026-03-04 08:31'))).toContain('待办 2 件');
  });

  it('comes once a day, also when the one of the day before is late', async () => {
    const bot = await startReminderBot({ start: NOW });
    await file(bot, requestOf(1));
    expect(await bot.jump(at('2026-03-04 08:00'))).toContain('待办 1 件');
    await file(bot, requestOf(2));
    expect(await bot.jump(at('2026-03-04 18:00'))).toBe('');
    expect(await bot.jump(at('2026-03-05 08:31'))).toContain('待办 2 件');
  });

  it('counts what waits for a rating', async () => {
    const bot = await startReminderBot({ start: NOW });
    await file(bot, requestOf(1, { status: 'answered', assignments: [] }));
    expect(await bot.jump(at('2026-03-03 08:31'))).toContain('待评价 1 件。');
  });

  it('is looked at again the next day while the year has no calendar', async () => {
    const bot = await startReminderBot({ start: at('2026-12-31 08:00') });
    await file(bot, requestOf(1));
    expect(await bot.jump(at('2026-12-31 08:31'))).toContain('待办 1 件');
    expect(await bot.jump(at('2027-01-01 08:31'))).toBe('');
    expect(await bot.store.getTimer('digest:console:李四@2027-01-02')).toMatchObject({
      runAt: at('2027-01-02 08:31'),
    });
  });
});
