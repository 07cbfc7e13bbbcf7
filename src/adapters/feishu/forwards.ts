/** The words of several messages that were passed on as one: the event does not bring them, the message itself does. */
import { errorText } from '../../core/errors.js';
import type { Message } from '../../core/chat.js';
import type { Logger } from '../../core/ports.js';
import type { FeishuApi } from './api.js';
import { parseContent } from './content.js';
import { within } from './within.js';

/** Of a longer talk nobody can say which sentence is meant: it stays unread, and its sender is told so. */
const MESSAGES_MAX = 5;
const CHARACTERS_MAX = 300;
/** Read and not fetched yet; each is fetched in the same turn. */
const KEPT_MAX = 100;

const MENTION = /@_user_\d+/g;

export function createForwards(api: Pick<FeishuApi, 'readMerged'>, limitMs: number, log: Logger) {
  const words = new Map<string, string>();

  async function look(messageId: string): Promise<void> {
    try {
      const parts = await api.readMerged(messageId);
      const texts = parts.flatMap(({ type, content, names }) => {
        const { text } = parseContent(type, content, messageId);
        const named = text.replace(MENTION, (key) => (names.has(key) ? `@${names.get(key)}` : '')).trim();
        return named === '' ? [] : [named];
      });
      const all = texts.join('\n');
      if (texts.length <= MESSAGES_MAX && all.length <= CHARACTERS_MAX) words.set(messageId, all);
    } catch (error) {
      log.info({ messageId, error: errorText(error) }, 'what was passed on is not read');
    }
    for (const oldest of words.keys()) {
      if (words.size <= KEPT_MAX) break;
      words.delete(oldest);
    }
  }

  return {
    /** In a group its messages are told to apps with im:message.group_msg alone. */
    isUnread: ({ isForwarded, text, conversation }: Message): boolean =>
      isForwarded === true && text === '' && conversation.isDirect,
    /** Never rejects, and takes `limitMs` at most. */
    read: (messageId: string) => within(limitMs, look(messageId)),
    /** With the words, where they were read. */
    withWords(message: Message): Message {
      const text = words.get(message.messageId);
      words.delete(message.messageId);
      return text === undefined ? message : { ...message, text };
    },
  };
}
