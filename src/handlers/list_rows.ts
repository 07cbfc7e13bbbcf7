/** "生态环境领域一共几项": the complete count and the rows, page by page. */
import type { Block, Card } from '../core/card.js';
import { replyText, setSession, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { type Asker } from '../lists/row-parts.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import { describeFilter, filterRows, parseListing, type RowFilter } from '../lists/structured.js';
import { isOfKind } from '../nlu/actions.js';
import { tokenOf } from '../text/token.js';
import { answerFromLists } from './ask_responsibility.js';
import { repliesOf, type HandlerDeps } from './deps.js';

const PAGE_SIZE = 10;

export const LIST_ROWS_REPLIES = ['outdated', 'unclear'] as const;

export function createListRows(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'list_rows', LIST_ROWS_REPLIES);
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const asker = askerOf(ctx.person, knowledge);
    const { directory, index } = knowledge;
    if (ctx.match.slots['action'] === 'page') {
      const listing = ctx.session?.listing;
      const [page = '', token] = (ctx.match.slots['value'] ?? '').split(' ');
      // Somebody else's card, or an older one of one's own: its filter is not the one remembered.
      if (!listing || (token !== undefined && token !== tokenOfFilter(listing.filter)))
        return [replyText(reply('outdated'))];
      return show(ctx, knowledge, asker, listing.filter, isOfKind('page', page) ? Number(page) : 0);
    }
    const domains = [...new Set(index.entries.map((e) => e.row.domain))];
    const parsed = parseListing(
      ctx.text,
      directory,
      domains,
      asker.township ? null : (ctx.person?.organization ?? null),
    );
    if (parsed)
      return show(
        ctx,
        knowledge,
        asker,
        { ...parsed.filter, ...(parsed.township && { township: parsed.township }) },
        0,
      );
    return (await answerFromLists({ ctx, knowledge, asker })) ?? [replyText(reply('unclear'))];
  };
}

/** Names a filter in the button that turns its page. */
const tokenOfFilter = (filter: Record<string, string>): string =>
  tokenOf(JSON.stringify(Object.entries(filter).sort()));

/** The named township's lists, one's own, or, for county staff, all of them. */
function visibleRows(knowledge: Knowledge, asker: Asker, township: string | undefined): IndexedRow[] {
  const { index, directory } = knowledge;
  const meant = township ?? asker.township;
  if (meant === undefined) return index.entries;
  const organization = directory.organizations.find((o) => o.name === meant);
  const scope = { county: asker.county, township: meant, townshipClass: organization?.townshipClass };
  return index.entries.filter((e) => index.isVisible(e, scope));
}

function show(
  ctx: Context,
  knowledge: Knowledge,
  asker: Asker,
  kept: Record<string, string>,
  page: number,
): Effect[] {
  const { township, ...filter } = kept;
  const entries = filterRows(visibleRows(knowledge, asker, township), filter as RowFilter);
  const pages = Math.max(1, Math.ceil(entries.length / PAGE_SIZE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = entries.slice(at * PAGE_SIZE, (at + 1) * PAGE_SIZE);
  const perList = new Map<string, number>();
  for (const { list } of entries) perList.set(list.title, (perList.get(list.title) ?? 0) + 1);
  const blocks: Block[] = [
    { kind: 'text', text: `共 ${entries.length} 项${pages > 1 ? `,第 ${at + 1}/${pages} 页` : ''}。` },
    ...shown.map((e, i): Block => ({
      kind: 'text',
      text: `${at * PAGE_SIZE + i + 1}. ${e.row.matter}(${[...new Set(e.row.lead.map((l) => l.unit))].join('、') || '乡镇(街道)'};${e.list.batch ?? e.list.title} 第${e.row.number}项)`,
    })),
    ...[...perList].map(([title, count]): Block => ({
      kind: 'source',
      text: `出处:《${title}》${count} 项`,
    })),
    {
      kind: 'source',
      text: `版次:${[...new Set(knowledge.edition.lists.map((l) => l.editionLabel))].join('、')}`,
    },
  ];
  const title = [township, describeFilter(filter as RowFilter)].filter(Boolean).join(' · ') || '全部清单';
  const card: Card = {
    title,
    blocks,
    buttons:
      at + 1 < pages ? [{ id: 'page', label: '下一页', value: `${at + 1} ${tokenOfFilter(kept)}` }] : [],
  };
  return [
    updateCard(ctx.update, card),
    setSession({
      updatedAt: ctx.now,
      offered: shown.map((e) => e.ref),
      isChoosing: false,
      listing: { filter: kept, page: at },
    }),
  ];
}
