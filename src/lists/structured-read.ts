/** What the single words of a structured question say, without what the question is. Pure. */
import { kindBy, type ListKind } from '../core/list-kinds.js';
import { ROLES } from './structured-grammar.js';
import type { TokenType } from './structured-token-types.js';
import { isExcluded, readParties, type OwnSide } from './structured-parties.js';
import type { Question } from './structured-question.js';
import { numberIn, type Lexicon, type Token } from './structured-words.js';

export function readTokens(tokens: Token[], own: OwnSide, { classes }: Lexicon): Question {
  const values = (type: TokenType) => tokens.filter((token) => token.type === type).map(({ value }) => value);
  const isScoped = isOfScope(tokens, own);
  const meant: Question = readParties(
    isScoped ? tokens.filter((token) => !isPlace(token, own)) : tokens,
    own,
  );
  const township =
    values('township')[0] ??
    tokens.find((token) => token.township)?.township ??
    (isScoped || tokens.some(({ type }) => type === 'ownTownship') ? own.township : undefined);
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
    if (key === 'domain' && tokens[i + 1]?.type === 'wideMark') meant.isWide = 'yes';
    // 党的建设类多少项,经济发展类多少项.
    meant[key] = [...new Set([...(meant[key]?.split('|') ?? []), token.value])].join('|');
  }
  const [keyword] = values('keyword');
  if (keyword) meant.keyword = keyword;
  const [basis] = values('basis');
  if (basis) meant.basis = basis;
  // 按消防法罚的有几条: what may be punished stands in the delegated lists.
  if (tokens.some(({ type }) => type === 'penal')) meant.kind ??= 'delegated';
  if (tokens.some(({ type }) => type === 'threeLists')) meant.kind ??= 'basic|cooperative|reclaimed';
  const [without] = values('without');
  if (without) meant.without = without.includes('依据') ? 'basis' : 'support';
  const [parties] = values('parties');
  if (parties) meant.parties = String(numberIn(parties) + (/超过|多于/.test(parties) ? 1 : 0));
  const [leaders] = values('leaders');
  if (leaders) meant.leaders = /[三3]/.test(leaders) ? '3' : '2';
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

const PLACES: readonly TokenType[] = ['township', 'ownTownship', 'self', 'anyTownship'];
/** 我们 of a department's people is that department. */
const isPlace = ({ type }: Token, own: OwnSide): boolean =>
  PLACES.includes(type) && !(type === 'self' && own.unit !== undefined);

/** 城管局的17项我们镇都有吗: which lists are looked at, not who takes part. */
const isOfScope = (tokens: Token[], own: OwnSide): boolean =>
  tokens.some((token) => isPlace(token, own)) &&
  (isMovedBetween(tokens) ||
    (tokens.some(({ type }) => type === 'scope') &&
      !tokens.some(({ type }) => [...ROLES, 'require'].includes(type))));

const DEPARTMENTS: readonly TokenType[] = ['unit', 'ownUnit', 'self'];
/** 卫健局从我们镇收回的, 城管局赋权柳林镇的: no row names the township that it was taken from or given to. */
const isMovedBetween = (tokens: Token[]): boolean =>
  tokens.some(({ type, value }) => type === 'kind' && MOVED.has(kindBy('asked', value))) &&
  tokens.some(({ type }) => DEPARTMENTS.includes(type));
const MOVED: ReadonlySet<ListKind | null> = new Set<ListKind | null>(['reclaimed', 'delegated']);

const batchesIn = (text: string): string[] =>
  [...text.matchAll(/第?([一二三四五六七八九十]{1,3}|\d{1,2})批?/g)].map(([, n = '']) => `第${chinese(n)}批`);
const NUMERALS = '零一二三四五六七八九十';
const chinese = (n: string): string => (/^\d$|^10$/.test(n) ? NUMERALS.charAt(Number(n)) : n);
