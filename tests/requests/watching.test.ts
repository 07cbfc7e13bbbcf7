/** 待督办: which open requests are looked after, and whose part it is that is late. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { watchesOf, watchLine } from '../../src/requests/watching.js';
import { act, caseAt, DAY, EMERGENCY, file, HOUR, MONDAY, TOWNSHIP, WATER } from '../helpers/requests.js';

const seen = (request: Request, now: number) =>
  watchesOf(caseAt(request, now)).map(({ reason, organization }) => `${organization} ${reason}`);
const LATE = MONDAY + 20 * DAY;

describe('a request is watched', () => {
  it('not while it is in time, and not when it has ended', () => {
    expect(seen(file('call'), MONDAY + HOUR)).toEqual([]);
    expect(seen(act(file('call'), { kind: 'withdraw', reason: '已自行解决' }, TOWNSHIP), LATE)).toEqual([]);
  });

  it('for the part that is late, not for the one that was made last', () => {
    const both = file('call', { support: [EMERGENCY.organization] });
    const signed = act(both, { kind: 'sign' }, EMERGENCY, MONDAY + HOUR);
    expect(seen(signed, MONDAY + DAY)).toEqual(['县水利局 unsigned']);
    const all = act(signed, { kind: 'sign' }, WATER, MONDAY + DAY);
    expect(seen(all, LATE)).toEqual(['县水利局 overdue', '县应急管理局 overdue']);
    expect(watchLine(caseAt(signed, MONDAY + DAY), watchesOf(caseAt(signed, MONDAY + DAY)))).toMatch(
      /^QS-2026-000123 .*县水利局逾期未签收\(时限3月2日\(周一\)15:00\)$/,
    );
  });

  it('when it was reopened twice, and when a second rating is low', () => {
    const answered = (request: Request) =>
      act(request, { kind: 'answer', text: '已堵好' }, WATER, MONDAY + HOUR);
    const rate = (request: Request) =>
      act(
        request,
        { kind: 'rate', speed: 1, handling: 1, result: 1, words: '还在渗' },
        TOWNSHIP,
        MONDAY + HOUR,
      );
    const twice = rate(answered(rate(answered(file('call')))));
    expect(seen(twice, MONDAY + HOUR)).toEqual(['县水利局 low']);
    const again = act(twice, { kind: 'reopen', reason: '仍在渗水' }, TOWNSHIP, MONDAY + HOUR);
    expect(seen(again, MONDAY + HOUR)).toEqual(['县水利局 reopened']);
  });

  it('while somebody of the unit was not reached and nobody has signed', () => {
    const lost = { kind: 'unreached', assignment: 'A1', chat: 'console:d:水甲', name: '水甲' } as const;
    const request = act(file('call'), lost, null, MONDAY + HOUR);
    expect(seen(request, MONDAY + HOUR)).toEqual(['县水利局 unreached']);
    expect(seen(act(request, { kind: 'sign' }, WATER, MONDAY + HOUR), MONDAY + HOUR)).toEqual([]);
  });

  it('of a person nothing is said but the kind', () => {
    const request = file('consent', { text: '拟调整张某职务' });
    expect(watchLine(caseAt(request, LATE), watchesOf(caseAt(request, LATE)))).not.toContain('张某');
  });
});
