/** A message read as a structured question: in whose county, by whom, after which listing. */
import type { Context } from '../core/types.js';
import { lexiconOf } from './structured-words.js';
import type { Knowledge } from './knowledge.js';
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
  return parseQuestion(text, {
    lexicon: lexiconOf(knowledge),
    own: { township, unit },
    me: person?.name,
    previous: (session?.listing?.filter as Question | undefined) ?? null,
    isEmpty: session?.offered.length === 0,
    focus: session?.focus ?? null,
    isRowOpen: session?.isChoosing === true || (!session?.listing && around?.focus !== undefined),
  });
}
