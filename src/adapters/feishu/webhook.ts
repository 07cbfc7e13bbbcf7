/** Events and clicks at an address of ours instead of over the long connection; what they lead to is the same. */
import { errorText } from '../../core/errors.js';
import type { Clock, Logger } from '../../core/ports.js';
import type { Answer, Door, Knock } from '../webhook.js';
import { verify, WINDOW_MS, type WebhookKeys } from './verify.js';

export type WebhookSettings = { door: Door; encryptKey: string; verificationToken: string };

export type WebhookOptions = WebhookKeys & {
  door: Door;
  /** The events of the SDK's dispatcher: resolves to the answer of a click, rejects when an event is to be sent again. */
  dispatch: (event: Record<string, unknown>) => Promise<unknown>;
  now: Clock;
  log: Logger;
};

/** Said to whoever is not Feishu, whatever was wrong: nothing is to be learned from it. */
const REFUSED: Answer = { status: 401 };

/** Feishu wants its answer within 3 s (a trial of the address: 1 s) and sends events again that were not answered with 200. */
export function createWebhook({ door, dispatch, now, log, ...keys }: WebhookOptions): {
  open(): Promise<void>;
  close(): Promise<void>;
} {
  /**
   * Nonces that were answered, by when; kept as long as their time is still good. Another process on the same database may see one
   * once more: the ids of messages and clicks in the store make that harmless.
   */
  const nonces = new Map<string, number>();

  function isUsed(nonce: string): boolean {
    for (const [old, at] of nonces) {
      if (now() - at <= 2 * WINDOW_MS) break;
      nonces.delete(old);
    }
    return nonces.has(nonce);
  }

  async function handle(knock: Knock): Promise<Answer> {
    const verified = verify(knock, keys, now());
    if (verified.kind === 'refused') {
      log.debug({ why: verified.why }, 'a call that is not from feishu is refused');
      return REFUSED;
    }
    if (verified.kind === 'challenge') {
      log.info({}, 'feishu tries the address of the webhook');
      return { status: 200, body: { challenge: verified.challenge } };
    }
    const { nonce, event } = verified;
    if (isUsed(nonce)) return REFUSED;
    nonces.set(nonce, now());
    try {
      const answer = await dispatch(event);
      // The SDK answers with a text to what nobody asked for.
      return { status: 200, body: typeof answer === 'object' && answer !== null ? answer : {} };
    } catch (error) {
      nonces.delete(nonce);
      log.warn({ error: errorText(error) }, 'an event is not kept, feishu will send it again');
      return { status: 500 };
    }
  }

  return { open: () => door.open(handle), close: () => door.close() };
}
