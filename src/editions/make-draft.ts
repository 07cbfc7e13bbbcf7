/** Read lists to a draft edition: merged, its figures computed, its saved questions asked again, on disk for approval. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { rowKey, type BankMatches, type Edition, type Expected, type Row } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import type { Directory } from '../organizations/directory.js';
import { diffEditions, diffText, type EditionContent } from './diff.js';
import { hasDraft, mayAddTo, saveDraft, type StoredDraft } from './drafts.js';
import { contentHash } from './folder.js';
import type { FileReading } from './import/read-file.js';
import { toLocal } from '../calendar/local.js';
import { loadFacts } from './lint/facts.js';
import { findingText, lintLists } from './lint/lint.js';
import { mergeIntoEdition, type Stated } from './import/to-edition.js';
import type { Knowledge } from '../lists/knowledge.js';
import { rowText } from '../lists/row-text.js';
import { decidedOf } from './remarks.js';
import { foldGenerated, loadPhrasings } from './phrasings/accepted.js';
import type { Ask } from './phrasings/generate.js';
import { phrasingsLine, sampleLines } from './phrasings/report.js';
import { answeredRightly, lostWith, missed, phrasingsOf, type SavedQuestion } from './retest.js';
import { foldedText, foldVerdicts } from './verdicts.js';
import type { Note } from '../core/note.js';

export type OnProgress = (done: number, total: number) => void;

/** What making and publishing editions needs of the rest; `edition-tools.ts` gives it. */
export type EditionTools = {
  dataDir: string;
  knowledgeDir: string;
  /** The county's own. */
  directory: Directory;
  /** Names the coefficients under which figures are computed. */
  calibrationKey: string;
  openKnowledge(edition: Edition, onProgress?: OnProgress): Promise<Knowledge>;
  expect(content: EditionContent & Pick<Edition, 'matches'>, onProgress?: OnProgress): Promise<Expected>;
  /** A language model that writes phrasings; absent where none is set. */
  writer?: { ask: Ask; wait: (ms: number) => Promise<void> };
  /** @throws BotError 'DATA' when the program's own data cites rows that are not there. */
  check(content: EditionContent): void;
};

export type DraftReport = {
  /** Null when the files say what is in force already. */
  draft: StoredDraft | null;
  /** The edition that it is compared with. */
  current: Edition;
  /** Questions asked again. */
  asked: number;
  /** What was taken over of people's remarks, one line each. */
  folded: string[];
};

export type DraftOptions = {
  readings: FileReading[];
  stated: Stated;
  current: Edition;
  /** A draft of the edition in force to build on instead of that edition. */
  from?: StoredDraft | null;
  /** What it is made of, for people; the files that were read when absent. */
  files?: string[];
  by: string;
  /** Beside the name: `platform:id`, or `os:name` at the command line. */
  account?: string;
  now: number;
  /** Among them what the list office decided on people's remarks. */
  notes: Note[];
  /** Told of the draft when it can be read; its figures follow, which take most of the time. */
  onReadable?: (readable: Readable) => void;
  onIndexing?: OnProgress;
  onExpecting?: OnProgress;
  onAsking?: OnProgress;
};

