/** Pictures and files: what is sent for one, what it becomes when it does not fit, and its bytes. */
import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import { failureOf, type TelegramApi } from './api.js';
import { renderText, type TextPart } from './render.js';
import type { Attachment, Reply } from '../../core/chat.js';
import { labelOf, toMegabytes } from '../attachments.js';

/** Bot API, "Sending files": 10 MB for a photo, 50 MB for other files that are uploaded. */
export const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
export const DOCUMENT_MAX_BYTES = 50 * 1024 * 1024;

/** Bot API, getFile: "bots can download files of up to 20MB in size". */
export const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024;

/** Bot API, sendPhoto: 0-1024 characters. */
export const CAPTION_MAX = 1024;

/** Far under what file systems take; the extension stands at the end. */
const NAME_MAX = 120;

/** A message with a file: new bytes, or the id under which Telegram has them. */
export type MediaPart = {
  method: 'sendPhoto' | 'sendDocument';
  file: string | { source: Buffer; filename: string };
  caption: string;
};

const fileSchema = z.object({ file_path: z.string().optional(), file_size: z.number().optional() });

/** getFile for an id that is wrong, of another bot, or of a file that is not kept any more. */
const FILE_GONE = /wrong (remote )?file|invalid file|file_id|file_reference|temporarily unavailable/i;

/**
 * The forms of an attachment, best first: a photo, a document, a line that says what could not be sent. A text too
 * long for a caption follows as messages of its own. Without `content` only Telegram's own files can be sent.
 */
export function renderAttachment(
  { attachment, text }: Extract<Reply, { attachment: unknown }>,
  content: Uint8Array | undefined,
): (MediaPart | TextPart)[][] {
  const isOwn = attachment.platform === 'telegram';
  const size = content?.byteLength ?? (isOwn ? 0 : Infinity);
  const file = content
    ? {
        source: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
        filename: fileName(attachment),
      }
    : attachment.id;
  const follows = text.length > CAPTION_MAX ? renderText(text) : [];
  const caption = follows.length > 0 ? '' : text;
  const media = (method: MediaPart['method']) => [{ method, file, caption }, ...follows];
  const line = `${labelOf(attachment)}未能发送:${refusalOf(content, isOwn)}`;
  return [
    ...(attachment.kind === 'photo' && size <= PHOTO_MAX_BYTES ? [media('sendPhoto')] : []),
    ...(size <= DOCUMENT_MAX_BYTES ? [media('sendDocument')] : []),
    renderText(text === '' ? line : `${line}\n${text}`),
  ];
}

/** Of its best form. */
export const callsOfAttachment = ({ text }: { text: string }): number =>
  text.length > CAPTION_MAX ? 1 + renderText(text).length : 1;

/** Throws BotError; see `Adapter.download`. */
export async function downloadAttachment(
  api: TelegramApi,
  attachment: Attachment,
  timeoutMs: number,
): Promise<Uint8Array> {
  const answer = await api.call('getFile', { file_id: attachment.id }).catch((error: unknown) => {
    throw toDownloadError(error, attachment);
  });
  const file = fileSchema.safeParse(answer).data;
  if ((file?.file_size ?? 0) > DOWNLOAD_MAX_BYTES) throw tooLarge(attachment);
  if (!file?.file_path) throw new BotError('UNAVAILABLE', 'Telegram getFile: the answer names no file');
  const bytes = await api.readFile(file.file_path, { maxBytes: DOWNLOAD_MAX_BYTES, timeoutMs });
  if (!bytes) throw tooLarge(attachment);
  return bytes;
}

function toDownloadError(error: unknown, attachment: Attachment): unknown {
  if (!(error instanceof BotError)) return error;
  const description = failureOf(error)?.description ?? '';
  if (description.includes('file is too big')) return tooLarge(attachment);
  if (FILE_GONE.test(description))
    return new BotError('TARGET_GONE', `Telegram 已不再提供附件${labelOf(attachment)}:${description}`);
  // Asking again changes nothing on the other side.
  return error.code === 'UNCERTAIN' ? new BotError('UNAVAILABLE', error.message) : error;
}

function tooLarge(attachment: Attachment): BotError {
  return new BotError(
    'REJECTED',
    `附件${labelOf(attachment)}超过 ${toMegabytes(DOWNLOAD_MAX_BYTES)} MB,Telegram 不向机器人提供。` +
      '处理办法:请发送者压缩或分开后重发。',
  );
}

function refusalOf(content: Uint8Array | undefined, isOwn: boolean): string {
  if (!content) return isOwn ? 'Telegram 已不再提供该文件。' : '原平台已不再提供该文件。';
  if (content.byteLength <= DOCUMENT_MAX_BYTES) return 'Telegram 不接收该文件。';
  return `文件为 ${toMegabytes(content.byteLength)} MB,超过 Telegram 的 ${toMegabytes(DOCUMENT_MAX_BYTES)} MB 上限。`;
}

/** Telegraf writes the name into a header line as it is: nothing in it may end the name or the line. */
function fileName({ kind, name }: Attachment): string {
  const safe = (name ?? '').replace(/[\u0000-\u001f\u007f"\\/]/g, '_').trim();
  return [...safe].slice(-NAME_MAX).join('') || (kind === 'photo' ? 'photo.jpg' : 'file');
}
