/**
 * What a sentence does to a thing that is there (moves it, takes it back, asks about it, …), learned from sentences in which
 * times, people, units and the thing's own words are placeholders: "放到T吧" is said of any time.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { tryYaml } from '../files/yaml.js';
import type { Mention } from '../organizations/names.js';
import type { Encoder } from '../text/encoder.js';
import { isOneIn } from '../text/fnv.js';
import { normalizeText } from '../text/normalize.js';
import { sharedPiece } from '../text/shared-piece.js';
import type { VectorCache } from '../text/vectors.js';
import { classify, trainClassifier, type Classifier, type Sample } from './classifier.js';
import type { Intent } from './load.js';
import { keptClassifiers } from './trained.js';

export type SpeechKind = { kind: string; probability: number };
/** Likeliest first. `text` holds the placeholders. */
export type SpeechModel = (text: string) => SpeechKind[];

/** The same, by what it means as well where there is an encoder. */
export type MeaningModel = (text: string) => Promise<SpeechKind[]>;

/** `officers`, `callers`: what those who work on a case and those who called for it say of it; `guides`: what is asked of one. */
export type SpeechModels = Record<'reminders' | 'drafts', SpeechModel> &
  Record<'officers' | 'callers' | 'guides', MeaningModel>;

const Examples = z.record(z.string().regex(/^[a-z]+$/), z.array(z.string().min(1)).min(5));

/** What is said of anything else. */
const ELSEWHERE = 'elsewhere';
/** Weight of a sentence that is of another intent, beside one that was written for this model. */
const ELSEWHERE_WEIGHT = 0.5;

/**
 * `elsewhere`: sentences that speak of other things.
 * @throws BotError 'DATA' naming the file and what is wrong.
 */
function samplesOf(file: string, elsewhere: readonly string[]): Sample[] {
  const read = tryYaml(file, Examples);
  if (!('data' in read)) throw new BotError('DATA', `${file}:${read.problem}`);
  const own = Object.entries(read.data).flatMap(([label, texts]) =>
    texts.map((text) => ({ text, label, vector: null })),
  );
  const others = elsewhere.map((text) => ({
    ...{ text: normalizeText(text), label: ELSEWHERE, vector: null, weight: ELSEWHERE_WEIGHT },
  }));
  return [...own, ...others];
}

const kindsOf = (classifier: Classifier, text: string, vector: ArrayLike<number> | null): SpeechKind[] =>
  [...classify(classifier, text, vector)]
    .map(([kind, probability]) => ({ kind, probability }))
    .sort((a, b) => b.probability - a.probability);

/** A word in the place of each placeholder: an encoder knows no placeholders. */
const WORDS: Readonly<Record<string, string>> = { T: '明天', U: '水利局', P: '小王', X: '那个' };
const inWords = (text: string): string => text.replace(/[TUPX]/g, (letter) => WORDS[letter] ?? letter);

export type Placeholders = {
  /** The piece of a text that says when, or null. */
  timeIn: (text: string) => { text: string; index: number } | null;
  mentions: (text: string) => Mention[];
  people: readonly { name: string }[];
  /** Texts of the things that may be meant. */
  own: readonly string[];
};

const TIMES_MOST = 4;

/** `周六不上班 放到下周一` → `T不上班 放到T`. */
export function withPlaceholders(text: string, { timeIn, mentions, people, own }: Placeholders): string {
  let said = text;
  for (const { name } of people) if (said.includes(name)) said = said.replaceAll(name, 'P');
  for (const { alias } of mentions(said)) said = said.replace(alias, 'U');
  // Clause by clause: day and hour of two clauses do not belong together.
  said = said
    .split(CLAUSES)
    .map((clause) => withTimes(clause, timeIn))
    .join('')
    .replace(/T\s?T/g, 'T');
  const pieces = own.map((it) => sharedPiece(said, it, isWord));
  for (const piece of pieces) if (piece !== '') said = said.replace(piece, 'X');
  return said;
}

