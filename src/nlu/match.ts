/** Which intent is meant: command, then button, then the active flow, then the nearest examples. */
import type { Matcher } from '../core/bot.js';
import type { IntentMatch } from '../core/types.js';
import { classify } from './classifier.js';
import { isOfKind } from './actions.js';
import { cutText } from '../text/cut.js';
import type { Intent } from './load.js';
import { ASKS, type IntentModel } from './model.js';
import { normalizeText } from '../text/normalize.js';
import type { Action, Message } from '../core/chat.js';
import { LATE_GO, type Session } from '../core/session.js';

/** The intent that answers what has no meaning any more: a button, or the dialogue that the person is in. */
const STALE = 'stale';
export type StaleAction = 'button' | 'dialogue';

/** What a short follow-up asks of the row shown last. */
export type FollowUp = 'township' | 'penalty' | 'basis' | 'contact';

/** A follow-up has no matter of its own: little more than these words. */
const FOLLOW_UPS: [FollowUp, RegExp][] = [
  [
    'township',
    /^(那|那么|哪)?(我们|咱们?|俺们?)?(镇|乡|街道|镇街|乡镇|村)(里|上|街|政府|这边|这块){0,4}(呢|(要|该|需要|得)?(做|干|管|负责|配合)(些?什么|些?啥|哪些).{0,2}|怎么(办|做|配合))[?\uff1f。!\uff01]*$/,
  ],
  [
    'penalty',
    /^(那)?(镇里|镇上|我们|乡镇|街道|镇街|咱们?)?(自己)?(能|可以|可不可以|有权|能不能|能否)(直接)?(罚|处罚|罚款|执法)(吗|不|么|他){0,4}[?\uff1f。!\uff01]*$/,
  ],
  [
    'basis',
    /^(那)?(有)?(什么|啥)?(法律)?(依据|根据|法条|文件)(是)?(什么|啥|哪条|哪个|呢|在哪|有哪些){0,4}[?\uff1f。!\uff01]*$/,
  ],
  [
    'contact',
    /^(那)?(具体|到底|应该|该)?(找|联系|问)(谁|哪个|哪位|什么人)(呢|啊|呀|办|联系|对接){0,4}[?\uff1f。!\uff01]*$/,
  ],
];

/** "2", "第二个", "选2": a choice among the rows just offered. */
const CHOICE = /^(?:选|就|是)?第?([1-9一二三四五六七八九])(?:个|项|条)?[。!\uff01]?$/;
const NUMERALS = '一二三四五六七八九';

