/** Which intent is meant: command, then button, then the active flow, then the nearest examples. */
import type { Matcher } from '../core/bot.js';
import type { IntentMatch } from '../core/types.js';
import { classify } from './classifier.js';
import { isOfKind } from './actions.js';
import { isSend } from './draft-words.js';
import { slotsOfForm } from './filled.js';
import { withoutAnnouncement, withoutGreeting } from './slots.js';
import { toldBeforeAsking } from './emergencies.js';
import { cutText } from '../text/cut.js';
import type { Intent } from './load.js';
import { ASKS, ASPECT, CALL, DANGER, DANGER_AT, type IntentModel } from './model.js';
import { normalizeText, withParticle } from '../text/normalize.js';
import type { Action, Message } from '../core/chat.js';
import { LATE_GO, type Session } from '../core/session.js';

/** The intent that answers what has no meaning any more: a button, or the dialogue that the person is in. */
const STALE = 'stale';
/** The intent of what happened to a chat. */
const EVENT = 'chat_event';
export type StaleAction = 'button' | 'dialogue';

/** "2", "第二个", "选2": a choice among the rows just offered. */
const CHOICE = /^(?:选|就|是)?第?([1-9一二三四五六七八九])(?:个|项|条)?[。!\uff01]?$/;
const NUMERALS = '一二三四五六七八九';

type FollowUpOn = 'row' | 'offer' | 'listing';

/** A follow-up has no matter of its own: little more than the words that an intent file names. */
export function parseFollowUp(
  intents: Intent[],
  on: FollowUpOn,
  text: string,
): { intent: string; action: string } | null {
  for (const { id, followUps } of intents)
    for (const [action, pattern] of Object.entries(followUps[on]))
      if (pattern.test(text)) return { intent: id, action };
  return null;
}

export function parseChoice(text: string): number | null {
  const digit = CHOICE.exec(text)?.[1];
  if (!digit) return null;
  return /\d/.test(digit) ? Number(digit) : NUMERALS.indexOf(digit) + 1;
}

export type MatcherOptions = {
  intents: Intent[];
  model: IntentModel;
  /** The vector of a normalised text, or null without an encoder. */
  embed: (text: string) => Promise<ArrayLike<number> | null>;
};

