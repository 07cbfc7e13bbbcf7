/** Real processes: one that answers while an edition is published beside it, and one that is killed while it publishes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/core/domain.js';
import { publishDraft, saveDraft } from '../../src/editions/drafts.js';
import {
  editionFile,
  readEdition,
  readPointer,
  writeEdition,
  writePointer,
} from '../../src/editions/published.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const SLOW_MS = 300_000;
const KILLS = 12;

describe('a running bot', { timeout: SLOW_MS }, () => {
  it('answers from the edition that was published meanwhile, without a restart', async () => {
    const DATA_DIR = makeFolder();
    const { PATH } = process.env;
    const child = spawn(process.execPath, ['dist/src/main.js'], {
      env: { NODE_ENV: 'test', DATA_DIR, LOG_LEVEL: 'debug', ...(PATH && { PATH }) },
    });
    let out = '';
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
    const until = async (stream: NodeJS.ReadableStream, isThere: () => boolean) => {
      while (!isThere()) await once(stream, 'data');
    };
    const answerTo = async (text: string): Promise<string> => {
      out = '';
      child.stdin.write(`${text}\n`);
      await until(child.stdout, () => out.includes('出处'));
      return out;
    };
    try {
      expect(await answerTo('路灯坏了归谁管')).toContain('主体责任 县住房和城乡建设局');
      const { id: base = '' } = readPointer(DATA_DIR) ?? {};
      const stored = readEdition(editionFile(DATA_DIR, base));
      const { lists = [], rows = [] } = stored?.edition ?? {};
      const duty = { unit: '县水利局', duty: '负责路灯。' };
      const changed = rows.map((row) =>
        row.listId === 'territorial-1' && row.number === '36' ? { ...row, lead: [duty] } : row,
      );
      const draft = { id: 'abcdef01', base, lists, rows: changed, files: [], importedBy: '甲' };
      await saveDraft(DATA_DIR, { ...draft, importedAt: START, expected: null, lost: [], approvedBy: '乙' });
      await publishDraft(DATA_DIR, draft.id, { calibrationKey: stored?.calibration ?? '', now: START });
      await until(child.stderr, () => log.includes('edition in force'));
      expect(await answerTo('路灯坏了归谁管')).toContain('主体责任 县水利局');
    } finally {
      child.stdin.end();
      await once(child, 'close');
    }
  });
});

/** Publishes and takes back without end; tells when it has begun. */
const WORKER = `
  const { approveDraft, publishDraft, draftOfPrevious } = await import(process.argv[1]);
  const dir = process.argv[2];
  let id = 'bbbbbbbb';
  console.log('begun');
  for (let n = 0; ; n++) {
    await approveDraft(dir, id, { by: 'b', now: n });
    await publishDraft(dir, id, { calibrationKey: 'k', now: n });
    id = (await draftOfPrevious(dir, { by: 'a', now: n })).id;
  }`;

describe('a process that is killed while it publishes', { timeout: SLOW_MS }, () => {
  it('leaves one edition in force, whole, every time', async () => {
    const content = { lists: [makeList()], rows: Array.from({ length: 300 }, () => makeRow()) };
    const edition: Edition = { id: 'aaaaaaaa', ...content, publishedAt: START, expected: null };
    for (let kill = 0; kill < KILLS; kill++) {
      const dir = makeFolder();
      await writeEdition(dir, edition, 'k');
      await writePointer(dir, { id: edition.id, isImported: false, previous: '' });
      await saveDraft(dir, {
        ...{ id: 'bbbbbbbb', base: edition.id, ...content, files: [], importedBy: 'a' },
        ...{ importedAt: START, expected: null, lost: [] },
      });
      const module = join(process.cwd(), 'dist/src/editions/drafts.js');
      const child = spawn(process.execPath, ['--input-type=module', '-e', WORKER, module, dir]);
      await once(child.stdout, 'data');
      // As long as some reads of the folder take: another moment each time.
      for (let reads = 0; reads < kill * 40; reads++) readPointer(dir);
      child.kill('SIGKILL');
      await once(child, 'close');
      const id = readPointer(dir)?.id ?? '';
      expect(readEdition(editionFile(dir, id))?.edition).toMatchObject({ id, ...content });
    }
  });
});
