/** Which row a text is nearest to, by the encoder and the bank, before anything generated counts. */
import { BotError } from '../../core/errors.js';
import type { Edition, Row } from '../../core/domain.js';
import { rowKey } from '../../core/domain.js';
import { SAME_MATTER } from '../../lists/decide.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { EditionContent } from '../diff.js';

/** All lists seen by everybody, and rows without what was generated: one order of batches is as good as another. */
export async function createNearerRow(
  content: EditionContent,
  openKnowledge: (edition: Edition) => Promise<Knowledge>,
): Promise<(text: string, row: Row) => Promise<Row | null>> {
  const { index, search } = await openKnowledge({
    id: 'phrasings',
    lists: content.lists.map((list) => ({ ...list, scope: { county: list.scope.county } })),
    rows: content.rows.map(({ generated: _, ...row }) => row),
    publishedAt: 0,
    expected: null,
  });
  return async (text, row) => {
    const county = content.lists.find(({ id }) => id === row.listId)?.scope.county;
    const [best] = (await search(text, { county })).sort((a, b) => b.dense - a.dense);
    if (!best || best.dense <= 0)
      throw new BotError(
        'DATA',
        '没有语义模型,无法核对问法,未作任何更改。处理办法:请管理员检查 ENCODER_DIR 后重试。',
      );
    const found = best.entry.row;
    if (rowKey(found) === rowKey(row)) return null;
    const own = index.positionOf(`phrasings/${rowKey(row)}`);
    const isSameMatter =
      found.listId !== row.listId &&
      index.rowSimilarity(index.positionOf(best.entry.ref), own) >= SAME_MATTER;
    return isSameMatter ? null : found;
  };
}
