/** The Feishu adapter: start, stop and what flows between Feishu and the core. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Agent } from 'node:http';
import { BotError, errorText } from '../../core/errors.js';
import type { Adapter, Clock, Logger } from '../../core/ports.js';
import { createAccounts } from './accounts.js';
import { createFeishuApi } from './api.js';
import { DOWNLOAD_MAX_BYTES, downloadAttachment } from './attachments.js';
import { cardAnswer, createClicks, toast } from './clicks.js';
import { createConnection } from './connection.js';
import { callsOf, createSender } from './deliver.js';
import { createHttp } from './http.js';
import { createChatEvents, type ChatEventName } from './events.js';
import { within } from './within.js';
import { createForwards } from './forwards.js';
import { createQuota, type Quota } from './quota.js';
import { createOwnMessages } from './own-messages.js';
import {
  parseAction,
  parseClickToken,
  parseMessage,
  parseParentId,
  parseRefusedClick,
  type BotIdentity,
} from './parse.js';
import type { WebhookSettings } from './webhook.js';
import { conversationKey, type Heard, type Message } from '../../core/chat.js';

export type FeishuSettings = {
  /** Of a self-built app: `cli_` and 16 hexadecimal digits. */
  appId: string;
  /** Appears in no log and no error. */
  appSecret: string;
  log: Logger;
  /** `https://open.larksuite.com` for Lark, or a proxy. */
  domain?: string;
  /** Limit of one HTTP call in ms. */
  callTimeoutMs?: number;
  /** Limit of one upload or download in ms; with two messages under the lease of a send (15 s, renewed). */
  transferTimeoutMs?: number;
  /** How long (ms) a reply waits for the answer whether it answers the bot; Feishu wants an acknowledgement in 3 s. */
  lookupTimeoutMs?: number;
  /** `start` rejects when Feishu was not connected within this time (ms). */
  startTimeoutMs?: number;
  /** A click is answered after this time (ms) even when it is still being handled; Feishu allows 3 s. */
  clickTimeoutMs?: number;
  /** How long (ms) the answer of a click waits for the new card; afterwards the card is replaced by a call of its own. */
  cardTimeoutMs?: number;
  /** `stop` waits this long (ms) for updates under way. */
  stopTimeoutMs?: number;
  /** First pause (ms) before a new start when Feishu refuses the connection later on; doubled up to 5 min. */
  restartDelayMs?: number;
  /** A connection is dead when nothing came within this time (s) after a ping. */
  pingTimeoutS?: number;
  /** Calls of a month, where they are limited. */
  quota?: Quota;
  /** Of a proxy. */
  agent?: Agent;
  /** Events come to an address of ours; without it over the long connection. */
  webhook?: WebhookSettings;
  now?: Clock;
};

/** Feishu sends at most one message per uuid in an hour (../README.md: Sending); five minutes are left for clocks that differ. */
const DEDUPE_WINDOW_MS = 55 * 60_000;

/**
 * 5 messages a second to a person, and 5 to a group from all its bots (../README.md: Pace). A second sees at most
 * burst + 1 s / everyMs = 4; one is left for an attachment with a text, which is two messages.
 */
const PACE = { direct: { burst: 2, everyMs: 400 }, group: { burst: 2, everyMs: 500 } };

/** im.message.create, reply and patch: 50 a second and 1,000 a minute each (../README.md: Pace); here for all together. */
const APP_PACE = [
  { count: 50, perMs: 1_000 },
  { count: 1_000, perMs: 60_000 },
];

/** A card can be replaced for 14 days (../README.md: Replacing a card); half a day is left for late deliveries. */
const EDIT_WINDOW_MS = 13.5 * 24 * 3_600_000;

/** AppLink: opens the chat with an app's bot. */
const FEISHU_LINK = 'https://applink.feishu.cn/client/bot/open';
const LARK_LINK = 'https://applink.larksuite.com/client/bot/open';

/** An answer without a word means that the click is stored: clicks are not given again (../README.md: Clicks). */
const NOT_STORED = '刚才没有办成,请稍后再按一次。';
const STILL_WORKING = '正在办理,请稍候。过一会儿没有变化的,请再按一次。';

/** The SDK only logs when the id has another form, and never connects (../README.md: Opening the connection). */
const APP_ID = /^cli_[0-9a-fA-F]{16}$/;

