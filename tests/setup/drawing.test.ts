/** The bundled thread that draws, and one that ends or says nothing in its place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { Chart } from '../../src/core/chart.js';
import { createDrawing } from '../../src/setup/drawing.js';
import { makeFolder } from '../helpers/folder.js';

const CHART: Chart = {
  title: '领域',
  kind: 'rows',
  categories: ['水利'],
  series: [{ name: '', values: [4] }],
};

it('gives the picture', async () => {
  const draw = createDrawing();
  const [first, second] = await Promise.all([draw([CHART]), draw([CHART])]);
  expect(first.byteLength).toBeGreaterThan(1_000);
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
});

it('says that there is none when the thread ends, and draws the next one', async () => {
  const file = join(makeFolder(), 'thread.mjs');
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads';
     if (workerData[0].title === 'end') process.exit(3);
     parentPort.postMessage(new Uint8Array([1]));`,
  );
  const draw = createDrawing(pathToFileURL(file));
  const ended = draw([{ ...CHART, title: 'end' }]);
  const next = draw([CHART]);
  await expect(ended).rejects.toThrow('has ended');
  expect([...(await next)]).toEqual([1]);
});
