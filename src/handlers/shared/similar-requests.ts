/** Open requests that a new one may be about as well: the second caller of one pothole joins the first. */
import type { Card } from '../../core/card.js';
import { isRestricted, type Request } from '../../core/request.js';
import type { Context } from '../../core/types.js';
import { nameSimilarity } from '../../organizations/names.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { shorten } from '../../text/shorten.js';

/** Open requests of the same unit that are compared with a new one, and how alike they must be. */
const COMPARED = 200;
const ALIKE = 0.5;
const SIMILAR_SHOWN = 3;

export async function similarTo(
  ctx: Context,
  draft: Draft,
  actor: Actor,
  world: RequestWorld,
): Promise<Request[]> {
  // Whoever files must not learn what others filed of people.
  if (isRestricted(draft)) return [];
  const lead = draft.lead || world.policies[draft.kind].listOffice;
  const { requests } = await ctx.read.findRequests(
    { assignedTo: lead, isOpen: true, kind: draft.kind },
    { offset: 0, limit: COMPARED },
  );
  return requests
    .map((request) => ({ request, likeness: likeness(request, draft) }))
    .filter(({ likeness: value }) => value >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SIMILAR_SHOWN)
    .map(({ request }) => request);
}

/** By the words; one row and one place are likeness enough. */
function likeness(request: Request, draft: Draft): number {
  const words = nameSimilarity(request.text, draft.text);
  const isSamePlace = draft.place !== '' && nameSimilarity(request.place, draft.place) >= ALIKE;
  const isSameRow = draft.evidence !== null && request.evidence?.matter === draft.evidence.matter;
  return Math.max(words, isSamePlace && isSameRow ? 1 : 0);
}

export function similarCard(similar: Request[]): Card {
  return {
    title: '已有相近的在办请求',
    blocks: [
      { kind: 'text', text: '如果是同一件事,请加入该请求:时限和评价仍按贵单位单独计算。' },
      ...similar.map(({ number, callers, text, place }) => ({
        kind: 'field' as const,
        label: number,
        text: [callers.map((c) => c.organization).join('、'), place, shorten(text, 40)]
          .filter(Boolean)
          .join(' · '),
      })),
    ],
    buttons: [
      ...similar.map(({ number }) => ({ id: 'draft-join', label: `加入 ${number}`, value: number })),
      { id: 'draft-anyway', label: '不是同一件,仍然提交', style: 'primary' as const },
      { id: 'draft-drop', label: '放弃' },
    ],
  };
}
