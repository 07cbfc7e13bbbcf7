/** The words of structured questions: names of the directory and of the lists, and the few words that join them. */
import type { Organization, Person, Row, Village } from '../core/domain.js';
import { traitsOf } from '../core/list-kinds.js';
import type { Directory } from '../organizations/directory.js';
import { once } from '../text/once.js';
import { createPairCounts } from '../text/pair-counts.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import type { Knowledge } from './knowledge.js';
import { domainWords, partsOf } from './structured-domains.js';
import { lawAt, lawTitles } from './structured-laws.js';
import { GRAMMAR } from './structured-grammar.js';
import type { TokenType } from './structured-token-types.js';

export type Token = {
  type: TokenType;
  value: string;
  at: number;
  text: string;
  /** A name that is also the name of a domain, or a short form of a unit that nobody wrote down. */
  domain?: string;
  isShort?: boolean;
  /** The township whose name an office's begins with. */
  township?: string;
};

type Name = Pick<Token, 'type' | 'value' | 'domain' | 'isShort' | 'township'>;

export type Lexicon = {
  names: ReadonlyMap<string, Name>;
  /** With the categories of the service guides, where those are spoken of: 婚姻 and 土地 are ordinary words elsewhere. */
  ofGuides: ReadonlyMap<string, Name>;
  guideDomains: readonly string[];
  longest: number;
  villages: readonly Pick<Village, 'name' | 'contact'>[];
  classes: string[];
  /** Titles that the rows cite. */
  laws: readonly string[];
  /** Pairs of characters that stand in the rows: what has one of them may speak of a matter. */
  isSpoken: (pair: string) => boolean;
};

const lexicons = new WeakMap<Knowledge, { people: unknown; lexicon: Lexicon }>();

/** The words of the edition and the directory in force: its people change while the process runs. */
export function lexiconOf(knowledge: Knowledge): Lexicon {
  const { directory, index } = knowledge;
  const { people } = directory;
  const known = lexicons.get(knowledge);
  if (known?.people === people) return known.lexicon;
  const [guides, dividing] = [true, false].map((isGuide) =>
    index.entries.flatMap(({ row, list }) => (traitsOf(list.kind).isGuide === isGuide ? [row] : [])),
  );
  const lexicon = makeLexicon(directory, dividing ?? [], guides);
  lexicons.set(knowledge, { people, lexicon });
  return lexicon;
}

export function makeLexicon(
  directory: Directory,
  rows: readonly Row[],
  guides: readonly Row[] = [],
): Lexicon {
  const domains = [...new Set(rows.map(({ domain }) => domain))];
  const names = new Map<string, Name>();
  const { organizations, people } = directory;
  const words = new Set(domainWords(domains));
  const add = (word: string, name: Name) => {
    const key = word.toLowerCase();
    if (key.length >= 2 && !names.has(key)) names.set(key, name);
  };
  addUnits(organizations, words, add);
  for (const { kind, name, parent, aliases } of organizations)
    if (parent !== undefined && ['office', 'institution', 'team'].includes(kind))
      for (const alias of [name, ...aliases])
        add(alias, {
          ...{ type: 'office', value: name },
          ...(alias.startsWith(placeOf(parent)) && { township: parent }),
        });
  for (const post of postsOf(directory)) {
    add(post, { type: POST_TITLE.test(post) ? 'title' : 'post', value: post });
    if (post.endsWith('岗')) add(`${post}位`, { type: 'post', value: post });
  }
  for (const { name } of people) add(name, { type: 'person', value: name });
  const classes = [...new Set(organizations.flatMap(({ townshipClass }) => townshipClass ?? []))];
  for (const townshipClass of classes)
    for (const part of [townshipClass, ...townshipClass.split(/[与和及、]/)])
      add(part, { type: 'class', value: townshipClass });
  for (const word of words) add(word, { type: 'domain', value: word });
  const guideDomains = [...new Set(guides.map(({ domain }) => domain))].filter((it) => it !== '');
  const ofGuides = new Map(names);
  for (const value of guideDomains.flatMap(partsOf)) ofGuides.set(value, { type: 'domain', value });
  return {
    ...{ names, ofGuides, guideDomains },
    longest: Math.max(0, ...[...ofGuides.keys()].map(({ length }) => length)),
    villages: directory.villages,
    classes,
    laws: lawTitles(rows),
    isSpoken: pairsSpoken(rows),
  };
}

/** What rows are called, what they are asked by and what somebody has to do: counted when it is first asked for. */
function pairsSpoken(rows: readonly Row[]): Lexicon['isSpoken'] {
  const pairs = once(() => {
    const counts = createPairCounts();
    for (const { matter, askedAs, lead, support } of rows)
      for (const text of [matter, ...askedAs, ...[...lead, ...support].map(({ duty }) => duty)])
        for (let i = 1; i < text.length; i++) counts.add(text.charCodeAt(i - 1), text.charCodeAt(i), 1, true);
    return counts;
  });
  return (pair) => pairs().has(pair.charCodeAt(0), pair.charCodeAt(1));
}

const POST_TITLE = /书记$|局长$|主任$|县长$|镇长$|乡长$/;

export const postsOf = ({ posts, people }: Directory): string[] => [
  ...new Set([...posts.map(({ name }) => name), ...people.flatMap((person: Person) => person.posts)]),
];

/** 林业局 is also called 林业, though nobody wrote that down: unless another unit is called so. */
const STEM = /^(?:县|市)?([\u4e00-\u9fff]{2,8})(?:局|委|办|中心|大队|公司)$/;

