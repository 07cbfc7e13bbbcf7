/** Names of units as cells print them: broken over lines, spaced out, beside each other. */
import { describe, expect, it } from 'vitest';
import { splitUnitNames, unitsBefore } from '../../../src/editions/import/units.js';
import { loadDirectory } from '../../../src/organizations/load.js';

const directory = loadDirectory('knowledge/organizations');
const isKnown = (name: string) => directory.resolve(name) !== null;
const nobody = () => false;

describe('splitUnitNames', () => {
  it.each([
    ['县农业农\n村局、县水利局', ['县农业农村局', '县水利局']],
    ['县公安局\n县水利\n局', ['县公安局', '县水利局']],
    ['市生态环境局\n青山县分局\n县公安局', ['市生态环境局青山县分局', '县公安局']],
    ['县水利局\n镇（街道）', ['县水利局', '镇（街道）']],
    ['1.县公安局\n2.县水利局', ['县公安局', '县水利局']],
    ['县 水 利 局', ['县水利局']],
  ])('reads %j with and without a directory', (cell, names) => {
    expect(splitUnitNames(cell, nobody)).toEqual(names);
    expect(splitUnitNames(cell, isKnown)).toEqual(names);
  });

  it('joins what only the directory tells to be one', () => {
    expect(splitUnitNames('县委\n组织部、县公安局', isKnown)).toEqual(['县委组织部', '县公安局']);
  });
});

describe('unitsBefore', () => {
  it('ends behind the name, though a verb stands in it', () => {
    const units = (text: string) => unitsBefore(text, isKnown, isKnown)?.units;
    expect(units('县市场监督管理局负责抽检')).toEqual(['县市场监督管理局']);
    expect(units('县委组织部、县水利局配合')).toEqual(['县委组织部', '县水利局']);
    expect(units('查处无证经营')).toBeUndefined();
  });
});
