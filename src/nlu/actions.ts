/**
 * What the value of a button may be. Each intent file names a kind for each of its actions (`rem-at: instant`); a click whose
 * value is not of its kind reaches no handler. Buttons come from outside: anybody can send any bytes as one.
 */
import { z } from 'zod';
import { isDate, isInstant } from '../calendar/local.js';
import { PLATFORMS } from '../core/chat.js';
import { ADOPTIONS, REQUEST_KINDS } from '../core/request.js';

/** The lists of requests that can be asked for. */
export const REQUEST_SCOPES = ['watch', 'todo', 'overdue', 'unsigned', 'own', 'mine', 'all'] as const;
export type RequestScope = (typeof REQUEST_SCOPES)[number];

/** Nobody turns so many pages, and no query reads so far. */
export const PAGE_MAX = 9_999;
const PAGE = '(?:0|[1-9]\\d{0,3})';
const TOKEN = '[0-9a-z]{1,7}';
const EVALUATION = 'PJ-20\\d{2}-\\d{6}';
const SPAN = '\\d{6}-\\d{6}';
const TOPIC = '(?: [^\\p{C} ]{1,4})?';
const EDITION = '[0-9a-f]{8}';
/** The number of a row is as it was printed. */
const ROW_KEY = '[a-z0-9-]{1,24}/[^\\p{C}]{1,40}';
const REMINDER = 'TX-20\\d{2}-\\d{6}';
const ACCOUNT = `(?:${PLATFORMS.join('|')}):[^\\p{C}\\s:]{1,48}`;
/** As many can be picked; how many may be called says who calls them. */
const ACCOUNTS_MAX = 101;
const [WORDS_MAX, SHORT_MAX] = [2_000, 60];

const matching = (...parts: string[]) => z.string().regex(new RegExp(`^${parts.join('')}$`, 'u'));
const isPlain = (text: string, max: number): boolean => text.length <= max && !/[^\P{C}\n\t\r]/u.test(text);
const isInstantText = (text: string): boolean => /^\d{12,13}$/.test(text) && isInstant(Number(text));

export const VALUE_KINDS = {
  nothing: z.literal(''),
  /** Ms since the epoch. */
  instant: z.string().refine(isInstantText),
  page: matching(PAGE),
  /** A short name of a text (text/token.ts). */
  token: matching(TOKEN),
  /** Which page, and of what. */
  'page-of': matching(PAGE, ' ', TOKEN),
  /** `edition/list/number`. */
  row: matching(EDITION, '/', ROW_KEY),
  /** The questions, and the row `list/number` that they ask for. */
  'token-and-row': matching(TOKEN, ' ', ROW_KEY),
  edition: matching(EDITION),
  'two-editions': matching(EDITION, ' ', EDITION),
  /** A file that was sent in and waits for a decision. */
  'kept-file': matching('[0-9a-f]{16}'),
  /** A number, and perhaps the assignment concerned: `QS-2026-000123 A2`. */
  request: matching('QS-20\\d{2}-\\d{6,7}(?: A\\d{1,4})?'),
  /** A request, and the token of the sentence in which a move on it was read back. */
  'request-token': matching('QS-20\\d{2}-\\d{6,7} ', TOKEN),
  /** `todo 1 积水 人民路`: which list, which page, words that are sought. */
  'request-list': matching(`(?:${REQUEST_SCOPES.join('|')})(?: ${PAGE}(?: [^\\p{C}]{0,24})?)?`),
  /** `261101-261201 1a2b3c4 路灯`: of which span, of which unit, with which word in it. */
  statistics: matching(SPAN, ' ', TOKEN, TOPIC),
  /** The same with the figure whose cases are listed, and the page. */
  'statistics-list': matching(SPAN, ' ', TOKEN, ' [ac]-[a-z0-9:-]{1,12} ', PAGE, TOPIC),
  /** A span of days. */
  span: matching(SPAN),
  evaluation: matching(EVALUATION),
  /** With the token of whom or of what in it. */
  'evaluation-part': matching(EVALUATION, ' ', TOKEN),
  /** `platform:id` of an account or a group. */
  account: matching(ACCOUNT),
  /** Several of them. */
  accounts: matching(ACCOUNT, `(?: ${ACCOUNT}){0,${ACCOUNTS_MAX - 1}}`),
  /** A request, perhaps an assignment, and the move whose form it is (what moves there are the handler knows). */
  'request-form': matching('QS-20\\d{2}-\\d{6,7}(?: A\\d{1,4})? [a-z-]{2,20}'),
  /** What is written into a form, and a few words of it. */
  words: z.string().refine((text) => isPlain(text, WORDS_MAX)),
  'short-words': z.string().refine((text) => isPlain(text, SHORT_MAX) && !text.includes('\n')),
  /** A day of the calendar, `2026-11-27`. */
  day: z.string().refine((text) => /^20\d{2}-/.test(text) && isDate(text)),
  score: matching('[1-5]'),
  'yes-no': z.enum(['yes', 'no']),
  adoption: z.enum(ADOPTIONS),
  urgency: z.enum(['normal', 'urgent']),
  'request-kind': z.enum(REQUEST_KINDS),
  reminder: matching(REMINDER),
  /** `TX-2026-000001@1772416800000/0`: see occurrenceId. */
  occurrence: matching(REMINDER, '@\\d{12,13}/s?\\d{1,4}(?:e\\d{1,4})?(?:-\\d{1,4})?').refine((id) =>
    isInstantText(/@(\d+)/.exec(id)?.[1] ?? ''),
  ),
  /** Id of a recurring duty. */
  duty: matching('[a-z][a-z0-9-]{0,40}'),
} as const satisfies Record<string, z.ZodType<string>>;

export type ValueKind = keyof typeof VALUE_KINDS;
export const VALUE_KIND_NAMES = Object.keys(VALUE_KINDS) as [ValueKind, ...ValueKind[]];

export const isOfKind = (kind: ValueKind, value: string): boolean =>
  VALUE_KINDS[kind].safeParse(value).success;
