/** Beside 待我办理: what the 编办 ruled to be the unit's, and nobody has called it for yet (requests/ruling-told.ts). */
import { formatDate, toLocal } from '../../calendar/local.js';
import type { Block } from '../../core/card.js';
import { ruledDepartment } from '../../requests/log.js';
import { unitsOf } from '../../requests/permissions.js';
import { shorten } from '../../text/shorten.js';
import type { Acting } from './requests.js';

/** Older ones are read in the record of rulings; who asked has called by then or will not. */
const RECENT_MS = 15 * 24 * 3_600_000;
const MATTER = 30;

export async function ruledToUnit({ ctx, actor }: Acting): Promise<Block[]> {
  const units = unitsOf(actor);
  const recent = (await ctx.read.listRulings()).filter(
    ({ at, lead, isWithdrawn }) => isWithdrawn !== true && units.includes(lead) && ctx.now - at < RECENT_MS,
  );
  const told = await Promise.all(
    recent.map(async ({ request: number, at, matter, lead }) => {
      const request = await ctx.read.getRequest(number);
      if (!request || ruledDepartment(request) !== lead) return [];
      const page = { offset: 0, limit: 200 };
      const since = await ctx.read.findRequests({ everAssignedTo: lead, from: at }, page);
      if (since.requests.some(({ text }) => text === request.text)) return [];
      return [`${number} ${shorten(matter, MATTER)}(${formatDate(toLocal(at).date, ctx.now)}裁定)`];
    }),
  );
  const lines = told.flat();
  return lines.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: `编办已裁定由贵单位负责、请求单位尚未另行呼叫的 ${lines.length} 件(目前不需要签收):\n${lines.join('\n')}`,
        },
      ];
}
