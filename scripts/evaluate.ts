/** `npm run -s evaluate -- [--lists F.csv] [--questions F.jsonl] [--outside F.jsonl] [--intents F.jsonl] [--dates F.jsonl] [--danger F.jsonl] [--slips F.jsonl] [--services F.jsonl] [--json]`. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadCalendar } from '../src/calendar/calendar.js';
import { createAssistant, expectFor, openAssistant, type Assistant } from '../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { createBot } from '../src/core/bot.js';
import { createDeafAdapter } from './shared/deaf-adapter.js';
import type { Expected, Person } from '../src/core/domain.js';
import { BotError, errorText } from '../src/core/errors.js';
import { readSingleCsv } from '../src/editions/folder.js';
import { problemText } from '../src/files/problem.js';
import { askerOf } from '../src/lists/answer.js';
import type { Candidate } from '../src/lists/row-index.js';
import { normalizeText } from '../src/text/normalize.js';
import { deriveDirectory } from '../src/organizations/derive.js';
import { openLowdbStore } from '../src/store/lowdb/index.js';
import { DateLine, scoreDates } from './evaluate/dates.js';
import { printDates, printTables, type Report } from './evaluate/tables.js';
import { playDialogue, readDialogues, type PlayedDialogue } from './evaluate/talk.js';
import { DangerLine, scoreDanger, scoreSlips, SlipLine } from './evaluate/danger-slips.js';
import { scoreServices, ServiceLine } from './evaluate/services.js';
import { printTalk, talkReport, transcriptOf } from './evaluate/talk-report.js';
import { SILENT } from './shared/silent-log.js';
import { conversationKey, type Conversation, type Message, type User } from '../src/core/chat.js';
import { loadTools, type Tools } from '../src/setup/resources.js';

const Question = z.object({
  q: z.string(),
  gold: z.array(z.union([z.string(), z.number()]).transform(String)).min(1),
  kind: z.string().default('plain'),
  hard: z.boolean().default(false),
});
const Outside = z.object({ q: z.string(), kind: z.string().default('other') });
const IntentLine = z.object({ text: z.string(), intent: z.string() });

/** The sample county's cadre who asks; a county under evaluation gets one like him. */
const SAMPLE_USER: User = { platform: 'console', id: '张三' };
const CADRE: Person = {
  name: '评测员',
  organization: '评测镇',
  posts: [],
  roles: ['township-cadre'],
  accounts: ['console:评测员'],
};

type Subject = Assistant & { user: User; expected: Expected | null; encoder: Tools['encoder'] };

async function sampleSubject(tools: Tools): Promise<Subject> {
  const config = loadConfig(readEnv());
  const assistant = await openAssistant(config, tools, Date.now());
  if (assistant.problems.length > 0) throw new BotError('DATA', assistant.problems.join('\n'));
  return {
    ...assistant,
    user: SAMPLE_USER,
    expected: assistant.knowledge.edition.expected,
    encoder: tools.encoder,
  };
}

/** The list as a fresh edition of a county of its own; units that the directory does not know come from the list. */
async function csvSubject(tools: Tools, file: string): Promise<Subject> {
  const draft = readSingleCsv(file, '评测县');
  if (draft.problems.length > 0) throw new BotError('DATA', draft.problems.map(problemText).join('\n'));
  const directory = deriveDirectory('评测县', draft.rows, tools.directory, [CADRE]);
  const expected = await expectFor(tools, draft, directory);
  const edition = { id: draft.id, lists: draft.lists, rows: draft.rows, publishedAt: 0, expected };
  const assistant = await createAssistant(tools, edition, directory);
  return { ...assistant, user: { platform: 'console', id: CADRE.name }, expected, encoder: tools.encoder };
}

/** `cited`: on a guide, the row of the lists that divide work which its card names as responsible. */
type Asked = {
  answered: string | null;
  offered: string[] | null;
  isListing: boolean;
  intent: string;
  isGuide: boolean;
  cited: string | null;
};

