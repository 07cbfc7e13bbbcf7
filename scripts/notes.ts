/** `npm run notes`: what people marked as wrong or missing, as CSV, for the 编办. The bot must be stopped. */
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { loadConfig, readEnv } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import { openLowdbStore } from '../src/store/lowdb.js';

const TOPICS = { 'not-this-row': '不是这一项', 'no-row': '清单没有', 'wrong-answer': '答复有误' };

try {
  const store = await openLowdbStore(join(loadConfig(readEnv()).dataDir, 'store'));
  const rows = (await store.listNotes()).map((note) => [
    new Date(note.at).toISOString(),
    TOPICS[note.topic],
    note.text,
    note.rows.join(' '),
    note.edition,
  ]);
  await store.close();
  process.stdout.write(stringify([['时间', '类型', '内容', '当时的事项', '版次'], ...rows]));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
