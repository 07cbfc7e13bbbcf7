/** The bundled thread that holds the model, and one that ends on demand in its place. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openEncoderPool, openEncoderThread } from '../../src/setup/encoding.js';
import { createVectorCache } from '../../src/text/vectors.js';
import { encoderContract } from '../contracts/encoder.contract.js';
import { makeFolder } from '../helpers/folder.js';

encoderContract('a thread of its own', (dir) => openEncoderThread(dir).opening);

/** Speaks as encoder-thread.ts does. */
const THREAD = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, text }) => {
  if (text === 'end') process.exit(3);
  if (text === 'fail') return parentPort.postMessage({ kind: 'failed', id, reason: 'no vector' });
  parentPort.postMessage({ kind: 'vector', id, vector: [text.length] });
});
parentPort.postMessage({ kind: 'loaded', modelHash: 'h', dimensions: 1 });
`;

async function start() {
  const file = join(makeFolder(), 'thread.mjs');
  writeFileSync(file, THREAD);
  const { encoder } = await openEncoderThread('anywhere', pathToFileURL(file)).opening;
  if (!encoder) throw new Error('not loaded');
  return encoder;
}

it('answers each for itself, and the same text once', async () => {
  const encoder = await start();
  expect(await Promise.all(['a', 'bcd', 'a'].map((text) => encoder.embedQuery(text)))).toEqual([
    [1],
    [3],
    [1],
  ]);
  await expect(encoder.embedQuery('fail')).rejects.toThrow('no vector');
  expect(encoder.embedQuery('a')).toBe(encoder.embedQuery('a'));
});

it('is started anew when its thread ends, and what was under way is to be tried again', async () => {
  const encoder = await start();
  const under = await Promise.allSettled([encoder.embedQuery('end'), encoder.embedQuery('behind')]);
  expect(under.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual([
    'UNAVAILABLE',
    'UNAVAILABLE',
  ]);
  expect(await encoder.embedQuery('behind')).toEqual([6]);
});

it('ends its thread when it is closed, also in the middle of a text', async () => {
  const encoding = openEncoderThread('knowledge/encoder');
  const { encoder } = await encoding.opening;
  const under = encoder?.embedQuery('路灯坏了归谁管');
  await encoding.close();
  expect(await under).toHaveLength(512);
});

it('says why when the thread cannot start', async () => {
  const missing = pathToFileURL(join(makeFolder(), 'none.mjs'));
  expect(await openEncoderThread('model-folder', missing).opening).toMatchObject({
    encoder: null,
    reason: expect.stringContaining('model-folder'),
  });
});

it('several times over shares the texts out and gives each its own vector', async () => {
  const file = join(makeFolder(), 'thread.mjs');
  // Each thread says which it is.
  writeFileSync(
    file,
    `import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', (ask) => {
  if (ask === 'end') return parentPort.close();
  setImmediate(() => parentPort.postMessage({ kind: 'vector', id: ask.id, vector: [ask.text.length, threadId] }));
});
parentPort.postMessage({ kind: 'loaded', modelHash: 'h', dimensions: 2 });
`,
  );
  const pool = openEncoderPool('anywhere', 2, pathToFileURL(file));
  const { encoder } = await pool.opening;
  if (!encoder) throw new Error('not loaded');
  expect(encoder.lanes).toBe(32);
  const texts = ['a', 'bb', 'ccc', 'dddd'];
  const cache = createVectorCache(encoder, 'rows', []);
  const vectors = await cache.vectorsOf(texts);
  expect(vectors.map(([length]) => length)).toEqual([1, 2, 3, 4]);
  expect(new Set(vectors.map(([, thread]) => thread)).size).toBe(2);
  await pool.close();
});

it('keeps a process alive that has nothing to do but wait for it', () => {
  const dir = makeFolder();
  const slow = THREAD.replace(
    "parentPort.postMessage({ kind: 'vector', id, vector: [text.length] });",
    "setTimeout(() => parentPort.postMessage({ kind: 'vector', id, vector: [text.length] }), 50);",
  );
  writeFileSync(join(dir, 'thread.mjs'), slow);
  const bundled = pathToFileURL('dist/src/setup/encoding.js').href;
  const program = `
    import { openEncoderThread } from '${bundled}';
    const { encoder } = await openEncoderThread('x', new URL('${pathToFileURL(join(dir, 'thread.mjs')).href}')).opening;
    await new Promise((resolve) => setImmediate(resolve));
    console.log(await encoder.embedQuery('abc'));
    process.exit(0);`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(out.trim()).toBe('[ 3 ]');
});
