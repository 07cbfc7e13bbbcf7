/** The calls over the SDK's connection; every failure is a BotError without secrets. */
import type { TemplateCard, WSClient } from '@wecom/aibot-node-sdk';
import { BotError, errorText } from '../../core/errors.js';
import { actionOf, ERROR_CODES, remedyOf, type Action } from './refusals.js';

export type Chat = { id: string; isDirect: boolean };
export type MediaKind = 'image' | 'file';

export type WecomApi = {
  /** Into a chat in which somebody has spoken to the bot. */
  pushWords(chat: Chat, content: string): Promise<void>;
  pushCard(chat: Chat, card: TemplateCard): Promise<void>;
  pushMedia(chat: Chat, kind: MediaKind, mediaId: string): Promise<void>;
  /** Answers a message, within a day and once: with words, a card, or both as one message. */
  respond(reqId: string, answer: { words?: string; card?: TemplateCard }): Promise<void>;
  /** Replaces the card of a click, within 5 s of it; the task id stays. */
  updateCard(reqId: string, card: TemplateCard): Promise<void>;
  /** Resolves to the id to send it by. Shows nothing to anybody, so it may be repeated. */
  upload(bytes: Buffer, name: string, kind: MediaKind): Promise<string>;
};

/** What WeCom answered, as the `cause` of a BotError. */
export type Failure = { code: number; description: string; action: Action };

/** 30 messages a minute (../README.md: Limits of WeCom); a refusal names no time. */
const RETRY_AFTER_MS = 60_000;

/** chat_type: without it an id that is both a person's and a group's would mean the group. */
const CHAT_TYPES = { direct: 1, group: 2 };

export type ApiOptions = {
  client: WSClient;
  isReady: () => boolean;
  /** The platform has forgotten the connection, though it is open. */
  onForgotten: () => void;
  redact: (text: string) => string;
};

export function createWecomApi({ client, isReady, onForgotten, redact }: ApiOptions): WecomApi {
  async function run<T>(what: string, call: () => Promise<T>): Promise<T> {
    // What is sent before the subscription is confirmed is refused.
    if (!isReady()) throw new BotError('UNAVAILABLE', `WeCom ${what}: not connected`);
    try {
      return await call();
    } catch (reason) {
      const error = toBotError(reason, what, redact);
      if (failureOf(error)?.action === 'reconnect') onForgotten();
      throw error;
    }
  }
  const push = async (what: string, { id, isDirect }: Chat, body: object): Promise<void> => {
    const chat_type = isDirect ? CHAT_TYPES.direct : CHAT_TYPES.group;
    // The SDK sends the body as it is; its types do not know chat_type.
    await run(what, () => client.sendMessage(id, { chat_type, ...body } as never));
  };

  return {
    pushWords: (chat, content) => push('words', chat, { msgtype: 'markdown', markdown: { content } }),
    pushCard: (chat, card) => push('card', chat, { msgtype: 'template_card', template_card: card }),
    pushMedia: (chat, kind, media_id) => push(kind, chat, { msgtype: kind, [kind]: { media_id } }),
    async respond(reqId, { words, card }) {
      const stream = { id: reqId, finish: true, content: words };
      const body =
        words === undefined
          ? { msgtype: 'template_card', template_card: card }
          : card
            ? { msgtype: 'stream_with_template_card', stream, template_card: card }
            : { msgtype: 'stream', stream };
      await run('respond', () => client.reply(frameOf(reqId), body));
    },
    async updateCard(reqId, card) {
      await run('update', () => client.updateTemplateCard(frameOf(reqId), card));
    },
    async upload(bytes, name, kind) {
      try {
        const { media_id } = await run('upload', () =>
          client.uploadMedia(bytes, { type: kind, filename: name }),
        );
        return media_id;
      } catch (error) {
        throw error instanceof BotError && error.code === 'UNCERTAIN'
          ? new BotError('UNAVAILABLE', error.message)
          : error;
      }
    },
  };
}

const frameOf = (req_id: string) => ({ headers: { req_id } });

/** What WeCom answered to the call that failed, or null when it gave no answer. */
export function failureOf(error: unknown): Failure | null {
  const cause = error instanceof BotError ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'description' in cause ? (cause as Failure) : null;
}

/** By code: of a refused call, and of a refused connection. */
export function refusalError(code: number, text: string, what: string): BotError {
  const action = actionOf(code);
  // Hints carry addresses and numbers of the call.
  const description = text.slice(0, 300);
  const cause: Failure = { code, description, action };
  const errorCode = ERROR_CODES[action];
  return new BotError(errorCode, `WeCom ${what}: ${code} ${description}`, {
    cause,
    remedy: remedyOf(code),
    // The limit is that of one conversation.
    ...(errorCode === 'RATE_LIMITED' && { retryAfterMs: RETRY_AFTER_MS, isOfChat: true }),
  });
}

function toBotError(reason: unknown, what: string, redact: (text: string) => string): BotError {
  const { errcode, errmsg } = (typeof reason === 'object' ? reason : null) as {
    errcode?: unknown;
    errmsg?: unknown;
  };
  if (typeof errcode === 'number') return refusalError(errcode, redact(String(errmsg)), what);
  const text = redact(errorText(reason));
  // A refused piece of an upload comes as the text of its answer.
  const [, code] = /"errcode":(-?\d+)/.exec(text) ?? [];
  if (code !== undefined) return refusalError(Number(code), text, what);
  const wasNeverSent = text.includes('not connected') || text.includes('exceeds max');
  return new BotError(wasNeverSent ? 'UNAVAILABLE' : 'UNCERTAIN', `WeCom ${what}: ${text.slice(0, 300)}`);
}
