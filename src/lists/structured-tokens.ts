/** What the words beside it make of a token: a domain or a bureau, a number, a word of a row's name, somebody left out. Pure. */
import { pairsOf } from '../organizations/names.js';
import { ROLES } from './structured-grammar.js';
import type { TokenType } from './structured-token-types.js';
import { isListing, type Question } from './structured-question.js';
import type { Lexicon, Token } from './structured-words.js';

/** Of all tokens what they mean here. */
export const toMeaning = (
  tokens: Token[],
  previous: Question | null,
): { tokens: Token[]; isGuess: boolean } =>
  toKeywords(toDomains(toNumbers(toExcluded(toStill(tokens))), previous));

/** Names of who may take part. */
const PARTY_TYPES: readonly TokenType[] = [
  ...(['unit', 'ownUnit', 'self', 'ownTownship', 'township', 'anyTownship'] as const),
];
export const isParty = ({ type }: Token): boolean => PARTY_TYPES.includes(type);

/** 赋权清单56项写的啥, 第三批25项是啥: one item, not how many. */
const ITEM_OF_LIST =
  /(清单|第[一二三四五六七八九十]批(?:里|的)?)(\d{1,3})项(?=(?:是|写|讲|说|规定)(?:的|了)?(?:啥|什么|哪)|[呢咧哩呗]?[?\uff1f]?$|的内容)/;
/** 39呢, 那四十项是啥, after one item of a list: another of it. */
const ITEM_ALONE =
  /^(?:那|再看|看看|[,\uff0c\s])*(\d{1,3}|[一二三四五六七八九十百]{1,5})(?:项|条|号)?(?:呢|是(?:啥|什么|哪个)|(?:又)?讲(?:啥|什么)|咧|哩)[呢啊?\uff1f]*$/;
/** 一二三批, 前两批: each batch by its name. */
const BATCHES =
  /(?<![第一二三四五六七八九十\d])(?:([一二三四五](?:[、,]?[一二三四五]){1,3})|前([两二三四]))批/;
const FIRST_ONES: Readonly<Record<string, string>> = { 两: '一二', 二: '一二', 三: '一二三', 四: '一二三四' };
/** 第二批里第40项落在我这还是农综那边: whose it is. */
const WHOSE_ITEM =
  /(第?\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,5})(?:项|条|号))(?:里|的)?(?:是|到底|又|该)*(?:落|归|算|挂|压)(?:在|到|给)?[\u4e00-\u9fff]{1,8}?(?:这儿?|这边|这里|那边|那儿|手里|头上|名下)?(?:还是|或者)[\u4e00-\u9fff]{1,10}$/;
/** 负责的是第几批的第几项到第几项: which they are. */
const FROM_TO = /(?:的)?是?第几批(?:里|次)?(?:的)?(?:第几(?:项|条)?(?:[到至]第?几(?:项|条)?)?)/;
const spellItems = (text: string): string =>
  text.replace(WHOSE_ITEM, '$1是哪个岗负责').replace(FROM_TO, '哪些事项');
/** 二批41是啥, 气象局配合二批哪几项, 一批里第三项: a batch without 第; 三批里 is all three of them. */
const BARE_BATCH =
  /(?<![、,和及第这那同每各几整大小分头两一二三四五六七八九十\d])(二)批(?![发准复评阅改斗量货人])|(?<![、,和及第这那同每各几整分头两一二三四五六七八九十\d])(三)批(?=的?第?\d|呢[?\uff1f]?$)|^((?:那|那么|再看)?)一批(?=里|的?第?\d|的?第|呢|清单|有几|有多少|一共|总共)/;
/** 头一批, 首批. */
const FIRST_BATCH =
  /(?<![一二三四五六七八九十])(?:头[一1]?|首|打头的?[一1]?|最早的?[一1]?)批(?=次|清单|单子|里|的|一共|总共|几|有|呢|是|[\s,\uff0c?\uff1f]|$)/g;
const spellBatches = (said: string): string =>
  spellSeveral(
    said
      .replace(FIRST_BATCH, '第一批')
      .replace(BARE_BATCH, (_, second?: string, third?: string, before?: string) =>
        second || third ? `第${second ?? third ?? ''}批` : `${before ?? ''}第一批`,
      ),
  );
const spellSeveral = (text: string): string =>
  text.replace(BATCHES, (_, named: string | undefined, first: string | undefined) =>
    [...(named ?? FIRST_ONES[first ?? ''] ?? '').replace(/[、,]/g, '')].map((n) => `第${n}批`).join(''),
  );
