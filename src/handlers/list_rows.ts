/** "生态环境领域一共几项": structured questions over rows and the directory, complete and counted, page by page. */
import { replyCard, replyText, setSession, updateCard } from '../core/effects.js';
import type { Session } from '../core/session.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { notGivenCard } from '../lists/class-penalty.js';
import { answerCard, askerOf, choiceCard, contactCard } from '../lists/answer.js';
import type { Asker } from '../lists/row-parts.js';
import { asOfTownship, villageOf } from '../organizations/village-contact.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import { parseStructured } from '../lists/structured-ask.js';
import {
  contradiction,
  describeQuestion,
  filterRows,
  rowsByNumber,
  visibleRows,
} from '../lists/structured.js';
import type { Question } from '../lists/structured-question.js';
import { postsOfField } from '../lists/structured-staff.js';
import { isOfKind } from '../nlu/actions.js';
import { tokenOf } from '../text/token.js';
import { answerFromLists, decideOn, nothingListed } from './ask_responsibility.js';
import { repliesOf, type HandlerDeps } from './deps.js';
import { structuredCard } from './shared/structured.js';

/** Lists to choose from where a number is not of one list alone. */
const CHOICES = 8;

/** Characters that may stay unexplained where the examples too say that rows are asked for. */
const REST_MAX = 2;

export const LIST_ROWS_REPLIES = ['outdated', 'unclear'] as const;

type Asking = { ctx: Context; knowledge: Knowledge; asker: Asker };

export function createListRows(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'list_rows', LIST_ROWS_REPLIES);
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const asker = askerOf(ctx.person, knowledge, deps.contacts);
    const asking = { ctx, knowledge, asker };
    if (ctx.match.slots['action'] === 'page') {
      const listing = ctx.session?.listing;
      const [page = '', token] = (ctx.match.slots['value'] ?? '').split(' ');
      // Somebody else's card, or an older one of one's own: its filter is not the one remembered.
      if (!listing || (token !== undefined && token !== tokenOfFilter(listing.filter)))
        return [replyText(reply('outdated'))];
      return show(asking, listing.filter, isOfKind('page', page) ? Number(page) : 0);
    }
    const { action, value = '', township = '', field = '' } = ctx.match.slots;
    if (action === 'given' || action === 'not-given')
      return penalty(asking, { ref: value, township, field, isGiven: action === 'given' });
    const village = villageOf({ person: ctx.person, user: ctx.update.user }, knowledge.directory);
    const speaker = village ? { ...ctx, person: asOfTownship(village) } : ctx;
    const parsed = parseStructured(speaker, knowledge);
    // Half understood, a filter would print something confident that was not asked.
    if (parsed && parsed.rest.length <= REST_MAX) {
      const isOwn = village !== null && isOfTownship(parsed.question, village.township, knowledge);
      const asked = isOwn ? { ...asking, asker: { ...asker, seesPeople: true } } : asking;
      const effects = await answer(asked, parsed.question, parsed.isGuess);
      if (effects) return effects;
    }
    // 咱乡哪个人管核电站: who of a township, of what no list names.
    if (parsed?.question.ask === 'carrier' && parsed.rest === '')
      return (await answerFromLists(asking)) ?? (await nothingListed(asking, deps));
    return (await answerFromLists(asking)) ?? [replyText(reply('unclear'))];
  };
}

/** Names a filter in the button that turns its page. */
const tokenOfFilter = (filter: Record<string, string>): string =>
  tokenOf(JSON.stringify(Object.entries(filter).sort()));

const OF_PEOPLE: ReadonlySet<string> = new Set(['staff', 'phone', 'person', 'post', 'carrier', 'village']);
/** The contact of a village is told who works in the own township, and of nobody else. */
function isOfTownship(
  { ask = 'rows', township, unit, person, village }: Question,
  own: string,
  { directory }: Knowledge,
): boolean {
  if (!OF_PEOPLE.has(ask)) return false;
  const places = [township, unit].filter((it) => it !== undefined);
  const named = person === undefined ? [] : person.split('|');
  const of = directory.people.filter(({ name }) => named.includes(name));
  const villages = directory.villages.filter(({ name }) => village?.split('|').includes(name));
  const isNamed = places.length > 0 || of.length > 0 || villages.length > 0;
  return (
    isNamed &&
    places.every((it) => it === own) &&
    of.every(({ organization }) => organization === own) &&
    villages.every((it) => it.township === own)
  );
}

async function answer(asking: Asking, question: Question, isGuess: boolean): Promise<Effect[] | null> {
  const { knowledge, asker } = asking;
  if (isGuess && filterRows(visibleRows(knowledge, asker, question), question).rows.length === 0) return null;
  const wrong = contradiction(question, knowledge.edition.lists);
  if (wrong) return [replyText(wrong)];
  if (question.ask === 'row' || (question.ask === 'carrier' && question.number))
    return showRow(asking, question);
  if (question.ask === 'carrier') return showCarriers(asking, question);
  if (question.ask === 'pick') return pick(asking, question);
  return show(asking, question, 0);
}

const keep = ({ ctx }: Asking, question: Question, parts: Partial<Session> = {}): Effect =>
  setSession({
    updatedAt: ctx.now,
    offered: [],
    isChoosing: false,
    listing: { filter: { ...question }, page: 0 },
    ...parts,
  });

