/**
 * Ends the process when its event loop stands still: a supervisor starts it again, and an update that was being handled
 * at two such ends is set aside (core/inbox.ts).
 */
import { Worker } from 'node:worker_threads';
import { threadFile } from './thread-file.js';
import type { WatchdogData } from './watchdog-data.js';

const BEAT_MS = 500;
const LOOK_MS = 1_000;
/** Reading the largest office file takes some seconds of standing still. */
const LOOKS = 30;

/** @returns stops watching. */
export function startWatchdog(): () => void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const data: WatchdogData = { beats, lookMs: LOOK_MS, looks: LOOKS };
  const timer = setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS);
  timer.unref();
  const worker = new Worker(threadFile('watchdog'), {
    workerData: data,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  return () => {
    clearInterval(timer);
    void worker.terminate();
  };
}
