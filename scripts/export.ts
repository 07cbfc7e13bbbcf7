/**
 * `npm run export -- --kind K FILE.xlsx`: the lists of a kind, of the edition in force, as a workbook. `--with-drafts`:
 * with the matters that the 编办 began, to be completed in it and imported.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { renderWorkbook } from '../src/editions/export.js';
import { decidedOf } from '../src/editions/remarks.js';
import { foldVerdicts, rowsToComplete } from '../src/editions/verdicts.js';
import { loadDirectory } from '../src/organizations/load.js';
import { editionInForce } from './shared/import-draft.js';
import { parseKind } from './shared/import-files.js';
import { storedNotes } from './shared/stored.js';

const USAGE = '用法:npm run export -- --kind 类型 [--with-drafts] 文件.xlsx';

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { kind: { type: 'string' }, 'with-drafts': { type: 'boolean' } },
  });
  const [file] = positionals;
  if (!file) throw new BotError('CONFIG', USAGE);
  const kind = parseKind(values.kind);
  const config = loadConfig(readEnv());
  const directory = loadDirectory(join(config.knowledgeDir, 'organizations'));
  const edition = editionInForce(config, directory);
  const lists = edition.lists.filter((list) => kind === undefined || list.kind === kind);
  if (lists.length === 0)
    throw new BotError(
      'DATA',
      `版次 ${edition.id} 中没有这种清单。处理办法:换一种类型,或不写 --kind 导出全部。`,
    );
  const ids = new Set(lists.map((list) => list.id));
  const decided = values['with-drafts'] ? decidedOf(await storedNotes(config)) : [];
  const begun = rowsToComplete(foldVerdicts(edition, decided, directory)).filter(({ listId }) =>
    ids.has(listId),
  );
  writeFileSync(file, await renderWorkbook(lists, [...edition.rows, ...begun]));
  const count = edition.rows.filter((row) => ids.has(row.listId)).length;
  return `${file}:${lists.length} 份清单,${count} 项(版次 ${edition.id})${begun.length > 0 ? `,另有待完善的新事项 ${begun.length} 项` : ''}。`;
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
