/**
 * The explanation of a deadline, read back line by line as a person would: it must add up to the same instant. `assert` for each
 * line: `expect` costs more than what it looks at.
 */
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { dueCard, explainDue, whyDueCard } from '../../src/requests/explain.js';
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

const INSTANT = /(?:(\d{4})年)?(\d+)月(\d+)日\(周.\)(\d\d):(\d\d)/g;
const pad = (text = '') => text.padStart(2, '0');

/** The instants in a line, in order. */
const instantsIn = (line: string): number[] =>
  [...line.matchAll(INSTANT)].map(([, year = '2026', month, day, hour, minute]) =>
    at(`${year}-${pad(month)}-${pad(day)} ${hour}:${minute}`),
  );
const dateIn = (line: string): string => {
  const [, year = '2026', month, day] = /^(?:(\d{4})年)?(\d+)月(\d+)日/.exec(line) ?? [];
  return `${year}-${pad(month)}-${pad(day)}`;
};
const minutesIn = (text = ''): number => {
  const [, hours = '0', minutes = '0'] = /^(?:(\d+)小时)?(?:(\d+)分)?$/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
};
const whyOf = new Map(days.map((day) => [day.date, day]));
const dayAfter = (date: string) => days[days.findIndex((d) => d.date === date) + 1]?.date;
const localDate = (ms: number) => new Date(ms + 8 * HOUR).toISOString().substring(0, 10);

