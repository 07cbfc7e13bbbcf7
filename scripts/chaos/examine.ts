/** The end of a chaos run: what people saw and what the store holds, against what they did. */
import { judge, type Verdict } from './oracle.js';
import type { People } from './people.js';
import { directChatOf } from './platforms.js';
import type { Data } from './store.js';
import { asideKey, type TalkKind } from './talk.js';
import { CRASHED_TWICE } from '../../src/core/inbox.js';
import type { SetAside, Store } from '../../src/core/store.js';

type Run = {
  kinds: readonly TalkKind[];
  people: Pick<People, 'talks' | 'strays' | 'asideTold'>;
  /** Keys that the bot logged as uncertain. */
  uncertain: ReadonlySet<string>;
};

type Examined = { verdict: Verdict; counts: Record<string, number> };

/**
 * Keys of messages that nobody waits for, as the store has them: a process may have been killed between the record and the log
 * line. Only while no bot runs.
 */
export async function keptUndelivered(data: Data): Promise<string[]> {
  const store = await data.open();
  try {
    const undelivered = await store.listUndelivered();
    const aside = await store.listSetAside();
    return [...undelivered.map(({ key }) => key), ...aside.map(({ update }) => asideKey(update.id))];
  } finally {
    await store.close();
  }
}

export async function examine(data: Data, run: Run): Promise<Examined> {
  const store = await data.open();
  const { verdict, counts } = await compare(store, run).finally(() => store.close());
  const record = await data.verifyRecord();
  if (record.problem !== null) verdict.problems.push(`record: ${record.problem}`);
  return { verdict, counts: { ...counts, 'lines of the record': record.lines } };
}

async function compare(store: Store, { kinds, people, uncertain: logged }: Run): Promise<Examined> {
  // See keptUndelivered.
  const undelivered = await store.listUndelivered();
  const noted = undelivered.flatMap(({ key, outcome }) => (outcome === 'uncertain' ? [key] : []));
  const uncertain = new Set([...logged, ...noted]);
  const aside = await store.listSetAside();
  const setAside = new Set(aside.map(({ update }) => update.id));
  const waiting = new Set((await store.listOutgoing()).map(({ message }) => message.key));
  const counts: Record<string, number> = { 'not sent yet at the end': waiting.size };
  const excused = new Set([...uncertain, ...[...setAside].map(asideKey)]);
  const verdict = judge({ talks: people.talks, uncertain: excused, strays: people.strays });
  counts['set aside'] = aside.length;
  verdict.problems.push(...problemsOfAside(aside, people.asideTold, uncertain));
  for (const kind of kinds) {
    const talks = people.talks.filter((talk) => talk.kind === kind.name);
    const found = await kind.check(talks, { store, uncertain, waiting, setAside });
    Object.assign(counts, { [`talks: ${kind.name}`]: talks.length }, found.counts);
    verdict.problems.push(...found.problems);
  }
  return { verdict, counts };
}

/** Only a message at work at two ends of the process is set aside, and its sender is told of it once. */
function problemsOfAside(
  aside: SetAside[],
  told: readonly string[],
  uncertain: ReadonlySet<string>,
): string[] {
  const problems = aside
    .filter(({ reason }) => reason !== CRASHED_TWICE)
    .map(({ update, reason }) => `${update.id} was set aside: ${reason}`);
  const chatOf = ({ update }: SetAside): string => directChatOf(update.conversation.chatId);
  for (const chat of new Set([...told, ...aside.map(chatOf)])) {
    const own = aside.filter((it) => chatOf(it) === chat);
    const heard = told.filter((each) => each === chat).length;
    const doubtful = own.filter(({ update }) => uncertain.has(asideKey(update.id))).length;
    if (heard > own.length + doubtful || heard < own.length - doubtful)
      problems.push(`${chat}: ${own.length} set aside, told ${heard} times`);
  }
  return problems;
}
