/** One small grammar over rows and the directory: tokens to a question, alone or as what refines the last one. Pure. */
import type { RowRef } from '../core/domain.js';
import { kindBy } from '../core/list-kinds.js';
import { numberIn, scan, type Lexicon, type Token, type TokenType } from './structured-words.js';
import { isExcluded, readParties, type OwnSide } from './structured-parties.js';
import { askAboutPeople, pickOf, refinePeople } from './structured-parse-people.js';
import { CONTENT, LISTS, only, TOWNSHIP, type Question } from './structured-question.js';

export type Parsed = {
  question: Question;
  /** Characters that no word of the grammar explains. */
  rest: string;
  /** It refines the question before. */
  isRefinement: boolean;
};

export type Reading = {
  lexicon: Lexicon;
  own: OwnSide;
  /** The question that the last listing answered. */
  previous?: Question | null;
  /** The row that was answered last: who goes on about it asks of that row. */
  focus?: RowRef | null;
};

/** A longer text tells a matter. */
const MAX_LENGTH = 60;
const ROLES: readonly TokenType[] = ['lead', 'support'];
/** What makes a listing of what else would only name something. */
const ROW_WORDS: readonly TokenType[] = ['count', 'total', 'list', 'noun', 'each', 'group'];
const PEOPLE: readonly TokenType[] = ['person', 'post', 'office', 'title', 'staff', 'who', 'pronoun'];

export function parseQuestion(
  text: string,
  { lexicon, own, previous = null, focus = null }: Reading,
): Parsed | null {
  if (text === '' || text.length > MAX_LENGTH) return null;
  const tokens = toDomains(toNumbers(scan(text, lexicon)));
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  if (has('not')) return null;
  const rest = tokens.map((token) => (token.type === 'unknown' ? token.text : '')).join('');
  const meant = readTokens(tokens, own, lexicon);
  const asPeople = askAboutPeople(text, { tokens, meant, previous, own });
  if (asPeople) return { question: asPeople, rest: '', isRefinement: false };
  if (
    focus &&
    has('phone') &&
    tokens.every(({ type }) => ['phone', 'count', 'filler', 'pronoun', 'list'].includes(type))
  )
    return { question: { ask: 'phone', ref: focus }, rest, isRefinement: true };
  const refined = previous && refine(previous, meant, tokens, text);
  if (refined && !(focus && isOfRow(refined, meant)))
    return { question: refined, rest: refined.ask === 'pick' ? '' : rest, isRefinement: true };
  const question = complete(meant, tokens, text);
  return question && !(focus && isOfRow(question, meant, has('count', 'list')))
    ? { question, rest, isRefinement: false }
    : null;
}

/** After a row was answered, 公安那头呢 and 住建干什么 ask what that row says of them, not for a listing. */
const isOfRow = ({ ask }: Question, meant: Question, asksRows = false): boolean =>
  (ask === 'rows' || ask === 'staff' || ask === 'group') &&
  !asksRows &&
  meant.batch === undefined &&
  meant.kind === undefined &&
  meant.document === undefined;

/** A bare number after a batch or a list: 第三批四十. */
function toNumbers(tokens: Token[]): Token[] {
  const isAfterList = (at: number) =>
    tokens.slice(0, at).some(({ type }) => type === 'batch' || type === 'kind' || type === 'document');
  return tokens.map((token, i) =>
    token.type === 'unknown' &&
    isAfterList(i) &&
    /^(?:\d{1,4}|[一二两三四五六七八九十百]{1,7})$/.test(token.text)
      ? { ...token, type: 'number' }
      : token,
  );
}

/** 民政领域 is a domain, 民政配合的 the bureau; a short form that nobody wrote down is one only beside a role. */
function toDomains(tokens: Token[]): Token[] {
  const isRole = (token: Token | undefined) =>
    token !== undefined && [...ROLES, 'require'].includes(token.type);
  const hasRole = tokens.some(isRole);
  const hasList = tokens.some(({ type }) => type === 'batch' || type === 'kind');
  return tokens.map((token, i) => {
    if (token.type !== 'unit' || token.domain === undefined) return token;
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const isUnit = token.isShort ? isRole(before) || isRole(after) : hasRole || !hasList;
    return isUnit && after?.type !== 'domainMark' ? token : { ...token, type: 'domain', value: token.domain };
  });
}

