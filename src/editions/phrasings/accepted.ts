/** The phrasings that passed the checks and those that the 编办 struck, in `DATA_DIR/phrasings`: every draft takes them up. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { List, Row } from '../../core/domain.js';
import { BotError } from '../../core/errors.js';
import { makePrivateFolder } from '../../files/private.js';
import { replaceFile } from '../../files/replace.js';
import { ownPhrasings } from '../../lists/row-text.js';
import type { EditionContent } from '../diff.js';
import { sameKey, type Accepted } from './checks.js';

/** A matter keeps its phrasings when its number changes. */
const OfMatter = z.object({
  county: z.string(),
  listId: z.string(),
  matter: z.string(),
  texts: z.array(z.string()),
});
const Stored = z.object({ format: z.literal(1), accepted: z.array(OfMatter), struck: z.array(OfMatter) });
export type StoredPhrasings = { accepted: Map<string, OfMatter>; struck: Map<string, OfMatter> };
type OfMatter = z.infer<typeof OfMatter>;

const fileOf = (dataDir: string): string => join(dataDir, 'phrasings', 'generated.json');

/** @throws BotError 'DATA' when the file is damaged: what was struck must not come back. */
export function loadPhrasings(dataDir: string): StoredPhrasings {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return { accepted: new Map(), struck: new Map() };
  try {
    const { accepted, struck } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    const byKey = (all: OfMatter[]) => new Map(all.map((it) => [keyOf(it), it]));
    return { accepted: byKey(accepted), struck: byKey(struck) };
  } catch (cause) {
    throw new BotError(
      'DATA',
      `${file}:已损坏,读不到生成的问法。处理办法:从备份恢复该文件;没有备份的,移走该文件后重新导入问法。`,
      { cause },
    );
  }
}

export async function savePhrasings(dataDir: string, stored: StoredPhrasings): Promise<void> {
  makePrivateFolder(join(dataDir, 'phrasings'));
  const [accepted, struck] = [stored.accepted, stored.struck].map((all) =>
    [...all.values()].filter(({ texts }) => texts.length > 0),
  );
  await replaceFile(fileOf(dataDir), JSON.stringify({ format: 1, accepted, struck }, null, 1));
}

const keyOf = ({ county, listId, matter }: Omit<OfMatter, 'texts'>): string =>
  [county, listId, sameKey(matter)].join('\n');

const matterOf = (lists: List[], { listId, matter }: Row): Omit<OfMatter, 'texts'> => ({
  county: lists.find(({ id }) => id === listId)?.scope.county ?? '',
  listId,
  matter,
});

/** With `texts` added to those of the row. */
function add(all: Map<string, OfMatter>, lists: List[], row: Row, texts: string[]): void {
  const matter = matterOf(lists, row);
  const before = all.get(keyOf(matter))?.texts ?? [];
  all.set(keyOf(matter), { ...matter, texts: [...new Set([...before, ...texts])] });
}

export function addAccepted(stored: StoredPhrasings, lists: List[], accepted: Accepted[]): void {
  for (const { row, text } of accepted) add(stored.accepted, lists, row, [text]);
}

/** Texts of the row that are struck now; all that were generated where none is named. */
export function strike(stored: StoredPhrasings, lists: List[], row: Row, text?: string): string[] {
  const key = keyOf(matterOf(lists, row));
  const known = [...new Set([...(row.generated ?? []), ...(stored.accepted.get(key)?.texts ?? [])])];
  const texts = text === undefined ? known : known.filter((it) => sameKey(it) === sameKey(text));
  add(stored.struck, lists, row, texts);
  const kept = stored.accepted.get(key);
  if (kept) stored.accepted.set(key, { ...kept, texts: kept.texts.filter((it) => !texts.includes(it)) });
  return texts;
}

export const isStruckIn =
  ({ struck }: StoredPhrasings, lists: List[]) =>
  (row: Row, text: string): boolean =>
    (struck.get(keyOf(matterOf(lists, row)))?.texts ?? []).some((it) => sameKey(it) === sameKey(text));

/** Those of the row, in an edition or waiting for one. */
export const generatedOf = (stored: StoredPhrasings, lists: List[], row: Row): string[] => [
  ...new Set([...(row.generated ?? []), ...(stored.accepted.get(keyOf(matterOf(lists, row)))?.texts ?? [])]),
];

/** Rows with what was accepted for them. What the office itself wrote or decided stands before it, whichever row it is of. */
export function foldGenerated<T extends EditionContent>(content: T, stored: StoredPhrasings): T {
  const { lists } = content;
  const isStruck = isStruckIn(stored, lists);
  const taken = new Set(content.rows.flatMap((row) => row.askedAs.map(sameKey)));
  const rows = content.rows.map((row): Row => {
    const { generated: _, ...bare } = row;
    const texts = generatedOf(stored, lists, row).filter((text) => {
      const key = sameKey(text);
      if (taken.has(key) || isStruck(row, text)) return false;
      taken.add(key);
      return true;
    });
    return texts.length > 0 ? { ...bare, generated: texts } : bare;
  });
  return { ...content, rows };
}

/** Rows that have phrasings enough, the office's own or generated. */
export const hasEnough = (stored: StoredPhrasings, lists: List[], row: Row, enough: number): boolean =>
  new Set([...ownPhrasings(row), ...generatedOf(stored, lists, row)]).size >= enough;