/** Each text as one mentioned group message, fresh: its own conversation, nothing said before. */
async function askAll(subject: Subject, texts: string[]): Promise<Asked[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-evaluate-'));
  const store = await openLowdbStore(dir);
  const adapter = createDeafAdapter(() => undefined);
  let intent = '';
  const bot = createBot({
    store,
    adapters: [adapter],
    match: subject.match,
    handlers: subject.handlers,
    timers: {},
    middleware: [
      (ctx, next) => {
        intent = ctx.match.intent;
        return next();
      },
    ],
    personOf: subject.knowledge.directory.personOf,
    editionId: () => subject.knowledge.edition.id,
    clock: Date.now,
    ids: () => Math.random().toString(36),
    log: SILENT,
  });
  const outcomes: Asked[] = [];
  for (const [i, text] of texts.entries()) {
    const conversation: Conversation = { platform: 'console', chatId: `evaluate-${i}`, isDirect: false };
    const update: Message = {
      kind: 'message',
      id: `evaluate:${i}`,
      conversation,
      user: subject.user,
      at: Date.now(),
      messageId: String(i),
      text,
      isAddressed: true,
    };
    intent = '';
    await bot.accept(update);
    await bot.idle();
    const session = await store.getSession(`${conversationKey(conversation)}|${subject.user.id}`);
    const rowOf = (ref: string | undefined) => subject.knowledge.index.get(ref ?? '')?.row;
    const isGuide = rowOf(session?.focus)?.guide !== undefined;
    const [first] = session?.offered ?? [];
    outcomes.push({
      isGuide,
      cited: isGuide && first !== undefined && !rowOf(first)?.guide ? first : null,
      answered: session?.focus ?? null,
      offered: session?.isChoosing ? session.offered : null,
      isListing: session?.listing !== undefined,
      intent,
    });
  }
  await store.close();
  rmSync(dir, { recursive: true });
  return outcomes;
}

/** Gold numbers are `number` of the list under evaluation, or `list/number` on the sample lists. */
const isGold = (ref: string | undefined, gold: string[]): boolean => {
  const [, list, number] = /^[^/]*\/([^/]*)\/(.*)$/.exec(ref ?? '') ?? [];
  return gold.includes(number ?? '') || gold.includes(`${list}/${number}`);
};

const share = (count: number, total: number): number =>
  total === 0 ? 0 : Math.round((count / total) * 10_000) / 10_000;