function addUnits(
  organizations: readonly Organization[],
  domains: ReadonlySet<string>,
  add: (word: string, name: Name) => void,
): void {
  const stems = new Map<string, Set<string>>();
  for (const { kind, name, aliases, parent } of organizations) {
    if (parent !== undefined) continue;
    const type = kind === 'township' ? 'township' : 'unit';
    for (const alias of [name, ...aliases]) {
      add(alias, { type, value: name, ...(domains.has(alias) && { domain: alias }) });
      const stem = kind === 'department' ? STEM.exec(alias)?.[1] : undefined;
      if (stem) stems.set(stem, (stems.get(stem) ?? new Set()).add(name));
    }
    if (kind === 'township') addPlace(name, add);
  }
  for (const [stem, units] of stems) {
    const [unit = ''] = units;
    if (units.size === 1)
      add(stem, { type: 'unit', value: unit, isShort: true, ...(domains.has(stem) && { domain: stem }) });
  }
}

const placeOf = (township: string): string => township.replace(/(?:街道|镇|乡)$/, '');

/** 石桥 may be a bridge, 石桥的书记 and 石桥呢 mean the town. */
function addPlace(name: string, add: (word: string, name: Name) => void): void {
  const place = placeOf(name);
  if (place.length >= 2) add(place, { type: 'township', value: name, isShort: true });
}

/** Tokens of the whole text; what is no known word becomes runs of `unknown`. */
export function scan(text: string, { names, longest, laws }: Lexicon): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = lawToken(text, at, laws) ?? nameAt(text, at, names, longest) ?? grammarAt(text, at, names);
    if (token) {
      tokens.push(token);
      at += token.text.length;
      continue;
    }
    const last = tokens.at(-1);
    const character = text.charAt(at);
    if (last?.type === 'unknown' && last.at + last.text.length === at) {
      last.text += character;
      last.value = last.text;
    } else tokens.push({ type: 'unknown', value: character, at, text: character });
    at++;
  }
  return tokens;
}

function lawToken(text: string, at: number, laws: readonly string[]): Token | null {
  const law = lawAt(text, at, laws);
  return law && { type: 'basis', value: law.title, at, text: text.slice(at, at + law.length) };
}

function nameAt(text: string, at: number, names: Lexicon['names'], longest: number): Token | null {
  for (let length = Math.min(longest, text.length - at); length >= 2; length--) {
    const word = text.slice(at, at + length);
    const name = names.get(word);
    if (name?.isShort && name.type === 'township' && !isPlace(text, at, at + length)) continue;
    if (
      name?.isShort &&
      name.type === 'unit' &&
      name.domain === undefined &&
      !isBesideRole(text, at, at + length)
    )
      continue;
    if (name) return { ...name, at, text: word };
  }
  return null;
}

/** 统计 is a verb, 统计牵头的 is the bureau; 国土管什么 asks of nothing else. */
const isBesideRole = (text: string, from: number, to: number): boolean =>
  (/^(?:那|那么|哦|嗯|请问|[,\uff0c\s])*$/.test(text.slice(0, from)) && WHAT_IT_DOES.test(text.slice(to))) ||
  /^(?:上|口|那边|那头|部门|系统)?(?:在?(?:清单|第[一二三四五六七八九十]批)(?:里头?|里面|中|上)?)?(?:牵头|主责|主办|主管|配合|协助|协办)/.test(
    text.slice(to, to + 14),
  ) ||
  /(?:配合|协助)$/.test(text.slice(0, from));

const WHAT_IT_DOES =
  /^(?:上|口|那边|那头|部门|系统|这边)?(?:的)?(?:平时|平常|一般|主要|具体|到底|都|是)*(?:管|干|做|弄|负责|承担)(?:着|的|些|点)*(?:是)?(?:什么|啥|哪些|哪几)/;

/** A town by the bare name of its place: begins the sentence, and people, a penalty or nothing else is asked of it. */
const isPlace = (text: string, from: number, to: number): boolean =>
  /^(?:那|那么|哦|嗯|要是|如果|换|换成|换做|再问|再看|,|\s)*$/.test(text.slice(0, from)) &&
  /^(?:那边|那儿|那里|那头|上|里|这边)?(?:的)?(?:他们|呢|也(?:是|有|一样|这|那)|(?:党委|党工委|政府|人大|纪委|武装部)(?:副)?(?:书记|主席|主任|部长)|书记|乡长|镇长|主任|一把手|领导|联络员|谁|哪个|哪位|[能可][不以]?|有权|派出所|司法所|[\u4e00-\u9fff]{2,6}(?:岗|办|所|中队|中心|的?是(?:谁|哪个|哪位)[?\uff1f]?$)|干这|管这|跟[我他她]|电话|算|归|属|[?\uff1f]?$)/.test(
    text.slice(to),
  );

/** Asked first: where no pattern fits, one look costs a tenth of seventy. */
const ANY_GRAMMAR = new RegExp(GRAMMAR.map(([, { source }]) => `(?:${source})`).join('|'), 'y');

function grammarAt(text: string, at: number, names: Lexicon['names']): Token | null {
  ANY_GRAMMAR.lastIndex = at;
  if (!ANY_GRAMMAR.test(text)) return null;
  for (const [type, pattern] of GRAMMAR) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    // 跟应急局有关的: a unit is no word of a row's name.
    if (type === 'keyword' && names.get(match?.[1] ?? '')) continue;
    if (match?.[0]) return { type, value: match[1] ?? match[0], at, text: match[0] };
  }
  return null;
}

/** The number in 第36项, 三号, 第四十. */
export function numberIn(text: string): number {
  const [digits = ''] = /\d+|[零一二两三四五六七八九十百]+/.exec(text.replace(/^倒数第/, '')) ?? [];
  return parseNumber(digits);
}
