/** Whether a message tells of somebody in danger now, and whom to call: the signs stand in knowledge/emergencies.yaml. */
import { z } from 'zod';
import { readYaml } from '../files/yaml.js';
import { normalizeText } from '../text/normalize.js';
import { cutText } from '../text/cut.js';
import type { Context } from '../core/types.js';
import { DANGER } from './model.js';

/** What is told in an emergency is short; a long text is a document. */
const MAX_TOLD = 160;

/** Where no sign says whom to call. */
const UNKNOWN_CALL = '110';

/** A few characters within one clause. */
const GAP = '[^\uff0c,。.!\uff01?\uff1f;\uff1b\\s]{0,6}';

const Pattern = z.string().transform((source, ctx) => {
  try {
    return new RegExp(source.replaceAll('…', GAP));
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: String(error) });
    return z.NEVER;
  }
});
const Patterns = z.array(Pattern).default([]);

const Emergencies = z.strictObject({
  /** What is said, by call. */
  lines: z.record(z.string(), z.string().min(4)),
  /** Of two calls that are as much spoken for the first one is named. */
  signs: z.array(z.strictObject({ call: z.string(), sure: Patterns, likely: Patterns })).min(1),
  people: Pattern,
  now: Pattern,
  talk: z.strictObject({
    asking: Pattern,
    paper: Pattern,
    past: Pattern,
    figure: Pattern,
    supposed: Pattern,
  }),
  /** What the model of danger learns from, beside the signs. */
  examples: z.strictObject({ danger: z.array(z.string()).min(1), talk: z.array(z.string()).min(1) }),
});
export type Emergencies = z.infer<typeof Emergencies>;

/** @throws BotError 'DATA' when the file is wrong. */
export function loadEmergencies(file: string): Emergencies {
  return readYaml(
    file,
    Emergencies.refine(
      ({ lines, signs }) =>
        [UNKNOWN_CALL, ...signs.map(({ call }) => call)].every((call) => Object.hasOwn(lines, call)),
      {
        error: 'signs 中的电话在 lines 中没有写要说的话',
      },
    ),
    '对照程序自带的 knowledge/emergencies.yaml 改正',
  );
}

/**
 * Fitted on tests/evaluation/danger.tune.jsonl, on own sentences by cross-validation and on questions that speak of dangers:
 * the signs alone find 0.58 of own sentences that they were not written for, the model alone 0.75, both 0.9.
 */
const WEIGHTS = { sure: 2, likely: 1, more: 0.6, people: 1, now: 0.7, model: 0.6 };
const TALK = { asking: 3, paper: 2, past: 3, figure: 3, supposed: 4 } as const;
const DANGER_AT = 0.6;
/** What speaks against danger does not outweigh what the model learned. */
const LEAST = -1;

export type Danger = {
  call: string;
  line: string;
  /** It is a request, or about one: that is handled as well. */
  isActing: boolean;
};

const ACTING = /呼叫|补充|补一句|催办|刚报的|转办|签收|那[单件]|qs-?\d/;

/** What the middleware asks: whether a message tells of danger. */
export const dangerReader =
  (emergencies: Emergencies) =>
  ({ update, match }: Pick<Context, 'update' | 'match'>): Danger | null =>
    update.kind === 'message' ? dangerIn(update.text, match.scores[DANGER] ?? 0.5, emergencies) : null;

/** Null when nobody is in danger, or danger is only talked about. `probability` is the model's. */
export function dangerIn(text: string, probability: number, emergencies: Emergencies): Danger | null {
  const said = normalizeText(cutText(text, 2 * MAX_TOLD));
  if (said.length > MAX_TOLD || said.length < 2) return null;
  const { call, score } = weigh(said, emergencies);
  const learned = WEIGHTS.model * Math.log((probability + 1e-3) / (1 - probability + 1e-3));
  if (Math.max(score, LEAST) + learned < DANGER_AT) return null;
  return {
    call,
    line: emergencies.lines[call] ?? '',
    isActing: ACTING.test(said),
  };
}

/** The first call with a sure sign, else the one with most signs; and the sum of what speaks for danger and against it. */
export function weigh(
  said: string,
  { signs, people, now, talk }: Emergencies,
): { call: string; score: number } {
  const counted = signs.map(({ call, sure, likely }) => ({
    call,
    sure: sure.filter((pattern) => pattern.test(said)).length,
    likely: likely.filter((pattern) => pattern.test(said)).length,
  }));
  const total = (key: 'sure' | 'likely') => counted.reduce((sum, it) => sum + it[key], 0);
  const [sure, likely] = [total('sure'), total('likely')];
  if (sure + likely === 0) return { call: UNKNOWN_CALL, score: 0 };
  // What happened stands before what it did to people: a crash, then the injured.
  const best = counted.find((it) => it.sure > 0) ?? counted.reduce((x, y) => (y.likely > x.likely ? y : x));
  const against = Object.entries(TALK).reduce(
    (sum, [key, weight]) => sum + (talk[key as keyof typeof TALK].test(said) ? weight : 0),
    0,
  );
  const first = sure > 0 ? WEIGHTS.sure : WEIGHTS.likely;
  const more = WEIGHTS.more * Math.min(3, sure + likely - 1);
  const near = (people.test(said) ? WEIGHTS.people : 0) + (now.test(said) ? WEIGHTS.now : 0);
  return { call: best.call, score: first + more + near - against };
}
