/** One process of the bench of PostgreSQL: commits for some seconds and says how many. */
import { openPostgresStore } from '../../src/store/postgres/index.js';
import { SILENT } from '../shared/silent-log.js';
import { changesOfFiling } from './requests.js';

const AT_ONCE = 8;
/** Requests of each process have numbers of their own. */
const FIRST = 100_000;
const APART = 1_000_000;

const [url = '', rank = '0', seconds = '1'] = process.argv.slice(2);
const store = await openPostgresStore({ url, log: SILENT });
const until = performance.now() + Number(seconds) * 1000;
let count = 0;
let next = FIRST + APART * (Number(rank) + (Math.floor(Date.now() / 1000) % 1000));
const run = async (): Promise<void> => {
  while (performance.now() < until) {
    const n = next++;
    await store.commit(changesOfFiling(n, n));
    count++;
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, run));
process.send?.(count);
await store.close();
