/** Compares what people saw with what they should have seen. Pure. */
import { fill, isReported, type PlayedTalk, type Seen, type Turn } from './talk.js';

export type Observed = {
  talks: readonly PlayedTalk[];
  /** Keys that the bot reported. */
  uncertain: ReadonlySet<string>;
  /** Messages that nobody waited for. */
  strays: string[];
};

export type Verdict = {
  /** Messages that had to appear, and those that did. */
  expected: number;
  seen: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  /** Reported as uncertain: arrived once, not at all, more than once. */
  uncertainArrived: number;
  uncertainMissing: number;
  uncertainDoubled: number;
  unacknowledgedClicks: number;
  strays: number;
  /** One line each. */
  problems: string[];
};

export function judge({ talks, uncertain, strays }: Observed): Verdict {
  const verdict: Verdict = {
    expected: 0,
    seen: 0,
    lost: 0,
    doubled: 0,
    outOfOrder: 0,
    uncertainArrived: 0,
    uncertainMissing: 0,
    uncertainDoubled: 0,
    unacknowledgedClicks: 0,
    strays: strays.length,
    problems: strays.map((stray) => `stray: ${stray}`),
  };
  const problem = (field: 'lost' | 'doubled' | 'outOfOrder', what: string) => {
    verdict[field] += 1;
    verdict.problems.push(`${field}: ${what}`);
  };
  for (const talk of talks) {
    for (const turn of talk.turns) {
      if (turn.state === 'waiting' || turn.state === 'skipped') continue;
      if (turn.state === 'unacknowledged') verdict.unacknowledgedClicks += 1;
      for (const [i, expectation] of turn.expects.entries()) {
        const times = turn.seen[i] ?? [];
        // An edit that is made twice looks like one; how often a card was sent anew is counted below.
        const count = expectation.form === 'message' ? times.length : Math.min(times.length, 1);
        const what = `${turn.updates.join() || talk.number}#${i} ${expectation.head} ${talk.token ?? ''}`;
        const isExcused = isReported(talk, turn, i, uncertain);
        if (isAccepted(turn)) verdict.expected += 1;
        if (count > 0) verdict.seen += 1;
        if (isExcused && count === 1) verdict.uncertainArrived += 1;
        if (isExcused && count === 0) verdict.uncertainMissing += 1;
        if (isExcused && count > 1) verdict.uncertainDoubled += count - 1;
        if (!isExcused && count === 0 && isAccepted(turn)) problem('lost', what);
        for (let extra = 1; !isExcused && extra < count; extra += 1) problem('doubled', what);
      }
    }
    for (const [chat, wrong] of disorder(talk, uncertain)) problem('outOfOrder', `${chat} ${wrong}`);
    for (const [chat, extra] of extraCards(talk, uncertain))
      for (let i = 0; i < extra; i += 1) problem('doubled', `card in ${chat} ${talk.token ?? ''}`);
  }
  return verdict;
}

/** A click that the platform saw no acknowledgement of and that nobody repeats: both ways are right. */
const isAccepted = ({ state, click, again }: Turn): boolean =>
  state !== 'unacknowledged' || !click || again !== undefined;

/** In each chat the messages of a talk appear in the order of its steps, and a card never goes back to an earlier state. */
function disorder(talk: PlayedTalk, uncertain: ReadonlySet<string>): [chat: string, what: string][] {
  const { turns, number, token = '' } = talk;
  const latest = new Map<string, { at: number; what: string }>();
  const wrong: [string, string][] = [];
  const compare = (chat: string, at: number, until: number, what: string) => {
    const before = latest.get(chat);
    if (before && at < before.at) wrong.push([chat, `${what} before ${before.what}`]);
    if (!before || until > before.at) latest.set(chat, { at: until, what });
  };
  for (const turn of turns)
    for (const [i, { form, head }] of turn.expects.entries()) {
      const times = turn.seen[i] ?? [];
      const [first] = times;
      // A card whose send is uncertain may first be seen when the clock renews it.
      if (!first || isReported(talk, turn, i, uncertain)) continue;
      const chat = first.shown.chatId;
      const what = `${head} ${number ?? token}`;
      compare(chat, first.at, first.at, what);
      if (form === 'card') compare(`the card in ${chat}`, first.at, (times.at(-1) as Seen).at, what);
    }
  return wrong;
}

/** Live cards that were sent anew more often than sends of them were reported. */
function extraCards(talk: PlayedTalk, uncertain: ReadonlySet<string>): [chat: string, extra: number][] {
  const sent = new Map<string, number>();
  const excused = new Map<string, number>();
  const add = (to: Map<string, number>, chat: string, by: number) => to.set(chat, (to.get(chat) ?? 0) + by);
  for (const turn of talk.turns)
    for (const [i, { form }] of turn.expects.entries()) {
      const times = turn.seen[i] ?? [];
      const chat = times[0]?.shown.chatId;
      if (form !== 'card' || chat === undefined) continue;
      add(sent, chat, times.filter(({ shown }) => !shown.isEdit).length);
      if (isReported(talk, turn, i, uncertain)) add(excused, chat, 1);
    }
  const begin = fill(talk.clockKey ?? '\0', talk.number);
  const byClock = [...uncertain].filter((key) => key.startsWith(begin)).length;
  return [...sent].map(([chat, count]) => [
    chat,
    Math.max(0, count - 1 - byClock - (excused.get(chat) ?? 0)),
  ]);
}

/** What may not happen; what is uncertain was reported and is not held against the bot. */
export function isFailed({ problems }: Pick<Verdict, 'problems'>): boolean {
  return problems.length > 0;
}
