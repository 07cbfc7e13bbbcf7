/** The one table of what Telegram refuses and what is then done (../README.md: Refusals of Telegram). Pure. */
import type { ErrorCode } from '../../core/errors.js';

export type Action =
  /** It shows already what it should. */
  | 'done'
  /** The message to replace is gone or not ours: a new one goes. */
  | 'anew'
  /** The markup, keyboard or file is not accepted: the next simpler form goes. */
  | 'simpler'
  /** The topic is closed or gone: to General. */
  | 'general'
  /** The group has another id now. */
  | 'moved'
  /** The chat or person cannot be written to. */
  | 'unreachable'
  | 'slower'
  | 'credentials'
  /** Server error: whether it took effect is unknown. */
  | 'unknown';

/**
 * Telegram names no number for these: the texts are those that the Bot API server and the servers behind it write. The first
 * that fits counts.
 */
const TABLE: readonly [Action, readonly string[]][] = [
  ['done', ['message is not modified', 'MESSAGE_NOT_MODIFIED']],
  ['moved', ['group chat was upgraded to a supergroup']],
  ['general', ['message thread not found', 'TOPIC_CLOSED', 'TOPIC_DELETED', 'TOPIC_ID_INVALID']],
  [
    'anew',
    [
      'message to edit not found',
      "message can't be edited",
      'MESSAGE_ID_INVALID',
      'MESSAGE_AUTHOR_REQUIRED',
      'no text in the message to edit',
      'identifier is not specified',
    ],
  ],
  ['slower', ['SLOWMODE_WAIT']],
  [
    'simpler',
    [
      ...['rights to send (?:photos|documents|media)', 'CHAT_SEND_(?:PHOTOS|DOCS|MEDIA)_FORBIDDEN'],
      ...["can't parse", 'ENTITIES_TOO_LONG', 'ENTITY', 'BUTTON_', 'REPLY_MARKUP', 'keyboard'],
      ...['message is too long', 'MESSAGE_TOO_LONG', 'caption is too long', 'MEDIA_CAPTION_TOO_LONG'],
      ...['wrong (?:remote )?file', 'file identifier', 'file must be non-empty', 'file is too big', 'FILE_'],
      ...['PHOTO_', 'IMAGE_PROCESS_FAILED', 'WEBPAGE_', 'failed to get HTTP URL', 'Request Entity Too Large'],
    ],
  ],
  [
    'unreachable',
    [
      ...['chat not found', 'user not found', 'PEER_ID_INVALID', 'CHANNEL_PRIVATE', 'CHAT_RESTRICTED'],
      ...['group chat was de(?:activated|leted)', 'chat was deleted', 'user is deactivated', 'INPUT_USER_'],
      ...['rights to send', 'CHAT_WRITE_FORBIDDEN', 'CHAT_SEND_PLAIN_FORBIDDEN', 'CHAT_ADMIN_REQUIRED'],
      ...[
        'need administrator rights',
        'USER_IS_BLOCKED',
        'BOT_BLOCKED',
        'USER_IS_BOT',
        'bot was (?:kicked|blocked)',
      ],
    ],
  ],
];

const PATTERNS = TABLE.map(([action, texts]) => [action, new RegExp(texts.join('|'), 'i')] as const);

/** What is not in the table: the form is taken to be refused, and what its words meet is said. */
export function actionOf(status: number, description: string): Action {
  if (status === 429) return 'slower';
  if (status === 401) return 'credentials';
  if (status >= 500) return 'unknown';
  const found = PATTERNS.find(([, pattern]) => pattern.test(description))?.[0];
  // Every 403 of a bot speaks of the chat: kicked, blocked, not a member, never started.
  return found ?? (status === 403 ? 'unreachable' : 'simpler');
}

export const ERROR_CODES: Readonly<Record<Action, ErrorCode>> = {
  done: 'REJECTED',
  anew: 'REJECTED',
  simpler: 'REJECTED',
  general: 'TARGET_GONE',
  moved: 'REJECTED',
  unreachable: 'TARGET_GONE',
  slower: 'RATE_LIMITED',
  credentials: 'UNAUTHORIZED',
  unknown: 'UNCERTAIN',
};

/** `SLOWMODE_WAIT_12` in ms, where a refusal names no time of its own. */
export function waitOf(description: string): number | undefined {
  const seconds = /SLOWMODE_WAIT_(\d+)/i.exec(description)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
