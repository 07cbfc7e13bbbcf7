/** One side of a row as a card: what a follow-up on the last answer asks for. Every sentence is read from the row. */
import type { Block, Card } from '../core/card.js';
import type { Responsibility } from '../core/domain.js';
import { isTownshipUnit } from '../organizations/names.js';
import { duties, leadLabel, sourceOf, type Asker } from './row-parts.js';
import type { IndexedRow } from './row-index.js';

const card = (entry: IndexedRow, aspect: string, blocks: Block[]): Card => ({
  title: `${entry.row.matter}:${aspect}`,
  blocks: [...blocks, { kind: 'source', text: sourceOf(entry) }],
  buttons: [],
});

const unitsOf = (parts: Responsibility[]): string => [...new Set(parts.map(({ unit }) => unit))].join('、');

export const isLeadPart = ({ row }: IndexedRow, part: Responsibility): boolean => row.lead.includes(part);

/** What one unit has to do, or that the row does not name it; `beside`: another row of the matter, which does. */
export function unitCard(
  entry: IndexedRow,
  unit: string,
  asker: Asker,
  beside: IndexedRow | null = null,
): Card {
  const { lead, support } = entry.row;
  const own = partsOf(entry, unit, asker);
  if (own.length > 0) return card(entry, unit, own);
  const told = card(entry, unit, [
    { kind: 'text', text: `清单的这一项没有写${unit}的责任。` },
    ...(lead.length > 0
      ? [{ kind: 'field', label: leadLabel(entry), text: unitsOf(lead) } satisfies Block]
      : []),
    ...(support.length > 0
      ? [{ kind: 'field', label: '配合单位', text: unitsOf(support) } satisfies Block]
      : []),
  ]);
  if (!beside) return told;
  const elsewhere: Block[] = [
    { kind: 'text', text: `相近的事项“${beside.row.matter}”写明了${unit}的责任:` },
    ...partsOf(beside, unit, asker),
    { kind: 'source', text: sourceOf(beside) },
  ];
  return { ...told, blocks: [...told.blocks, ...elsewhere] };
}

/** What the row says of one unit. */
function partsOf(entry: IndexedRow, unit: string, asker: Asker): Block[] {
  const label = (part: Responsibility) => (isLeadPart(entry, part) ? leadLabel(entry) : '配合责任');
  return [...entry.row.lead, ...entry.row.support]
    .filter((part) => part.unit === unit)
    .map((part) => duties(label(part), part, asker));
}

/** Who leads; `supposed`: who was thought to, told first whether it is so, with what that unit has to do. */
export function leadCard(entry: IndexedRow, asker: Asker, supposed?: string): Card {
  const { lead } = entry.row;
  const isSo = lead.some(({ unit }) => unit === supposed);
  const leads = unitsOf(lead) || '乡镇(街道)';
  const told: Block[] =
    supposed === undefined
      ? []
      : [
          {
            kind: 'text',
            text: isSo ? `是,${leadLabel(entry)}在${leads}。` : `不是,${leadLabel(entry)}在${leads}。`,
          },
        ];
  const own = supposed === undefined || isSo ? [] : partsOf(entry, supposed, asker);
  if (lead.length === 0)
    return card(entry, '牵头单位', [
      ...told,
      { kind: 'text', text: '清单的这一项没有写县直单位,由乡镇(街道)负责。' },
      ...own,
    ]);
  return card(entry, '牵头单位', [
    ...told,
    ...lead.map((part) => duties(leadLabel(entry), part, asker)),
    ...own,
  ]);
}

export function supportCard(entry: IndexedRow, asker: Asker): Card {
  const { support } = entry.row;
  if (support.length === 0)
    return card(entry, '配合单位', [{ kind: 'text', text: '清单的这一项没有写配合单位。' }]);
  return card(
    entry,
    '配合单位',
    support.map((part) => duties('配合责任', part, asker)),
  );
}

/** Where the row stands. */
export function sourceCard(entry: IndexedRow): Card {
  const { list, row } = entry;
  const batch = list.batch ? `${list.batch} ` : '';
  return card(entry, '出处', [
    { kind: 'text', text: `《${list.title}》${batch}第${row.number}项,领域:${row.domain || '未分'}。` },
    // 出处 is said of the law as well as of the list.
    ...(row.basis.length > 0
      ? [{ kind: 'field', label: '依据', text: row.basis.join('、') } satisfies Block]
      : []),
  ]);
}

/** Whether it is the asker's unit's affair: leads, helps, or is not named. */
export function oursCard(entry: IndexedRow, unit: string | null, asker: Asker): Card {
  const { lead, support } = entry.row;
  const isOurs = (part: Responsibility) =>
    unit === null
      ? isTownshipUnit(part.unit)
      : part.unit === unit || (asker.township === unit && isTownshipUnit(part.unit));
  const who = unit ?? '乡镇(街道)';
  const leads = lead.filter(isOurs);
  const helps = support.filter(isOurs);
  if (entry.list.kind === 'delegated')
    return card(entry, '归谁', [
      { kind: 'text', text: `这一项已赋权适用的乡镇(街道)依法行使;原执法单位是${unitsOf(lead)}。` },
    ]);
  const isTownships = lead.length === 0 && (unit === null || unit === asker.township);
  if (leads.length > 0 || isTownships)
    return card(entry, '归谁', [
      { kind: 'text', text: `是,由${who}负责。` },
      ...leads.map((part) => duties(leadLabel(entry), part, asker)),
    ]);
  if (helps.length > 0)
    return card(entry, '归谁', [
      { kind: 'text', text: `主体责任不在${who},在${unitsOf(lead)};${who}只负责配合:` },
      ...helps.map((part) => duties('配合责任', part, asker)),
    ]);
  return card(entry, '归谁', [
    { kind: 'text', text: `清单的这一项没有写${who}的责任。` },
    { kind: 'field', label: leadLabel(entry), text: unitsOf(lead) || '乡镇(街道)' },
  ]);
}
