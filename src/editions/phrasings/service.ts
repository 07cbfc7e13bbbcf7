/** Phrasings in chat: the batches for a model, its answer, or a model asked here. */
import type { EditionContent } from '../diff.js';
import { listDrafts, mayAddTo, type StoredDraft } from '../drafts.js';
import type { DraftReport, EditionTools } from '../make-draft.js';
import { foldGenerated, loadPhrasings } from './accepted.js';
import { renderMarkdown } from './batches.js';
import { generatedText, generatePhrasings, rowsToAsk } from './generate.js';
import { readPhrasingFile } from './read-file.js';
import { takenText } from './report.js';
import { createTakePhrasings } from './take.js';

type By = { by: string; account?: string };
/** `said`: what was taken and what was not. `report` is null where nothing was taken. */
export type PhrasingsTaken = { said: string; report: DraftReport | null };

export type PhrasingService = {
  canGenerate: boolean;
  /** What a model is to be asked; null where every row has enough. */
  batches(by: By): { name: string; content: string; rows: number } | null;
  take(file: { name: string; bytes: Uint8Array }, by: By, draft: MakeDraft): Promise<PhrasingsTaken>;
  generate(by: By, draft: MakeDraft): Promise<PhrasingsTaken>;
};
export type MakeDraft = (from: StoredDraft | null, files: string[]) => Promise<DraftReport>;

/** Calls for one request in chat: what is left is asked for again. */
const CALLS = 60;

export function createPhrasingService(
  tools: EditionTools,
  current: () => EditionContent & { id: string },
): PhrasingService {
  const { dataDir, writer } = tools;
  const sourceOf = (by: By) => {
    const { id, lists, rows } = current();
    const draft =
      listDrafts(dataDir).find((it) => it.base === id && it.id !== id && mayAddTo(it, by)) ?? null;
    const content = { id: draft?.id ?? id, lists: draft?.lists ?? lists, rows: draft?.rows ?? rows };
    return { draft, content: foldGenerated(content, loadPhrasings(dataDir)) };
  };

  return {
    canGenerate: writer !== undefined,
    batches(by) {
      const { content } = sourceOf(by);
      const rows = rowsToAsk(dataDir, content, content.rows);
      return rows.length === 0
        ? null
        : {
            ...{ name: `问法-${content.id}.md`, rows: rows.length },
            content: renderMarkdown(rows, content.id),
          };
    },
    async take({ name, bytes }, by, makeDraft) {
      const { draft, content } = sourceOf(by);
      const { proposals, unread } = await readPhrasingFile(name, bytes, content.rows);
      const checked = await createTakePhrasings(tools, content)(proposals);
      const isTaken = checked.accepted.length > 0;
      return {
        said: takenText(checked, unread),
        report: isTaken ? await makeDraft(draft, [name]) : null,
      };
    },
    async generate(by, makeDraft) {
      const { draft, content } = sourceOf(by);
      if (!writer) return { said: '没有设置语言模型。请发送“导出问法”,在别处生成。', report: null };
      const result = await generatePhrasings({
        ...{ dataDir, content, rows: content.rows, budget: CALLS },
        ...{ ask: writer.ask, wait: writer.wait, take: createTakePhrasings(tools, content) },
      });
      const said = [takenText(result, result.unread), ...generatedText(result)].join('\n');
      const isTaken = result.accepted.length > 0;
      return { said, report: isTaken ? await makeDraft(draft, ['生成问法']) : null };
    },
  };
}
