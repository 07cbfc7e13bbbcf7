/** What the rows of a table say by where they stand: 同上, numbered headings above 1.1 and 1.2. */
import type { Slot, Slots } from '../../files/spans.js';
import { isSameCell } from '../../files/spans.js';
import type { ListTable, Matter } from './table-rows.js';
import { normalizeLabel } from './headers.js';
import { categoryName } from './lines.js';
import { isOwnExport } from './mapping.js';

/** A table whose rows say all by themselves; headings become categories. */
export function settleRows(table: ListTable): ListTable {
  const deleted = isOwnExport(table.mapping)
    ? []
    : table.matters.filter((matter) => isDeleted(table, matter));
  const kept = { ...table, matters: table.matters.filter((it) => !deleted.includes(it)) };
  const matters = groupedBySection({ ...table, matters: foldHeadings(kept) });
  return {
    ...table,
    matters: withoutDittos(table, matters),
    deleted: deleted.map((matter) => ({
      row: matter.parts[0]?.row ?? 0,
      text: (matter.parts[0]?.at(table.mapping.simple.matter ?? -1)?.text ?? '').trim(),
    })),
  };
}

/** `2 | (删除)`: the number stays so that the others keep theirs. */
const DELETED =
  /^[(\uff08]?(?:此项|本项|该项|原第\d{1,3}项)?(?:已|予以)?(?:删除|取消|废止|空缺|停止执行|不再执行)[)\uff09]?。?$/;

function isDeleted({ mapping }: ListTable, { parts }: Matter): boolean {
  const { matter } = mapping.simple;
  const says = (column: number | undefined) =>
    column !== undefined && parts.some((part) => part.at(column)?.text.trim());
  return (
    matter !== undefined &&
    DELETED.test(parts[0]?.at(matter)?.text.trim() ?? '') &&
    !mapping.parties.some((party) => says(party.unit) || says(party.duty) || says(party.both))
  );
}

const DITTO = /^[(\uff08]?(?:同\s{0,9}上(?:栏|格|行|一项)?|同前|上同|[\u3003\u2033"”]|〃)[)\uff09]?$/;

/** 同上 and 〃 take the text of the cell above them, as readers do. */
function withoutDittos({ mapping }: ListTable, matters: Matter[]): Matter[] {
  const { simple, parties } = mapping;
  const columns = [
    simple.category,
    simple.basis,
    simple.scope,
    ...parties.flatMap((p) => [p.unit, p.duty, p.both]),
  ];
  if (isOwnExport({ parties })) return matters;
  const isDitto = (slot: Slot | null): boolean => slot !== null && DITTO.test(slot.text.trim());
  const hasAny = matters.some(({ parts }) =>
    parts.some((part) => columns.some((column) => column !== undefined && isDitto(part.at(column)))),
  );
  if (!hasAny) return matters;
  const above = new Map<number, string>();
  return matters.map((matter) => {
    const parts = matter.parts.map((part): Slots => {
      const said = new Map<number, string>();
      for (const column of columns) {
        const slot = column === undefined ? null : part.at(column);
        if (column === undefined || !slot?.text.trim()) continue;
        if (isDitto(slot)) said.set(column, above.get(column) ?? slot.text);
        else above.set(column, slot.text);
      }
      if (said.size === 0) return part;
      return {
        row: part.row,
        at(column) {
          const slot = part.at(column);
          const text = said.get(column);
          return slot && text !== undefined ? { ...slot, text } : slot;
        },
      };
    });
    const group = simple.category === undefined ? null : parts[0]?.at(simple.category);
    const isOwn = group && isDitto(matter.parts[0]?.at(simple.category ?? -1) ?? null);
    return { ...matter, parts, ...(isOwn && { category: categoryName(group.text) }) };
  });
}

/** 1 耕地保护 above 1.1 and 1.2 is their category where it says nothing of anybody. */
function foldHeadings({ mapping, matters }: ListTable): Matter[] {
  const { simple, parties } = mapping;
  const { number: column, matter: matterColumn } = simple;
  if (column === undefined || matterColumn === undefined) return matters;
  const numberOf = (matter: Matter | undefined) =>
    normalizeLabel(matter?.parts[0]?.at(column)?.text ?? '').replace(/[.、]{1,3}$/, '');
  const says = ({ parts }: Matter) =>
    parts.some((part) =>
      parties.some((party) =>
        [party.unit, party.duty, party.both].some((at) => {
          const slot = at === undefined ? null : part.at(at);
          return slot?.text.trim() && !isSameCell(slot, part.at(matterColumn));
        }),
      ),
    );
  const kept: Matter[] = [];
  let heading: { number: string; name: string } | null = null;
  for (const [at, matter] of matters.entries()) {
    const number = numberOf(matter);
    const isAbove = number !== '' && isFiner(number, numberOf(matters[at + 1]));
    if (isAbove && !says(matter)) {
      const name = categoryName(matter.parts[0]?.at(matterColumn)?.text ?? '');
      // (一) below 一 is a finer division; the category stays.
      if (!heading || !PAREN.test(number)) heading = { number, name };
      continue;
    }
    const isPointed = /^\d/.test(heading?.number ?? '');
    if (heading && isPointed && !number.startsWith(heading.number)) heading = null;
    const named = heading && { section: heading.name, category: matter.category || heading.name };
    kept.push({ ...matter, ...named });
  }
  return kept;
}

const POWER =
  /^(?:其[他它])?(?:行政)?(?:许可|处罚|强制(?:措施|执行)?|征[收用]|征收征用|给付|检查|确认|奖励|裁决|调解|备案|审批|指导|监督|命令|服务|公共服务|管理|权力|职权)(?:类|事项|权力|权)?$/;
/** 行政处罚 says what a power is, not what it is about. */
export const isPowerClass = (name: string): boolean => POWER.test(name);
/** 权力类型, 事项性质: a class beside the groups that lines of text make. */
const CLASS = /(?:类型|种类|性质|属性)(?:名称)?$/;

/** `一、住房城乡建设` above rows that bear 行政处罚 in a column of classes: the line is their category. */
function groupedBySection({ header, mapping, matters }: ListTable): Matter[] {
  const column = mapping.simple.category;
  if (column === undefined || isOwnExport(mapping) || matters.every(({ section }) => section === ''))
    return matters;
  const label = header.columns.find(({ index }) => index === column)?.label ?? '';
  const areClasses = matters.every(({ category, section }) => category === section || isPowerClass(category));
  const isClass = CLASS.test(label) || areClasses;
  if (!isClass || matters.every(({ section }) => section === '' || isPowerClass(section))) return matters;
  return matters.map((matter) => ({ ...matter, category: matter.section }));
}

const HAN = /^[一二三四五六七八九十]{1,3}$/;
const PAREN = /^[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]$/;

/** 1.1 below 1, (一) below 一, 1 below either. */
function isFiner(number: string, next: string): boolean {
  if (next.startsWith(number) && /^[.\-\uff0e]\d/.test(next.slice(number.length))) return true;
  if (HAN.test(number)) return PAREN.test(next) || /^\d+$/.test(next);
  return PAREN.test(number) && /^\d+$/.test(next);
}
