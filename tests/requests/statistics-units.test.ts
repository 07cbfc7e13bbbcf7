/** The table of units: every column is a figure, and opens as many cases as it shows. */
import { expect, it } from 'vitest';
import type { FigureName } from '../../src/core/figures.js';
import { casesOf, factsOf, statisticsOf, type Section } from '../../src/requests/statistics.js';
import { unitsCard } from '../../src/requests/statistics-view.js';
import { act, caseAt, DAY, file, MINUTE, MONDAY, TOWNSHIP, WATER } from '../helpers/requests.js';

const signed = act(file('call'), { kind: 'sign' }, WATER, MONDAY + MINUTE);
const asked = act(
  signed,
  { kind: 'ask-extension', reason: '闸门配件要从外地调,下周才到', untilAt: MONDAY + 9 * DAY },
  WATER,
  MONDAY + 2 * MINUTE,
);
const granted = act(asked, { kind: 'grant-extension' }, TOWNSHIP, MONDAY + 3 * MINUTE);
const answered = act(granted, { kind: 'answer', text: '已堵好' }, WATER, MONDAY + DAY);
const low = act(
  answered,
  { kind: 'rate', speed: 4, handling: 4, result: 1, words: '还在渗' },
  TOWNSHIP,
  MONDAY + DAY,
);
const REQUESTS = [low, { ...signed, number: 'QS-2026-000124' }];

const countIn = (section: Section) => {
  const cases = REQUESTS.flatMap((request) => factsOf(caseAt(request, MONDAY + DAY), section, '水利') ?? []);
  return { cases, statistics: statisticsOf(cases) };
};

it('has a column for what was extended and for what was rated low', () => {
  const assigned = countIn({ side: 'a', unit: '县水利局' });
  const called = countIn({ side: 'c', unit: '柳林镇' });
  const card = unitsCard(
    {
      scope: { period: { from: '2026-03-01', to: '2026-04-01' }, unit: null, topic: '' },
      ...{ whose: '全县', now: MONDAY + DAY, note: '' },
    },
    [
      { unit: '县水利局', called: null, assigned: assigned.statistics },
      { unit: '柳林镇', called: called.statistics, assigned: null },
    ],
  );
  const table = card.blocks.find((it) => it.kind === 'table');
  expect(table?.kind === 'table' && table.columns.map(({ label }) => label)).toEqual([
    '单位',
    '承办',
    '按时',
    '逾期',
    '退回',
    '延期',
    '低分',
    '提出',
  ]);
  const figures: FigureName[] = ['all', 'answer-ok', 'late', 'returned', 'extended', 'low'];
  expect(table?.kind === 'table' && table.rows).toEqual([
    ['县水利局', ...figures.map((it) => String(casesOf(assigned.cases, it).length)), ''],
    ['柳林镇', ...figures.map(() => ''), '2'],
  ]);
  expect(casesOf(assigned.cases, 'extended').map(({ request }) => request.number)).toEqual([low.number]);
  expect(casesOf(assigned.cases, 'low').map(({ request }) => request.number)).toEqual([low.number]);
});
