/**
 * `npm run bench`: start, questions through the whole core, index sizes, the store, reminders, each beside a plain baseline
 * in the same run. `npm run bench -- store` runs one part (answers, store, reminders, inbound, import).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant, openAssistant } from '../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { createBot } from '../src/core/bot.js';
import { memoryMb, middles, print, quantile, round } from './bench/figures.js';
import { benchImport } from './bench/import.js';
import { benchInbound } from './bench/inbound.js';
import { benchReminders } from './bench/reminders.js';
import { benchStore } from './bench/store.js';
import { createDeafAdapter } from './shared/deaf-adapter.js';
import { SILENT } from './shared/silent-log.js';
import type { List, Row } from '../src/core/domain.js';
import { createRowIndex } from '../src/lists/row-index.js';
import { rowText } from '../src/lists/row-text.js';
import type { VectorCache } from '../src/text/vectors.js';
import { normalizeText } from '../src/text/normalize.js';
import { openLowdbStore } from '../src/store/lowdb/index.js';
import { loadTools, tokenizerOf, type Tools } from '../src/setup/resources.js';

const STARTS = 5;
const COUNTIES = 300;
const ROWS = 100_000;
const SCOPED_QUERIES = 2_000;
const BRUTE_QUERIES = 20;

/** From spawning the program to the first line of its answer, in ms. */
function coldStart(dataDir: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end('路灯坏了归谁管\n');
  return new Promise((resolve, reject) => {
    let first = 0;
    child.stdout.once('data', () => (first = performance.now() - started));
    child.once('exit', (code) => (code === 0 ? resolve(first) : reject(new Error(`exit code ${code}`))));
  });
}

/** What a first LangChain tutorial builds: every document's vector in an array of numbers, cosine against all, sort. */
function bruteForce(documents: number[][], query: number[], k: number): number[] {
  return documents
    .map((vector, i) => {
      let dot = 0;
      let a = 0;
      let b = 0;
      for (let j = 0; j < vector.length; j++) {
        dot += (vector[j] ?? 0) * (query[j] ?? 0);
        a += (vector[j] ?? 0) ** 2;
        b += (query[j] ?? 0) ** 2;
      }
      return { i, score: dot / Math.sqrt(a * b) };
    })
    .sort((x, y) => y.score - x.score)
    .slice(0, k)
    .map(({ i }) => i);
}

/** Rows of many counties from the sample rows: other names, and vectors moved a little so that no two are the same. */
function generate(rows: Row[], vectors: Float32Array[]) {
  const lists: List[] = [];
  const generated: Row[] = [];
  const moved = new Map<string, Float32Array>();
  let seed = 1;
  const random = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5) * 0.04;
  for (let i = 0; i < ROWS; i++) {
    const county = Math.floor((i * COUNTIES) / ROWS);
    const listId = `county-${county}`;
    if (lists.at(-1)?.id !== listId)
      lists.push({
        id: listId,
        title: `第${county}县清单`,
        kind: 'territorial',
        issuer: '',
        documentNumber: '',
        editionLabel: '',
        effective: '',
        scope: { county: `第${county}县` },
      });
    const source = i % rows.length;
    const row: Row = {
      ...(rows[source] as Row),
      listId,
      number: String(i),
      matter: `${rows[source]?.matter ?? ''}${i}`,
      askedAs: [],
    };
    generated.push(row);
    const vector = Float32Array.from(vectors[source] as Float32Array, (v) => v + random());
    const norm = Math.hypot(...vector);
    moved.set(
      normalizeText(rowText(row)),
      vector.map((v) => v / norm),
    );
  }
  const cache: VectorCache = {
    vectorsOf: (texts) => Promise.resolve(texts.map((text) => moved.get(text) ?? new Float32Array(512))),
  };
  return { lists, rows: generated, cache };
}

