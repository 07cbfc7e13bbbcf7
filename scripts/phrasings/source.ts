/** Which edition or draft a command is about, and where it is taken from. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.js';
import type { Alias, BankMatches, List, Row } from '../../src/core/domain.js';
import { BotError } from '../../src/core/errors.js';
import { listDrafts, loadDraft, mayAddTo, type StoredDraft } from '../../src/editions/drafts.js';
import { foldGenerated, loadPhrasings } from '../../src/editions/phrasings/accepted.js';
import { editionFile, readEdition } from '../../src/editions/published.js';
import { loadDirectory } from '../../src/organizations/load.js';
import type { Directory } from '../../src/organizations/directory.js';
import type { Flags } from '../phrasings.js';
import { editionInForce } from '../shared/import-draft.js';
import { osAccount } from '../shared/os-account.js';

export type Source = {
  directory: Directory;
  /** With what was accepted for it already. */
  content: { id: string; lists: List[]; rows: Row[]; aliases?: Alias[]; matches?: BankMatches };
  /** Null: the edition in force. */
  draft: StoredDraft | null;
};

/** The one that is named, else one's own newest draft of the edition in force, else that edition. */
export function openSource(config: Config, { of, by }: Pick<Flags, 'of' | 'by'>): Source {
  const directory = loadDirectory(join(config.knowledgeDir, 'organizations'));
  const current = editionInForce(config, directory);
  const { dataDir } = config;
  const isCurrent = of === current.id || /^(现行|current)$/.test(of ?? '');
  const draft = isCurrent
    ? null
    : of !== undefined
      ? loadDraftOf(dataDir, of, current.id)
      : (listDrafts(dataDir).find(
          (it) => it.base === current.id && it.id !== current.id && mayAddTo(it, whoRuns(by)),
        ) ?? null);
  const content = draft ?? current;
  if (content.rows.length === 0)
    throw new BotError('DATA', '还没有清单。处理办法:先用 npm run import -- 文件 导入清单。');
  return { directory, draft, content: foldGenerated(content, loadPhrasings(dataDir)) };
}

function loadDraftOf(dataDir: string, id: string, current: string): StoredDraft {
  if (/^[0-9a-f]{8}$/.test(id) && readEdition(editionFile(dataDir, id)))
    throw new BotError('DATA', `版次 ${id} 已不是现行版次。处理办法:不写 --of,或写现行版次、草稿的编号。`);
  const draft = loadDraft(dataDir, id);
  if (draft.base !== current)
    throw new BotError('DATA', `草稿 ${id} 不是在现行版次上做的,已过时。处理办法:请重新导入清单文件。`);
  return draft;
}

export const whoRuns = (by?: string): { by: string; account: string } => ({
  by: by ?? userInfo().username,
  account: osAccount(),
});

export const sourceName = ({ content, draft }: Source): string =>
  `${draft ? '草稿' : '现行版次'} ${content.id}`;

/** Rows of one list, or all. @throws BotError 'DATA' for a list that is not there. */
export function rowsOf({ content }: Source, list?: string): Row[] {
  if (list === undefined) return content.rows;
  const found = content.lists.find(({ id, title }) => id === list || title === list);
  if (!found)
    throw new BotError(
      'DATA',
      `没有清单“${list}”。现有清单:${content.lists.map(({ id, title }) => `${id}(${title})`).join('、')}。`,
    );
  return content.rows.filter(({ listId }) => listId === found.id);
}
