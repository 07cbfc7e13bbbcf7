/** The card of a structured question, with the rows on it. */
import type { Card } from '../../core/card.js';
import type { RowRef } from '../../core/domain.js';
import type { Asker } from '../../lists/row-parts.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { IndexedRow } from '../../lists/row-index.js';
import { filterRows, listsMeant, visibleRows } from '../../lists/structured.js';
import {
  calledCard,
  classCard,
  differenceCard,
  divisionIntro,
  documentCard,
  groupCard,
  listingPage,
  townshipsCard,
  unitsCard,
} from '../../lists/structured-cards.js';
import {
  carriersCard,
  directorySource,
  holdersOf,
  personIntro,
  phoneCard,
  postIntro,
} from '../../lists/structured-people.js';
import { privateCard } from '../../lists/structured-private.js';
import { fieldCard, postsOfField, staffCard } from '../../lists/structured-staff.js';
import { rowsListed } from '../../lists/structured-listed.js';
import type { Question } from '../../lists/structured-question.js';
import { villageCard } from '../../lists/structured-villages.js';

type Shown = {
  card: Card;
  shown: IndexedRow[];
  at: number;
  /** All rows that the question means. */
  found: IndexedRow[];
  focus?: RowRef;
};

type Options = { page: number; token: string; rows?: readonly IndexedRow[] };

export function structuredCard(
  question: Question,
  knowledge: Knowledge,
  asker: Asker,
  options: Options,
): Shown {
  const visible = visibleRows(knowledge, asker, question);
  const only = (card: Card): Shown => ({ card, shown: [], at: 0, found: [] });
  switch (question.ask) {
    case 'document':
      return only(documentCard(listsMeant(knowledge.edition.lists, question), knowledge));
    case 'class':
      return only(classCard(question.township ?? '', knowledge));
    case 'townships':
      return only(townshipsCard(classMeant(question, knowledge), knowledge));
    case 'called':
      return only(calledCard(question));
    case 'difference':
      return only(differenceCard(question, knowledge, asker));
    case 'group':
      return only(groupCard(filterRows(visible, question), question, knowledge));
    case 'units':
      return only(unitsCard((it) => filterRows(visible, it).rows, question, knowledge));
    case 'village':
      return only(villageCard(question, knowledge, asker));
    case 'private':
      return only(privateCard(question));
    case 'staff':
      return only(staffCard(question, knowledge, asker));
    case 'carrier': {
      const { field = '', township = '' } = question;
      const posts = postsOfField(field, township, knowledge);
      if (posts.length > 0) return only(fieldCard(question, posts, knowledge, asker));
      return only(
        carriersCard({ matter: field, township }, options.rows ?? [], knowledge, asker) ?? {
          title: '',
          blocks: [],
          buttons: [],
        },
      );
    }
    case 'phone':
      return phone(question, knowledge, asker);
    case 'person':
    case 'post':
      return carried(question, knowledge, asker, options);
    default: {
      const found = filterRows(visible, question);
      const intro = question.ask === 'division' ? divisionIntro(found.rows, question) : [];
      return { ...listingPage(found, question, knowledge, { ...options, intro }), found: found.rows };
    }
  }
}

const classMeant = ({ townshipClass, township = '' }: Question, { directory }: Knowledge): string =>
  townshipClass ?? directory.townshipNamed(township)?.townshipClass ?? '';

/** Who holds a post, or what a person holds, and every row that goes with it. */
function carried(question: Question, knowledge: Knowledge, asker: Asker, options: Options): Shown {
  const isPerson = question.ask === 'person';
  const people = isPerson
    ? knowledge.directory.people.filter(({ name }) => question.person?.split('|').includes(name))
    : [];
  const holders = holdersOf(question, knowledge, asker);
  const intro = isPerson ? personIntro(people, question, asker) : postIntro(holders, question, asker);
  const rows = rowsListed(question, knowledge, asker);
  const found = { rows, related: [], isByDuty: false };
  const title = isPerson
    ? (question.person?.replaceAll('|', '、') ?? '')
    : [holders.where, question.office, question.post].filter(Boolean).join(' · ').replaceAll('|', '、');
  if (rows.length === 0)
    return {
      card: { title, blocks: [...intro, directorySource], buttons: [] },
      ...{ shown: [], at: 0, found: [] },
    };
  const page = listingPage(found, {}, knowledge, { ...options, intro: options.page === 0 ? intro : [] });
  return { ...page, card: { ...page.card, title }, found: rows };
}

function phone(question: Question, knowledge: Knowledge, asker: Asker): Shown {
  const { directory, index } = knowledge;
  const { ref, person, office, post } = question;
  const entry = ref ? index.get(ref) : null;
  const township = question.township ?? asker.township;
  const holders = person || post || office ? holdersOf(question, knowledge, asker) : null;
  const units = entry
    ? [...new Set(entry.row.lead.map(({ unit }) => unit))]
    : [
        question.unit ?? question.lead ?? question.support ?? holders?.where ?? question.township ?? '',
      ].filter(Boolean);
  const ofUnits = directory.people.filter(({ organization }) => units.includes(organization));
  const ofField =
    question.field && township
      ? postsOfField(question.field, township, knowledge).flatMap(({ name, organization }) =>
          directory.people.filter((it) => it.organization === organization && it.posts.includes(name)),
        )
      : [];
  const carriers =
    entry && township ? directory.carriers(entry.row, township).flatMap(({ people }) => people) : [];
  const people = person
    ? directory.people.filter(({ name }) => name === person)
    : ofField.length > 0
      ? ofField
      : (holders?.people ?? [...ofUnits, ...carriers]);
  const card = phoneCard({ units: person ? [] : units, office, people }, knowledge, asker);
  return { card, shown: [], at: 0, found: [], ...(ref && { focus: ref }) };
}
