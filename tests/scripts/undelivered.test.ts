/** `npm run undelivered` beside a store that a bot holds, and the bot that takes the wish up. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replayWished } from '../../src/setup/replay.js';
import { openLowdbStore, type LowdbStore } from '../../src/store/lowdb/index.js';
import { claimOf, messageDone, makeUpdate, outgoing } from '../helpers/changes.js';
import { createClock, START } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';

let dataDir: string;
let store: LowdbStore;
beforeEach(async () => {
  dataDir = makeFolder();
  store = await openLowdbStore(join(dataDir, 'store'));
});
afterEach(() => store.close());

async function run(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const env = { ...process.env, DATA_DIR: dataDir };
  const script = ['dist/scripts/undelivered.js', ...args];
  return promisify(execFile)(process.execPath, script, { env }).then(
    ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

async function fillStore(): Promise<void> {
  await store.commit([outgoing('c1#0')]);
  await store.claimDueMessages(claimOf('j'), 1);
  await store.commit([messageDone('c1#0', 'j', 'uncertain')]);
  await store.keepUpdate(makeUpdate('telegram:7'), { isBound: true, now: START, claim: claimOf('l') });
  const aside = {
    kind: 'updateSetAside',
    id: 'telegram:7',
    lease: 'l',
    at: START,
    reason: 'RangeError',
  } as const;
  await store.commit([aside]);
}

it('says that there is nothing', async () => {
  expect((await run()).stdout).toMatch(/没有未送达的消息/);
});

it('shows what did not arrive and what was not handled; what was written only when asked', async () => {
  await fillStore();
  const { stdout } = await run();
  expect(stdout).toMatch(/不确定.*c1#0/);
  expect(stdout).toMatch(/未处理成功.*telegram:7.*RangeError/);
  expect(stdout).not.toContain('说 telegram:7');
  expect((await run('--text')).stdout).toContain('说 telegram:7');
});

it('has the running bot handle one again', async () => {
  await fillStore();
  expect(await run('replay', 'telegram:8')).toMatchObject({ code: 1 });
  expect((await run('replay', 'telegram:7')).stdout).toMatch(/重新处理1条/);
  const deps = { store, steady: createClock(), log: createLogRecorder() };
  await replayWished(dataDir, deps);
  await replayWished(dataDir, deps);
  expect(await store.listSetAside()).toEqual([]);
  expect(await store.claimDueUpdates(claimOf('l2'), 9)).toMatchObject([{ update: { id: 'telegram:7' } }]);
});

it('names its usage', async () => {
  const { stderr, code } = await run('delete', 'x');
  expect([code, stderr]).toEqual([1, expect.stringContaining('npm run undelivered')]);
});
