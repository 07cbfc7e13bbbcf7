/** A draft can be read before its figures are computed, and is whole or marked whenever an import ends. */
import { describe, expect, it } from 'vitest';
import type { Edition, Expected } from '../../src/core/domain.js';
import { draftCard } from '../../src/editions/edition-card.js';
import { listDrafts } from '../../src/editions/drafts.js';
import { contentHash } from '../../src/editions/folder.js';
import { NO_REMAP } from '../../src/editions/import/tables.js';
import { readListFile } from '../../src/editions/import/read-file.js';
import { makeDraft, readableText, reportText, type EditionTools } from '../../src/editions/make-draft.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { CONTENT, takeWorld } from '../helpers/phrasings.js';
import { DIRECTORY } from '../helpers/request-world.js';
import { workbook } from '../helpers/workbook.js';

const { lists, rows } = CONTENT;
const CURRENT: Edition = { id: contentHash(lists, rows), ...CONTENT, publishedAt: START, expected: null };
const FIGURES: Expected = { answered: 0.8, right: 0.9, falseRate: 0.01 };
const BYTES = workbook([
  {
    name: '甲',
    rows: [
      ['序号', '类别', '事项名称', '主体责任单位', '主体责任'],
      [1, '公安', '养犬登记', '县公安局', '办理养犬登记。'],
    ],
  },
]);

async function importInto(
  dataDir: string,
  expectIt: EditionTools['expect'] = () => Promise.resolve(FIGURES),
  onReadable: Parameters<typeof makeDraft>[1]['onReadable'] = () => undefined,
) {
  const { tools } = takeWorld(dataDir);
  const reading = await readListFile('甲.xlsx', BYTES, {
    ...{ kind: 'territorial', directory: DIRECTORY, remap: NO_REMAP },
  });
  return makeDraft(
    { ...{ ...tools, knowledgeDir: dataDir, calibrationKey: 'k' }, expect: expectIt, check: () => undefined },
    { readings: [reading], stated: {}, current: CURRENT, by: '甲', now: START, notes: [], onReadable },
  );
}
const cut = () => Promise.reject(new Error('cut off'));

describe('a draft under way', () => {
  it('can be read, and is marked, before anything is embedded', async () => {
    const dataDir = makeFolder();
    const seen: string[] = [];
    const report = await importInto(dataDir, undefined, (readable) => {
      const [stored] = listDrafts(dataDir);
      expect(stored).toEqual({ ...readable.draft, isUnmeasured: true });
      if (!stored) throw new Error('no draft');
      const view = { draft: stored, current: CURRENT, asked: null, now: START, mayApprove: true, next: '' };
      const card = draftCard(view);
      expect(card.buttons.map(({ id }) => id)).not.toContain('edition-go');
      expect(JSON.stringify(card)).toContain('算完才能批准');
      seen.push(readableText(readable));
    });
    expect(seen.join()).toContain(`草稿 ${report.draft?.id ?? ''}:`);
    expect(seen.join()).toContain('养犬登记');
    const [whole] = listDrafts(dataDir);
    expect(whole).toEqual(report.draft);
    expect(whole).not.toHaveProperty('isUnmeasured');
    expect(whole?.expected).toEqual(FIGURES);
    const rest = reportText(report, { isContentSaid: true });
    expect(rest).toContain('预计');
    expect(rest).not.toContain('养犬登记');
  });

  it('stays marked where the import was cut off, and is whole when it is done again', async () => {
    const dataDir = makeFolder();
    await expect(importInto(dataDir, cut)).rejects.toThrow('cut off');
    expect(listDrafts(dataDir)).toMatchObject([{ isUnmeasured: true, expected: null }]);
    await importInto(dataDir);
    expect(listDrafts(dataDir)).toMatchObject([{ expected: FIGURES }]);
  });

  it('leaves a whole draft of the same content as it is until it is whole itself', async () => {
    const dataDir = makeFolder();
    await importInto(dataDir);
    await expect(importInto(dataDir, cut)).rejects.toThrow('cut off');
    expect(listDrafts(dataDir)).toMatchObject([{ expected: FIGURES }]);
  });
});
