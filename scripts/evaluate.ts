/** `npm run -s evaluate -- [--lists F.csv] [--questions F.jsonl] [--outside F.jsonl] [--intents F.jsonl] [--dates F.jsonl] [--danger F.jsonl] [--slips F.jsonl] [--services F.jsonl] [--json]`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCalendar } from '../src/calendar/calendar.js';
import { openAssistant } from '../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { BotError } from '../src/core/errors.js';
import { loadTools } from '../src/setup/resources.js';
import { askAll } from './evaluate/ask.js';
import { DangerLine, scoreDanger, scoreSlips, SlipLine } from './evaluate/danger-slips.js';
import { DateLine, scoreDates } from './evaluate/dates.js';
import { readLines } from './evaluate/lines.js';
import { IntentLine, Outside, reportOn } from './evaluate/report.js';
import { Question } from './evaluate/retrieval.js';
import { ServiceLine } from './evaluate/services.js';
import { csvSubject, sampleSubject } from './evaluate/subject.js';
import { printDates, printTables } from './evaluate/tables.js';
import { printTalk, talkReport, transcriptOf } from './evaluate/talk-report.js';
import { playDialogue, readDialogues, type PlayedDialogue } from './evaluate/talk.js';

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

  const report = await reportOn(subject, { questions, outside, intents, services }, dates);
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

try {
  await main();
} catch (error) {
  console.error(error instanceof BotError ? error.message : error);
  process.exitCode = 1;
}
