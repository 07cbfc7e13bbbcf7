/** Takes away in PostgreSQL what has served its time (keep.ts). */
import {
  ARCHIVE_AFTER_MS,
  KEEP_CARDS_MS,
  KEEP_OCCURRENCES_MS,
  KEEP_SESSIONS_MS,
  KEEP_SET_ASIDE_MS,
  KEEP_UNDELIVERED,
  KEEP_UPDATES_MS,
} from '../keep.js';
import { dropOccurrences } from './reminders.js';
import { archiveBefore, type Query } from './requests.js';

/** `newestAt`: the newest instant that was ever stored, ms. */
export async function prune(query: Query, newestAt: number): Promise<void> {
  await query(`delete from updates where done_at < $1`, [newestAt - KEEP_UPDATES_MS]);
  await query(`delete from sessions where updated_at < $1`, [newestAt - KEEP_SESSIONS_MS]);
  await query(`delete from set_aside where at < $1`, [newestAt - KEEP_SET_ASIDE_MS]);
  await query(`delete from doubts where at < $1`, [newestAt - KEEP_SESSIONS_MS]);
  await query(`delete from cards where sent_at < $1`, [newestAt - KEEP_CARDS_MS]);
  await dropOccurrences(query, newestAt - KEEP_OCCURRENCES_MS);
  await archiveBefore(query, newestAt - ARCHIVE_AFTER_MS);
  const oldest = `select max(seq) - $1 from undelivered`;
  await query(`delete from undelivered where seq <= (${oldest})`, [KEEP_UNDELIVERED]);
}
