import { describe, expect, it } from 'vitest';
import { diffEditions, diffText } from '../../src/editions/diff.js';
import { makeList, makeRow } from '../helpers/lists.js';

const part = (unit: string, duty = '查处') => ({ unit, duty });
const BEFORE = {
  lists: [makeList()],
  rows: [
    makeRow({ number: '1', matter: '占道', lead: [part('县公安局')], support: [] }),
    makeRow({ number: '2', matter: '广告', lead: [part('县城管局')], support: [] }),
  ],
};

describe('diffEditions', () => {
  it('finds nothing between an edition and itself', () => {
    expect(diffEditions(BEFORE, BEFORE)).toEqual({ added: [], removed: [], changed: [], units: [] });
  });

  it('tells added, removed and changed rows by list and matter, and what units gain and lose', () => {
    const after = {
      lists: BEFORE.lists,
      rows: [
        makeRow({ number: '1', matter: '宠物店', lead: [part('县农业农村局')], support: [] }),
        makeRow({ number: '2', matter: '占道', lead: [part('县城管局')], support: [] }),
      ],
    };
    const diff = diffEditions(BEFORE, after);
    expect(diff.added.map((row) => row.matter)).toEqual(['宠物店']);
    expect(diff.removed.map((row) => row.matter)).toEqual(['广告']);
    expect(diff.changed).toMatchObject([{ matter: '占道', number: '2', fields: ['序号', '主体责任'] }]);
    expect(new Map(diff.units.map((u) => [u.unit, [u.gained, u.lost]]))).toEqual(
      new Map([
        ['县城管局', [1, 1]],
        ['县农业农村局', [1, 0]],
        ['县公安局', [0, 1]],
      ]),
    );
    expect(diffText(diff)).toContain('新增 1 项,删去 1 项,改动 1 项');
  });
});