/** What the single words say, without what the question is. */
function readTokens(tokens: Token[], own: OwnSide, { classes }: Lexicon): Question {
  const values = (type: TokenType) => tokens.filter((token) => token.type === type).map(({ value }) => value);
  const meant: Question = readParties(tokens, own);
  const township =
    values('township')[0] ?? (tokens.some(({ type }) => type === 'ownTownship') ? own.township : undefined);
  if (township) meant.township = township;
  const kinds = values('kind').map((word) => kindBy('asked', word));
  if (kinds[0]) meant.kind = kinds[0];
  const batches = values('batch').flatMap(batchesIn);
  if (batches.length > 0) meant.batch = batches.join('|');
  if (tokens.some(({ type }) => type === 'allBatches')) meant.kind ??= 'territorial';
  const [document] = values('document');
  if (document) meant.document = document;
  const [number] = values('number');
  if (number) meant.number = String(numberIn(number));
  if (tokens.some(({ type }) => type === 'last')) meant.number = 'last';
  const [townshipClass] = values('class');
  if (townshipClass) meant.townshipClass = townshipClass;
  for (const [i, token] of tokens.entries()) {
    const isShut = isExcluded(tokens, i);
    if (token.type === 'domain') meant[isShut ? 'notDomain' : 'domain'] = token.value;
  }
  const [keyword] = values('keyword');
  if (keyword) meant.keyword = keyword;
  const [basis] = values('basis');
  if (basis) meant.basis = basis;
  if (tokens.some(({ type }) => type === 'without')) meant.without = 'support';
  const [parties] = values('parties');
  if (parties) meant.parties = String(numberIn(parties) + (/超过|多于/.test(parties) ? 1 : 0));
  const [person] = values('person');
  if (person) meant.person = person;
  const [post] = values('post');
  if (post) meant.post = post;
  const [office] = values('office');
  if (office) meant.office = office;
  const [title] = values('title');
  if (title) meant.title = title;
  // 农业的那类: a class by the beginning of its name.
  const near =
    meant.domain === undefined ? undefined : classes.find((name) => name.startsWith(meant.domain ?? ''));
  if (near && !townshipClass && /类$|乡镇|镇街/.test(tokens.map(({ text }) => text).join('')))
    meant.nearClass = near;
  return meant;
}

const batchesIn = (text: string): string[] =>
  [...text.matchAll(/第?([一二三四五六七八九十]{1,3}|\d{1,2})批?/g)].map(([, n = '']) => `第${chinese(n)}批`);
const NUMERALS = '零一二三四五六七八九十';
const chinese = (n: string): string => (/^\d$|^10$/.test(n) ? NUMERALS.charAt(Number(n)) : n);

/** The question that the words ask by themselves, or null. */
function complete(meant: Question, tokens: Token[], text: string): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const asksRows = has(...ROW_WORDS);
  const { person, post, office, unit, lead, support, township, kind, batch, document, townshipClass } = meant;
  if (meant.number !== undefined && (kind ?? batch ?? document))
    return { ...meant, ask: has('who', 'where') ? 'carrier' : 'row' };
  if (has('phone') && (person ?? post ?? office ?? unit ?? lead ?? township))
    return { ...meant, ask: 'phone' };
  if (person && (has('does', 'who', 'where', 'phone', 'staff') || asksRows || has('lead')))
    return { ...meant, ask: 'person' };
  if ((post ?? office) && (has('who', 'does', 'staff', 'lead') || asksRows)) return { ...meant, ask: 'post' };
  if (has('divide') && unit && meant.other) return { ...meant, ask: 'division' };
  if (has('whichUnits') && (lead ?? support ?? batch ?? kind ?? meant.domain) && has('lead', 'support'))
    return { ...meant, ask: 'group', by: has('support') && !meant.support ? 'support' : 'lead' };
  if (document && !has('count', 'lead', 'support') && !unit) return { ...meant, ask: 'document' };
  if (has('whichDocument') && (batch ?? kind)) return { ...meant, ask: 'document' };
  if (has('whichClass') && township) return { ...meant, ask: 'class' };
  if (townshipClass && !kind && (has('who', 'staff') || asksTownships(text)))
    return { ...meant, ask: 'townships' };
  const department = unit ?? lead ?? support;
  if ((has('who', 'staff') || (has('title') && has('filler'))) && unit && !kind && !batch && !has('domain'))
    return { ...meant, ask: 'staff' };
  const grouped = groupOf(tokens);
  if (grouped && (asksRows || kind || batch)) return { ...meant, ask: 'group', by: grouped };
  const isNarrowed = Object.keys(meant).some((key) => key !== 'township');
  if (isNarrowed && meant.units && (asksRows || has(...ROLES))) return { ...meant, ask: 'units' };
  const isListed = (batch ?? kind ?? document ?? meant.domain) !== undefined && has(...ROLES);
  const isDirected = (lead && support) || (department && has(...ROLES) && /[的呢][?\uff1f]?$/.test(text));
  if (isNarrowed && !has(...PEOPLE) && (asksRows || isListed || isDirected)) return { ...meant, ask: 'rows' };
  if (department && has('does') && !has(...PEOPLE)) return { ...meant, ask: 'rows' };
  if (isEverything(tokens)) return { ...meant, ask: 'rows' };
  return null;
}

const asksTownships = (text: string): boolean => /哪|几|都有|有谁|名单|多少/.test(text);
const isEverything = (tokens: Token[]): boolean =>
  tokens.some(({ type }) => type === 'total' || type === 'count') &&
  tokens.some(({ type, text }) => type === 'noun' && /清单|事项|条目/.test(text));

const GROUPS: Record<string, string> = {
  领域: 'domain',
  类别: 'domain',
  类: 'domain',
  清单: 'list',
  批: 'list',
  批次: 'list',
};
const groupOf = (tokens: Token[]): string | undefined => {
  const group = tokens.find(({ type }) => type === 'group');
  return group && (GROUPS[group.value] ?? 'lead');
};

