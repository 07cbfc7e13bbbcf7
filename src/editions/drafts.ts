/** Draft editions: imported, approved by a second person, published in one step, taken back in one step. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alias, BankMatches, Edition, Expected, List, Row } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import { makePrivateFolder } from '../files/private.js';
import { replaceFile } from '../files/replace.js';
import type { DraftRow } from './verdicts.js';
import { editionFile, readEdition, readPointer, writeEdition, writePointer } from './published.js';

const FORMAT = 1;

export type StoredDraft = {
  id: string;
  /** The edition that it was made from. */
  base: string;
  lists: List[];
  rows: Row[];
  aliases?: Alias[];
  matches?: BankMatches;
  /** Begun by the list office and not complete: no part of what is published. */
  toComplete?: DraftRow[];
  files: string[];
  importedBy: string;
  /** In ms since the epoch. */
  importedAt: number;
  expected: Expected | null;
  /** Its figures are being computed: it can be read, and not approved yet. */
  isUnmeasured?: true;
  /** Saved questions that were answered right before and are not with this draft. */
  lost: string[];
  /** What contradicts, repeats or lacks its law with this draft and did not before; one line each. */
  findings?: string[];
  approvedBy?: string;
  approvedAt?: number;
  /** Accounts beside the names: `platform:id` in chat, `os:name` at the command line. Drafts of older versions have none. */
  importedAccount?: string;
  approvedAccount?: string;
};

/** `os:bob+alice` is both bob and alice. */
export function isSameAccount(a: string, b: string): boolean {
  if (!a.startsWith('os:') || !b.startsWith('os:')) return a === b;
  const names = new Set(a.slice(3).split('+'));
  return b
    .slice(3)
    .split('+')
    .some((name) => names.has(name));
}

/** Whether who adds to a draft is who made it: else its maker could approve what is his own. */
export const mayAddTo = (
  draft: Pick<StoredDraft, 'importedBy' | 'importedAccount'>,
  { by, account }: { by: string; account?: string },
): boolean =>
  draft.importedBy === by &&
  (account === undefined ||
    draft.importedAccount === undefined ||
    isSameAccount(account, draft.importedAccount));

const folderOf = (dataDir: string): string => join(dataDir, 'drafts');
const fileOf = (dataDir: string, id: string): string => join(folderOf(dataDir), `${id}.json`);

/** Replaces the draft of that id whole, or leaves the old one. */
export async function saveDraft(dataDir: string, draft: StoredDraft): Promise<void> {
  makePrivateFolder(folderOf(dataDir));
  await replaceFile(fileOf(dataDir, draft.id), JSON.stringify({ format: FORMAT, draft }));
}

/** @throws BotError 'DATA' when there is none of that id. */
export function loadDraft(dataDir: string, id: string): StoredDraft {
  const file = fileOf(dataDir, id);
  if (/^[0-9a-f]{8}$/.test(id) && existsSync(file)) {
    try {
      const stored = JSON.parse(readFileSync(file, 'utf8')) as { format: number; draft: StoredDraft };
      if (stored.format === FORMAT) return stored.draft;
    } catch {
      // Said below: a file that cannot be read is no draft.
    }
  }
  throw new BotError('DATA', `没有草稿“${id}”。处理办法:用 npm run editions -- list 查看已有的草稿。`);
}

export const hasDraft = (dataDir: string, id: string): boolean => existsSync(fileOf(dataDir, id));

/** Where a draft stands, in two or three words. */
export const draftState = ({ isUnmeasured, approvedBy }: StoredDraft): string =>
  isUnmeasured ? '预计数字计算中' : approvedBy ? `${approvedBy}已核准` : '待核准';

export function listDrafts(dataDir: string): StoredDraft[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{8}\.json$/.test(name))
    .map((name) => loadDraft(dataDir, name.slice(0, 8)))
    .sort((a, b) => b.importedAt - a.importedAt);
}

/** @throws BotError 'DATA' when the approver is who imported, by name or by account, or the figures are not there yet. */
export async function approveDraft(
  dataDir: string,
  id: string,
  { by, account, now }: { by: string; account?: string; now: number },
): Promise<StoredDraft> {
  const draft = loadDraft(dataDir, id);
  if (by === draft.importedBy)
    throw new BotError(
      'DATA',
      `草稿“${id}”由${by}导入,须由另一人核准。处理办法:请另一位同志核对后用 --by 写明姓名。`,
    );
  if (draft.isUnmeasured)
    throw new BotError(
      'DATA',
      `草稿“${id}”的预计数字还没有算完,不能核准。处理办法:等导入完成;导入中断了的,请重新导入同一份文件,已算好的不会重算。`,
    );
  const first = draft.importedAccount;
  if (account !== undefined && first !== undefined && isSameAccount(account, first))
    throw new BotError(
      'DATA',
      `草稿“${id}”由账号 ${first} 导入,须用另一账号核准。处理办法:请另一位同志用自己的系统账号核准,或由编办另一位同志在聊天中批准。`,
    );
  const { approvedAccount: _, ...rest } = draft;
  const approved = { ...rest, approvedBy: by, approvedAt: now, ...(account && { approvedAccount: account }) };
  await saveDraft(dataDir, approved);
  return approved;
}

