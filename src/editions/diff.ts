/** What one edition changes against another: rows, and what each unit gains and loses. */
import type { List, Row } from '../core/domain.js';

/** What an edition and a draft of one hold alike. */
export type EditionContent = { lists: List[]; rows: Row[] };
export type RowChange = { list: string; number: string; matter: string };
export type EditionDiff = {
  added: RowChange[];
  removed: RowChange[];
  /** `fields`: what reads otherwise now, in the words of the list. */
  changed: (RowChange & { fields: string[] })[];
  units: { unit: string; gained: number; lost: number }[];
};

const FIELDS: [string, (row: Row) => unknown][] = [
  ['序号', (row) => row.number],
  ['类别', (row) => row.domain],
  ['主体责任', (row) => row.lead],
  ['配合责任', (row) => row.support],
  ['依据', (row) => row.basis],
  ['办事指南', (row) => row.guide ?? {}],
  ['问法', (row) => row.askedAs],
  ['生成的问法', (row) => row.generated ?? []],
];

/** A row is the same one where its list and matter are; a matter that stands twice is told apart by its number. */
function keyed({ rows }: EditionContent): Map<string, Row> {
  const map = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.listId}\n${row.matter}`;
    map.set(map.has(key) ? `${key}\n${row.number}` : key, row);
  }
  return map;
}

export function diffEditions(before: EditionContent, after: EditionContent): EditionDiff {
  const titles = new Map([...before.lists, ...after.lists].map((list) => [list.id, list.title]));
  const old = keyed(before);
  const now = keyed(after);
  const change = (row: Row): RowChange => ({
    list: titles.get(row.listId) ?? row.listId,
    number: row.number,
    matter: row.matter,
  });
  const added = [...now].filter(([key]) => !old.has(key)).map(([, row]) => change(row));
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, row]) => change(row));
  const changed = [...now].flatMap(([key, row]) => {
    const earlier = old.get(key);
    if (!earlier) return [];
    const fields = FIELDS.filter(([, of]) => JSON.stringify(of(row)) !== JSON.stringify(of(earlier))).map(
      ([name]) => name,
    );
    return fields.length > 0 ? [{ ...change(row), fields }] : [];
  });
  return { added, removed, changed, units: diffUnits(old, now) };
}

/** Rows in which a unit has a part now and had none, and the other way round. */
function diffUnits(old: Map<string, Row>, now: Map<string, Row>): EditionDiff['units'] {
  const counts = new Map<string, { gained: number; lost: number }>();
  const partsOf = (row: Row | undefined) =>
    new Set(row ? [...row.lead, ...row.support].map((part) => part.unit) : []);
  const count = (unit: string, what: 'gained' | 'lost') => {
    const entry = counts.get(unit) ?? { gained: 0, lost: 0 };
    entry[what]++;
    counts.set(unit, entry);
  };
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const before = partsOf(old.get(key));
    const after = partsOf(now.get(key));
    for (const unit of after) if (!before.has(unit)) count(unit, 'gained');
    for (const unit of before) if (!after.has(unit)) count(unit, 'lost');
  }
  return [...counts]
    .map(([unit, c]) => ({ unit, ...c }))
    .sort((a, b) => b.gained + b.lost - a.gained - a.lost);
}

const SHOWN = 20;

/** `shown`: items of each section at most, the rest is counted. */
export function diffText(diff: EditionDiff, shown = SHOWN): string {
  const lines = [
    `新增 ${diff.added.length} 项,删去 ${diff.removed.length} 项,改动 ${diff.changed.length} 项。`,
  ];
  const section = (title: string, items: string[]) => {
    if (items.length === 0) return;
    lines.push(`${title}:`, ...items.slice(0, shown).map((item) => `  ${item}`));
    if (items.length > shown) lines.push(`  …另有 ${items.length - shown} 项`);
  };
  const name = (c: RowChange) => `《${c.list}》${c.number} ${c.matter}`;
  section('新增', diff.added.map(name));
  section('删去', diff.removed.map(name));
  section(
    '改动',
    diff.changed.map((c) => `${name(c)}(${c.fields.join('、')})`),
  );
  section(
    '各单位',
    diff.units.map((u) => `${u.unit}:增加 ${u.gained} 项,减少 ${u.lost} 项`),
  );
  return lines.join('\n');
}
