/** What an edition will be worth before anybody asks it. */
import { rowKey, type BankMatches, type Expected, type List, type Row } from '../core/domain.js';
import { deriveDirectory } from '../organizations/derive.js';
import { mapInTurns } from '../text/in-turns.js';
import { dot, pack } from '../text/matrix.js';
import { normalizeText } from '../text/normalize.js';
import { createRandom, drawFrom } from '../text/random.js';
import type { VectorCache } from '../text/vectors.js';
import type { Bank } from './bank.js';
import { prepare, type CalibrationTools, type Question } from './calibration-samples.js';
import { LIST, rowOf, type Matter, type OutsideMessage } from './calibration-matters.js';
import { decide, distinctMatters, SAME_MATTER, type Calibration } from './decide.js';
import { CANDIDATES } from './retrieve.js';
import { createRowIndex, type Candidate, type RowIndex } from './row-index.js';
import { ownPhrasings, rowText } from './row-text.js';

type Content = { lists: List[]; rows: Row[]; matches?: BankMatches };

export type ExpectTools = CalibrationTools & {
  /** What people say of the bank's matters, by id. */
  phrasingsOf: () => ReadonlyMap<string, string[]>;
  onProgress?: (done: number, total: number) => void;
};

/** Questions with the row that answers them, and where they are asked. */
type Asked = {
  questions: Question[];
  indexOf: (at: number) => RowIndex;
  isRight: (row: Row, at: number) => boolean;
};

/**
 * What share of in-list questions this edition will answer, how many of those rightly, and how often a message outside
 * the lists gets a responsibility.
 */
export async function expectFigures(
  edition: Content,
  matters: Matter[],
  outside: OutsideMessage[],
  calibration: Calibration,
  tools: ExpectTools,
): Promise<Expected> {
  const asked = (await askByBank(edition, tools)) ?? (await askPlanted(edition, matters, tools));
  const county = edition.lists[0]?.scope.county ?? '';
  const strangers = await prepare(
    outside.filter((o) => !o.near).map((o) => o.q),
    tools,
    deriveDirectory(county, edition.rows, tools.directory),
  );
  const total = asked.questions.length + strangers.length;
  let done = 0;
  const ask = (question: Question, at: number) => {
    const best = answered(question, asked.indexOf(at), calibration);
    tools.onProgress?.(++done, total);
    return best;
  };
  const found = await mapInTurns(asked.questions, ask);
  const answers = found.filter((best) => best !== null).length;
  const right = found.filter((best, at) => best && asked.isRight(best.entry.row, at)).length;
  const wrong = await mapInTurns(strangers, (question) => ask(question, -1));
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    answered: round(answers / Math.max(1, found.length)),
    right: round(right / Math.max(1, answers)),
    falseRate: round(wrong.filter((best) => best !== null).length / Math.max(1, strangers.length)),
  };
}

/** Rows that are this near to a matter of the bank are what its phrasings ask for. */
const IS_THE_MATTER = 0.85;
/** Matters asked for, and the least with which the figures mean something. */
const ASKED = 60;
const ASKED_LEAST = 20;

/**
 * One question in three is asked while the bank knows nothing of its matter, the others while it knows the very question:
 * people say now new things, now what others said before. Alone either foretells too little or too much (sample rows without
 * their phrasings: answered 34 and 88 %; the tuning half, half of it hard, answers 63 %, an easier county 75).
 */
const UNKNOWN_OF = 3;

/**
 * The rows' own questions, as people ask them elsewhere: those of the bank's matters that a row is as good as the same as.
 * Null where too few rows are in the bank.
 */
async function askByBank(edition: Content, tools: ExpectTools): Promise<Asked | null> {
  const { bank } = tools;
  if (!bank) return null;
  const known = await indexFor(edition, tools, bank);
  const matches = known.matches?.rows ?? {};
  const rowsOf = new Map<string, Set<string>>();
  for (const [key, [best]] of Object.entries(matches))
    if (best && best.similarity >= IS_THE_MATTER)
      rowsOf.set(best.id, (rowsOf.get(best.id) ?? new Set()).add(key));
  const ids = drawFrom([...rowsOf.keys()], ASKED, createRandom(7));
  if (ids.size < ASKED_LEAST) return null;
  const unknown = await indexFor(edition, tools, bank, {
    key: bank.key,
    rows: Object.fromEntries(
      Object.entries(matches).map(([key, found]) => [key, found.filter(({ id }) => !ids.has(id))]),
    ),
  });
  const phrasings = tools.phrasingsOf();
  const texts = [...ids].flatMap((id) => (phrasings.get(id) ?? []).map((text) => ({ id, text })));
  const county = edition.lists[0]?.scope.county ?? '';
  const questions = await prepare(
    texts.map(({ text }) => text),
    tools,
    deriveDirectory(county, edition.rows, tools.directory),
  );
  const positions = new Map(known.entries.map(({ row }, at) => [rowKey(row), at]));
  return {
    questions,
    indexOf: (at) => (at % UNKNOWN_OF === 0 ? unknown : known),
    isRight(row, at) {
      const gold = rowsOf.get(texts[at]?.id ?? '') ?? new Set();
      const mine = positions.get(rowKey(row)) ?? -1;
      return (
        gold.has(rowKey(row)) ||
        [...gold].some((key) => known.rowSimilarity(positions.get(key) ?? -1, mine) >= SAME_MATTER)
      );
    },
  };
}

