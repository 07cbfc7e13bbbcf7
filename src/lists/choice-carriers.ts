/** "云岭那边是谁负责" while rows are offered: of each who carries it there, and the choice goes on. */
import type { Block, Button, Card } from '../core/card.js';
import { BOUND_ONLY, carrierLines, choiceCard } from './answer.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';
import type { Asker } from './row-parts.js';

export function choiceCarriersCard(
  entries: IndexedRow[],
  knowledge: Knowledge,
  there: Asker,
  extra: Button[],
): Card {
  const { township = '' } = there;
  const intro = `还不能确定是哪一项,各项在${township}的承办如下。请点选或回复序号:`;
  const card = choiceCard(`${township}:找谁`, intro, entries, extra);
  const [said, ...lines] = card.blocks;
  const blocks = lines.flatMap((line, i): Block[] => {
    const entry = entries[i];
    const carriers = entry ? carrierLines(entry, knowledge, there) : [];
    const told = carriers.length > 0 ? carriers : ['名录中没有登记承办岗位'];
    return there.seesPeople
      ? [line, ...told.map((text): Block => ({ kind: 'field', label: '承办', text }))]
      : [line];
  });
  const bound: Block[] = there.seesPeople ? [] : [{ kind: 'text', text: BOUND_ONLY }];
  return { ...card, blocks: [...(said ? [said] : []), ...blocks, ...bound] };
}
