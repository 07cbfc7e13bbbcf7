/** Dialogues as data: their form, and how they are played on a stage. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fromLocal } from '../../src/calendar/local.js';
import { parseDuration } from './clock.js';
import type { Stage } from './stage.js';

const Lines = z.array(z.string());
const Step = z.union([
  z.strictObject({ as: z.string() }),
  z.strictObject({ say: z.string(), photos: z.array(z.string()).optional() }),
  /** To the bot in the group of GROUP_OF; its screen bears the group's name. */
  z.strictObject({ 'say-in-group': z.string() }),
  z.strictObject({ click: z.string() }),
  /** Somebody presses a button of another person's card: one that was forwarded or shown on a screen. */
  z.strictObject({ click: z.string(), on: z.string() }),
  z.strictObject({ advance: z.string() }),
  /** The bot is down so long. */
  z.strictObject({ down: z.string() }),
  /** Cannot be written to directly any more. */
  z.strictObject({ block: z.string() }),
  /** In the chat of the person who acted last. */
  z.strictObject({ expect: Lines }),
  z.strictObject({ not: Lines }),
  /** In other people's chats. An empty list: something is there. */
  z.strictObject({ sees: z.record(z.string(), Lines) }),
  /** Nothing new in these people's chats. */
  z.strictObject({ quiet: Lines }),
  z.strictObject({ buttons: Lines }),
  z.strictObject({ 'no-buttons': Lines }),
]);
type Step = z.infer<typeof Step>;

const Dialogue = z.strictObject({
  name: z.string(),
  /** Shanghai time, `2026-11-25 09:00`. */
  start: z.string().optional(),
  steps: z.array(Step).min(2),
});

async function play(stage: Stage, steps: Step[]): Promise<void> {
  let person = '张三';
  for (const [i, step] of steps.entries()) {
    const where = `step ${i + 1} ${JSON.stringify(step)}`;
    if ('as' in step) person = step.as;
    else if ('say' in step)
      await stage.say(person, step.say, { photos: (step.photos ?? []).map((name) => ({ name })) });
    else if ('say-in-group' in step) await stage.say(person, step['say-in-group'], { isInGroup: true });
    else if ('on' in step) await stage.click(step.on, step.click, person);
    else if ('click' in step) await stage.click(person, step.click);
    else if ('advance' in step) await stage.advance(parseDuration(step.advance));
    else if ('down' in step) await stage.down(parseDuration(step.down));
    else if ('block' in step) stage.block(step.block);
    else if ('expect' in step)
      for (const part of step.expect) expect(stage.changed(person), where).toContain(part);
    else if ('not' in step)
      for (const part of step.not) expect(stage.changed(person), where).not.toContain(part);
    else if ('sees' in step)
      for (const [who, parts] of Object.entries(step.sees)) {
        expect(stage.changed(who), `${where}: ${who}`).not.toBe('');
        for (const part of parts) expect(stage.changed(who), `${where}: ${who}`).toContain(part);
      }
    else if ('quiet' in step)
      for (const who of step.quiet) expect(stage.changed(who), `${where}: ${who}`).toBe('');
    else if ('buttons' in step)
      expect(stage.buttons(person), where).toEqual(expect.arrayContaining(step.buttons));
    else for (const label of step['no-buttons']) expect(stage.buttons(person), where).not.toContain(label);
  }
}

const startOf = (text: string): number => {
  const [date = '', time = ''] = text.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return fromLocal(date, hour * 60 + minute);
};

type StartStage = (start: number) => Promise<Stage>;

/** Each dialogue of the folder, or of the files named, on each stage. */
export function playFolder(
  dir: string,
  stages: readonly (readonly [string, StartStage])[],
  files = readdirSync(dir).sort(),
): void {
  for (const file of files) {
    const dialogues = z.array(Dialogue).parse(parse(readFileSync(join(dir, file), 'utf8')));
    describe.each(stages)(`${file} on %s`, (_, startStage) => {
      it.each(dialogues.map((dialogue) => [dialogue.name, dialogue] as const))('%s', async (_, dialogue) => {
        const stage = await startStage(startOf(dialogue.start ?? '2026-11-25 09:00'));
        try {
          await play(stage, dialogue.steps);
        } finally {
          await stage.close();
        }
      });
    });
  }
}
