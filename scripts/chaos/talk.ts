/** What a chaos run consists of: talks of several kinds, each a list of steps with the messages that must follow. */
import type { Random } from '../../src/text/random.js';
import { pick } from '../shared/random.js';
import type { Store } from '../../src/core/store.js';

export type Place = {
  platform: 'telegram' | 'feishu';
  /** A number: Telegram takes no other; Feishu's ids are made of it. */
  number: number;
  isGroup: boolean;
};

/**
 * message: a message of its own · edit: the clicked card is replaced · card: a live card, sent once and replaced from then
 * on (sent anew only where it is not known whether it arrived).
 */
export type Form = 'message' | 'edit' | 'card';

/** One message that must appear once. `{number}` in a text stands for the number of the talk's request. */
export type Expectation = {
  place: Place;
  form: Form;
  /** The first line ends so. */
  head: string;
  /** Stands somewhere in the message. */
  contains: string;
};

/** `head`: how the first line ends. */
export const shows = (place: Place, form: Form, head: string, contains: string): Expectation => ({
  place,
  form,
  head,
  contains,
});

/** The expectation `expect` of the step `step` of the same talk. */
export type Ref = { step: number; expect: number };

export const at = (step: number, expect: number): Ref => ({ step, expect });

export type Step = {
  place: Place;
  /** Who of the place, from 0; nobody else is in a direct chat. */
  user: number;
  /** What is said. A click has `click` instead; a step with neither only waits for what the clock brings. */
  text?: string;
  /** The label of the button pressed, on the message that met `on`. */
  click?: { label: string; on: Ref };
  /** In the order in which the bot commits them. */
  expects: Expectation[];
  /** The step is taken when one of these was seen, and never when none of them can be seen any more. */
  after?: Ref[];
  /**
   * Feishu gives a click only once. With `again` the person presses until something happens; these are the ends of the
   * first lines of the answers that a needless press may get.
   */
  again?: string[];
  /** Stands in the note that the step leaves behind, and in no other. */
  noteToken?: string;
};

export type Talk = {
  steps: Step[];
  /** Stands in every card of the talk's request and in nothing of any other talk. */
  token?: string;
  /** Steps follow on what was seen; they are played to the end after the faults are over. */
  isFollowed: boolean;
  /** How the keys of messages begin that the clock sends, with `{number}`. */
  clockKey?: string;
  /** Further chats in which messages of the talk may appear without a step. */
  watches?: Place[];
  /** Whether a message that no step waits for belongs to the talk; `number` is that of its request. */
  isUnprompted?: (shown: Shown, number: string | null) => boolean;
};

/** A message of the bot as a person sees it. */
export type Shown = {
  chatId: string;
  messageId: string;
  /** The first line. */
  head: string;
  /** All of it, with some markup. */
  content: string;
  isEdit: boolean;
  buttons: { label: string; data: unknown }[];
};

/** Appearances: `at` counts all messages of the run. */
export type Seen = { at: number; shown: Shown };

export type Turn = Step & {
  state: 'waiting' | 'given' | 'accepted' | 'unacknowledged' | 'skipped';
  /** Ids of the updates by which the step was given, as the bot knows them. */
  updates: string[];
  /** For each expectation. */
  seen: Seen[][];
  /** Answers to needless presses. */
  needless: number;
};

export type PlayedTalk = Omit<Talk, 'steps'> & {
  kind: string;
  turns: Turn[];
  number: string | null;
  unprompted: Seen[];
};

/** What the bot kept, for the check at the end. `uncertain`: keys of messages that it reported. */
export type Kept = {
  store: Store;
  uncertain: ReadonlySet<string>;
  /** Keys of messages that had not left when the bot was stopped. */
  waiting: ReadonlySet<string>;
  /** Ids of updates that were being handled at two ends of the process in a row: nothing was done, the sender was told. */
  setAside: ReadonlySet<string>;
};

export type Finding = { counts: Record<string, number>; problems: string[] };

/** A kind of talk: to add one, write one file and name it in chaos/run.ts. */
export type TalkKind = {
  name: string;
  /** Talks of this kind that go on at once. */
  atOnce: number;
  /** `number` is another one for each talk of the run; `last` wants one on that platform which does not take minutes. */
  create(random: Random, number: number, last?: Place['platform']): Talk;
  /** Compares what the store holds with what was said; messages were judged before. */
  check(talks: PlayedTalk[], kept: Kept): Promise<Finding>;
};

/** Letters only: neither a number nor a time is read into it. Long, so that no two talks look alike. */
export const createToken = (random: Random, letters: string): string =>
  Array.from({ length: 16 }, () => pick(random, [...letters])).join('');

export const fill = (text: string, number: string | null): string =>
  text.replaceAll('{number}', number ?? '\0');

/** The key of the message that tells the sender that the update was set aside. */
export const asideKey = (update: string): string => `${update}#aside`;

/** A step that nobody takes: the clock does. */
export const isClockTurn = ({ text, click }: Step): boolean => text === undefined && click === undefined;

/** Whether one of the messages that meet the expectation was reported as uncertain or given up, or the step set aside. */
export function isReported(
  { clockKey = '', number }: PlayedTalk,
  turn: Turn,
  expect: number,
  reported: ReadonlySet<string>,
): boolean {
  if (!isClockTurn(turn))
    return turn.updates.some((id) => reported.has(`${id}#${expect}`) || reported.has(asideKey(id)));
  const begin = fill(clockKey, number);
  return [...reported].some((key) => key.startsWith(begin));
}
