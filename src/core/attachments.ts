/** The bytes of an attachment that leaves: carried along, drawn, or fetched where it came in; where there are none, why, in words. */
import type { Chart } from './chart.js';
import type { Attachment, Platform } from './chat.js';
import { asRepeatable, BotError, errorText, type ErrorCode } from './errors.js';
import type { Adapter, Logger } from './ports.js';
import type { Outgoing } from './store.js';

export type ContentDeps = {
  log: Logger;
  /** The picture of these charts; absent where nothing draws. */
  draw?: ((charts: readonly Chart[]) => Promise<Uint8Array>) | undefined;
};

type Ready = { message: Outgoing; content?: Uint8Array };

/** The source of an attachment may give it out later. */
const WORTH_RETRYING: ReadonlySet<ErrorCode> = new Set([
  'UNAVAILABLE',
  'RATE_LIMITED',
  'UNAUTHORIZED',
  'BLOCKED',
]);

/** What cannot be fetched any more is said instead; what may come back is tried again with the message. Throws BotError then. */
export function createContentReader(
  adapters: ReadonlyMap<Platform, Adapter>,
  { log, draw }: ContentDeps,
): (message: Outgoing, attachment: Attachment) => Promise<Ready> {
  const drawn = async (message: Outgoing, charts: string): Promise<Ready> => {
    try {
      const content = await draw?.(JSON.parse(charts) as Chart[]);
      if (content) return { message, content };
    } catch (error) {
      log.error({ key: message.key, error: errorText(error) }, 'a chart cannot be drawn');
    }
    return saying(message, '统计图未能生成,请发送“统计”查看数字');
  };
  return async (message, attachment) => {
    const { content, encoding, platform } = attachment;
    if (content !== undefined && encoding === 'charts') return drawn(message, content);
    if (content !== undefined && encoding !== 'charts')
      return { message, content: new Uint8Array(Buffer.from(content, encoding ?? 'utf8')) };
    const source = adapters.get(platform);
    if (!source) return saying(message, '附件未能转发:来源平台已停用');
    try {
      return { message, content: await source.download(attachment) };
    } catch (error) {
      log.warn({ key: message.key, error: errorText(error) }, 'an attachment cannot be fetched');
      const reason = asRepeatable(error);
      if (reason instanceof BotError && WORTH_RETRYING.has(reason.code)) throw reason;
      return saying(message, '附件未能转发:来源平台已不再提供,请向发送人索取');
    }
  };
}

function saying(message: Outgoing, why: string): Ready {
  const caption = 'attachment' in message.reply ? message.reply.text : '';
  return { message: { ...message, reply: { text: [`(${why})`, caption].filter(Boolean).join('\n') } } };
}
