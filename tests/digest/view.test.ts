/** The morning's summary: what it counts and in which words. */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/core/card.js';
import type { Request } from '../../src/core/request.js';
import { digestCard, isEmptyDigest, type DigestParts } from '../../src/digest/view.js';
import { makeRequest } from '../../scripts/bench/requests.js';
import { at, makeOccurrence } from '../helpers/reminders.js';

const NOW = at('2026-03-03 08:31');
const NOTHING: DigestParts = { todo: [], toRate: [], gathered: [], later: [] };

const request = (n: number, dueAt: number | null, text = `第${n}件请求`): Request => ({
  ...makeRequest(n),
  dueAt,
  text,
});
const gathered = (n: number) => makeOccurrence({ id: `g${n}`, text: `第${n}条提醒` });
const textOf = (card: Card) => card.blocks.map((block) => ('text' in block ? block.text : '')).join('\n');
const counts = (parts: Partial<DigestParts>) =>
  textOf(digestCard({ ...NOTHING, ...parts }, NOW)).split('\n')[0];

describe('a summary', () => {
  it.each<[string, Partial<DigestParts>, string]>([
    ['what is to be done', { todo: [request(1, null)] }, '待办 1 件。'],
    ['what is due today', { todo: [request(1, at('2026-03-03 18:00'))] }, '待办 1 件、今日到期 1 件。'],
    [
      'what is due at the end of the day',
      { todo: [request(1, at('2026-03-03 23:59'))] },
      '待办 1 件、今日到期 1 件。',
    ],
    ['what is due tomorrow', { todo: [request(1, at('2026-03-04 00:00'))] }, '待办 1 件。'],
    ['what is overdue', { todo: [request(1, at('2026-03-02 18:00'))] }, '待办 1 件、已超过时限 1 件。'],
    ['what became overdue this morning', { todo: [request(1, NOW)] }, '待办 1 件、已超过时限 1 件。'],
    ['what is to be rated', { toRate: [request(1, null), request(2, null)] }, '待评价 2 件。'],
    ['what was gathered', { gathered: [gathered(1), gathered(2), gathered(3)] }, '提醒 3 条。'],
    [
      'all of it',
      {
        todo: [
          request(1, at('2026-03-03 18:00')),
          request(2, at('2026-03-01 18:00')),
          request(3, at('2026-03-09 18:00')),
        ],
        toRate: [request(4, null)],
        gathered: [gathered(1)],
        later: [makeOccurrence({ dueAt: at('2026-03-03 15:00') })],
      },
      '待办 3 件、今日到期 1 件、已超过时限 1 件、待评价 1 件、提醒 1 条。',
    ],
  ])('counts %s', (_, parts, expected) => expect(counts(parts)).toBe(expected));

  it('names the day, the most urgent first, with numbers and deadlines', () => {
    const todo = [
      request(2, at('2026-03-09 18:00'), '乙'),
      request(1, at('2026-03-03 18:00'), '甲'),
      request(3, null, '丙'),
    ];
    const card = digestCard({ ...NOTHING, todo }, NOW);
    expect(card.title).toBe('今日提要 · 3月3日(周二)');
    expect(textOf(card).split('\n').slice(1)).toEqual([
      'QS-2026-000002 甲(时限3月3日(周二)18:00)',
      'QS-2026-000003 乙(时限3月9日(周一)18:00)',
      'QS-2026-000004 丙',
    ]);
    expect(card.buttons.map(({ id, value }) => [id, value])).toEqual([['req-list', 'todo']]);
  });

  it('shows six of a kind and counts the others', () => {
    const lines = textOf(
      digestCard({ ...NOTHING, gathered: Array.from({ length: 9 }, (_, i) => gathered(i)) }, NOW),
    );
    expect(lines).toContain('第5条提醒');
    expect(lines).not.toContain('第6条提醒');
    expect(lines).toContain('……另有 3 件');
  });

  it('tells what is set for later today', () => {
    const later = [makeOccurrence({ text: '接检查组', dueAt: at('2026-03-03 15:00') })];
    expect(textOf(digestCard({ ...NOTHING, gathered: [gathered(1)], later }, NOW))).toContain(
      '3月3日(周二)15:00 接检查组',
    );
  });

  it('has no button where there is nothing to do', () => {
    expect(digestCard({ ...NOTHING, gathered: [gathered(1)] }, NOW).buttons).toEqual([]);
  });

  it('is empty when only later reminders are there: they come by themselves', () => {
    expect(isEmptyDigest(NOTHING)).toBe(true);
    expect(isEmptyDigest({ ...NOTHING, later: [makeOccurrence()] })).toBe(true);
    for (const parts of [
      { todo: [request(1, null)] },
      { toRate: [request(1, null)] },
      { gathered: [gathered(1)] },
    ])
      expect(isEmptyDigest({ ...NOTHING, ...parts })).toBe(false);
  });
});
