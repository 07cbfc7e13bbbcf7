/** Which intents are acts on a request, and what no reading of requests may take. */
import type { IntentMatch } from '../core/types.js';
import { MOVES, type Move } from '../requests/moves.js';

const INTENTS: Record<Exclude<Move, 'join'>, string> = {
  approve: 'rule_request',
  'refuse-approval': 'rule_request',
  admit: 'rule_request',
  'refuse-admission': 'rule_request',
  sign: 'sign_request',
  answer: 'reply_request',
  return: 'return_request',
  transfer: 'transfer_request',
  'add-support': 'transfer_request',
  'ask-extension': 'extend_request',
  'grant-extension': 'extend_request',
  'refuse-extension': 'extend_request',
  pause: 'pause_request',
  resume: 'pause_request',
  urge: 'urge_request',
  'ask-ruling': 'rule_request',
  rule: 'rule_request',
  'correct-ruling': 'rule_request',
  'withdraw-ruling': 'rule_request',
  'assign-lead': 'assign_request',
  note: 'reply_request',
  rate: 'rate_request',
  conclude: 'reply_request',
  'close-unsolved': 'reply_request',
  reopen: 'reopen_request',
  withdraw: 'withdraw_request',
};
export const intentOf = (move: Move): string => (move === 'join' ? 'file_request' : INTENTS[move]);
/** The moves that an intent makes. */
export const movesOf = (intent: string): Move[] =>
  MOVES.filter((move) => move !== 'join' && move !== 'note' && INTENTS[move] === intent);
export const ACTS: ReadonlySet<string> = new Set(Object.values(INTENTS));

/** Reminders and what else has words of its own. */
const OWN_WORDS =
  /提醒|到点|闹钟|(?<=[点半刻分钟会儿前号])(?:\s?(?:再|都|就|记得|请|你)?)[叫喊][我俺](?![们镇乡局方])|[叫喊][我俺](?=一[声下]|[,\uff0c。\s]|$)|呼叫|会商|征求.{0,12}意见[:\uff1a]|交办.{0,12}[:\uff1a]|执法调度|申请裁定[:\uff1a]|订阅|清单.{0,6}(?:(?<!没)有|多少|几)/;

export const isBeyondAct = ({ intent }: IntentMatch, text: string): boolean =>
  OWN_WORDS.test(text) && !(ACTS.has(intent) && /催|撤/.test(text));