export function parseFollowUp(text: string): FollowUp | null {
  return FOLLOW_UPS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
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
  const handled = new Set(intents.map(({ id }) => id));
  const stale = (action: StaleAction) => ({ match: certain(STALE, 'action', { action }), text: '', raw: '' });

  /** Whatever somebody sends as a button is answered; a handler sees only what one of ours can be. */
  const matchAction = ({ id, value }: Action['action']) => {
    const known = actions.get(id);
    if (!known || !isOfKind(known.kind, value)) return stale('button');
    return { match: certain(known.intent, 'action', { action: id, value }), text: '', raw: '' };
  };

  /**
   * Pictures without words belong to what is being written, else to the request spoken of last; a document may be a list
   * that the list office imports.
   */
  const matchPictures = ({ attachments = [], conversation }: Message, session: Session | null) => {
    const { flow, request = '' } = session ?? {};
    if (flow) return { match: certain(flow.intent, 'flow', { action: 'said' }), text: '', raw: '' };
    const isList =
      conversation.isDirect &&
      attachments.some(({ kind, name = '' }) => kind === 'file' && OFFICE_FILE.test(name));
    const match = isList
      ? certain('import_lists', 'flow', { action: 'file', value: request })
      : certain('reply_request', 'flow', { action: 'req-note', value: request });
    return { match, text: '', raw: '' };
  };

  const matchText = async (original: string, session: Session | null) => {
    const text = normalizeText(cutText(original));
    const raw = original.trim();
    const command = matchCommand(text, commands);
    if (command && !(command.rest !== '' && WHOLE_MESSAGE.has(command.intent) && !text.startsWith('/')))
      return { match: certain(command.intent, 'command', {}), text: command.rest, raw: restOf(raw) };
    const flow = matchFlow(text, session);
    if (flow) return { match: flow, text, raw };
    if (CALL.test(text)) return { match: certain('file_request', 'command', {}), text, raw };
    if (NUMBER_ALONE.test(text)) return { match: certain('request_status', 'command', {}), text, raw };
    const said = text.replace(GREETING, '');
    return {
      match: matchExamples(model, said, await embed(said)),
      text: said,
      raw: raw.replace(GREETING, ''),
    };
  };

  return async ({ update, session }) => {
    if (update.kind === 'action') {
      const { id, value } = update.action;
      const late = id === LATE_GO && value === '' ? session?.late : undefined;
      if (late) return 'text' in late ? matchText(late.text, null) : matchAction(late.action);
      return matchAction(update.action);
    }
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

/** What a list comes as; also the old forms, so that what to do with them is said. */
const OFFICE_FILE = /\.(xlsx?|xlsm|xlsb|et|docx?|wps|pdf|csv|ods|odt)$/i;

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

/** The intent whose examples speak loudest. */
export function matchExamples(
  model: IntentModel,
  text: string,
  vector: ArrayLike<number> | null,
): IntentMatch {
  const byIntent = classify(model.intents, text, vector);
  const asks = classify(model.asks, text, vector).get(ASKS) ?? 0;
  const scores = { ...Object.fromEntries(byIntent), [ASKS]: asks };
  const [best = ['', 0] as const] = [...byIntent].sort((a, b) => b[1] - a[1]);
  return { intent: best[0], slots: {}, score: best[1], via: 'example', scores };
}

/** A greeting before the matter: it says nothing about what is wanted. */
const GREETING =
  /^(你好|您好|大家好|各位好|在吗|在不在|哈喽|hi|hello|打扰一下|打扰了|打扰)(呀|啊|哈)?[\s,\uff0c.。!\uff01~?\uff1f、:\uff1a]+(?=\S{2})/;

/** What these intents are called by also begins ordinary sentences: 你好,路灯坏了归谁管. */
const WHOLE_MESSAGE: ReadonlySet<string> = new Set(['smalltalk', 'help', 'rate_request', 'stats_report']);

const certain = (intent: string, via: IntentMatch['via'], slots: IntentMatch['slots']): IntentMatch => ({
  intent,
  slots,
  score: 1,
  via,
  scores: { [intent]: 1 },
});

/** 呼叫住建局:路面积水. Whom and what are divided by the colon; nothing else is written like this. */
const CALL = /^(?:紧急)?(?:呼叫|会商|执法调度|交办|征求意见)[^:\uff1a\n?\uff1f]{2,40}[:\uff1a]\s*\S/;

/** The number of a request and nothing else: how it stands is asked. */
const NUMBER_ALONE = /^qs[\s-]?\d{4}[\s-]?\d{1,6}[。.?\uff1f]?$/i;

/** `text` begins with a command word. */
const COMMAND_WORD = /^\/?([a-z]+|[\u4e00-\u9fff]+)(?=$|[\s:\uff1a,\uff0c])[\s:\uff1a,\uff0c]*/i;
const restOf = (text: string): string => text.replace(COMMAND_WORD, '');

function matchCommand(text: string, commands: Map<string, string>): { intent: string; rest: string } | null {
  const intent = commands.get(COMMAND_WORD.exec(text)?.[1] ?? '');
  return intent ? { intent, rest: restOf(text) } : null;
}

function matchFlow(text: string, session: Session | null): IntentMatch | null {
  if (session?.flow?.asks) return certain(session.flow.intent, 'flow', { action: 'said' });
  const followUp = parseFollowUp(text);
  if (followUp && !session?.focus) return certain('ask_responsibility', 'flow', { action: 'which' });
  if (!session) return null;
  if (session.isChoosing && /^(都|全)?(不是|没有|不对)(这些|的)?[。!\uff01]?$/.test(text))
    return certain('ask_responsibility', 'flow', { action: 'none' });
  const choice = parseChoice(text);
  const offered = choice === null ? undefined : session.offered[choice - 1];
  if ((session.isChoosing || session.listing) && offered)
    return certain('ask_responsibility', 'flow', { action: 'pick', value: offered });
  if (session.focus && followUp)
    return certain('ask_responsibility', 'flow', { action: followUp, value: session.focus });
  if (session.listing && /^(下一页|继续|还有呢?|更多)[。!\uff01]?$/.test(text))
    return certain('list_rows', 'flow', { action: 'page', value: String(session.listing.page + 1) });
  return null;
}