export function createMatcher({ intents, model, embed }: MatcherOptions): Matcher {
  const commands = new Map(intents.flatMap((intent) => intent.commands.map((word) => [word, intent.id])));
  const actions = new Map(
    intents.flatMap(({ id: intent, actions: own }) =>
      Object.entries(own).map(([id, kind]) => [id, { intent, kind }] as const),
    ),
  );
  const forms = new Map(intents.flatMap(({ forms: own }) => Object.entries(own)));
  const handled = new Set(intents.map(({ id }) => id));
  const wholeMessage = new Set(intents.filter((intent) => intent.wholeMessage).map(({ id }) => id));
  const withPatterns = intents.filter(({ patterns }) => patterns.length > 0);
  /** Those that want certain files before the one that takes the rest. */
  const takers = intents
    .flatMap(({ id, attachments }) => (attachments ? [{ intent: id, ...attachments }] : []))
    .sort((a, b) => Number(!a.names) - Number(!b.names));
  const stale = (action: StaleAction) => ({ match: certain(STALE, 'action', { action }), text: '', raw: '' });

  /** Whatever somebody sends as a button is answered; a handler sees only what one of ours can be. */
  const matchAction = async ({ id, value, filled }: Action['action']) => {
    const known = actions.get(id);
    const fields = forms.get(id);
    if (!known || !isOfKind(known.kind, value) || (filled === undefined) !== (fields === undefined))
      return stale('button');
    const slots = { action: id, value };
    if (!filled || !fields) return { match: certain(known.intent, 'action', slots), text: '', raw: '' };
    const isKnown = ([name, it]: [string, string]) => {
      const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return kind !== undefined && isOfKind(kind, it);
    };
    if (!Object.entries(filled).every(isKnown)) return stale('button');
    const raw = Object.entries(filled)
      .flatMap(([name, it]) => (fields[name] === 'words' ? [it.trim()] : []))
      .join('\n')
      .trim();
    const match = certain(known.intent, 'action', { ...slots, ...slotsOfForm(filled) });
    return withDanger({ match, text: normalizeText(cutText(raw)), raw }, raw);
  };

  /** A pin tells a place to the draft or question that stands open; else it is an event like the others. */
  const matchEvent = ({ event, text, isAddressed }: Message, session: Session | null) => {
    const { flow } = session ?? {};
    const isAnswer =
      event?.kind === 'place' && flow && handled.has(flow.intent) && (flow.asks || flow.isDraft);
    const raw = text.trim();
    if (!isAnswer && !isAddressed) return null;
    return isAnswer
      ? { match: certain(flow.intent, 'flow', { action: 'said' }), text: normalizeText(cutText(raw)), raw }
      : { match: certain(EVENT, 'command', { action: event?.kind ?? '' }), text: '', raw };
  };

  /**
   * Pictures without words belong to what is being written, else to whom their names say (`attachments` of the intent
   * files), else to the request spoken of last.
   */
  const matchPictures = ({ attachments = [], conversation }: Message, session: Session | null) => {
    const { flow, request = '' } = session ?? {};
    if (flow) return { match: certain(flow.intent, 'flow', { action: 'said' }), text: '', raw: '' };
    const isCalled = (names: RegExp) =>
      conversation.isDirect && attachments.some(({ kind, name = '' }) => kind === 'file' && names.test(name));
    const taker = takers.find(({ names }) => !names || isCalled(names));
    if (!taker) return stale('button');
    const match = certain(taker.intent, 'flow', { action: taker.action, value: request });
    return { match, text: '', raw: '' };
  };

  /** What answers the bot's question or is a command may tell of danger as well. */
  const matchText = async (original: string, session: Session | null) => {
    const read = await readText(original, session);
    return withDanger({ ...read, text: withParticle(read.text) }, original);
  };

  const withDanger = async (found: { match: IntentMatch; text: string; raw: string }, original: string) => {
    const said = withoutAnnouncement(normalizeText(cutText(original)));
    const isLookedAt = found.match.via === 'example';
    if (!isLookedAt && said.length < DANGER_LENGTH) return found;
    const whole = isLookedAt ? found.match.scores : dangerScores(model, said, await embed(said));
    const scores = { ...found.match.scores, ...whole, ...(await clauseScores(said, whole[DANGER] ?? 0)) };
    return { ...found, match: { ...found.match, scores } };
  };

  /** 井里掉了个小孩,那种浇地的机井,很窄: what is told around it hides it; a clause alone must be the surer. */
  const clauseScores = async (said: string, danger: number): Promise<IntentMatch['scores']> => {
    const told = danger < DANGER_AT ? toldBeforeAsking(said) : null;
    const alone = told === null ? {} : dangerScores(model, told, await embed(told));
    if ((alone[DANGER] ?? 0) >= SURE_TOLD) return { ...alone, [DANGER]: DANGER_AT };
    if (danger < PERHAPS || danger >= DANGER_AT) return {};
    const clauses = said.split(CLAUSE_ENDS).filter(({ length }) => length >= CLAUSE_MIN);
    for (const clause of clauses.length > 1 ? clauses.slice(0, CLAUSES_MOST) : []) {
      const scores = dangerScores(model, clause, await embed(clause));
      if ((scores[DANGER] ?? 0) >= SURE_ALONE) return scores;
    }
    return {};
  };

  const readText = async (original: string, session: Session | null) => {
    const text = normalizeText(cutText(original));
    const raw = original.trim();
    const command = matchCommand(text, commands);
    if (command && !(command.rest !== '' && wholeMessage.has(command.intent) && !text.startsWith('/')))
      return { match: certain(command.intent, 'command', {}), text: command.rest, raw: restOf(raw) };
    const flow = matchFlow(text, session, intents);
    if (flow) return { match: flow, text, raw };
    // 核实过了就是水利局 提交吧 sends the draft that stands open, and begins none.
    const isSent = session?.flow?.isDraft === true && isSend(text);
    const form = withPatterns.find(({ patterns }) => patterns.some((pattern) => pattern.test(text)));
    if (form && !isSent) return { match: certain(form.id, 'command', {}), text, raw };
    const said = withoutGreeting(text);
    return {
      match: matchExamples(model, said, await embed(said)),
      text: said,
      raw: withoutGreeting(raw),
    };
  };

  return async ({ update, session }) => {
    if (update.kind === 'action') {
      const { id, value } = update.action;
      const late = id === LATE_GO && value === '' ? session?.late : undefined;
      if (late) return 'text' in late ? matchText(late.text, null) : matchAction(late.action);
      return matchAction(update.action);
    }
    if (update.event) return matchEvent(update, session);
    // Somebody else's words answer no dialogue and make no choice; what they may do is decided in middleware/forwarded.ts.
    if (update.isForwarded) {
      if (!update.isAddressed) return null;
      return update.attachments && update.text.trim() === ''
        ? matchPictures(update, null)
        : matchText(update.text, null);
    }
    // In a group the bot is silent unless spoken to, or unless it waits for this person's answer.
    if (!update.isAddressed && !(session && isWaiting(session, update))) return null;
    // Of an intent that is not there any more: nothing would hear the answer.
    if (session?.flow && !handled.has(session.flow.intent)) return stale('dialogue');
    if (update.attachments && update.text.trim() === '') return matchPictures(update, session);
    return matchText(update.text, session);
  };
}

/** How long after a choice was offered plain group talk may be the choice, in ms. */
const WAITING_MS = 2 * 60_000;

/**
 * Soon after the bot asked: a number or 都不是 after an offer, whatever was asked for in a dialogue. Anything else in a
 * group is talk among people.
 */
