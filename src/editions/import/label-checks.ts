/** What was said and could not be followed: a label or another unit left in a duty, a rule that no text shows. */
import { isGenericTownship } from '../../organizations/names.js';
import { shorten } from '../../text/shorten.js';
import type { Report } from './cross-checks.js';
import type { ListRow, ReadList } from './read-lists.js';
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

/** 加粗的为牵头单位: no text shows which they are. */
export function checkLeadRule({ table, rows }: ReadList, confirm: Report): void {
  for (const { lead } of rows) {
    const contrary = lead.find(({ isContrary }) => isContrary);
    if (contrary)
      confirm(
        contrary.row,
        contrary.column,
        `表中写明排在首位的牵头,这一格却在“${contrary.unit}”后注明牵头`,
        '对照印发文本核对谁牵头;这一格写得对的,确认后继续',
      );
  }
  for (const row of rows) checkNote(row, table.mapping.simple.note, confirm);
  checkUnclear({ table, rows }, confirm);
  for (const { unit, both, rule } of table.mapping.parties) {
    if (rule && 'unseen' in rule)
      confirm(
        table.header.rows[0] ?? 0,
        unit ?? both,
        `写明以“${rule.unseen}”标明牵头单位,文字里看不出来,这一栏的单位都读作主体责任单位`,
        '在牵头单位后写“（牵头）”,重新导入;都是主体责任单位的,确认后继续',
      );
  }
}

/** Words that say which of several units leads, in one column or in columns beside each other (甲方, 乙方). */
function checkUnclear({ table, rows }: Pick<ReadList, 'table' | 'rows'>, confirm: Report): void {
  const open = table.mapping.parties.flatMap(({ unit, both, rule }) =>
    rule && 'unclear' in rule ? [{ column: unit ?? both, said: rule.unclear }] : [],
  );
  const isOfSeveral = ({ lead }: ListRow) =>
    new Set(lead.flatMap((entry) => (open.some(({ column }) => column === entry.column) ? entry.unit : [])))
      .size > 1;
  const row = rows.find(isOfSeveral);
  const [first] = open;
  if (row && first)
    confirm(
      row.row,
      first.column,
      `“${shorten(first.said, 30)}”说明了谁牵头,没有读懂,这一项的单位都读作主体责任单位`,
      '在牵头单位后写“（牵头）”,重新导入;都是主体责任单位的,确认后继续',
    );
}

/** 县水利局牵头 in the notes of a row whose units all stand alike. */
function checkNote({ lead, source }: ListRow, column: number | undefined, confirm: Report): void {
  const [part] = source.parts;
  const text = column === undefined ? '' : (part?.at(column)?.text.trim() ?? '');
  const areSeveral = new Set(lead.map(({ unit }) => unit)).size > 1;
  if (part && areSeveral && /牵头|主办|主责|配合|协办/.test(text))
    confirm(
      part.row,
      column,
      `备注写“${shorten(text, 20)}”,没有读取,这一项的${lead.length}个单位都读作主体责任单位`,
      '在单位后写“（牵头）”“（配合）”,重新导入;都是主体责任单位的,确认后继续',
    );
}
