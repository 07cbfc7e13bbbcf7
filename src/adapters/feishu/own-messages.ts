/** Which messages are the bot's own: those it sent since the start are known, the others are looked up once. */
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { FeishuApi } from './api.js';

export type OwnMessages = {
  add(messageId: string): void;
  /** True when it is known to be the bot's own. */
  has(messageId: string): boolean;
  /** True when `resolve` would have to ask. */
  isUnknown(messageId: string): boolean;
  /** Asks Feishu who sent the message, unless that is known. Never rejects; without an answer it stays unknown. */
  resolve(messageId: string): Promise<void>;
};

export type OwnMessagesOptions = {
  api: Pick<FeishuApi, 'getSender'>;
  appId: string;
  /** How long the message that replies may wait for the answer, in ms; Feishu wants its acknowledgement in 3 s. */
  lookupTimeoutMs: number;
  log: Logger;
};

/** Messages remembered, own ones and those of others. */
export const OWN_MESSAGES_MAX = 2_000;

/** Asking again would be answered the same way. */
const FINAL: ReadonlySet<string> = new Set(['REJECTED', 'TARGET_GONE']);

/** A reply names the message it answers, not its author, and after a restart nothing is remembered. */
export function createOwnMessages({ api, appId, lookupTimeoutMs, log }: OwnMessagesOptions): OwnMessages {
  const known = new Map<string, boolean>();
  const asked = new Map<string, Promise<void>>();

  function remember(messageId: string, isOwn: boolean): void {
    known.set(messageId, isOwn);
    if (known.size > OWN_MESSAGES_MAX) for (const oldest of known.keys()) return void known.delete(oldest);
  }

  async function lookUp(messageId: string): Promise<void> {
    try {
      remember(messageId, (await api.getSender(messageId)) === appId);
    } catch (error) {
      // Gone, or the app may not read messages (im:message:readonly): a mention still reaches the bot.
      if (error instanceof BotError && FINAL.has(error.code)) remember(messageId, false);
      log.debug({ messageId, error: errorText(error) }, 'feishu does not say whose the message is');
    } finally {
      asked.delete(messageId);
    }
  }

  return {
    add: (messageId) => remember(messageId, true),
    has: (messageId) => known.get(messageId) === true,
    isUnknown: (messageId) => !known.has(messageId),
    async resolve(messageId) {
      if (known.has(messageId)) return;
      const answer = asked.get(messageId) ?? lookUp(messageId);
      asked.set(messageId, answer);
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, lookupTimeoutMs);
      });
      await Promise.race([answer, limit]);
      clearTimeout(timer);
    },
  };
}