function show(asking: Asking, question: Question, page: number): Effect[] {
  const { ctx, knowledge, asker } = asking;
  const { card, shown, at, focus } = structuredCard(question, knowledge, asker, {
    page,
    token: tokenOfFilter({ ...question }),
  });
  return [
    updateCard(ctx.update, card),
    keep(asking, question, {
      offered: shown.map(({ ref }) => ref),
      listing: { filter: { ...question }, page: at },
      ...(focus && { focus }),
    }),
  ];
}

/** 第一批第36项: the row itself. */
function showRow(asking: Asking, question: Question): Effect[] {
  const { knowledge, asker } = asking;
  const { rows, missing } = rowsByNumber(visibleRows(knowledge, asker, question), question);
  const [row, ...more] = rows;
  if (!row) {
    const said = missing.map(
      ({ list, count }) => `《${list.title}》共 ${count} 项,没有第${question.number ?? ''}项。`,
    );
    const { number: _, ...lists } = question;
    return [
      replyText(said.join('\n') || `您能查看的清单中没有${describeQuestion(question)}。`),
      keep(asking, { ...lists, ask: 'rows' }),
    ];
  }
  if (more.length > 0) return offer(asking, question, rows);
  return [
    replyCard(
      question.ask === 'carrier' ? contactCard(row, knowledge, asker) : answerCard(row, knowledge, asker),
    ),
    keep(asking, { ...question, number: row.row.number }, { focus: row.ref }),
  ];
}

function offer(asking: Asking, question: Question, rows: IndexedRow[]): Effect[] {
  const shown = rows.slice(0, CHOICES);
  return [
    replyCard(choiceCard('请选择是哪一项', '符合的有以下几项,请点选或回复序号:', shown)),
    keep(asking, question, { offered: shown.map(({ ref }) => ref), isChoosing: true }),
  ];
}

/** 里面物业的那条: of the rows listed last, by a word of its name. */
function pick(asking: Asking, question: Question): Effect[] | null {
  const { knowledge, asker } = asking;
  const { field = '', ...listed } = question;
  const { found } = structuredCard({ ...listed, ask: 'rows' }, knowledge, asker, { page: 0, token: '' });
  const named = found.filter(({ row }) => row.matter.includes(field));
  const [row, ...more] = named;
  if (!row) return null;
  if (more.length > 0) return offer(asking, question, named);
  return [
    replyCard(answerCard(row, knowledge, asker)),
    keep(asking, { ...listed, ask: 'rows' }, { focus: row.ref }),
  ];
}

/** Whether another township, or one of another class, may penalise. */
function penalty(
  { ctx, knowledge, asker }: Asking,
  { ref, township, field, isGiven }: { ref: string; township: string; field: string; isGiven: boolean },
): Effect[] {
  const entry = knowledge.index.get(ref);
  if (!entry) return [];
  const { townshipClass } = knowledge.directory.townshipNamed(township) ?? {};
  const there: Asker = { ...asker, township, townshipClass };
  const card = isGiven
    ? answerCard(entry, knowledge, there)
    : notGivenCard(entry, township, knowledge, there);
  const isMine = knowledge.index.isVisible(entry, asker);
  return [
    replyCard(card),
    setSession({
      ...{ updatedAt: ctx.now, offered: [], isChoosing: false, question: ctx.text },
      listing: { filter: { ask: 'penalty', township, field }, page: 0 },
      ...(isMine && { focus: ref }),
    }),
  ];
}

/** 柳林镇谁管低保: the posts that carry the rows found for the matter. */
async function showCarriers(asking: Asking, question: Question): Promise<Effect[] | null> {
  const { ctx, knowledge, asker } = asking;
  const township = question.township ?? asker.township;
  const organization = knowledge.directory.organizations.find(({ name }) => name === township);
  if (!township || !organization || !question.field) return null;
  const there: Asker = { ...asker, township, townshipClass: organization.townshipClass };
  const decision = await decideOn(question.field, { ctx, knowledge, asker: there });
  const rows =
    decision.kind === 'answer'
      ? [decision.best.entry]
      : decision.kind === 'ask'
        ? decision.offered.map(({ entry }) => entry)
        : [];
  // A post of that field, else who carries the rows found, else who carries rows that are called so.
  const isKnown = postsOfField(question.field, township, knowledge).length > 0;
  const isCarried = rows.some(({ row }) => knowledge.directory.carriers(row, township).length > 0);
  const called = rowsCalled(question.field, knowledge, there);
  // 河道: the nearest row is of outfalls, and others are called by the word.
  const isWorded = rows.some((entry) => called.includes(entry));
  const others = called.filter(({ row }) => !row.guide);
  const named = !isCarried ? called : isWorded ? rows : [...rows, ...others].slice(0, CARRIED);
  const { card } = structuredCard({ ...question, township }, knowledge, there, {
    ...{ page: 0, token: '' },
    rows: named,
  });
  // 灯杆子那一条是不是挂我名下: where nothing is found of it, what the person carries.
  if (card.blocks.length === 0)
    return question.person ? show(asking, { ask: 'person', person: question.person }, 0) : null;
  return [
    replyCard(card),
    setSession({
      updatedAt: ctx.now,
      offered: isKnown ? [] : named.map(({ ref }) => ref),
      isChoosing: false,
      question: question.field,
      listing: { filter: { ...question, township }, page: 0 },
      ...(!isKnown && named[0] && { focus: named[0].ref }),
    }),
  ];
}

/** Rows of which it is told who carries them, where a word names several. */
const CARRIED = 5;
const rowsCalled = (word: string, { index }: Knowledge, asker: Asker): IndexedRow[] =>
  index.entries.filter((entry) => index.isVisible(entry, asker) && entry.row.matter.includes(word));
