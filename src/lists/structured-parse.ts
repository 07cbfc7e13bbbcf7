/** One small grammar over rows and the directory: tokens to a question, alone or as what refines the last one. Pure. */
import type { RowRef } from '../core/domain.js';
import { traitsOf, type ListKind } from '../core/list-kinds.js';
import { scan, type Lexicon, type Token } from './structured-words.js';
import type { OwnSide } from './structured-parties.js';
import { complete } from './structured-complete.js';
import { askAboutPeople } from './structured-parse-people.js';
import { goesOn } from './structured-goes-on.js';
import { askPlainly } from './structured-plain.js';
import { askPrivate } from './structured-private.js';
import { askOfStaff } from './structured-parse-staff.js';
import { isUnsafe, NEGATIVE, NUMERAL, spellKinds, toMeaning, unexplained } from './structured-tokens.js';
import { readTokens } from './structured-read.js';
import type { Question } from './structured-question.js';
import { refine } from './structured-refine.js';
import { askOfVillage } from './structured-villages.js';
import type { TokenType } from './structured-token-types.js';

export type Parsed = {
  question: Question;
  /** Characters that no word of the grammar explains, and that may speak of a matter. */
  rest: string;
  /** Characters that nobody knows and no row says: manners of speaking. */
  loose: string;
  /** It refines the question before. */
  isRefinement: boolean;
  /** A word that nobody knows was taken for a part of a name: only where rows are asked for anyhow. */
  isGuess: boolean;
};

export type Reading = {
  lexicon: Lexicon;
  /** Who asks, by name. */
  me?: string | undefined;
  own: OwnSide;
  /** The question that the last listing answered. */
  previous?: Question | null;
  /** Nothing was found for it. */
  isEmpty?: boolean;
  /** The row that was answered last: who goes on about it asks of that row. */
  focus?: RowRef | null;
  /** Rows are offered, or a colleague was answered: 公安管哪块 may be asked of those. */
  isRowOpen?: boolean;
};

/** A longer text tells a matter. */
const MAX_LENGTH = 60;
export function parseQuestion(typed: string, reading: Reading): Parsed | null {
  if (typed === '' || typed.length > MAX_LENGTH) return null;
  const { lexicon, own, me, previous = null, isEmpty = false, focus = null } = reading;
  const isRowOpen = focus !== null || reading.isRowOpen === true;
  const ofVillage = askOfVillage(typed, { lexicon, previous, own, isRowOpen });
  if (ofVillage) return { question: ofVillage, rest: '', loose: '', isRefinement: false, isGuess: false };
  const plain = askPlainly(typed, { lexicon, own, me, previous });
  if (plain) return { question: plain, rest: '', loose: '', isRefinement: false, isGuess: false };
  const next = focus === null ? goesOn(previous, typed) : null;
  if (next) return { question: next, rest: '', loose: '', isRefinement: true, isGuess: false };
  const text = spellKinds(typed.replace(SAME_UNIT, '是哪个单位的'), previous);
  const ofGuides = speaksOfGuides(text, lexicon, previous);
  const names = ofGuides ? { ...lexicon, names: lexicon.ofGuides } : lexicon;
  const { tokens, isGuess } = toMeaning(scan(text, names), previous);
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  if (has('not', 'whichNumber')) return null;
  const { rest, loose } = unexplained(tokens, lexicon);
  const meant = readTokens(tokens, own, lexicon);
  if (ofGuides && meant.domain && !meant.batch) meant.kind ??= GUIDES;
  const parsed = (question: Question, more: Partial<Parsed> = {}): Parsed => ({
    ...{ question, rest, loose, isRefinement: false, isGuess },
    ...more,
  });
  const said = { tokens, meant, previous, own, me, focus };
  const asPeople = askAboutPeople(text, said);
  if (asPeople) return parsed(asPeople, { rest: '', loose: '', isGuess: false });
  const asPrivate = askPrivate(text, said);
  if (asPrivate) return parsed(asPrivate, { rest: '', loose: '', isGuess: false });
  // What says no, or how many, is never a mere manner of speaking.
  if (isUnsafe(tokens, NEGATIVE) && !meant.title) return null;
  const ofStaff = askOfStaff(text, said);
  // A place that nobody knows is said in the answer.
  if (ofStaff) return parsed(ofStaff, { rest: rest.replace(ofStaff.office ?? '\n', ''), isGuess: false });
  if (isUnsafe(tokens, NUMERAL)) return null;
  if (
    focus &&
    has('phone') &&
    tokens.every(({ type }) => ['phone', 'count', 'filler', 'pronoun', 'list'].includes(type))
  )
    return parsed({ ask: 'phone', ref: focus }, { isRefinement: true });
  const refined =
    previous && previous.ask !== 'village' && refine(previous, { meant, tokens, text, isEmpty });
  // 平安法治呢, after one row of a listing by domain was opened.
  const isDomainAlone = has('domain') && tokens.every(({ type }) => type === 'domain' || type === 'filler');
  if (refined && (isDomainAlone || !(isRowOpen && isOfRow(refined, meant))))
    return parsed(refined, { isRefinement: true });
  const question = complete(meant, tokens, text, own);
  // 派出所管不: of what stands open, whatever else that office has.
  if (isRowOpen && question?.ask === 'post' && WHETHER.test(text)) return null;
  const asksRows = asksMany(tokens) || (namesUnit(meant) && /有哪些|有几|有多少/.test(text));
  return question && !(isRowOpen && isOfRow(question, meant, asksRows)) ? parsed(question) : null;
}

