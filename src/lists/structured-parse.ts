/** One small grammar over rows and the directory: tokens to a question, alone or as what refines the last one. Pure. */
import type { RowRef } from '../core/domain.js';
import { kindBy } from '../core/list-kinds.js';
import { numberIn, scan, type Lexicon, type Token, type TokenType } from './structured-words.js';
import { isExcluded, readParties, type OwnSide } from './structured-parties.js';
import { PEOPLE, ROLES } from './structured-grammar.js';
import { askAboutPeople } from './structured-parse-people.js';
import { TOWNSHIP, type Question } from './structured-question.js';
import { groupOf, refine } from './structured-refine.js';

export type Parsed = {
  question: Question;
  /** Characters that no word of the grammar explains. */
  rest: string;
  /** It refines the question before. */
  isRefinement: boolean;
  /** A word that nobody knows was taken for a part of a name: only where rows are asked for anyhow. */
  isGuess: boolean;
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
/** What makes a listing of what else would only name something. */
const ROW_WORDS: readonly TokenType[] = ['count', 'total', 'list', 'noun', 'each', 'group'];

export function parseQuestion(
  text: string,
  { lexicon, own, previous = null, focus = null }: Reading,
): Parsed | null {
  if (text === '' || text.length > MAX_LENGTH) return null;
  const { tokens, isGuess } = toKeywords(toDomains(toNumbers(scan(text, lexicon)), previous));
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  if (has('not')) return null;
  const rest = tokens.map((token) => (token.type === 'unknown' ? token.text : '')).join('');
  const meant = readTokens(tokens, own, lexicon);
  const asPeople = askAboutPeople(text, { tokens, meant, previous, own });
  if (asPeople) return { question: asPeople, rest: '', isRefinement: false, isGuess };
  if (
    focus &&
    has('phone') &&
    tokens.every(({ type }) => ['phone', 'count', 'filler', 'pronoun', 'list'].includes(type))
  )
    return { question: { ask: 'phone', ref: focus }, rest, isRefinement: true, isGuess };
  const refined = previous && refine(previous, meant, tokens, text);
  if (refined && !(focus && isOfRow(refined, meant)))
    return { question: refined, rest: refined.ask === 'pick' ? '' : rest, isRefinement: true, isGuess };
  const question = complete(meant, tokens, text, own);
  const asksRows = asksMany(tokens) || (namesUnit(meant) && /有哪些|有几|有多少/.test(text));
  return question && !(focus && isOfRow(question, meant, asksRows))
    ? { question, rest, isRefinement: false, isGuess }
    : null;
}

/** 住建局牵头的有哪些 asks for rows whatever was answered before; 有哪些配合单位 for those of that row. */
const namesUnit = ({ lead, support, unit }: Question): boolean => Boolean(lead ?? support ?? unit);

const asksMany = (tokens: Token[]): boolean =>
  tokens.some(
    ({ type, text }) =>
      type === 'count' || (type === 'list' && !/^(?:都)?(?:有|是)?(?:啥|什么|哪)$|^有/.test(text)),
  );

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

/** 涉及河道的, 养老服务相关的条目: rows by a word of their names. The second is a guess where nothing else speaks of rows. */
function toKeywords(tokens: Token[]): { tokens: Token[]; isGuess: boolean } {
  if (!tokens.some(({ type }) => type === 'count' || type === 'list' || type === 'noun'))
    return { tokens, isGuess: false };
  let isGuess = false;
  const read = tokens.map((token, i): Token => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (token.type !== 'unknown' || token.text.length < 2) return token;
    const isAbout = before?.type === 'about';
    const next = tokens[i + 2];
    const isMarked =
      after !== undefined &&
      ((after.text === '的' && (next?.type === 'count' || next?.type === 'list')) ||
        after.type === 'domainMark' ||
        after.type === 'related' ||
        (after.type === 'noun' && /事项|条目|清单/.test(after.text)));
    if (!isAbout && !isMarked) return token;
    isGuess ||= !isAbout;
    return { ...token, type: 'keyword' };
  });
  return { tokens: read, isGuess };
}

