import { describe, expect, it } from 'vitest';
import { contentHash, readLists } from '../../src/editions/folder.js';
import { foldedText, foldVerdicts, rowsToComplete } from '../../src/editions/verdicts.js';
import { loadDirectory } from '../../src/organizations/load.js';
import type { Verdict } from '../../src/core/note.js';

const directory = loadDirectory('knowledge/organizations');
const { lists, rows } = readLists('knowledge/lists', directory);
const [first] = rows;
if (!first) throw new Error('the sample has rows');
const { listId, number, matter } = first;
const fold = (...verdicts: Verdict[]) =>
  foldVerdicts(
    { lists, rows },
    verdicts.map((verdict) => ({ questions: ['问'], verdict, at: 0, edition: 'e' })),
    directory,
  );

describe('accepted remarks', () => {
  it('become phrasings of the row of that matter, wherever its number went', () => {
    const verdict: Verdict = { kind: 'phrasing', row: `${listId}/999`, matter, phrasings: ['没人管的事'] };
    const folded = fold(verdict, verdict);
    const row = folded.rows.find((it) => it.listId === listId && it.number === number);
    expect(row?.askedAs).toEqual([...first.askedAs, '没人管的事']);
    expect(folded.accepted[0]).toMatchObject({ q: '没人管的事' });
    expect(folded.accepted[0]?.gold).toContain(`${listId}/${number}`);
    expect(rows[0]?.askedAs).toEqual(first.askedAs);
  });

  it('become names of units, unless the name is taken', () => {
    const folded = fold(
      { kind: 'alias', unit: '县水利局', alias: '管水的' },
      { kind: 'alias', unit: '县公安局', alias: '管水的' },
      { kind: 'alias', unit: '县水利局', alias: '公安局' },
      { kind: 'alias', unit: '县没有局', alias: '没有' },
    );
    expect(folded.aliases).toEqual([{ unit: '县水利局', alias: '管水的' }]);
    expect(folded.skipped).toHaveLength(3);
    const named = directory.withAliases(folded.aliases);
    expect(named.resolve('管水的')).toBe('县水利局');
    expect(named.mentions('请管水的来')).toMatchObject([{ unit: '县水利局' }]);
    expect(directory.resolve('管水的')).toBeNull();
    expect(contentHash(lists, rows, folded.aliases)).not.toBe(contentHash(lists, rows));
  });

  it('are matters to complete until a list has them, then their phrasings', () => {
    const isNew: Verdict = { kind: 'new-row', listId, matter: '流浪猫收容处置', phrasings: ['野猫谁管'] };
    const folded = fold(isNew, { ...isNew, matter });
    expect(folded.toComplete).toEqual([{ listId, matter: '流浪猫收容处置', phrasings: ['野猫谁管'] }]);
    expect(folded.rows).toHaveLength(rows.length);
    expect(folded.rows[0]?.askedAs).toContain('野猫谁管');
    expect(foldedText(folded, []).join('\n')).toContain('流浪猫收容处置');
    const [begun] = rowsToComplete(folded);
    expect(begun).toMatchObject({ listId, matter: '流浪猫收容处置', lead: [], askedAs: ['野猫谁管'] });
    expect(rows.some((row) => row.listId === listId && row.number === begun?.number)).toBe(false);
  });

  it('keep the units that a ruling named for what it found missing', () => {
    const ruled: Verdict = {
      ...{ kind: 'new-row', listId, matter: '共享单车停放', phrasings: [] },
      ...{ lead: '县水利局', support: ['县公安局'] },
    };
    const folded = fold(ruled);
    expect(rowsToComplete(folded)).toMatchObject([
      { matter: '共享单车停放', lead: [{ unit: '县水利局' }], support: [{ unit: '县公安局' }] },
    ]);
    expect(foldedText(folded, []).join('\n')).toContain('裁定主办县水利局');
  });

  it('change no lead by themselves: what is to be changed stands on the page until a list says so', () => {
    const verdict: Verdict = { kind: 'unit', row: `${listId}/999`, matter, unit: '县水利局' };
    const folded = fold(verdict);
    expect(folded.rows).toEqual(rows);
    expect(folded.toChange).toEqual([{ listId, number, matter, unit: '县水利局' }]);
    expect(foldedText(folded, []).join('\n')).toContain(`第${number}项“${matter}”:改为县水利局`);
    const done = foldVerdicts(
      { lists, rows: [{ ...first, lead: [{ unit: '县水利局', duty: '' }] }] },
      [{ questions: ['问'], verdict, at: 0, edition: 'e' }],
      directory,
    );
    expect(done.toChange).toEqual([]);
    expect(fold({ ...verdict, matter: '早已取消的事项' }).skipped).toHaveLength(1);
  });

  it('that fit nothing any more are said', () => {
    const folded = fold(
      { kind: 'phrasing', row: 'duty/1', matter: '早已取消的事项', phrasings: ['旧问法'] },
      { kind: 'rejected' },
    );
    expect(folded.rows).toEqual(rows);
    expect(foldedText(folded, [])).toEqual(['未并入的采纳:问法“旧问法”:清单中已没有事项“早已取消的事项”']);
  });
});