/** What the words change of the question before; null when they ask something of their own, or nothing of this kind. */
function refine(previous: Question, meant: Question, tokens: Token[], text: string): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const isTail =
    /(?:呢|的|那份|那个|有不|有没有)[?\uff1f]?$/.test(text) || has('anaphor', 'pronoun', 'reverse');
  const content = CONTENT.filter((key) => meant[key] !== undefined);
  if (has('phone') && content.length === 0 && !meant.person) return { ...previous, ...meant, ask: 'phone' };
  if (
    previous.ask === 'staff' ||
    previous.ask === 'person' ||
    previous.ask === 'post' ||
    previous.ask === 'phone'
  )
    return refinePeople(previous, meant, tokens, text);
  if (previous.ask === 'class' || previous.ask === 'townships') {
    if (meant.nearClass ?? (meant.townshipClass && !meant.kind))
      return { ask: 'townships', townshipClass: meant.nearClass ?? meant.townshipClass ?? '' };
    return meant.township && isTail && content.length === 0
      ? { ask: 'class', township: meant.township }
      : null;
  }
  if (meant.person ?? meant.post ?? meant.office) return null;
  const picked = pickOf(text);
  if (picked && meant.lead === undefined) return { ...previous, ask: 'pick', field: picked };
  if (has('reverse') && content.length === 0 && (previous.lead ?? previous.support)) {
    const { lead, support, ...others } = previous;
    return { ...others, ask: 'rows', ...(support && { lead: support }), ...(lead && { support: lead }) };
  }
  if (meant.number !== undefined) {
    if (meant.batch ?? meant.kind ?? meant.document) return null;
    const isList = previous.batch ?? previous.kind ?? previous.document;
    return isList ? { ...only(previous, LISTS), number: meant.number, ask: 'row' } : null;
  }
  if (has('whichUnits', 'who') && has('anaphor') && has(...ROLES))
    return { ...previous, ask: 'group', by: has('support') ? 'support' : 'lead' };
  const grouped = groupOf(tokens);
  if (grouped && content.length === 0) return { ...previous, ask: 'group', by: grouped };
  if (content.length === 0 && !has(...ROLES)) {
    if (meant.township && isTail) return { ...previous, township: meant.township };
    if (has('total') && !has('noun')) return { ...only(previous, LISTS), ask: 'rows' };
    return has('count', 'list', 'anaphor') && (has('anaphor') || text.length <= 6) && !has(...PEOPLE)
      ? { ...previous, ask: 'rows' }
      : null;
  }
  if (!isElliptic(meant, content, tokens, isTail)) return null;
  return { ...merged(previous, meant, tokens), ask: 'rows' };
}

/** One thing is said, and not as one would begin: 消防的几项, 第二批呢, 配合的呢. */
function isElliptic(meant: Question, content: readonly string[], tokens: Token[], isTail: boolean): boolean {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  if (has('total') || tokens.some(({ type, text }) => type === 'noun' && text.includes('清单'))) return false;
  if (content.length > 1) return has('anaphor') && !meant.batch;
  if ((meant.lead ?? meant.support) && has(...ROLES))
    return isTail && /^(?:那|其中)/.test(tokens[0]?.text ?? '');
  if (meant.kind) return isTail && !has('noun');
  return true;
}

const PARTIES = ['lead', 'support', 'unit', 'other'] as const;

/** The new takes the place of what is of its sort. */
function merged(previous: Question, meant: Question, tokens: Token[]): Question {
  const has = (type: TokenType) => tokens.some((token) => token.type === type);
  const { number: _, by: __, units: ___, ...kept } = previous;
  const next: Question = { ...kept };
  if (meant.batch ?? meant.document ?? meant.kind) {
    if (meant.batch && previous.kind !== 'territorial') delete next.kind;
    delete next.document;
    if (!meant.batch) delete next.batch;
  }
  const unit = meant.unit ?? meant.lead ?? meant.support;
  if (has('lead') || has('support')) {
    const before = previous.lead ?? previous.unit ?? previous.support;
    const party = unit ?? (previous.lead && previous.support && has('support') ? previous.support : before);
    for (const key of PARTIES) delete next[key];
    return { ...next, ...pickOthers(meant), ...(party && { [has('support') ? 'support' : 'lead']: party }) };
  }
  if (meant.unit) {
    const key =
      previous.lead && previous.lead !== TOWNSHIP
        ? 'lead'
        : previous.support && previous.support !== TOWNSHIP
          ? 'support'
          : 'unit';
    for (const old of PARTIES) if (old === key || old === 'unit' || old === 'other') delete next[old];
    return { ...next, ...pickOthers(meant), [key]: meant.unit };
  }
  return { ...next, ...pickOthers(meant) };
}

const pickOthers = (meant: Question): Question =>
  Object.fromEntries(Object.entries(meant).filter(([key]) => !(PARTIES as readonly string[]).includes(key)));