async function retrievalReport(subject: Subject, questions: z.infer<typeof Question>[]) {
  const { knowledge } = subject;
  const { index, directory } = knowledge;
  const scope = askerOf(directory.personOf(subject.user), knowledge);
  const ranksOf = (candidates: Candidate[], gold: string[]) =>
    candidates.findIndex((c) => isGold(c.entry.ref, gold)) + 1;
  const rows: { kind: string; hard: boolean; fused: number; bm25: number; dense: number }[] = [];
  for (const { q, gold, kind, hard } of questions) {
    const text = normalizeText(q);
    const vector = subject.encoder ? await subject.encoder.embedQuery(text) : null;
    const units = directory.mentions(text).map((m) => m.unit);
    const all = index.search({ text, vector, units }, scope, Number.MAX_SAFE_INTEGER);
    rows.push({
      kind,
      hard,
      fused: ranksOf(all, gold),
      bm25: ranksOf(
        all.toSorted((a, b) => b.bm25 - a.bm25),
        gold,
      ),
      dense: ranksOf(
        all.toSorted((a, b) => b.dense - a.dense),
        gold,
      ),
    });
  }
  type Ranked = (typeof rows)[number];
  const within = (set: Ranked[], by: 'fused' | 'bm25' | 'dense', depth: number) =>
    share(set.filter((r) => r[by] > 0 && r[by] <= depth).length, set.length);
  const hardRows = rows.filter((r) => r.hard);
  const summary = (set: Ranked[]) => ({
    n: set.length,
    r1: within(set, 'fused', 1),
    r3: within(set, 'fused', 3),
  });
  const baseline = (by: 'bm25' | 'dense') => ({
    r1: within(rows, by, 1),
    r3: within(rows, by, 3),
    hard: within(hardRows, by, 1),
  });
  const reciprocal = rows.reduce((sum, r) => sum + (r.fused > 0 ? 1 / r.fused : 0), 0);
  const kinds = [...new Set(rows.map((r) => r.kind))].sort();
  return {
    ...summary(rows),
    mrr: share(reciprocal, rows.length),
    hard: summary(hardRows),
    byKind: Object.fromEntries(kinds.map((k) => [k, summary(rows.filter((r) => r.kind === k))])),
    baselines: { bm25: baseline('bm25'), dense: baseline('dense') },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lists: { type: 'string' },
      questions: { type: 'string' },
      outside: { type: 'string' },
      intents: { type: 'string' },
      dates: { type: 'string' },
      /** With --tag REGEX, --only REGEX, --log FILE. */
      talk: { type: 'string', multiple: true },
      danger: { type: 'string' },
      slips: { type: 'string' },
      services: { type: 'string' },
      tag: { type: 'string' },
      only: { type: 'string' },
      log: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.talk) return talk(values.talk, values);
  if (values.danger || values.slips) return dangerAndSlips(values.danger, values.slips);
  const own = (name: string) => join(INTENTS_DIR, '..', 'tests', 'evaluation', name);
  const config = loadConfig(readEnv());
  const dates = scoreDates(
    readLines(values.dates ?? own('dates.test.jsonl'), DateLine),
    loadCalendar(config.calendarDir),
    () => performance.now(),
  );
  if (values.dates && !values.lists && !values.questions && !values.outside && !values.intents) {
    // Times need neither lists nor encoder.
    if (values.json) console.log(JSON.stringify({ dates }));
    else printDates(dates);
    return;
  }
  // Questions belong to a list: with a list of one's own the sample's questions make no sense.
  const questionsFile = values.questions ?? (values.lists ? null : own('questions.test.jsonl'));
  const questions = questionsFile ? readLines(questionsFile, Question) : [];
  const outside = readLines(values.outside ?? own('outside.test.jsonl'), Outside);
  const servicesFile = values.services ?? (values.lists ? null : own('services.test.jsonl'));
  const services = servicesFile ? readLines(servicesFile, ServiceLine) : [];
  const intents = readLines(values.intents ?? own('intents.test.jsonl'), IntentLine);

  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  if (tools.encoderProblem) console.error(tools.encoderProblem);
  const subject = values.lists ? await csvSubject(tools, values.lists) : await sampleSubject(tools);

  const asked = await askAll(
    subject,
    questions.map((q) => q.q),
  );
  const goldOf = (i: number) => questions[i]?.gold ?? [];
  // Who is responsible is read from the row, or from the one that a guide cites.
  const answered = asked.flatMap((o, i) =>
    o.answered ? [[o.answered, o.cited ?? ''].some((ref) => isGold(ref, goldOf(i)))] : [],
  );
  const right = answered.filter(Boolean).length;
  const askedWithGold = asked.filter((o, i) => o.offered?.some((ref) => isGold(ref, goldOf(i)))).length;
  const askedCount = asked.filter((o) => o.offered).length;

  const strangers = await askAll(
    subject,
    outside.map((o) => o.q),
  );
  // A guide names no responsibility: what it answers is counted by itself.
  const isFalse = (o: Asked) => (o.answered !== null && !o.isGuide) || o.isListing;
  const outsideKinds = [...new Set(outside.map((o) => o.kind))].sort();

  const talked = await askAll(
    subject,
    intents.map((i) => i.text),
  );
  const confusions = intents.flatMap((line, i) => {
    const got = talked[i]?.intent ?? '';
    return got === line.intent ? [] : [{ expected: line.intent, got, text: line.text }];
  });

  const report: Report = {
    lists: { rows: subject.knowledge.edition.rows.length, edition: subject.knowledge.edition.id },
    retrieval: await retrievalReport(subject, questions),
    decision: {
      answered: share(answered.length, asked.length),
      asked: share(askedCount, asked.length),
      abstained: share(asked.length - answered.length - askedCount, asked.length),
      right: share(right, answered.length),
      reached: share(right + askedWithGold, asked.length),
    },
    outside: {
      n: outside.length,
      falseRate: share(strangers.filter(isFalse).length, outside.length),
      offered: share(strangers.filter((o) => o.offered).length, outside.length),
      guided: share(strangers.filter((o) => o.isGuide).length, outside.length),
      byKind: Object.fromEntries(
        outsideKinds.map((kind) => {
          const of = strangers.filter((_, i) => outside[i]?.kind === kind);
          return [
            kind,
            {
              n: of.length,
              falseRate: share(of.filter(isFalse).length, of.length),
              offered: share(of.filter((o) => o.offered).length, of.length),
            },
          ];
        }),
      ),
    },
    intents: {
      n: intents.length,
      accuracy: share(intents.length - confusions.length, intents.length),
      confusions,
    },
    dates,
    services: scoreServices(
      services,
      await askAll(
        subject,
        services.map(({ q }) => q),
      ),
      (ref, gold) => isGold(ref, gold),
    ),
    expected: subject.expected ?? { answered: 0, right: 0, falseRate: 0 },
  };
  if (values.json) console.log(JSON.stringify(report));
  else printTables(report);
}

