/** The real bot as a child process, read by its log lines. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type BotProcess = {
  pid: number | undefined;
  /** True when the platforms are connected, false when it ended before. ('started' is logged after the first sends.) */
  started: Promise<boolean>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): void;
};

export type LogLine = { msg: string; [field: string]: unknown };

/** `onLog` sees every line, also those that were written just before the process was killed. */
export function startBot(
  main: string,
  env: Record<string, string>,
  cwd: string,
  onLog: (line: LogLine) => void,
  { platforms = ['telegram', 'feishu'], nodeArgs = [] }: { platforms?: string[]; nodeArgs?: string[] } = {},
): BotProcess {
  // No .env file there, so nothing but `env` is set.
  const child = spawn(process.execPath, [...nodeArgs, main], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { promise: started, settle } = settleable();
  const connected = new Set(platforms.map((name) => `${name} is connected`));
  let isRunning = true;
  const killWithUs = () => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  createInterface({ input: child.stderr }).on('line', (text) => {
    const line = parseLine(text);
    connected.delete(line.msg);
    if (connected.size === 0) settle(true);
    onLog(line);
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => (isRunning = false));
    // After the last line was read.
    child.once('close', (code, signal) => {
      process.off('exit', killWithUs);
      settle(false);
      resolve({ code, signal });
    });
  });
  const { pid } = child;
  return { pid, started, exited, isRunning: () => isRunning, kill: (signal) => void child.kill(signal) };
}

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text };
  }
}

function settleable(): { promise: Promise<boolean>; settle: (value: boolean) => void } {
  let settle: (value: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((resolve) => (settle = resolve));
  return { promise, settle };
}
