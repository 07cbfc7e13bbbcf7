/**
 * Dialogues played through the whole bot in the terminal chat, under a set clock: `evaluate --talk FILE…`. The files have the
 * form of tests/talk/README.md.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { parse } from 'yaml';
import { z } from 'zod';
import { createConsoleAdapter } from '../../src/adapters/console/index.js';
import { isCalled } from '../../src/organizations/recipients.js';
import type { Reply } from '../../src/core/chat.js';
import { createBot } from '../../src/core/bot.js';
import { BotError } from '../../src/core/errors.js';
import { createEmergencyMiddleware } from '../../src/middleware/emergency.js';
import { createForwardedMiddleware } from '../../src/middleware/forwarded.js';
import { createLateMiddleware } from '../../src/middleware/late.js';
import { dangerReader } from '../../src/nlu/emergencies.js';
import { actsOf, readingIntents } from '../../src/nlu/load.js';
import type { Assistant } from '../../src/setup/assistant.js';
import type { Tools } from '../../src/setup/resources.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { SILENT } from '../shared/silent-log.js';

const Patterns = z.union([z.string(), z.array(z.string())]).transform((it) => [it].flat());
const Turn = z.strictObject({
  say: z.coerce.string().optional(),
  press: z.string().optional(),
  maybe: z.string().optional(),
  want: Patterns.default([]),
  not: Patterns.default([]),
  save: z.record(z.string(), z.string()).default({}),
  advance: z.string().optional(),
  at: z.coerce.string().optional(),
  wait: z.string().optional(),
});
const Dialogue = z.strictObject({
  name: z.coerce.string(),
  tag: z.coerce.string().default(''),
  as: z.string().default('张三'),
  at: z.coerce.string().optional(),
  turns: z.array(Turn),
});
export type Dialogue = z.infer<typeof Dialogue>;

export type PlayedTurn = { said: string; heard: string; failed: string[]; isChecked: boolean };
export type PlayedDialogue = { name: string; tag: string; turns: PlayedTurn[] };

/** @throws BotError 'DATA' naming the file and what is wrong. */
export function readDialogues(file: string): Dialogue[] {
  const read = z.array(Dialogue).safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new BotError('DATA', `${file}: ${z.prettifyError(read.error)}`);
  return read.data;
}

const START = '2026-11-30T09:00:00+08:00';
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** What follows from one due thing may itself be due. */
const DUE_ROUNDS = 6;

const regex = (source: string): RegExp => new RegExp(source, 'smu');

/** `clock` is the one that the tools were loaded with: the directory's roles go by date. `seen` gets whatever the bot says. */
export async function playDialogue(
  dialogue: Dialogue,
  {
    tools,
    assistant,
    clock,
    seen,
  }: { tools: Tools; assistant: Assistant; clock: { now: number }; seen?: (reply: Reply) => void },
): Promise<PlayedDialogue> {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-talk-'));
  const store = await openLowdbStore(dir);
  clock.now = Date.parse(dialogue.at ?? START);
  let printed = '';
  const output = new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  });
  const input = new PassThrough();
  let marks = 0;
  let ids = 0;
  let marked: (() => void) | null = null;
  const terminal = createConsoleAdapter({
    input,
    output,
    isInteractive: false,
    clock: () => clock.now,
    runId: dialogue.name,
    user: dialogue.as,
    // The mark comes when all before it is answered.
    isKnown: (name) => {
      if (name.startsWith('※')) marked?.();
      return isCalled(tools.directory, name);
    },
    settled: () => bot.idle(),
  });
  const bot = createBot({
    store,
    adapters: [
      {
        ...terminal,
        deliver: (message, content) => {
          seen?.(message.reply);
          return terminal.deliver(message, content);
        },
      },
    ],
    match: assistant.match,
    handlers: assistant.handlers,
    timers: assistant.timers,
    middleware: [
      createEmergencyMiddleware(dangerReader(tools.emergencies)),
      createForwardedMiddleware(readingIntents(tools.intents)),
      createLateMiddleware(actsOf(tools.intents)),
    ],
    personOf: tools.directory.personOf,
    editionId: () => assistant.knowledge.edition.id,
    clock: () => clock.now,
    ids: () => `${dialogue.name}/${++ids}`,
    log: SILENT,
  });
  await terminal.start(bot.accept);

  async function hear(lines: string[]): Promise<string> {
    const from = printed.length;
    const mark = `※${++marks}※`;
    const answered = new Promise<void>((resolve) => (marked = resolve));
    input.write([...lines, `/as ${mark}`, ''].join('\n'));
    await answered;
    return printed
      .slice(from)
      .split('\n')
      .filter((line) => !line.includes('※'))
      .join('\n');
  }

  const saved = new Map<string, string>();
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (whole, key: string) => saved.get(key) ?? whole);
  /** What was never saved is nowhere to be found. */
  const pattern = (source: string) => regex(fill(source).replace(/\$\{\w+\}/g, '(?!)'));
  const turns: PlayedTurn[] = [];
  let card = '';
  for (const turn of dialogue.turns) {
    const from = printed.length;
    clock.now += 1_000;
    if (turn.at !== undefined) clock.now = Date.parse(fill(turn.at));
    if (turn.advance !== undefined) clock.now += durationOf(turn.advance);
    if (turn.at !== undefined || turn.advance !== undefined)
      for (let round = 0; round < DUE_ROUNDS; round++) {
        await bot.runDue();
        await bot.idle();
      }
    const label = turn.press ?? turn.maybe;
    const pressed = label === undefined ? undefined : buttonOf(card, fill(label));
    if (turn.maybe !== undefined && pressed === null) {
      turns.push({ said: `(${turn.maybe}?)`, heard: '', failed: [], isChecked: false });
      continue;
    }
    const said = pressed ?? (turn.say === undefined ? '' : fill(turn.say));
    const unasked = printed.slice(from);
    const heard = unasked + (await hear(said === '' ? [] : said.split('\n')));
    if (/^\[\d+\] /m.test(heard)) card = heard;
    const failed = pressed === null ? [`no button /${label}/`] : [];
    for (const want of turn.want) if (!pattern(want).test(heard)) failed.push(`want /${want}/`);
    for (const not of turn.not) if (pattern(not).test(heard)) failed.push(`not /${not}/`);
    for (const [key, source] of Object.entries(turn.save)) {
      const found = regex(source).exec(heard);
      if (found) saved.set(key, found[1] ?? found[0]);
      else failed.push(`save ${key} /${source}/`);
    }
    turns.push({
      said: label === undefined ? said || `(${turn.at ?? turn.advance ?? ''})` : `[${label}]`,
      heard,
      failed,
      isChecked: turn.want.length + turn.not.length + failed.length > 0,
    });
  }
  await bot.idle();
  await terminal.stop();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
  return { name: dialogue.name, tag: dialogue.tag, turns };
}

function durationOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  if (!(unit in UNITS)) throw new BotError('DATA', `not a duration: ${text} (write 90s, 20m, 3h, 1d)`);
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}

/** The number of the button that reads like `label`, in what was printed last. */
function buttonOf(printed: string, label: string): string | null {
  for (const line of printed
    .split('\n')
    .filter((it) => /^\[\d+\] /.test(it))
    .reverse())
    for (const [, number = '', text = ''] of line.matchAll(/\[(\d+)\] (.*?)(?= {2,}\[\d+\] |$)/gu))
      if (regex(label).test(text)) return number;
  return null;
}
