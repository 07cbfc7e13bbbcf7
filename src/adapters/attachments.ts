/** What the platforms have in common when a file is sent, fetched or refused. */
import type { Attachment } from '../core/chat.js';

export const labelOf = ({ kind, name }: Attachment): string =>
  `${kind === 'photo' ? '[图片]' : '[文件]'}${name ? ` ${name} ` : ' '}`;

/** Begun ones count. */
export const toMegabytes = (bytes: number): number => Math.ceil(bytes / (1024 * 1024));

/** Null when there are more bytes than `maxBytes`: what is left is not read. */
export async function readUpTo(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
