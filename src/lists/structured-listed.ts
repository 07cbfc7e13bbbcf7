/** All rows that a structured question lists, and those that it was narrowed from. */
import type { IndexedRow } from './row-index.js';
import type { Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import { filterRows, visibleRows } from './structured.js';
import { carriedRows, holdersOf, postsOfPerson } from './structured-people.js';
import { unfold, type Question } from './structured-question.js';

const OF_ROWS = new Set<string | undefined>([undefined, 'rows', 'pick', 'division', 'group', 'units']);

/** In the order of the listing; empty where the question lists no rows. */
export function rowsListed(question: Question, knowledge: Knowledge, asker: Asker): IndexedRow[] {
  const { ask, person } = question;
  if (ask === 'person' || ask === 'post') {
    if (ask === 'person' && !asker.seesPeople) return [];
    const { people } = knowledge.directory;
    const posts =
      ask === 'person'
        ? people.filter(({ name }) => name === person).flatMap((it) => postsOfPerson(it, knowledge))
        : holdersOf(question, knowledge, asker).posts;
    return carriedRows(posts, knowledge.index.entries);
  }
  if (!OF_ROWS.has(ask)) return [];
  return filterRows(visibleRows(knowledge, asker, question), question).rows;
}

/** Before it was narrowed. */
export function rowsBefore(question: Question, knowledge: Knowledge, asker: Asker): IndexedRow[] {
  const base = unfold(question.base);
  return base ? rowsListed(base, knowledge, asker) : [];
}
