/** What a model or a person wrote, checked and kept for the next draft. */
import type { Edition } from '../../core/domain.js';
import type { Directory } from '../../organizations/directory.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { EditionContent } from '../diff.js';
import { addAccepted, foldGenerated, isStruckIn, loadPhrasings, savePhrasings } from './accepted.js';
import { checkProposals, type Checked, type Proposal } from './checks.js';
import { createNearerRow } from './nearest.js';

export type TakeTools = {
  dataDir: string;
  directory: Directory;
  openKnowledge(edition: Edition): Promise<Knowledge>;
};
type Options = { onProgress?: (done: number, total: number) => void; isDryRun?: boolean };

export type TakePhrasings = (proposals: Proposal[], options?: Options) => Promise<Checked>;

/** Opened once for any number of batches of one edition or draft; each batch that is taken is on disk behind it. */
export function createTakePhrasings(tools: TakeTools, content: EditionContent): TakePhrasings {
  const { dataDir, directory, openKnowledge } = tools;
  const nearerRow = createNearerRow(content, openKnowledge);
  return async (proposals, { onProgress, isDryRun = false } = {}) => {
    const stored = loadPhrasings(dataDir);
    const { lists, rows } = foldGenerated(content, stored);
    const checked = await checkProposals(proposals, {
      ...{ lists, rows, directory, nearerRow, isStruck: isStruckIn(stored, lists) },
      ...(onProgress && { onProgress }),
    });
    if (isDryRun || checked.accepted.length === 0) return checked;
    // As it is now: the 编办 may have struck something meanwhile.
    const now = loadPhrasings(dataDir);
    addAccepted(now, lists, checked.accepted);
    await savePhrasings(dataDir, now);
    return checked;
  };
}
