/** The question that a sentence asks by itself, whatever was said before. Pure. */
import { PEOPLE, ROLES } from './structured-grammar.js';
import type { TokenType } from './structured-token-types.js';
import type { OwnSide } from './structured-parties.js';
import { CONTENT, only, TOWNSHIP, type Question } from './structured-question.js';
import { byUnits, groupOf } from './structured-groups.js';
import { isParty } from './structured-tokens.js';
import type { Token } from './structured-words.js';

/** What makes a listing of what else would only name something. */
const ROW_WORDS: readonly TokenType[] = [
  'count',
  'total',
  'list',
  'noun',
  'each',
  'group',
  'scope',
  'compare',
  'leaders',
];

/** 第40项落在我这还是农综那边, 第12项是不是我的. */
const WHOSE = /(?:落|挂|归|算|压)(?:在|到|给)?(?:我|咱|俺|谁|哪)|(?:是不是|在不在)(?:归|在)?(?:我|俺)/;

/** Null where the words ask nothing of this kind. */
export function complete(said: Question, tokens: Token[], text: string, own: OwnSide): Question | null {
  const meant = withOwnRole(said, tokens, own);
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const asksRows = has(...ROW_WORDS);
  const { post, office, unit, lead, support, township, kind, batch, document, townshipClass } = meant;
  if (meant.number !== undefined && (kind ?? batch ?? document))
    return { ...meant, ask: has('who', 'where') || WHOSE.test(text) ? 'carrier' : 'row' };
  if (meant.number !== undefined && has('anaphor')) return null;
  // 他们便民中心是谁.
  if (office && !post && has('who', 'staff') && !has('does', 'lead') && !asksRows)
    return {
      ...only(meant, ['township', 'office']),
      ...(!township && own.township && { township: own.township }),
      ask: 'staff',
    };
  if ((post ?? office) && (has('who', 'does', 'staff', 'lead') || asksRows)) return { ...meant, ask: 'post' };
  if (has('divide') && unit && meant.other) return { ...meant, ask: 'division' };
  const by = byUnits(tokens);
  const isLists = kind ?? batch ?? document ?? meant.domain;
  if (by && (isLists ?? lead ?? support ?? unit)) return { ...meant, ask: 'group', by };
  if (has('whichUnits') && isLists && !has(...ROLES) && !unit)
    return { ...only(meant, [...CONTENT, 'isWide', 'township']), ask: 'group', by: 'lead' };
  // 哪个单位牵头最多: all are counted, in the order of the lists.
  if (meant.by && has('compare')) return { ...meant, ask: 'group' };
  // 消防口县里谁管.
  if (meant.domain && !unit && has('who') && /县里|县上|县直|部门|局/.test(text))
    return { ...meant, ask: 'group', by: 'lead' };
  if (has('whether')) return null;
  if (meant.by && (lead ?? support ?? batch ?? kind ?? meant.domain)) return { ...meant, ask: 'group' };
  if (document && !has('count', 'lead', 'support') && !unit) return { ...meant, ask: 'document' };
  if (has('whichDocument') && (batch ?? kind)) return { ...meant, ask: 'document' };
  if (has('whichClass') && township) return { ...meant, ask: 'class' };
  const isOfClassOnly = townshipClass && !(kind ?? meant.domain ?? unit ?? lead ?? meant.basis);
  if (isOfClassOnly && (has('who', 'staff') || asksTownships(text))) return { ...meant, ask: 'townships' };
  const department = unit ?? lead ?? support;
  if (kind?.includes('|') && !department) return { ...meant, ask: 'group', by: 'list' };
  if (has('together') && unit && meant.other && /[的呢没吗][?\uff1f]?$/.test(text))
    return { ...meant, ask: 'rows' };
  const grouped = groupOf(tokens);
  if (grouped && (asksRows || kind || batch)) return { ...meant, ask: 'group', by: grouped };
  const isNarrowed = Object.keys(meant).some((key) => key !== 'township');
  if (isNarrowed && meant.units && (asksRows || has(...ROLES))) return { ...meant, ask: 'units' };
  const isListed = (batch ?? kind ?? document ?? meant.domain) !== undefined && has(...ROLES);
  const isDirected =
    ((department && has(...ROLES)) || kind || meant.basis) &&
    (/[的呢][?\uff1f]?$/.test(text) || (text.includes('有') && /[没吗么不][?\uff1f]?$/.test(text)));
  const asksWhom = has('who') && has('support');
  if (isNarrowed && !isAboutPeople(tokens) && (asksRows || asksWhom || isListed || isDirected))
    return { ...meant, ask: 'rows' };
  if (department && has('does') && !has(...PEOPLE)) return { ...meant, ask: 'rows' };
  if (isEverything(tokens)) return { ...meant, ask: 'rows' };
  return null;
}

/** 要配合的有哪些: nobody is named, so the asker's side is meant. */
function withOwnRole(meant: Question, tokens: Token[], own: OwnSide): Question {
  const role = ROLES.find((type) => tokens.some((token) => token.type === type));
  if (
    !role ||
    (meant.parties ?? meant.leaders ?? meant.by ?? meant.lead ?? meant.support ?? meant.unit ?? meant.units)
  )
    return meant;
  const self = own.unit ?? (own.township ? TOWNSHIP : undefined);
  return self ? { ...meant, [role]: self } : meant;
}

/** 都配合谁 asks for rows, whose lines say who leads. */
const isAboutPeople = (tokens: Token[]): boolean =>
  tokens.some(
    ({ type }, i) =>
      PEOPLE.includes(type) &&
      !(type === 'who' && tokens[i - 1]?.type === 'support' && tokens.slice(0, i - 1).some(isParty)),
  );

const asksTownships = (text: string): boolean => /哪|几|都有|有谁|名单|多少/.test(text);
const isEverything = (tokens: Token[]): boolean =>
  !tokens.some(({ type }) => ROLES.includes(type) || type === 'anaphor') &&
  tokens.some(
    ({ type, text }) => type === 'total' || type === 'count' || (type === 'list' && /全部|所有/.test(text)),
  ) &&
  tokens.some(({ type, text }) => type === 'total' || (type === 'noun' && /清单|事项|条目/.test(text)));
