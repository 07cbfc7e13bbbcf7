/** What is in the folder of editions: which are published, which is in force, and any one by its id. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { List, Row } from '../core/domain.js';
import { loadDraft } from './drafts.js';
import { editionFile, readEdition, readPointer } from './published.js';

type Published = { id: string; publishedAt: number; lists: number; rows: number };
/** `editions`: newest first. */
export type PublishedList = { current: string; previous: string; editions: Published[] };

const EDITION_ID = /^[0-9a-f]{8}$/;

export function listPublished(dataDir: string): PublishedList {
  const { id: current = '', previous = '' } = readPointer(dataDir) ?? {};
  const folder = join(dataDir, 'editions');
  const editions = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.json') && EDITION_ID.test(name.slice(0, -'.json'.length)))
    .flatMap((name) => readEdition(join(folder, name))?.edition ?? [])
    .map(({ id, publishedAt, lists, rows }) => ({
      id,
      publishedAt,
      lists: lists.length,
      rows: rows.length,
    }))
    .sort((a, b) => b.publishedAt - a.publishedAt);
  return { current, previous, editions };
}

/** A published edition or a draft; 现行 or `current` is the one in force. @throws BotError 'DATA' */
export function contentOf(
  dataDir: string,
  id: string,
): { id: string; isDraft: boolean; lists: List[]; rows: Row[] } {
  const name = /^(现行|current)$/.test(id) ? (readPointer(dataDir)?.id ?? '') : id;
  const stored = EDITION_ID.test(name) ? readEdition(editionFile(dataDir, name)) : null;
  const { lists, rows } = stored ? stored.edition : loadDraft(dataDir, name);
  return { id: name, isDraft: stored === null, lists, rows };
}
