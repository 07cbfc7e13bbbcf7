/** A message read as a structured question: in whose county, by whom, after which listing. */
import type { Context } from '../core/types.js';
import { lexiconOf } from './structured-words.js';
import type { Knowledge } from './knowledge.js';
import { filterRows } from './structured.js';
import { parseQuestion, type Parsed } from './structured-parse.js';
import type { Question } from './structured-question.js';

export function parseStructured(
  {
    text,
    person,
    session,
    around,
  }: Pick<Context, 'text' | 'person' | 'session'> & Partial<Pick<Context, 'around'>>,
  knowledge: Knowledge,
): Parsed | null {
  const township = knowledge.directory.townshipOf(person)?.name;
  const unit = township === undefined ? person?.organization : undefined;
  const previous = (session?.listing?.filter as Question | undefined) ?? null;
  const parsed = parseQuestion(text, {
    lexicon: lexiconOf(knowledge),
    own: { township, unit },
    me: person?.name,
    previous,
    isEmpty: session?.offered.length === 0,
    focus: session?.focus ?? null,
    isRowOpen: session?.isChoosing === true || (!session?.listing && around?.focus !== undefined),
  });
  return parsed && previous ? withoutParties(parsed, previous, knowledge) : parsed;
}

const PARTIES = ['lead', 'support', 'unit', 'other'] as const;

/** 民政类有几项, after what the health bureau leads: one heading for another, where nothing stands under both. */
function withoutParties(parsed: Parsed, previous: Question, { index }: Knowledge): Parsed {
  const { question, isRefinement } = parsed;
  const { domain } = question;
  const isKept = (key: (typeof PARTIES)[number]) =>
    question[key] !== undefined && question[key] === previous[key];
  if (!isRefinement || !domain || domain === previous.domain || !PARTIES.some(isKept)) return parsed;
  const open = Object.fromEntries(
    Object.entries(question).filter(([key]) => !(PARTIES as readonly string[]).includes(key)),
  );
  const counted = [question, open].map((it) => filterRows(index.entries, it).rows.length);
  return counted[0] === 0 && counted[1] ? { ...parsed, question: open } : parsed;
}
