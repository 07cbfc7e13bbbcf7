/** The intents as data: one strict YAML file each. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { tryYaml } from '../files/yaml.js';
import type { Context } from '../core/types.js';
import { VALUE_KIND_NAMES } from './actions.js';

const MIN_EXAMPLES = 25;

/** A regular expression, compiled here so that a broken one stops the start; tests/patterns.test.ts wants it linear. */
const Pattern = z.string().transform((source, ctx) => {
  try {
    return new RegExp(source, 'i');
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: String(error) });
    return z.NEVER;
  }
});

const ActionId = z.string().regex(/^[a-z-]+$/);
const PatternByAction = z.record(ActionId, Pattern).default({});

const IntentFile = z
  .strictObject({
    id: z.string().regex(/^[a-z_]+$/),
    description: z.string().min(10),
    /** Words that call the intent when they stand first, with or without a slash. */
    commands: z.array(z.string().regex(/^[a-z\u4e00-\u9fff]+$/)).default([]),
    /** What these commands are also begins ordinary sentences (你好,路灯坏了归谁管): without a slash they stand alone. */
    wholeMessage: z.boolean().default(false),
    /** A text of such a form calls the intent, whatever the examples say. */
    patterns: z.array(Pattern).default([]),
    /** Short words about what was shown last: what is said, by the action that it means. */
    followUps: z
      .strictObject({
        /** On the row shown last, whose id is the value of the action. */
        row: PatternByAction,
        /** The action of such words where no row was shown. */
        noRow: ActionId.optional(),
        /** On rows that were just offered to choose from. */
        offer: PatternByAction,
        /** The action of the number of one that was offered or listed ("第二个"), with its id as value. */
        choice: ActionId.optional(),
        /** On a page of rows; the value is the next page. */
        listing: PatternByAction,
      })
      .prefault({}),
    /**
     * What short messages ask of the row shown last: sentences to learn from, by the action that they mean; `other` are
     * such as ask nothing of it (nlu/model.ts).
     */
    aspects: z.record(ActionId, z.array(z.string().min(1))).default({}),
    /**
     * The action of pictures and files that come without words, with the request spoken of last as value. With `names`:
     * of files that are called so and come in a direct chat; these go first.
     */
    attachments: z.strictObject({ action: ActionId, names: Pattern.optional() }).optional(),
    /** None for an intent that only commands and buttons call; else at least MIN_EXAMPLES. */
    examples: z.array(z.string().min(1)).default([]),
    /** Ids of the buttons that this intent handles, each with the kind of its value (nlu/actions.ts). */
    actions: z.record(ActionId, z.enum(VALUE_KIND_NAMES)).default({}),
    /** Those of them that are forms: the kinds of what is filled in, by the names of the fields. */
    forms: z
      .record(ActionId, z.record(z.string().regex(/^[a-z]{1,20}$/), z.enum(VALUE_KIND_NAMES)))
      .default({}),
    /** Texts of the handler, by the keys that it declares. */
    replies: z.record(z.string(), z.string().min(1)).default({}),
    /**
     * Whether a message of this intent changes something for others: then one that comes late is asked about first.
     * `own`: something of the person's own alone, a reminder or a remark. `never`: it only reads.
     */
    acts: z.enum(['never', 'own', 'by-button', 'always']).default('never'),
    /** Those of its buttons that act though it only reads. */
    acting: z.array(z.string()).default([]),
  })
  .refine(
    ({ examples, commands, actions }) =>
      examples.length >= MIN_EXAMPLES ||
      (examples.length === 0 && commands.length + Object.keys(actions).length > 0),
    { path: ['examples'], error: `needs ${MIN_EXAMPLES} examples, or none and a command or button` },
  );
export type Intent = z.infer<typeof IntentFile>;

/** @throws BotError 'DATA' naming every file and path that is wrong. */
export function loadIntents(dir: string): Intent[] {
  const problems: string[] = [];
  const intents: Intent[] = [];
  const owner = new Map<string, string>();
  for (const name of readdirSync(dir)
    .filter((n) => n.endsWith('.yaml'))
    .sort()) {
    const file = join(dir, name);
    const read = tryYaml(file, IntentFile);
    if (!('data' in read)) {
      problems.push(`${file}:${read.problem}`);
      continue;
    }
    const intent = read.data;
    if (`${intent.id}.yaml` !== name) problems.push(`${file}: id is ${intent.id}`);
    const claims = [
      ...intent.commands.map((c) => `command ${c}`),
      ...Object.keys(intent.actions).map((a) => `action ${a}`),
      ...intent.examples.map((e) => `example ${e}`),
      ...(['choice', 'noRow'] as const)
        .filter((key) => intent.followUps[key])
        .map((key) => `followUps.${key}`),
      ...(intent.attachments && !intent.attachments.names ? ['attachments without names'] : []),
    ];
    for (const claim of claims) {
      const other = owner.get(claim);
      if (other) problems.push(`${file}: ${claim} is already in ${other}`);
      owner.set(claim, name);
    }
    for (const form of Object.keys(intent.forms))
      if (!Object.hasOwn(intent.actions, form)) problems.push(`${file}: form ${form} is no action`);
    intents.push(intent);
  }
  if (intents.length === 0) problems.push(`${dir}: no intent files`);
  if (problems.length > 0) throw new BotError('DATA', problems.join('\n'));
  return intents;
}

/**
 * Fails when an intent has no handler or a handler no intent, and when a handler reads a reply that its intent lacks or an
 * intent has one that nobody reads: called at start and by `scripts/check-intents.ts`.
 */
export function checkBinding(
  intents: Intent[],
  handlers: Record<string, unknown>,
  replies: Readonly<Record<string, readonly string[]>>,
): void {
  const ids = new Set(intents.map((i) => i.id));
  const problems = [
    ...intents.filter((i) => !handlers[i.id]).map((i) => `intents/${i.id}.yaml has no handler`),
    ...Object.keys({ ...handlers, ...replies })
      .filter((id) => !ids.has(id))
      .map((id) => `handler ${id} has no intents/${id}.yaml`),
    ...intents.flatMap(({ id, replies: written }) => {
      const read = replies[id] ?? [];
      return [
        ...read
          .filter((key) => !Object.hasOwn(written, key))
          .map((key) => `intents/${id}.yaml has no reply "${key}", which its handler reads`),
        ...Object.keys(written)
          .filter((key) => !read.includes(key))
          .map((key) => `intents/${id}.yaml has a reply "${key}", which no handler reads`),
      ];
    }),
  ];
  if (problems.length > 0) throw new BotError('DATA', problems.join('\n'));
}

/** Whether what was said would change something for others. */
export function actsOf(intents: Intent[]): (ctx: Pick<Context, 'match'>) => boolean {
  const acts = new Map(intents.map((intent) => [intent.id, intent.acts]));
  const acting = new Set(intents.flatMap((intent) => intent.acting));
  return ({ match }) => {
    const when = acts.get(match.intent) ?? 'never';
    const isPressed = match.via === 'action';
    return (
      when === 'always' ||
      (when === 'by-button' && isPressed) ||
      (isPressed && acting.has(match.slots['action'] ?? ''))
    );
  };
}

/** The intents that only tell something, whatever is said or pressed. */
export const readingIntents = (intents: Intent[]): ReadonlySet<string> =>
  new Set(intents.filter(({ acts }) => acts === 'never').map(({ id }) => id));
