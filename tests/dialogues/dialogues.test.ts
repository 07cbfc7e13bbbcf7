/** Dialogues are data: tests/dialogues/*.yaml, driven through the real assistant, bot and store. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Update } from '../../src/core/types.js';
import { useAssistant } from '../helpers/assistant.js';
import { parseDuration } from '../helpers/clock.js';
import { problemsOfReply } from '../helpers/feishu-card-schema.js';
import { DIRECT, GROUP, replyToText, startTalk, type Talk } from '../helpers/talk.js';

const DIR = 'tests/dialogues';

const Step = z.union([
  z.strictObject({ as: z.string() }),
  z.strictObject({ chat: z.enum(['direct', 'group']) }),
  /** In a group nobody speaks to the bot with `say`; `mention` does. */
  z.strictObject({ say: z.string() }),
  z.strictObject({ mention: z.string() }),
  z.strictObject({ click: z.string() }),
  /** Keeps a button of the newest card, to press it later. */
  z.strictObject({ remember: z.string() }),
  z.strictObject({ 'click-remembered': z.literal(true) }),
  z.strictObject({ advance: z.string() }),
  z.strictObject({ expect: z.array(z.string()) }),
  z.strictObject({ not: z.array(z.string()) }),
  z.strictObject({ silent: z.literal(true) }),
  /** Topic of the newest note, or `nothing`. */
  z.strictObject({
    noted: z.enum(['no-row', 'not-this-row', 'wrong-answer', 'chosen-instead', 'unanswered', 'nothing']),
  }),
]);
type Step = z.infer<typeof Step>;

const Dialogue = z.strictObject({
  name: z.string(),
  /** The bug for which it does not pass yet. */
  fails: z.string().optional(),
  steps: z.array(Step).min(2),
});

const assistant = useAssistant();

async function play(talk: Talk, steps: Step[]): Promise<void> {
  let user = '张三';
  let conversation = DIRECT;
  let answer = '';
  let remembered: { id: string; value: string } | null = null;
  for (const step of steps) {
    if ('as' in step) user = step.as;
    else if ('chat' in step) conversation = step.chat === 'group' ? GROUP : DIRECT;
    else if ('say' in step) answer = await talk.say(user, step.say, { conversation });
    else if ('mention' in step)
      answer = await talk.say(user, step.mention, { conversation, isAddressed: true });
    else if ('click' in step) answer = await talk.click(user, step.click, { conversation });
    else if ('remember' in step) remembered = findButton(talk, step.remember);
    else if ('click-remembered' in step && remembered) answer = await press(talk, user, remembered);
    else if ('advance' in step) talk.clock.advance(parseDuration(step.advance));
    else if ('expect' in step) for (const part of step.expect) expect(answer).toContain(part);
    else if ('not' in step) {
      expect(answer).not.toBe('');
      for (const part of step.not) expect(answer).not.toContain(part);
    } else if ('silent' in step) expect(answer).toBe('');
    else if ('noted' in step) expect((await talk.notes()).at(-1)?.topic ?? 'nothing').toBe(step.noted);
  }
}

function findButton(talk: Talk, label: string): { id: string; value: string } {
  const reply = talk.delivered.at(-1)?.reply;
  const button = reply && 'card' in reply ? reply.card.buttons.find((b) => b.label === label) : undefined;
  if (!button) throw new Error(`the newest card has no button “${label}”`);
  return { id: button.id, value: button.value ?? '' };
}

async function press(talk: Talk, user: string, action: { id: string; value: string }): Promise<string> {
  const update: Update = {
    kind: 'action',
    id: `console:late:${user}`,
    conversation: DIRECT,
    user: { platform: 'console', id: user },
    at: talk.clock(),
    messageId: 'late',
    action,
  };
  const before = talk.delivered.length;
  await talk.bot.accept(update);
  await talk.bot.idle();
  return talk.delivered
    .slice(before)
    .map((message) => replyToText(message.reply))
    .join('\n');
}

for (const name of readdirSync(DIR).filter((n) => n.endsWith('.yaml'))) {
  const dialogues = z.array(Dialogue).parse(parse(readFileSync(join(DIR, name), 'utf8')));
  describe(name.replace('.yaml', ''), () => {
    for (const dialogue of dialogues)
      (dialogue.fails ? it.fails : it)(dialogue.name, async () => {
        const talk = await startTalk(assistant());
        try {
          await play(talk, dialogue.steps);
          expect(talk.delivered.flatMap(({ reply }) => problemsOfReply(reply))).toEqual([]);
        } finally {
          await talk.close();
        }
      });
  });
}