type PublishOptions = {
  calibrationKey: string;
  now: number;
  /** Rejects content that a process could not start with. */
  check?: (content: { lists: List[]; rows: Row[] }) => void;
};

/**
 * Puts an approved draft in force: the edition is written whole first, then the pointer is replaced.
 * @param calibrationKey names the coefficients under which the draft's figures were computed.
 * @throws BotError 'DATA' when it is not approved, or another edition has been published since it was made.
 */
export async function publishDraft(
  dataDir: string,
  id: string,
  { calibrationKey, now, check }: PublishOptions,
): Promise<Edition> {
  const draft = loadDraft(dataDir, id);
  if (!draft.approvedBy)
    throw new BotError(
      'DATA',
      `草稿“${id}”还没有核准。处理办法:npm run editions -- approve ${id} --by 姓名。`,
    );
  const pointer = readPointer(dataDir);
  if (pointer && pointer.id !== draft.base && pointer.id !== id)
    throw new BotError(
      'CONFLICT',
      `草稿“${id}”是在版次 ${draft.base} 上做的,现行版次已是 ${pointer.id}。处理办法:重新导入文件,再核准发布。`,
    );
  const { lists, rows, aliases, expected, matches } = draft;
  check?.({ lists, rows });
  const edition: Edition = {
    ...{ id, lists, rows, publishedAt: now, expected },
    ...(aliases && { aliases }),
    ...(matches && { matches }),
  };
  await writeEdition(dataDir, edition, calibrationKey);
  await writePointer(dataDir, {
    id,
    isImported: true,
    previous: pointer?.id === id ? pointer.previous : (pointer?.id ?? ''),
  });
  return edition;
}

/**
 * The edition before the one in force as a draft: what taking it back would change can be read, and a second person
 * approves. Publishing it is the way back, and may be repeated without turning round once more.
 * @throws BotError 'DATA' when there is none.
 */
export async function draftOfPrevious(
  dataDir: string,
  { by, account, now }: { by: string; account?: string; now: number },
): Promise<StoredDraft> {
  const pointer = readPointer(dataDir);
  const stored = pointer?.previous ? readEdition(editionFile(dataDir, pointer.previous)) : null;
  if (!pointer || !stored)
    throw new BotError('DATA', '没有可以退回的版次。处理办法:发送“版次”查看已发布的版次。');
  const { publishedAt: _, ...content } = stored.edition;
  const draft: StoredDraft = {
    ...content,
    ...{ base: pointer.id, lost: [], files: [`退回版次 ${content.id}`], importedBy: by, importedAt: now },
    ...(account && { importedAccount: account }),
  };
  await saveDraft(dataDir, draft);
  return draft;
}

/** Puts the edition before the one in force back in force. @throws BotError 'DATA' when there is none. */
export async function rollBack(dataDir: string): Promise<Edition> {
  const pointer = readPointer(dataDir);
  const stored = pointer?.previous ? readEdition(editionFile(dataDir, pointer.previous)) : null;
  if (!pointer || !stored)
    throw new BotError('DATA', '没有可以退回的版次。处理办法:用 npm run editions -- list 查看已发布的版次。');
  await writePointer(dataDir, { id: pointer.previous, isImported: true, previous: pointer.id });
  return stored.edition;
}

/**
 * What the record keeps of an edition that was approved at the command line, which writes no record of its own: the
 * accounts of the operating system. Null for one that was approved in chat, or long ago.
 */
export function commandLineApproval(
  dataDir: string,
  id: string,
): { act: string; edition: string; importedBy: string; approvedBy: string } | null {
  const draft = listDrafts(dataDir).find((it) => it.id === id);
  const { importedAccount = 'unknown', approvedAccount = '' } = draft ?? {};
  return approvedAccount.startsWith('os:')
    ? { act: 'edition-in-force', edition: id, importedBy: importedAccount, approvedBy: approvedAccount }
    : null;
}
