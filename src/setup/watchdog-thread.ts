/** The thread that ends a process whose event loop stands still; see watchdog.ts. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { WatchdogData } from './watchdog-data.js';

const { beats, lookMs, looks } = workerData as WatchdogData;
const never = new Int32Array(new SharedArrayBuffer(4));
let seen = -1;
/** Looks are counted, not time: a process that was stopped or a machine that slept is no blocked process. */
let still = 0;
for (;;) {
  Atomics.wait(never, 0, 0, lookMs);
  const now = Atomics.load(beats, 0);
  still = now === seen ? still + 1 : 0;
  seen = now;
  if (still < looks) continue;
  writeSync(
    2,
    `${JSON.stringify({ level: 60, msg: `the process stood still for ${(looks * lookMs) / 1_000} s and is ended; its supervisor starts it again` })}\n`,
  );
  process.kill(process.pid, 'SIGKILL');
}
