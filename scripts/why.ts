/**
 * `npm run why -- [SENTENCE…] SENTENCE [--as NAME]`: what each of the sentences, said one after the other in the terminal, was
 * read as, with how probable each reading is and why.
 */
import { parseArgs } from 'node:util';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import { openAssistant } from '../src/setup/assistant.js';
import { loadTools } from '../src/setup/resources.js';
import { playDialogue } from './evaluate/talk.js';

const SHOWN = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { as: { type: 'string', default: '张三' } },
});
if (positionals.length === 0) {
  console.error("npm run why -- ['前一句'…] '一句话' [--as 姓名]");
  process.exit(64);
}

try {
  const clock = { now: Date.now() };
  const config = loadConfig(readEnv());
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: () => clock.now });
  const lines: string[] = [];
  const assistant = await openAssistant(config, tools, clock.now, {
    onReadings: ({ text, raw }, readings) => {
      lines.push(`“${raw || text}”`);
      for (const { intent, slots, probability, why } of readings.slice(0, SHOWN))
        lines.push(
          `  ${probability.toFixed(2)}  ${intent} ${Object.values(slots ?? {}).join(' ')}  (${why})`,
        );
    },
  });
  const dialogue = {
    ...{ name: 'why', tag: '', as: values.as, at: new Date(clock.now).toISOString() },
    turns: positionals.map((say) => ({ say, want: [], not: [], save: {} })),
  };
  const { turns } = await playDialogue(dialogue, { tools, assistant, clock });
  console.log([...lines, '', turns.at(-1)?.heard.trim() ?? ''].join('\n'));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
