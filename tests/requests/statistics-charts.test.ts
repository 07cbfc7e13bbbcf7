/** Charts of statistics: the same figures as the card, over the right months, and never one unit beside another. */
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../src/adapters/feishu/render.js';
import { monthPeriod, weekPeriod, yearPeriod } from '../../src/calendar/periods.js';
import { cardToText } from '../../src/core/card.js';
import { factsOf, statisticsOf, type Section } from '../../src/requests/statistics.js';
import { chartsCard, chartsOf, trendPeriod } from '../../src/requests/statistics-charts.js';
import type { Scope } from '../../src/requests/statistics-token.js';
import { problemsOfCard } from '../helpers/feishu-card-schema.js';
import { act, at, caseAt, file, WATER } from '../helpers/requests.js';

const NOW = at('2026-03-20 10:00');
const scope: Scope = { period: monthPeriod(2026, 3), unit: '县水利局', topic: '' };
const SIDES: Section[] = [
  { side: 'a', unit: '县水利局' },
  { side: 'c', unit: '县水利局' },
];

const calls = ['2026-01-12 09:00', '2026-03-02 09:00', '2026-03-03 09:00', '2026-03-19 17:00'].map(
  (text, i) => file('call', {}, at(text), undefined, `QS-2026-00000${i + 1}`),
);
const requests = calls.map((request, i) =>
  i === 1 ? act(request, { kind: 'sign' }, WATER, at('2026-03-02 10:00')) : request,
);

function sections(from: string, to: string) {
  return SIDES.flatMap((section) => {
    const facts = requests.flatMap((request, i) => {
      const on = caseAt(request, NOW);
      return factsOf(on, section, i % 2 === 0 ? '水利' : '应急') ?? [];
    });
    const inScope = facts.filter(({ request }) => {
      const filed = request.events[0]?.at ?? 0;
      return filed >= at(`${from} 00:00`) && filed < at(`${to} 00:00`);
    });
    return facts.length > 0 ? [{ section, cases: facts, statistics: statisticsOf(inScope) }] : [];
  });
}

const charts = chartsOf(scope, sections('2026-03-01', '2026-04-01'), NOW);

describe('the charts of a unit', () => {
  it('count what the statistics count', () => {
    expect(charts.map(({ title }) => title)).toEqual([
      '各月请求(件)',
      '签收和答复 · 2026年3月(件)',
      '领域 · 2026年3月(件)',
    ]);
    const [trend, states, domains] = charts;
    expect(trend?.categories).toEqual(['25年10月', '11月', '12月', '26年1月', '2月', '3月']);
    expect(trend?.series).toEqual([{ name: '承办', values: [0, 0, 0, 1, 0, 3] }]);
    expect(states?.categories).toEqual(['签收', '答复']);
    expect(Object.fromEntries(states?.series.map(({ name, values }) => [name, values]) ?? [])).toEqual({
      按时: [1, 0],
      逾期未办: [1, 2],
      未到期: [1, 1],
    });
    expect(domains?.series[0]?.values).toEqual([2, 1]);
  });

  it('say the same in words, and are a card that Feishu takes', () => {
    const card = chartsCard(scope, '县水利局', charts, NOW);
    expect(cardToText(card)).toContain('签收 ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 按时 1、逾期未办 1、未到期 1');
    const place = { platform: 'feishu' as const, chatId: 'ou_a', isDirect: true };
    const { content = '' } = renderCard(card, place) ?? {};
    expect(problemsOfCard(content)).toEqual([]);
    expect(content.match(/"tag":"chart"/g)).toHaveLength(3);
  });

  it('draw nothing where nothing is counted', () => {
    expect(chartsOf(scope, [], NOW)).toEqual([]);
  });
});

describe('the months', () => {
  it.each([
    ['a month', monthPeriod(2026, 3), '2025-10-01', '2026-04-01'],
    ['a week', weekPeriod('2026-02-27'), '2025-10-01', '2026-04-01'],
    ['this year, as far as it has come', yearPeriod(2026), '2025-10-01', '2026-04-01'],
    ['last year', yearPeriod(2025), '2025-01-01', '2026-01-01'],
    ['all that ever was', { from: '2000-01-01', to: '2026-03-21' }, '2025-04-01', '2026-04-01'],
    ['the first month that can be named', monthPeriod(2000, 2), '2000-01-01', '2000-03-01'],
  ])('of %s', (_, period, from, to) => {
    expect(trendPeriod(period, NOW)).toEqual({ from, to });
  });
});