export async function makeDraft(tools: EditionTools, options: DraftOptions): Promise<DraftReport> {
  const { readings, stated, current, from = null, by, account, now, notes } = options;
  if (from && !mayAddTo(from, { by, ...(account && { account }) }))
    throw new BotError(
      'DATA',
      `草稿“${from.id}”由${from.importedBy}提交,须由同一人、用同一账号补充。处理办法:请${from.importedBy}办理,或在现行版次上另作草稿。`,
    );
  const own = tools.directory.county;
  const read = readings.flatMap(({ lists, isOwn, county }) =>
    lists.map((list) => ({ list, county: isOwn ? own : county || own })),
  );
  const isForeign = read.some(({ county }) => county !== own);
  // Lists of a new county do not mix with those of the sample.
  const inForceCounty = current.lists[0]?.scope.county;
  const base: EditionContent =
    from ?? (isForeign && inForceCounty !== read[0]?.county ? { lists: [], rows: [] } : current);
  // What was said of the county's own lists tells nothing of another county's.
  const isSameCounty = base === current || base.lists[0]?.scope.county === inForceCounty;
  const known = from?.aliases ?? current.aliases;
  const folded = foldVerdicts(
    {
      ...mergeIntoEdition(base, read, stated, isForeign ? null : tools.directory),
      ...(isSameCounty && known && { aliases: known }),
    },
    isSameCounty ? decidedOf(notes) : [],
    tools.directory,
  );
  const { lists, aliases, toComplete } = folded;
  const { rows } = foldGenerated({ lists, rows: folded.rows }, loadPhrasings(tools.dataDir));
  const merged = { lists, rows, ...(aliases.length > 0 && { aliases }) };
  const id = contentHash(lists, rows, aliases);
  if (id === current.id) return { draft: null, current, asked: 0, folded: foldedText(folded, []) };
  const matches = keptMatches(current, rows);
  const edition: Edition = { id, ...merged, ...(matches && { matches }), publishedAt: now, expected: null };
  const findings = isForeign ? [] : newFindings(tools, current, merged, now);
  const readable: StoredDraft = {
    ...{ id, base: current.id, ...merged, expected: null, lost: [] },
    ...(toComplete.length > 0 && { toComplete }),
    ...(findings.length > 0 && { findings }),
    files: [...(from?.files ?? []), ...(options.files ?? readings.map(({ file }) => file))],
    ...{ importedBy: by, importedAt: now },
    ...(account && { importedAccount: account }),
  };
  // One that is complete stays until it is replaced by one that is: an import may be cut off.
  if (!hasDraft(tools.dataDir, id)) await saveDraft(tools.dataDir, { ...readable, isUnmeasured: true });
  options.onReadable?.({ draft: readable, current });
  const questions = isSameCounty ? [...savedQuestions(tools.knowledgeDir), ...phrasingsOf(current.rows)] : [];
  // Asked of the edition in force while the draft's rows are embedded.
  const asking =
    questions.length > 0
      ? tools.openKnowledge(current).then((before) => answeredRightly(before, questions))
      : Promise.resolve([]);
  // A failure is told where it is waited for.
  asking.catch(() => {});
  const after = await tools.openKnowledge(edition, options.onIndexing);
  const found = after.index.matches;
  const expected = await tools.expect({ ...merged, ...(found && { matches: found }) }, options.onExpecting);
  const lost = await lostWith(after, await asking, options.onAsking);
  const draft: StoredDraft = { ...readable, expected, lost, ...(found && { matches: found }) };
  await saveDraft(tools.dataDir, draft);
  const wrong = await missed(after, folded.accepted);
  return { draft, current, asked: questions.length, folded: foldedText(folded, wrong) };
}

/** Rows that say what they said before are near to the same matters of the bank: half of an import's work. */
function keptMatches({ matches, rows: before }: Edition, rows: Row[]): BankMatches | null {
  if (!matches) return null;
  const texts = new Map(before.map((row) => [rowKey(row), rowText(row)]));
  const kept = rows.flatMap((row) => {
    const known = matches.rows[rowKey(row)];
    return known && texts.get(rowKey(row)) === rowText(row) ? [[rowKey(row), known] as const] : [];
  });
  return { key: matches.key, rows: Object.fromEntries(kept) };
}

/** What the lists taken together have wrong now and had not in the edition in force. */
function newFindings(
  { knowledgeDir, directory }: EditionTools,
  before: EditionContent,
  after: EditionContent,
  now: number,
): string[] {
  const facts = loadFacts(join(knowledgeDir, 'lint.yaml'));
  const today = toLocal(now).date;
  const changed = changedKeys(before, after);
  const textsOf = (content: EditionContent) =>
    lintLists(content, directory, facts, today, (row) => changed.has(rowKey(row))).map((it) =>
      findingText(it, content.lists),
    );
  const known = new Set(textsOf(before));
  return textsOf(after).filter((text) => !known.has(text));
}

