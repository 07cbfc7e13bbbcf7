/** A ruling beside an answer: precedent for what the lists do not say. */
import { replyCard } from '../../core/effects.js';
import type { Ruling } from '../../core/request.js';
import type { Effect } from '../../core/types.js';
import { precedentBlock } from '../../lists/precedents.js';

/** The ruling stands beside what the lists say, before where it was read. */
export function cite(effect: Effect, ruling: Ruling): Effect {
  if (effect.kind !== 'reply' || !('card' in effect.reply)) return effect;
  const { card } = effect.reply;
  const at = card.blocks.findIndex((block) => block.kind === 'source');
  return replyCard({
    ...card,
    blocks: card.blocks.toSpliced(at < 0 ? card.blocks.length : at, 0, precedentBlock(ruling)),
  });
}
