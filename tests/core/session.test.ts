/** What was asked before stays at hand behind the row in focus. */
import { describe, expect, it } from 'vitest';
import { withSpoken, type Session } from '../../src/core/session.js';

const on = (focus: string, more: Partial<Session> = {}): Session => ({
  ...{ updatedAt: 1, question: `of ${focus}`, focus, offered: [], isChoosing: false },
  ...more,
});

describe('withSpoken', () => {
  it('keeps the row before, and none for what goes on about the same', () => {
    expect(withSpoken(on('b/1'), on('a/1')).spoken).toEqual([{ question: 'of a/1', rows: ['a/1'] }]);
    expect(withSpoken(on('a/1'), on('a/1')).spoken).toBeUndefined();
    expect(withSpoken(on('a/1'), null).spoken).toBeUndefined();
  });

  it('keeps what was offered where nothing was answered', () => {
    const { focus: _, ...offering } = on('', { question: '补课', offered: ['a/1', 'a/2', 'a/3', 'a/4'] });
    expect(withSpoken(on('b/1'), offering).spoken).toEqual([
      { question: '补课', rows: ['a/1', 'a/2', 'a/3'] },
    ]);
  });

  it('forgets the oldest, and no row stands twice', () => {
    let session = on('a/0');
    for (const focus of ['a/1', 'a/2', 'a/1', 'a/3', 'a/4', 'a/5']) session = withSpoken(on(focus), session);
    expect(session.spoken?.map(({ rows }) => rows[0])).toEqual(['a/4', 'a/3', 'a/1', 'a/2']);
  });
});