/** 民政领域 is a domain, 民政配合的 the bureau; a short form that nobody wrote down is one only beside a role. */
function toDomains(tokens: Token[], previous: Question | null): Token[] {
  const isRole = (token: Token | undefined) =>
    token !== undefined && [...ROLES, 'require', 'together', 'divide'].includes(token.type);
  const hasRole = tokens.some(isRole);
  const hasList = tokens.some(({ type }) => type === 'batch' || type === 'kind');
  // 自规呢 after what another bureau does.
  const isAfterUnit =
    previous !== null && !previous.domain && [previous.lead, previous.support, previous.unit].some(Boolean);
  return tokens.map((token, i) => {
    if (token.type !== 'unit' || token.domain === undefined) return token;
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const isUnit = isAfterUnit || (token.isShort ? isRole(before) || isRole(after) : hasRole || !hasList);
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
    if (token.type !== 'domain') continue;
    const key = isExcluded(tokens, i) ? 'notDomain' : 'domain';
    // 党的建设类多少项,经济发展类多少项.
    meant[key] = [...new Set([...(meant[key]?.split('|') ?? []), token.value])].join('|');
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
function complete(said: Question, tokens: Token[], text: string, own: OwnSide): Question | null {
  const meant = withOwnRole(said, tokens, own);
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const asksRows = has(...ROW_WORDS);
  const { person, post, office, unit, lead, support, township, kind, batch, document, townshipClass } = meant;
  if (meant.number !== undefined && (kind ?? batch ?? document))
    return { ...meant, ask: has('who', 'where') ? 'carrier' : 'row' };
  if (has('phone') && (person ?? post ?? office ?? unit ?? lead ?? township))
    return { ...meant, ask: 'phone' };
  if (person && (has('does', 'who', 'where', 'whichUnits', 'staff') || asksRows || has('lead')))
    return { ...meant, ask: 'person' };
  if ((post ?? office) && (has('who', 'does', 'staff', 'lead') || asksRows)) return { ...meant, ask: 'post' };
  if (has('divide') && unit && meant.other) return { ...meant, ask: 'division' };
  if (meant.by && (lead ?? support ?? batch ?? kind ?? meant.domain)) return { ...meant, ask: 'group' };
  if (document && !has('count', 'lead', 'support') && !unit) return { ...meant, ask: 'document' };
  if (has('whichDocument') && (batch ?? kind)) return { ...meant, ask: 'document' };
  if (has('whichClass') && township) return { ...meant, ask: 'class' };
  if (townshipClass && !kind && (has('who', 'staff') || asksTownships(text)))
    return { ...meant, ask: 'townships' };
  const department = unit ?? lead ?? support;
  if (has('title') && (unit ?? township)) return { ...meant, ask: 'staff' };
  if (has('who', 'staff') && unit && !kind && !batch && !has('domain')) return { ...meant, ask: 'staff' };
  const grouped = groupOf(tokens);
  if (grouped && (asksRows || kind || batch)) return { ...meant, ask: 'group', by: grouped };
  const isNarrowed = Object.keys(meant).some((key) => key !== 'township');
  if (isNarrowed && meant.units && (asksRows || has(...ROLES))) return { ...meant, ask: 'units' };
  const isListed = (batch ?? kind ?? document ?? meant.domain) !== undefined && has(...ROLES);
  const isDirected = ((department && has(...ROLES)) || kind) && /[的呢][?\uff1f]?$/.test(text);
  if (isNarrowed && !has(...PEOPLE) && (asksRows || isListed || isDirected)) return { ...meant, ask: 'rows' };
  if (department && has('does') && !has(...PEOPLE)) return { ...meant, ask: 'rows' };
  if (isEverything(tokens)) return { ...meant, ask: 'rows' };
  return null;
}

/** 要配合的有哪些: nobody is named, so the asker's side is meant. */
function withOwnRole(meant: Question, tokens: Token[], own: OwnSide): Question {
  const role = ROLES.find((type) => tokens.some((token) => token.type === type));
  if (!role || (meant.parties ?? meant.by ?? meant.lead ?? meant.support ?? meant.unit ?? meant.units))
    return meant;
  const self = own.unit ?? (own.township ? TOWNSHIP : undefined);
  return self ? { ...meant, [role]: self } : meant;
}

const asksTownships = (text: string): boolean => /哪|几|都有|有谁|名单|多少/.test(text);
const isEverything = (tokens: Token[]): boolean =>
  !tokens.some(({ type }) => ROLES.includes(type) || type === 'anaphor') &&
  tokens.some(
    ({ type, text }) => type === 'total' || type === 'count' || (type === 'list' && /全部|所有/.test(text)),
  ) &&
  tokens.some(({ type, text }) => type === 'total' || (type === 'noun' && /清单|事项|条目/.test(text)));
