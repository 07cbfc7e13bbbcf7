/** What is measured of an assistant: what it finds, decides, takes for something else; the figures of the report. */
import { z } from 'zod';
import { askAll, type Asked } from './ask.js';
import { isGold, retrievalReport, share, type Question } from './retrieval.js';
import { scoreServices, type ServiceLine } from './services.js';
import type { Subject } from './subject.js';
import type { Report } from './tables.js';

export const Outside = z.object({ q: z.string(), kind: z.string().default('other') });
export const IntentLine = z.object({ text: z.string(), intent: z.string() });

export type Asking = {
  questions: Question[];
  outside: z.infer<typeof Outside>[];
  intents: z.infer<typeof IntentLine>[];
  services: ServiceLine[];
};

/** Each of them put to the assistant, fresh. */
export async function reportOn(
  subject: Subject,
  { questions, outside, intents, services }: Asking,
  dates: Report['dates'],
): Promise<Report> {
  const askEach = (texts: string[]) => askAll(subject, texts);
  const { edition } = subject.knowledge;
  return {
    lists: { rows: edition.rows.length, edition: edition.id },
    retrieval: await retrievalReport(subject, questions),
    decision: decisionReport(questions, await askEach(questions.map(({ q }) => q))),
    outside: outsideReport(outside, await askEach(outside.map(({ q }) => q))),
    intents: intentsReport(intents, await askEach(intents.map(({ text }) => text))),
    dates,
    services: scoreServices(services, await askEach(services.map(({ q }) => q)), isGold),
    expected: subject.expected ?? { answered: 0, right: 0, falseRate: 0 },
  };
}

function decisionReport(questions: Question[], asked: Asked[]): Report['decision'] {
  const goldOf = (i: number) => questions[i]?.gold ?? [];
  // Who is responsible is read from the row, or from the one that a guide cites.
  const answered = asked.flatMap((o, i) =>
    o.answered ? [[o.answered, o.cited ?? ''].some((ref) => isGold(ref, goldOf(i)))] : [],
  );
  const right = answered.filter(Boolean).length;
  const askedWithGold = asked.filter((o, i) => o.offered?.some((ref) => isGold(ref, goldOf(i)))).length;
  const askedCount = asked.filter((o) => o.offered).length;
  return {
    answered: share(answered.length, asked.length),
    asked: share(askedCount, asked.length),
    abstained: share(asked.length - answered.length - askedCount, asked.length),
    right: share(right, answered.length),
    reached: share(right + askedWithGold, asked.length),
  };
}

function outsideReport(outside: Asking['outside'], strangers: Asked[]): Report['outside'] {
  // A guide names no responsibility: what it answers is counted by itself.
  const isFalse = (o: Asked) => (o.answered !== null && !o.isGuide) || o.isListing;
  const ratesOf = (of: Asked[]) => ({
    n: of.length,
    falseRate: share(of.filter(isFalse).length, of.length),
    offered: share(of.filter((o) => o.offered).length, of.length),
  });
  const kinds = [...new Set(outside.map((o) => o.kind))].sort();
  return {
    ...ratesOf(strangers),
    guided: share(strangers.filter((o) => o.isGuide).length, outside.length),
    byKind: Object.fromEntries(
      kinds.map((kind) => [kind, ratesOf(strangers.filter((_, i) => outside[i]?.kind === kind))]),
    ),
  };
}

function intentsReport(intents: Asking['intents'], talked: Asked[]): Report['intents'] {
  const confusions = intents.flatMap((line, i) => {
    const got = talked[i]?.intent ?? '';
    return got === line.intent ? [] : [{ expected: line.intent, got, text: line.text }];
  });
  return {
    n: intents.length,
    accuracy: share(intents.length - confusions.length, intents.length),
    confusions,
  };
}
