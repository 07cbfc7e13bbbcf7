import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FolderLists } from '../../src/editions/folder.js';
import {
  approveDraft,
  listDrafts,
  loadDraft,
  publishDraft,
  rollBack,
  saveDraft,
  type StoredDraft,
} from '../../src/editions/drafts.js';
import { openEdition, readPointer } from '../../src/editions/published.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const FIGURES = { answered: 0.8, right: 0.95, falseRate: 0.02 };
const FOLDER: FolderLists = { id: '11111111', lists: [makeList()], rows: [makeRow()], problems: [] };
const DRAFT: StoredDraft = {
  ...{
    id: '22222222',
    base: '11111111',
    lists: [makeList()],
    rows: [makeRow({ matter: '新事项' })],
    files: ['a.xlsx'],
  },
  ...{ importedBy: '甲', importedAt: START, expected: FIGURES, lost: [] },
};

let dataDir: string;
const open = (draft = FOLDER, more: { calibrationKey?: string; isFolderForced?: boolean } = {}) =>
  openEdition({
    ...{ draft, dataDir, prebuiltDir: dataDir, calibrationKey: 'k1', now: START },
    expect: () => Promise.resolve(FIGURES),
    ...more,
  });
const publish = (id = DRAFT.id) => publishDraft(dataDir, id, { calibrationKey: 'k1', now: START });

beforeEach(async () => {
  dataDir = makeFolder();
  await open();
  await saveDraft(dataDir, DRAFT);
});

describe('a draft', () => {
  it('changes nothing that is answered from', async () => {
    expect((await open()).edition.id).toBe('11111111');
    expect(listDrafts(dataDir)).toEqual([DRAFT]);
  });

  it('is approved by another person than imported it', async () => {
    await expect(approveDraft(dataDir, DRAFT.id, { by: '甲', now: START })).rejects.toThrow('另一人核准');
    await expect(publish()).rejects.toThrow('还没有核准');
    expect(await approveDraft(dataDir, DRAFT.id, { by: '乙', now: START })).toMatchObject({
      approvedBy: '乙',
    });
  });

  it('is not approved before its figures are there', async () => {
    await saveDraft(dataDir, { ...DRAFT, expected: null, isUnmeasured: true });
    await expect(approveDraft(dataDir, DRAFT.id, { by: '乙', now: START })).rejects.toThrow('还没有算完');
    expect(loadDraft(dataDir, DRAFT.id).approvedBy).toBeUndefined();
  });

  it('of an unknown id is refused with where to look', () => {
    for (const id of ['33333333', '../../etc', ''])
      expect(() => loadDraft(dataDir, id)).toThrow('editions -- list');
  });
});

describe('a published draft', () => {
  beforeEach(async () => {
    await approveDraft(dataDir, DRAFT.id, { by: '乙', now: START });
    await publish();
  });

  it('is in force instead of the folder, until the folder is published again', async () => {
    expect((await open()).edition).toMatchObject({
      id: '22222222',
      rows: [{ matter: '新事项' }],
      expected: FIGURES,
    });
    expect((await open(FOLDER, { isFolderForced: true })).edition.id).toBe('11111111');
    expect((await open()).edition.id).toBe('11111111');
  });

  it('keeps its rows when its figures are computed anew for other coefficients', async () => {
    const { edition } = await open(FOLDER, { calibrationKey: 'k2' });
    expect(edition).toMatchObject({ id: '22222222', rows: [{ matter: '新事项' }] });
  });

  it('is taken back, and put in force again, each by one step', async () => {
    expect((await rollBack(dataDir)).id).toBe('11111111');
    expect((await open()).edition.id).toBe('11111111');
    expect((await rollBack(dataDir)).id).toBe('22222222');
  });

  it('may be published twice without losing the way back', async () => {
    await publish();
    expect(readPointer(dataDir)).toEqual({ id: '22222222', isImported: true, previous: '11111111' });
  });

  it('leaves no room for a draft of an older edition', async () => {
    await saveDraft(dataDir, { ...DRAFT, id: '44444444', approvedBy: '乙' });
    await expect(publish('44444444')).rejects.toThrow('重新导入');
  });
});

describe('an edition in force that cannot be read any more', () => {
  it('is said, and the one before answers instead of the folder', async () => {
    await approveDraft(dataDir, DRAFT.id, { by: '乙', now: START });
    await publish();
    writeFileSync(join(dataDir, 'editions', '22222222.json'), '{"for');
    const other: FolderLists = { ...FOLDER, id: '55555555' };
    const { edition, problems } = await open(other);
    expect(edition.id).toBe('11111111');
    expect(problems).toEqual([expect.stringContaining('读不到版次 22222222')]);
    expect(readPointer(dataDir)?.id).toBe('22222222');
  });
});

describe('a process that dies', () => {
  const pointerFile = () => join(dataDir, 'editions', 'current');
  it('between edition and pointer leaves the old edition in force', async () => {
    await approveDraft(dataDir, DRAFT.id, { by: '乙', now: START });
    const before = readFileSync(pointerFile(), 'utf8');
    await publish();
    writeFileSync(pointerFile(), before);
    expect(existsSync(join(dataDir, 'editions', '22222222.json'))).toBe(true);
    expect((await open()).edition.id).toBe('11111111');
  });

  it('while it writes leaves half a file that nobody reads', async () => {
    writeFileSync(join(dataDir, 'drafts', '22222222.json.tmp'), '{"form');
    writeFileSync(`${pointerFile()}.tmp`, '222');
    expect(listDrafts(dataDir)).toEqual([DRAFT]);
    expect((await open()).edition.id).toBe('11111111');
  });
});
