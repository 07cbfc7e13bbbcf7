/** A message read as a structured question: in whose county, by whom, after which listing. */
import type { Context } from '../core/types.js';
import { lexiconOf } from './structured-words.js';
import type { Knowledge } from './knowledge.js';
import { parseQuestion, type Parsed } from './structured-parse.js';
import type { Question } from './structured-question.js';

export function parseStructured(
  { text, person, session }: Pick<Context, 'text' | 'person' | 'session'>,
  knowledge: Knowledge,
): Parsed | null {
  const township = knowledge.directory.townshipOf(person)?.name;
  const unit = township === undefined ? person?.organization : undefined;
  return parseQuestion(text, {
    lexicon: lexiconOf(knowledge),
    own: { township, unit },
    previous: (session?.listing?.filter as Question | undefined) ?? null,
    focus: session?.focus ?? null,
  });
}
