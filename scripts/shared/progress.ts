/** Progress bars for people at a terminal; nothing where the output is read by a program. */
import { SingleBar } from 'cli-progress';

export type Progress = { step(): void; set(done: number, total: number): void; stop(): void };

/** What is printed while a bar stands there takes the bar's line; the bar is drawn anew behind it. */
export function printAbove(text: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  console.log(text);
}

export function createProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => {}, set: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: `${what} {bar} {value}/{total} 剩余约 {eta_formatted}`,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0);
  return {
    step: () => bar.increment(),
    set: (done, all) => {
      bar.setTotal(all);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
