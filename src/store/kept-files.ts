/** Whether the bytes of attachments that are kept are those that came in. Only reads. */
import type { Attachment } from '../core/chat.js';
import type { Request } from '../core/request.js';
import { sha256 } from '../files/digest.js';
import { readKept } from '../files/kept.js';
import type { Kept } from './words.js';

/** Of files that are there: they are kept for a while only. Their hashes stand in the requests, for which the record vouches. */
export async function fileProblems(kept: Kept | null, folder: string | undefined): Promise<string[]> {
  const problems: string[] = [];
  if (kept === null || folder === undefined) return problems;
  for (const request of kept.requests.values())
    for (const { id, name, kind, sha256: known } of attachmentsOf(request)) {
      if (known === undefined) continue;
      const bytes = await readKept(folder, id);
      if (bytes && sha256(bytes) !== known)
        problems.push(
          `${request.number}:附件${name ?? (kind === 'photo' ? '照片' : '文件')}(${id})与收到时不符,内容被替换或改动过`,
        );
    }
  return problems;
}

/** Each file once: it stands in the request and in the event that brought it. */
const attachmentsOf = ({ attachments, events }: Request): Attachment[] => [
  ...new Map(
    [...attachments, ...events.flatMap((event) => event.attachments ?? [])].map((it) => [it.id, it]),
  ).values(),
];