/** Adds one counted stretch up; `lines` begins with its head. Gives the end and the lines that are left. */
function addUp([head = '', ...lines]: string[]): { end: number; rest: string[] } {
  const [start = NaN] = instantsIn(head);
  const [, count = '', unit = ''] = /时限(\d+)(分钟|小时|个工作小时|个工作日)/.exec(head) ?? [];
  let waited = 0;
  while (/不计\(等待补充材料\);$/.test(lines[0] ?? '')) {
    const [from = NaN, to = NaN] = instantsIn(lines.shift() ?? '');
    waited += to - from;
  }
  if (unit === '分钟' || unit === '小时')
    return { end: start + Number(count) * (unit === '分钟' ? MINUTE : HOUR) + waited, rest: lines };
  const isDays = unit === '个工作日';
  let date = localDate(start);
  if (isDays) date = dayAfter(date) ?? '';
  let counted = 0;
  let end = NaN;
  while (/^(\d{4}年)?\d+月\d+日\(周.\) /.test(lines[0] ?? '')) {
    const line = lines.shift() ?? '';
    assert.equal(dateIn(line), date);
    const { isWorkday, why } = whyOf.get(date) ?? { isWorkday: null, why: '' };
    const isOff = /不计\((.+)\)$/.exec(line);
    if (isOff) {
      if (isOff[1] !== '等待补充材料' && isOff[1] !== '非上班时间')
        assert.deepEqual([isOff[1], isWorkday], [why, false]);
    } else {
      assert.equal(isWorkday, true, line);
      if (why !== '工作日') assert.ok(line.includes(`(${why})`), line);
      if (isDays) {
        assert.ok(line.includes(`第${counted + 1}个工作日`), line);
        counted++;
        end = at(`${date} 18:00`);
      } else {
        counted += minutesIn(/计(\S+?)(?:\(|$)/.exec(line)?.[1]);
        end = at(`${date} ${[...line.matchAll(/-(\d\d:\d\d)/g)].at(-1)?.[1]}`);
      }
    }
    date = dayAfter(date) ?? '';
  }
  assert.equal(counted, Number(count) * (isDays ? 1 : 60));
  return { end, rest: lines };
}

/** What the whole explanation comes to. */
function readUp(lines: string[]): number {
  if (lines[0]?.includes('收到,规定时限')) {
    const last = lines.findIndex((line) => line.endsWith('以此为准。'));
    const wished = lines.slice(1, last + 1);
    const sum = wished.slice(1, -1).reduce((total, line) => {
      const [from = NaN, to = NaN] = instantsIn(line);
      return total + to - from;
    }, 0);
    return (instantsIn(wished[0] ?? '')[0] ?? NaN) + sum;
  }
  const { end, rest } = addUp(lines);
  const waited = rest.findIndex((line) => line.startsWith('顺延到'));
  const moved = waited === -1 ? end : (instantsIn(rest[waited] ?? '')[0] ?? NaN);
  rest.splice(0, waited + 1);
  const next = rest[0] ?? '';
  if (!next.startsWith('原截止')) return moved;
  assert.equal(instantsIn(next)[0], moved);
  if (next.includes('以此为准')) return instantsIn(next)[1] ?? NaN;
  return readUp(rest.slice(1));
}

function check(request: Request, now: number): void {
  for (const clock of clocksOf(caseAt(request))) {
    const lines = explainDue(clock, caseAt(request, now));
    const said = lines.find((line) => line.startsWith('截止')) ?? '';
    assert.deepEqual(instantsIn(said), [clock.dueAt]);
    assert.equal(readUp(lines), clock.dueAt, `${clock.clock}\n${lines.join('\n')}`);
  }
}

const STARTS = startsOf2026().filter((start, i) => i % 7 === 0 && start < at('2026-11-15 00:00'));

describe('every explanation adds up', () => {
  it.each(REQUEST_KINDS)('of a new %s', (kind) => {
    const support = POLICIES[kind].answeredBy === 'list-office' ? [] : [unitOf(CAST[kind].support)];
    for (const start of STARTS)
      for (const urgency of ['normal', 'urgent'] as const)
        check(file(kind, { urgency, support }, start), start);
  });

  it('of a 交办 that waits for its admission', () => {
    for (const start of STARTS) check(file('task', { evidence: null }, start), start);
  });

  it.each(['normal', 'urgent'] as const)(
    'of a %s call that was paused, extended, joined and answered',
    (urgency) => {
      for (const start of STARTS.filter((_, i) => i % 3 === 0)) {
        let request = act(file('call', { urgency }, start), { kind: 'sign' }, WATER, start + 5 * MINUTE);
        request = act(request, actOf('pause'), WATER, start + 3 * HOUR);
        check(request, start + 3 * HOUR);
        request = act(request, actOf('resume'), TOWNSHIP, start + 30 * HOUR);
        check(request, start + 30 * HOUR);
        const due = request.dueAt ?? 0;
        request = act(request, actOf('ask-extension'), WATER, due - 1);
        request = act(request, { kind: 'grant-extension' }, TOWNSHIP, due + 1);
        check(request, due + 1);
        request = act(request, actOf('join'), NEIGHBOUR, due + HOUR);
        check(request, due + HOUR);
        check(act(request, actOf('answer'), WATER, due + 2 * HOUR), due + 2 * HOUR);
        check(act(request, actOf('return'), WATER, due + 2 * HOUR), due + 2 * HOUR);
      }
    },
  );

  it('of a wish, paused as well, and of an extension that was asked for until an instant', () => {
    const wantedAt = at('2026-03-03 17:00');
    let request = act(file('call', { wantedAt, isEmergency: true }), { kind: 'sign' }, WATER);
    check(request, MONDAY);
    const asked = { kind: 'ask-extension' as const, reason: '等待检测', untilAt: at('2026-03-05 12:00') };
    request = act(act(request, asked, WATER), { kind: 'grant-extension' }, TOWNSHIP);
    const [clock] = clocksOf(caseAt(request));
    if (!clock) throw new Error('no clock');
    expect(explainDue(clock, caseAt(request))).toEqual([
      '3月2日(周一)09:00收到,规定时限5个工作日,到3月9日(周一)18:00;',
      '请求单位希望更早,在3月3日(周二)17:00前,以此为准。',
      '原截止 3月3日(周二)17:00,同意延期5个工作日,申请到3月5日(周四)12:00,以此为准。',
      '截止 3月5日(周四)12:00。',
    ]);
    let paused = act(file('call', { wantedAt, isEmergency: true }), { kind: 'sign' }, WATER);
    paused = act(act(paused, actOf('pause'), WATER, MONDAY + HOUR), actOf('resume'), TOWNSHIP, MONDAY + DAY);
    check(paused, MONDAY + DAY);
  });
});

describe('the card', () => {
  it('shows days with the reason for each that does not count', () => {
    const request = file('call', {}, at('2026-02-13 16:00'));
    const card = whyDueCard(caseAt(request, at('2026-02-13 16:00')));
    expect(card.title).toBe('QS-2026-000123 时限怎么算');
    const [sign, answer] = card.blocks;
    expect(sign).toMatchObject({ kind: 'field', label: '县水利局签收' });
    expect(sign?.text.split('\n')).toEqual([
      '2月13日(周五)16:00起,时限4个工作小时,只计上班时间:',
      '2月13日(周五) 16:00-18:00 计2小时',
      '2月14日(周六) 08:30-10:30 计2小时(调休上班)',
      '截止 2月14日(周六)10:30。',
    ]);
    expect(answer?.text).toContain('2月15日(周日) 不计(春节放假)');
    expect(answer?.text).toContain('2月14日(周六) 第1个工作日(调休上班)');
  });

  it('says when there is nothing to count, when it stands still, and whose clock it is', () => {
    const signed = act(file('call'), { kind: 'sign' }, WATER);
    const paused = act(signed, actOf('pause'), WATER);
    const card = (request: Request, id?: string) => whyDueCard(caseAt(request), id);
    expect(card(paused).blocks[0]?.text).toContain('正在等待补充材料,计时暂停');
    const withdrawn = act(signed, actOf('withdraw'), TOWNSHIP);
    expect(card(withdrawn).blocks).toEqual([{ kind: 'text', text: '目前没有正在计算的时限。' }]);
    const joined = act(signed, actOf('join'), NEIGHBOUR, MONDAY + DAY);
    expect(card(joined, 'A1').blocks.map((b) => (b.kind === 'field' ? b.label : ''))).toEqual([
      '县水利局答复(按柳林镇提出的时间)',
      '县水利局答复(按白马镇提出的时间)',
    ]);
  });
});

it('says that an extension was asked for, and that the deadline stands', () => {
  const asked = act(act(file('call'), { kind: 'sign' }, WATER), actOf('ask-extension'), WATER);
  const texts = dueCard(caseAt(asked)).blocks.map((block) => ('text' in block ? block.text : ''));
  expect(texts.join('\n')).toContain('同意之前仍按上面的时限');
  const granted = act(asked, actOf('grant-extension'), TOWNSHIP);
  expect(JSON.stringify(dueCard(caseAt(granted)))).not.toContain('同意之前');
});
