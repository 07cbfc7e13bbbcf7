/**
 * `npm run notes`: what people marked as wrong or missing, as CSV, for the 编办. `-- --clusters`: put together by meaning.
 * `-- --draft --by NAME`: what the 编办 accepted in the chat as a draft edition. A bot may be running.
 */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { INTENTS_DIR, loadConfig, readEnv, type Config } from '../src/config.js';
import { rowKey, type Edition } from '../src/core/domain.js';
import { BotError, errorText } from '../src/core/errors.js';
import { neutralCell } from '../src/files/formula.js';
import { createGroupTexts } from '../src/editions/clusters.js';
import { clusterLine, clusterRemarks, pendingRemarks } from '../src/editions/remarks.js';
import { draftFromFiles, editionInForce } from './shared/import-draft.js';
import { storedNotes } from './shared/stored.js';
import { osAccount } from './shared/os-account.js';
import type { Note } from '../src/core/note.js';
import { loadTools } from '../src/setup/resources.js';

const USAGE = '用法:npm run notes [-- --clusters | --draft [--by 姓名]]';

const TOPICS: Record<Note['topic'], string> = {
  'not-this-row': '不是这一项',
  'no-row': '清单没有',
  'wrong-answer': '答复有误',
  'chosen-instead': '选定事项',
  unanswered: '清单未列明',
  verdict: '编办处理',
};

const csvOf = (notes: Note[]): string =>
  stringify([
    ['时间', '类型', '内容', '当时的事项', '版次'],
    ...notes.map((note) => [
      new Date(note.at).toISOString(),
      TOPICS[note.topic],
      neutralCell(note.text),
      neutralCell(note.rows.join(' ')),
      note.edition,
    ]),
  ]);

/** 第36项“…”, or null for a row that is not in the edition. */
function rowNamer({ rows }: Edition): (key: string) => string | null {
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  return (key) => {
    const row = byKey.get(key);
    return row ? `第${row.number}项“${row.matter}”` : null;
  };
}

async function clustersText(config: Config, notes: Note[]): Promise<string> {
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  const clusters = await clusterRemarks(pendingRemarks(notes), createGroupTexts(tools.cacheOf('notes')));
  if (clusters.length === 0) return '没有待处理的问题。\n';
  const nameOf = rowNamer(editionInForce(config, tools.directory));
  const lines = clusters.flatMap((cluster) => [
    clusterLine(cluster, nameOf),
    ...cluster.questions.slice(1, 5).map((question) => `  “${question}”`),
    ...cluster.said.slice(0, 3).map((said) => `  有人指出:${said}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function readFlags() {
  try {
    return parseArgs({
      options: { clusters: { type: 'boolean' }, draft: { type: 'boolean' }, by: { type: 'string' } },
    }).values;
  } catch (cause) {
    throw new BotError('CONFIG', `${errorText(cause)}\n${USAGE}`, { cause });
  }
}

try {
  const flags = readFlags();
  const config = loadConfig(readEnv());
  const notes = await storedNotes(config);
  if (flags.draft) {
    const by = flags.by ?? userInfo().username;
    console.log(await draftFromFiles(config, [], {}, { by, account: osAccount(), now: Date.now(), notes }));
  } else process.stdout.write(flags.clusters ? await clustersText(config, notes) : csvOf(notes));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