/** The lists that everybody sees, where there are such: those of one township or class repeat their matters. */
function indexFor(
  edition: Content,
  tools: CalibrationTools,
  bank: Bank,
  matches = edition.matches,
): Promise<RowIndex> {
  const known = matches?.key === bank.key ? matches.rows : undefined;
  const wide = edition.lists.filter(({ scope }) => !scope.townshipClass && !scope.township);
  const lists = wide.length > 0 ? wide : edition.lists;
  const ids = new Set(lists.map(({ id }) => id));
  return createRowIndex({
    editionId: 'expected',
    lists: lists.map((list) => ({ ...list, scope: { county: list.scope.county } })),
    rows: edition.rows.filter(({ listId }) => ids.has(listId)),
    tokenize: tools.tokenize,
    vectors: tools.rowVectors,
    bank: { bank, matchesOf: (row) => known?.[rowKey(row)] ?? null },
  });
}

/**
 * Rows of the edition that are this similar to a planted matter answer its questions as well as it does. At 0.8 a sixth of
 * the answers counted wrong for that reason alone; at 0.6 the figure meets that of the draws (0.92).
 */
const STATES_SAME_MATTER = 0.6;

/** Planted matters per list of an edition. */
const PLANTED = 60;

/**
 * Without a bank: calibration matters are planted among the edition's rows (which stay as distractors; rows that state the
 * same matter step aside) and asked about. They are harder than a county's daily questions.
 */
async function askPlanted(edition: Content, matters: Matter[], tools: CalibrationTools): Promise<Asked> {
  const random = createRandom(7);
  const vectors = joinCaches(edition.rows, tools);
  const planted = [...drawFrom(matters, PLANTED, random)];
  const county = edition.lists[0]?.scope.county ?? '';
  const plantedList: List = { ...LIST, id: 'planted', scope: { county } };
  const plantedRows = planted.map((m) => rowOf(m, 'planted'));
  const own = await vectorsOfRows(edition.rows, vectors);
  const theirs = pack(await vectorsOfRows(plantedRows, vectors));
  // Guides are never ranked against what divides work.
  const isPlanted = await mapInTurns(own, (vector, i) =>
    edition.rows[i]?.guide
      ? false
      : plantedRows.some((_, j) => dot(theirs, j, vector, 0) > STATES_SAME_MATTER),
  );
  const steppedAside = new Set(edition.rows.filter((_, i) => isPlanted[i]));
  const index = await createRowIndex({
    editionId: 'expected',
    lists: [...edition.lists.map((list) => ({ ...list, scope: { county } })), plantedList],
    rows: [...edition.rows.filter((row) => !steppedAside.has(row)), ...plantedRows],
    tokenize: tools.tokenize,
    vectors,
  });
  const directory = deriveDirectory(county, [...edition.rows, ...plantedRows], tools.directory);
  const questions = await prepare(
    planted.flatMap((m) => m.questions),
    tools,
    directory,
  );
  const owner = planted.flatMap((m) => m.questions.map(() => m.id));
  return {
    questions,
    indexOf: () => index,
    isRight: (row, at) => row.listId === 'planted' && row.number === owner[at],
  };
}

const vectorsOfRows = async (rows: Row[], vectors: VectorCache | null): Promise<Float32Array[]> =>
  vectors ? vectors.vectorsOf(rows.map((row) => normalizeText(rowText(row)))) : [];

function answered(question: Question, index: RowIndex, calibration: Calibration): Candidate | null {
  const candidates = distinctMatters(index.search(question, {}, CANDIDATES), index);
  const decision = decide(candidates, index, calibration, question.look, question.text.length);
  return decision.kind === 'answer' ? decision.best : null;
}

/** Texts of the edition go to the cache of rows, all others to the cache of calibration texts. */
function joinCaches(rows: Row[], { vectors, rowVectors }: CalibrationTools): VectorCache | null {
  if (!vectors || !rowVectors) return null;
  const own = new Set(
    rows.flatMap((row) => [rowText(row), row.matter, ...ownPhrasings(row)]).map(normalizeText),
  );
  return {
    async vectorsOf(texts, onProgress) {
      const mine = await rowVectors.vectorsOf(
        texts.filter((t) => own.has(t)),
        onProgress,
      );
      const theirs = await vectors.vectorsOf(
        texts.filter((t) => !own.has(t)),
        onProgress,
      );
      let m = 0;
      let t = 0;
      return texts.map((text) => (own.has(text) ? mine[m++] : theirs[t++]) as Float32Array);
    },
  };
}