/** Rows that one of two editions has otherwise than the other, or in another kind of list. */
function changedKeys(before: EditionContent, after: EditionContent): Set<string> {
  const saidOf = ({ lists, rows }: EditionContent) => {
    const listOf = new Map(lists.map(({ id, kind, scope }) => [id, JSON.stringify({ kind, scope })]));
    return new Map(
      rows.map((row) => {
        const { matter, lead, support, basis, listId } = row;
        return [rowKey(row), JSON.stringify([matter, lead, support, basis, listOf.get(listId)])];
      }),
    );
  };
  const [old, now] = [saidOf(before), saidOf(after)];
  return new Set([...old.keys(), ...now.keys()].filter((key) => old.get(key) !== now.get(key)));
}

/** For people who decide on a draft. */
export function findingsText(findings: readonly string[] = [], shown = FINDINGS_SHOWN): string {
  if (findings.length === 0) return '清单体检:没有新的问题。';
  const rest = findings.length > shown ? [`…另有 ${findings.length - shown} 处`] : [];
  const lines = findings.slice(0, shown).map((text) => `· ${text}`);
  return [`清单体检:${findings.length} 处需要核对`, ...lines, ...rest].join('\n');
}
const FINDINGS_SHOWN = 20;

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

export const expectedText = ({ answered, right, falseRate }: Expected): string =>
  `预计:直接答复 ${percent(answered)},其中答对 ${percent(right)};清单外误答 ${percent(falseRate)}。`;

export function retestText(asked: number, lost: number): string {
  if (asked === 0) return '没有可以重问的问题。';
  return `重问 ${asked} 个已存问题,${lost === 0 ? '原来答对的仍然答对' : `${lost} 个原来答对的现在不对`}。`;
}

type Readable = Pick<DraftReport, 'current'> & { draft: StoredDraft };

const contentText = ({ draft: { id, lists, rows, findings }, draft, current }: Readable): string[] => [
  `草稿 ${id}:${lists.length} 份清单,${rows.length} 项(现行版次 ${current.id})。`,
  diffText(diffEditions(current, draft)),
  findingsText(findings),
];

/** For the terminal: a draft as soon as it can be read; `reportText` with `isContentSaid` follows. */
export const readableText = (readable: Readable): string =>
  [...contentText(readable), '草稿已可核对。预计数字和重问结果随后给出,算完才能核准。'].join('\n');

/** For the terminal. */
export function reportText(
  { draft, current, asked, folded }: DraftReport,
  { isContentSaid = false } = {},
): string {
  if (!draft) return [`内容与现行版次 ${current.id} 相同,没有生成草稿。`, ...folded].join('\n');
  const { id, expected, lost } = draft;
  return [
    ...(isContentSaid ? [] : contentText({ draft, current })),
    ...(expected ? [expectedText(expected)] : []),
    retestText(asked, lost.length),
    ...lost.map((line) => `  ${line}`),
    phrasingsLine(draft),
    ...sampleLines(current, draft),
    ...folded,
    `核对后请另一人核准:npm run editions -- approve ${id} --by 姓名;再发布:npm run editions -- publish ${id}。`,
  ].join('\n');
}

const Question = z.object({
  q: z.string(),
  gold: z.array(z.union([z.string(), z.number()]).transform(String)),
});

/** Questions that the county has confirmed: `questions/*.jsonl` of KNOWLEDGE_DIR, in the form of tests/evaluation. */
function savedQuestions(knowledgeDir: string): SavedQuestion[] {
  const dir = join(knowledgeDir, 'questions');
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) =>
      readFileSync(join(dir, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line, at) => {
          try {
            return Question.parse(JSON.parse(line));
          } catch (cause) {
            throw new BotError(
              'DATA',
              `${join(dir, name)} 第${at + 1}行:不是有效的问题。处理办法:写成 {"q":"问题","gold":["清单/序号"]}。`,
              { cause },
            );
          }
        }),
    );
}
