/** The script as the list office's operator runs it, beside a bot that holds the store. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listDrafts } from '../../src/editions/drafts.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import type { Note } from '../../src/core/note.js';
import type { Change } from '../../src/core/store.js';

const BUILD_MS = 300_000;

function run(dataDir: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const env = { NODE_ENV: 'test', DATA_DIR: dataDir, ...(PATH && { PATH }), ...(HOME && { HOME }) };
  return spawnSync(process.execPath, ['dist/scripts/notes.js', ...args], { env, encoding: 'utf8' });
}

const change = (topic: Note['topic'], text: string, more: Partial<Note> = {}): Change => ({
  kind: 'note',
  note: { at: START, topic, text, rows: [], edition: 'e', ...more },
});

describe('notes', { timeout: BUILD_MS }, () => {
  it('shows remarks by meaning and makes a draft of what was accepted', async () => {
    const dataDir = makeFolder();
    const store = await openLowdbStore(join(dataDir, 'store'));
    await store.commit([
      change('chosen-instead', '路灯不亮谁来修', { rows: ['e/territorial-1/36'] }),
      change('chosen-instead', '路灯不亮了哪家修', { rows: ['e/territorial-1/36'] }),
      change('verdict', '马路边的灯黑了咋整', {
        verdict: {
          ...{ kind: 'phrasing', row: 'territorial-1/36', matter: '城乡路灯等照明设施管护' },
          phrasings: ['马路边的灯黑了咋整'],
        },
      }),
      change('verdict', '管水的不来', { verdict: { kind: 'alias', unit: '县水利局', alias: '管水的' } }),
    ]);
    try {
      expect(run(dataDir).stdout).toContain('选定事项,路灯不亮谁来修,e/territorial-1/36,e');
      expect(run(dataDir, '--clusters').stdout).toBe(
        '2 条相近的问题,例如“路灯不亮谁来修”:常被改选为第36项“城乡路灯等照明设施管护” 2 条\n  “路灯不亮了哪家修”\n',
      );
      const draft = run(dataDir, '--draft', '--by', '甲');
      expect(draft.stdout).toContain('编办采纳的问法 1 条,均能查到所属事项');
      expect(draft.stdout).toContain('管水的(县水利局)');
      const [stored] = listDrafts(dataDir);
      expect(stored?.aliases).toEqual([{ unit: '县水利局', alias: '管水的' }]);
      expect(
        stored?.rows.filter((row) => row.askedAs.includes('马路边的灯黑了咋整')).map((row) => row.number),
      ).toEqual(['36']);
      expect(stored?.approvedBy).toBeUndefined();
    } finally {
      await store.close();
    }
  });

  it('says how it is called', () => {
    const { stderr, status } = run(makeFolder(), '--all');
    expect(stderr).toContain('用法:npm run notes');
    expect(status).toBe(1);
  });
});
