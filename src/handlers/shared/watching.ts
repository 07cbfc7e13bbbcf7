/** 待督办 in chat: for 督办 and the county's leaders. */
import { pageOf } from './pages.js';
import { tableOf } from '../../core/card.js';
import { replyText, setSession, updateCard } from '../../core/effects.js';
import type { Effect } from '../../core/types.js';
import { caseOf } from '../../requests/case.js';
import { isHiddenFrom } from '../../requests/permissions.js';
import { WATCH_COLUMNS, watchesOf, watchRow } from '../../requests/watching.js';
import { sessionOn, type Acting } from './requests.js';

/** Open requests that are looked through. */
const LOOKED_THROUGH = 10_000;

export async function showWatched({ ctx, world, actor }: Acting, asked: number): Promise<Effect[]> {
  if (!actor.roles.some((role) => role === 'deadline-office' || role === 'county-leader'))
    return [replyText('待督办只能由督办和县领导查看。您可以发送“逾期”查看本单位的。')];
  const { requests } = await ctx.read.findRequests({ isOpen: true }, { offset: 0, limit: LOOKED_THROUGH });
  const found = requests
    .filter((request) => !isHiddenFrom(actor, request))
    .flatMap((request) => {
      const on = caseOf(request, world, ctx.now);
      const watches = watchesOf(on);
      return watches.length > 0 ? [{ on, watches }] : [];
    })
    .reverse();
  const { page, last, shown } = pageOf(found, asked);
  const card = {
    title: `待督办 · ${found.length} 件`,
    blocks:
      found.length === 0
        ? [{ kind: 'text' as const, text: '目前没有需要督办的请求。' }]
        : [
            ...tableOf(
              WATCH_COLUMNS,
              shown.map(({ on, watches }) => watchRow(on, watches)),
            ),
            ...(last > 0 ? [{ kind: 'source' as const, text: `第 ${page + 1}/${last + 1} 页` }] : []),
          ],
    buttons: [
      ...shown.map(({ on: { request } }) => ({
        id: 'req-show',
        label: request.number,
        value: request.number,
      })),
      ...(page < last ? [{ id: 'req-list', label: '下一页', value: `watch ${page + 1}` }] : []),
    ],
  };
  const { request: _request, ...session } = sessionOn(ctx, {});
  return [updateCard(ctx.update, card), setSession(session)];
}
