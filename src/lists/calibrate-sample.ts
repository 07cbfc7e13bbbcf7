/** What the sample county's own rows teach the decision. */
import { traitsOf } from '../core/list-kinds.js';
import { rowKey, type List, type Row } from '../core/domain.js';
import type { BankOfRows } from './bank-lift.js';
import type { OutsideMessage, SampleQuestion } from './calibration-matters.js';
import {
  isOwnPhrasing,
  prepare,
  sampleOf,
  type CalibrationTools,
  type Sample,
} from './calibration-samples.js';
import { SAME_MATTER } from './decide.js';
import { createRowIndex } from './row-index.js';

export type SampleCounty = { lists: List[]; rows: Row[]; asked: SampleQuestion[] };

/** Everyday phrasings of the sample rows, asked of those rows without them; and outside messages against the same rows. */
export async function sampleCounty(
  sample: SampleCounty,
  outside: OutsideMessage[],
  tools: CalibrationTools,
  bank: BankOfRows | null,
): Promise<Sample[]> {
  // Lists of one class or township repeat the matters of the county-wide ones: which row is the right one is moot there.
  const lists = sample.lists.filter(
    ({ scope, kind }) => !scope.townshipClass && !scope.township && !traitsOf(kind).isGuide,
  );
  const rows = sample.rows.filter((row) => lists.some((list) => list.id === row.listId));
  const indexWith = (phrasings: (row: Row) => string[]) =>
    createRowIndex({
      editionId: 'sample',
      lists,
      rows: rows.map((row) => ({ ...row, askedAs: phrasings(row) })),
      tokenize: tools.tokenize,
      vectors: tools.rowVectors,
      bank,
    });
  const bare = await indexWith(() => []);
  const half = await indexWith((row) => row.askedAs.filter(isOwnPhrasing));
  const asked = await prepare(
    rows.flatMap((row) => row.askedAs),
    { ...tools, vectors: tools.rowVectors },
    tools.directory,
  );
  const strangers = await prepare(
    outside.map((o) => o.q),
    tools,
    tools.directory,
  );
  const owner = rows.flatMap((row) =>
    row.askedAs.map((text, at) => ({ row, isOwn: isOwnPhrasing(text, at) })),
  );
  const similar = (a: Row, b: Row) => {
    const at = (row: Row) => bare.positionOf(`sample/${rowKey(row)}`);
    return bare.rowSimilarity(at(a), at(b)) >= SAME_MATTER;
  };
  const drawn = [bare, half].flatMap((index) => [
    ...asked.flatMap((question, i) => {
      const { row: gold, isOwn } = owner[i] as (typeof owner)[number];
      if (index === half && isOwn) return [];
      const isGold = (row: Row) => rowKey(row) === rowKey(gold) || similar(row, gold);
      return sampleOf(question, index, isGold, { group: 'phrasing' });
    }),
    ...strangers.map((question) => sampleOf(question, index, () => false, { group: 'outsideNear' })),
  ]);
  return [...drawn, ...(await askedOfSample(sample, tools, bank))];
}

/** Asked of all the lists that a cadre of the first township with lists of its own sees. */
async function askedOfSample(
  { lists, rows, asked }: SampleCounty,
  tools: CalibrationTools,
  bank: BankOfRows | null,
): Promise<Sample[]> {
  const index = await createRowIndex({
    ...{ editionId: 'sample', lists, rows, bank },
    tokenize: tools.tokenize,
    vectors: tools.rowVectors,
  });
  const township = lists.find(({ scope }) => scope.township)?.scope.township;
  const { townshipClass } = tools.directory.organizations.find(({ name }) => name === township) ?? {};
  const scope = { township, townshipClass };
  const known = new Set(rows.map(rowKey));
  // An office that put its own lists here has none of the sample's rows.
  const kept = asked.filter(({ gold }) => gold.length === 0 || gold.some((key) => known.has(key)));
  const questions = await prepare(
    kept.map(({ q }) => q),
    tools,
    tools.directory,
  );
  return questions.map((question, i) => {
    const gold = kept[i]?.gold ?? [];
    return sampleOf(question, index, (row) => gold.includes(rowKey(row)), {
      group: gold.length > 0 ? 'asked' : 'unlisted',
      scope,
    });
  });
}