const OF_TOWNSHIP_LISTS = /^(?:basic|cooperative|reclaimed)$/;
/** 基本的呢, 配合里公安牵头的 after one of a township's three lists: the list of that name. */
export const spellKinds = (text: string, previous: Question | null): string => {
  const said = spellItems(text);
  const item = previous?.ask === 'row' ? said.replace(ITEM_ALONE, '第$1项呢') : said;
  const spelt = spellBatches(previous && isListing(previous) ? said.replace(NAMES, '都是哪几项') : item)
    .replace(/^((?:那|再看)?基本)(?=里|的|那份|那张|清单)/, '$1履职')
    .replace(ITEM_OF_LIST, '$1第$2项');
  return OF_TOWNSHIP_LISTS.test(previous?.kind ?? '') &&
    !(previous?.lead ?? previous?.support ?? previous?.unit)
    ? spelt.replace(/^((?:那|再看)?配合)(?=里|的|那份|那张|清单)/, '$1履职')
    : spelt;
};

/** 叫什么名称, of what was counted. */
const NOUN = '(?:名称|名字|名目|名儿|名|事项|项目|内容)';
const NAMES = new RegExp(
  `^(?:那|都|分别|具体|各|它们?|这[几一]?[项条个件]|[,\\uff0c\\s])*(?:叫(?:个|些)?(?:什么|啥)${NOUN}?|是(?:个|些)?(?:什么|啥)${NOUN}|(?:给我?|把|麻烦)*(?:报|说|念|列|数|讲)(?:一?[下遍个]|一报|出来|给我|听听|[它他]们|都|的|[\\s])*(?:名字|名称|名目|名儿|名)(?:都)?(?:报|说|念|列|讲)?(?:一?[下遍]|出来)?)[呢啊呀吧?\\uff1f]*$`,
);

export const NEGATIVE = /[不没无未别非甭]/;
export const NUMERAL = /[少一二两三四五六七八九十\d]/;
export const isUnsafe = (tokens: Token[], signs: RegExp): boolean =>
  tokens.some(
    ({ type, text }) =>
      type === 'needless' ||
      type === 'unrelated' ||
      (type === 'unknown' && signs.test(text.replace(/一样|一下|一点/g, ''))),
  );

/** 不用我们镇配合的, 跟我们镇没关系的: where somebody takes no part. */
function toExcluded(tokens: Token[]): Token[] {
  const isName = (token: Token | undefined) => token !== undefined && isParty(token);
  return tokens.map((token, i): Token => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (token.type === 'needless' && isName(after)) return { ...token, type: 'exclude' };
    if (token.type === 'unrelated' && isName(before)) return { ...token, type: 'exclude', text: '以外' };
    if (token.type === 'support' && tokens[i - 2]?.type === 'needless' && isName(before))
      return { ...token, type: 'filler' };
    return token;
  });
}

/** What is unknown may be a matter where some row says so; a single character is hardly one. */
export function unexplained(tokens: Token[], { isSpoken }: Lexicon): { rest: string; loose: string } {
  const unknown = tokens.filter(({ type }) => type === 'unknown').map(({ text }) => text);
  const isMatter = (text: string) => pairsOf(text).some(isSpoken);
  return {
    rest: unknown.filter(isMatter).join(''),
    loose: unknown.filter((text) => !isMatter(text)).join(''),
  };
}

/** 农业农村那口呢 还是农业乡镇: still, not one or the other. */
const toStill = (tokens: Token[]): Token[] =>
  tokens.map((token, i) =>
    token.type === 'not' &&
    token.text === '还是' &&
    /^(?:[\s,]*|.*呢[\s,]*)$/.test(
      tokens
        .slice(0, i)
        .map(({ text }) => text)
        .join(''),
    )
      ? { ...token, type: 'anaphor' }
      : token,
  );

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
    token !== undefined && [...ROLES, 'require', 'together', 'divide', 'compare'].includes(token.type);
  const hasRole = tokens.some(isRole);
  // 文旅跟林业一块的, 水利和农业农村哪个牵头的多: two bureaus beside each other.
  const isPair =
    tokens.filter(({ type }) => type === 'unit').length > 1 &&
    tokens.some(({ type }) => ['together', 'divide', 'compare'].includes(type));
  const hasList = tokens.some(({ type }) => type === 'batch' || type === 'kind');
  // 自规呢 after what another bureau does.
  const isAfterUnit =
    previous !== null && !previous.domain && [previous.lead, previous.support, previous.unit].some(Boolean);
  return tokens.map((token, i) => {
    if (token.type !== 'unit' || token.domain === undefined) return token;
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    // 国土管什么: nothing but a bureau does anything.
    const isDoing = after?.type === 'does' && tokens.slice(0, i).every(({ type }) => type === 'filler');
    const isBeside = isRole(before) || isRole(after) || isDoing;
    const isUnit = isAfterUnit || isPair || (token.isShort ? isBeside : hasRole || !hasList);
    // 生态环境的那几条 of what was counted by domain.
    const isCounted = previous?.ask === 'group' && previous.by === 'domain';
    if (token.isShort && (isCounted || (after?.text === '的' && tokens[i + 2]?.type === 'anaphor')))
      return { ...token, type: 'domain', value: token.domain };
    const isField = after?.type === 'domainMark' || after?.type === 'wideMark';
    return isUnit && !isField ? token : { ...token, type: 'domain', value: token.domain };
  });
}
