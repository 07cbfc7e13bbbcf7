/**
 * Groups that became supergroups, and so have another id: the core goes on with the id that it knows, whatever Telegram calls
 * the group now. A supergroup numbers its messages anew, so ours there carry its id before their own.
 */
import { errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { Conversation, Heard } from '../../core/chat.js';

/** Where the moves are kept over a restart. */
export type MoveMemory = {
  list(): Promise<{ from: string; to: string }[]>;
  add(move: { from: string; to: string }): Promise<void>;
};

export type Moves = {
  /** Reads what is kept; to be called before anything is sent or heard. */
  load(): Promise<void>;
  /** From now on what is meant for `from` goes to `to`. Never rejects. */
  learn(from: string, to: string): void;
  /** The id under which Telegram has the group now; undefined when it never moved. */
  now(chatId: string): string | undefined;
  /** What was heard, in the group as the core knows it. */
  heard(update: Heard): Heard;
  /** The number of a message of ours or of others in the group; null when it is of the time before it moved. */
  numberOf(chatId: string, messageId: string): string | null;
  /** How the core calls a message of the group. */
  nameOf(chatId: string, number: string): string;
};

export function createMoves(memory: MoveMemory, log: Logger): Moves {
  const toNow = new Map<string, string>();
  const toKnown = new Map<string, string>();

  const set = (from: string, to: string): string => {
    const known = toKnown.get(from) ?? from;
    toNow.set(known, to);
    toKnown.set(to, known);
    return known;
  };

  return {
    async load() {
      for (const { from, to } of await memory.list()) set(from, to);
    },
    learn(from, to) {
      if (toNow.get(from) === to || toKnown.get(to) !== undefined) return;
      const known = set(from, to);
      log.warn(
        { from: known, to },
        'a telegram group became a supergroup; its old id stays valid in groups.csv',
      );
      memory.add({ from: known, to }).catch((error: unknown) => {
        // Telegram says it again at the next message to the old id.
        log.error({ from: known, to, error: errorText(error) }, 'the move of a group is not kept');
      });
    },
    now: (chatId) => toNow.get(chatId),
    heard(update) {
      const known = toKnown.get(update.conversation.chatId);
      if (known === undefined) return update;
      const conversation: Conversation = { ...update.conversation, chatId: known };
      return { ...update, conversation, messageId: `${toNow.get(known) ?? ''}/${update.messageId}` };
    },
    numberOf(chatId, messageId) {
      const now = toNow.get(chatId);
      if (now === undefined) return messageId;
      return messageId.startsWith(`${now}/`) ? messageId.slice(now.length + 1) : null;
    },
    nameOf(chatId, number) {
      const now = toNow.get(chatId);
      return now === undefined ? number : `${now}/${number}`;
    },
  };
}
