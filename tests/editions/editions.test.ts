/** What the list office does to editions on disk, cut off at each step and done again. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '../../src/core/errors.js';
import type { Edition } from '../../src/core/domain.js';
import { createEditionService, type EditionService } from '../../src/editions/editions.js';
import { approveDraft, saveDraft, type StoredDraft } from '../../src/editions/drafts.js';
import type { EditionTools } from '../../src/editions/make-draft.js';
import { readEdition, readPointer, writeEdition, writePointer } from '../../src/editions/published.js';
import { START } from '../helpers/clock.js';
import { DIRECTORY } from '../helpers/request-world.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const [OLD, NEW] = ['11111111', '22222222'];
const CONTENT = { lists: [makeList()], rows: [makeRow()] };
const EDITION: Edition = { id: OLD, ...CONTENT, publishedAt: START, expected: null };
const DRAFT: StoredDraft = {
  ...{ id: NEW, base: OLD, lists: CONTENT.lists, rows: [makeRow({ matter: '新事项' })] },
  ...{ files: ['a.xlsx'], importedBy: '甲', importedAt: START, expected: null, lost: [] },
};
const BY = { by: '乙', now: START };

let dataDir: string;
let service: EditionService;
const serviceWith = (more: Partial<EditionTools> = {}) =>
  createEditionService({
    ...{ dataDir, knowledgeDir: dataDir, directory: DIRECTORY, calibrationKey: 'k1' },
    openKnowledge: () => Promise.reject(new Error('nothing is embedded here')),
    expect: () => Promise.reject(new Error('nothing is computed here')),
    check: () => undefined,
    ...more,
  });
const inForce = () =>
  readEdition(join(dataDir, 'editions', `${readPointer(dataDir)?.id ?? ''}.json`))?.edition;

beforeEach(async () => {
  dataDir = makeFolder();
  service = serviceWith();
  await writeEdition(dataDir, EDITION, 'k1');
  await writePointer(dataDir, { id: OLD, isImported: false, previous: '' });
  await saveDraft(dataDir, DRAFT);
});

describe('publishing that was cut off', () => {
  const steps: [string, () => Promise<unknown>][] = [
    ['before anything', () => Promise.resolve()],
    ['while the approval was written', () => half(join('drafts', `${NEW}.json.x.tmp`))],
    ['behind the approval', () => approveDraft(dataDir, NEW, BY)],
    [
      'while the edition was written',
      async () => {
        await approveDraft(dataDir, NEW, BY);
        await half(join('editions', `${NEW}.json.x.tmp`));
      },
    ],
    [
      'behind the edition',
      async () => {
        await approveDraft(dataDir, NEW, BY);
        await writeEdition(dataDir, { ...EDITION, id: NEW, rows: DRAFT.rows }, 'k1');
      },
    ],
    [
      'while the pointer was written',
      async () => {
        await approveDraft(dataDir, NEW, BY);
        await writeEdition(dataDir, { ...EDITION, id: NEW, rows: DRAFT.rows }, 'k1');
        await half(join('editions', 'current.x.tmp'));
      },
    ],
  ];
  const half = (name: string) => Promise.resolve(writeFileSync(join(dataDir, name), '{"for'));

  it.each(steps)('%s leaves the old edition, and is done when it is done again', async (_, reach) => {
    await reach();
    expect(inForce()).toEqual(EDITION);
    expect(service.list()).toMatchObject({ current: OLD, drafts: [{ id: NEW }] });
    await service.publish(NEW, BY);
    expect(inForce()).toMatchObject({ id: NEW, rows: [{ matter: '新事项' }] });
    expect(service.list()).toMatchObject({ current: NEW, previous: OLD, drafts: [] });
  });

  it('behind the pointer is the same when it is done again', async () => {
    await service.publish(NEW, BY);
    const pointer = readPointer(dataDir);
    await service.publish(NEW, BY);
    expect(readPointer(dataDir)).toEqual(pointer);
    expect(readdirSync(join(dataDir, 'editions')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('publishing', () => {
  it('by who made the draft is refused and changes nothing', async () => {
    await expect(service.publish(NEW, { ...BY, by: '甲' })).rejects.toThrow('另一人核准');
    expect([inForce()?.id, service.draft(NEW).approvedBy]).toEqual([OLD, undefined]);
  });

  it('of what no process could start with is refused', async () => {
    service = serviceWith({
      check: () => {
        throw new BotError('DATA', 'duties.yaml:0.rows.0');
      },
    });
    await expect(service.publish(NEW, BY)).rejects.toThrow('duties.yaml');
    expect(inForce()?.id).toBe(OLD);
    expect(existsSync(join(dataDir, 'editions', `${NEW}.json`))).toBe(false);
  });

  it('of two drafts at once puts one in force and refuses the other', async () => {
    await saveDraft(dataDir, { ...DRAFT, id: '33333333' });
    const ends = await Promise.allSettled([service.publish(NEW, BY), service.publish('33333333', BY)]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(readPointer(dataDir)).toMatchObject({ id: NEW, previous: OLD });
  });
});

describe('taking back', () => {
  it('is a draft that a second person approves, however often the work is repeated', async () => {
    await service.publish(NEW, BY);
    await service.takeBack({ by: '乙', now: START + 1 });
    await service.takeBack({ by: '乙', now: START + 1 });
    expect(inForce()?.id).toBe(NEW);
    await expect(service.publish(OLD, BY)).rejects.toThrow('另一人核准');
    await service.publish(OLD, { by: '甲', now: START + 2 });
    await service.publish(OLD, { by: '甲', now: START + 3 });
    expect(inForce()).toMatchObject({ id: OLD, rows: EDITION.rows });
    expect(readPointer(dataDir)).toMatchObject({ id: OLD, previous: NEW });
  });

  it('has nothing to go back to at first', async () => {
    await expect(service.takeBack(BY)).rejects.toThrow('没有可以退回的版次');
  });
});

describe('a kept file', () => {
  const none = { stated: {}, corrections: {} };
  const csv = { name: '../清单.csv', bytes: new TextEncoder().encode('a,b\n1,2\n'), remarks: none };
  it('is found by its id alone, and gone when it was dropped', async () => {
    const { id, reading } = await service.preview(csv, BY);
    expect(reading.problems[0]?.message).toContain('没有找到清单表格');
    await expect(service.makeDraft(id, BY)).rejects.toThrow('文件有问题');
    await service.drop(id, BY.by);
    await expect(service.makeDraft(id, BY)).rejects.toThrow('重新发送文件');
    await expect(service.makeDraft('../current', BY)).rejects.toThrow('重新发送文件');
  });

  it('of another person is not read again', async () => {
    await service.preview(csv, BY);
    await expect(service.previewAgain(none, { ...BY, by: '丙' })).rejects.toThrow('没有待导入的文件');
    expect((await service.previewAgain(none, BY)).reading.file).toBe(csv.name);
  });
});
