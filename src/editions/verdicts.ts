/** What the list office accepted from people's remarks, folded into the content of a draft edition. Pure. */
import { rowKey, type Alias, type List, type Row } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import type { EditionContent } from './diff.js';
import type { Decided } from './remarks.js';
import type { SavedQuestion } from './retest.js';

type AliasedContent = EditionContent & { aliases?: Alias[] };

/** A matter that the list office began: it becomes a row when it stands complete in an imported list. */
export type DraftRow = {
  listId: string;
  matter: string;
  phrasings: string[];
  /** As a ruling said. */
  lead?: string;
  support?: string[];
};

/** `number` as it stands now. */
export type UnitChange = { listId: string; number: string; matter: string; unit: string };

export type Folded = {
  lists: List[];
  rows: Row[];
  aliases: Alias[];
  /** To be completed by the list office; no part of what is published. */
  toComplete: DraftRow[];
  /** Rows whose lead is to be another unit, until an imported list says so. */
  toChange: UnitChange[];
  /** Accepted questions with the row that must answer them now. */
  accepted: SavedQuestion[];
  /** Verdicts that do not fit the content, one line each. */
  skipped: string[];
};

export function foldVerdicts(content: AliasedContent, decided: Decided[], directory: Directory): Folded {
  const folded: Folded = {
    lists: content.lists,
    rows: [...content.rows],
    aliases: [...(content.aliases ?? [])],
    ...{ toComplete: [], toChange: [], accepted: [], skipped: [] },
  };
  for (const { verdict } of decided) {
    if (verdict.kind === 'phrasing') {
      const { matter, row, phrasings } = verdict;
      const [listId = ''] = row.split('/');
      if (!addPhrasings(folded, findRow(folded.rows, listId, matter), phrasings))
        folded.skipped.push(`问法“${phrasings[0] ?? ''}”:清单中已没有事项“${matter}”`);
    } else if (verdict.kind === 'new-row') {
      const { kind: _kind, ...row } = verdict;
      const { listId, matter, phrasings } = row;
      if (!addPhrasings(folded, findRow(folded.rows, listId, matter), phrasings)) folded.toComplete.push(row);
    } else if (verdict.kind === 'unit') changeUnit(folded, verdict);
    else if (verdict.kind === 'alias') addAlias(folded, verdict, directory);
  }
  return folded;
}

/** Numbers may have moved, and a matter may stand in another list now: its name finds it. */
function findRow(rows: Row[], listId: string, matter: string): number {
  const own = rows.findIndex((row) => row.listId === listId && row.matter === matter);
  return own >= 0 ? own : rows.findIndex((row) => row.matter === matter);
}

function addPhrasings(folded: Folded, at: number, phrasings: string[]): boolean {
  const row = folded.rows[at];
  if (!row) return false;
  folded.rows[at] = { ...row, askedAs: [...new Set([...row.askedAs, ...phrasings])] };
  const gold = folded.rows.filter((other) => other.matter === row.matter).map(rowKey);
  folded.accepted.push(...phrasings.map((q) => ({ q, gold })));
  return true;
}

function changeUnit(
  folded: Folded,
  { row: key, matter, unit }: { row: string; matter: string; unit: string },
): void {
  const [listId = ''] = key.split('/');
  const row = folded.rows[findRow(folded.rows, listId, matter)];
  if (!row) folded.skipped.push(`改由${unit}负责:清单中已没有事项“${matter}”`);
  else if (row.lead.every((part) => part.unit !== unit))
    folded.toChange.push({ listId: row.listId, number: row.number, matter, unit });
}

function addAlias(folded: Folded, { unit, alias }: Alias, directory: Directory): void {
  const owner = directory.resolve(alias);
  const other = folded.aliases.find((it) => it.alias === alias);
  if (directory.resolve(unit) !== unit) folded.skipped.push(`别名“${alias}”:名录中已没有“${unit}”`);
  else if ((owner ?? other?.unit ?? unit) !== unit)
    folded.skipped.push(`别名“${alias}”:已是“${owner ?? other?.unit ?? ''}”的名称`);
  else if (owner === null && !other) folded.aliases.push({ unit, alias });
}

const TO_COMPLETE = '待编办完善';

/** The begun matters as rows to write the rest into: at the end of their list, without duties; with the units that a ruling named. */
export function rowsToComplete({
  lists,
  rows,
  toComplete,
}: Pick<Folded, 'lists' | 'rows' | 'toComplete'>): Row[] {
  const added: Row[] = [];
  for (const { listId, matter, phrasings, lead, support = [] } of toComplete) {
    const list =
      lists.find((it) => it.id === listId) ?? lists.find((it) => it.kind === 'territorial') ?? lists[0];
    if (!list) continue;
    const numbers = [...rows, ...added].flatMap((row) =>
      row.listId === list.id ? [Number(row.number)] : [],
    );
    const next = Math.max(0, ...numbers.filter(Number.isInteger)) + 1;
    added.push({
      ...{ listId: list.id, number: String(next), domain: TO_COMPLETE, matter },
      lead: lead === undefined ? [] : [{ unit: lead, duty: '' }],
      support: support.map((unit) => ({ unit, duty: '' })),
      ...{ basis: [], askedAs: phrasings, line: 0 },
    });
  }
  return added;
}

/** What was folded in, for the account of a draft. */
export function foldedText(
  { accepted, aliases, toComplete, toChange, skipped, lists }: Folded,
  wrong: string[],
): string[] {
  const lines: string[] = [];
  if (accepted.length > 0)
    lines.push(
      `编办采纳的问法 ${accepted.length} 条,${wrong.length === 0 ? '均能查到所属事项' : `其中 ${wrong.length} 条仍查不到所属事项:`}`,
      ...wrong.map((q) => `  “${q}”`),
    );
  if (aliases.length > 0)
    lines.push(`编办采纳的别名:${aliases.map(({ alias, unit }) => `${alias}(${unit})`).join('、')}`);
  if (toComplete.length > 0)
    lines.push(
      `编办起草、待完善的事项 ${toComplete.length} 项(补全后导入,未完善的不会发布;npm run export -- --with-drafts 文件.xlsx 可带出这些事项):`,
    );
  for (const { matter, listId, phrasings, lead } of toComplete) {
    const title = lists.find((list) => list.id === listId)?.title;
    lines.push(
      `  ${matter}${title ? `(拟入《${title}》)` : ''}${lead === undefined ? '' : `,裁定主办${lead}`},问法:${phrasings.join(';')}`,
    );
  }
  if (toChange.length > 0)
    lines.push(`编办采纳、待在清单文件中修改的主体责任单位 ${toChange.length} 项(修改后导入才生效):`);
  for (const { listId, number, matter, unit } of toChange) {
    const title = lists.find((list) => list.id === listId)?.title ?? '';
    lines.push(`  《${title}》第${number}项“${matter}”:改为${unit}`);
  }
  return [...lines, ...skipped.map((line) => `未并入的采纳:${line}`)];
}
