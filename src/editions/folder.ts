/** The published lists of a folder as one edition: read, check, hash. */
import { LIST_KINDS, type ListKind } from '../core/list-kinds.js';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Alias, type List, type Row } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import { checkRows } from './check-rows.js';
import type { Problem } from '../files/problem.js';
import { readCsv } from '../files/csv/strict-table.js';
import { tryYaml } from '../files/yaml.js';
import { kindOfTitle } from './import/kinds.js';
import { readRows, type ReadRow } from './folder-rows.js';

/** `<id>.yaml` beside `<id>.csv`. */
const Manifest = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  title: z.string().min(2),
  kind: z.enum(LIST_KINDS),
  issuer: z.string(),
  documentNumber: z.string(),
  editionLabel: z.string().min(1),
  effective: z.union([z.iso.date(), z.date().transform((d) => d.toISOString().slice(0, 10))]),
  batch: z.string().optional(),
  scope: z.strictObject({
    county: z.string(),
    townshipClass: z.string().optional(),
    township: z.string().optional(),
  }),
});

/** Lists and rows as read; with problems they must not be published. */
export type FolderLists = { id: string; lists: List[]; rows: Row[]; problems: Problem[] };

/** Reads every `*.yaml` + `*.csv` pair of a folder. Units must be in the directory. */
export function readLists(dir: string, directory: Directory): FolderLists {
  const draft: Omit<FolderLists, 'id'> = { lists: [], rows: [], problems: [] };
  const fail = (file: string, message: string, remedy: string) =>
    draft.problems.push({ file, row: 0, column: '', message, remedy });
  if (!existsSync(dir)) {
    fail(dir, '没有这个文件夹', '检查 KNOWLEDGE_DIR 设置');
    return { id: '', ...draft };
  }
  const manifests = readdirSync(dir).filter((name) => name.endsWith('.yaml'));
  for (const name of readdirSync(dir).filter((n) => n.endsWith('.csv')))
    if (!manifests.includes(name.replace(/csv$/, 'yaml')))
      fail(
        join(dir, name),
        '没有同名的说明文件(.yaml),这份清单不会生效',
        '照其他清单写一个 .yaml,或移走此文件',
      );
  if (manifests.length === 0) fail(dir, '没有清单说明文件(*.yaml)', '每份清单放一个 .csv 和一个同名 .yaml');
  for (const name of manifests.sort()) {
    const file = join(dir, name);
    const described = tryYaml(file, Manifest);
    if ('problem' in described) {
      fail(file, `说明文件有误:${described.problem}`, '对照其他清单的 .yaml 改正');
      continue;
    }
    const { batch, scope, ...manifest } = described.data;
    const list: List = {
      ...manifest,
      ...(batch !== undefined && { batch }),
      scope: {
        county: scope.county,
        ...(scope.townshipClass !== undefined && { townshipClass: scope.townshipClass }),
        ...(scope.township !== undefined && { township: scope.township }),
      },
    };
    const { county, townshipClass, township } = list.scope;
    const townships = directory.organizations.filter((o) => o.kind === 'township');
    if (county !== directory.county)
      fail(
        file,
        `scope.county 是“${county}”,本县是“${directory.county}”`,
        '改为 organizations/county.yaml 中的县名',
      );
    if (townshipClass && !townships.some((o) => o.townshipClass === townshipClass))
      fail(file, `没有“${townshipClass}”这一类镇街`, '改为 townships.csv 中的类别');
    if (township && !townships.some((o) => o.name === township))
      fail(file, `没有“${township}”这个镇街`, '改为 townships.csv 中的名称');
    if (`${list.id}.yaml` !== name) fail(file, `id 是“${list.id}”,与文件名不符`, '让 id 与文件名一致');
    const csv = join(dir, `${list.id}.csv`);
    if (!existsSync(csv)) {
      fail(csv, '缺少清单文件', '把清单存为同名的 CSV 文件');
      continue;
    }
    const { table, problems } = readCsv(csv, readFileSync(csv));
    draft.problems.push(...problems);
    if (!table) continue;
    const read = readRows(csv, table, list.id);
    draft.problems.push(...read.problems);
    if (read.rows.length > 0 || read.problems.length === 0)
      draft.problems.push(...checkRows(csv, read.rows, () => list.kind, directory));
    draft.lists.push(list);
    draft.rows.push(...read.rows.map(({ row }) => row));
  }
  return { id: contentHash(draft.lists, draft.rows), ...draft };
}

/** One CSV of several lists (its 清单 column), as a county of its own: the list brings its units. */
export function readSingleCsv(file: string, county: string): FolderLists {
  const { table, problems } = readCsv(file, readFileSync(file));
  if (!table) return { id: '', lists: [], rows: [], problems };
  const read = readRows(file, table, '');
  const titles = [...new Set(read.rows.map((r) => r.listTitle))];
  const kinds = new Map(titles.map((title) => [title, kindOfTitle(title) ?? 'territorial']));
  const kindOf = (row: ReadRow): ListKind => kinds.get(row.listTitle) ?? 'territorial';
  const lists = titles.map((title, i): List => ({
    id: `list-${i + 1}`,
    title: title || '责任清单',
    kind: kinds.get(title) ?? 'territorial',
    issuer: '',
    documentNumber: '',
    editionLabel: '导入版',
    effective: '',
    scope: { county },
  }));
  const rows = read.rows.map(({ row, listTitle }) => ({
    ...row,
    listId: lists[titles.indexOf(listTitle)]?.id ?? 'list-1',
  }));
  return {
    id: contentHash(lists, rows),
    lists,
    rows,
    problems: [...read.problems, ...checkRows(file, read.rows, kindOf, null)],
  };
}

/** The first eight hex digits of the hash of what the lists say. */
export function contentHash(lists: List[], rows: Row[], aliases: Alias[] = []): string {
  const content = JSON.stringify([
    lists,
    rows.map((row) => ({ ...row, line: 0 })),
    ...(aliases.length > 0 ? [aliases] : []),
  ]);
  return createHash('sha256').update(content).digest('hex').slice(0, 8);
}
