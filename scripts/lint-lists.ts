/** `npm run lint-lists [-- --json]`: what is wrong among the lists of KNOWLEDGE_DIR taken together; exit code 1 if anything is. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toLocal } from '../src/calendar/local.js';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { readLists } from '../src/editions/folder.js';
import { loadFacts } from '../src/editions/lint/facts.js';
import { findingText, lintLists } from '../src/editions/lint/lint.js';
import { problemText } from '../src/files/problem.js';
import { loadDirectory } from '../src/organizations/load.js';

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
  const { knowledgeDir } = loadConfig(readEnv());
  const directory = loadDirectory(join(knowledgeDir, 'organizations'));
  const { lists, rows, problems } = readLists(join(knowledgeDir, 'lists'), directory);
  if (problems.length > 0) throw new BotError('DATA', problems.map(problemText).join('\n'));
  const facts = loadFacts(join(knowledgeDir, 'lint.yaml'));
  const findings = lintLists({ lists, rows }, directory, facts, toLocal(Date.now()).date);
  if (values.json) console.log(JSON.stringify(findings));
  else for (const finding of findings) console.log(findingText(finding, lists));
  if (!values.json) console.log(`${lists.length} 份清单,${rows.length} 项:${findings.length} 处需要核对。`);
  process.exitCode = findings.length > 0 ? 1 : 0;
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 2;
}
