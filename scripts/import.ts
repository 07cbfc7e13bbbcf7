/**
 * `npm run import`: checks KNOWLEDGE_DIR and publishes its lists as the edition in force.
 * `npm run import -- FILE...`: reads a county's own files, see import-files.ts.
 * Either says what is wrong and changes nothing.
 */
import { join } from 'node:path';
import { openAssistant } from '../src/setup/assistant.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { problemText } from '../src/files/problem.js';
import { readLists } from '../src/editions/folder.js';
import { importFiles } from './shared/import-files.js';
import { loadTools } from '../src/setup/resources.js';

/** Publishes the folder. */
async function publishFolder(): Promise<void> {
  const config = loadConfig(readEnv());
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  const { problems } = readLists(join(config.knowledgeDir, 'lists'), tools.directory);
  if (problems.length > 0)
    throw new BotError('DATA', [...problems.map(problemText), '未作任何更改,仍使用上一版次。'].join('\n'));
  const { knowledge } = await openAssistant(config, tools, Date.now(), {
    isFolderForced: true,
    onProgress: (what, done, total) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\r${what} ${done}/${total}${done === total ? '\n' : ''}`);
    },
  });
  const { id, lists, rows, expected } = knowledge.edition;
  console.log(`版次 ${id} 已生效:${lists.length} 份清单,${rows.length} 项。`);
  if (expected) {
    const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
    console.log(
      `预计:直接答复 ${percent(expected.answered)},其中答对 ${percent(expected.right)};清单外误答 ${percent(expected.falseRate)}。`,
    );
  }
}

try {
  const args = process.argv.slice(2);
  if (args.length === 0) await publishFolder();
  else process.exitCode = await importFiles(args);
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
