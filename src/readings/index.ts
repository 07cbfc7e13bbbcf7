/** All readers, and the choice among what they read. */
import { afterDangerReader } from './after-danger.js';
import { calledOthersReader } from './called-others.js';
import { cardedReader } from './carded.js';
import { caseAtHandReader } from './case-at-hand.js';
import { caseStaffReader } from './case-staff.js';
import { classPenaltyReader } from './class-penalty.js';
import { daysOffReader } from './days-off-asked.js';
import { correctedReading } from './corrected-question.js';
import { correctedOf } from './corrections.js';
import { counterReader } from './counter.js';
import { evaluationReader } from './evaluation.js';
import { editionsAskedReader } from './editions-asked.js';
import { elsewhereReader } from './elsewhere.js';
import { filingFocusReader } from './filing-focus.js';
import { heldBackReader } from './held-back.js';
import { innerCallReader } from './inner-call.js';
import { itemDividedReader } from './item-divided.js';
import { lastClauseReader } from './last-clause.js';
import { listedReader } from './listed.js';
import { matterUnitReader } from './matter-unit.js';
import { guideReader } from './guides.js';
import { offeredReader } from './offered.js';
import { ASKS_WHICH, ordersOnly } from './orders-only.js';
import { ACTS } from './request-intents.js';
import { meetingReader } from './meeting-asked.js';
import { measureDialogueReader } from './measure-dialogues.js';
import { measureReader } from './measures.js';
import { noticeReader } from './notices.js';
import { givenNoticeReader } from './notices-given.js';
import { reminderDialogueReader } from './reminder-dialogues.js';
import { takenBack } from './reminder-forms.js';
import { normalizeText } from '../text/normalize.js';
import { remindedShownReader } from './reminded-shown.js';
import { reminderAsideReader } from './reminder-aside.js';
import { reminderConsideredReader } from './reminder-considered.js';
import { refusedReminderReader } from './reminder-refused.js';
import { reminderReader } from './reminders.js';
import { reminderSpeechReader } from './reminder-speech.js';
import { saidAskedReader } from './said-asked.js';
import { returnedReader } from './returned.js';
import { routineReader } from './routine.js';
import { setWholeReader } from './set-whole.js';
import { recipientChangesReader } from './recipient-changes.js';
import { recipientsAskedReader } from './recipients-asked.js';
import { quietReader } from './quiet.js';
import { rosterReader } from './roster.js';
import { rowReader } from './rows.js';
import { LATE_MS } from '../core/shares.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { readRequestDialogue } from './requests-dialogue.js';
import { progressTold, readRequests } from './requests.js';
import { withDialogueKept } from './kept-dialogues.js';
import { ownAskedReader } from './own-asked.js';
import { pastedNoticeReader } from './pasted-notice.js';
import { pastTalkReader } from './past-talk.js';
import { personShownReader } from './person-shown.js';
import { standingReader } from './standing.js';
import { staffingReader } from './staffing.js';
import { sharedWorkReader } from './shared-work.js';
import { statisticsReader } from './statistics.js';
import { structuredReader } from './structured.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { allSigned, oneAtATime, twoActs } from './two-acts.js';
import { together, twoMatters } from './two-matters.js';
import { unitCalledReader } from './unit-called.js';
import { unitCorrectionReader } from './unit-correction.js';
import { unclearReader } from './unclear.js';
import { unlikelyReader } from './unlikely.js';

/** In the order in which they are asked; of two readings that are as probable the first stands. */
const READERS: readonly Reader[] = [
  afterDangerReader,
  returnedReader,
  rosterReader,
  elsewhereReader,
  counterReader,
  unitCorrectionReader,
  guideReader,
  rowReader,
  personShownReader,
  caseStaffReader,
  staffingReader,
  offeredReader,
  statisticsReader,
  evaluationReader,
  structuredReader,
  listedReader,
  lastClauseReader,
  classPenaltyReader,
  itemDividedReader,
  matterUnitReader,
  sharedWorkReader,
  innerCallReader,
  unitCalledReader,
  filingFocusReader,
  editionsAskedReader,
  saidAskedReader,
  readRequestDialogue,
  readRequests,
  caseAtHandReader,
  cardedReader,
  givenNoticeReader,
  calledOthersReader,
  noticeReader,
  pastedNoticeReader,
  meetingReader,
  daysOffReader,
  reminderConsideredReader,
  standingReader,
  heldBackReader,
  measureReader,
  quietReader,
  routineReader,
  setWholeReader,
  refusedReminderReader,
  remindedShownReader,
  reminderAsideReader,
  recipientChangesReader,
  recipientsAskedReader,
  ownAskedReader,
  reminderReader,
  reminderSpeechReader,
  reminderDialogueReader,
  measureDialogueReader,
  pastTalkReader,
  unlikelyReader,
  unclearReader,
];

