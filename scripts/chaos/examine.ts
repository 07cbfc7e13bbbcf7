/** The end of a chaos run: what people saw and what the store holds, against what they did. */
import { judge, type Verdict } from './oracle.js';
import type { People } from './people.js';
import type { Data } from './store.js';
import type { TalkKind } from './talk.js';
import type { Store } from '../../src/core/store.js';

type Run = {
  kinds: readonly TalkKind[];
  people: Pick<People, 'talks' | 'strays'>;
  /** Keys that the bot logged as uncertain. */
  uncertain: ReadonlySet<string>;
};

type Examined = { verdict: Verdict; counts: Record<string, number> };

export async function examine(data: Data, run: Run): Promise<Examined> {
  const store = await data.open();
  const { verdict, counts } = await compare(store, run).finally(() => store.close());
  const record = await data.verifyRecord();
  if (record.problem !== null) verdict.problems.push(`record: ${record.problem}`);
  return { verdict, counts: { ...counts, 'lines of the record': record.lines } };
}

async function compare(store: Store, { kinds, people, uncertain: logged }: Run): Promise<Examined> {
  // A process may have been killed between the record and the log line.
  const undelivered = await store.listUndelivered();
  const noted = undelivered.flatMap(({ key, outcome }) => (outcome === 'uncertain' ? [key] : []));
  const uncertain = new Set([...logged, ...noted]);
  const waiting = new Set((await store.listOutgoing()).map(({ message }) => message.key));
  const counts: Record<string, number> = { 'not sent yet at the end': waiting.size };
  const verdict = judge({ talks: people.talks, uncertain, strays: people.strays });
  for (const kind of kinds) {
    const talks = people.talks.filter((talk) => talk.kind === kind.name);
    const found = await kind.check(talks, { store, uncertain, waiting });
    Object.assign(counts, { [`talks: ${kind.name}`]: talks.length }, found.counts);
    verdict.problems.push(...found.problems);
  }
  return { verdict, counts };
}
