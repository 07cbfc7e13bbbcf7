/** The one table of what WeCom refuses and what is then done (../README.md: Refusals of WeCom). Pure. */
import type { ErrorCode } from '../../core/errors.js';

export type Action =
  /** The card or file is not accepted: its words go. */
  | 'simpler'
  /** The call that is answered, or the card that is replaced, is over: a message of its own goes. */
  | 'anew'
  /** Nothing was done; the same works a little later. */
  | 'again'
  /** The connection is open but no longer ours: it is opened anew, then the same works. */
  | 'reconnect'
  /** Too much at once. */
  | 'slower'
  /** Nothing works until an operator mends it: wait, and say so. */
  | 'operator'
  | 'credentials'
  /** The chat or person cannot be written to. */
  | 'unreachable';

const each = (action: Action, ...codes: number[]): [number, Action][] => codes.map((code) => [code, action]);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * By 全局错误码 (document/path/90313); those from 846600 and 853000 on, which no page lists, as people met them
 * (NousResearch/hermes-agent issue 29667, WecomTeam/wecom-openclaw-plugin issues 121 and 142).
 */
const TABLE = new Map<number, Action>([
  // Kind of file, of message, sizes, id of a file, parameters; empty or too long words; a field of a card.
  ...each('simpler', 40004, 40005, 40006, 40007, 40008, 40009, 40011, 40033, 40035, 40058, 40063, 41006),
  ...each(
    'simpler',
    44004,
    45001,
    45002,
    93017,
    93018,
    301019,
    ...range(42017, 42019),
    ...range(42027, 42051),
  ),
  // Task id of another message, or none; wrong kind of answer; the call is unknown or over, its stream or card, too.
  ...each('anew', 42014, 42015, 42016, 93050, 846605, 846607, 846608),
  // Busy, conflicts, several at once; the subscription is being made.
  ...each('again', -1, 6000, 45033, 45035, 846601, 846602),
  ...each('reconnect', 846609),
  ...each('slower', 45009, 130101),
  // No right to call, address not allowed, company closed or not served, too much data.
  ...each('operator', 45036, 48002, 60020, 301002, 301007, 853006),
  ...each('credentials', 40001, 40091, 853000),
  // Unknown, out of sight or without rights; no pushing in this group, removed, stopped, not in it.
  ...each('unreachable', 40003, 40031, 40050, 60011, 81013, 301021, 93000, 93001, 93004, 93006, 93008),
]);

const REMEDIES = new Map<number, string>([
  [45036, '在企业微信管理后台核对接口用量'],
  [48002, '在企业微信管理后台核对智能机器人的 API 权限'],
  [60020, '在企业微信管理后台把本机出口地址加入可信 IP'],
  [301002, '在企业微信管理后台核对智能机器人的可见范围'],
  [301007, '企业不可用,联系企业微信管理员'],
  [853006, '企业没有开通该能力,联系企业微信管理员'],
]);

/** Unknown codes are taken for a refusal of the form: the words may go, and what they meet is said. */
export const actionOf = (code: number): Action => TABLE.get(code) ?? 'simpler';

export const remedyOf = (code: number): string | undefined => REMEDIES.get(code);

export const ERROR_CODES: Readonly<Record<Action, ErrorCode>> = {
  simpler: 'REJECTED',
  anew: 'REJECTED',
  again: 'UNAVAILABLE',
  reconnect: 'UNAVAILABLE',
  slower: 'RATE_LIMITED',
  operator: 'BLOCKED',
  credentials: 'UNAUTHORIZED',
  unreachable: 'TARGET_GONE',
};

/** Every code of the table, for the test that injects them all. */
export const KNOWN_CODES: readonly number[] = [...TABLE.keys()];
