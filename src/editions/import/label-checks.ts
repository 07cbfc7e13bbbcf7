/** What still stands in the duty of one unit and speaks of another side or unit: the cell may not have been divided. */
import { isGenericTownship } from '../../organizations/names.js';
import { shorten } from '../../text/shorten.js';
import type { Report } from './cross-checks.js';
import type { ListRow } from './read-lists.js';
import { labelLeftIn } from './sections.js';
import { isUnitName, splitUnitNames, unitsBefore, type IsKnownUnit } from './units.js';

/** 县级部门:…, 【配合责任】… inside a duty. */
export function checkLabels({ lead, support }: ListRow, isKnown: IsKnownUnit, confirm: Report): void {
  for (const { unit, duty, dutyRow, dutyColumn } of [...lead, ...support]) {
    const label = labelLeftIn(duty);
    const other = label === '' ? actingIn(unit, duty, isKnown) : '';
    const said = label || other;
    if (said !== '')
      confirm(
        dutyRow,
        dutyColumn,
        `“${unit}”的职责里还有“${shorten(said, 20)}”,可能是别的单位的职责`,
        '对照印发文本,把各单位的职责写成“单位:职责”,一个单位一行,或分成两栏',
      );
  }
}

/** `…,县公安局配合`: the part of another unit that the cell names behind the duty of its own. */
function actingIn(own: string, duty: string, isKnown: IsKnownUnit): string {
  const isUnit = (name: string) =>
    isKnown(name) || isGenericTownship(name) || (/^[县市区旗]/.test(name) && isUnitName(name, isKnown));
  for (const clause of duty.split(/[。;,\uff1b\uff0c]/).slice(1)) {
    const found = unitsBefore(clause, isKnown, isUnit);
    if (!found || found.units.includes(own)) continue;
    const rest = clause.slice(found.end);
    if (/^(?:总?牵头|负责|配合|协助|协同|参与)/.test(rest))
      return `${splitUnitNames(clause.slice(0, found.end), isKnown).join('、')}${rest}`;
  }
  return '';
}
