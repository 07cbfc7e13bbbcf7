/** The one table of what Feishu refuses and what is then done (../README.md: Refusals). Pure. */
import type { ErrorCode } from '../../core/errors.js';

/** What was called; `upload` is of pictures and files, `other` all that shows nothing to anybody. */
export type FeishuCall = 'create' | 'reply' | 'patch' | 'upload' | 'other';

export type Action =
  /** The card or file is not accepted: its words go. */
  | 'simpler'
  /** The message to answer or to replace is gone or cannot be: a new one goes to the chat itself. */
  | 'anew'
  /** Numbers and addresses must not be sent: the words go without them. */
  | 'masked'
  /** The words must not be sent: a short line stands in their place. */
  | 'notice'
  /** Nothing was done; the same works a little later. */
  | 'again'
  /** Too much at once. */
  | 'slower'
  /** Nothing works until an operator mends it: wait, and say so. */
  | 'operator'
  /** The credentials are refused. */
  | 'credentials'
  /** The chat or person cannot be written to. */
  | 'unreachable';

type Entry = Action | { [call in FeishuCall | 'else']?: Action };

const each = (action: Entry, ...codes: number[]): [number, Entry][] => codes.map((code) => [code, action]);

/**
 * By the pages of im.message.create, reply, patch, im.image.create, im.file.create, card/update and 通用错误码. 200xxx and
 * the sub-codes of 230099 are all about cards.
 */
const TABLE = new Map<number, Entry>([
  // Bad parameters: of an answer it is the id of the message answered.
  ...each({ reply: 'anew', else: 'simpler' }, 230001),
  // Not the bot's file, wrong kind for its type, too long, no card, no chat card of a person.
  ...each('simpler', 230015, 230017, 230025, 230055, 230099, 9499, 99991201, 99991301, 99992402),
  // No cards in this chat (create); a message of a kind that cannot be answered.
  ...each({ create: 'simpler', else: 'anew' }, 230054),
  // Recalled, topic gone, over 14 days, invisible, no topics in this chat, aggregated, deleted, self-destructing, unknown.
  ...each('anew', 230011, 230019, 230031, 230050, 230071, 230072, 230110, 230111, 99992354),
  ...each('masked', 230028, 11312),
  ...each('notice', 230022, 11248, 18054),
  // Being sent, writing stopped, try again, internal.
  ...each('again', 230049, 232096, 234019, 18121, 1, 1500, 1663, 1668, 2200, 4006, 5000, 10500, 1000003),
  // The last two of the websocket's address.
  ...each('again', 1000040343, 1000040350),
  ...each('slower', 230020, 99991400, 11232, 11233, 11247, 1000004, 1000005),
  // No bot, no permission, key deleted, storage, address not allowed, quota.
  ...each('operator', 230006, 230027, 230036, 234002, 234007, 234041, 234042, 99991401, 99991403, 99991676),
  // A scope is missing: without that of files the words still go.
  ...each({ upload: 'simpler', else: 'operator' }, 99991672),
  // Tenant token missing or invalid, app disabled or unknown, wrong secret; 514 and 403 of the websocket's address.
  ...each('credentials', 10003, 10005, 10012, 10013, 10014, 10015, 514, 403),
  ...each(
    'credentials',
    99991543,
    99991661,
    99991662,
    99991663,
    99991664,
    99991665,
    99991668,
    99991671,
    99991673,
  ),
  // Not in the group, out of reach, group settings, resigned, unknown, muted, other company, stopped, secret, dissolved.
  ...each('unreachable', 230002, 230013, 230018, 230029, 230034, 230035, 230038, 230053, 230075, 232009),
  ...each('unreachable', 10002, 10030, 18120, 99992351, 99992355, 99992356, 99992360, 99992361),
  // Empty, too large, unknown form of a picture: what else it can be is tried.
  ...each('simpler', 234001, 234006, 234010, 234011, 234039),
  // Downloads: not of this message, not in its chat, confidential, invisible, of a forwarded message or a card.
  ...each('anew', 234003, 234004, 234038, 234040, 234043),
]);

const REMEDIES = new Map<number, string>([
  [230006, '在飞书开发者后台为应用启用机器人能力,并发布版本'],
  [234007, '在飞书开发者后台为应用启用机器人能力,并发布版本'],
  [230027, '按错误信息在飞书开发者后台补足权限;外部群须另开“对外共享”'],
  [230036, '联系飞书企业管理员恢复租户加密密钥'],
  [234041, '联系飞书企业管理员恢复租户加密密钥'],
  [234042, '联系飞书企业管理员清理混合部署的存储空间'],
  [234002, '核对应用凭证和权限(im:resource),再联系飞书技术支持'],
  [99991401, '在飞书开发者后台的 IP 白名单中加入本机出口地址'],
  [99991403, '本月飞书接口调用量已用完:升级飞书版本,或等到下月;期间急事请用电话'],
  [99991672, '在飞书开发者后台开通错误信息所列的权限,并发布版本'],
  [99991676, '在飞书开发者后台核对应用权限,并发布版本'],
]);

/** The month's calls are used up: it does not help to ask again soon. */
export const QUOTA_GONE = 99991403;

/** The card is being clicked (sub-code 11310 of 230099 with these words); it also stands for cards with too many elements. */
const LOCKED = /card action is lock|11310(?![\s\S]*(?:exceed|visible))/i;

/** Unknown codes are taken for a refusal of the form: the words may go, and what they meet is said. */
export function actionOf(call: FeishuCall, code: number, description: string): Action {
  const isCardCode = code === 230099 || code === 11310 || Math.floor(code / 1_000) === 200;
  if (isCardCode && LOCKED.test(`${code} ${description}`)) return 'again';
  const entry = TABLE.get(code) ?? 'simpler';
  return typeof entry === 'string' ? entry : (entry[call] ?? entry.else ?? 'simpler');
}

export const remedyOf = (code: number): string | undefined => REMEDIES.get(code);

export const ERROR_CODES: Readonly<Record<Action, ErrorCode>> = {
  simpler: 'REJECTED',
  masked: 'REJECTED',
  notice: 'REJECTED',
  anew: 'TARGET_GONE',
  unreachable: 'TARGET_GONE',
  again: 'UNAVAILABLE',
  slower: 'RATE_LIMITED',
  operator: 'BLOCKED',
  credentials: 'UNAUTHORIZED',
};

const CALLS: readonly [FeishuCall, string, RegExp][] = [
  ['create', 'post', /\/im\/v1\/messages$/],
  ['reply', 'post', /\/im\/v1\/messages\/[^/]+\/reply$/],
  ['patch', 'patch', /\/im\/v1\/messages\/[^/]+$/],
  ['patch', 'post', /\/interactive\/v1\/card\/update$/],
  ['upload', 'post', /\/im\/v1\/(images|files)$/],
];

export function callOf(method: string, path: string): FeishuCall {
  return (
    CALLS.find(([, verb, pattern]) => verb === method.toLowerCase() && pattern.test(path))?.[0] ?? 'other'
  );
}

/** Every code of the table, for the test that injects them all. */
export const KNOWN_CODES: readonly number[] = [...TABLE.keys()];