/** What is measured by itself: danger that is noticed, slips that lead where the words that were meant lead. */
async function dangerAndSlips(dangerFile?: string, slipsFile?: string): Promise<void> {
  const tools = await loadTools(loadConfig(readEnv()), { intentsDir: INTENTS_DIR, clock: Date.now });
  const subject = await sampleSubject(tools);
  const slips = slipsFile ? readLines(slipsFile, SlipLine) : [];
  const outcomesOf = (key: 'said' | 'meant') =>
    askAll(
      subject,
      slips.map((line) => line[key]),
    );
  const report = {
    ...(dangerFile && {
      danger: await scoreDanger(readLines(dangerFile, DangerLine), subject.match, tools.emergencies),
    }),
    ...(slipsFile && {
      slips: scoreSlips(slips, { said: await outcomesOf('said'), meant: await outcomesOf('meant') }),
    }),
  };
  console.log(JSON.stringify(report, null, 1));
}

type TalkOptions = {
  tag?: string | undefined;
  only?: string | undefined;
  log?: string | undefined;
  json: boolean;
};

async function talk(files: string[], { tag, only, log, json }: TalkOptions): Promise<void> {
  const clock = { now: Date.now() };
  const config = loadConfig(readEnv());
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: () => clock.now });
  const assistant = await openAssistant(config, tools, clock.now);
  const played: PlayedDialogue[] = [];
  for (const dialogue of files.flatMap(readDialogues)) {
    if (tag !== undefined && !new RegExp(tag).test(dialogue.tag)) continue;
    if (only !== undefined && !new RegExp(only).test(dialogue.name)) continue;
    played.push(await playDialogue(dialogue, { tools, assistant, clock }));
  }
  if (log !== undefined) writeFileSync(log, transcriptOf(played));
  const report = talkReport(played);
  if (json) console.log(JSON.stringify(report));
  else printTalk(report);
}

function readLines<T extends z.ZodType>(file: string, schema: T): z.infer<T>[] {
  if (!existsSync(file)) throw new BotError('DATA', `${file}: there is no such file`);
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new BotError('DATA', `${file} line ${i + 1}: ${errorText(error)}`, { cause: error });
    }
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof BotError ? error.message : error);
  process.exitCode = 1;
}