export function isWaiting(session: Session, { at, text }: Pick<Message, 'at' | 'text'>): boolean {
  if (at - session.updatedAt > WAITING_MS) return false;
  if (session.flow?.asks) return true;
  const said = normalizeText(cutText(text));
  const choice = parseChoice(said);
  return (
    session.isChoosing && ((choice !== null && choice <= session.offered.length) || /^都不是/.test(said))
  );
}

/** Longer than this is no follow-up. */
const ASPECT_LENGTH = 24;

/** The intent whose examples speak loudest. */
export function matchExamples(
  model: IntentModel,
  text: string,
  vector: ArrayLike<number> | null,
): IntentMatch {
  const byIntent = classify(model.intents, text, vector);
  const asks = classify(model.asks, text, vector).get(ASKS) ?? 0;
  const scores: Record<string, number> = {
    ...Object.fromEntries(byIntent),
    [ASKS]: asks,
    ...dangerScores(model, text, vector),
  };
  const aspects = model.aspects && text.length <= ASPECT_LENGTH ? classify(model.aspects, text, vector) : [];
  for (const [aspect, p] of aspects) scores[`${ASPECT}${aspect}`] = p;
  const [best = ['', 0] as const] = [...byIntent].sort((a, b) => b[1] - a[1]);
  return { intent: best[0], slots: {}, score: best[1], via: 'example', scores };
}

/** Shorter answers of a dialogue are not looked at for it beyond their words: a sentence vector says little of them. */
const DANGER_LENGTH = 8;

/** From where on to `DANGER_AT` the clauses of a message are looked at by themselves, how many, and how sure one must be. */
const PERHAPS = 0.05;
const SURE_ALONE = 0.9;
const CLAUSES_MOST = 4;
const CLAUSE_MIN = 4;
const SURE_TOLD = 0.55;
const CLAUSE_ENDS = /[,\uff0c。;\uff1b!\uff01?\uff1f\s]+/;

/** That somebody is in danger now, and where that may be, whom to call: by `DANGER` and, behind `CALL`, each call. */
export function dangerScores(
  model: IntentModel,
  text: string,
  vector: ArrayLike<number> | null,
): IntentMatch['scores'] {
  const danger = classify(model.danger, text, vector).get(DANGER) ?? 0;
  if (danger < DANGER_AT) return { [DANGER]: danger };
  const calls = [...classify(model.calls, text, vector)].map(([call, p]) => [`${CALL}${call}`, p]);
  return { [DANGER]: danger, ...Object.fromEntries(calls) };
}

const certain = (intent: string, via: IntentMatch['via'], slots: IntentMatch['slots']): IntentMatch => ({
  intent,
  slots,
  score: 1,
  via,
  scores: { [intent]: 1 },
});

/** `text` begins with a command word. */
const COMMAND_WORD = /^\/?([a-z]+|[\u4e00-\u9fff]+)(?=$|[\s:\uff1a,\uff0c])[\s:\uff1a,\uff0c]*/i;
const restOf = (text: string): string => text.replace(COMMAND_WORD, '');

function matchCommand(text: string, commands: Map<string, string>): { intent: string; rest: string } | null {
  const word = COMMAND_WORD.exec(text)?.[1] ?? '';
  // 答复一下,…: the same word, said politely.
  const intent = commands.get(word) ?? commands.get(word.replace(/一?下$/, ''));
  return intent ? { intent, rest: restOf(text) } : null;
}

function matchFlow(text: string, session: Session | null, intents: Intent[]): IntentMatch | null {
  if (session?.flow?.asks) return certain(session.flow.intent, 'flow', { action: 'said' });
  const onRow = parseFollowUp(intents, 'row', text);
  if (onRow && !session?.focus) return flowOf(intents, 'noRow');
  if (!session) return null;
  const onOffer = session.isChoosing ? parseFollowUp(intents, 'offer', text) : null;
  if (onOffer) return certain(onOffer.intent, 'flow', { action: onOffer.action });
  const choice = parseChoice(text);
  const offered = choice === null ? undefined : session.offered[choice - 1];
  if ((session.isChoosing || session.listing) && offered) return flowOf(intents, 'choice', offered);
  if (session.focus && onRow)
    return certain(onRow.intent, 'flow', { action: onRow.action, value: session.focus });
  const onListing = session.listing ? parseFollowUp(intents, 'listing', text) : null;
  if (session.listing && onListing) {
    const value = String(session.listing.page + 1);
    return certain(onListing.intent, 'flow', { action: onListing.action, value });
  }
  return null;
}

/** Of the one intent that names such an action. */
function flowOf(intents: Intent[], key: 'noRow' | 'choice', value?: string): IntentMatch | null {
  const owner = intents.find(({ followUps }) => followUps[key]);
  const action = owner?.followUps[key];
  if (!owner || !action) return null;
  return certain(owner.id, 'flow', value === undefined ? { action } : { action, value });
}
