/** Read lists to a draft edition with its figures, on disk and ready for approval. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  calibrationKey,
  createBrain,
  directoryFor,
  expectFor,
  loadTools,
  openBrain,
  type Tools,
} from '../src/brain.js';
import { INTENTS_DIR, type Config } from '../src/config.js';
import type { Edition, List, Row } from '../src/core/domain.js';
import { BotError } from '../src/core/errors.js';
import { diffEditions, diffText } from '../src/lists/diff.js';
import { saveDraft } from '../src/lists/drafts.js';
import { contentHash, readLists } from '../src/lists/edition.js';
import type { FileReading } from '../src/lists/import/read-file.js';
import { mergeIntoEdition, type Stated } from '../src/lists/import/to-edition.js';
import { editionFile, readEdition, readPointer } from '../src/lists/publish.js';
import { phrasingsOf, retest, type SavedQuestion } from '../src/lists/retest.js';
import type { Directory } from '../src/organizations/directory.js';
import { createProgress } from './progress.js';

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

/** The edition in force: the published one, else what the folder holds; without lists where there are none yet. */
export function editionInForce(config: Config, directory: Directory): Edition {
  const pointer = readPointer(config.dataDir);
  const stored = pointer && readEdition(editionFile(config.dataDir, pointer.id));
  if (stored) return stored.edition;
  const { id, lists, rows, problems } = readLists(join(config.knowledgeDir, 'lists'), directory);
  const isSound = problems.length === 0;
  return {
    id: isSound ? id : '',
    lists: isSound ? lists : [],
    rows: isSound ? rows : [],
    publishedAt: 0,
    expected: null,
  };
}

/** The edition that a draft is compared with and that a roll back returns to; the folder's is published if none is. */
async function openBase(config: Config, tools: Tools, now: number): Promise<Edition> {
  const found = editionInForce(config, tools.directory);
  if (found.publishedAt > 0 || found.id === '') return found;
  return (await openBrain(config, tools, now)).knowledge.edition;
}

export async function makeDraft(
  config: Config,
  readings: FileReading[],
  stated: Stated,
  { by, now }: { by: string; now: number },
): Promise<string> {
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR });
  const current = await openBase(config, tools, now);
  const own = tools.directory.county;
  const read = readings.flatMap(({ lists, isOwn, county }) =>
    lists.map((list) => ({ list, county: isOwn ? own : county || own })),
  );
  const isForeign = read.some(({ county }) => county !== own);
  // Lists of a new county do not mix with those of the sample.
  const inForceCounty = current.lists[0]?.scope.county;
  const base: { lists: List[]; rows: Row[] } =
    isForeign && inForceCounty !== read[0]?.county ? { lists: [], rows: [] } : current;
  const merged = mergeIntoEdition(base, read, stated, isForeign ? null : tools.directory);
  const id = contentHash(merged.lists, merged.rows);
  if (id === current.id) return `内容与现行版次 ${current.id} 相同,没有生成草稿。`;
  const directory = directoryFor(merged, tools.directory);
  const bar = createProgress('建立索引', merged.rows.length);
  const onProgress = (_what: string, done: number, total: number) => bar.set(done, total);
  const draftEdition: Edition = { id, ...merged, publishedAt: now, expected: null };
  const { knowledge } = await createBrain(tools, draftEdition, directory, { onProgress });
  bar.stop();
  const expected = await expectFor(tools, merged, directory);
  const questions =
    base === current ? [...savedQuestions(config.knowledgeDir), ...phrasingsOf(base.rows)] : [];
  const asking = createProgress('重问已存问题', questions.length);
  const before =
    questions.length > 0 ? await createBrain(tools, current, directoryFor(current, tools.directory)) : null;
  const lost = before ? await retest(before.knowledge, knowledge, questions, asking.set) : [];
  asking.stop();
  await saveDraft(config.dataDir, {
    ...{ id, base: current.id, ...merged, expected, lost },
    ...{ files: readings.map((reading) => reading.file), importedBy: by, importedAt: now },
  });
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  return [
    `草稿 ${id}:${merged.lists.length} 份清单,${merged.rows.length} 项(现行版次 ${current.id})。`,
    diffText(diffEditions(current, merged)),
    `预计:直接答复 ${percent(expected.answered)},其中答对 ${percent(expected.right)};清单外误答 ${percent(expected.falseRate)}。`,
    questions.length === 0
      ? '没有可以重问的问题。'
      : `重问 ${questions.length} 个已存问题,${lost.length === 0 ? '原来答对的仍然答对' : `${lost.length} 个原来答对的现在不对`}。`,
    ...lost.map((line) => `  ${line}`),
    `核对后请另一人核准:npm run editions -- approve ${id} --by 姓名;再发布:npm run editions -- publish ${id}。`,
  ].join('\n');
}

export const keyOfTools = (tools: Tools): string => calibrationKey(tools.calibration);
