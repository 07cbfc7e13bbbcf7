/** The WeCom adapter: start, stop and what flows between WeCom and the core. */
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WsFrame } from '@wecom/aibot-node-sdk';
import { BotError, errorText, isStoreFailure } from '../../core/errors.js';
import type { Adapter, Clock, Logger } from '../../core/ports.js';
import { conversationKey, type Heard } from '../../core/chat.js';
import { createWecomApi } from './api.js';
import { downloadAttachment, fetchFile, type FileMemory } from './attachments.js';
import { createCalls } from './calls.js';
import { createConnection } from './connection.js';
import { createSender } from './deliver.js';
import { parseClick, parseMessage, type ParsedMessage } from './parse.js';
import { renderLine } from './render.js';

export type WecomSettings = {
  /** Of a 智能机器人 in API mode with long connection. */
  botId: string;
  /** Appears in no log and no error. */
  secret: string;
  log: Logger;
  /** Of a private deployment: `wss://…`. */
  wsUrl?: string;
  /** Where what people send is kept; by default until the process ends. */
  files?: FileMemory;
  /** `start` rejects when WeCom has not accepted the bot within this time (ms). */
  startTimeoutMs?: number;
  /** Limit of fetching one file in ms. */
  transferTimeoutMs?: number;
  /** First pause (ms) before a new start when WeCom refuses later on; doubled up to 5 min. */
  restartDelayMs?: number;
  /** 30 s is what WeCom advises; two that are not answered end the connection. */
  heartbeatMs?: number;
  /** Failures to keep one update after which it is given up and its sender told. */
  maxFailures?: number;
  /** Of a proxy. */
  agent?: Agent;
  now?: Clock;
  /** Back-off between tries to keep an update; resolves after `ms` or when the signal aborts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/**
 * 30 messages a minute and 1,000 an hour into one conversation (../README.md: Limits of WeCom). A long card is two messages, so
 * twice burst + 60 s / everyMs = 28, and twice 6 + 480 = 972 an hour.
 */
const PACE = { burst: 6, everyMs: 7_500 };

const REDACTED = '[REDACTED]';
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
/** Beyond it, messages that cannot be kept are told to their senders at once: the store is down for long. */
const WAITING_MAX = 1_000;
const LOST = '刚才的消息没有收到,请稍后再发一次。';

/**
 * Long connection only: no public address is needed, and the events of a bot come to one connection. `start` rejects with
 * UNAUTHORIZED or UNAVAILABLE; afterwards a lost or refused connection is opened again for ever. An adapter is started once.
 * WeCom waits for no acknowledgement and sends nothing again: what cannot be kept is tried here, in the order of its conversation.
 */
export function createWecomAdapter(settings: WecomSettings): Adapter {
  const { botId, secret, log, startTimeoutMs = 15_000, transferTimeoutMs = 25_000 } = settings;
  const { restartDelayMs = 5_000, heartbeatMs = 30_000, maxFailures = 3, now = Date.now } = settings;
  const { wait = (ms, signal) => sleep(ms, undefined, { signal }) } = settings;
  const files = settings.files ?? createMemory();
  const redact = (text: string): string => text.replaceAll(secret, REDACTED);
  const calls = createCalls(() => performance.now());
  const connection = createConnection({
    ...{
      botId,
      secret,
      wsUrl: settings.wsUrl,
      agent: settings.agent,
      log,
      redact,
      restartDelayMs,
      heartbeatMs,
    },
    onMessage,
    onEvent,
  });
  const { client, isReady, renew } = connection;
  const api = createWecomApi({ client, isReady, onForgotten: renew, redact });
  const stopping = new AbortController();
  /** The last work of each conversation: what comes after it waits. */
  const queues = new Map<string, Promise<void>>();
  let waiting = 0;
  let onUpdate: ((update: Heard) => Promise<void>) | null = null;

  function onMessage({ headers, body }: WsFrame): void {
    const parsed = parseMessage(body, now());
    if (!parsed) return log.debug({}, 'a wecom message of an unknown kind is ignored');
    const { id, conversation } = parsed.update;
    calls.said(id, { reqId: headers.req_id, conversation: conversationKey(conversation) });
    enqueue(parsed.update, () => withFiles(parsed));
  }

  function onEvent({ headers, body }: WsFrame): void {
    const click = parseClick(body, now());
    if (!click) return log.debug({}, 'a wecom event that is no click on a card of this chat is ignored');
    const { update, taskId } = click;
    calls.pressed(update.messageId, { reqId: headers.req_id, taskId });
    enqueue(update, () => Promise.resolve(update));
  }

  function enqueue(update: Heard, prepare: () => Promise<Heard>): void {
    const key = conversationKey(update.conversation);
    if (waiting >= WAITING_MAX) return void giveUp(update, new Error('too many messages wait'));
    waiting += 1;
    const work = (queues.get(key) ?? Promise.resolve())
      .then(prepare)
      .then(keep)
      .catch((error: unknown) => giveUp(update, error))
      .finally(() => {
        waiting -= 1;
        if (queues.get(key) === work) queues.delete(key);
      });
    queues.set(key, work);
  }

  /** The bytes are given out for five minutes: they are fetched before anything else. What cannot be had is said when it is wanted. */
  async function withFiles({ update, files: sources }: ParsedMessage): Promise<Heard> {
    if (!update.attachments) return update;
    const attachments = await Promise.all(
      update.attachments.map(async (attachment, n) => {
        const source = sources[n];
        if (!source) return attachment;
        try {
          const { bytes, name } = await fetchFile(source, {
            agent: settings.agent,
            timeoutMs: transferTimeoutMs,
          });
          const sha256 = await files.keep(attachment.id, bytes);
          return {
            ...attachment,
            ...(attachment.kind === 'file' && name !== undefined && { name }),
            ...(sha256 !== null && { sha256 }),
          };
        } catch (error) {
          log.warn({ id: update.id, error: errorText(error) }, 'a wecom file cannot be fetched');
          return attachment;
        }
      }),
    );
    return { ...update, attachments };
  }

  async function keep(update: Heard): Promise<void> {
    let blamed = 0;
    for (let tries = 1; ; tries++) {
      try {
        if (!onUpdate || stopping.signal.aborted) throw new Error('the adapter is not running');
        return await onUpdate(update);
      } catch (error) {
        // A store that cannot write fails every update alike.
        if (!isStoreFailure(error)) blamed += 1;
        if (stopping.signal.aborted || blamed >= maxFailures) throw error;
        log.warn({ id: update.id, tries, error: errorText(error) }, 'an update is not kept, trying again');
        await wait(Math.min(BACKOFF_FIRST_MS * 2 ** (tries - 1), BACKOFF_MAX_MS), stopping.signal).catch(
          () => undefined,
        );
      }
    }
  }

  async function giveUp(update: Heard, error: unknown): Promise<void> {
    log.error({ id: update.id, error: errorText(error) }, 'an update is lost');
    const { chatId, isDirect } = update.conversation;
    for (const words of renderLine(LOST))
      await api.pushWords({ id: chatId, isDirect }, words).catch((reason: unknown) => {
        log.warn({ error: errorText(reason) }, 'its sender cannot be told');
      });
  }

  function startError(error: unknown): BotError {
    const code = error instanceof BotError ? error.code : 'UNAVAILABLE';
    const isRefused = code === 'UNAUTHORIZED' || code === 'BLOCKED' || code === 'REJECTED';
    return isRefused
      ? new BotError('UNAUTHORIZED', `WeCom refuses bot ${botId}: ${errorText(error)}`)
      : new BotError('UNAVAILABLE', `WeCom cannot be used: ${errorText(error)}`);
  }

  return {
    name: 'wecom',
    // No idempotency key.
    dedupeWindowMs: 0,
    pace: { direct: PACE, group: PACE },
    // No page names a limit of all messages of a bot together.
    appPace: [],
    // Whether a card can be replaced does not depend on its age: deliver.ts.
    editWindowMs: Infinity,
    ...createSender({ api, calls, log }),
    download: (attachment) => downloadAttachment(files, attachment),

    async start(handle) {
      if (onUpdate) throw new Error('the wecom adapter is started once');
      onUpdate = async (update) => handle(update);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), startTimeoutMs);
      try {
        await Promise.race([connection.open(), aborted(late.signal), aborted(stopping.signal)]);
        if (late.signal.aborted || stopping.signal.aborted)
          throw new BotError('UNAVAILABLE', `not connected within ${startTimeoutMs} ms`);
      } catch (error) {
        stopping.abort();
        connection.close();
        throw startError(error);
      } finally {
        clearTimeout(timer);
      }
      log.info({ bot: botId }, 'wecom is connected');
    },

    /** Waits for the updates under way. */
    async stop() {
      stopping.abort();
      await Promise.all(queues.values());
      connection.close();
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function createMemory(): FileMemory {
  const kept = new Map<string, Uint8Array>();
  return {
    keep: (id, bytes) => {
      kept.set(id, bytes);
      return Promise.resolve(null);
    },
    read: (id) => Promise.resolve(kept.get(id) ?? null),
  };
}