/**
 * Long connection (no public address needed), so one process gets all events: a second one on the same app would
 * take a random part of them (../README.md: Opening the connection). Throws BotError CONFIG for malformed settings;
 * `start` rejects with UNAUTHORIZED or UNAVAILABLE; afterwards a lost or refused connection is opened again for ever. An adapter is
 * started once. Clicks are not sent again by Feishu: one that could not be stored is lost, and logged.
 */
export function createFeishuAdapter(settings: FeishuSettings): Adapter {
  const { appId, appSecret, log, domain = 'https://open.feishu.cn', callTimeoutMs = 10_000 } = settings;
  const { startTimeoutMs = 15_000, clickTimeoutMs = 2_500, cardTimeoutMs = 1_000 } = settings;
  const { transferTimeoutMs = 25_000, lookupTimeoutMs = 1_000, stopTimeoutMs = 5_000 } = settings;
  const { restartDelayMs = 5_000, pingTimeoutS = 30, now = Date.now } = settings;
  if (!APP_ID.test(appId))
    throw new BotError('CONFIG', 'the Feishu app id must be cli_ and 16 hexadecimal digits');
  if (!appSecret) throw new BotError('CONFIG', 'the Feishu app secret is empty');
  if (!URL.canParse(domain)) throw new BotError('CONFIG', 'the Feishu domain is not a URL');

  const http = createHttp({
    appSecret,
    timeoutMs: callTimeoutMs,
    transferTimeoutMs,
    maxFileBytes: DOWNLOAD_MAX_BYTES,
    agent: settings.agent,
    ...(settings.quota && { onCall: createQuota(settings.quota, { log, now }) }),
  });
  const api = createFeishuApi({ appId, appSecret, domain: domain.replace(/\/{1,9}$/, ''), http, log });
  const own = createOwnMessages({ api, appId, lookupTimeoutMs, log });
  const forwards = createForwards(api, lookupTimeoutMs, log);
  const chatEvents = createChatEvents({ log, now });
  const clicks = createClicks(cardTimeoutMs, now);
  const deliver = createSender({ api, clicks, log, onGone, onSent: own.add });
  const connection = createConnection({
    appId,
    appSecret,
    domain: domain.replace(/\/{1,9}$/, ''),
    http,
    log,
    restartDelayMs,
    pingTimeoutS,
    ...{ agent: settings.agent, webhook: settings.webhook, now },
    handshakeTimeoutMs: Math.min(callTimeoutMs, startTimeoutMs),
    onMessage,
    onChat,
    onClick,
  });
  const { host } = new URL(domain);
  const stopping = new AbortController();
  const working = new Set<Promise<void>>();
  /** Messages that wait for a lookup, by chat: what comes after them must not overtake. */
  const waiting = new Map<string, Promise<void>>();
  let bot: BotIdentity | null = null;
  let onUpdate: ((update: Heard) => Promise<void>) | null = null;

  async function take(update: Heard): Promise<void> {
    if (!onUpdate || stopping.signal.aborted) throw new Error('the adapter is not running');
    const work = onUpdate(update);
    const settled = work.catch(() => undefined).finally(() => working.delete(settled));
    working.add(settled);
    await work;
  }

  /** A reply in a group that nothing else addresses to the bot: whether it answers the bot may have to be asked; so may words that were passed on. */
  async function hear(data: unknown): Promise<Message | null> {
    const parse = () => bot && parseMessage(data, { bot, isOwnMessage: own.has });
    const update = parse();
    const chat = update?.conversation.chatId ?? '';
    const before = waiting.get(chat);
    const parentId = update && !update.isAddressed ? parseParentId(data) : null;
    const asks = parentId !== null && own.isUnknown(parentId);
    const reads = update !== null && forwards.isUnread(update);
    if (!before && !asks && !reads) return update;
    const looks = [asks && own.resolve(parentId), reads && forwards.read(update.messageId)];
    const turn = Promise.all([before, ...looks]).then(() => undefined);
    waiting.set(chat, turn);
    await turn;
    if (waiting.get(chat) === turn) waiting.delete(chat);
    const heard = parse();
    return heard && forwards.withWords(heard);
  }

  async function onMessage(data: unknown): Promise<void> {
    const update = await hear(data);
    if (!update) return log.debug({}, 'a feishu message that is not for the bot is ignored');
    chatEvents.remember(update);
    try {
      await take(update);
    } catch (error) {
      log.error(
        { id: update.id, error: errorText(error) },
        'a message is not stored, feishu will send it again',
      );
      // The SDK prints what is thrown here.
      throw new Error('not stored');
    }
  }

  async function onChat(name: ChatEventName, data: unknown): Promise<void> {
    const update = chatEvents.read(name, data);
    if (update) await take(update);
  }

  function onGone(...lost: Parameters<typeof chatEvents.gone>): void {
    take(chatEvents.gone(...lost)).catch((error: unknown) =>
      log.warn({ error: errorText(error) }, 'that a group is lost is not stored'),
    );
  }

  async function onClick(data: unknown): Promise<object> {
    const update = parseAction(data, now());
    if (!update) {
      log.warn({}, 'a feishu click that is not on a card of this chat is ignored');
      return toast('info', parseRefusedClick(data));
    }
    const chat = conversationKey(update.conversation);
    const { messageId } = update;
    const click = clicks.open(update.id, { messageId, chat, token: parseClickToken(data) });
    const work = take(update).then(
      async () => {
        const answer = await click.answer;
        return answer.kind === 'card' ? cardAnswer(answer.card.content) : {};
      },
      (error: unknown) => {
        log.error({ id: update.id, error: errorText(error) }, 'a click is not stored');
        return toast('error', NOT_STORED);
      },
    );
    const answer = (await within(clickTimeoutMs, work)) ?? toast('info', STILL_WORKING);
    click.close();
    // The SDK writes the answer a few promises after this; then the card may go by itself.
    void nextTurn().then(click.left);
    return answer;
  }

  async function connect(): Promise<void> {
    bot = await api.getBot();
    if (!stopping.signal.aborted) await connection.open();
  }

  /** Rejects at the deadline and when `stop` is called; what is under way is ended by the caller. */
  function connectInTime(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => {
        const reason = http.endpointError()?.message;
        const what = `Feishu at ${host} was not connected within ${startTimeoutMs} ms`;
        settle(() => reject(new BotError('UNAVAILABLE', reason ? `${what}: ${reason}` : what)));
      };
      const stopped = () =>
        settle(() => reject(new BotError('UNAVAILABLE', 'Feishu: stopped during the start')));
      const timer = setTimeout(late, startTimeoutMs);
      const settle = (done: () => void) => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', stopped);
        done();
      };
      stopping.signal.addEventListener('abort', stopped, { once: true });
      connect().then(
        () => settle(resolve),
        (error: unknown) => settle(() => reject(startError(error))),
      );
    });
  }

  function startError(error: unknown): BotError {
    if (stopping.signal.aborted) return new BotError('UNAVAILABLE', 'Feishu: stopped during the start');
    const reason = errorText(error);
    // REJECTED and the like: the app has no bot, or no right to ask for it.
    return error instanceof BotError && !['UNAVAILABLE', 'UNCERTAIN', 'RATE_LIMITED'].includes(error.code)
      ? new BotError('UNAUTHORIZED', `Feishu at ${host} refuses app ${appId}: ${reason}`)
      : new BotError('UNAVAILABLE', `Feishu at ${host} cannot be used: ${reason}`);
  }

  return {
    name: 'feishu',
    dedupeWindowMs: DEDUPE_WINDOW_MS,
    pace: PACE,
    appPace: APP_PACE,
    editWindowMs: EDIT_WINDOW_MS,
    ...{ deliver, callsOf },
    isRead: api.isRead,
    accountsOf: createAccounts(api, now),
    // Opens the chat with the bot; Feishu hands no payload on (client/bot/open).
    inviteLink: () => `${domain.includes('larksuite') ? LARK_LINK : FEISHU_LINK}?appId=${appId}`,
    download: (attachment) => downloadAttachment(api, attachment),

    async start(handle) {
      if (onUpdate) throw new Error('the feishu adapter is started once');
      onUpdate = async (update) => handle(update);
      if (stopping.signal.aborted) throw new BotError('UNAVAILABLE', 'Feishu: the adapter is stopped');
      try {
        await connectInTime();
      } catch (error) {
        stopping.abort();
        await connection.close();
        await http.close({ abort: true });
        throw error;
      }
      log.info({ bot: bot?.name }, 'feishu is connected');
    },

    /** Waits for updates under way, then for calls that were sent, each its limit. */
    async stop() {
      stopping.abort();
      await within(stopTimeoutMs, Promise.all(working));
      await nextTurn(); // The SDK writes the acknowledgement a few promises after the handler.
      await connection.close();
      await http.close();
    },
  };
}
