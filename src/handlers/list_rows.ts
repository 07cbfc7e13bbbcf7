/** "生态环境领域一共几项": the complete count and the rows, page by page. */
import type { Block, Card } from '../core/card.js';
import { replyText, setSession, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { askerOf, type Asker } from '../lists/answer.js';
import type { Knowledge } from '../lists/knowledge.js';
import { describeFilter, filterRows, parseListing, type RowFilter } from '../lists/structured.js';
import { answerFromLists } from './ask_responsibility.js';
import { replyOf, type HandlerDeps } from './deps.js';

const PAGE_SIZE = 10;

export function createListRows(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const asker = askerOf(ctx.person, knowledge);
    if (ctx.match.slots['action'] === 'page') {
      const filter = ctx.session?.listing?.filter as RowFilter | undefined;
      if (!filter) return [replyText(replyOf(deps.intents, 'list_rows', 'outdated'))];
      return show(ctx, knowledge, asker, filter, Number(ctx.match.slots['value']) || 0);
    }
    const visible = knowledge.index.entries.filter((e) => knowledge.index.isVisible(e, asker));
    const domains = [...new Set(visible.map((e) => e.row.domain))];
    const parsed = parseListing(ctx.text, knowledge.directory, domains);
    if (parsed) return show(ctx, knowledge, asker, parsed.filter, 0);
    return (
      (await answerFromLists(ctx, knowledge, asker)) ?? [
        replyText(replyOf(deps.intents, 'list_rows', 'unclear')),
      ]
    );
  };
}

function show(ctx: Context, knowledge: Knowledge, asker: Asker, filter: RowFilter, page: number): Effect[] {
  const { index } = knowledge;
  const entries = filterRows(
    index.entries.filter((e) => index.isVisible(e, asker)),
    filter,
  );
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
      text: `版次:${[...new Set(entries.map((e) => e.list.editionLabel))].join('、') || knowledge.edition.id}`,
    },
  ];
  const card: Card = {
    title: describeFilter(filter),
    blocks,
    buttons: at + 1 < pages ? [{ id: 'page', label: '下一页', value: String(at + 1) }] : [],
  };
  return [
    updateCard(ctx.update, card),
    setSession({
      updatedAt: ctx.now,
      offered: shown.map((e) => e.ref),
      isChoosing: false,
      listing: { filter: { ...filter }, page: at },
    }),
  ];
}
