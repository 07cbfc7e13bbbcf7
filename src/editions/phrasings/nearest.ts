/** Which row a text is nearest to, by the encoder and the bank, before anything generated counts. */
import { rowKey, type Edition, type Row } from '../../core/domain.js';
import { BotError } from '../../core/errors.js';
import { SAME_MATTER } from '../../lists/decide.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { EditionContent } from '../diff.js';

/**
 * By how much another row may be nearer. The sample rows' own phrasings, written by people, given to their row, to a row
 * drawn from its list and to the row that is likest to it: with 0 taken in 0.69, 0.001 and 0.03; with 0.03 in 0.82, 0.004
 * and 0.10; with 0.06 in 0.91, 0.02 and 0.20.
 */
const TOLERANCE = 0.03;

/**
 * The rows that it is compared with are those that are seen together: of all lists of the county, or of the one list of a
 * township or class, which repeats their matters in other words. Without what was generated: one order of batches is as
 * good as another.
 */
export function createNearerRow(
  content: EditionContent,
  openKnowledge: (edition: Edition) => Promise<Knowledge>,
): (text: string, row: Row) => Promise<Row | null> {
  const listById = new Map(content.lists.map((list) => [list.id, list]));
  const isWide = (listId: string): boolean => {
    const scope = listById.get(listId)?.scope;
    return !scope?.township && !scope?.townshipClass;
  };
  const opened = new Map<string, Promise<Knowledge>>();
  const open = (key: string): Promise<Knowledge> => {
    const isHere = ({ id }: { id: string }) => (key === '' ? isWide(id) : id === key);
    const lists = content.lists.filter(isHere);
    const knowledge = openKnowledge({
      id: 'phrasings',
      lists: lists.map((list) => ({ ...list, scope: { county: list.scope.county } })),
      rows: content.rows
        .filter(({ listId }) => isHere({ id: listId }))
        .map(({ generated: _, ...row }) => row),
      publishedAt: 0,
      expected: null,
    });
    opened.set(key, knowledge);
    return knowledge;
  };

  return async (text, row) => {
    const key = isWide(row.listId) ? '' : row.listId;
    const { index, search } = await (opened.get(key) ?? open(key));
    const county = listById.get(row.listId)?.scope.county;
    const found = (await search(text, { county })).sort((a, b) => b.dense - a.dense);
    if ((found[0]?.dense ?? 0) <= 0)
      throw new BotError(
        'DATA',
        '没有语义模型,无法核对问法,未作任何更改。处理办法:请管理员检查 ENCODER_DIR 后重试。',
      );
    const own = index.positionOf(`phrasings/${rowKey(row)}`);
    const mine = found.find(({ entry }) => rowKey(entry.row) === rowKey(row))?.dense ?? -1;
    const [best] = found;
    if (!best || best.dense <= mine + TOLERANCE) return null;
    const other = best.entry.row;
    // A twin that is nearer than all others speaks for the row.
    const isTwin =
      other.listId !== row.listId &&
      index.rowSimilarity(index.positionOf(best.entry.ref), own) >= SAME_MATTER;
    return isTwin ? null : other;
  };
}