/** Examples know nothing of what stands open: a reader that found its thing has looked at more. */
const EXAMPLES_AT_MOST = 0.9;

/** Best first; the intent of the examples, the command or the dialogue is one of them. */
export async function readingsOf(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { match, update } = ctx;
  const given: Reading = {
    intent: match.intent,
    slots: match.slots,
    probability: match.via === 'example' ? Math.min(match.score, EXAMPLES_AT_MOST) : 1,
    why: `by ${match.via}`,
  };
  // What would act is asked about first when it comes late (middleware/late.ts), by the intent that it had there.
  const isPlain = ctx.waitedMs >= LATE_MS;
  const taken =
    isPlain || update.kind !== 'message' || update.isForwarded || match.via !== 'command'
      ? null
      : ((await takenBack(ctx, normalizeText(update.text.trim()))) ?? (await progressTold(ctx, deps)));
  if (taken) return [taken];
  // A command and a button leave nothing to read; other people's words are quoted, not said (middleware/forwarded.ts).
  if (
    isPlain ||
    update.kind !== 'message' ||
    update.isForwarded ||
    match.via === 'command' ||
    match.via === 'action'
  )
    return match.via === 'command' && !isPlain ? ordersOnly([given], ctx) : [given];
  const isAsked = match.via === 'flow' && match.slots['action'] === 'said';
  const corrected = isAsked ? null : correctedOf(ctx);
  const said = corrected ? { ...ctx, text: corrected.text, raw: corrected.text } : ctx;
  const readers = READERS.filter(({ inDialogue }) => !isAsked || inDialogue);
  const found = (
    await Promise.all(readers.map((reader) => reader.read(reader.isOfWhole ? ctx : said, deps)))
  ).flat();
  const first = corrected ? await correctedReading(corrected.text, ctx, deps) : given;
  const withText = found.map((reading) => ({ ...(corrected && { text: corrected.text }), ...reading }));
  const sorted = [...withText, first].sort((a, b) => b.probability - a.probability);
  return isAsked ? sorted : ordersOnly(sorted, ctx);
}

export type OnReadings = (ctx: Context, readings: Reading[]) => void;

/** The handlers, each message given to the one that its best reading names. */
export function withReadings(
  handlers: Record<string, Handler>,
  deps: ReadingDeps,
  onReadings?: OnReadings,
): Record<string, Handler> {
  const read = async (ctx: Context): Promise<Effect[]> => {
    const signed = await allSigned(ctx, deps);
    if (signed) return together(await inTurn(signed));
    const acts = await twoActs(ctx, deps);
    if (acts) return together(oneAtATime(await inTurn(acts), acts));
    const parts = await twoMatters(ctx, deps);
    if (parts) return together(await Promise.all(parts.map(handle)));
    return handle(ctx);
  };
  const inTurn = async (acts: Context[]): Promise<Effect[][]> => {
    const done: Effect[][] = [];
    for (const act of acts) done.push(await handle(act));
    return done;
  };
  const handle = async (ctx: Context): Promise<Effect[]> => {
    const readings = await readingsOf(ctx, deps);
    const [first] = readings;
    const best = first && (await readOutside(ctx, first, deps));
    onReadings?.(ctx, best && best !== first ? [best, ...readings] : readings);
    const intent = best?.intent ?? ctx.match.intent;
    const handler = handlers[intent];
    if (!handler) throw new Error(`no handler for intent ${intent}`);
    return withDialogueKept(handlers, best ? contextOf(ctx, best) : ctx, handler, ctx.session);
  };
  return Object.fromEntries(Object.keys(handlers).map((id) => [id, read]));
}

/** What the examples took it for is one reading of it; what stands open beside the dialogue has its say too. */
async function readOutside(ctx: Context, found: Reading, deps: ReadingDeps): Promise<Reading> {
  const { outside, isAsked = false, ...reading } = found;
  if (!outside) return found;
  const { session: _kept, ...asAlone } = reading;
  const alone = await readingsOf({ ...contextOf(ctx, asAlone), session: outside }, deps);
  const best = alone.find(({ intent }) => !(isAsked && (ACTS.has(intent) || intent === ASKS_WHICH)));
  const { text, raw, via, session: left } = reading;
  const said = {
    ...(text !== undefined && { text }),
    ...(raw !== undefined && { raw }),
    ...(via && { via }),
  };
  return best ? { ...said, ...best, ...(left !== undefined && { session: left }) } : reading;
}

function contextOf(ctx: Context, reading: Reading): Context {
  const { intent, slots = {}, text, raw, session, via } = reading;
  return {
    ...ctx,
    match: { ...ctx.match, ...via, intent, slots },
    ...(text !== undefined && { text, raw: raw ?? text }),
    ...(session !== undefined && { session }),
  };
}
