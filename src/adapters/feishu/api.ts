/** The few calls the bot makes, over the SDK's client; every failure is a BotError (see http.ts). */
import { Client, DefaultCache, LoggerLevel, type Logger as SdkLogger } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import { failureOf, type FeishuHttp } from './http.js';
import type { BotIdentity } from './parse.js';
import { isPersonId } from './buttons.js';
import type { FeishuContent } from './render.js';

export type ApiOptions = {
  appId: string;
  appSecret: string;
  domain: string;
  http: FeishuHttp;
  log: Logger;
};

export type FeishuApi = {
  getBot(): Promise<BotIdentity>;
  /**
   * Sends to a chat (`oc_`) or a person (`ou_`); resolves to the message id. A `uuid` (at most 50 characters) is sent
   * once within an hour.
   */
  create(receiverId: string, message: FeishuContent, uuid: string): Promise<string>;
  /** Answers a message. */
  reply(messageId: string, message: FeishuContent, uuid: string, inThread: boolean): Promise<string>;
  /** Replaces a card of this bot: not recalled, at most 14 days old, `update_multi` before and after. */
  patch(messageId: string, card: FeishuContent): Promise<void>;
  /** The same by the token of a click, strictly after its answer: for 30 minutes, twice. */
  updateByToken(token: string, card: FeishuContent): Promise<void>;
  /** Resolves to the key to send it by. Shows nothing to anybody, so it may be repeated. */
  uploadImage(bytes: Buffer): Promise<string>;
  uploadFile(bytes: Buffer, name: string, type: FileType): Promise<string>;
  /** The bytes of a picture or file of a message. */
  readResource(messageId: string, key: string, type: 'image' | 'file'): Promise<Buffer>;
  /** Whether anybody has read a message of this bot that is at most 7 days old. */
  isRead(messageId: string): Promise<boolean>;
  /**
   * Open ids of who has these mobile numbers and e-mail addresses (not those of Feishu's own mail), up to 50 of each; whom
   * nobody has, or the app may not know, is left out (contact.user.batchGetId).
   */
  accountsOf(mobiles: readonly string[], emails: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Alerts people of a message of ours in a chat of theirs (im.message.urgentApp), up to 200 at once, each with at most 200
   * unread ones; resolves to those who are not in the chat.
   */
  buzz(messageId: string, openIds: string[]): Promise<string[]>;
  /** The messages that were passed on together as this one, in their order; `names` by the keys of mentions. */
  readMerged(messageId: string): Promise<MergedPart[]>;
  /** Id of who sent the message: the app id for the app's own. */
  getSender(messageId: string): Promise<string>;
};

export type MergedPart = { type: string; content: string; names: ReadonlyMap<string, string> };

/** im.file.create; `stream` is any other. */
export type FileType = 'pdf' | 'doc' | 'xls' | 'ppt' | 'stream';

/** The tenant token was refused: it was revoked or replaced before the time that came with it. */
const STALE_TOKEN_CODES = new Set([99991663, 99991664, 99991668, 99991671]);

const botSchema = z.object({ bot: z.object({ open_id: z.string().min(1), app_name: z.string().catch('') }) });
const sentSchema = z.object({ data: z.object({ message_id: z.string() }) });

const itemsSchema = z.object({
  data: z.object({ items: z.array(z.object({ sender: z.object({ id: z.string() }) })).min(1) }),
});

const mergedSchema = z.object({
  data: z.object({
    items: z.array(
      z.object({
        msg_type: z.string().catch(''),
        upper_message_id: z.string().catch(''),
        deleted: z.boolean().catch(false),
        body: z.object({ content: z.string().catch('') }).catch({ content: '' }),
        mentions: z.array(z.object({ key: z.string(), name: z.string() })).catch([]),
      }),
    ),
  }),
});

export function createFeishuApi({ appId, appSecret, domain, http, log }: ApiOptions): FeishuApi {
  // The SDK's own cache is one for the whole process and cannot be emptied.
  let tokens = new DefaultCache();
  const client = new Client({
    appId,
    appSecret,
    domain,
    httpInstance: http.instance,
    cache: { get: (...key) => tokens.get(...key), set: (...entry) => tokens.set(...entry) },
    ...sdkLogging(log, http.redact),
  });

  async function withFreshToken<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!STALE_TOKEN_CODES.has(failureOf(error)?.code ?? 0)) throw error;
      tokens = new DefaultCache();
      return call();
    }
  }

  return {
    async getBot() {
      const answer = await withFreshToken(() =>
        client.request<unknown>({ method: 'GET', url: '/open-apis/bot/v3/info' }),
      );
      const parsed = botSchema.safeParse(answer);
      if (!parsed.success) throw new BotError('UNAVAILABLE', 'Feishu bot info: the answer is not a bot');
      return { openId: parsed.data.bot.open_id, name: parsed.data.bot.app_name };
    },

    async create(receiverId, { type, content }, uuid) {
      const data = { receive_id: receiverId, msg_type: type, content, uuid };
      const receive_id_type = isPersonId(receiverId) ? ('open_id' as const) : ('chat_id' as const);
      return messageIdOf(
        await withFreshToken(() => client.im.message.create({ params: { receive_id_type }, data })),
      );
    },

    async reply(messageId, { type, content }, uuid, inThread) {
      const data = { msg_type: type, content, uuid, ...(inThread && { reply_in_thread: true }) };
      return messageIdOf(
        await withFreshToken(() => client.im.message.reply({ path: pathOf(messageId), data })),
      );
    },

    async patch(messageId, { content }) {
      await withFreshToken(() => client.im.message.patch({ path: pathOf(messageId), data: { content } }));
    },

    async updateByToken(token, { content }) {
      const data = { token, card: JSON.parse(content) as object };
      await withFreshToken(() =>
        client.request<unknown>({ method: 'POST', url: '/open-apis/interactive/v1/card/update', data }),
      );
    },

    async uploadImage(image) {
      const data = { image_type: 'message' as const, image };
      return keyOf((await withFreshToken(() => client.im.image.create({ data })))?.image_key);
    },

    async uploadFile(file, name, type) {
      const data = { file_type: type, file_name: name, file };
      return keyOf((await withFreshToken(() => client.im.file.create({ data })))?.file_key);
    },

    async readResource(messageId, key, type) {
      const path = { ...pathOf(messageId), file_key: encodeURIComponent(key) };
      const resource = await withFreshToken(() => client.im.messageResource.get({ path, params: { type } }));
      const chunks: Buffer[] = [];
      for await (const chunk of resource.getReadableStream() as AsyncIterable<Buffer>) chunks.push(chunk);
      return Buffer.concat(chunks);
    },

    async isRead(messageId) {
      const params = { user_id_type: 'open_id' as const, page_size: 1 };
      const answer = await withFreshToken(() =>
        client.im.message.readUsers({ path: pathOf(messageId), params }),
      );
      return (answer.data?.items ?? []).length > 0;
    },

    async accountsOf(mobiles, emails) {
      const params = { user_id_type: 'open_id' as const };
      const data = { mobiles: [...mobiles], emails: [...emails] };
      const answer = await withFreshToken(() => client.contact.user.batchGetId({ params, data }));
      return new Map(
        (answer.data?.user_list ?? []).flatMap(({ mobile, email, user_id }): [string, string][] => {
          const contact = mobile ?? email;
          return contact !== undefined && user_id ? [[contact, user_id]] : [];
        }),
      );
    },

    async buzz(messageId, openIds) {
      const answer = await withFreshToken(() =>
        client.im.message.urgentApp({
          path: pathOf(messageId),
          params: { user_id_type: 'open_id' },
          data: { user_id_list: openIds },
        }),
      );
      return answer.data?.invalid_user_id_list ?? [];
    },

    async readMerged(messageId) {
      const answer = await withFreshToken(() => client.im.message.get({ path: pathOf(messageId) }));
      // The first one is the whole, and holds nothing.
      return (mergedSchema.safeParse(answer).data?.data.items ?? []).flatMap((it) =>
        it.upper_message_id === messageId && !it.deleted
          ? [
              {
                ...{ type: it.msg_type, content: it.body.content },
                names: new Map(it.mentions.map(({ key, name }) => [key, name])),
              },
            ]
          : [],
      );
    },

    async getSender(messageId) {
      const answer = await withFreshToken(() => client.im.message.get({ path: pathOf(messageId) }));
      const sender = itemsSchema.safeParse(answer).data?.data.items[0]?.sender.id;
      if (sender === undefined)
        throw new BotError('UNAVAILABLE', 'Feishu message: the answer names no sender');
      return sender;
    },
  };
}

