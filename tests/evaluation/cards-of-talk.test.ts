/**
 * What the bot shows in the dialogues of tests/talk, as Feishu would take it: some
 * {@link PLAYED} of all files here, every one with `TALK=all`. The
 * dialogues of tests/dialogues and of every other test that talks to the whole bot are held against the same schema
 * (tests/helpers/talk.ts), those of tests/e2e by the fake server.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playDialogue, readDialogues } from '../../scripts/evaluate/talk.js';
import type { Reply } from '../../src/core/chat.js';
import { problemsOfReply } from '../helpers/feishu-card-schema.js';
import { INTENTS_DIR, loadConfig } from '../../src/config.js';
import { openAssistant } from '../../src/setup/assistant.js';
import { loadTools } from '../../src/setup/resources.js';
import { openEncoder } from '../helpers/assistant.js';
import { makeFolder } from '../helpers/folder.js';

const PLAYED = process.env['TALK'] === 'all' ? Infinity : 120;
const files = readdirSync('tests/talk').filter((name) => name.endsWith('.yaml'));

it(
  `${files.length} files of talk show only cards that Feishu takes`,
  async () => {
    const clock = { now: Date.parse('2026-11-30T09:00:00+08:00') };
    const config = loadConfig({ DATA_DIR: makeFolder() });
    const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: () => clock.now, openEncoder });
    const opened = { tools, assistant: await openAssistant(config, tools, clock.now) };
    const seen: Reply[] = [];
    const all = files.flatMap((name) => readDialogues(join('tests/talk', name)));
    const every = Math.ceil(all.length / PLAYED) || 1;
    const played = all.filter((_, i) => i % every === 0);
    for (const dialogue of played)
      await playDialogue(dialogue, { ...opened, clock, seen: (reply) => void seen.push(reply) });
    const cards = seen.filter((reply) => 'card' in reply);
    const forms = seen.filter((reply) => 'form' in reply && reply.form);
    console.info(
      `${played.length} dialogues, ${seen.length} replies, ${cards.length} cards, ${forms.length} forms`,
    );
    expect(cards.length).toBeGreaterThan(50);
    expect(forms.length).toBeGreaterThan(0);
    expect(seen.flatMap(problemsOfReply)).toEqual([]);
  },
  PLAYED === Infinity ? 3_600_000 : 300_000,
);
