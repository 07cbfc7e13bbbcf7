/** Pictures and files: what is sent for one, what it becomes when it does not fit, and its bytes. */
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { FeishuApi, FileType } from './api.js';
import { actionFor, ANSWER_TOO_LONG, failureOf } from './http.js';
import { renderText, type FeishuContent } from './render.js';
import type { Attachment } from '../../core/chat.js';
import { labelOf, toMegabytes } from '../attachments.js';

/** im.image.create, 使用限制: 10 MB; im.file.create: 30 MB; neither may be empty. */
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
export const FILE_MAX_BYTES = 30 * 1024 * 1024;

/**
 * Feishu gives out up to 100 MB (im.messageResource.get); held in memory, and no platform of ours takes more than
 * Telegram's 50 MB from a bot.
 */
export const DOWNLOAD_MAX_BYTES = 50 * 1024 * 1024;

/** Feishu's own limit of a download was passed. */
const OVER_100_MB = 234037;

const FILE_TYPES: Record<string, FileType> = {
  pdf: 'pdf',
  ...{ doc: 'doc', docx: 'doc' },
  ...{ xls: 'xls', xlsx: 'xls' },
  ...{ ppt: 'ppt', pptx: 'ppt' },
};

/**
 * Uploads the attachment: a picture, else a file, else a line that says what could not be sent. Throws BotError for
 * what may work later; nothing was shown then, so a broken upload is UNAVAILABLE, never UNCERTAIN.
 */
export async function uploadAttachment(
  { api, log }: { api: FeishuApi; log: Logger },
  attachment: Attachment,
  content: Uint8Array | undefined,
): Promise<FeishuContent> {
  const nullIfRefused = async (upload: () => Promise<string>): Promise<string | null> => {
    try {
      return await upload();
    } catch (error) {
      if (!(error instanceof BotError) || !actionFor(error)) throw withoutUncertainty(error);
      const { remedy } = error;
      const fields = { error: errorText(error), ...(remedy && { remedy }) };
      log[remedy ? 'error' : 'warn'](fields, 'feishu refuses the attachment, simplifying it');
      return null;
    }
  };
  if (!content) return line(attachment, '原平台已不再提供该文件。');
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length === 0) return line(attachment, '文件为空。');
  if (bytes.length > FILE_MAX_BYTES)
    return line(
      attachment,
      `文件为 ${toMegabytes(bytes.length)} MB,超过飞书的 ${toMegabytes(FILE_MAX_BYTES)} MB 上限。`,
    );
  if (attachment.kind === 'photo' && bytes.length <= IMAGE_MAX_BYTES) {
    const key = await nullIfRefused(() => api.uploadImage(bytes));
    if (key) return { type: 'image', content: JSON.stringify({ image_key: key }) };
  }
  const name = attachment.name ?? (attachment.kind === 'photo' ? '图片.jpg' : '文件');
  const key = await nullIfRefused(() => api.uploadFile(bytes, name, typeOf(name)));
  return key
    ? { type: 'file', content: JSON.stringify({ file_key: key }) }
    : line(attachment, '飞书不接收该文件。');
}

/** In place of a file that was uploaded and is then not accepted in the chat. */
export const renderUnsent = (attachment: Attachment): FeishuContent =>
  line(attachment, '飞书不允许在这里发送。');

/** Throws BotError; see `Adapter.download`. */
export async function downloadAttachment(api: FeishuApi, attachment: Attachment): Promise<Uint8Array> {
  const { kind, id, messageId } = attachment;
  if (messageId === undefined)
    throw new BotError('TARGET_GONE', '飞书只随消息提供附件,而该附件没有所属消息的编号。');
  try {
    return await api.readResource(messageId, id, kind === 'photo' ? 'image' : 'file');
  } catch (error) {
    const code = failureOf(error)?.code;
    if (code === ANSWER_TOO_LONG || code === OVER_100_MB)
      throw new BotError(
        'REJECTED',
        `附件${labelOf(attachment)}超过 ${toMegabytes(DOWNLOAD_MAX_BYTES)} MB,无法转送。处理办法:请发送者压缩或分开后重发。`,
      );
    throw withoutUncertainty(error);
  }
}

/** Neither an upload nor a download is seen by anybody: a broken one may be repeated. */
function withoutUncertainty(error: unknown): unknown {
  return error instanceof BotError && error.code === 'UNCERTAIN'
    ? new BotError('UNAVAILABLE', error.message)
    : error;
}

function line(attachment: Attachment, reason: string): FeishuContent {
  return renderText(`${labelOf(attachment)}未能发送:${reason}`);
}

function typeOf(name: string): FileType {
  return FILE_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'stream';
}