async function questionsThroughCore(tools: Tools, dataDir: string, questions: string[]): Promise<void> {
  const config = { ...loadConfig(readEnv()), dataDir };
  const assistant = await openAssistant(config, tools, Date.now());
  const store = await openLowdbStore(join(dataDir, 'store'));
  const adapter = createDeafAdapter(() => answered());
  let answered: () => void = () => undefined;
  let id = 0;
  const bot = createBot({
    store,
    adapters: [adapter],
    match: assistant.match,
    handlers: assistant.handlers,
    timers: {},
    middleware: [],
    personOf: tools.directory.personOf,
    editionId: () => assistant.knowledge.edition.id,
    clock: Date.now,
    ids: () => String(id++),
    log: SILENT,
  });
  /** From the message to its answer in the hands of the platform, in ms. */
  const ask = async (text: string): Promise<number> => {
    const started = performance.now();
    let time = 0;
    answered = () => (time = performance.now() - started);
    const received = {
      id: `bench:${id++}`,
      conversation: { platform: 'console', chatId: `c${id}`, isDirect: true },
      user: { platform: 'console', id: '张三' },
      at: Date.now(),
      messageId: String(id),
    } as const;
    await bot.accept({ kind: 'message', ...received, text, isAddressed: true });
    await bot.idle();
    return time;
  };
  for (const text of questions.slice(0, 20)) await ask(text);
  const times: number[] = [];
  const begun = performance.now();
  for (const text of questions.slice(20)) {
    times.push(await ask(text));
  }
  const perSecond = (times.length * 1000) / (performance.now() - begun);
  print('question through the core p50 / p99 (ms)', middles(times));
  print('questions per second, one after the other', round(perSecond, 0));
  const encoder = tools.encoder;
  if (encoder) {
    const { rows } = assistant.knowledge.edition;
    const documents =
      (await tools.cacheOf('rows')?.vectorsOf(rows.map((r) => normalizeText(rowText(r))))) ?? [];
    const plain = documents.map((vector) => Array.from(vector));
    const brute: number[] = [];
    // Asked with another ending, so that no vector is remembered from above.
    for (const text of questions.slice(20)) {
      const started = performance.now();
      bruteForce(plain, await encoder.embedQuery(`${text}啊`), 3);
      brute.push(performance.now() - started);
    }
    print('  baseline: embed + brute force p50 / p99 (ms)', middles(brute));
    print('  ratio of the medians, core / baseline', round(quantile(times, 0.5) / quantile(brute, 0.5)));
  }
  print('memory, sample county, encoder warm (MB)', memoryMb());
  await store.close();
}

async function indexes(tools: Tools, questions: string[]): Promise<void> {
  const { encoder, directory } = tools;
  const config = loadConfig(readEnv());
  const { knowledge } = await openAssistant(config, tools, Date.now());
  const sample = knowledge.edition;
  const started = performance.now();
  await createAssistant(tools, sample, directory);
  print(
    `index of the sample, ${sample.rows.length} rows, vectors cached (ms)`,
    round(performance.now() - started, 0),
  );
  const cache = tools.cacheOf('rows');
  if (!encoder || !cache) return;
  const texts = sample.rows.slice(0, 100).map((row) => `${rowText(row)}·`);
  const embedding = performance.now();
  await encoder.embedDocuments(texts);
  const each = (performance.now() - embedding) / texts.length;
  print('embedding one new row (ms)', round(each));
  print(`  so ${ROWS} new rows take about (min, one core)`, round((each * ROWS) / 60_000, 1));

  const vectors = await cache.vectorsOf(sample.rows.map((row) => normalizeText(rowText(row))));
  const large = generate(sample.rows, vectors);
  globalThis.gc?.();
  const building = performance.now();
  const tokenize = tokenizerOf(directory, sample);
  const index = await createRowIndex({ editionId: 'bench', ...large, tokenize, vectors: large.cache });
  print(`index of ${ROWS} rows in ${COUNTIES} counties (s)`, round((performance.now() - building) / 1000));
  globalThis.gc?.();
  print('memory with it, generated vectors included (MB)', memoryMb());
  const queries = await Promise.all(questions.slice(0, 200).map((q) => encoder.embedQuery(q)));
  const scoped: number[] = [];
  for (let i = 0; i < SCOPED_QUERIES; i++) {
    const at = i % queries.length;
    const begun = performance.now();
    index.search(
      { text: questions[at] ?? '', vector: queries[at] ?? null, units: [] },
      { county: `第${i % COUNTIES}县` },
      12,
    );
    scoped.push(performance.now() - begun);
  }
  print('scoped search p50 / p99 (ms)', middles(scoped));
  const everything = index.entries.map((_, i) => Array.from(vectors[i % vectors.length] as Float32Array));
  const brute: number[] = [];
  for (let i = 0; i < BRUTE_QUERIES; i++) {
    const begun = performance.now();
    bruteForce(everything, queries[i % queries.length] ?? [], 12);
    brute.push(performance.now() - begun);
  }
  print('  baseline: brute force over all rows p50 (ms)', round(quantile(brute, 0.5)));
  print('  ratio of the medians, scoped / baseline', round(quantile(scoped, 0.5) / quantile(brute, 0.5), 4));
}

