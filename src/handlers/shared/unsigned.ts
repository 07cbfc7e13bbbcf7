/** 还有几件没签收的: what nobody has signed for yet, of all that the person may see. */
import { replyText, setSession, updateCard } from '../../core/effects.js';
import type { RequestFilter } from '../../core/filters.js';
import type { Effect } from '../../core/types.js';
import { listCard } from '../../requests/list-view.js';
import { activeOf } from '../../requests/log.js';
import { isHiddenFrom, seesAll } from '../../requests/permissions.js';
import { pageOf, PER_PAGE } from './pages.js';
import { ruledToUnit } from './ruled-to-unit.js';
import { sessionBehind, type Acting } from './requests.js';

const NONE = '目前没有等待签收的请求(0 件)。';
/** Open requests that are looked through. */
const LOOKED_THROUGH = 10_000;

export async function showUnsigned(
  { ctx, world, actor }: Acting,
  filters: RequestFilter[],
  asked: number,
): Promise<Effect[]> {
  const pages = await Promise.all(
    filters.map((filter) =>
      ctx.read.findRequests({ ...filter, without: ['oversight'] }, { offset: 0, limit: LOOKED_THROUGH }),
    ),
  );
  const all = new Map(pages.flatMap(({ requests }) => requests).map((it) => [it.number, it]));
  const found = [...all.values()]
    .filter((it) => !isHiddenFrom(actor, it) && activeOf(it).some(({ status }) => status === 'waiting'))
    .sort((a, b) => (a.number < b.number ? 1 : -1));
  const ruled = asked === 0 && !seesAll(actor) ? await ruledToUnit({ ctx, world, actor }) : [];
  if (found.length === 0) {
    const told = ruled.flatMap((it) => (it.kind === 'text' ? [it.text] : []));
    return [replyText([NONE, ...told].join('\n')), setSession(sessionBehind(ctx, found))];
  }
  const total = found.length;
  const { page, last, shown } = pageOf(found, asked);
  const card = listCard(
    '还没有签收的请求',
    shown,
    { page, total, perPage: PER_PAGE },
    world.policies,
    ctx.now,
  );
  const buttons = [
    ...shown.map(({ number }) => ({ id: 'req-show', label: number, value: number })),
    ...(page < last ? [{ id: 'req-list', label: '下一页', value: `unsigned ${page + 1}` }] : []),
  ];
  const blocks = [...card.blocks, ...ruled];
  return [updateCard(ctx.update, { ...card, blocks, buttons }), setSession(sessionBehind(ctx, found))];
}
