/**
 * 那就报上去, 帮我呼叫一下他们, behind an answer: the draft that the card's button opens, of the row in focus; behind rows that are only
 * offered, or none, what was asked is told in it. 提交 where no draft is left has nothing to send.
 */
import { isSend } from '../nlu/draft-words.js';
import { filedWith, forbidsFiling, type Filed } from '../nlu/told-whom.js';
import { isTownshipUnit } from '../organizations/names.js';
import { isQuestion } from '../requests/move-words.js';
import type { Context } from '../core/types.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Reader, Reading } from './reading.js';
import { STATUS_INTENT } from './requests-status.js';
import { numberIn } from './requests-world.js';
import { namedUnit } from './units-of-row.js';

/** Above a listing, a side of the row and a choice among those that were offered. */
const SURE = 0.997;
/** How long what was asked is what is to be filed, ms. */
const RECENT_MS = 10 * 60_000;
const MATTER_MIN = 6;
const MAX_LENGTH = 120;

export const filingFocusReader: Reader = {
  name: 'filing of what was answered',
  async read(ctx, { knowledge }) {
    const { text, session, match, person } = ctx;
    if (match.via !== 'example' || !person || session?.flow || text.length > MAX_LENGTH) return [];
    // QS-… 转司法局 is of that case.
    if (numberIn(ctx) !== null) return [];
    const filed = filedIn(ctx, knowledge());
    if (!filed && forbids(ctx)) return [forbidden];
    if (!filed && (!isSend(text) || !SENDS.test(text) || isQuestion(text))) return [];
    const before = filed?.told ? null : await filedOfFocus(ctx);
    if (before) return [before];
    const found = filed && (ofFocus(ctx, filed) ?? ofQuestion(ctx, filed));
    if (found) return found;
    const begins = session?.request || filed?.told || filed?.unit || BEGINS.test(text);
    if (filed && begins) return [];
    return [reading({ action: 'no-draft' }, NO_DRAFT, 'there is no draft that could be sent')];
  },
};
/** 中 我先跟他说一声 你可别替我往上报啊: an answer stands open, a case that would be meant does not, and nothing else is asked. */
const forbids = ({ text, session }: Context): boolean =>
  session?.question !== undefined &&
  !(session.request ?? session.cases ?? session.reminder ?? session.reminders ?? session.roster) &&
  text.length <= FORBIDS_MAX &&
  forbidsFiling(text) &&
  !UNDERSTOOD.test(text) &&
  !isQuestion(text);
const FORBIDS_MAX = 40;
/** 懂了,这个用不着上报 is first of all thanks. */
const UNDERSTOOD = /(?:清楚|懂|明白|知道|晓得|了解)了|谢/;
/** 帮俺报个呼叫: a new one, of which nothing is said yet. */
const BEGINS = /[报发提弄](?:一)?个(?:呼叫|请求|件|事)/;
/** 好的, 行 send a draft that is there, and ask for none. */
const SENDS = /提交|发送|发(?:了|吧|出去|上去|$)|[报递]上去|[交报递]了?吧/;
/** Below what was sent a moment ago (readings/requests-held.ts). */
const NO_DRAFT = 0.984;

const reading = (slots: Record<string, string>, probability: number, why: string): Reading => ({
  ...{ intent: 'file_request', slots, probability, why },
});

const forbidden: Reading = {
  intent: STATUS_INTENT,
  slots: { action: 'refrained', move: '' },
  ...{ probability: SURE, why: 'says that nothing is to be filed' },
};

/** The case spoken of last was filed of the row in focus: once is enough. */
async function filedOfFocus({ session, read }: Context): Promise<Reading | null> {
  if (!session?.request || !session.focus) return null;
  const request = await read.getRequest(session.request);
  if (request?.evidence?.ref !== session.focus) return null;
  const why = `${request.number} was filed of it`;
  return { intent: STATUS_INTENT, slots: { value: request.number }, probability: SURE, why };
}

/** Null also for what is asked, and for a township, to which nothing is filed so. */
function filedIn({ text, session }: Context, { directory, index }: Knowledge): Filed | null {
  const entry = session?.focus === undefined ? undefined : index.get(session.focus);
  const unitIn = (clause: string) =>
    entry ? namedUnit(clause, entry, directory) : (directory.mentions(clause)[0] ?? null);
  const found = filedWith(text, directory.mentions, unitIn);
  if (!found || isTownshipUnit(found.unit ?? '') || isQuestion(found.told)) return null;
  return found;
}

function ofFocus({ session }: Context, { told, unit }: Filed): Reading[] | null {
  if (!session?.focus || session.isChoosing) return null;
  const slots = { action: 'file', value: session.focus, told, ...(unit && { unit }) };
  return [reading(slots, SURE, 'the row in focus is to be filed')];
}

function ofQuestion({ session, now }: Context, { told, unit }: Filed): Reading[] | null {
  // To whom it goes is read with the rest (readings/inner-call.ts).
  if (unit !== undefined) return null;
  const { question = '', updatedAt = 0, focus, listing } = session ?? {};
  if (focus !== undefined || listing || question.length < MATTER_MIN || now - updatedAt > RECENT_MS)
    return null;
  const whole = [question, told].filter(Boolean).join(',');
  return [{ ...reading({}, SURE, 'what was asked is to be filed'), text: whole, raw: whole }];
}