/** 郑九跟李四是一家单位的不: each with the unit says it. */
const SAME_UNIT =
  /(?:是|在|属于?)(?:不是|不在)?(?:同)?一(?:家|个)?(?:单位|部门|局|地方|口子)(?:里|上)?(?:上班|工作|干活)?的?(?:人)?(?:不|吗|么|吧|呀)?[?\uff1f]?$/;
const WHETHER = /[管来去查罚理办问出]不(?:[管来去查罚理办问出]|$)|能不能|会不会|用不用|该不该/;
const GUIDES: ListKind = 'service';

/** 便民服务事项里养老的有几项, 户籍和证件类的: a category of the service guides is meant. */
function speaksOfGuides(text: string, { guideDomains }: Lexicon, previous: Question | null): boolean {
  const isCategory = guideDomains.some((name) => {
    const after = text.split(name)[1];
    return after !== undefined && /^(?:的)?(?:[这那]一?)?类/.test(after);
  });
  const goesOn = previous?.kind === GUIDES && !/谁|归|管|负责|部门|单位/.test(text);
  return isCategory || goesOn || traitsOf(GUIDES).asked.test(text);
}

/** 住建局牵头的有哪些 asks for rows whatever was answered before; 有哪些配合单位 for those of that row. */
const namesUnit = ({ lead, support, unit }: Question): boolean => Boolean(lead ?? support ?? unit);

const asksMany = (tokens: Token[]): boolean =>
  tokens.some(
    ({ type, text }) =>
      type === 'count' ||
      (type === 'noun' && /事项|清单/.test(text) && tokens.some((it) => it.type === 'list')) ||
      (type === 'list' && !/^(?:都)?(?:有|是)?(?:啥|什么|哪一?(?:块|样|条|项)?)$|^有/.test(text)),
  );

/** After a row was answered, 公安那头呢 and 住建干什么 ask what that row says of them, not for a listing. */
const isOfRow = ({ ask }: Question, meant: Question, asksRows = false): boolean =>
  (ask === 'rows' || ask === 'staff' || ask === 'group') &&
  !asksRows &&
  meant.batch === undefined &&
  meant.kind === undefined &&
  meant.document === undefined;
