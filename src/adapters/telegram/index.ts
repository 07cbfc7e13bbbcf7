/** The Telegram adapter: start, stop and what flows between Telegram and the core. */
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BotError, errorText } from '../../core/errors.js';
import type { Adapter, Clock, Logger } from '../../core/ports.js';
import { createTelegramApi, failureOf, type CallOptions } from './api.js';
import { downloadAttachment } from './attachments.js';
import { createSender } from './deliver.js';
import { createMoves, type MoveMemory } from './moves.js';
import {
  ALLOWED_UPDATES,
  botSchema,
  parseMigration,
  parseQueryId,
  parseUpdate,
  type BotIdentity,
} from './parse.js';
import { pollUpdates } from './poll.js';
import { createMailbox, secretOf, type WebhookSettings } from './webhook.js';
import type { Heard, Message } from '../../core/chat.js';

/** Bot API, BotCommand: 1 to 32 of a-z, 0-9 and `_`; a description of 1 to 256 characters. */
export type Command = { command: string; description: string };

export type TelegramSettings = {
  /** From BotFather. Appears in no log and no error. */
  token: string;
  log: Logger;
  /** Address of the Bot API server; for a local one or a proxy. */
  apiRoot?: string;
  /** Limit of one call in ms. */
  callTimeoutMs?: number;
  /** Limit of sending or fetching one file in ms; with a second form and a text under the lease of a send (15 s, renewed). */
  transferTimeoutMs?: number;
  /** `start` rejects when Telegram was not reached within this time (ms). */
  startTimeoutMs?: number;
  /** How long Telegram holds a poll open, in s, up to 50 (Bot API); 0 polls without a pause, for tests only. */
  pollTimeoutS?: number;
  /** Failures to keep one update after which it is logged and given up. */
  maxFailures?: number;
  /** Where it is kept which groups became supergroups; by default until the process ends. */
  moves?: MoveMemory;
  /** What the menu of the app offers, to people alone and in groups. */
  commands?: { direct: Command[]; group: Command[] };
  /** Of a proxy. */
  agent?: Agent;
  /** Updates come to an address of ours; without it by polling. */
  webhook?: WebhookSettings;
  now?: Clock;
  /** Back-off between polls; resolves after `ms` or when the signal aborts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/**
 * Bot FAQ, "My bot is hitting limits": about one message a second to a chat, short bursts allowed, and 20 a minute to
 * a group. No minute gets more than burst + 60 s / everyMs = 19; one is left for a message that takes two calls.
 */
const PACE = { direct: { burst: 3, everyMs: 1_000 }, group: { burst: 4, everyMs: 4_000 } };

const NO_MEMORY: MoveMemory = { list: () => Promise.resolve([]), add: () => Promise.resolve() };

/** The same page: about 30 messages a second in all. */
const APP_PACE = [{ count: 30, perMs: 1_000 }];

/**
 * Long polling over telegraf's API client, or a webhook behind the same loop; a bot is polled by one process only (Telegram
 * answers 409 to a second one). `start` rejects with UNAUTHORIZED or UNAVAILABLE; afterwards refused and failed polls are repeated
 * with back-off for ever. An adapter is started once.
 */
export function createTelegramAdapter(settings: TelegramSettings): Adapter {
  const { token, log, apiRoot = 'https://api.telegram.org', callTimeoutMs = 10_000 } = settings;
  const { startTimeoutMs = 15_000, pollTimeoutS = 30, maxFailures = 2, now = Date.now } = settings;
  const { transferTimeoutMs = 25_000 } = settings;
  const { wait = (ms, signal) => sleep(ms, undefined, { signal }) } = settings;
  const api = createTelegramApi({ token, apiRoot, callTimeoutMs, agent: settings.agent, now });
  const moves = createMoves(settings.moves ?? NO_MEMORY, log);
  let hearsAll = false;
  let username: string | null = null;
  const sender = createSender({ api, moves, log, transferTimeoutMs, hearsAll: () => hearsAll });
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const { webhook } = settings;
  const mailbox = webhook && createMailbox({ door: webhook.door, token, log });
  let isStarted = false;

  /** Telegram gives no updates by polling while a webhook is set. */
  async function connect(options: CallOptions): Promise<BotIdentity> {
    const bot = botSchema.safeParse(await api.call('getMe', {}, options));
    if (!bot.success) throw new BotError('UNAVAILABLE', 'Telegram getMe: the answer is not a bot');
    const kept = { drop_pending_updates: false };
    if (!webhook) await api.call('deleteWebhook', kept, options);
    else {
      const { url } = webhook;
      const set = { ...kept, url, secret_token: secretOf(token), allowed_updates: ALLOWED_UPDATES };
      await api.call('setWebhook', set, options);
    }
    return bot.data;
  }

  async function connectInTime(): Promise<BotIdentity> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), startTimeoutMs);
    const stop = () => abort.abort();
    stopping.signal.addEventListener('abort', stop, { once: true });
    try {
      return await connect({ signal: abort.signal });
    } catch (error) {
      throw startError(error, abort.signal.aborted);
    } finally {
      clearTimeout(timer);
      stopping.signal.removeEventListener('abort', stop);
    }
  }

  function startError(error: unknown, isAborted: boolean): BotError {
    if (stopping.signal.aborted) return new BotError('UNAVAILABLE', 'Telegram: stopped during the start');
    const { host } = new URL(apiRoot);
    if (isAborted)
      return new BotError('UNAVAILABLE', `Telegram at ${host} did not answer within ${startTimeoutMs} ms`);
    const failure = failureOf(error);
    // A token that does not even look like one is answered with 404.
    if (failure?.status === 401 || failure?.status === 404)
      return new BotError(
        'UNAUTHORIZED',
        `Telegram at ${host} refuses the bot token (${failure.description})`,
      );
    return new BotError('UNAVAILABLE', `Telegram at ${host} cannot be used: ${errorText(error)}`);
  }

  /** Not awaited: the person sees the button at rest at once, whatever becomes of the click. */
  function answerClick(queryId: string): void {
    api.call('answerCallbackQuery', { callback_query_id: queryId }).catch((error: unknown) => {
      log.warn({ error: errorText(error) }, 'a click could not be acknowledged');
    });
  }

  /** Not awaited: the menu is a convenience. */
  function offerCommands(): void {
    const { direct, group } = settings.commands ?? {};
    const offer = (commands: Command[] | undefined, type: 'all_private_chats' | 'all_group_chats') =>
      commands &&
      api.call('setMyCommands', { commands, scope: { type } }).catch((error: unknown) => {
        log.warn({ error: errorText(error) }, 'the menu of commands is not set');
      });
    void offer(direct, 'all_private_chats');
    void offer(group, 'all_group_chats');
  }

  function sayMembership({ event, conversation, user }: Message): void {
    const fields = { chatId: conversation.chatId, by: user.id };
    if (event?.kind === 'left')
      log.error(fields, 'the bot was taken out of a telegram chat, or blocked there');
    if (event?.kind === 'joined') log.info(fields, 'the bot is in a telegram chat');
  }

  function receive(raw: unknown, bot: BotIdentity): Heard | null {
    const queryId = parseQueryId(raw);
    if (queryId !== null) answerClick(queryId);
    const migration = parseMigration(raw);
    if (migration) moves.learn(migration.from, migration.to);
    const update = parseUpdate(raw, bot, now());
    if (update?.kind === 'message') sayMembership(update);
    return update && moves.heard(update);
  }

  function getUpdates(offset: number, timeoutS: number, signal?: AbortSignal): Promise<unknown> {
    return api.call(
      'getUpdates',
      // The smallest page confirms as well as the largest.
      { offset, timeout: timeoutS, allowed_updates: ALLOWED_UPDATES, ...(timeoutS === 0 && { limit: 1 }) },
      { timeoutMs: timeoutS * 1_000 + callTimeoutMs, ...(signal && { signal }) },
    );
  }

  return {
    name: 'telegram',
    // The Bot API has no idempotency key.
    dedupeWindowMs: 0,
    pace: PACE,
    appPace: APP_PACE,
    // The 48 hours of the Bot API are for messages of business accounts; a bot's own have no limit.
    editWindowMs: Infinity,
    ...sender,
    inviteLink: (payload) => username && `https://t.me/${username}?start=${payload}`,
    download: (attachment) => downloadAttachment(api, attachment, transferTimeoutMs),

    async start(onUpdate) {
      if (isStarted) throw new Error('the telegram adapter is started once');
      isStarted = true;
      await moves.load();
      // Telegram may knock as soon as it knows the address.
      await mailbox?.open();
      const bot = await connectInTime().catch(async (error: unknown) => {
        await mailbox?.close();
        throw error;
      });
      username = bot.username;
      offerCommands();
      hearsAll = bot.can_read_all_group_messages ?? false;
      if (stopping.signal.aborted) throw startError(undefined, true);
      const { signal } = stopping;
      log.info(
        { bot: bot.username, seesAllGroupMessages: bot.can_read_all_group_messages ?? false },
        'telegram is connected',
      );
      running = pollUpdates({
        fetch: (offset) => mailbox?.fetch(offset, signal) ?? getUpdates(offset, pollTimeoutS, signal),
        confirm: (offset) => mailbox?.confirm(offset) ?? getUpdates(offset, 0),
        connect: async () => void (await connect({ signal })),
        receive: (raw) => receive(raw, bot),
        accept: onUpdate,
        maxFailures,
        wait,
        signal,
        log,
      });
    },

    /** Waits for the updates under way and for calls that were sent, at most `callTimeoutMs` for the latter. */
    async stop() {
      stopping.abort();
      await running;
      await mailbox?.close();
      await api.close();
    },
  };
}