/** Logger options for all parts of the SDK: each level gets one array of anything; only plain texts pass. */
export function sdkLogging(
  log: Logger,
  redact: (text: string) => string,
): { logger: SdkLogger; loggerLevel: LoggerLevel } {
  const to =
    (level: 'debug' | 'warn') =>
    (...args: unknown[]) =>
      log[level]({ sdk: redact(describe(args)) }, 'feishu sdk');
  // The SDK's warnings are about events nobody asked for; its errors are survived by its own reconnect.
  const logger = {
    error: to('warn'),
    warn: to('debug'),
    info: to('debug'),
    debug: to('debug'),
    trace: to('debug'),
  };
  // From debug on the SDK prints whole events and the address of the websocket with its ticket.
  return { logger, loggerLevel: LoggerLevel.warn };
}

/** Objects are reduced to their code: an event or a request must not reach a log. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return value.map(describe).join(' ');
  if (value instanceof Error) return errorText(value);
  if (typeof value === 'object' && value !== null)
    return 'code' in value ? `code ${String(value.code)}` : '(object)';
  return String(value);
}

/** The SDK puts path parameters into the address as they are. */
function pathOf(messageId: string): { message_id: string } {
  return { message_id: encodeURIComponent(messageId) };
}

function keyOf(key: string | undefined): string {
  if (!key) throw new BotError('UNAVAILABLE', 'Feishu upload: the answer names no key');
  return key;
}

/** An answer without an id is still a success: nothing is to be sent again. */
function messageIdOf(answer: unknown): string {
  return sentSchema.safeParse(answer).data?.data.message_id ?? '';
}
