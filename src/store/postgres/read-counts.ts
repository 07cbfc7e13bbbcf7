/** What an operator's look needs of a database that a bot may be using: only selects, no migration. */
import { Client, DatabaseError } from 'pg';
import type { Binding } from '../../core/binding.js';
import type { OperatorCounts } from '../operator-counts.js';

/** A database in which no bot has run yet: 42P01, undefined_table. */
const NO_TABLE = '42P01';

/** @throws the driver's error where the database cannot be read. */
export async function readCounts(url: string, timeoutMs: number): Promise<OperatorCounts> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
  try {
    await client.connect();
    const bindings = await client.query<{ binding: Binding }>(`select binding from bindings order by place`);
    const numbers = await client.query<{ series: string; value: string }>(
      `select series, value from numbers`,
    );
    return {
      bindings: bindings.rows.map(({ binding }) => binding),
      numbers: new Map(numbers.rows.map(({ series, value }) => [series, Number(value)])),
    };
  } catch (error) {
    if (error instanceof DatabaseError && error.code === NO_TABLE)
      return { bindings: [], numbers: new Map() };
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
