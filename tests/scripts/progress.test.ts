/** The bar that people see at a terminal. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProgress, printAbove } from '../../scripts/shared/progress.js';

const { isTTY } = process.stderr;
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

/** What is drawn while `work` is done. */
function drawnBy(isTerminal: boolean, work: () => void): string {
  process.stderr.isTTY = isTerminal;
  const drawn: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => drawn.push(String(text)) > 0);
  vi.spyOn(console, 'log').mockImplementation((text: string) => void drawn.push(text));
  work();
  return drawn.join('');
}

describe('progress at a terminal', () => {
  it('is a bar with what is done, of how many', () => {
    const drawn = drawnBy(true, () => {
      const bar = createProgress('计算语义', 4);
      bar.set(3, 4);
      bar.stop();
    });
    expect(drawn).toMatch(/计算语义 [^ ]+ 3\/4 剩余约/);
  });

  it('gives its line to what is printed meanwhile', () => {
    expect(drawnBy(true, () => printAbove('草稿'))).toBe('\r\u001b[2K草稿');
  });

  it('is not drawn where a program reads the output', () => {
    const drawn = drawnBy(false, () => {
      const bar = createProgress('计算语义', 4);
      bar.set(3, 4);
      bar.stop();
      printAbove('草稿');
    });
    expect(drawn).toBe('草稿');
  });
});