/** Start, questions, indexes. */
async function benchAnswers(dataDir: string): Promise<void> {
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await coldStart(join(dataDir, `start-${i}`)));
  print('cold start to first answer, median of 5 (ms)', round(quantile(starts, 0.5), 0));
  const tools = await loadTools(
    { ...loadConfig(readEnv()), dataDir },
    { intentsDir: INTENTS_DIR, clock: Date.now },
  );
  const questions = readFileSync('tests/evaluation/questions.test.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => normalizeText((JSON.parse(line) as { q: string }).q));
  await questionsThroughCore(tools, dataDir, questions);
  await indexes(tools, questions);
}

async function importRows(dataDir: string): Promise<void> {
  const config = loadConfig(readEnv());
  const open = async (dir: string) => {
    const here = { ...config, dataDir: dir };
    return openAssistant(
      here,
      await loadTools(here, { intentsDir: INTENTS_DIR, clock: Date.now }),
      Date.now(),
    );
  };
  const { rows, lists } = (await open(join(dataDir, 'import-sample'))).knowledge.edition;
  const county = new Set(
    lists.filter(({ kind }) => kind === 'territorial' || kind === 'duty').map(({ id }) => id),
  );
  const chosen = rows.filter(({ listId, lead }) => county.has(listId) && lead.length > 0);
  await benchImport(dataDir, chosen, open, print);
}

const PARTS = ['answers', 'store', 'reminders', 'inbound', 'import'] as const;
const asked = process.argv.slice(2);
const wrong = asked.find((part) => !PARTS.some((name) => name === part));
if (wrong !== undefined) {
  console.error(`没有“${wrong}”这一部分。可用的有:${PARTS.join('、')};不写就全部运行。`);
  process.exit(64);
}
const isAsked = (part: (typeof PARTS)[number]): boolean => asked.length === 0 || asked.includes(part);
const dataDir = mkdtempSync(join(tmpdir(), 'qingdan-bench-'));
try {
  print('machine', `${cpus().length} cores, Node ${process.version}, load ${round(loadavg()[0] ?? 0)}`);
  if (isAsked('answers')) await benchAnswers(dataDir);
  if (isAsked('store')) await benchStore(join(dataDir, 'store-sizes'), print);
  if (isAsked('reminders')) await benchReminders(join(dataDir, 'reminders'), print);
  if (isAsked('inbound') && !(await benchInbound(dataDir, print))) process.exitCode = 1;
  // Minutes of embedding, and nothing that other parts would show.
  if (asked.includes('import')) await importRows(dataDir);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