const CLAUSES = /([,\uff0c。;\uff1b\s]{1,3})/;

function withTimes(clause: string, timeIn: Placeholders['timeIn']): string {
  let said = clause;
  for (let n = 0; n < TIMES_MOST; n++) {
    const time = timeIn(said);
    if (!time || time.text === '') break;
    said = `${said.slice(0, time.index)}T${said.slice(time.index + time.text.length)}`;
  }
  return said;
}

const WORD = /^[\u4e00-\u9fff\d]+$/;
const isWord = (piece: string): boolean => WORD.test(piece);

/** Intents whose messages speak of reminders themselves; of cases. */
const OF_REMINDERS: ReadonlySet<string> = new Set([
  'set_reminder',
  'snooze_reminder',
  'cancel_reminder',
  'list_reminders',
]);
const OF_OTHERS: ReadonlySet<string> = new Set([
  ...([
    'ask_responsibility',
    'ask_policy',
    'ask_service',
    'ask_complaint',
    'ask_staffing',
    'list_rows',
  ] as const),
  ...(['off_topic', 'smalltalk', 'help', 'correct_answer', 'stats_report', ...OF_REMINDERS] as const),
]);
/** Of the examples of other intents one in so many. */
const ELSEWHERE_STEP = 5;

type Meaning = { encoder: Encoder | null; vectors: VectorCache | null };

/**
 * Kept in the folders as the intents are.
 * @throws BotError 'DATA' naming the file and what is wrong.
 */
export async function loadSpeechModels(
  dir: string,
  intents: readonly Pick<Intent, 'id' | 'examples'>[],
  folders: readonly string[],
  { encoder, vectors }: Meaning = { encoder: null, vectors: null },
): Promise<SpeechModels> {
  const examplesOf = (isMeant: (id: string) => boolean) =>
    intents
      .filter(({ id }) => isMeant(id))
      .flatMap(({ examples }) => examples)
      .filter((text) => isOneIn(ELSEWHERE_STEP, text));
  const ofOthers = examplesOf((id) => OF_OTHERS.has(id));
  const read = (name: keyof SpeechModels, beside: string[]) => samplesOf(join(dir, `${name}.yaml`), beside);
  const samples = {
    drafts: read('drafts', []),
    reminders: read(
      'reminders',
      examplesOf((id) => !OF_REMINDERS.has(id)),
    ),
    officers: read('officers', ofOthers),
    callers: read('callers', ofOthers),
    guides: read(
      'guides',
      examplesOf((id) => id !== 'ask_policy'),
    ),
  };
  const learned = [encoder?.modelHash ?? null, samples];
  const kept = await keptClassifiers('speech', learned, folders, async () => ({
    drafts: trainClassifier(samples.drafts),
    reminders: trainClassifier(samples.reminders),
    officers: trainClassifier(await withVectors(samples.officers, vectors)),
    callers: trainClassifier(await withVectors(samples.callers, vectors)),
    guides: trainClassifier(await withVectors(samples.guides, vectors)),
  }));
  const byMeaning =
    (classifier: Classifier): MeaningModel =>
    async (text) =>
      kindsOf(classifier, text, encoder ? await encoder.embedQuery(inWords(text)) : null);
  return {
    drafts: (text) => kindsOf(kept.drafts, text, null),
    reminders: (text) => kindsOf(kept.reminders, text, null),
    officers: byMeaning(kept.officers),
    callers: byMeaning(kept.callers),
    guides: byMeaning(kept.guides),
  };
}

async function withVectors(samples: Sample[], vectors: VectorCache | null): Promise<Sample[]> {
  const found = await vectors?.vectorsOf(samples.map(({ text }) => inWords(text)));
  return samples.map((sample, i) => ({ ...sample, vector: found?.[i] ?? null }));
}
