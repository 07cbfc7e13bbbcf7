/** The bundled thread that reads texts, with a file that stands still on demand in its place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { createUnderstanding, type Understanding } from '../../src/setup/understanding.js';
import { createLogRecorder, makeMessage } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';

let open: Understanding | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

/** Speaks as understanding-thread.ts does. */
const THREAD = `
import { parentPort } from 'node:worker_threads';
let text = '';
const found = (extra) => parentPort.postMessage({ kind: 'matched', found: { match: { intent: text + extra }, text, raw: text } });
parentPort.on('message', (ask) => {
  if (ask.kind === 'vector') return found(' ' + JSON.stringify(ask.vector));
  text = ask.input.update.text;
  if (text === 'still') for (;;);
  if (text === 'big') { const all = []; for (;;) all.push(new Array(1e6).fill(text)); }
  if (text === 'end') process.exit(3);
  if (text === 'throw') throw new Error('broken pattern');
  if (text === 'embed') return parentPort.postMessage({ kind: 'embed', text });
  if (text === 'fail') return parentPort.postMessage({ kind: 'failed', reason: 'no reading' });
  found('');
});
parentPort.postMessage({ kind: 'ready' });
`;

function start(embed = (_: string) => Promise.resolve([1, 2] as ArrayLike<number> | null)) {
  const file = join(makeFolder(), 'thread.mjs');
  writeFileSync(file, THREAD);
  const log = createLogRecorder();
  const data = { intents: [], model: null as never, hasEncoder: true };
  open = createUnderstanding({ data, embed, log, limitMs: 400, file: pathToFileURL(file) });
  const { match } = open;
  const read = async (text: string) =>
    (await match({ update: makeMessage({ id: text, text }), session: null }))?.match.intent;
  return { read, log };
}

it('reads one text after the other, with vectors of the main thread', async () => {
  const { read } = start();
  expect(await Promise.all(['a', 'embed', 'b'].map(read))).toEqual(['a', 'embed [1,2]', 'b']);
});

it.each(['still', 'big', 'end', 'throw'])(
  'gives a text up that holds the thread or ends it (%s), and reads those behind it',
  async (text) => {
    const { read, log } = start();
    const results = await Promise.allSettled(['a', text, 'b', 'c'].map(read));
    expect(results.map((it) => (it.status === 'fulfilled' ? it.value : it.reason))).toMatchObject([
      'a',
      { code: 'TOO_LONG' },
      'b',
      'c',
    ]);
    expect(log.lines.filter((line) => line.includes('started anew'))).toHaveLength(1);
    expect(await read('later')).toBe('later');
  },
);

it('goes on without a vector where the encoder fails', async () => {
  const { read } = start(() => Promise.reject(new Error('no encoder')));
  expect(await read('embed')).toBe('embed null');
});

it('tells why a text cannot be read', async () => {
  const { read } = start();
  await expect(read('fail')).rejects.toThrow('no reading');
  expect(await read('a')).toBe('a');
});

it('keeps a process alive until it can read, and no longer: whoever has asked may have nothing else to do', async () => {
  const ports = () => process.getActiveResourcesInfo().filter((it) => it === 'MessagePort').length;
  const before = ports();
  const { read } = start();
  expect(ports()).toBe(before + 1);
  await read('a');
  expect(ports()).toBe(before);
});
