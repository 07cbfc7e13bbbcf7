/** 导出: the evidence file of one request, held against the record before it is given out. */
import { replyFile } from '../../core/effects.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect } from '../../core/types.js';
import { sha256 } from '../../files/digest.js';
import { checkOf, evidenceDocument } from '../../requests/evidence.js';
import type { Policy } from '../../requests/policy.js';

/**
 * The whole request is held against the record, and what `readable` leaves of it is printed. The hash of a document that is
 * sound goes into the record, so that a changed copy is known; one of words that were changed is never called genuine.
 */
export async function exportRequest(
  ctx: Context,
  given: Request,
  readable: (request: Request) => Request,
  policy: Policy,
): Promise<Effect[]> {
  const { request, record } = await readTogether(ctx, given);
  const { number } = request;
  const check = checkOf(request, record);
  const { changed } = check;
  const content = evidenceDocument(readable(request), check, ctx.now, policy);
  const words =
    changed === null
      ? `${number} 的卷宗:清单依据、办理经过和台账校验码。`
      : `${number} 的卷宗:${changed}与台账不符,内容被改动过,不作凭据。请转告管理员运行 npm run verify-log 查明。`;
  return [
    replyFile(ctx.update, { name: `${number}.md`, content }, words),
    {
      kind: 'record',
      what: 'admin',
      request: number,
      data: changed === null ? { act: 'export', document: sha256(content) } : { act: 'export', changed },
    },
  ];
}

/** A move between the two readings is no forgery: the request is read until it stands as it stood before the record was. */
async function readTogether({ read }: Context, given: Request) {
  let request = given;
  for (;;) {
    const record = await read.listRecord(request.number);
    const after = await read.getRequest(request.number);
    if (after === null || after.version === request.version) return { request, record };
    request = after;
  }
}
