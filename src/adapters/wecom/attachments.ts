/** Pictures and files: what is sent for one, what it becomes when it does not fit, and their bytes, which WeCom gives out once. */
import { once } from 'node:events';
import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { decryptFile } from '@wecom/aibot-node-sdk';
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { Attachment } from '../../core/chat.js';
import { failureOf, type MediaKind, type WecomApi } from './api.js';
import type { FileSource } from './parse.js';
import { labelOf, readUpTo, toMegabytes } from '../attachments.js';

/** Where the bytes of what was sent to the bot are kept: WeCom gives them out for five minutes. */
export type FileMemory = {
  /** Gives their SHA-256 in hex where the record is to vouch for them. */
  keep(id: string, bytes: Uint8Array): Promise<string | null>;
  /** Null when they are not kept (any more). */
  read(id: string): Promise<Uint8Array | null>;
};

export type Media = { kind: MediaKind; mediaId: string };

/** 上传临时素材: more than 5 bytes, a picture up to 10 MB as JPG, PNG or GIF, another file up to 20 MB. */
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
export const FILE_MAX_BYTES = 20 * 1024 * 1024;
const MIN_BYTES = 6;
/** People may send 100 MB; held in memory, and no platform of ours takes more than 50 MB from a bot. */
export const DOWNLOAD_MAX_BYTES = 50 * 1024 * 1024;

/**
 * Uploads the attachment: a picture, else a file, else the line that says why not. Throws BotError for what may work later; nothing
 * was shown then.
 */
export async function uploadAttachment(
  { api, log }: { api: WecomApi; log: Logger },
  attachment: Attachment,
  content: Uint8Array | undefined,
): Promise<Media | string> {
  if (!content) return line(attachment, '原平台已不再提供该文件。');
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length < MIN_BYTES) return line(attachment, '文件是空的。');
  if (bytes.length > FILE_MAX_BYTES)
    return line(
      attachment,
      `文件为 ${toMegabytes(bytes.length)} MB,超过企业微信的 ${toMegabytes(FILE_MAX_BYTES)} MB 上限。`,
    );
  const name = attachment.name ?? (attachment.kind === 'photo' ? '图片.jpg' : '文件');
  const isPicture = attachment.kind === 'photo' && bytes.length <= IMAGE_MAX_BYTES;
  for (const kind of isPicture ? (['image', 'file'] as const) : (['file'] as const))
    try {
      return { kind, mediaId: await api.upload(bytes, name, kind) };
    } catch (error) {
      if (failureOf(error)?.action !== 'simpler') throw error;
      log.warn({ error: errorText(error) }, 'wecom refuses the attachment, simplifying it');
    }
  return line(attachment, '企业微信不接收该文件。');
}

/** In place of a file that was uploaded and is then not accepted in the chat. */
export const unsentLine = (attachment: Attachment): string => line(attachment, '企业微信不允许在这里发送。');

export type Fetched = { bytes: Uint8Array; name?: string };

/** Fetches and decrypts. Throws BotError. */
export async function fetchFile(
  { url, aesKey }: FileSource,
  { agent, timeoutMs }: { agent?: Agent | undefined; timeoutMs: number },
): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const get = url.startsWith('http://') ? http.get : https.get;
    const request = get(url, { signal, ...(agent && { agent }) });
    // After the answer has begun an error also reaches its reader; nobody else listens.
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200)
      throw new BotError('TARGET_GONE', `WeCom file: HTTP ${response.statusCode}`);
    const bytes = await readUpTo(response, DOWNLOAD_MAX_BYTES);
    if (bytes === null) throw new BotError('REJECTED', 'WeCom file: too large');
    const name = nameOf(response.headers['content-disposition'] ?? '');
    return {
      bytes: aesKey === undefined ? bytes : decryptFile(bytes, aesKey),
      ...(name !== null && { name }),
    };
  } catch (error) {
    // The address is signed: it stays out of logs.
    if (error instanceof BotError) throw error;
    throw new BotError(
      'UNAVAILABLE',
      `WeCom file: ${signal.aborted ? 'too late' : errorText(error).replaceAll(url, '…')}`,
    );
  }
}

/** Throws BotError TARGET_GONE; see `Adapter.download`. */
export async function downloadAttachment(files: FileMemory, attachment: Attachment): Promise<Uint8Array> {
  const bytes = await files.read(attachment.id);
  if (bytes) return bytes;
  throw new BotError(
    'TARGET_GONE',
    `企业微信的附件${labelOf(attachment)}没有取到,或已过保存期。请发送人重发。`,
  );
}

/** `filename*=UTF-8''…` before `filename="…"`; no path, no control characters. */
function nameOf(disposition: string): string | null {
  const [, encoded, plain] =
    /filename\*=UTF-8''([^;\s]{1,600})|filename="?([^";]{1,300})"?/i.exec(disposition) ?? [];
  const name = decode(encoded ?? plain ?? '').replace(/[\p{Cc}\p{Cs}/\\]/gu, '_');
  return name === '' ? null : [...name].slice(-120).join('');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function line(attachment: Attachment, reason: string): string {
  return `${labelOf(attachment)}未能发送:${reason}`;
}
